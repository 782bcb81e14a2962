package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	flag "github.com/spf13/pflag"
)

// This file tries on every command, and on every flag that it has, what people and scripts do by mistake.

// ordinary are command lines that are right, one for each command, so that what is done to them is all that is wrong. IN stands
// for the folder of this package, OUT for one to write to.
var ordinary = map[string]string{
	"check":         "check --max-worlds 100 --histories 0",
	"merge":         "merge OUT/part.json",
	"questions":     "questions suspend",
	"properties":    "properties settles",
	"designs":       "designs draft",
	"play":          "play IN/testdata/failing.scenario",
	"show":          "show IN/testdata/traces/update.trace",
	"replay":        "replay IN/testdata/traces/update.trace",
	"minimise":      "minimise IN/testdata/traces/hangs.trace",
	"findings":      "findings --out OUT/findings.md",
	"site":          "site --out OUT/site",
	"explore":       "explore --no-browser",
	"graph":         "graph IN/../../props/references/testdata/leak.scenario",
	"fuzz":          "fuzz --histories 1",
	"linearize":     "linearize IN/../../linearize/testdata/hello.jsonl",
	"infer":         "infer IN/../../linearize/testdata/hello.jsonl",
	"simulate":      "simulate --design draft --scenario suspend",
	"schema":        "schema check",
	"completion":    "completion bash",
	"version":       "version",
	"bench":         "bench --sample 1",
	"lab browsers":  "lab browsers",
	"lab scenarios": "lab scenarios",
	"lab record":    "lab record --out OUT/record",
	"lab infer":     "lab infer",
	"lab conform":   "lab conform",
	"lab wpt":       "lab wpt --out OUT/wpt",
	"lab demo":      "lab demo",
	"lab serve":     "lab serve --out OUT/serve",
}

// companions are what a flag must have beside it.
var companions = map[string]string{
	"check --part":  "--out OUT/part.json",
	"check --out":   "--part 1/2",
	"infer --trace": "--explain suspend=sever",
	"show --step":   "--format dot",
}

// reading are the flags that name a file or folder to read; all others that name one write it.
var reading = []string{
	"check --design-file", "check --expect", "merge --design-file", "merge --expect", "show --diff", "simulate --scenario",
	"lab conform --traces", "lab wpt --traces",
}

// eachCommand calls a function for each command, those of lab among them, with the arguments of an ordinary command line, in an
// empty folder.
func eachCommand(t *testing.T, do func(t *testing.T, command string, args []string)) {
	home, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	part := searchedPart(t)
	for _, command := range allCommands() {
		if ordinary[command] == "" {
			t.Errorf("cosw %s has no ordinary command line", command)
			continue
		}
		t.Run(command, func(t *testing.T) {
			folder := t.TempDir()
			t.Chdir(folder)
			if err := os.WriteFile("part.json", part, 0o644); err != nil {
				t.Fatal(err)
			}
			do(t, command, strings.Fields(strings.NewReplacer("OUT", folder, "IN", home).Replace(ordinary[command])))
		})
	}
}

