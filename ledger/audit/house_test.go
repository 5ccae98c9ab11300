package audit_test

import (
	"bytes"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/claimledger/claimledger/"

// shared is all that the audit may name of the module's other packages, methods among them: what a store is made of, the
// stances, and the two functions that answer whether a claim file can hold a body, with the type of what they say against it.
var shared = []string{
	"ledger.Store", "ledger.Store.Desk", "ledger.Store.Size", "ledger.Store.Rows", "ledger.Store.Named", "ledger.Store.Nodes",
	"ledger.Store.Checkpoints", "ledger.Row", "ledger.Name", "ledger.Checkpoint", "ledger.Desk",
	"claims.Stance", "claims.Supports", "claims.Denies", "claims.Responds", "claims.NoComment", "claims.NoResponse",
	"claims.CannotConfirm", "claims.Retracts",
	"claims/claimfile.DecodeSource", "claims/claimfile.DecodeClaim", "position.Problems",
}

// others are the packages outside the standard library and the module that the audit may use.
var others = []string{"golang.org/x/text/cases", "golang.org/x/text/unicode/norm"}

// TestSharesNothingWithTheWriter holds the audit to code of its own, but for what is listed. It looks up what each word in
// the package stands for, so that no method and no other name for a package slips through; fields of what a store gives are
// free.
func TestSharesNothingWithTheWriter(t *testing.T) {
	files, info := checked(t)
	used := map[string]bool{}
	for word, object := range info.Uses {
		pkg := object.Pkg()
		if pkg == nil || pkg.Path() == module+"ledger/audit" {
			continue
		}
		first, _, _ := strings.Cut(pkg.Path(), "/")
		name, ours := strings.CutPrefix(pkg.Path(), module)
		switch {
		case ours && isField(object):
		case ours:
			used[name+"."+under(object)] = true
			assert.Contains(t, shared, name+"."+under(object), "%s is used", word)
		case strings.Contains(first, "."):
			assert.Contains(t, others, pkg.Path(), "%s is used", word)
		}
	}
	for _, name := range shared {
		assert.True(t, used[name], "%s is allowed, but not used", name)
	}
	for _, file := range files {
		for _, spec := range file.Imports {
			assert.NotContains(t, spec.Path.Value, "encoding/json")
			assert.NotContains(t, spec.Path.Value, module+"internal")
		}
	}
}

// TestOnlyTheAnswerOfAClaimFileCounts holds the audit to throw away what the reader of claim files reads, but for whether it
// is wrong.
func TestOnlyTheAnswerOfAClaimFileCounts(t *testing.T) {
	files, info := checked(t)
	asked, thrown := 0, 0
	for _, object := range info.Uses {
		if object.Pkg() != nil && object.Pkg().Path() == module+"claims/claimfile" {
			asked++
		}
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			set, ok := n.(*ast.AssignStmt)
			if !ok || len(set.Rhs) != 1 || len(set.Lhs) != 2 {
				return true
			}
			call, ok := set.Rhs[0].(*ast.CallExpr)
			if !ok {
				return true
			}
			of, ok := call.Fun.(*ast.SelectorExpr)
			blank, none := set.Lhs[0].(*ast.Ident)
			if ok && none && blank.Name == "_" && info.Uses[of.Sel].Pkg().Path() == module+"claims/claimfile" {
				thrown++
			}
			return true
		})
	}
	assert.Equal(t, 2, asked)
	assert.Equal(t, asked, thrown)
}

// isField reports whether an object is a field of a struct.
func isField(object types.Object) bool {
	v, ok := object.(*types.Var)
	return ok && v.IsField()
}

// under gives the name of an object, after that of its type where it is a method.
func under(object types.Object) string {
	if f, ok := object.(*types.Func); ok {
		if r := f.Signature().Recv(); r != nil {
			of := r.Type()
			if pointer, ok := of.(*types.Pointer); ok {
				of = pointer.Elem()
			}
			if named, ok := of.(*types.Named); ok {
				return named.Obj().Name() + "." + f.Name()
			}
		}
	}
	return object.Name()
}

// checked parses the package without its tests, and finds out what each word in it stands for.
func checked(t *testing.T) ([]*ast.File, *types.Info) {
	t.Helper()
	var said bytes.Buffer
	list := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}", ".")
	list.Stderr = &said
	out, err := list.Output()
	require.NoError(t, err, said.String())
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, export, _ := strings.Cut(strings.TrimSpace(line), "=")
		exports[path] = export
	}
	names := token.NewFileSet()
	paths, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(names, path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		files = append(files, file)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: importer.ForCompiler(names, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})}
	_, err = conf.Check(module+"ledger/audit", names, files, info)
	require.NoError(t, err)
	return files, info
}
