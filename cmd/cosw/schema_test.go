package main

import (
	"bytes"
	"context"
	"encoding"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	generator "github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
	flag "github.com/spf13/pflag"

	"cosw/model/golden"
	"cosw/traces/render"
	"cosw/traces/script"
)

// shapes are what commands print with --format json, by the names of their schemas: those of the commands, with what tells apart
// where one prints several.
var shapes = map[string]struct {
	of    any
	about string
}{
	"bench":            {measured{}, "cosw bench: what was measured"},
	"check":            {report{}, "cosw check: what a search found"},
	"check-part":       {partFile{}, "cosw check --part: what the search of a part found, as it is kept for cosw merge"},
	"check-expected":   {[]expectation{}, "cosw check --expect: what is as expected, and what is not"},
	"designs":          {[]listedDesign{}, "cosw designs: designs that really existed"},
	"designs-compared": {comparison{}, "cosw designs NAME…: what becomes of one design, or two beside each other"},
	"findings":         {checkedFindings{}, "cosw findings --check: where a file is not what the model says"},
	"fuzz":             {fuzzed{}, "cosw fuzz: what random histories showed"},
	"graph":            {referenceGraph{}, "cosw graph: what keeps what alive"},
	"infer":            {[]jsonPlatform{}, "cosw infer: what recordings say of their platforms"},
	"infer-explained":  {[]jsonExplained{}, "cosw infer --explain: how an answer explains recordings, or where it fails to"},
	"infer-plan":       {jsonPlan{}, "cosw infer --plan: experiments, and what they tell"},
	"lab-browsers":     {[]foundBrowser{}, "cosw lab browsers: what is installed here"},
	"lab-conform":      {conformance{}, "cosw lab conform: what was kept of what is claimed"},
	"lab-infer":        {labInference{}, "cosw lab infer: what browsers have chosen"},
	"lab-record":       {labRecords{}, "cosw lab record: what became of the scenarios"},
	"lab-scenarios":    {[]labScenario{}, "cosw lab scenarios: what can be recorded"},
	"lab-wpt":          {writtenTests{}, "cosw lab wpt: the tests that were written, and of which traces there is none"},
	"linearize":        {[]judgedRecording{}, "cosw linearize: verdicts on recordings"},
	"play":             {[]script.Line{}, "cosw play: the transcript of a script"},
	"properties":       {[]listedProperty{}, "cosw properties: what designs are judged by"},
	"questions":        {questionList{}, "cosw questions: what the draft leaves open"},
	"replay":           {replayed{}, "cosw replay: whether the model says what traces say"},
	"show":             {render.Scene{}, "cosw show: a trace with all that there is to show of it"},
	"site":             {writtenSite{}, "cosw site: the files that were written"},
	"version":          {version{}, "cosw version: what a build knows of itself"},
}

// TestSchemas: the schemas are those of the types that are printed, with their comments.
func TestSchemas(t *testing.T) {
	c := comments{}
	r := &generator.Reflector{Anonymous: true, ExpandedStruct: true, LookupComment: func(of reflect.Type, field string) string {
		return c.of(t, of, field)
	}, Mapper: func(of reflect.Type) *generator.Schema {
		if of.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
			return &generator.Schema{Type: "string", Description: c.of(t, of, "")}
		}
		return nil
	}}
	for name, shape := range shapes {
		schema := r.ReflectFromType(reflect.TypeOf(shape.of))
		schema.Title = shape.about
		text, err := json.MarshalIndent(schema, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "schema/"+name+".json", string(text)+"\n")
	}
	for _, name := range schemaNames() {
		if _, ok := shapes[name]; !ok {
			t.Errorf("schema/%s.json is of nothing that is printed", name)
		}
	}
}

// comments are those of types and their fields, by the path of the package and then by name, as in "verdict.ID".
type comments map[string]map[string]string

// of returns the comment of a type, or of a field of it.
func (c comments) of(t *testing.T, of reflect.Type, field string) string {
	path, inside := strings.CutPrefix(of.PkgPath(), "cosw/")
	if !inside || of.Name() == "" {
		return ""
	}
	if c[path] == nil {
		c[path] = parseComments(t, filepath.Join("../..", path))
	}
	return c[path][strings.TrimSuffix(of.Name()+"."+field, ".")]
}

func parseComments(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || files == nil {
		t.Fatalf("%s: %v", dir, err)
	}
	said := map[string]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			said[spec.Name.Name] = oneSpace(spec.Doc.Text())
			if fields, ok := spec.Type.(*ast.StructType); ok {
				for _, field := range fields.Fields.List {
					for _, name := range field.Names {
						said[spec.Name.Name+"."+name.Name] = oneSpace(field.Doc.Text() + " " + field.Comment.Text())
					}
				}
			}
			return true
		})
	}
	return said
}

func oneSpace(text string) string { return strings.Join(strings.Fields(text), " ") }

// printed is a command line that prints JSON: its schema, and what stands behind the name of the command.
type printed struct{ schema, args string }

