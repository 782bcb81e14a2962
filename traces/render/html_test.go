package render

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestHTML: whatever the trace, of which it takes every third, the page is one whole, with its parts in order, each anchor has a target, and nothing is
// loaded or run.
func TestHTML(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	for i, s := range pictured(t) {
		if i%3 != 0 {
			continue
		}
		data, err := s.HTML()
		if err != nil {
			t.Fatal(err)
		}
		page, err := readPage(string(data))
		if err != nil {
			t.Fatal(err)
		}
		for _, wrong := range page.wrong() {
			t.Errorf("%s: %s", s.Verdict.names(), wrong)
		}
		for _, step := range s.Shown() {
			for _, text := range append(step.Changes, step.Text, step.Name) {
				if !strings.Contains(page.text, squeeze(text)) {
					t.Errorf("step %d: %q is not on the page", step.Number, text)
				}
			}
		}
		for _, a := range s.Design {
			if !strings.Contains(page.text, squeeze(a.Meaning)) {
				t.Errorf("%s is not explained on the page", a.String())
			}
		}
	}
}

// page is what a reader of HTML finds.
type page struct {
	text     string // of the body, without blanks
	elements map[string]int
	ids      map[string]int
	targets  []string
	loads    []string // what would be loaded or run
}

func readPage(data string) (*page, error) {
	root, err := html.Parse(strings.NewReader(data))
	if err != nil {
		return nil, err
	}
	p := &page{elements: map[string]int{}, ids: map[string]int{}}
	p.read(root)
	return p, nil
}

func (p *page) read(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		p.text += squeeze(n.Data)
	case html.ElementNode:
		p.elements[n.Data]++
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				p.ids[a.Val]++
			case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
				p.targets = append(p.targets, a.Val[1:])
			case a.Key == "href", a.Key == "src", strings.HasPrefix(a.Key, "on"):
				p.loads = append(p.loads, a.Key+"="+a.Val)
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.read(c)
	}
}

// wrong returns what a page should not have, or lacks.
func (p *page) wrong() []string {
	var wrong []string
	for _, name := range []string{"script", "link", "img", "iframe", "object", "embed", "form"} {
		if p.elements[name] > 0 {
			wrong = append(wrong, "there is an element "+name)
		}
	}
	for _, load := range p.loads {
		wrong = append(wrong, "it loads or runs "+load)
	}
	for _, name := range []string{"h1", "svg", "main", "header", "nav"} {
		if p.elements[name] != 1 {
			wrong = append(wrong, "there is not one element "+name)
		}
	}
	for id, n := range p.ids {
		if n > 1 {
			wrong = append(wrong, "the id "+id+" is there twice")
		}
	}
	for _, target := range p.targets {
		if p.ids[target] == 0 {
			wrong = append(wrong, "nothing has the id "+target)
		}
	}
	return wrong
}

// TestHTMLHostile: words of a trace are words, whatever they look like.
func TestHTMLHostile(t *testing.T) {
	const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)> " onclick="alert(3)" ' </title></style>`
	trace := *breaking(t, "settles")
	trace.Why, trace.Repeat = hostile, hostile
	trace.Steps = nil
	for _, step := range breaking(t, "settles").Steps {
		step.Events = append([]string{hostile}, step.Events...)
		trace.Steps = append(trace.Steps, step)
	}
	data, err := mustScene(t, &trace).HTML()
	if err != nil {
		t.Fatal(err)
	}
	page, err := readPage(string(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range page.wrong() {
		t.Error(wrong)
	}
	if strings.Count(page.text, squeeze(hostile)) < 2 {
		t.Error("the words are not on the page")
	}
}

// TestHTMLDamage: what the tests above look for is found when it is there.
func TestHTMLDamage(t *testing.T) {
	data, err := mustScene(t, breaking(t, "settles")).HTML()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ why, pattern, new, want string }{
		{"a script", `</main>`, `<script>1</script></main>`, "script"},
		{"something to load", `</main>`, `<img src="//x"></main>`, "src=//x"},
		{"a handler", `<main>`, `<main onclick="x()">`, "onclick"},
		{"an id twice", `id="steps"`, `id="verdict"`, "twice"},
		{"a link to nowhere", `href="#design"`, `href="#nowhere"`, "nowhere"},
		{"no picture", `(?s)<svg.*</svg>`, ``, "svg"},
	} {
		page, err := readPage(regexp.MustCompile(row.pattern).ReplaceAllString(string(data), row.new))
		if err != nil {
			t.Fatal(err)
		}
		if wrong := strings.Join(page.wrong(), "\n"); !strings.Contains(wrong, row.want) {
			t.Errorf("%s: found %q, want %q", row.why, wrong, row.want)
		}
	}
}
