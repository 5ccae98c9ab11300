package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
)

// explain says what went wrong where, and what to do about it where the server's own words do not. Nil stays nil.
func (s *store) explain(err error) error {
	if err == nil {
		return nil
	}
	say := ""
	var refused *pgconn.PgError
	var unreachable *pgconn.ConnectError
	switch {
	case errors.As(err, &refused):
		switch refused.Code {
		case "53100":
			say = "the server's disk is full; nothing of this was kept; make room, then try again: "
		case "25006":
			say = "the server is read-only, a standby perhaps; nothing of this was kept; write to the primary: "
		case "42501":
			say = "this user may not do that; have the owner of the schema claimledger grant it: "
		case "28P01", "28000":
			say = "the server does not let this user in; check the user and the password: "
		case "3D000":
			say = "there is no such database; make it first, or mend the address: "
		}
		if say != "" {
			return &explained{fmt.Sprintf("%s: %s%s (%s)", s.where, say, refused.Message, refused.Code), err}
		}
	case errors.As(err, &unreachable):
		var name *net.DNSError
		switch {
		case errors.As(err, &name):
			say = "cannot connect: no host is called " + name.Name + "; mend the address"
		case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, fs.ErrNotExist): // of a socket in a folder
			say = "cannot connect: nothing listens there; check the address, and that the server runs"
		case errors.Is(err, context.DeadlineExceeded):
			say = "cannot connect: the server did not answer in time; check the address, that the server runs, and that no firewall " +
				"stands before it; connect_timeout=60 in the address has it waited for longer"
		default:
			tried := strings.Split(strings.TrimSpace(err.Error()), "\n")
			say = "cannot connect; check the address, and that a PostgreSQL server runs there: " +
				strings.TrimSpace(tried[len(tried)-1])
		}
		return &explained{s.where + ": " + say, err}
	}
	return fmt.Errorf("%s: %w", s.where, err)
}

// explained is an error in our words, and the driver's under it, which says on three lines what it tried.
type explained struct {
	message string
	cause   error
}

func (e *explained) Error() string { return e.message }
func (e *explained) Unwrap() error { return e.cause }