// searchedPart returns the file of the only part of a small family.
func searchedPart(t *testing.T) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "part.json")
	r := runWith(context.Background(), strings.NewReader(""), "check", "--property", "match-unique", "--part", "1/1", "--out", name)
	if r.code != exitDone {
		t.Fatal(r.stderr)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// allCommands returns the names of all commands, those of lab among them.
func allCommands() []string {
	var names []string
	for _, c := range commands() {
		if c.name != "lab" {
			names = append(names, c.name)
		}
	}
	for _, name := range labCommands() {
		names = append(names, "lab "+name)
	}
	return names
}

// attempt is what became of a command.
type attempt struct {
	args           []string
	code           int
	stdout, stderr string
}

func runWith(ctx context.Context, in io.Reader, args ...string) *attempt {
	var stdout, stderr bytes.Buffer
	code := run(ctx, args, streams{in: in, out: &stdout, err: &stderr})
	return &attempt{args, code, stdout.String(), stderr.String()}
}

// inVain runs a command that was interrupted before it began: it sees what is wrong with its arguments, but does no work. That
// something is wrong is known before the work if it is known here.
func inVain(args ...string) *attempt {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return runWith(ctx, strings.NewReader(""), args...)
}

// goWording is what errors of Go's packages say, or what is printed of a value that nobody meant to print.
var goWording = regexp.MustCompile(`strconv|invalid syntax|parse error|parsing|value out of range|time: |unmarshal|no such flag|goroutine|context cancel|%!|<nil>|\bEOF\b|0x`)

// refused checks that a command was refused with one of the codes, in one line that is not too long, and in words of its own.
func (r *attempt) refused(t *testing.T, codes ...int) {
	t.Helper()
	line := shortened(strings.Join(r.args, " "), 200)
	if !slices.Contains(codes, r.code) {
		t.Errorf("%q: exit code %d, want %v: %.300s", line, r.code, codes, r.stderr)
	}
	if r.stdout != "" {
		t.Errorf("%q: on stdout: %.100q", line, r.stdout)
	}
	if strings.Count(r.stderr, "\n") != 1 || !strings.HasPrefix(r.stderr, "cosw: ") || len(r.stderr) > 2*longestMessage {
		t.Errorf("%q: on stderr: %.300q", line, r.stderr)
	}
	if word := goWording.FindString(r.stderr); word != "" {
		t.Errorf("%q: says %q: %s", line, word, r.stderr)
	}
}

// plain checks that nothing that was printed steers a terminal.
func (r *attempt) plain(t *testing.T) {
	t.Helper()
	if i := strings.IndexFunc(r.stdout+r.stderr, steers); i >= 0 {
		t.Errorf("%.200q: steers the terminal: %.100q", r.args, (r.stdout + r.stderr)[i:])
	}
}

// TestWrongValues: no flag takes an empty value, a word for a number, a number that is too large, or an endless text, and none
// prints what steers a terminal.
func TestWrongValues(t *testing.T) {
	eachCommand(t, func(t *testing.T, command string, args []string) {
		eachFlag(command, func(f *flag.Flag) {
			name := command + " --" + f.Name
			beside := strings.Fields(strings.ReplaceAll(companions[name], "OUT", t.TempDir()))
			with := func(value string) *attempt {
				return inVain(slices.Concat(args, beside, []string{"--" + f.Name + "=" + value})...)
			}
			with("").refused(t, exitUsage)
			with("\x1b[31m\u202e").plain(t)
			with(strings.Repeat("x", 100_000)).refused(t, exitUsage, exitSystem)
			switch kind := f.Value.Type(); {
			case kind == "int" || kind == "uint64" || kind == "duration":
				for _, value := range []string{"many", "-1x", "99999999999999999999", "-99999999999999999999"} {
					with(value).refused(t, exitUsage)
				}
			case kind == "bool" || slices.Contains([]string{"format", "kind of stop"}, kind):
				with("perhaps").refused(t, exitUsage)
			}
			if f.Value.Type() == "int" {
				with("9223372036854775807").refused(t, exitUsage)
			}
		})
	})
}

// takesFile tells whether the value of a flag is the name of a file or folder, by the help.
func takesFile(command, flag string) bool {
	command, _, _ = strings.Cut(command, " ")
	for _, c := range commands() {
		if c.name == command {
			return regexp.MustCompile(`--` + flag + ` (FILE|DIR|OTHER)\b`).MatchString(c.help)
		}
	}
	return false
}

// TestUnwritable: that a file or folder cannot be written is found before the work.
func TestUnwritable(t *testing.T) {
	eachCommand(t, func(t *testing.T, command string, args []string) {
		eachFlag(command, func(f *flag.Flag) {
			name := command + " --" + f.Name
			if !takesFile(command, f.Name) || slices.Contains(reading, name) {
				return
			}
			beside := strings.Fields(companions[name])
			for _, value := range []string{"part.json/x", strings.Repeat("x", 300)} {
				inVain(slices.Concat(args, beside, []string{"--" + f.Name, value})...).refused(t, exitSystem)
			}
		})
	})
}

// inputs returns command lines that read a file of that name: as an argument, and by each flag that can.
func inputs(t *testing.T, command string, args []string, name string) [][]string {
	t.Helper()
	var all [][]string
	for i, arg := range args {
		if filepath.IsAbs(arg) && args[i-1] != "--out" {
			all = append(all, slices.Concat(args[:i], []string{name}, args[i+1:]))
		}
	}
	for _, flag := range reading {
		if of, found := strings.CutPrefix(flag, command+" --"); found && !strings.HasPrefix(command, "lab ") {
			all = append(all, slices.Concat(args, []string{"--" + of, name}))
		}
	}
	switch command {
	case "findings":
		all = append(all, []string{"findings", "--check", name})
	case "designs":
		all = append(all, []string{"designs", name})
	}
	return all
}

// endless repeats a text for ever.
type endless string

func (e endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e)
	}
	return n, nil
}

