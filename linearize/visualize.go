package linearize

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

// Head is what stands above a drawing.
type Head struct {
	Title   string   // what is drawn
	Verdict string   // as a word, or a few
	Says    []string // why, in paragraphs; lines of one stay lines
}

// Visualize writes an HTML document that shows h, linearizable or not: operations are bars, in one row for each party,
// with the order that was found, or the longest ones if there is none, and the notes of h as annotations below. It opens with
// the head, and scrolls to what cannot follow. It searches for at most limit, and draws what it has found by then. It writes
// nothing if h is not valid. The drawing and its script come from porcupine; names in h cannot add to it.
func Visualize(w io.Writer, h *History, head Head, limit time.Duration) (Result, error) {
	if err := h.Validate(); err != nil {
		return 0, err
	}
	r, info := porcupine.CheckOperationsVerbose(h.model(), h.operations(h.Connections()...), limit)
	info.AddAnnotations(h.annotations())
	var drawing bytes.Buffer
	if err := porcupine.Visualize(h.model(), info, &drawing); err != nil {
		return 0, err
	}
	page, err := headed(drawing.String(), head, h.Parties)
	if err != nil {
		return 0, err
	}
	_, err = io.WriteString(w, page)
	return result(r), err
}

// annotations returns the notes of h for porcupine.
func (h *History) annotations() []porcupine.Annotation {
	var all []porcupine.Annotation
	for _, note := range h.Notes {
		all = append(all, porcupine.Annotation{
			Tag: escape(note.Tag), Start: note.At, End: note.Until, Description: escape(note.Text), Details: escape(note.Text),
		})
	}
	return all
}

var headTemplate = template.Must(template.New("head").Parse(`<header>
      <h1>{{.Title}}</h1>
      <p class="verdict {{.Class}}">{{.Verdict}}</p>
{{- range .Says}}
      <p>{{.}}</p>
{{- end}}
      <ul id="parties" hidden>
{{- range .Parties}}
        <li>{{.}}</li>
{{- end}}
      </ul>
    </header>
    `))

// headStyle keeps the head in view while the drawing is scrolled sideways.
const headStyle = `body { width: max-content; min-width: calc(100vw - 16px); }
      header { position: sticky; left: 10px; max-width: min(60em, calc(100vw - 30px)); line-height: 1.4; }
      header h1 { font-size: 1.3rem; margin: 0.5rem 0; }
      header p { white-space: pre-line; margin: 0.4rem 0; }
      .verdict { font-weight: bold; font-size: 1.1rem; }
      .violated { color: #b00020; }
      .unknown { color: #8a5a00; }
      #legend { position: sticky; left: 10px; width: max-content; margin-top: 1rem; }
      #legend svg { overflow: visible; }
      #canvas { margin-top: 0; width: max-content; }
      #canvas svg { overflow: visible; display: block; }
      .row { paint-order: stroke; stroke: white; stroke-width: 6px; pointer-events: none; }`

// headScript names the rows, keeps their names in view, and goes to the first operation that cannot follow.
const headScript = `
      const parties = [...document.querySelectorAll('#parties li')].map(party => party.textContent)
      const drawn = document.querySelector('#canvas svg')
      const rows = [...drawn.querySelectorAll(':scope > g:first-child > text')]
      parties.forEach((party, i) => { if (rows[i]) rows[i].textContent = party })
      const left = Math.min(0, ...rows.map(row => row.getBBox().x - 10))
      document.querySelector('#canvas').style.paddingLeft = -left + 'px'
      rows.forEach(row => { row.classList.add('row'); drawn.append(row) })
      const follow = () => rows.forEach(row => { row.style.transform = 'translateX(' + Math.max(0, window.scrollX) + 'px)' })
      addEventListener('scroll', follow)
      const wrong = drawn.querySelector('g:not(.hidden) > .linearization-invalid.linearization-point')
      if (wrong) {
        wrong.scrollIntoView({inline: 'center', block: 'nearest'})
      }
      follow()
`

// headed puts a head above a drawing of porcupine, and names of parties for the numbers of its rows.
func headed(drawing string, head Head, parties []string) (string, error) {
	var above strings.Builder
	word, _, _ := strings.Cut(head.Verdict, " ")
	if err := headTemplate.Execute(&above, struct {
		Head
		Class   string
		Parties []string
	}{head, word, parties}); err != nil {
		return "", err
	}
	for _, change := range []struct{ before, after string }{
		{"<title>Porcupine</title>", "<title>" + template.HTMLEscapeString(head.Title) + "</title>"},
		{"</style>", "</style>\n    <style>\n      " + headStyle + "\n    </style>"},
		{`<div id="legend">`, above.String() + `<div id="legend">`},
		{"\n      render(data)\n", "\n      render(data)\n" + headScript},
	} {
		if strings.Count(drawing, change.before) != 1 {
			return "", errors.New("the page that porcupine writes is not what it was: it has no single " + strings.TrimSpace(change.before))
		}
		drawing = strings.Replace(drawing, change.before, change.after, 1)
	}
	return drawing, nil
}
