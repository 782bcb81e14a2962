package findings

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"cosw/model"
	"cosw/traces/lab/conform"
)

// document is the text as far as it is written, in GitHub's Markdown.
type document struct {
	*evidence
	today func(model.Question) string
	seen  conform.Table
	out   bytes.Buffer
	shown []shown
	// diagrams are what has been drawn so far, see [document.drawn].
	diagrams []string
	err      error
}

func (d *document) printf(format string, args ...any) { fmt.Fprintf(&d.out, format, args...) }

// paragraph writes a paragraph; nothing for an empty text.
func (d *document) paragraph(format string, args ...any) {
	if text := strings.TrimSpace(fmt.Sprintf(format, args...)); text != "" {
		d.printf("%s\n\n", text)
	}
}

// heading writes a heading of that level.
func (d *document) heading(level int, title string) {
	d.printf("%s %s\n\n", strings.Repeat("#", level), title)
}

// table is a table being written. Cells may have any inline Markdown; what would end a cell is escaped.
type table struct {
	d       *document
	columns int
}

func (d *document) table(head ...string) *table {
	t := &table{d, len(head)}
	t.row(head...)
	rule := make([]string, len(head))
	for i := range rule {
		rule[i] = "---"
	}
	d.printf("|%s|\n", strings.Join(rule, "|"))
	return t
}

func (t *table) row(cells ...string) {
	for i := range t.columns {
		t.d.printf("| %s ", strings.ReplaceAll(cells[i], "|", `\|`))
	}
	t.d.printf("|\n")
}

func (t *table) end() { t.d.printf("\n") }

// details folds away what body writes. The summary may have inline HTML, but no Markdown.
func (d *document) details(summary string, body func()) {
	d.printf("<details>\n<summary>%s</summary>\n\n", summary)
	body()
	d.printf("</details>\n\n")
}

// finish returns the text with one line feed at its end.
func (d *document) finish() []byte { return append(bytes.TrimRight(d.out.Bytes(), "\n"), '\n') }

func code(text string) string { return "`" + text + "`" }

// codes writes names as a list: `a`, `b` and `c`.
func codes(names []string) string { return list(names, "and") }

func list(names []string, conjunction string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = code(n)
	}
	return join(quoted, conjunction)
}

// join writes items as a list: a, b and c.
func join(items []string, conjunction string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " " + conjunction + " " + items[last]
}

func link(text, target string) string { return "[" + text + "](" + target + ")" }

// to links to a heading of this text.
func to(text, title string) string { return link(text, "#"+slug(title)) }

// slug returns the anchor that code-hosting sites give a heading: its letters, digits, hyphens and underscores in lower
// case, with hyphens for blanks.
func slug(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}

func codeAll(texts []string) []string {
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = code(t)
	}
	return all
}

// plain escapes text that has no Markdown in it.
func plain(text string) string {
	return strings.NewReplacer("<", "&lt;", "*", `\*`, "_", `\_`, "[", `\[`).Replace(text)
}

// capital returns text with a capital letter at its beginning.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// begin returns text as the beginning of a sentence: capital, unless it begins with the name of something in a program.
func begin(text string) string {
	if first, _, _ := strings.Cut(text, " "); strings.Contains(strings.Trim(first, ".,:"), ".") {
		return text
	}
	return capital(text)
}

func itoa(n int) string { return strconv.Itoa(n) }
