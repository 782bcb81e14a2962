package main

import (
	"context"
	"embed"
	"fmt"
	"io"
	"slices"
	"strings"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces/infer"
	"cosw/traces/lab"
	"cosw/traces/lab/browser"
)

// Completion: scripts for shells ask cosw __complete what a word can be. What it answers comes from where the commands have it,
// so that there is no second list.

// completionFiles are the scripts for shells.
//
//go:embed completion
var completionFiles embed.FS

// shells that have a script.
var shells = []string{"bash", "zsh", "fish"}

func runCompletion(_ context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("completion", flag.ContinueOnError)
	if ok, err := parse(flags, args, completionHelp, s); !ok {
		return err
	}
	if flags.NArg() != 1 {
		return usageError("completion takes one shell: cosw completion bash, zsh or fish")
	}
	text, err := completionFiles.ReadFile("completion/" + flags.Arg(0))
	if err != nil {
		return usageError("%v", &family.UnknownWordError{What: "shell", Word: flags.Arg(0), Valid: shells})
	}
	_, err = s.out.Write(text)
	return err
}

// namesFiles is what is printed where the name of a file may stand.
const namesFiles = ":files"

// candidates are what a word can be: words, each with what it means where that is short; and files.
type candidates struct {
	words []candidate
	files bool
}

type candidate struct{ word, means string }

// printCandidates prints what the last of some words can be, those that begin like it, one a line.
func printCandidates(words []string, out io.Writer) {
	if len(words) == 0 {
		words = []string{""}
	}
	last := words[len(words)-1]
	c := complete(words[:len(words)-1], last)
	for _, w := range c.words {
		if strings.HasPrefix(w.word, last) {
			fmt.Fprintln(out, strings.TrimSuffix(w.word+"\t"+w.means, "\t"))
		}
	}
	if c.files {
		fmt.Fprintln(out, namesFiles)
	}
}

// complete returns what can stand behind some words, where a word is written of which there is a part.
func complete(before []string, word string) candidates {
	command, before := commandOf(before)
	if command == nil {
		return candidates{words: subcommands(before)}
	}
	flags := flagsOf(command)
	if flags == nil {
		return candidates{}
	}
	if slices.Contains(before, "--") {
		return arguments(command, word)
	}
	if n := len(before) - 1; n >= 0 {
		if f := flagNamed(flags, before[n]); f != nil && f.NoOptDefVal == "" {
			return values(command, f, word)
		}
	}
	if name, value, ok := strings.Cut(word, "="); ok {
		if f := flagNamed(flags, name); f != nil {
			return values(command, f, value).behind(name + "=")
		}
	}
	if strings.HasPrefix(word, "-") {
		return candidates{words: flagWords(flags)}
	}
	return arguments(command, word)
}

// commandOf returns the command that words begin with, as those words, and what follows it; nil if it is not complete.
func commandOf(words []string) (command, rest []string) {
	switch {
	case len(words) == 0 || words[0] == "help":
		return nil, words
	case words[0] != "lab":
		return words[:1], words[1:]
	case len(words) == 1:
		return nil, words
	}
	return words[:2], words[2:]
}

// subcommands returns what goes on words that are no command yet.
func subcommands(words []string) []candidate {
	if len(words) > 0 && words[0] == "lab" {
		return plain(labCommands())
	}
	var all []candidate
	for _, c := range commands() {
		all = append(all, candidate{c.name, c.summary})
	}
	return all
}

// flagsOf returns the flags of a command, or nil if there is no such command.
func flagsOf(command []string) (found *flag.FlagSet) {
	run(context.Background(), command, streams{out: io.Discard, err: io.Discard, flags: func(flags *flag.FlagSet) { found = flags }})
	return found
}

func flagNamed(flags *flag.FlagSet, word string) *flag.Flag {
	name, ok := strings.CutPrefix(word, "--")
	if !ok {
		return nil
	}
	return flags.Lookup(name)
}

func flagWords(flags *flag.FlagSet) (all []candidate) {
	flags.VisitAll(func(f *flag.Flag) { all = append(all, candidate{word: "--" + f.Name}) })
	return append(all, candidate{word: "--help"})
}

