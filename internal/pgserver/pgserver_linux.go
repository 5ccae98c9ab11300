package pgserver

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// Server is a running server. It is not safe for concurrent use.
type Server struct {
	bin, folder string
	options     []string
	credential  *syscall.Credential // nil: our own
	process     *exec.Cmd
}

// New makes a database cluster and starts its server, with options such as "fsync=off". As PostgreSQL does not run as
// root, root starts it as the user postgres, else nobody.
func New(options ...string) (*Server, error) {
	bin := binaries()
	if bin == "" {
		return nil, ErrNotInstalled
	}
	folder, err := os.MkdirTemp("", "pg") // a short path: that of a socket has 107 bytes at most
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, folder: folder, options: options}
	if err := s.setUp(); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

func (s *Server) setUp() error {
	if os.Getuid() == 0 {
		var err error
		if s.credential, err = someoneElse(); err != nil {
			return err
		}
		if err := os.Chown(s.folder, int(s.credential.Uid), int(s.credential.Gid)); err != nil {
			return err
		}
	}
	if out, err := s.command("initdb", "-D", s.data(), "-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C",
		"--no-sync").CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return s.Start()
}

// Start starts the server again after Kill, and waits until it takes connections.
func (s *Server) Start() error {
	// What is left of a killed server may live on for moments, and no new one starts until it has gone.
	for range 100 {
		said, err := s.start()
		if err == nil {
			return nil
		}
		if !strings.Contains(said, "pre-existing shared memory") && !strings.Contains(said, "lock file") {
			return fmt.Errorf("postgres did not start: %w: %s", err, said)
		}
	}
	return errors.New("postgres did not start: the server before it does not go away")
}

// start starts the server; where it ends before it is ready, said is its log.
func (s *Server) start() (said string, err error) {
	args := []string{"-D", s.data(), "-k", s.folder, "-c", "listen_addresses=", "-c", "max_connections=200"}
	for _, o := range s.options {
		args = append(args, "-c", o)
	}
	c := s.command("postgres", args...)
	log, err := c.StderrPipe()
	if err != nil {
		return "", err
	}
	if err := c.Start(); err != nil {
		return "", err
	}
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "ready to accept connections") {
			s.process = c
			go func() { // so that the server never waits for a reader of its log
				for lines.Scan() {
				}
			}()
			return "", nil
		}
		said += lines.Text() + "; "
	}
	return said, cmp.Or(c.Wait(), errors.New("it ended"))
}

// Kill ends the server at once, as a power failure would but for what the system still writes, and waits for all of its
// processes to be gone.
func (s *Server) Kill() error {
	// Those that serve the connections notice that the first process is gone, and end; a new server waits for them,
	// which it does not have to when they are killed too.
	children := s.children()
	err := s.process.Process.Kill()
	for _, pid := range children {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	_ = s.process.Wait()
	s.process = nil
	return err
}

// Stop ends the server and takes away its folder. A nil server is stopped.
func (s *Server) Stop() error {
	if s == nil {
		return nil
	}
	if s.process != nil {
		_ = s.process.Process.Signal(syscall.SIGQUIT)
		_ = s.process.Wait()
		s.process = nil
	}
	return os.RemoveAll(s.folder)
}

// URL is where a database is; postgres is there from the start.
func (s *Server) URL(database string) string {
	return fmt.Sprintf("postgres:///%s?host=%s&user=desk", url.PathEscape(database), url.QueryEscape(s.folder))
}

// Command gives a command of PostgreSQL's, such as pgbench, with the server's address in its environment.
func (s *Server) Command(name string, args ...string) *exec.Cmd {
	c := s.command(name, args...)
	c.Env = append(os.Environ(), "PGHOST="+s.folder, "PGUSER=desk", "PGDATABASE=postgres")
	return c
}

func (s *Server) data() string { return filepath.Join(s.folder, "data") }

func (s *Server) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(s.bin, name), args...)
	c.Dir = s.folder
	// A group of its own keeps a terminal's Ctrl-C from it; should we die, it goes too.
	c.SysProcAttr = &syscall.SysProcAttr{Credential: s.credential, Setpgid: true, Pdeathsig: syscall.SIGQUIT}
	return c
}

// children gives the processes that the server started.
func (s *Server) children() []int {
	pid := s.process.Process.Pid
	list, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	var pids []int
	for _, word := range strings.Fields(string(list)) {
		if pid, err := strconv.Atoi(word); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

func binaries() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	slices.SortFunc(found, func(a, b string) int { return version(b) - version(a) })
	if path, err := exec.LookPath("initdb"); err == nil {
		found = append(found, path)
	}
	for _, path := range found {
		if _, err := os.Stat(filepath.Join(filepath.Dir(path), "postgres")); err == nil {
			return filepath.Dir(path)
		}
	}
	return ""
}

// version is the NN of /usr/lib/postgresql/NN/bin/initdb.
func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

func someoneElse() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("there is neither a user postgres nor nobody to run PostgreSQL as")
}
