package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"cosw/linearize"
	"cosw/linearize/recording"
	"cosw/model"
	"cosw/props"
	"cosw/traces/infer"
	"cosw/traces/site/program"
	"cosw/traces/site/views"
)

// report is a check of the whole family. It is for tests that do not run in parallel.
var report = sync.OnceValue(func() *props.Report {
	r, err := props.Check(context.Background(), props.Options{Bounds: model.DefaultBounds, Scope: model.Space.Full()})
	if err != nil {
		panic(err)
	}
	return r
})

// source is what the site of the tests is made of.
var source = sync.OnceValue(func() Source {
	ctx := context.Background()
	browsers, err := infer.Today(ctx, linearize.Kept()...)
	if err != nil {
		panic(err)
	}
	text, err := os.ReadFile("../../findings.md")
	if err != nil {
		panic(err)
	}
	compiled, err := program.Get(ctx)
	if err != nil {
		panic(err)
	}
	return Source{Report: report(), Findings: text, Recordings: linearize.Kept(), Browsers: browsers, Program: compiled}
})

// files are those of the site.
var files = sync.OnceValue(func() map[string][]byte {
	all, err := Files(source())
	if err != nil {
		panic(err)
	}
	return all
})

// notRaced skips a test under the race detector, which has nothing to find in a site and takes minutes for it.
func notRaced(t *testing.T) {
	t.Helper()
	if raceEnabled {
		t.Skip("nothing here runs in parallel")
	}
}

// TestSizes: the site is no larger than what can be asked of somebody who visits it.
func TestSizes(t *testing.T) {
	notRaced(t)
	const mostOnDisk, mostOnTheWay = 12e6, 3e6
	total := 0
	for _, content := range files() {
		total += len(content)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	for _, name := range []string{"index.html", "site.css", "site.js", "wasm_exec.js", "program.js", "data.js", "icon.svg"} {
		w.Write(files()[name])
	}
	w.Close()
	t.Logf("%.2f MB on disk, %.2f MB on the way to who visits the first page", float64(total)/1e6, float64(b.Len())/1e6)
	if total > mostOnDisk || b.Len() > mostOnTheWay {
		t.Errorf("%d bytes on disk, %d on the way", total, b.Len())
	}
}

// TestSame: the same source gives the same bytes.
func TestSame(t *testing.T) {
	notRaced(t)
	again, err := Files(source())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files() {
		if !bytes.Equal(content, again[name]) {
			t.Errorf("%s has other bytes", name)
		}
	}
}

// TestPages: the pages are whole, load nothing that is not a file of the site, have no script or style within them, which
// their policy would block, and their links lead somewhere.
func TestPages(t *testing.T) {
	notRaced(t)
	loaded, err := views.Load(mustData(t))
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]*document{}
	for name, content := range files() {
		if path.Ext(name) == ".html" {
			pages[name] = read(t, content)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		page := pages[name]
		for _, wrong := range page.wrong {
			t.Errorf("%s: %s", name, wrong)
		}
		for _, file := range page.loads {
			if files()[file] == nil {
				t.Errorf("%s loads %s, which is no file of the site", name, file)
			}
		}
		for _, link := range page.links {
			if wrong := leads(loaded, pages, name, link); wrong != "" {
				t.Errorf("%s: the link %.80s: %s", name, link, wrong)
			}
		}
	}
}

func mustData(t *testing.T) []byte {
	t.Helper()
	s := source()
	data, _, err := s.data()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// leads says where a link fails to lead.
func leads(loaded *views.Program, pages map[string]*document, from, link string) string {
	if strings.HasPrefix(link, "https://") {
		return ""
	}
	file, fragment, _ := strings.Cut(link, "#")
	if file == "" {
		file = from
	}
	to := pages[file]
	switch {
	case to == nil:
		return "there is no such page"
	case fragment == "" || to.ids[fragment] > 0:
		return ""
	case to.program == "":
		return "there is no such place on the page"
	}
	return loaded.Show(to.program, fragment).Wrong
}

// document is what a test looks at in a page.
type document struct {
	ids     map[string]int
	links   []string
	loads   []string
	program string
	wrong   []string
}

func read(t *testing.T, content []byte) *document {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	d := &document{ids: map[string]int{}}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			d.see(n)
		}
	}
	for id, n := range d.ids {
		if n > 1 {
			d.wrong = append(d.wrong, fmt.Sprintf("the id %s is there %d times", id, n))
		}
	}
	return d
}

