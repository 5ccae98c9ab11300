package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// valeModule is Vale at the version compared with: later ones do not build from the module proxy.
const valeModule = "github.com/errata-ai/vale/v3/cmd/vale@v3.7.1"

// buildClaimledger builds the command from the checkout around this module, and gives its path.
func buildClaimledger(dir string) (string, error) {
	path := filepath.Join(dir, "bin", "claimledger")
	return path, goTool(nil, "build", "-C", "..", "-o", path, "./cmd/claimledger")
}

// buildVale builds Vale with the modules that its release names, and gives its path.
func buildVale(dir string) (string, error) {
	bin := filepath.Join(dir, "bin")
	return filepath.Join(bin, "vale"), goTool([]string{"GOBIN=" + bin}, "install", valeModule)
}

func goTool(env []string, args ...string) error {
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w\n%s", args[0], err, out)
	}
	return nil
}

// configureVale writes a configuration with one rule, which flags two words wherever they stand.
func configureVale(dir string) error {
	files := map[string]string{
		".vale.ini": "StylesPath = styles\nMinAlertLevel = warning\n[*.md]\nBasedOnStyles = One\n",
		"styles/One/words.yml": "extends: existence\nmessage: \"avoid %s\"\nlevel: error\n" +
			"tokens:\n  - utilize\n  - leverage\n",
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
