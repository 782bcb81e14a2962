package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
	"cosw/traces/lab"
	"cosw/traces/lab/browser"
	"cosw/traces/lab/conform"
	"cosw/traces/lab/connect"
	"cosw/traces/lab/labtest"
)

// labEngine returns an engine that the model plays, under the first design with those answers.
func labEngine(t *testing.T, id, answers string, faults ...labtest.Fault) *browser.Engine {
	t.Helper()
	c, err := model.Space.Parse(answers)
	if err != nil {
		t.Fatal(err)
	}
	a := family.NewAlgebra(model.Space)
	return labtest.Engine(id, a.First(a.Cube(c)), faults...)
}

// labScenarios returns scenarios by their names.
func labScenarios(t *testing.T, names string) []lab.Scenario {
	t.Helper()
	all, err := chosen("scenario", names, lab.Scenarios(), func(s lab.Scenario) string { return s.Name })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var labOptions = lab.Options{Limits: lab.Limits{Quiet: 30 * time.Millisecond, Event: time.Second, Whole: time.Minute}}

// testCollector returns a collector that writes to a new directory, and what it prints.
func testCollector(out string) (*collector, *bytes.Buffer, *bytes.Buffer) {
	var stdout, stderr bytes.Buffer
	return &collector{out: out, streams: streams{out: &stdout, err: &stderr}}, &stdout, &stderr
}

// files returns the files below a directory.
func filesBelow(t *testing.T, dir string) string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			rest, _ := filepath.Rel(dir, name)
			all = append(all, filepath.ToSlash(rest))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

// TestLabTable: what is recorded of two browsers is inferred and put side by side; what one cannot be made to do is told. It is
// the whole of cosw lab infer but for the browsers.
func TestLabTable(t *testing.T) {
	one := labEngine(t, "one", "suspend=sever,update=sever,unregister=sever,close=close,delivery=port,page-notice=none")
	two := labEngine(t, "two", "suspend=keepalive,update=pin,unregister=run-out,close=close,delivery=port,page-notice=state")
	two.Cannot = map[browser.Action]string{browser.Close: "its windows stay"}
	c, stdout, stderr := testCollector(filepath.Join(t.TempDir(), "out"))
	scenarios := labScenarios(t, "hello,own-page,page-gone,silent,suspend,unregister,update,worker-close")
	if err := c.collect(t.Context(), []*browser.Engine{one, two}, scenarios, labOptions); err != nil {
		t.Fatal(err)
	}
	if err := c.conclude(t.Context()); err != nil {
		t.Errorf("%v\n%s", err, stderr)
	}
	golden.Compare(t, "testdata/lab-table.golden", stdout.String())
	want := ""
	for _, id := range []string{"one", "two"} {
		for _, s := range scenarios {
			if s.Name != "silent" && (id == "one" || s.Name != "page-gone") {
				want += fmt.Sprintf(" %s/%s.jsonl", id, s.Name)
			}
		}
	}
	if got := filesBelow(t, c.out); got != want[1:] {
		t.Errorf("written %s\nwant    %s", got, want[1:])
	}
}

// TestLabFailures: what fails is told in one line each, the rest is recorded, and the exit code says so, as does JSON.
func TestLabFailures(t *testing.T) {
	missing := labEngine(t, "missing", "")
	missing.Launch = func(context.Context, browser.Options) (browser.Browser, error) {
		return nil, fmt.Errorf("%w: no missing found", browser.ErrMissing)
	}
	engines := []*browser.Engine{missing, labEngine(t, "dying", "", labtest.Dies), labEngine(t, "good", "")}
	c, stdout, stderr := testCollector(filepath.Join(t.TempDir(), "out"))
	c.format = "json"
	if err := c.collect(t.Context(), engines, labScenarios(t, "hello,pipeline"), labOptions); err != nil {
		t.Fatal(err)
	}
	if err := c.tell(); exitCodeOf(err) != exitMissing {
		t.Errorf("got %v", err)
	}
	validate(t, "lab-record", stdout.Bytes(), "lab record")
	var told labRecords
	if err := json.Unmarshal(stdout.Bytes(), &told); err != nil || len(told.Recorded) != 2 || len(told.Failed) != 3 {
		t.Errorf("told are %+v (%v)", told, err)
	}
	for _, want := range []string{
		"cosw: missing is left out: not installed: no missing found; Debian has it in missing\n",
		"cosw: dying, hello: p1 connect c1: page/1 went away unasked: the browser may have died\n",
		"cosw: dying, pipeline: p1 connect c1: page/1 went away unasked: the browser may have died\n",
		"good      hello             recorded\n",
	} {
		if strings.Count(stderr.String(), want) != 1 {
			t.Errorf("not once %q in\n%s", want, stderr)
		}
	}
	if got := filesBelow(t, c.out); got != "good/hello.jsonl good/pipeline.jsonl" {
		t.Errorf("written %s", got)
	}
}

func exitCodeOf(err error) int {
	if f, ok := err.(*failure); ok {
		return f.code
	}
	return exitDone
}

// TestLabDiscards: recordings that nobody asked for are thrown away once all is concluded from them, and kept where it is not; then
// it is told where they are.
func TestLabDiscards(t *testing.T) {
	absent := labEngine(t, "absent", "")
	absent.Launch = func(context.Context, browser.Options) (browser.Browser, error) {
		return nil, fmt.Errorf("%w: no absent found", browser.ErrMissing)
	}
	good, dying := labEngine(t, "good", ""), labEngine(t, "dying", "", labtest.Dies)
	cancelled := func(ctx context.Context) context.Context {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		return ctx
	}
	plain := func(ctx context.Context) context.Context { return ctx }
	for _, row := range []struct {
		why     string
		engines []*browser.Engine
		ctx     func(context.Context) context.Context // to conclude in
		code    int
		kept    string
	}{
		{"all is concluded", []*browser.Engine{good}, plain, exitDone, ""},
		{"a browser is not installed, which takes nothing from the other", []*browser.Engine{absent, good}, plain, exitMissing, ""},
		{"nothing was recorded", []*browser.Engine{dying}, plain, exitMissing, ""},
		{"a run failed: what was recorded is not all there is", []*browser.Engine{dying, good}, plain, exitMissing, "good/hello.jsonl"},
		{"it is interrupted", []*browser.Engine{good}, cancelled, exitUnknown, "good/hello.jsonl"},
	} {
		c, _, stderr := testCollector(filepath.Join(t.TempDir(), "out"))
		err := c.collect(t.Context(), row.engines, labScenarios(t, "hello"), labOptions)
		if err == nil {
			err = c.conclude(row.ctx(t.Context()))
		}
		if err := c.discard(err); exitCodeOf(err) != row.code {
			t.Errorf("%s: got %v", row.why, err)
		}
		if _, err := os.Stat(c.out); errors.Is(err, fs.ErrNotExist) != (row.kept == "") {
			t.Errorf("%s: the directory: %v", row.why, err)
		} else if row.kept != "" {
			if got := filesBelow(t, c.out); got != row.kept {
				t.Errorf("%s: kept %s", row.why, got)
			}
		}
		says := fmt.Sprintf("cosw: 1 recording is kept in %s: ", c.out)
		if got := strings.Contains(stderr.String(), says); got != (row.kept != "") {
			t.Errorf("%s: says\n%s", row.why, stderr)
		}
	}
}

// TestLabInterrupt: an interrupt in the middle keeps what was finished, and nothing else.
func TestLabInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	e := labEngine(t, "slow", "")
	launch, launched := e.Launch, 0
	e.Launch = func(c context.Context, o browser.Options) (browser.Browser, error) {
		if launched++; launched == 2 {
			cancel()
		}
		return launch(c, o)
	}
	c, _, _ := testCollector(filepath.Join(t.TempDir(), "out"))
	err := c.collect(ctx, []*browser.Engine{e}, labScenarios(t, "hello,pipeline,update"), labOptions)
	if exitCodeOf(err) != exitUnknown || strings.Contains(err.Error(), "context") {
		t.Errorf("got %v", err)
	}
	if got := filesBelow(t, c.out); got != "slow/hello.jsonl" {
		t.Errorf("written %s", got)
	}
}

