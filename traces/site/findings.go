package site

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	renderer "github.com/yuin/goldmark/renderer/html"

	"cosw/model"
	"cosw/traces"
	"cosw/traces/render"
	"cosw/traces/site/views"
)

// markdown reads findings.md as the place does where it is usually read: with tables, and with ids of headings. It is the
// project's own text, so that its markup is left in.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
	goldmark.WithRendererOptions(renderer.WithUnsafe()),
)

// findings writes the findings as a page: traces are links to the page that steps through them, diagrams are drawn, and each
// question leads to where one can argue with it.
func (b *builder) findings() error {
	var out bytes.Buffer
	if err := markdown.Convert(b.Findings, &out); err != nil {
		return err
	}
	text, err := b.drawn(out.String())
	if err != nil {
		return err
	}
	text, err = b.linked(text)
	if err != nil {
		return err
	}
	text = named(text)
	text = strings.NewReplacer("<table>", scrolled+"<table>", "</table>", "</table></div>").Replace(text)
	return b.add(pageLinks[2], "", []byte(`<div class="document">`+text+`</div>`))
}

// scrolled begins what is wider than a small window, for the keyboard to scroll.
const scrolled = `<div class="scrolled" tabindex="0" role="group" aria-label="table, which can be scrolled">`

var (
	traceLink   = regexp.MustCompile(`href="traces/corpus/([a-z0-9-]+\.trace)"`)
	diagram     = regexp.MustCompile(`(?s)<pre><code class="language-mermaid">.*?</code></pre>`)
	otherFile   = regexp.MustCompile(`<a href="(?:props|traces|model|linearize|cmd|README)[^"]*">(.*?)</a>`)
	heading     = regexp.MustCompile(`<h[1-6] id="([^"]+)">`)
	fold        = regexp.MustCompile(`<details>`)
	questionRow = regexp.MustCompile(`<h4 id="([a-z-]+)"><code>([a-z-]+)</code></h4>`)
)

// drawn puts the picture of a trace for each diagram: that of the trace which was linked last before it.
func (b *builder) drawn(text string) (string, error) {
	var wrong error
	drawn := 0
	text = replaceAll(diagram, text, func(at []int) string {
		before := traceLink.FindAllStringSubmatch(text[:at[0]], -1)
		if before == nil {
			wrong = fmt.Errorf("findings: a diagram without a trace before it")
			return ""
		}
		scene, err := sceneOf(before[len(before)-1][1])
		if err != nil {
			wrong = err
			return ""
		}
		drawn++
		return fmt.Sprintf(`<div class="picture" tabindex="0" role="group" aria-label="diagram, which can be scrolled">%s</div>`,
			scene.Picture(fmt.Sprintf("drawn-%d", drawn)))
	})
	return text, wrong
}

// sceneOf returns the scene of a trace of the corpus.
func sceneOf(name string) (*render.Scene, error) {
	f, err := traces.Corpus().Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t, err := traces.Read(f, name)
	if err != nil {
		return nil, err
	}
	return render.NewScene(t)
}

// named gives each fold a name for addresses: that of the heading it stands under, and its number there. A heading's name has
// no dot.
func named(text string) string {
	under := map[string]int{}
	return replaceAll(fold, text, func(at []int) string {
		name := "content"
		if before := heading.FindAllStringSubmatch(text[:at[0]], -1); before != nil {
			name = before[len(before)-1][1]
		}
		under[name]++
		return fmt.Sprintf(`<details id="%s.%d">`, name, under[name])
	})
}

// replaceAll replaces what matches, by where it does.
func replaceAll(pattern *regexp.Regexp, text string, by func(at []int) string) string {
	var b strings.Builder
	end := 0
	for _, at := range pattern.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(text[end:at[0]])
		b.WriteString(by(at))
		end = at[1]
	}
	b.WriteString(text[end:])
	return b.String()
}

// linked leads to the other pages, and leaves no link to a file that the site does not have.
func (b *builder) linked(text string) (string, error) {
	states := map[string]string{}
	for _, kept := range b.corpus {
		states[kept.Name] = kept.State
	}
	var wrong error
	text = replaceAll(traceLink, text, func(at []int) string {
		name := text[at[2]:at[3]]
		if states[name] == "" {
			wrong = fmt.Errorf("findings: there is no trace %s", name)
		}
		return `href="step.html#` + html.EscapeString(states[name]) + `"`
	})
	text = replaceAll(questionRow, text, func(at []int) string {
		id := text[at[4]:at[5]]
		i, ok := model.Space.Index(id)
		if !ok {
			wrong = fmt.Errorf("findings: there is no question %s", id)
			return ""
		}
		state := views.Asking(model.Question(i))
		return strings.Replace(text[at[0]:at[1]], "</h4>", ` <a class="aside" href="index.html#`+html.EscapeString(state)+`">What if?</a></h4>`, 1)
	})
	return otherFile.ReplaceAllString(text, "$1"), wrong
}
