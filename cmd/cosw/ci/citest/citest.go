// Package citest judges, for tests, whether a document is what the format says: JUnit XML by the schema that Jenkins'
// xUnit plugin has, SARIF by the schema of the standard. Start at [JUnit] and [SARIF].
package citest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // has the schema of SARIF in its source
	"github.com/xeipuuv/gojsonschema"
)

// SARIF returns what is wrong with a log of SARIF 2.1.0.
func SARIF(log []byte) error {
	schema, err := sarifSchema()
	if err != nil {
		return err
	}
	result, err := schema.Validate(gojsonschema.NewBytesLoader(log))
	if err != nil {
		return err
	}
	var wrong []error
	for _, e := range result.Errors() {
		wrong = append(wrong, errors.New(e.String()))
	}
	return errors.Join(wrong...)
}

// sarifSchema returns the schema of the standard. It lies in the module go-sarif, as a constant that only go-sarif's own
// objects are validated by; these fill in what a log leaves out, so it is read from the source and applied to the log as
// it is.
var sarifSchema = sync.OnceValues(func() (*gojsonschema.Schema, error) {
	const module = "github.com/owenrumney/go-sarif/v3"
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		return nil, fmt.Errorf("go list -m %s: %w", module, err)
	}
	source := filepath.Join(strings.TrimSpace(string(dir)), "pkg", "report", "v210", "sarif", "schema.go")
	file, err := parser.ParseFile(token.NewFileSet(), source, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	text := constant(file, "schema")
	if text == "" {
		return nil, fmt.Errorf("%s has no constant schema", module)
	}
	return gojsonschema.NewSchema(gojsonschema.NewStringLoader(text))
})

// constant returns the text of a constant or variable of a file that is one literal, and "" if there is none.
func constant(file *ast.File, name string) (text string) {
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 || spec.Names[0].Name != name {
			return true
		}
		if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
			text, _ = strconv.Unquote(literal.Value) // of what a parser took for a literal
		}
		return false
	})
	return text
}
