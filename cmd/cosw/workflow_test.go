package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// workflow is what the tests look at of a workflow of GitHub Actions.
type workflow struct {
	Name        string            `yaml:"name"`
	On          map[string]any    `yaml:"on"`
	Permissions map[string]string `yaml:"permissions"`
	Defaults    struct {
		Run struct {
			Shell string `yaml:"shell"`
		} `yaml:"run"`
	} `yaml:"defaults"`
	Jobs map[string]job `yaml:"jobs"`
}

type job struct {
	If       string `yaml:"if"`
	Needs    string `yaml:"needs"`
	Strategy struct {
		FailFast bool             `yaml:"fail-fast"`
		Matrix   map[string][]int `yaml:"matrix"`
	} `yaml:"strategy"`
	RunsOn  string            `yaml:"runs-on"`
	Minutes int               `yaml:"timeout-minutes"`
	Env     map[string]string `yaml:"env"`
	Steps   []step            `yaml:"steps"`
}

type step struct {
	Name string         `yaml:"name"`
	If   string         `yaml:"if"`
	Uses string         `yaml:"uses"`
	With map[string]any `yaml:"with"`
	Run  string         `yaml:"run"`
}

const workflowFile = "../../.github/workflows/check.yml"

func readWorkflow(t *testing.T) (w workflow) {
	t.Helper()
	text, err := os.ReadFile(workflowFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalWithOptions(text, &w, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestWorkflow: it runs when it should, may only read, takes actions by their major version, and shows its results.
func TestWorkflow(t *testing.T) {
	w := readWorkflow(t)
	for _, event := range []string{"push", "pull_request", "schedule"} {
		if _, ok := w.On[event]; !ok {
			t.Errorf("it does not run on %s", event)
		}
	}
	if len(w.Permissions) != 1 || w.Permissions["contents"] != "read" {
		t.Errorf("its permissions are %v", w.Permissions)
	}
	if w.Defaults.Run.Shell != "bash" {
		t.Errorf("the shell is %q, which takes a pipe for its last command", w.Defaults.Run.Shell)
	}
	for name, j := range w.Jobs {
		var actions []string
		summary := false
		for _, s := range j.Steps {
			summary = summary || strings.Contains(s.Run, "$GITHUB_STEP_SUMMARY")
			if s.Uses != "" {
				actions = append(actions, s.Uses)
			}
			if s.Uses == "actions/setup-go@v5" {
				if _, err := os.Stat(filepath.Join("../..", fmt.Sprint(s.With["go-version-file"]))); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		want := []string{"actions/checkout@v4", "actions/setup-go@v5", "actions/upload-artifact@v4"}
		if j.Needs != "" {
			want = slices.Insert(want, 2, "actions/download-artifact@v4")
		}
		if !slices.Equal(actions, want) {
			t.Errorf("%s uses %v, not %v", name, actions, want)
		}
		if summary == (name == "part") || j.Minutes == 0 || j.RunsOn == "" {
			t.Errorf("%s has no summary, no time limit or no machine", name)
		}
	}
	part := w.Jobs["part"]
	for i, n := range part.Strategy.Matrix["part"] {
		if n != i+1 {
			t.Errorf("the parts are %v", part.Strategy.Matrix["part"])
		}
	}
	if of := fmt.Sprintf(`--part "$PART/%d" `, len(part.Strategy.Matrix["part"])); !strings.Contains(part.Steps[2].Run, of) || part.Env["PART"] != "${{ matrix.part }}" {
		t.Errorf("%s does not search one of %d parts", part.Steps[2].Run, len(part.Strategy.Matrix["part"]))
	}
	night := w.Jobs["nightly"]
	if !strings.Contains(night.If, "schedule") || !strings.Contains(night.If, "!cancelled()") || night.Needs != "part" || night.Env["SEED"] != "${{ github.run_number }}" {
		t.Errorf("the nightly job runs if %s, with the seed %s", night.If, night.Env["SEED"])
	}
	if strings.Contains(w.Jobs["regression"].If, "== 'schedule'") {
		t.Error("the regression does not run on a push")
	}
}

// TestPagesWorkflow: the pages are written by a command that the documentation shows, and published by the platform's own
// actions with no right that they do not need.
func TestPagesWorkflow(t *testing.T) {
	text, err := os.ReadFile("../../.github/workflows/pages.yml")
	if err != nil {
		t.Fatal(err)
	}
	var w struct {
		Permissions map[string]string
		Jobs        map[string]struct {
			Permissions map[string]string
			Steps       []struct {
				Uses, Run string
				With      map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(text, &w); err != nil {
		t.Fatal(err)
	}
	job := w.Jobs["publish"]
	if got, want := fmt.Sprint(w.Permissions, job.Permissions), "map[contents:read] map[contents:read id-token:write pages:write]"; got != want {
		t.Errorf("its permissions are %s, not %s", got, want)
	}
	var does []string
	for _, s := range job.Steps {
		does = append(does, s.Uses+s.Run)
		if path := s.With["path"]; path != "" && path != "public" {
			t.Errorf("it publishes %s, which is not what it writes", path)
		}
	}
	want := []string{"actions/checkout@v4", "actions/setup-go@v5", "go run ./cmd/cosw site --out public", "actions/configure-pages@v5",
		"actions/upload-pages-artifact@v3", "actions/deploy-pages@v4"}
	if !slices.Equal(does, want) {
		t.Errorf("it does %v, not %v", does, want)
	}
	docs := documentation(t)
	if !strings.Contains(docs, "    cosw site --out public ") {
		t.Error("the documentation does not show how the pages are written")
	}
}

// TestWorkflowCommands: each command of the workflow is one that the documentation shows, with flags and files that it takes.
func TestWorkflowCommands(t *testing.T) {
	docs := documentation(t)
	used := map[string]bool{}
	w := readWorkflow(t)
	parts := t.TempDir() // what the machines of the parts would have left
	if code, _, stderr := ran(t, "check", "--design", "chromium-2015", "--part", "1/1", "--out", parts); code != exitDone {
		t.Fatal(stderr)
	}
	t.Chdir("../..")
	for _, job := range w.Jobs {
		for _, s := range job.Steps {
			for line := range strings.Lines(s.Run) {
				name, err := workflowCommand(strings.Replace(line, " merge parts ", " merge "+parts+" ", 1), docs)
				if err != nil {
					t.Errorf("%s: %v", strings.TrimSpace(line), err)
				}
				used[name] = true
			}
		}
	}
	for _, name := range []string{"go test", "check", "replay", "findings", "fuzz", "merge"} {
		if !used[name] {
			t.Errorf("the workflow does not use %s", name)
		}
	}
	// The judge of the commands must refuse what is wrong.
	for _, row := range []struct{ why, line string }{
		{"a command that there is not", "go run ./cmd/cosw chekc"},
		{"a flag that there is not", "go run ./cmd/cosw check --foo"},
		{"a value that there is not", "go run ./cmd/cosw check --format xml"},
		{"a file that there is not", "go run ./cmd/cosw check --design-file my.design"},
		{"a contradiction", `go run ./cmd/cosw check --seed 0`},
		{"another program", "curl example.org"},
		{"another program behind", "go test ./... && curl example.org"},
		{"another program in a pipe", "go test ./... | sh"},
		{"an expression of the workflow, which a script must not hold", "go run ./cmd/cosw check --seed ${{ github.run_number }}"},
		{"a command that the documentation does not show", "go run ./cmd/cosw questions"},
	} {
		text := docs
		if strings.Contains(row.why, "documentation") {
			text = "go run ./cmd/cosw check"
		}
		if _, err := workflowCommand(row.line, text); err == nil {
			t.Errorf("%s is taken for one: %s", row.why, row.line)
		}
	}
}

// plumbing is what may stand behind a command: where its output goes.
var plumbing = regexp.MustCompile(`(?: > ([a-z]+\.[a-z]+)| \| tee(?: -a "\$GITHUB_STEP_SUMMARY")?(?: [a-z]+\.[a-z]+)?)?$`)

// workflowCommand judges a line of a script of the workflow and returns which command it is.
func workflowCommand(line, docs string) (string, error) {
	line = strings.TrimSpace(line)
	line = strings.TrimSuffix(line, plumbing.FindString(line))
	if line == "go test ./..." {
		return "go test", shown("go test ./...", docs)
	}
	rest, ok := strings.CutPrefix(line, "go run ./cmd/cosw ")
	if !ok || strings.ContainsAny(rest, "|&;<>`(){}*?") {
		return "", fmt.Errorf("neither go test ./... nor a command of cosw alone")
	}
	words := strings.Fields(strings.NewReplacer(`"$SEED"`, "7", `"$PART/8"`, "3/8").Replace(rest))
	name := words[0]
	if err := shown("cosw "+name, docs); err != nil {
		return name, err
	}
	// A run that was interrupted before it began still reads its flags and files.
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	stdout, stderr := &recorder{}, &recorder{}
	switch code := run(ctx, words, streams{in: strings.NewReader(""), out: stdout, err: stderr}); code {
	case exitSyntax, exitUsage, exitSystem:
		return name, fmt.Errorf("exit code %d, %s", code, *stderr)
	}
	return name, nil
}

func shown(command, docs string) error {
	if !strings.Contains(docs, command) {
		return fmt.Errorf("the documentation does not show %q", command)
	}
	return nil
}

// indexedJob is what the test looks at of a Job of Kubernetes.
type indexedJob struct {
	Kind string
	Spec struct {
		CompletionMode string `yaml:"completionMode"`
		Completions    int
		PodFailure     struct {
			Rules []struct {
				Action      string
				OnExitCodes struct{ Values []int } `yaml:"onExitCodes"`
			}
		} `yaml:"podFailurePolicy"`
		Template struct {
			Spec struct {
				Containers []struct{ Command []string }
			}
		}
	}
}

// TestIndexedJob: the pods of the Job that the documentation shows search each part once, by commands that cosw takes, and the
// exit codes that end an index for good are those for what is wrong in itself.
func TestIndexedJob(t *testing.T) {
	_, text, _ := strings.Cut(readPage(t, "docs/larger.md"), "```yaml\n")
	text, _, _ = strings.Cut(text, "```")
	var job indexedJob
	if err := yaml.Unmarshal([]byte(text), &job); err != nil {
		t.Fatal(err)
	}
	spec := job.Spec
	if job.Kind != "Job" || spec.CompletionMode != "Indexed" || spec.Completions < 2 {
		t.Fatalf("it is a %s, %s, of %d parts", job.Kind, spec.CompletionMode, spec.Completions)
	}
	if len(spec.PodFailure.Rules) != 2 {
		t.Errorf("it has %d rules for pods that fail, want one for evictions and one for exit codes", len(spec.PodFailure.Rules))
	}
	for _, rule := range spec.PodFailure.Rules {
		if codes := rule.OnExitCodes.Values; (rule.Action == "FailIndex") != slices.Equal(codes, []int{exitSyntax, exitUsage}) {
			t.Errorf("%s with exit codes %v", rule.Action, codes)
		}
	}
	command := spec.Template.Spec.Containers[0].Command
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for index := range spec.Completions {
		shell := exec.Command(command[0], command[1], strings.Replace(command[2], "exec cosw", "echo", 1))
		shell.Env = append(os.Environ(), fmt.Sprintf("JOB_COMPLETION_INDEX=%d", index))
		out, err := shell.Output()
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Fields(strings.Replace(string(out), "/parts", t.TempDir(), 1))
		if part := fmt.Sprintf("%d/%d", index+1, spec.Completions); !slices.Contains(words, part) {
			t.Errorf("index %d does not search part %s: %s", index, part, out)
		}
		stdout, stderr := &recorder{}, &recorder{}
		if code := run(ctx, words, streams{in: strings.NewReader(""), out: stdout, err: stderr}); code != exitUnknown {
			t.Errorf("index %d: an interrupted part ends with exit code %d: %s", index, code, *stderr)
		}
	}
}
