package findings

import (
	"fmt"
	"strings"

	"cosw/model"
	"cosw/traces/exhibits"
)

// typical is, by preset, the property whose breaking is shown: one that is typical of it.
var typical = map[string]string{
	"tubes": "opt-in", "draft": "match-agrees", "navigator-connect-v1": "fresh-acceptance",
	"navigator-connect-v2": "one-context", "navigator-connect-v3": "tells-page", "chromium-2015": "frees-worker",
	"messageport-today": "survives-suspend",
}

// ancestors writes what each ancestor breaks, and which answers would save it where it is silent.
func (d *document) ancestors() {
	d.heading(2, ancestorsTitle)
	d.paragraph("What systems that really existed answer, as far as their texts, code or recordings say so, and what that comes " +
		"to. Where one is silent, we let it choose as well as it can. All that the sources say: `cosw questions NAME`; what one breaks: " +
		"`cosw check --design tubes`.")
	t := d.table("ancestor", "answers", "breaks in any case, under some assumption", "at best")
	for _, p := range model.Presets() {
		broken := exhibits.InAnyCase(d.Report, p)
		var ids []string
		for _, v := range broken {
			ids = append(ids, v.Property.ID)
		}
		_, least := d.Fewest(d.Algebra.Cube(p.Design()))
		t.row(fmt.Sprintf("%s (%s)", p.Name, p.When), fmt.Sprintf("%d of %d", len(p.Answers), len(model.Questions())),
			fmt.Sprintf("%d: %s", len(broken), strings.Join(codeAll(ids), ", ")), fmt.Sprintf("breaks %d", least))
	}
	t.end()
	d.paragraph("What is typical of each, as a trace: %s.", strings.Join(d.typicalTraces(), ", "))
	d.details("Their answers, with where they are from", func() {
		for _, p := range model.Presets() {
			d.ancestor(p)
		}
		d.printf("\n")
	})
}

// typicalTraces links to a trace for each ancestor.
func (d *document) typicalTraces() []string {
	var all []string
	for _, x := range d.inherited {
		all = append(all, d.traceLink(x.Preset.Name, x.Name, x.Property.ID, x.Because)+" "+code(x.Property.ID))
	}
	return all
}

// ancestor writes the answers of one of them, by the place that they are from.
func (d *document) ancestor(p model.Preset) {
	var places []string
	from := map[string][]string{}
	for _, s := range p.Answers {
		place, _, _ := strings.Cut(s.Source, ": ") // what the source says there follows
		if from[place] == nil {
			places = append(places, place)
		}
		from[place] = append(from[place], code(s.Question.ID()+"="+strings.Join(names(s.Answers), "|")))
	}
	var all []string
	for _, place := range places {
		all = append(all, withReferences(place)+": "+strings.Join(from[place], ", "))
	}
	d.printf("- **%s.** %s.\n", begin(p.Title), strings.Join(all, "; "))
}
