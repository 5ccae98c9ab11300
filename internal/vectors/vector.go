package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// vector is one scenario: a ledger's export, a receipt or a proof, and what a reader must make of it.
type vector struct {
	name   string // of its file
	expect string // ok, or the layer that must fail: entry, tree, signature, consistency, receipt
	musts  []int  // the numbers of the sentences in spec/ledger.md that it tests
	about  string
	form   string   // of the body: export, receipt, consistency, inclusion, commitment
	more   []header // what else a reader is given
	body   string
}

type header struct{ name, text string }

// get gives the text of a further header; empty where there is none.
func (v *vector) get(name string) string {
	for _, h := range v.more {
		if h.name == name {
			return h.text
		}
	}
	return ""
}

// filled gives the body with what fill stands for. A long text is not written out: 'fill: @@ 100' is that each @@ in the
// body stands for 100 letters x.
func (v *vector) filled() string {
	mark, count, ok := strings.Cut(v.get("fill"), " ")
	n, err := strconv.Atoi(count)
	if !ok || err != nil {
		return v.body
	}
	return strings.ReplaceAll(v.body, mark, strings.Repeat("x", n))
}

// format gives the file: headers, an empty line and the body.
func (v *vector) format() string {
	var b strings.Builder
	var musts []string
	for _, n := range v.musts {
		musts = append(musts, strconv.Itoa(n))
	}
	fmt.Fprintf(&b, "expect: %s\nmust: %s\nabout: %s\nform: %s\n", v.expect, strings.Join(musts, " "), v.about, v.form)
	for _, h := range v.more {
		fmt.Fprintf(&b, "%s: %s\n", h.name, h.text)
	}
	return b.String() + "\n" + v.body
}

// parseVector reads a file as format writes it.
func parseVector(name, text string) (*vector, error) {
	head, body, ok := strings.Cut(text, "\n\n")
	if !ok {
		return nil, fmt.Errorf("%s: no empty line ends its headers", name)
	}
	v := &vector{name: name, body: body}
	for line := range strings.SplitSeq(head, "\n") {
		key, text, ok := strings.Cut(line, ": ")
		if !ok {
			return nil, fmt.Errorf("%s: %q is no header", name, line)
		}
		switch key {
		case "expect":
			v.expect = text
		case "about":
			v.about = text
		case "form":
			v.form = text
		case "must":
			for field := range strings.FieldsSeq(text) {
				n, err := strconv.Atoi(field)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", name, err)
				}
				v.musts = append(v.musts, n)
			}
		default:
			v.more = append(v.more, header{key, text})
		}
	}
	if !slices.Contains([]string{"ok", "entry", "tree", "signature", "consistency", "receipt"}, v.expect) {
		return nil, fmt.Errorf("%s: nothing is expected of it", name)
	}
	return v, nil
}
