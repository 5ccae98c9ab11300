package claimfile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/internal/files"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

// readYAML reads a claim file in YAML and the sources file that goes with it.
func readYAML(path string) (*File, error) {
	main, err := openYAML(path)
	if err != nil {
		return nil, err
	}
	readers := []*yamlReader{main}
	shared, err := sharedSources(path)
	if err != nil {
		return nil, err
	}
	if shared != "" {
		r, err := openYAML(shared)
		if err != nil {
			return nil, err
		}
		readers = append(readers, r)
	}
	main.readFile(fileFields)
	for _, r := range readers[1:] {
		r.readFile(sharedFields)
	}

	file := &File{Texts: map[string]*position.File{}}
	if file.Book, err = join(readers); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var problems position.Problems
	for _, r := range readers {
		problems = append(problems, r.settle()...)
		file.Texts[r.doc.file.Name] = r.doc.file
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return file, nil
}

// join makes a book of what was read: the claim file first, then the sources file, if any. What the book refuses
// becomes a problem of the reader that it came from. Where something could not be read at all there is no book, and
// no complaint that it is missing.
func join(readers []*yamlReader) (*claims.Book, error) {
	main := readers[0]
	read := main.sources
	for _, shared := range readers[1:] {
		read = slices.Concat(read, main.notOurs(shared))
	}
	if slices.ContainsFunc(readers, func(r *yamlReader) bool { return r.partial }) {
		return nil, nil
	}
	main.checkHouse(read)
	b := claims.Builder{House: main.house}
	for i := range read {
		b.AddSource(read[i].source)
	}
	for i := range main.claims {
		b.AddClaim(&main.claims[i].claim)
	}
	book, err := b.Book()
	var faults claims.Faults
	if !errors.As(err, &faults) {
		return book, err
	}
	for _, fault := range faults {
		if fault.Claim < 0 {
			s := &read[fault.Source]
			s.in.fault(s.key, s.value, fault)
		} else {
			c := &main.claims[fault.Claim]
			main.fault(c.key, c.value, fault)
		}
	}
	return nil, nil
}

// openYAML reads a file and parses it. What the parser cannot get past is the reader's one problem.
func openYAML(path string) (*yamlReader, error) {
	data, err := readLimited(path)
	if err != nil {
		return nil, err
	}
	doc, problem := parseYAML(path, data)
	r := &yamlReader{doc: doc, marked: map[*yaml.Node]bool{}}
	if problem != nil {
		r.problems = position.Problems{*problem}
	}
	return r, nil
}

// readLimited reads a file, of one that is too large just so much that this shows.
func readLimited(path string) ([]byte, error) {
	f, info, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := bytes.NewBuffer(make([]byte, 0, min(max(info.Size(), 0), maxBytes)+bytes.MinRead))
	if _, err = data.ReadFrom(io.LimitReader(f, maxBytes+1)); err != nil {
		return nil, files.Unreadable(path, err)
	}
	return data.Bytes(), nil
}

// notOurs gives the sources of a shared file that the claim file does not declare; what both do must be equal.
func (r *yamlReader) notOurs(shared *yamlReader) (others []sourceRecord) {
	ours := map[string]*sourceRecord{}
	for i := range r.sources {
		ours[r.sources[i].source.ID] = &r.sources[i]
	}
	for _, theirs := range shared.sources {
		mine := ours[theirs.source.ID]
		if mine == nil {
			others = append(others, theirs)
			continue
		}
		a, b := mine.source, theirs.source
		a.At, b.At = position.Place{}, position.Place{}
		if !reflect.DeepEqual(a, b) {
			at := shared.doc.file.Point(theirs.source.At.Start, position.Runes)
			r.problem(mine.key, show(a.ID)+" is declared in "+shared.doc.file.Name+":"+strconv.Itoa(at.Line)+
				" too, and not the same; take one out or make them equal")
		}
	}
	return others
}

func (r *yamlReader) checkHouse(read []sourceRecord) {
	if r.house == "" || slices.ContainsFunc(read, func(s sourceRecord) bool { return s.source.ID == r.house }) {
		return
	}
	ids := make([]string, len(read))
	for i := range read {
		ids[i] = read[i].source.ID
	}
	r.problem(r.houseAt, unknownHouse(r.house, ids))
}

// fault makes a problem of a fault in the source or claim that stands at key and value, unless one stands at that
// node already.
func (r *yamlReader) fault(key, value *yaml.Node, fault claims.Fault) {
	at := find(value, strings.Split(fault.Pointer, "/")[1:])
	if at == value {
		at = key
	}
	r.problem(at, fault.Message)
}

// find gives the node that a pointer names, or the nearest above it. One item stands where a list of one could, and
// from where a list of evidence could.
func find(n *yaml.Node, pointer []string) *yaml.Node {
	if len(pointer) == 0 {
		return n
	}
	switch n.Kind {
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(pointer[0]); err == nil && i < len(n.Content) {
			return find(n.Content[i], pointer[1:])
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			switch key := n.Content[i].Value; {
			case key == pointer[0]:
				return find(n.Content[i+1], pointer[1:])
			case key == "from" && pointer[0] == "evidence":
				return n.Content[i+1]
			}
		}
	}
	return n
}

// settle gives the reader's problems in order.
func (r *yamlReader) settle() position.Problems {
	slices.SortStableFunc(r.problems, func(a, b position.Problem) int { return cmp.Compare(a.At.Start, b.At.Start) })
	for i := range r.problems {
		p := &r.problems[i]
		p.Point = r.doc.file.Point(p.At.Start, position.Runes)
	}
	if r.more > 0 {
		last := r.problems[len(r.problems)-1]
		last.Message = fmt.Sprintf("and %d more problems, which are not listed", r.more)
		r.problems = append(r.problems, last)
	}
	return r.problems
}

// sourceRecord is a source and where it was read.
type sourceRecord struct {
	in         *yamlReader
	key, value *yaml.Node
	source     sources.Source
}

// claimRecord is a claim and where it was read.
type claimRecord struct {
	key, value *yaml.Node
	claim      claims.Claim
}
