package findings

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/traces"
)

// What a reader of the page meets: links, traces, markdown, length.

// TestLimits: the page is one that somebody reads: how long it is with everything in it, and with nothing unfolded.
func TestLimits(t *testing.T) {
	const most, mostUnfolded = 100 << 10, 600
	as := withToday(t)
	if len(as) > most {
		t.Errorf("%d bytes, and %d are to be the most", len(as), most)
	}
	folded := regexp.MustCompile("(?s)<details>.*?</details>").ReplaceAllString(as, "")
	if n := strings.Count(folded, "\n"); n > mostUnfolded {
		t.Errorf("%d lines outside of what is folded away, and %d are to be the most", n, mostUnfolded)
	}
}

// TestTwice: the same evidence gives the same bytes.
func TestTwice(t *testing.T) {
	first, second := text(t, whole(), Options{}), text(t, whole(), Options{})
	if first != second {
		t.Error("the text differs from time to time")
	}
}

// TestLinks: links within the text lead to headings, of which no two have the same anchor, and others to files of the tree;
// and each reference has an address.
func TestLinks(t *testing.T) {
	as := text(t, whole(), Options{})
	anchors := map[string]int{}
	for line := range strings.Lines(as) {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			anchors[slug(strings.TrimSpace(title))]++
		}
	}
	for anchor, n := range anchors {
		if n > 1 {
			t.Errorf("%d headings have the anchor %s", n, anchor)
		}
	}
	for _, m := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(as, -1) {
		target := m[1]
		switch {
		case strings.HasPrefix(target, "#"):
			if anchors[target[1:]] == 0 {
				t.Errorf("no heading has the anchor %s", target)
			}
		case strings.HasPrefix(target, "https://"):
		default:
			if _, err := os.Stat(filepath.Join("../..", target)); err != nil {
				t.Errorf("a link leads nowhere: %v", err)
			}
		}
	}
	addresses := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\[([^\]]+)\]: https://\S+$`).FindAllStringSubmatch(as, -1) {
		addresses[m[1]] = true
	}
	plainly := regexp.MustCompile("`[^`\n]*`").ReplaceAllString(regexp.MustCompile("(?s)```.*?```").ReplaceAllString(as, ""), "")
	used := 0
	for _, m := range regexp.MustCompile(`\[([^\]\n]+)\]([^(:])`).FindAllStringSubmatch(plainly, -1) {
		used++
		if !addresses[m[1]] {
			t.Errorf("[%s] has no address", m[1])
		}
	}
	if used == 0 || len(addresses) == 0 {
		t.Errorf("%d references to %d addresses", used, len(addresses))
	}
}

// TestLinkedTraces: a trace that the text links to breaks the property that stands beside it, and for the answers that
// do.
func TestLinkedTraces(t *testing.T) {
	d := &document{evidence: whole()}
	as, err := d.text()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(regexp.MustCompile(regexp.QuoteMeta("]("+corpus)+`[^)]*\`+traces.Extension).FindAllString(string(as), -1)); n != len(d.shown) {
		t.Errorf("%d links to traces, and %d are told what they show", n, len(d.shown))
	}
	for _, s := range d.shown {
		f, err := os.Open(filepath.Join("../..", corpus, s.file))
		if err != nil {
			t.Error(err)
			continue
		}
		trace, err := traces.Read(f, s.file)
		f.Close()
		if err != nil {
			t.Error(err)
			continue
		}
		if !trace.Verdict.Broken || !slices.Contains(trace.Verdict.Properties, s.property) {
			t.Errorf("%s does not break %s", s.file, s.property)
		}
		for _, q := range model.Questions() {
			if model.Space.Bits(trace.Design.And(s.designs), int(q)) == 0 {
				t.Errorf("%s is about %s, and stands beside %s", s.file, model.Space.Format(trace.Design), model.Space.Format(s.designs))
			}
			if model.Space.Restricts(s.designs, int(q)) && !model.Space.Restricts(trace.Verdict.Under, int(q)) {
				t.Errorf("%s does not need an answer to %s, which the text blames", s.file, q.ID())
			}
		}
	}
}

// TestBlame: the notes of a picture blame no answer that the verdict does not rest on.
func TestBlame(t *testing.T) {
	pictures := regexp.MustCompile("(?s)([^\n]*?) \\(\\[trace\\][^\n]*:\n\n```mermaid\n(.*?)```")
	blamed := regexp.MustCompile(`([a-z-]+)=[a-z0-9|-]+`)
	n := 0
	for _, picture := range pictures.FindAllStringSubmatch(text(t, whole(), Options{}), -1) {
		for line := range strings.Lines(picture[2]) {
			if _, because, ok := strings.Cut(line, "because "); ok {
				for _, answer := range blamed.FindAllStringSubmatch(because, -1) {
					n++
					if !strings.Contains(picture[1], "`"+answer[1]+"=") {
						t.Errorf("a note blames %s, and the verdict is about %s", answer[0], picture[1])
					}
				}
			}
		}
	}
	if n == 0 {
		t.Error("no note blames any answer")
	}
}

// TestMarkdown: what a renderer would trip over.
func TestMarkdown(t *testing.T) {
	as := text(t, whole(), Options{})
	columns, fenced, details := 0, false, 0
	lines := strings.Split(as, "\n")
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced:
		case line == "<details>":
			details++
		case line == "</details>":
			details--
		case strings.HasPrefix(line, "<summary>") && lines[i+1] != "":
			t.Errorf("line %d: no blank line after the summary", i+1)
		case strings.HasPrefix(line, "|"):
			n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
			if columns != 0 && n != columns {
				t.Errorf("line %d: %d cells in a table of %d", i+1, n-1, columns-1)
			}
			columns = n
			continue
		case columns != 0 && line != "":
			t.Errorf("line %d: a table without a blank line after it", i+1)
		case regexp.MustCompile("<[A-Z]").MatchString(regexp.MustCompile("`[^`]*`").ReplaceAllString(line, "")):
			t.Errorf("line %d: taken for HTML: %s", i+1, line)
		}
		columns = 0
	}
	if fenced || details != 0 {
		t.Errorf("something stays open: a fence %t, %d details", fenced, details)
	}
}

// TestScreenful: what is to be read of a question before anything is folded away fits on a screen, with lines as long as
// a page has them.
func TestScreenful(t *testing.T) {
	const screen, columns = 45, 110
	address := regexp.MustCompile(`\]\([^)]*\)`) // of a link, which is not to be seen
	as := text(t, whole(), Options{})
	for _, q := range model.Questions() {
		_, rest, found := strings.Cut(as, "#### "+questionTitle(q)+"\n")
		if !found {
			t.Fatalf("%s is missing", q.ID())
		}
		section, _, _ := strings.Cut(rest, "\n#")
		n, folded := 0, false
		for line := range strings.Lines(section) {
			switch {
			case strings.HasPrefix(line, "<details>"):
				folded = true
			case strings.HasPrefix(line, "</details>"):
				folded = false
				n += 2
			case !folded:
				n += 1 + len(address.ReplaceAllString(line, ""))/columns
			}
		}
		if n > screen {
			t.Errorf("%s takes %d lines", q.ID(), n)
		}
	}
}
