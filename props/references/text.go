package references

import (
	"fmt"
	"io"
	"strings"
)

// Text writes what is orphaned and leaked, each with the path that is missing and the one that keeps it alive, and then
// all references.
func (g *Graph) Text(w io.Writer) error {
	var b strings.Builder
	found := g.Findings()
	if len(found) == 0 {
		fmt.Fprintf(&b, "%s\n", textNone)
	}
	for _, f := range found {
		f.write(&b)
	}
	edges := g.Edges()
	fmt.Fprintf(&b, "references: %d\n", len(edges))
	for _, e := range edges {
		fmt.Fprintf(&b, "  %v\n", e)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Wrong returns what is orphaned and leaked, in a line each, or one line that says that nothing is.
func (g *Graph) Wrong() []string {
	var lines []string
	for _, f := range g.Findings() {
		lines = append(lines, f.String())
	}
	if lines == nil {
		lines = []string{textNone}
	}
	return lines
}

// String returns f in one line, as in "orphaned: worker's end of connection 1: its other side is gone".
func (f Finding) String() string {
	names := make([]string, len(f.Nodes))
	for i, n := range f.Nodes {
		names[i] = n.String()
	}
	return fmt.Sprintf("%v: %s: %s", f.Trouble, strings.Join(names, ", "), troubleTexts[f.Trouble])
}

func (f Finding) write(b *strings.Builder) {
	fmt.Fprintf(b, "%v\n  %s  %s\n", f, textMissing, f.Missing)
	head := textKept
	switch {
	case f.Path == nil:
		fmt.Fprintf(b, "  %s  %s\n", head, textNothing)
	case f.Cycle:
		fmt.Fprintf(b, "  %s  %s\n", head, textCycle)
		head = ""
	}
	for _, e := range f.Path {
		fmt.Fprintf(b, "  %-7s  %v\n", head, e)
		head = ""
	}
}