func (d *document) see(n *html.Node) {
	given := map[string]string{}
	for _, a := range n.Attr {
		given[a.Key] = a.Val
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			d.wrong = append(d.wrong, fmt.Sprintf("<%s> has the attribute %s, which the policy blocks", n.Data, a.Key))
		}
	}
	if id := given["id"]; id != "" {
		d.ids[id]++
	}
	switch n.Data {
	case "a":
		if given["href"] != "" {
			d.links = append(d.links, given["href"])
		}
	case "script", "img", "iframe":
		d.loads = append(d.loads, given["src"])
	case "link":
		d.loads = append(d.loads, given["href"])
	case "style":
		d.wrong = append(d.wrong, "it has a style within it, which the policy blocks")
	case "body":
		d.program = given["data-page"]
	}
}

// TestLanes: each line of a recording stands in the lane of who wrote it, and a message is marked as lost if, and only if, no
// line of the same connection receives it.
func TestLanes(t *testing.T) {
	rec, err := recording.Read(strings.NewReader(`{"clock":"ms since epoch","closeEvent":false,"scenario":"s","platform":"p"}
{"t":0,"actor":"page/1","op":"connect","conn":1}
{"t":1,"actor":"page/1","op":"connect","conn":2}
{"t":2,"actor":"worker/v1/x","op":"boot"}
{"t":3,"actor":"page/1","op":"post","conn":1,"msg":"m1"}
{"t":4,"actor":"page/1","op":"post","conn":2,"msg":"m2"}
{"t":5,"actor":"worker/v1/x","op":"receive","conn":2,"msg":"m2"}
`), "test.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	l := lanesOf(rec)
	if want := []string{"browser", "page/1", "worker/v1/x"}; !slices.Equal(l.Parties, want) || len(l.Rows) != 6 {
		t.Fatalf("%d rows in the lanes %v, want 6 in %v", len(l.Rows), l.Parties, want)
	}
	var lost []int
	for i, row := range l.Rows {
		for lane, cell := range row.Cells {
			if (cell.Text != "") != (l.Parties[lane] == rec.Lines[i].Actor) {
				t.Errorf("row %d has %q in the lane of %s", i, cell.Text, l.Parties[lane])
			}
			if cell.Lost {
				lost = append(lost, i)
			}
		}
	}
	if !slices.Equal(lost, []int{3}) || l.Lost != 1 {
		t.Errorf("rows %v are marked as lost, want row 3, the message of the connection on which nothing arrives", lost)
	}
}

// TestDrawnWrong: findings that the site cannot show are not shown halfway.
func TestDrawnWrong(t *testing.T) {
	b := &builder{}
	for _, row := range []struct{ why, text string }{
		{"a diagram of no trace", `<pre><code class="language-mermaid">x</code></pre>`},
		{"a diagram of a trace that is gone", `<a href="traces/corpus/none.trace">trace</a><pre><code class="language-mermaid">x</code></pre>`},
	} {
		if _, err := b.drawn(row.text); err == nil {
			t.Errorf("%s is not noticed", row.why)
		}
	}
	for _, row := range []struct{ why, text string }{
		{"a trace that is gone", `<a href="traces/corpus/none.trace">trace</a>`},
		{"a question that is gone", `<h4 id="none"><code>none</code></h4>`},
	} {
		if _, err := b.linked(row.text); err == nil {
			t.Errorf("%s is not noticed", row.why)
		}
	}
}
