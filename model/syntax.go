package model

import (
	"fmt"
	"strconv"
	"strings"

	"cosw/model/family"
)

// A step is written as who does what, on which connection:
//
//	p1 connect c1          p1 transfer c1 p2      p1 leave
//	worker accept c1       worker post c1
//	browser dispatch c1    browser start          browser suspend
//	service update         service unregister     client open
//
// p1 is page 1, c1 is connection 1; "worker" is the active worker's script, "service" those who deploy it, "client" a
// document of the service's own origin that its worker controls.

// String returns s as it is written in scripts and traces.
func (s Step) String() string {
	if int(s.Kind) >= kindCount || s.Kind == 0 {
		return fmt.Sprintf("step(%d)", s.Kind)
	}
	words := strings.Fields(s.Kind.Syntax())
	for i, word := range words {
		switch word {
		case "P":
			words[i] = fmt.Sprintf("p%d", s.Page)
		case "C":
			words[i] = fmt.Sprintf("c%d", s.Connection)
		case "P2":
			words[i] = fmt.Sprintf("p%d", s.To)
		}
	}
	return strings.Join(words, " ")
}

// ParseStep is the inverse of [Step.String]. Its errors say what was expected, or name the step that comes nearest.
func ParseStep(text string) (Step, error) {
	words := strings.Fields(text)
	if len(words) < 2 {
		return Step{}, fmt.Errorf("%q is no step: expected who does what, such as %q", text, "p1 connect c1")
	}
	actor := words[0]
	if _, err := argument(actor, 'p'); err == nil {
		actor = "P"
	}
	var verbs, actors []string
	for _, k := range Kinds() {
		pattern := strings.Fields(k.Syntax())
		actors = append(actors, pattern[0])
		if pattern[0] != actor {
			continue
		}
		if pattern[1] == words[1] {
			return parseArguments(k, pattern, words)
		}
		verbs = append(verbs, pattern[1])
	}
	if len(verbs) == 0 {
		return Step{}, &family.UnknownWordError{What: "party", Word: actor, Valid: withPage(actors)}
	}
	return Step{}, &family.UnknownWordError{What: "step of " + words[0], Word: words[1], Valid: verbs}
}

// withPage returns each of the actors once, with p1 for a page.
func withPage(actors []string) []string {
	seen := map[string]bool{"P": true}
	out := []string{"p1"}
	for _, a := range actors {
		if !seen[a] {
			seen[a] = true
			out = append(out, a)
		}
	}
	return out
}

// parseArguments fills in the arguments of a step of kind k.
func parseArguments(k Kind, pattern, words []string) (Step, error) {
	s := Step{Kind: k}
	if len(words) != len(pattern) {
		return Step{}, fmt.Errorf("%q has %d words: expected %s", strings.Join(words, " "), len(words), k.Syntax())
	}
	for i, p := range pattern {
		var err error
		switch p {
		case "P":
			s.Page, err = argument(words[i], 'p')
		case "C":
			s.Connection, err = argument(words[i], 'c')
		case "P2":
			s.To, err = argument(words[i], 'p')
		}
		if err != nil {
			return Step{}, fmt.Errorf("%w: expected %s", err, k.Syntax())
		}
	}
	return s, nil
}

// argument reads the number of a page, version, connection or message, as in p1 and c2.
func argument(word string, letter byte) (uint8, error) {
	if len(word) > 1 && word[0] == letter {
		if n, err := strconv.ParseUint(word[1:], 10, 8); err == nil && n > 0 {
			return uint8(n), nil
		}
	}
	what := map[byte]string{'p': "page", 'v': "version", 'c': "connection", 'm': "message"}[letter]
	return 0, fmt.Errorf("%q is no %s", word, what)
}
