// Package house holds the module to its plan: which package may import which, and how much each one shows.
package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/claimledger/claimledger/"

// floors lists the packages from the ground up: each may import what stands before it, and internal packages.
var floors = []string{
	"position",
	"sources",
	"claims/values",
	"claims",
	"claims/claimfile",
	"drafts/prose",
	"drafts",
	"verify",
	"verify/checks",
	"verify/report",
	"ledger",
	"ledger/sqlite",
	"ledger/postgres",
	"ledger/audit",
	"ledger/vault",
	"cmd/claimledger",
}

// most is how many identifiers a package may export, constants of an enumeration aside.
const most = 30

func TestImportsPointUpTheList(t *testing.T) {
	for folder, files := range packages(t) {
		floor := slices.Index(floors, folder)
		for name, file := range files {
			for _, spec := range file.Imports {
				path, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), module)
				if !ours || strings.HasPrefix(path, "internal/") {
					continue
				}
				stands := slices.Index(floors, path)
				switch {
				case strings.HasPrefix(folder, "examples/") || strings.HasPrefix(folder, "internal/"):
					assert.NotEqual(t, -1, stands, "%s imports %s, which is on no floor", name, path)
				default:
					assert.NotEqual(t, -1, floor, "%s stands in no listed package", name)
					assert.Less(t, stands, floor, "%s imports %s, which stands above it", name, path)
				}
			}
		}
	}
}

func TestLeavesImportNothingOfOurs(t *testing.T) {
	for _, folder := range []string{"position", "internal/words", "internal/intern"} {
		for name, file := range packages(t)[folder] {
			for _, spec := range file.Imports {
				assert.NotContains(t, spec.Path.Value, module, "%s is a leaf", name)
			}
		}
	}
}

// A book is what they share.
func TestLedgerAndVerifyDoNotKnowEachOther(t *testing.T) {
	for folder, files := range packages(t) {
		for name, file := range files {
			for _, spec := range file.Imports {
				if strings.HasPrefix(folder, "ledger") {
					assert.NotContains(t, spec.Path.Value, module+"verify", "%s knows the verifier", name)
				}
				if strings.HasPrefix(folder, "verify") {
					assert.NotContains(t, spec.Path.Value, module+"ledger", "%s knows the ledger", name)
				}
			}
		}
	}
}

// Who imports package ledger alone links no database.
func TestOnlyTheStoresKnowADatabase(t *testing.T) {
	for folder, files := range packages(t) {
		for name, file := range files {
			for _, spec := range file.Imports {
				for _, database := range []string{"modernc.org/sqlite", "github.com/jackc/pgx"} {
					if strings.Contains(spec.Path.Value, database) {
						assert.Contains(t, []string{"ledger/sqlite", "ledger/postgres", "internal/pgserver"}, folder, "%s imports %s", name, database)
					}
				}
			}
		}
	}
}

func TestNoPackageIsADrawer(t *testing.T) {
	for folder := range packages(t) {
		assert.NotContains(t, []string{"util", "utils", "common", "core", "helpers", "types"}, filepath.Base(folder))
	}
}

func TestExportsStayFew(t *testing.T) {
	for folder, files := range packages(t) {
		if !slices.Contains(floors, folder) || strings.HasPrefix(folder, "cmd/") {
			continue
		}
		var exported []string
		for _, file := range files {
			for _, decl := range file.Decls {
				exported = append(exported, names(decl)...)
			}
		}
		assert.LessOrEqual(t, len(exported), most, "%s exports %s", folder, strings.Join(exported, " "))
	}
}

func TestEveryExportIsExplained(t *testing.T) {
	for folder, files := range packages(t) {
		if !slices.Contains(floors, folder) {
			continue
		}
		for name, file := range files {
			for _, decl := range file.Decls {
				switch d := decl.(type) {
				case *ast.FuncDecl:
					if ast.IsExported(d.Name.Name) && !isMethodOfUnexported(d) {
						assert.NotNil(t, d.Doc, "%s: %s has no comment", name, d.Name.Name)
					}
				case *ast.GenDecl:
					if len(names(decl)) > 0 && d.Tok == token.TYPE {
						assert.NotNil(t, d.Doc, "%s: %s has no comment", name, names(decl)[0])
					}
				}
			}
		}
	}
}

// names gives the exported identifiers that a declaration adds to its package; constants, methods and checks are not
// counted.
func names(decl ast.Decl) []string {
	var list []string
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil && ast.IsExported(d.Name.Name) {
			list = append(list, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if ast.IsExported(s.Name.Name) {
					list = append(list, s.Name.Name)
				}
			case *ast.ValueSpec:
				if d.Tok == token.VAR && ast.IsExported(s.Names[0].Name) && !isCheck(s) {
					list = append(list, s.Names[0].Name)
				}
			}
		}
	}
	return list
}

// isCheck reports whether a variable is a check: those are all alike, and the suite lists them.
func isCheck(s *ast.ValueSpec) bool {
	if len(s.Values) != 1 {
		return false
	}
	address, ok := s.Values[0].(*ast.UnaryExpr)
	if !ok {
		return false
	}
	literal, ok := address.X.(*ast.CompositeLit)
	if !ok {
		return false
	}
	of, ok := literal.Type.(*ast.SelectorExpr)
	return ok && of.Sel.Name == "Check"
}

func isMethodOfUnexported(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return false
	}
	of := d.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	id, ok := of.(*ast.Ident)
	return ok && !ast.IsExported(id.Name)
}

// packages parses every file of the module that is not a test, by folder and by path. Nested modules are left out.
func packages(t *testing.T) map[string]map[string]*ast.File {
	t.Helper()
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	found := map[string]map[string]*ast.File{}
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			_, err := os.Stat(filepath.Join(path, "go.mod"))
			nested := err == nil && path != root
			if nested || strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(name))
		if found[folder] == nil {
			found[folder] = map[string]*ast.File{}
		}
		found[folder][name] = file
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, found)
	return found
}
