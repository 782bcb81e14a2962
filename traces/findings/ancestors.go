package findings

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/exhibits"
)

// typical is, by preset, the property whose breaking is shown: one that is typical of it.
var typical = map[string]string{
	"tubes": "origin-bound", "draft": "match-agrees", "navigator-connect-v1": "fresh-acceptance",
	"navigator-connect-v2": "accounts-loss", "navigator-connect-v3": "tells-page", "chromium-2015": "frees-worker",
	"messageport-today": "survives-suspend",
}

// ancestors writes what each ancestor breaks, and which answers would save it where it is silent.
func (d *document) ancestors() {
	d.heading(2, ancestorsTitle)
	d.paragraph("What systems that really existed answer, as far as their texts, code or recordings say so, and what that comes " +
		"to. Where one is silent, we let it choose as well as it can.")
	t := d.table("ancestor", "answers", "breaks in any case", "best that its silence allows")
	for _, p := range model.Presets() {
		_, least := d.Fewest(d.Algebra.Cube(p.Design()))
		t.row(to(p.Name, ancestorTitle(p)), fmt.Sprintf("%d of %d", len(p.Answers), len(model.Questions())),
			fmt.Sprintf("%d: %s", len(d.broken(p.Design())), strings.Join(codeAll(d.broken(p.Design())), ", ")),
			fmt.Sprintf("breaks %d", least))
	}
	t.end()
	for _, p := range model.Presets() {
		d.ancestor(p)
	}
}

// ancestor writes all about one of them.
func (d *document) ancestor(p model.Preset) {
	d.heading(3, ancestorTitle(p))
	d.paragraph("%s. Repeat: `cosw check --design %s`", begin(p.Title), p.Name)
	inherited := d.inheritedBy(p)
	t := d.table("breaks in any case", "because of", "trace")
	for _, x := range inherited {
		t.row(code(x.Property.ID)+": "+x.Property.Broken, design(x.Because), d.traceLink("trace", x.Name, x.Property.ID, x.Because))
	}
	t.end()
	d.paragraph("%s", d.silence(p))
	d.details("Its answers and their sources", func() { d.sourcesOf(p) })
	if len(inherited) == 0 {
		return
	}
	at := max(0, slices.IndexFunc(inherited, func(x exhibits.Inherited) bool { return x.Property.ID == typical[p.Name] }))
	d.details(fmt.Sprintf("A trace: how <code>%s</code> breaks", inherited[at].Property.ID), func() { d.history(inherited[at].Named) })
}

// silence says what could still be had if an ancestor answered well where it is silent.
func (d *document) silence(p model.Preset) string {
	within := d.Algebra.Cube(p.Design())
	best, least := d.Fewest(within)
	given := family.Cube{} // the questions that it answers with one answer
	for _, q := range model.Questions() {
		if !model.Space.Open(p.Design(), int(q)) {
			given = model.Space.Free(given, int(q))
		}
	}
	if given == model.Space.Full() {
		return "It answers everything, so that nothing could save it."
	}
	var text string
	more := least - len(d.broken(p.Design()))
	if more == 0 {
		text = "Where it is silent, these answers keep everything else:"
	} else {
		text = fmt.Sprintf("Whatever it says where it is silent, it breaks at least %d more, for these cannot be had together: %s. "+
			"These answers break the fewest:", more, inLine(d.ConflictsAmong(within, d.reachable(within))))
	}
	return text + " " + d.fewTerms(best, given)
}

// fewTerms writes a set of designs without the answers to some questions; where that takes many terms, the first.
func (d *document) fewTerms(x family.Set, without family.Cube) string {
	const most = 2
	var all []string
	terms := d.Algebra.Cover(x).Terms
	for _, term := range terms[:min(most, len(terms))] {
		all = append(all, design(term.Or(without)))
	}
	text := strings.Join(all, "; or ")
	if len(terms) > most {
		text += fmt.Sprintf("; and more (%s in all)", designs(d.Algebra.Count(x)))
	}
	return text + "."
}

// sourcesOf writes the answers of an ancestor with where they are from.
func (d *document) sourcesOf(p model.Preset) {
	t := d.table("question", "answer", "source", "how it differs")
	for _, s := range p.Answers {
		t.row(toQuestion(s.Question), list(names(s.Answers), "or"), withAddresses(s.Source), withAddresses(s.Note))
	}
	t.end()
	var silent []string
	for _, q := range model.Questions() {
		if !slices.ContainsFunc(p.Answers, func(s model.Sourced) bool { return s.Question == q }) {
			silent = append(silent, q.ID())
		}
	}
	if silent != nil {
		d.paragraph("Silent on %s.", codes(silent))
	}
}