// printing are command lines that print JSON, by the schemas that it has. Each command and each schema has one that is ordinary,
// and others with what is left out there.
var printing = []printed{
	{"check", "--set suspend=sever|wake --property settles,survives-suspend,fresh-acceptance --pages 1 --histories 20"},
	{"check", "--max-worlds 100 --quiet"},
	{"check", "--pairs suspend=sever --property survives-suspend --pages 1 --histories 0"},
	{"check", "--property hides-suspend-timed,can-idle,settles --give-up can-idle --pages 1 --histories 0"},
	{"check-expected", "--property settles --pages 1 --histories 0 --expect testdata/settles.expected"},
	{"questions", ""},
	{"questions", "suspend scripts"},
	{"properties", ""},
	{"properties", "tells-page"},
	{"designs", ""},
	{"designs-compared", "draft chromium-2015"},
	{"play", "--set suspend=wake|sever ../../props/references/testdata/leak.scenario"},
	{"play", "testdata/failing.scenario"},
	{"graph", "../../props/references/testdata/leak.scenario"},
	{"show", "testdata/traces/update.trace"},
	{"show", "testdata/traces/doubt.trace"},
	{"show", "testdata/traces/stuck.trace"},
	{"show", "../../traces/corpus/match-agrees-1.trace"},
	{"replay", "--extend 1 testdata/traces testdata/missing.trace"},
	{"linearize", "../../linearize/testdata/stop.jsonl ../../linearize/testdata/traffic.jsonl"},
	{"infer", "../../linearize/testdata/stop.jsonl"},
	{"infer", "../../linearize/testdata/stop.jsonl ../../linearize/testdata/traffic-stop.jsonl"},
	{"infer-explained", "--explain suspend=sever ../../linearize/testdata/stop.jsonl"},
	{"infer-explained", "--explain suspend=wake ../../linearize/testdata/stop.jsonl"},
	{"infer-plan", "--plan"},
	{"fuzz", "--histories 100 --steps 40 --property settles,page-reach"},
	{"findings", "--check ../../findings.md"},
	{"lab-browsers", ""},
	{"lab-scenarios", ""},
	{"version", ""},
	{"bench", "--sample 1"},
}

// TestPrintedJSON: what commands print has the schema that is kept for it.
func TestPrintedJSON(t *testing.T) {
	for _, p := range append(slices.Clone(printing), printed{"lab-wpt", "--out " + t.TempDir()}) {
		command, _, _ := strings.Cut(p.schema, "-")
		args := strings.Fields(command + " " + p.args + " --format json")
		if command == "lab" {
			args = append([]string{"lab", strings.TrimPrefix(p.schema, "lab-")}, args[1:]...)
		}
		var stdout, stderr bytes.Buffer
		run(context.Background(), args, streams{in: strings.NewReader(""), out: &stdout, err: &stderr})
		validate(t, p.schema, stdout.Bytes(), strings.Join(args, " ")+"\n"+stderr.String())
	}
}

// TestJSONOfAnyText: what somebody wrote is in the JSON as it was, and nothing of it steers a terminal.
func TestJSONOfAnyText(t *testing.T) {
	for _, text := range []string{"\x1b[31m", "\x7f", "\u009b", "\u202e", "\u2028", "\U000e0001", `"\`} {
		var stdout, stderr bytes.Buffer
		run(context.Background(), []string{"play", "--format", "json", "-"},
			streams{in: strings.NewReader("# a" + text + "b\np1 connect c1\n"), out: &stdout, err: &stderr})
		var lines []script.Line
		if err := json.Unmarshal(stdout.Bytes(), &lines); err != nil {
			t.Errorf("%q: %v\n%s%s", text, err, &stdout, &stderr)
			continue
		}
		if want := "a" + text + "b"; lines[0].Text != want {
			t.Errorf("%q is printed as %q", want, lines[0].Text)
		}
		if i := strings.IndexFunc(stdout.String(), steers); i >= 0 {
			t.Errorf("%q steers the terminal: %q", text, stdout.String()[i:])
		}
	}
}

// validate checks JSON against a schema.
func validate(t *testing.T, name string, text []byte, about string) {
	t.Helper()
	schema, err := validator.NewCompiler().Compile("schema/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	data, err := validator.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Errorf("%s: it is no JSON: %v", about, err)
		return
	}
	if err := schema.Validate(data); err != nil {
		t.Errorf("%s: %v", about, err)
	}
}

// TestSiteJSON: so has what cosw site prints, of which the files make no difference.
func TestSiteJSON(t *testing.T) {
	var stdout bytes.Buffer
	folder := filepath.Join(t.TempDir(), "public")
	if err := writeSite(folder, map[string][]byte{"index.html": []byte("<p>"), "site.js": nil}, "json", streams{out: &stdout}); err != nil {
		t.Fatal(err)
	}
	validate(t, "site", stdout.Bytes(), "site")
	var site writtenSite
	if err := json.Unmarshal(stdout.Bytes(), &site); err != nil || site.Bytes != 3 || len(site.Files) != 2 {
		t.Errorf("written are %+v (%v)", site, err)
	}
}

// elsewhere are the schemas whose JSON other tests validate.
var elsewhere = map[string]string{
	"check-part":  "TestPartIsNotSearchedAgain",
	"lab-conform": "TestLabJSON",
	"lab-infer":   "TestLabJSON",
	"lab-record":  "TestLabFailures",
	"lab-wpt":     "TestPrintedJSON",
	"site":        "TestSiteJSON",
}

// TestEveryFormatHasItsSchema: every command that prints JSON has a schema, and is run to see that it keeps to it.
func TestEveryFormatHasItsSchema(t *testing.T) {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	for _, name := range labCommands() {
		names = append(names, "lab "+name)
	}
	for schema := range shapes {
		here := slices.ContainsFunc(printing, func(p printed) bool { return p.schema == schema })
		if !here && elsewhere[schema] == "" {
			t.Errorf("nothing is printed that has schema %s", schema)
		}
	}
	for _, name := range names {
		hasJSON := false
		eachFlag(name, func(f *flag.Flag) {
			if f.Name == "format" {
				hasJSON = slices.Contains(f.Value.(*choice).words, "json")
			}
		})
		schema := strings.ReplaceAll(name, " ", "-")
		if name == "merge" {
			schema = "check" // TestMerge compares what they print
		}
		if _, ok := shapes[schema]; ok != hasJSON {
			t.Errorf("cosw %s: prints JSON: %v, has a schema: %v", name, hasJSON, ok)
		}
	}
}
