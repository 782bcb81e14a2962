package ci

import (
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
)

// Limits of a summary. GitHub refuses one of more than 1 MiB ("Workflow commands", job summaries), and a job with several
// reports is easier to read when each of them is short.
const (
	maxSummary = 1 << 20
	maxCell    = 400 // characters of a cell of the table
)

// WriteMarkdown writes a report for the summary of a job: a verdict, a table with what needs attention first, then the
// details of each case, folded away. It is never longer than a summary may be: what finds no room is counted.
func WriteMarkdown(w io.Writer, r *Report) error {
	_, err := io.WriteString(w, r.markdown(maxSummary))
	return err
}

// markdown lays out at most limit bytes.
func (r *Report) markdown(limit int) string {
	page := &page{left: limit - len(leftOut(len(r.Cases), len(r.Cases))) - 4} // the note at the end has its place
	page.add(fmt.Sprintf("## %s %s: %s\n\n", tool, inline(r.Name), r.verdict()))
	page.add(inline(r.Title) + "\n\n")
	page.add("**" + r.tally() + "**\n\n")
	for _, f := range r.Facts {
		page.add("- " + inline(f.Name+": "+f.Value) + "\n")
	}
	rows, details := r.table(page), r.details(page)
	if rows+details > 0 {
		page.text.WriteString("\n" + leftOut(rows, details) + "\n")
	}
	return page.text.String()
}

// page is a text with a limit.
type page struct {
	text strings.Builder
	left int // bytes that there is still room for
}

// add adds a block if there is room for it.
func (p *page) add(block string) bool {
	if len(block) > p.left {
		return false
	}
	p.left -= len(block)
	p.text.WriteString(block)
	return true
}

// table writes a row for each case and returns how many found no room.
func (r *Report) table(page *page) (missing int) {
	if len(r.Cases) == 0 {
		return 0
	}
	cases := r.sorted()
	if !page.add("\n| result | case | how it went | where |\n|---|---|---|---|\n") {
		return len(cases)
	}
	for _, c := range cases {
		result := c.Result.String()
		if c.Result == Failed || c.Result == Unknown {
			result = "**" + result + "**"
		}
		where := r.where(c)
		if !page.add(fmt.Sprintf("| %s | %s | %s | %s |\n", result, cell(c.Name), cell(c.Summary), cell(strings.Join(where, ", ")))) {
			missing++
		}
	}
	return missing
}

// details writes what there is to read about each case and returns how many found no room.
func (r *Report) details(page *page) (missing int) {
	for _, c := range r.sorted() {
		if c.Detail == "" {
			continue
		}
		claim := c.Name
		if title := r.rule(c).Title; title != "" {
			claim += ": " + title
		}
		block := fmt.Sprintf("\n<details><summary>%s</summary>\n\n%s\n</details>\n",
			html.EscapeString(oneLine(claim)), fenced(c.Detail))
		if !page.add(block) {
			missing++
		}
	}
	return missing
}

// special are the characters that mean something in the middle of a line of GitHub's markdown. A backslash before any
// punctuation takes its meaning away (CommonMark 2.4).
var special = regexp.MustCompile("[\\\\`*_\\[\\]<>|~&#$]")

// inline returns text as it is to be read, on one line.
func inline(text string) string { return special.ReplaceAllString(oneLine(text), `\$0`) }

// cell is inline, cut to what a table can show.
func cell(text string) string {
	if runes := []rune(oneLine(text)); len(runes) > maxCell {
		text = string(runes[:maxCell]) + "…"
	}
	return inline(text)
}

// oneLine turns line ends and other blanks into single blanks, and drops what cannot be shown.
func oneLine(text string) string { return strings.Join(strings.Fields(valid(text)), " ") }

var backticks = regexp.MustCompile("`+")

// fenced returns text as a block of code, with a fence that the text does not contain.
func fenced(text string) string {
	fence := "```"
	for _, ticks := range backticks.FindAllString(text, -1) {
		if len(ticks) >= len(fence) {
			fence = ticks + "`"
		}
	}
	return fence + "text\n" + strings.TrimRight(valid(text), "\n") + "\n" + fence + "\n"
}
