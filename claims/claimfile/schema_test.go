package claimfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"github.com/claimledger/claimledger/claims"
	"github.com/claimledger/claimledger/claims/values"
	"github.com/claimledger/claimledger/position"
	"github.com/claimledger/claimledger/sources"
)

const schemaPath = "../../spec/claims.schema.json"

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile(schemaPath)
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("claims.schema.json", doc))
	schema, err := compiler.Compile("claims.schema.json")
	require.NoError(t, err)
	return schema
}

// TestSchemaNamesEveryKey holds the schema's keys and words to the reader's.
func TestSchemaNamesEveryKey(t *testing.T) {
	type object struct {
		Enum       []string          `json:"enum"`
		Required   []string          `json:"required"`
		Properties map[string]object `json:"properties"`
		Defs       map[string]object `json:"$defs"`
	}
	data, err := os.ReadFile(schemaPath)
	require.NoError(t, err)
	var root object
	require.NoError(t, json.Unmarshal(data, &root))

	for name, f := range map[string]fields{
		"source": sourceFields, "anonymity": anonymityFields, "claim": claimFields, "allegation": allegationFields,
		"checked": checkedFields, "ruling": rulingFields, "waiver": waiverFields, "evidence": evidenceFields,
		"quote": quoteFields, "archive": archiveFields, "value": valueFields,
	} {
		keys := []string{}
		for key := range root.Defs[name].Properties {
			keys = append(keys, key)
		}
		assert.ElementsMatch(t, f.keys, keys, name)
		for _, key := range f.required {
			assert.Contains(t, root.Defs[name].Required, key, name)
		}
	}
	for where, words := range map[string][]string{
		"source/kind": sources.Kinds[1:], "claim/kind": claims.Kinds, "evidence/stance": claims.Stances,
		"evidence/basis": claims.Bases[1:], "evidence/record": claims.TermsWords[1:],
		"ruling/status": claims.Statuses[1:],
	} {
		def, key, _ := strings.Cut(where, "/")
		assert.Equal(t, words, root.Defs[def].Properties[key].Enum, where)
	}
	assert.Equal(t, append(slices.Clone([]string(values.Kinds[1:])), "complete"), valueFields.keys)
}

// TestSchemaAgreesOnFixtures: what the reader accepts the schema accepts, and what it refuses the schema refuses,
// but for the fixtures that say in their name that only the reader can see what is wrong.
func TestSchemaAgreesOnFixtures(t *testing.T) {
	schema := compileSchema(t)
	paths, err := filepath.Glob("testdata/read/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		refused, broken := false, false
		for _, file := range archive.Files {
			switch {
			case file.Name == "want":
				refused = len(file.Data) > 0
			case strings.HasPrefix(file.Name, "above/sources"): // out of reach of the claim file
			case strings.HasSuffix(file.Name, ".yaml"):
				value, err := asEditor(file.Data)
				broken = broken || err != nil || schema.Validate(value) != nil
			}
		}
		if strings.HasSuffix(path, ".reader.txtar") {
			assert.True(t, refused, "%s: says that the reader refuses it", path)
			continue
		}
		assert.Equal(t, refused, broken, "%s: the reader refuses it, and the schema does", path)
	}
}