// TestLabServePort: a port that is in use is told in one line.
func TestLabServePort(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	stderr := &recorder{}
	code := run(t.Context(), []string{"lab", "serve", "--out", filepath.Join(t.TempDir(), "out"), "--port", fmt.Sprint(port)}, streams{out: &recorder{}, err: stderr})
	if want := fmt.Sprintf("cosw: cannot listen on port %d: address already in use\n", port); code != exitSystem || string(*stderr) != want {
		t.Errorf("exit code %d, %s", code, *stderr)
	}
}

// TestLabJSON: what cosw lab infer and cosw lab conform print as JSON has its schema, also where something cannot be done, or is
// not kept: the engine here has none of what connect.js claims.
func TestLabJSON(t *testing.T) {
	one := labEngine(t, "one", "suspend=sever,update=sever,unregister=sever,close=close,delivery=port,page-notice=none")
	one.Cannot = map[browser.Action]string{browser.Close: "its windows stay"}
	scenarios := labScenarios(t, "hello,page-gone,suspend")
	c, stdout, stderr := testCollector(filepath.Join(t.TempDir(), "out"))
	c.format = "json"
	if err := c.collect(t.Context(), []*browser.Engine{one}, scenarios, labOptions); err != nil {
		t.Fatal(err)
	}
	if err := c.conclude(t.Context()); err != nil {
		t.Errorf("%v\n%s", err, stderr)
	}
	validate(t, "lab-infer", stdout.Bytes(), "lab infer")

	c, stdout, stderr = testCollector(filepath.Join(t.TempDir(), "out"))
	c.format = "json"
	a := family.NewAlgebra(model.Space)
	judge := conformer{collector: *c, ctx: t.Context(), algebra: a, judged: conform.NewCollection(a)}
	if err := judge.run([]*browser.Engine{one}, scenarios, &conformFlags{labFlags: labFlags{options: labOptions}}); err != nil {
		t.Fatal(err)
	}
	if err := judge.conclude(); exitCodeOf(err) != exitViolated {
		t.Errorf("%v\n%s", err, stderr)
	}
	validate(t, "lab-conform", stdout.Bytes(), "lab conform")
}

