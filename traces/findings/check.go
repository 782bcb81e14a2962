package findings

import (
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff returns where a file is not the text that the model gives now, as a unified diff that leads from the file to the
// text; nil if it is.
func Diff(name string, file, text []byte) []byte {
	return diff.Diff(name, file, "what the model says now", text)
}

// Section is a part of the findings under a heading of its own.
type Section struct {
	Heading    string
	Line       int    // at which it begins in the file, or 0 if it is missing there
	Difference []byte // as Diff has it; nil if the section is what the model says now
}

// Compare compares a file with the text that the model gives now, section by section, in the order of the text; sections
// that only the file has come last.
func Compare(name string, file, text []byte) []Section {
	old, now := split(file), split(text)
	var all []Section
	for _, s := range now.order {
		before := old.at[s]
		all = append(all, Section{s, before.line, Diff(name, []byte(before.text), []byte(now.at[s].text))})
	}
	for _, s := range old.order {
		if _, ok := now.at[s]; !ok {
			all = append(all, Section{s, old.at[s].line, Diff(name, []byte(old.at[s].text), nil)})
		}
	}
	return all
}

// sections are the parts of a text, by their headings.
type sections struct {
	order []string
	at    map[string]sectionText
}

type sectionText struct {
	line int
	text string
}

// split cuts a text at its headings of the first three levels. Text under a heading that was there before belongs to that.
func split(text []byte) sections {
	all := sections{at: map[string]sectionText{}}
	heading, n := "", 0
	for line := range strings.Lines(string(text)) {
		n++
		for _, level := range []string{"# ", "## ", "### "} {
			if title, ok := strings.CutPrefix(line, level); ok {
				heading = strings.TrimSpace(title)
			}
		}
		part, ok := all.at[heading]
		if !ok {
			all.order = append(all.order, heading)
			part.line = n
		}
		part.text += line
		all.at[heading] = part
	}
	return all
}
