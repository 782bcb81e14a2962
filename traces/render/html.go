package render

import (
	"bytes"
	_ "embed"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed trace.html.tmpl
var htmlText string

var htmlTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("html").Parse(htmlText)) })

// HTML returns the scene as one page for people, without script and with nothing to load: why it exists, the design with
// what its answers mean, the picture of [Scene.SVG], the steps as a table with what changes, the argument of [Scene.Prose],
// the verdict and how to repeat it.
func (s *Scene) HTML() ([]byte, error) {
	var page bytes.Buffer
	sign, verdict := s.inParagraphs()
	err := htmlTemplate().Execute(&page, &htmlPage{
		Scene: s, Title: capital(s.title()), Sign: sign, Outcome: verdict, Setting: s.settingLine(),
		Reasons:  paragraphsOf(s.Why),
		Picture:  template.HTML(s.draw(false).svg("trace", styled)), // its texts are escaped
		Argument: s.htmlProse(),
	})
	return page.Bytes(), err
}

// htmlPage is what the template writes. Every text of it but the picture and the argument is plain: the template escapes.
type htmlPage struct {
	*Scene
	Title, Sign, Setting string
	Reasons, Outcome     []string // why it exists, and the verdict
	Argument             []template.HTML
	Picture              template.HTML
}

// DecidesAt returns the steps that depended on an answer of the design.
func (p *htmlPage) DecidesAt(a Answer) []int {
	var steps []int
	for _, step := range p.Shown() {
		if slices.ContainsFunc(step.Because, func(b Answer) bool { return b.Question == a.Question }) {
			steps = append(steps, step.Number)
		}
	}
	return steps
}

// InTheEnd says in short what is wrong at the end.
func (p *htmlPage) InTheEnd() []string {
	var texts []string
	for _, property := range p.Verdict.Properties {
		if p.Sign == signBroken {
			texts = append(texts, "In the end, "+property.Broken+".")
		}
	}
	return texts
}

// paragraphsOf splits a text at its empty lines.
func paragraphsOf(text string) []string {
	var all []string
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		if paragraph = strings.Join(strings.Fields(paragraph), " "); paragraph != "" {
			all = append(all, paragraph)
		}
	}
	return all
}

// The Markdown that [Scene.Prose] uses, and references to steps.
var (
	codeSpan   = regexp.MustCompile("`([^`]+)`")
	strongSpan = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	stepWords  = regexp.MustCompile(`\bstep (\d+)`)
)

// htmlProse returns the argument in paragraphs, with links to the steps.
func (s *Scene) htmlProse() []template.HTML {
	var all []template.HTML
	for _, text := range paragraphsOf(s.Prose(columns)) {
		text = template.HTMLEscapeString(text)
		text = codeSpan.ReplaceAllString(text, "<code>$1</code>")
		text = strongSpan.ReplaceAllString(text, "<strong>$1</strong>")
		text = stepWords.ReplaceAllStringFunc(text, func(words string) string {
			number := strings.TrimPrefix(words, "step ")
			if n, err := strconv.Atoi(number); err != nil || n < s.First || n > s.Last {
				return words
			}
			return `<a href="#step-` + number + `">` + words + `</a>`
		})
		all = append(all, template.HTML(text))
	}
	return all
}
