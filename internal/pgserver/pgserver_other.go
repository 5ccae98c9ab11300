//go:build !linux

package pgserver

import "os/exec"

// Server is a running server; only on Linux is there one.
type Server struct{}

// New says that there is none.
func New(...string) (*Server, error) { return nil, ErrNotInstalled }

func (s *Server) Start() error                        { return ErrNotInstalled }
func (s *Server) Kill() error                         { return ErrNotInstalled }
func (s *Server) Stop() error                         { return nil }
func (s *Server) URL(string) string                   { return "" }
func (s *Server) Command(string, ...string) *exec.Cmd { return nil }
