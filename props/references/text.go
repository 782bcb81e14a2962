package references

import (
	"fmt"
	"io"
	"strings"
)

// Text writes the defects, each with the path that is missing and the one that keeps it alive, and then all references.
func (g *Graph) Text(w io.Writer) error {
	var b strings.Builder
	found := g.Defects()
	if len(found) == 0 {
		fmt.Fprintf(&b, "%s\n", textNone)
	}
	for _, d := range found {
		d.write(&b)
	}
	edges := g.Edges()
	fmt.Fprintf(&b, "references: %d\n", len(edges))
	for _, e := range edges {
		fmt.Fprintf(&b, "  %v\n", e)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Wrong returns the defects, one to a line, or one line that says that there are none.
func (g *Graph) Wrong() []string {
	var lines []string
	for _, d := range g.Defects() {
		lines = append(lines, d.String())
	}
	if lines == nil {
		lines = []string{textNone}
	}
	return lines
}

// String returns d in one line, as in "orphaned: worker's end of connection 1: its other side is gone".
func (d Defect) String() string {
	names := make([]string, len(d.Nodes))
	for i, n := range d.Nodes {
		names[i] = n.String()
	}
	return fmt.Sprintf("%v: %s: %s", d.Trouble, strings.Join(names, ", "), troubleTexts[d.Trouble])
}

func (d Defect) write(b *strings.Builder) {
	fmt.Fprintf(b, "%v\n  %s  %s\n", d, textMissing, d.Missing)
	head := textKept
	switch {
	case d.Path == nil:
		fmt.Fprintf(b, "  %s  %s\n", head, textNothing)
	case d.Cycle:
		fmt.Fprintf(b, "  %s  %s\n", head, textCycle)
		head = ""
	}
	for _, e := range d.Path {
		fmt.Fprintf(b, "  %-7s  %v\n", head, e)
		head = ""
	}
}
