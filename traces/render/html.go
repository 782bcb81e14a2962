package render

import (
	"bytes"
	_ "embed"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

//go:embed trace.html.tmpl
var htmlText string

var htmlTemplate = template.Must(template.New("html").Funcs(template.FuncMap{"outcomes": outcomes}).Parse(htmlText))

// HTML returns the scene as one page for people, without script and with nothing to load: why the trace exists, the design
// with what its answers mean, the picture of [Scene.SVG], the steps as a table with what changes, the argument of
// [Scene.Prose], the verdict and how to repeat it.
func (s *Scene) HTML() ([]byte, error) {
	var picture, page bytes.Buffer
	if err := svgTemplate.Execute(&picture, s.draw(false)); err != nil {
		return nil, err
	}
	sign, verdict := verdictParagraphs(s)
	err := htmlTemplate.Execute(&page, &htmlPage{
		Scene: s, Title: headline(s), Sign: signWords[sign], Verdict: verdict, Setting: settingText(s.Trace),
		Why:     paragraphsOf(s.Trace.Why),
		Design:  s.htmlDesign(),
		Picture: template.HTML(picture.String()), // escaped by the template of the picture
		Outcome: outcomeTexts(s),
		Prose:   s.htmlProse(),
		Worlds:  s.Before != nil,
	})
	return page.Bytes(), err
}

// htmlPage is what the template writes. Every text of it but the picture is plain: the template escapes.
type htmlPage struct {
	*Scene
	Title, Sign, Setting string
	Why, Verdict         []string
	Outcome              []string // the verdict in short
	Prose                []template.HTML
	Design               []htmlAnswer
	Picture              template.HTML
	Worlds               bool // there are worlds, whose changes are shown
}

// htmlAnswer is an answer of the design, with the steps that depended on it.
type htmlAnswer struct {
	Answer
	Steps []int
}

func (s *Scene) htmlDesign() []htmlAnswer {
	var all []htmlAnswer
	for _, a := range answersOf(s.Trace.Design) {
		row := htmlAnswer{Answer: a}
		for _, step := range s.Shown() {
			for _, b := range step.Because {
				if b.Question == a.Question {
					row.Steps = append(row.Steps, step.Number)
				}
			}
		}
		all = append(all, row)
	}
	return all
}

// outcomes returns what comes of a step, unless that is what was done.
func outcomes(step Step) []string {
	if slices.Equal(step.Events, []string{step.Text}) {
		return nil
	}
	return step.Events
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

// What the Markdown of [Scene.Prose] has beside words.
var (
	codeSpan   = regexp.MustCompile("`([^`]+)`")
	strongSpan = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	stepWords  = regexp.MustCompile(`\bstep (\d+)`)
)

// htmlProse returns the argument in paragraphs, with links to the steps.
func (s *Scene) htmlProse() []template.HTML {
	var all []template.HTML
	for _, text := range paragraphsOf(s.Prose()) {
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