// TestEndlessInput: no command reads on and on.
func TestEndlessInput(t *testing.T) {
	eachCommand(t, func(t *testing.T, command string, args []string) {
		for _, line := range inputs(t, command, args, "-") {
			for _, text := range []string{"\x00", "#\n", "suspend=wake\n", `{"a":`} {
				r := runWith(context.Background(), endless(text), line...)
				if command == "replay" {
					r.stdout = "" // which tells how many files could not be read
				}
				r.refused(t, exitUsage, exitSyntax, exitSystem)
			}
		}
	})
}

// never is what nobody types into.
type never struct{}

func (never) Read([]byte) (int, error) { select {} }

// TestInterruptedInput: an interrupt ends a command that waits for somebody to type, and - is given once.
func TestInterruptedInput(t *testing.T) {
	eachCommand(t, func(t *testing.T, command string, args []string) {
		for _, line := range inputs(t, command, args, "-") {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			if r := runWith(ctx, never{}, line...); r.code != exitUnknown || strings.Count(r.stderr, "\n") != 1 || r.stdout != "" {
				t.Errorf("%q: exit code %d, %q, on stderr %q", line, r.code, r.stdout, r.stderr)
			}
		}
	})
	for _, line := range []string{"infer - -", "linearize - -", "replay - -", "designs - -", "check --design-file - --expect -", "show - --diff -"} {
		r := runWith(context.Background(), strings.NewReader("suspend=wake\n"), strings.Fields(line)...)
		if !strings.Contains(r.stderr, "standard input") || r.code < exitEvaluation {
			t.Errorf("%s: exit code %d, on stderr %q", line, r.code, r.stderr)
		}
	}
}

// closedPipe is a reader that has gone away, as head does.
type closedPipe struct{ written bool }

func (c *closedPipe) Write([]byte) (int, error) {
	c.written = true
	return 0, syscall.EPIPE
}

// quick are the commands that print something, and do so at once.
var quick = []string{
	"check", "merge", "questions", "properties", "designs", "play", "show", "replay", "minimise", "graph", "fuzz", "linearize", "infer",
	"simulate", "schema", "completion", "version", "lab scenarios",
}

// TestClosedPipe: whoever does not read on is no error that is told, but has a code.
func TestClosedPipe(t *testing.T) {
	eachCommand(t, func(t *testing.T, command string, args []string) {
		if !slices.Contains(quick, command) {
			return
		}
		var out closedPipe
		var stderr bytes.Buffer
		if code := run(context.Background(), args, streams{in: strings.NewReader(""), out: &out, err: &stderr}); code != exitPipe || !out.written {
			t.Errorf("%q: exit code %d, want %d", args, code, exitPipe)
		}
		if strings.Contains(stderr.String(), "pipe") {
			t.Errorf("%q: on stderr: %s", args, &stderr)
		}
	})
}
