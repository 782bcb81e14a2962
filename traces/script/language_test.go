package script

import (
	"io"
	"strings"
	"testing"

	"cosw/model"
)

// TestLanguage: what help lists is what the language has: each form of a command and of a statement is understood, with each of
// the words that it gives a choice of, and no other word begins a statement.
func TestLanguage(t *testing.T) {
	examples := strings.NewReplacer("QUESTION=ANSWER|ANSWER, …", "suspend=wake|sever, update=pin", "PRESET", "draft", " …", "",
		"[own]", "", "STATEMENT", "c1 unused", "[where DESIGNS]", "where suspend=wake", "STEP", "p1 connect c1", "TEXT", "stopped")
	begin := map[string]bool{}
	for _, w := range Commands() {
		for _, text := range forms(examples.Replace(w.Syntax)) {
			p := newPlayer(io.Discard, model.Space.Full())
			if err := p.command(strings.TrimSpace(text)); err != nil {
				t.Errorf("%s: %q: %v", w.Syntax, text, err)
			}
		}
	}
	for _, w := range Statements() {
		for _, text := range forms(examples.Replace(w.Syntax)) {
			p := newPlayer(io.Discard, model.Space.Full())
			if err := p.begun(); err != nil {
				t.Fatal(err)
			}
			if _, err := p.parseStatement(text); err != nil {
				t.Errorf("%s: %q: %v", w.Syntax, text, err)
			}
			begin[strings.Fields(text)[0]] = true
		}
	}
	for _, word := range statements {
		if !begin[word] {
			t.Errorf("help has no statement that begins with %s", word)
		}
	}
	for _, w := range Steps() {
		text := strings.NewReplacer("P2", "p2", "P", "p1", "C", "c1").Replace(w.Syntax)
		if _, err := model.ParseStep(text); err != nil {
			t.Errorf("%s: %q: %v", w.Syntax, text, err)
		}
	}
}

// forms returns what a syntax stands for: one text for each choice of words.
func forms(syntax string) []string {
	if strings.Contains(syntax, "=") {
		return []string{syntax} // a | there is part of the text
	}
	all := []string{""}
	for _, words := range strings.Fields(syntax) {
		var longer []string
		for _, text := range all {
			for _, word := range strings.Split(words, "|") {
				longer = append(longer, strings.TrimSpace(text+" "+word))
			}
		}
		all = longer
	}
	return all
}
