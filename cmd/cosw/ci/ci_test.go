package ci

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"cosw/cmd/cosw/ci/citest"
)

// plain is a report with a case of each result.
func plain() *Report {
	return &Report{
		Name: "check", Title: "A design and its properties",
		Facts: []Fact{{"bounds", "2 pages, 1 kill"}, {"seed", "7"}},
		Rules: []Rule{
			{"settles", "no promise stays pending", Place{"draft.md", 31, "Navigator Extension"}},
			{"ordered", "messages arrive in order", Place{}},
		},
		Cases: []Case{
			{Name: "one", Rule: "ordered", Result: Passed, Summary: "holds"},
			{Name: "two", Rule: "settles", Result: Failed, Summary: "VIOLATED", Detail: "1  p1 connect c1\n   so it hangs\n",
				File: "corpus/two.txt", Line: 4},
			{Name: "three", Rule: "settles", Result: Unknown, Summary: "not complete"},
			{Name: "four", Rule: "settles", Result: Exempt, Summary: "VIOLATED, not required"},
		},
	}
}

// hostile has texts in every field that mean something in one of the formats, or must not occur in it at all.
func hostile() *Report {
	nasty := "a|b <c> & \"d\" 'e' `f` ``g`` ]]> --> {0} {h} [i](j) *k* _l_ \\ # $m$ \x00\x01\x1b\u0085\ufffe\xff \r\n\ttail 😀"
	r := &Report{Name: nasty, Title: nasty, Facts: []Fact{{nasty, nasty}},
		Rules: []Rule{{nasty, nasty, Place{nasty, 3, nasty}}}}
	for i, o := range byWeight {
		r.Cases = append(r.Cases, Case{fmt.Sprint(i, nasty), nasty, o, nasty, nasty + "\n```\n" + nasty + "</details>", "a b/" + nasty, i})
	}
	return r
}

type writer func(io.Writer, *Report) error

