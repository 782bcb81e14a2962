package render

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// mermaidLines are the lines that we use of Mermaid's language for sequence diagrams. The texts at their ends have no
// character that it would take for its own, but entities and breaks.
var mermaidLines = []*regexp.Regexp{
	regexp.MustCompile(`^sequenceDiagram$`),
	regexp.MustCompile(`^  accTitle: (.+)$`),
	regexp.MustCompile(`^  participant [a-zA-Z]+[0-9]*[a-zA-Z]* as (.+)$`),
	regexp.MustCompile(`^  [a-zA-Z0-9]+(?:->>|-->>|-x|--\))[a-zA-Z0-9]+: (.+)$`),
	regexp.MustCompile(`^  Note over [a-zA-Z0-9]+(?:,[a-zA-Z0-9]+)?: (.+)$`),
}

var mermaidEntity = regexp.MustCompile(`#(?:35|59|37|lt|gt|amp);|<br/>`)

// TestMermaid: each line is one of the language, each party is declared before it is used, texts are escaped, and the
// whole is no longer than what is drawn.
func TestMermaid(t *testing.T) {
	eachScene(t, func(t *testing.T, s *Scene) {
		text := s.Mermaid()
		if n := utf8.RuneCountInString(text); n > largestMermaid {
			t.Errorf("%d characters", n)
		}
		for line := range strings.Lines(text) {
			if fault := mermaidFault(strings.TrimSuffix(line, "\n")); fault != "" {
				t.Error(fault)
			}
		}
		for _, p := range s.Parties {
			if !strings.Contains(text, "  participant "+p.ID+" as ") {
				t.Errorf("%s is not declared", p.ID)
			}
		}
	})
}

// mermaidFault says what is wrong with a line, if something is.
func mermaidFault(line string) string {
	for _, form := range mermaidLines {
		m := form.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if len(m) > 1 && strings.ContainsAny(mermaidEntity.ReplaceAllString(m[1], ""), "#;<>&%") {
			return "not escaped: " + line
		}
		return ""
	}
	return "no line of a sequence diagram: " + line
}

// TestMermaidFaults: lines that would break a diagram are found.
func TestMermaidFaults(t *testing.T) {
	for line, why := range map[string]string{
		"  page1->>: connect()":              "nobody gets it",
		"  page1->>browser":                  "there is no text",
		"  Note over page1; browser: x":      "parties are separated by commas",
		"  page1->>browser: a; b":            "a semicolon ends a line",
		"  Note over page1: 1 < 2":           "a tag begins",
		"  participant page 1 as the page":   "a name of two words",
		"  Note over page1: 100 %":           "a comment begins with two of them",
		"  page1->>browser: issue #1 is old": "an entity begins",
	} {
		if mermaidFault(line) == "" {
			t.Errorf("%q passes, although %s", line, why)
		}
	}
}

// TestMermaidEscapes: what is written by hand cannot break a diagram.
func TestMermaidEscapes(t *testing.T) {
	const text = "a; b # c <script>alert(1)</script> & 50 % \n end"
	want := "a#59; b #35; c #lt;script#gt;alert(1)#lt;/script#gt; #amp; 50 #37;   end"
	if got := escapeMermaid(text); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestMermaidLength: a history that is too long is cut off, and says so.
func TestMermaidLength(t *testing.T) {
	f := fixtures[0]
	f.steps = strings.TrimSuffix(f.steps, "p1 post c1\n\t\t\tbrowser suspend")
	f.steps += strings.Repeat("p1 post c1\nworker receive c1\n", 900) + "p1 post c1\nbrowser suspend"
	s := mustScene(t, f.trace(t))
	text := s.Mermaid()
	if n := utf8.RuneCountInString(text); n > largestMermaid || n < largestMermaid/2 {
		t.Errorf("%d characters", n)
	}
	if !strings.Contains(text, "cut off after step") {
		t.Error("it does not say that it is cut off")
	}
}
