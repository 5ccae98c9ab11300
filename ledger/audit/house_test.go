package audit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSharesNothingWithTheWriter holds the audit to code of its own: of package ledger what a store is made of, and
// nothing of what writes entries, trees and notes.
func TestSharesNothingWithTheWriter(t *testing.T) {
	allowed := map[string]bool{"Store": true, "Row": true, "Checkpoint": true, "Desk": true, "Name": true, "Tail": true,
		"Addition": true}
	paths, err := filepath.Glob("*.go")
	require.NoError(t, err)
	used := 0
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, spec := range file.Imports {
			for _, not := range []string{"golang.org/x/mod", "transparency-dev", "go-json-experiment", "encoding/json",
				"claimledger/internal/"} {
				assert.NotContains(t, spec.Path.Value, not, path)
			}
			if strings.HasSuffix(spec.Path.Value, `/ledger"`) {
				assert.Nil(t, spec.Name, "%s gives package ledger another name", path)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if of, ok := s.X.(*ast.Ident); ok && of.Name == "ledger" {
					used++
					assert.True(t, allowed[s.Sel.Name], "%s uses ledger.%s", path, s.Sel.Name)
				}
			}
			return true
		})
	}
	assert.NotZero(t, used)
}