// values returns what the value of a flag can be, of which there is a part.
func values(command []string, f *flag.Flag, part string) candidates {
	if of, ok := f.Value.(*choice); ok {
		return candidates{words: plain(of.words)}
	}
	questions, assumptions := model.Questions(), model.Assumptions()
	switch f.Name {
	case "set":
		return candidates{words: answersOfAny(questions, part)}
	case "assume":
		return candidates{words: answersOfAny(assumptions, part)}
	case "pairs", "explain":
		return candidates{words: answersOfAny(questions, part)}
	case "design":
		if command[0] == "simulate" {
			return candidates{words: append(presetWords(), answersOfAny(questions, part)...)}
		}
		return candidates{words: presetWords()}
	case "property", "require", "give-up":
		return candidates{words: listOf(props.IDs(), part)}
	case "browser":
		return candidates{words: listOf(namesOf(browser.Engines(), func(e *browser.Engine) string { return e.ID }), part)}
	case "scenario":
		if command[0] == "simulate" {
			return candidates{words: plain(namesOf(infer.Scenarios(), func(s infer.Scenario) string { return s.Name })), files: true}
		}
		return candidates{words: listOf(namesOf(lab.Scenarios(), func(s lab.Scenario) string { return s.Name }), part)}
	}
	return candidates{files: f.Name != "part" && (f.Value.Type() == "string" || f.Value.Type() == "func")}
}

// arguments returns what can stand behind a command beside flags.
func arguments(command []string, part string) candidates {
	switch command[0] {
	case "questions":
		return candidates{words: plain(ids(append(model.Questions(), model.Assumptions()...)))}
	case "properties":
		return candidates{words: plain(props.IDs())}
	case "designs":
		return candidates{words: presetWords(), files: true}
	case "schema":
		return candidates{words: plain(schemaNames())}
	case "completion":
		return candidates{words: plain(shells)}
	case "lab", "check", "fuzz", "version", "bench", "site", "explore":
		return candidates{}
	}
	return candidates{files: true}
}

// behind returns candidates with what stands before them in the same word.
func (c candidates) behind(head string) candidates {
	for i := range c.words {
		c.words[i].word = head + c.words[i].word
	}
	return c
}

func plain(words []string) []candidate {
	var all []candidate
	for _, w := range words {
		all = append(all, candidate{word: w})
	}
	return all
}

func namesOf[T any](all []T, name func(T) string) []string {
	var names []string
	for _, one := range all {
		names = append(names, name(one))
	}
	return names
}

func presetWords() []candidate {
	var all []candidate
	for _, p := range model.Presets() {
		all = append(all, candidate{p.Name, p.Title})
	}
	return all
}

// listOf returns what can go on a list of words with commas between them, of which each stands there once.
func listOf(words []string, part string) []candidate {
	comma := strings.LastIndexByte(part, ',') + 1
	given := strings.Split(part[:comma], ",")
	left := slices.DeleteFunc(slices.Clone(words), func(word string) bool { return slices.Contains(given, word) })
	return candidates{words: plain(left)}.behind(part[:comma]).words
}

// answersOfAny returns what can go on a list of answers, as in suspend=wake|sever,update=pin: questions, and behind one, its
// answers.
func answersOfAny(questions []model.Question, part string) []candidate {
	comma := strings.LastIndexByte(part, ',') + 1
	id, given, answers := strings.Cut(part[comma:], "=")
	for _, q := range questions {
		if answers && q.ID() == id {
			var means []candidate
			for _, a := range q.Answers() {
				if !slices.Contains(strings.Split(given, "|"), a.String()) || strings.HasSuffix(given, a.String()) {
					means = append(means, candidate{a.String(), q.Meaning(a)})
				}
			}
			bar := strings.LastIndexByte(given, '|') + 1
			return candidates{words: means}.behind(part[:comma] + id + "=" + given[:bar]).words
		}
	}
	var open []candidate
	for _, q := range questions {
		if !strings.Contains(","+part[:comma], ","+q.ID()+"=") {
			open = append(open, candidate{q.ID() + "=", q.Text()})
		}
	}
	return candidates{words: open}.behind(part[:comma]).words
}
