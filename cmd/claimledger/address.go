package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
)

// A ledger is named by a path or by the URL of a database. What was meant as the latter and is mistyped may hold a
// password, so that no message may show it.
var (
	database = regexp.MustCompile(`(?i)^postgres(ql)?://`)
	// elsewhere is written as the addresses of databases are, here or with other programs.
	elsewhere = regexp.MustCompile(`(?is)://|^["'\s]*postgre\w*:|:.*@|password\s*=|passwd\s*=|pwd\s*=|` +
		`(^|\s)(host|hostaddr|dbname|user)\s*=`)
	drive = regexp.MustCompile(`^[A-Za-z]:[\\/]`)
)

// isDatabase reports whether a ledger's name is the URL of a database, and not a path.
func isDatabase(name string) bool { return database.MatchString(name) }

// mistyped reports whether a ledger's name is neither a path nor a URL that is taken, but was perhaps meant as one.
func mistyped(name string) bool {
	if isDatabase(name) || !elsewhere.MatchString(drive.ReplaceAllString(name, "")) {
		return false
	}
	_, err := os.Lstat(name)
	return err != nil // else it is a file's, however odd
}

// address gives the name of a ledger as it is opened. Of what was perhaps meant as the address of a database it says how
// that is written.
func address(name string) (string, error) {
	if mistyped(name) {
		return "", errors.New("the ledger is named by what is neither a file nor the address of a database, which is written " +
			"postgres://user@host/database (the name is not shown: it may hold a password)")
	}
	if scheme := database.FindString(name); scheme != "" { // in any case (RFC 3986, 3.1)
		return strings.ToLower(scheme) + name[len(scheme):], nil
	}
	return name, nil
}

// withoutPassword gives the name of a ledger as it was given, without the passwords in the URL of a database.
func withoutPassword(name string) string {
	if !isDatabase(name) {
		return name
	}
	u, err := url.Parse(name)
	if err != nil {
		_, shown := openStore(name)
		return shown
	}
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	query := u.Query()
	for key := range query {
		if strings.Contains(strings.ToLower(key), "password") { // sslpassword too
			query.Del(key)
		}
	}
	if len(query) < len(u.Query()) {
		u.RawQuery = query.Encode()
	}
	return u.String()
}

// noAddresses refuses the address of a database where a file or a claim is to be named, before a message shows it.
func noAddresses(cmd *cobra.Command, args []string) error {
	for _, arg := range args {
		if (isDatabase(arg) || mistyped(arg) && strings.Contains(arg, "@")) && cmd.CommandPath() != "claimledger ledger init" {
			return fmt.Errorf("the address of a database stands where %s takes something else; name the ledger with --ledger", cmd.Name())
		}
	}
	return nil
}