// TestSchemaAgreesOnOneMistake is the same for one thing at a time, so that no mistake hides behind another.
func TestSchemaAgreesOnOneMistake(t *testing.T) {
	const frame = `
house: desk
sources:
  desk: {kind: outlet}
  memo: {kind: document}
  other: {%s}
claims:
  a: {text: x, %s}
  b:
    text: y
    evidence: [{source: memo, %s}]
`
	good := []string{"kind: person", "from: memo", "date: 2025"}
	type row struct {
		place int // in the frame: a source, a claim, a record
		text  string
		ok    bool
	}
	rows := []row{
		{0, "kind: dataset", true}, {0, "kind: data", false}, {0, "kind: ", false}, {0, "name: x", false},
		{0, "kind: person, name: 12", true}, {0, "kind: person, name: ''", false},
		{0, "kind: person, name: [a]", false},
		{0, "kind: person, aka: a", true}, {0, "kind: person, aka: [a, 2, true]", true},
		{0, "kind: person, aka: [[a]]", false},
		{0, "kind: person, aka: []", true}, {0, "kind: person, aka: {}", false},
		{0, "kind: person, owner: 'a b'", true},
		{0, "kind: person, party: true", true}, {0, "kind: person, party: no", false},
		{0, "kind: person, party: 'true'", false},
		{0, "kind: person, count: 12", true}, {0, "kind: person, count: 0", true},
		{0, "kind: person, count: -1", false},
		{0, "kind: person, count: 1.5", false}, {0, "kind: person, count: '1'", false},
		{0, "kind: person, count: some", false},
		{0, "kind: person, count: 1000000000", true}, {0, "kind: person, count: 1000000001", false},
		{0, "kind: person, author: desk", false}, {0, "kind: dataset, author: desk", true},
		{0, "kind: person, protect: true, url: x", false}, {0, "kind: person, protect: false, url: x", true},
		{0, "kind: person, anonymity: {}", true}, {0, "kind: person, anonymity: {reason: x, editors: y}", false},
		{0, "kind: person, colour: red", false},

		{1, "kind: forecast", true}, {1, "kind: rumor", false}, {1, "kind: quote", false},
		{1, "kind: quote, by: desk", true},
		{1, "kind: opinion, by: ", false}, {1, "by: desk", true}, {1, "text: y", false}, {1, "subject: 2023", true},
		{1, "subject: {}", false}, {1, "when: 2025", true}, {1, "when: 2025-01/2025-03", true},
		{1, "when: true", false},
		{1, "when: ~", false}, {1, "expires: '2025'", true}, {1, "where: NO", true}, {1, "central: false", true},
		{1, "central: 1", false}, {1, "value: 12", false}, {1, "value: {}", false}, {1, "value: {percent: 12}", true},
		{1, "value: {percent: [12]}", false}, {1, "value: {percent: 12, text: x}", false},
		{1, "value: {names: [a, b]}", true},
		{1, "value: {names: a}", false}, {1, "value: {names: []}", false},
		{1, "value: {names: [a], complete: true}", true},
		{1, "value: {names: [a], complete: 1}", false}, {1, "value: {complete: true}", false},
		{1, "value: {text: a, complete: true}", false}, {1, "value: {text: true}", true},
		{1, "value: {sum: 1}", false},
		{1, "value: {date: 2025-04}", true}, {1, "value: {date: }", false}, {1, "value: {money: 1.10 USD}", true},
		{1, "allegation: {against: memo}", true}, {1, "allegation: {against: [memo, desk]}", true},
		{1, "allegation: {against: []}", false}, {1, "allegation: {}", false}, {1, "allegation: memo", false},
		{1, "contradicts: b", true}, {1, "contradicts: []", true}, {1, "contradicts: {b: c}", false},
		{1, "contradicts: ''", false},
		{1, "checked: {by: A}", true}, {1, "checked: {}", false},
		{1, "checked: {by: A, date: 2025, against: b}", true},
		{1, "checked: {by: A, when: 2025}", false}, {1, "ruling: {status: refuted}", true},
		{1, "ruling: {status: false}", false},
		{1, "ruling: {by: A}", false}, {1, "waive: []", true},
		{1, "waive: [{check: a, by: b, reason: c, until: 2025}]", true},
		{1, "waive: [{check: a, by: b}]", false}, {1, "waive: [a]", false},
		{1, "waive: {check: a, by: b, reason: c}", false},
		{1, "from: memo", true}, {1, "from: [memo]", false}, {1, "from: memo, evidence: []", false},
		{1, "evidence: []", true},
		{1, "evidence: ", false}, {1, "evidence: memo", false}, {1, "evidence: [memo]", false},
		{1, "evidence: [{}]", false},
		{1, "evidence: [{source: memo}]", true}, {1, "evidence: [{source: [memo]}]", false},

		{2, "via: desk", true}, {2, "via: [desk, desk]", true}, {2, "via: [{a: b}]", false}, {2, "via: [~]", false},
		{2, "stance: denies", true}, {2, "stance: Denies", false}, {2, "basis: told", true}, {2, "basis: ''", false},
		{2, "record: background", true}, {2, "record: on", false}, {2, "party: false", true},
		{2, "party: null", false},
		{2, "quote: x", true}, {2, "quote: {text: x}", true}, {2, "quote: {original: x}", false},
		{2, "quote: [x]", false},
		{2, "quote: 12", true}, {2, "quote: {text: x, from: y}", false},
		{2, "quote: x, original: y, translator: z", true}, {2, "original: y", false}, {2, "translator: y", false},
		{2, "quote: {text: x, original: y}, translator: z", true},
		{2, "quote: {text: x, original: y}, original: z", false},
		{2, "quote: {text: x, translator: y}, translator: z", false},
		{2, "quote: {text: x, translator: y}, original: z", true},
		{2, "archive: {file: a, sha256: " + strings.Repeat("0aF3", 16) + "}", true}, {2, "archive: {file: a}", false},
		{2, "archive: {file: a, sha256: " + strings.Repeat("0123", 16) + "}", true},
		{2, "archive: {file: a, sha256: abc}", false}, {2, "archive: a", false},
		{2, "asked: 2025, locator: 12, url: x", true},
		{2, "asked: ", false}, {2, "by: true", true}, {2, "value: {percent: 5}", true}, {2, "value: {}", false},
	}
	schema := compileSchema(t)
	for _, row := range rows {
		parts := slices.Clone(good)
		parts[row.place] = row.text
		text := fmt.Sprintf(frame, parts[0], parts[1], parts[2])
		path := filepath.Join(t.TempDir(), "claims.yaml")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		_, err := Read(path, Options{})
		var problems position.Problems
		require.True(t, err == nil || errors.As(err, &problems), "%v", err)
		assert.Equal(t, row.ok, err == nil, "reader: %s: %v", row.text, err)
		assert.LessOrEqual(t, len(problems), 1, "one mistake, one problem: %s: %v", row.text, err)
		value, err := asEditor([]byte(text))
		if err == nil {
			err = schema.Validate(value)
		}
		assert.Equal(t, row.ok, err == nil, "schema: %s: %v", row.text, err)
	}
}

// The types that the core schema of YAML 1.2.2, section 10.3.2, finds in plain scalars: what editors use.
var (
	coreNull  = regexp.MustCompile(`^(null|Null|NULL|~|)$`)
	coreTruth = regexp.MustCompile(`^(true|True|TRUE|false|False|FALSE)$`)
	coreNum   = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// asEditor decodes YAML as an editor does before it holds a schema against it.
func asEditor(data []byte) (any, error) {
	var unique any
	if err := yaml.Load(data, &unique); err != nil {
		return nil, err
	}
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		return nil, err
	}
	return plain(doc.Content[0]), nil
}

func plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.AliasNode:
		return plain(n.Alias)
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plain(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, plain(item))
		}
		return list
	}
	switch {
	case n.Style != 0:
		return n.Value
	case coreNull.MatchString(n.Value):
		return nil
	case coreTruth.MatchString(n.Value):
		return strings.EqualFold(n.Value, "true")
	case coreNum.MatchString(n.Value):
		number := strings.TrimPrefix(n.Value, "+")
		if digits := strings.TrimLeft(number, "0"); digits != "" && digits[0] != '.' && digits[0] != 'e' {
			number = digits
		}
		return json.Number(number)
	}
	return n.Value
}
