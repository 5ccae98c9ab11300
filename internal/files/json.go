package files

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Malformed says of an error of decoding JSON in which line of data it is, counted from 1, and what is wrong there. It
// quotes nothing of the data but the name of a member that does not belong there.
func Malformed(data []byte, err error) (line int, what string) {
	var syntactic *jsontext.SyntacticError
	var semantic *json.SemanticError
	at := int64(0)
	what = "another kind of value belongs there"
	switch {
	case errors.As(err, &syntactic):
		at, what = syntactic.ByteOffset, "this is not JSON"
	case errors.As(err, &semantic):
		at = semantic.ByteOffset
	}
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		what = "it ends too early"
	case errors.Is(err, jsontext.ErrDuplicateName):
		what = "the same name stands twice"
	case errors.Is(err, json.ErrUnknownName):
		what = "no member is called " + semantic.JSONPointer.LastToken()
	}
	return 1 + bytes.Count(data[:min(int(at), len(data))], []byte("\n")), what
}