func write(t *testing.T, format writer, r *Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := format(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestValid: whatever a report holds, what is written is valid.
func TestValid(t *testing.T) {
	unlisted := plain()
	unlisted.Rules = nil
	for _, row := range []struct {
		why    string
		report *Report
	}{
		{"an ordinary report", plain()},
		{"signs of the formats, and bytes that they forbid", hostile()},
		{"nothing at all", &Report{}},
		{"rules that are not listed", unlisted},
		{"paths of this machine", &Report{Cases: []Case{{Name: "x", Result: Failed, File: "/home/someone/my.design", Line: 2}}}},
	} {
		if err := citest.JUnit(write(t, WriteJUnit, row.report)); err != nil {
			t.Errorf("JUnit, %s: %v", row.why, err)
		}
		for _, format := range []writer{WriteJUnit, WriteMarkdown} {
			text := write(t, format, row.report)
			if !bytes.Equal(text, write(t, format, row.report)) {
				t.Errorf("%s: the second time, something else is written", row.why)
			}
			if bytes.Contains(text, []byte("/home/someone")) {
				t.Errorf("%s: a path of this machine is in\n%s", row.why, text)
			}
		}
	}
}

// TestJUnitSays: what a service reads is what the report holds, and the counts are those of the cases.
func TestJUnitSays(t *testing.T) {
	for _, report := range []*Report{plain(), hostile()} {
		var got junitSuites
		if err := xml.Unmarshal(write(t, WriteJUnit, report), &got); err != nil {
			t.Fatal(err)
		}
		told := map[Result]int{}
		for i, c := range got.Suite.Cases {
			result, text := c.told()
			told[result]++
			want := &report.Cases[i]
			if result != want.Result {
				t.Errorf("a case that is %v is told as %v", want.Result, result)
			}
			if detail := valid(strings.TrimSpace(want.Detail)); !strings.Contains(text, detail) {
				t.Errorf("%q does not hold %q", text, detail)
			}
		}
		if len(got.Suite.Cases) != 4 || got.Tests != 4 || got.Suite.Tests != 4 || got.Suite.Skipped != told[Exempt] ||
			got.Failures != told[Failed] || got.Errors != told[Unknown] || told[Failed] != 1 {
			t.Errorf("%d cases, %v, but it says %+v", len(got.Suite.Cases), told, got)
		}
	}
}

// told returns the result that a service sees, and what there is to read.
func (c *junitCase) told() (Result, string) {
	switch {
	case c.Failure != nil:
		return Failed, c.Failure.Text
	case c.Error != nil:
		return Unknown, c.Error.Text
	case c.Skipped != nil:
		return Exempt, c.Skipped.Text
	}
	return Passed, c.Output.Text
}

// TestMarkdownSays holds a summary as it is written.
func TestMarkdownSays(t *testing.T) {
	const want = `## cosw check: failed

A design and its properties

**1 failed, 1 unknown, 1 exempt, 1 passed**

- bounds: 2 pages, 1 kill
- seed: 7

| result | case | how it went | where |
|---|---|---|---|
| **failed** | two | VIOLATED | corpus/two.txt:4, draft.md:31 (Navigator Extension) |
| **unknown** | three | not complete | draft.md:31 (Navigator Extension) |
| exempt | four | VIOLATED, not required | draft.md:31 (Navigator Extension) |
| passed | one | holds |  |

<details><summary>two: no promise stays pending</summary>

` + "```text\n1  p1 connect c1\n   so it hangs\n```" + `

</details>
`
	if got := string(write(t, WriteMarkdown, plain())); got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestMarkdownIsSafe: no text of a report ends its cell, its block of code or its fold, or becomes a tag.
func TestMarkdownIsSafe(t *testing.T) {
	for _, row := range []struct{ why, text, cell string }{
		{"a bar ends a cell", "suspend=sever|wake", `suspend=sever\|wake`},
		{"tags", "<b>&amp;", `\<b\>\&amp;`},
		{"code, emphasis, links", "`a` *b* _c_ [d](e) ~f~", "\\`a\\` \\*b\\* \\_c\\_ \\[d\\](e) \\~f\\~"},
		{"a backslash would take the next one's meaning away", `\|`, `\\\|`},
		{"a line end ends a row", "a\nb\r\nc\x00", "a b c\ufffd"},
	} {
		if got := cell(row.text); got != row.cell {
			t.Errorf("%s: got %s, want %s", row.why, got, row.cell)
		}
	}
	if got := cell(strings.Repeat("é|", maxCell)); len([]rune(got)) != maxCell*3/2+1 {
		t.Errorf("a long cell has %d characters", len([]rune(got)))
	}
	code := fenced("a\n```\nb\n`````\nc")
	if !strings.HasPrefix(code, "``````text\n") || !strings.HasSuffix(code, "\n``````\n") {
		t.Errorf("the fence is in the code of\n%s", code)
	}
	text := string(write(t, WriteMarkdown, hostile()))
	if open, closed := strings.Count(text, "\n<details><summary>"), strings.Count(text, "\n</details>\n"); open != 4 || closed != 4 {
		t.Errorf("%d folds opened, %d closed", open, closed)
	}
	rows := 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "| ") {
			rows++
			bars := strings.Count(strings.ReplaceAll(strings.ReplaceAll(line, `\\`, ""), `\|`, ""), "|")
			if bars != 5 {
				t.Errorf("%d bars in %s", bars, line)
			}
		}
	}
	if rows != 5 { // with the head
		t.Errorf("%d rows in\n%s", rows, text)
	}
}

// TestMarkdownFits: a summary has room for what it may, tells what it leaves out, and begins with what failed.
func TestMarkdownFits(t *testing.T) {
	big := &Report{Name: "replay", Title: "Many traces"}
	for i := range 3000 {
		big.Cases = append(big.Cases, Case{Name: fmt.Sprintf("trace %d", i), Result: Passed, Detail: strings.Repeat("step\n", 200)})
	}
	big.Cases[2999].Result = Failed
	text := string(write(t, WriteMarkdown, big))
	if len(text) > maxSummary || len(text) < maxSummary*9/10 {
		t.Errorf("%d bytes of %d", len(text), maxSummary)
	}
	if !strings.Contains(text, "<summary>trace 2999</summary>") || !strings.Contains(text, "| **failed** | trace 2999 |") {
		t.Error("what failed is left out")
	}
	shown := strings.Count(text, "<details>")
	if want := leftOut(0, 3000-shown); !strings.HasSuffix(text, "\n"+want+"\n") {
		t.Errorf("%d details are shown, and it ends with %s", shown, text[len(text)-200:])
	}
	for _, limit := range []int{200, 1000, 20_000, 100_000} {
		if n := len(big.markdown(limit)); n > limit {
			t.Errorf("%d bytes where %d are allowed", n, limit)
		}
	}
}

// TestPortable: a path that is written says nothing of the machine.
func TestPortable(t *testing.T) {
	for _, row := range []struct{ why, file, want string }{
		{"as it is", "corpus/a.txt", "corpus/a.txt"},
		{"without detours", "./corpus/../a.txt", "a.txt"},
		{"from another folder", "../a.txt", "../a.txt"},
		{"only its name", "/home/someone/a.txt", "a.txt"},
	} {
		if got := portable(row.file); got != row.want {
			t.Errorf("%s: got %s, want %s", row.why, got, row.want)
		}
	}
}