// TestLabConform: an engine that keeps what is claimed passes, with random scenarios after those that are named; of one that does not,
// it is told what was not kept and who is to blame, with a trace.
func TestLabConform(t *testing.T) {
	claimed := model.Space.Format(connect.Design())
	broken := strings.Replace(claimed, "update=reaccept", "update=sever", 1)
	if broken == claimed {
		t.Fatalf("the claim is %s", claimed)
	}
	for _, c := range []struct {
		name, design string
		time         time.Duration
		code         int
		says         string
	}{
		{"kept", claimed, time.Nanosecond, exitDone, "update=reaccept                 seen"},
		{"broken", broken, 0, exitViolated, "one, update: update: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			a := family.NewAlgebra(model.Space)
			f := conformFlags{labFlags: labFlags{options: labOptions}, time: c.time, seed: 7}
			f.options.Connect = true
			con := conformer{
				collector: collector{out: filepath.Join(t.TempDir(), "out"), format: "text", streams: streams{in: nil, out: &stdout, err: &stderr}},
				ctx:       t.Context(), algebra: a, judged: conform.NewCollection(a),
			}
			err := con.run([]*browser.Engine{labEngine(t, "one", c.design)}, labScenarios(t, "update"), &f)
			if err != nil {
				t.Fatal(err)
			}
			if err := con.conclude(); exitCodeOf(err) != c.code || !strings.Contains(stdout.String(), c.says) {
				t.Errorf("%v\n%s\n%s", err, &stdout, &stderr)
			}
			files := filesBelow(t, con.out)
			if random := strings.Contains(files, "one/random-7.jsonl"); random != (c.time > 0) {
				t.Errorf("written %s", files)
			}
			if trace := strings.Contains(files, "one/update.1.trace"); trace != (c.code == exitViolated) {
				t.Errorf("written %s", files)
			}
		})
	}
}

// TestRetrace: it is told how much of the corpus can be done again, and why not the rest; what comes to the same is done once.
func TestRetrace(t *testing.T) {
	var stderr bytes.Buffer
	scenarios, err := retrace("", streams{err: &stderr})
	if err != nil {
		t.Fatal(err)
	}
	scripts := map[string]bool{}
	for i := range scenarios {
		scripts[scenarios[i].Script()] = true
	}
	if len(scripts) != len(scenarios) {
		t.Errorf("%d scenarios have %d scripts", len(scenarios), len(scripts))
	}
	golden.Compare(t, filepath.Join("testdata", "retraced.golden"), stderr.String())
}
