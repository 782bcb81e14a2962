package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	flag "github.com/spf13/pflag"

	"cosw/model/golden"
	"cosw/traces/typeset"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cosw": main})
}

// TestScripts runs the transcripts in testdata; when time is short, those of commands that have several goroutines.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		files = []string{"testdata/check.txtar", "testdata/fuzz.txtar", "testdata/lab.txtar", "testdata/site.txtar"}
	}
	testscript.Run(t, testscript.Params{
		Files:         files,
		UpdateScripts: golden.Updating(),
		Setup: func(e *testscript.Env) error {
			for name, dir := range map[string]string{
				"RECORDINGS": "../../linearize/testdata", "CORPUS": "../../traces/corpus", "TRACES": "testdata/traces",
				"PROPOSAL": "testdata/proposal.design",
			} {
				path, err := filepath.Abs(dir)
				if err != nil {
					return err
				}
				e.Setenv(name, path)
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits CODE COMMAND… runs a command that must end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var failed *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &failed) {
		got = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// TestHelp: the help of every command reads well, has examples and says how it ends; and to lay it out again for the width that
// it has changes nothing, so that other widths are laid out as well.
func TestHelp(t *testing.T) {
	for _, c := range commands() {
		if again := typeset.Reflow(c.help, typeset.Columns, isExample); again != c.help {
			t.Errorf("the help of %s is laid out unevenly; better:\n%s", c.name, again)
		}
		if !strings.HasPrefix(c.help, "usage: cosw "+c.name) || !strings.Contains(c.help, "exit codes") {
			t.Errorf("the help of %s lacks its usage or its exit codes", c.name)
		}
		eachFlag(c.name, func(f *flag.Flag) {
			if !regexp.MustCompile(`--` + f.Name + `\b`).MatchString(c.help) {
				t.Errorf("the help of %s does not tell of --%s", c.name, f.Name)
			}
			if of, ok := f.Value.(*choice); ok && f.Name == "format" && !strings.Contains(c.help, "--format "+strings.Join(of.words, "|")) && c.name != "show" {
				t.Errorf("the help of %s does not have --format %s", c.name, strings.Join(of.words, "|"))
			}
		})
	}
}

// eachFlag calls a function for each flag of a command.
func eachFlag(command string, do func(*flag.Flag)) {
	run(context.Background(), strings.Fields(command), streams{out: io.Discard, err: io.Discard, flags: func(flags *flag.FlagSet) { flags.VisitAll(do) }})
}

// TestInterrupt: what an interrupted check does not know, it calls unknown.
func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	stdout, stderr := &recorder{}, &recorder{}
	if code := run(ctx, []string{"check", "--quiet"}, streams{out: stdout, err: stderr}); code != exitUnknown {
		t.Errorf("exit code %d, want %d", code, exitUnknown)
	}
	if len(*stderr) > 0 {
		t.Errorf("on stderr: %s", *stderr)
	}
}

// TestInterruptInfer: an interrupted inference says nothing.
func TestInterruptInfer(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, args := range [][]string{{"infer", "../../linearize/testdata/stop.jsonl"}, {"infer", "--plan"}} {
		stdout, stderr := &recorder{}, &recorder{}
		if code := run(ctx, args, streams{out: stdout, err: stderr}); code != exitUnknown {
			t.Errorf("%v: exit code %d, want %d", args, code, exitUnknown)
		}
		if len(*stdout) > 0 || string(*stderr) != "cosw: it was interrupted: nothing is known\n" {
			t.Errorf("%v: got %q and %q on stderr", args, *stdout, *stderr)
		}
	}
}

type recorder []byte

func (r *recorder) Write(p []byte) (int, error) {
	*r = append(*r, p...)
	return len(p), nil
}

func TestParseSize(t *testing.T) {
	for _, c := range []struct {
		text string
		want uint64
		ok   bool
	}{
		{"", 0, true}, {"512", 512, true}, {"500MiB", 500 << 20, true}, {"2GiB", 2 << 30, true}, {"2g", 2 << 30, true},
		{"0", 0, false}, {"-1", 0, false}, {"many", 0, false}, {"1XiB", 0, false}, {"99999999999TiB", 0, false},
	} {
		if got, err := parseSize(c.text); got != c.want || (err == nil) != c.ok {
			t.Errorf("%q: got %d, %v", c.text, got, err)
		}
	}
}

func atoi(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestLongArguments: no command repeats more of a long argument than tells which it is, be it one word or many. TestWrongValues has
// the flags.
func TestLongArguments(t *testing.T) {
	for _, long := range []string{strings.Repeat("x", 100_000), strings.Repeat("x y ", 25_000)} {
		for _, command := range []string{
			"check --timeout", "questions", "properties", "designs", "schema", "completion", "play", "graph", "show", "replay", "minimise", "linearize",
			"infer", "lab", "",
		} {
			var stderr bytes.Buffer
			args := append(strings.Fields(command), long)
			if code := run(context.Background(), args, streams{in: strings.NewReader(""), out: io.Discard, err: &stderr}); code < exitEvaluation {
				t.Errorf("%s: exit code %d", command, code)
			}
			if n := stderr.Len(); n == 0 || n > 2*longestMessage || strings.Count(stderr.String(), "\n") != 1 {
				t.Errorf("%s with %d characters: %d bytes, %d lines", command, len(long), n, strings.Count(stderr.String(), "\n"))
			}
		}
	}
}
