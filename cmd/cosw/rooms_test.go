package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room is a folder, and what the packages in it may import.
type room struct {
	folder string
	may    []string
}

// rooms says what the packages of a folder may import beside the standard library: packages of this module in other folders,
// where "..." stands for whatever is below, and modules. The first folder that a package lies in counts. It is the one place where
// this is written down.
var rooms = []room{
	{"model/family", nil},
	{"model/golden", nil},
	{"model", []string{"model/family", "github.com/nlnwa/whatwg-url"}},
	{"props/explore", []string{"model/family"}},
	{"props/references", []string{"model", "gonum.org/v1/gonum"}},
	{"props", []string{"model/...", "props/explore", "pgregory.net/rapid"}},
	{"linearize/recording", nil},
	{"linearize", []string{"model", "linearize/recording", "github.com/anishathalye/porcupine"}},
	{"traces/typeset", nil},
	{"traces/script", []string{"model/...", "props/...", "traces", "traces/typeset"}},
	{"traces/exhibits", []string{"model/...", "props/...", "traces"}},
	{"traces/render", []string{"model/...", "props/...", "linearize", "traces", "traces/typeset"}},
	{"traces/infer", []string{"model/...", "props/...", "linearize/...", "traces", "traces/script"}},
	{"traces/lab", []string{"model/...", "props/...", "linearize/...", "traces", "traces/infer", "traces/lab/...", "github.com/coder/websocket"}},
	{"traces/findings", []string{"model/...", "props/...", "traces", "traces/exhibits", "traces/render", "traces/typeset", "traces/lab/conform",
		"github.com/rogpeppe/go-internal"}},
	{"traces/site", []string{"model/...", "props/...", "linearize/...", "traces/...", "github.com/yuin/goldmark"}},
	{"traces", []string{"model/...", "props/...", "traces/typeset", "golang.org/x/tools"}},
	{"cmd", []string{"model/...", "props/...", "linearize/...", "traces/...", "cmd/...", "github.com/spf13/pflag", "golang.org/x/term"}},
}

// withFlags has the packages below the command that have to do with flags all the same.
var withFlags = map[string]string{
	"model/golden": "for go test -update",
	"props":        "rapid takes its seed from a flag, and in no other way",
}

// TestRooms: imports run from the command down to the model, and nothing below the command prints, reads flags or ends the
// process, unless it is a program itself.
func TestRooms(t *testing.T) {
	used := map[string]bool{} // what a room may import, and does
	for _, f := range sourceFiles(t) {
		i := slices.IndexFunc(rooms, func(r room) bool { return within(f.folder, r.folder+"/...") })
		if i < 0 {
			t.Errorf("%s lies in no room: say what its package may import", f.folder)
			continue
		}
		for _, path := range f.imports() {
			allowed := slices.IndexFunc(rooms[i].may, func(m string) bool { return within(path, m) || isModule(m) && within(path, m+"/...") })
			if allowed < 0 {
				t.Errorf("%s imports %s, which %s may not", f.folder, path, rooms[i].folder)
				continue
			}
			used[rooms[i].folder+" "+rooms[i].may[allowed]] = true
		}
		if rooms[i].folder != "cmd" && f.Name.Name != "main" {
			for _, what := range f.ofCommands() {
				if !strings.HasPrefix(what, "flag.") || withFlags[f.folder] == "" {
					t.Errorf("%s has %s, which is for commands", f.folder, what)
				}
			}
		}
	}
	for _, r := range rooms {
		for _, m := range r.may {
			if !used[r.folder+" "+m] {
				t.Errorf("%s may import %s, and never does", r.folder, m)
			}
		}
	}
}

// within tells whether a path is what a pattern stands for.
func within(path, pattern string) bool {
	below, many := strings.CutSuffix(pattern, "/...")
	return path == below || many && strings.HasPrefix(path, below+"/")
}

func isModule(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".")
}

// sourceFile is a file of a package, without tests.
type sourceFile struct {
	folder string // within the module, with slashes
	*ast.File
}

func sourceFiles(t *testing.T) []sourceFile {
	t.Helper()
	var all []sourceFile
	files := token.NewFileSet()
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(name))
		all = append(all, sourceFile{filepath.ToSlash(folder), file})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// imports returns what f imports from modules: packages of this one by their folders, those of others by their paths.
func (f *sourceFile) imports() []string {
	var all []string
	for _, i := range f.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		if own, ok := strings.CutPrefix(path, "cosw/"); ok || isModule(path) {
			all = append(all, own)
		}
	}
	return all
}

// ofCommands returns what f uses that only commands should: flags, standard output and the end of the process.
func (f *sourceFile) ofCommands() []string {
	names := []string{"flag.", "log.", "fmt.Print", "os.Args", "os.Exit", "os.Stdin", "os.Stdout", "os.Stderr"}
	var all []string
	packages := map[string]bool{}
	for _, i := range f.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		packages[path] = i.Name == nil
	}
	ast.Inspect(f.File, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && packages[x.Name] {
				name := x.Name + "." + s.Sel.Name
				if slices.ContainsFunc(names, func(prefix string) bool { return strings.HasPrefix(name, prefix) }) {
					all = append(all, name)
				}
			}
		}
		return true
	})
	return all
}
