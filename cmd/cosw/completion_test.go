package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"cosw/model"
	"cosw/props"
)

// completionCase is a command line with what its last word can be, where "…" stands for others.
type completionCase struct {
	why, line string
	want      []string
}

var completions = []completionCase{
	{"commands", "cosw ch", []string{"check"}},
	{"all of them", "cosw ", []string{"check", "questions", "lab", "…"}},
	{"commands to be helped with", "cosw help pl", []string{"play"}},
	{"no such command", "cosw chekc --s", nil},
	{"commands of lab", "cosw lab sc", []string{"scenarios"}},
	{"flags", "cosw check --ver", []string{"--verbose", "--versions"}},
	{"flags of a command of lab", "cosw lab record --br", []string{"--browser"}},
	{"a flag without a value is over", "cosw check --quiet --verb", []string{"--verbose"}},
	{"questions", "cosw check --set susp", []string{"suspend="}},
	{"their answers", "cosw check --set suspend=", []string{"suspend=sever", "suspend=keepalive", "suspend=wake", "suspend=reaccept"}},
	{"a second answer, in quotes as | needs them", "cosw check --set 'suspend=wake|s", []string{"suspend=wake|sever"}},
	{"a second question", "cosw check --set suspend=wake,upd", []string{"suspend=wake,update="}},
	{"a value behind =", "cosw check --set=suspend=w", []string{"--set=suspend=wake"}},
	{"assumptions are assumed", "cosw check --assume scr", []string{"scripts="}},
	{"and not set", "cosw check --set scr", nil},
	{"presets", "cosw check --design chro", []string{"chromium-2015"}},
	{"properties", "cosw check --property hides-suspend", []string{"hides-suspend", "hides-suspend-timed"}},
	{"a second property", "cosw check --give-up settles,opt", []string{"settles,opt-in"}},
	{"formats", "cosw replay --format ju", []string{"junit"}},
	{"engines", "cosw lab record --browser fire", []string{"firefox"}},
	{"names of questions", "cosw questions pag", []string{"page-notice", "page-list"}},
	{"names of properties", "cosw properties settles opt", []string{"opt-in"}},
	{"names of schemas", "cosw schema lab-b", []string{"lab-browsers"}},
	{"shells", "cosw completion f", []string{"fish"}},
	{"files", "cosw play failing.s", []string{"failing.scenario"}},
	{"files behind a flag", "cosw check --design-file proposal.d", []string{"proposal.design"}},
	{"a scenario by name, or a file", "cosw simulate --scenario kill-asked-", []string{"kill-asked-again"}},
	{"numbers are for people", "cosw check --pages ", nil},
}

// TestCompletion: bash and fish complete what a word can be, and zsh understands its script.
func TestCompletion(t *testing.T) {
	scripts := t.TempDir()
	for _, shell := range shells {
		text, err := completionFiles.ReadFile("completion/" + shell)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(scripts, shell), text, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := exec.LookPath(shell); err != nil {
			t.Logf("%s is not installed: its script is not tried", shell)
			continue
		}
		if out, err := exec.Command(shell, "-n", filepath.Join(scripts, shell)).CombinedOutput(); err != nil {
			t.Errorf("%s does not understand its script: %v\n%s", shell, err, out)
		}
	}
	for _, shell := range []string{"bash", "fish"} {
		if _, err := exec.LookPath(shell); err != nil {
			continue
		}
		for _, c := range completions {
			if got := c.by(t, shell, filepath.Join(scripts, shell)); !agrees(got, c.want) {
				t.Errorf("%s: %s: %s leads to %q, want %q", shell, c.why, c.line, got, c.want)
			}
		}
	}
}

// by has a shell complete a line, and returns the words that it offers, as they would stand in the line.
func (c *completionCase) by(t *testing.T, shell, script string) []string {
	t.Helper()
	program := `source "$1"; COMP_LINE=$2; COMP_POINT=${#2}; COMP_WORDBREAKS=$' \t\n"'"'"'><=;|&(:'; _cosw; printf '%s\n' "${COMPREPLY[@]}"`
	if shell == "fish" {
		program = `source $argv[1]; complete -C $argv[2]`
	}
	args := []string{"-c", program}
	if shell == "bash" {
		args = append(args, "bash")
	}
	command := exec.Command(shell, append(args, script, c.line)...)
	command.Dir = "testdata"
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", shell, err, out)
	}
	var words []string
	last := c.line[strings.LastIndexAny(c.line, " '")+1:]
	for line := range strings.Lines(string(out)) {
		word, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if word = strings.ReplaceAll(word, `\`, ""); word == "" {
			continue
		}
		if before := last[:strings.LastIndexAny(last, "=:")+1]; shell == "bash" && !strings.HasPrefix(word, before) {
			word = before + word // what readline leaves as it is
		}
		words = append(words, word)
	}
	return words
}

// agrees tells whether words are those wanted, in any order.
func agrees(got, want []string) bool {
	some := slices.Contains(want, "…")
	for _, w := range want {
		if w != "…" && !slices.Contains(got, w) {
			return false
		}
	}
	return some || len(got) == len(want)
}

// TestCompletionByHand: somebody types, and presses the tab key.
func TestCompletionByHand(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash is not installed")
	}
	shell := exec.CommandContext(t.Context(), "bash", "--norc", "--noprofile", "-i")
	shell.Env = append(os.Environ(), "TERM=dumb", "PS1=> ", "HISTFILE=")
	terminal, err := pty.Start(shell)
	if err != nil {
		t.Skip("there are no terminals here: ", err)
	}
	defer shell.Wait()
	defer terminal.Close()
	io.WriteString(terminal, `source <(cosw completion bash)
cosw() { if [ "$1" = __complete ]; then command cosw "$@"; else printf '[%s]\n' "$*"; fi; }
`+"cosw check --set suspe\tke\t --prop\tsettl\t --design-f\ttestdata/prop\td\t\nexit\n")
	terminal.SetReadDeadline(time.Now().Add(time.Minute))
	var said strings.Builder
	buffer := make([]byte, 4096)
	const want = "\n[check --set suspend=keepalive --property settles --design-file testdata/proposal.design]"
	for !strings.Contains(strings.ReplaceAll(said.String(), "\r", ""), want) {
		n, err := terminal.Read(buffer)
		said.Write(buffer[:n])
		if err != nil {
			t.Fatalf("wanted %q in\n%s", want, said.String())
		}
	}
}

// TestCompletionIsWhole: each question, assumption, answer and property can be completed, so that none is left out of another list.
func TestCompletionIsWhole(t *testing.T) {
	offers := func(want string, before []string, word string) {
		t.Helper()
		if !slices.ContainsFunc(complete(before, word).words, func(c candidate) bool { return c.word == want }) {
			t.Errorf("%v %s: %s is not offered", before, word, want)
		}
	}
	for name, questions := range map[string][]model.Question{"--set": model.Questions(), "--assume": model.Assumptions()} {
		for _, q := range questions {
			offers(q.ID()+"=", []string{"check", name}, "")
			for _, a := range q.Answers() {
				offers(q.ID()+"="+a.String(), []string{"check", name}, q.ID()+"=")
			}
		}
	}
	for _, id := range props.IDs() {
		offers(id, []string{"check", "--property"}, "")
	}
	for _, c := range commands() {
		offers(c.name, nil, "")
	}
}
