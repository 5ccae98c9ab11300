package postgres

import (
	"errors"
	"fmt"

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
		}
	case errors.As(err, &unreachable):
		say = "cannot connect; check the address, and that the server runs: "
	}
	return fmt.Errorf("%s: %s%w", s.where, say, err)
}
