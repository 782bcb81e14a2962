package findings

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/props"
	"cosw/traces/exhibits"
	"cosw/traces/typeset"
)

// story are the lines that tell in short what was found, each written where it is true.
var story = []sentence{
	{when{best: "update=reaccept", breaks: []breaking{{"fresh-acceptance", "update=transfer, delivery=global"}}},
		"**An update is a new decision.** Deliver to the new version unasked, and messages reach code that may have been deployed to " +
			"refuse them; keep the old version for its connections, and pages of other origins decide when a service updates."},
	{when{best: "handle=connection", breaks: []breaking{{"origin-bound", "handle=port"}}},
		"**A `MessagePort` that crosses origins is the wrong handle.** It can be passed on to strangers, who then pass for the page."},
	{when{best: "client=id, request=param"},
		"**The worker sees an origin, an id and the request,** and no url: enough to refuse a page before it has a port and to know its " +
			"connections again after a restart, and no more."},
	{when{best: "no-answer=reject, interrupt=reject|retry, deadline=reject"},
		"**No connect event goes unanswered.** Silence is a refusal, a handler that hangs is given up on, and when a worker crashes its event " +
			"is refused or repeated: any other rule leaves promises pending, or lets pages in that no script of the service accepted."},
	{when{best: "page-notice=state"},
		"**That a connection is gone is a state that a page can read.** An event alone is lost on pages that begin to listen late."},
}

// opening says what is firm, what hangs on what, what excludes what, and what browsers do.
func (d *document) opening() {
	d.heading(1, "Findings")
	d.paragraph("The draft "+link("*Cross-Origin Service Workers*", draftURL)+" (2014) lets a page talk to a service worker of another "+
		"origin, and leaves much open: %d questions, whose answers make %s designs. We wrote down %d properties that somebody wants of "+
		"such connections, %d of them musts, and %d assumptions about what scripts and browsers do, and searched every design under every assumption for "+
		"histories that break a property, within small bounds (%s), and with rules taken for granted that %s. %s", len(model.Questions()), typeset.Number(model.Space.Size()),
		len(d.Verdicts), d.musts(), len(model.Assumptions()), d.Options.Bounds, to("could turn findings over", trustTitle), d.outcome())
	for i, c := range d.conflicts {
		d.printf("%d. %s\n", i+1, d.inShort(c))
	}
	d.printf("\n")
	d.paragraph("As much as can be had at once is had by %s, in %s that differ in what they give up (%s). How firm the answers are was computed, by giving "+
		"up properties and changing assumptions:", typeset.Count(d.Algebra.Count(d.best), "best design"),
		typeset.Count(uint64(len(d.classes)), "group"), to("which", bestTitle))
	for _, line := range d.tally() {
		d.printf("- %s\n", line)
	}
	d.printf("\n")
	d.paragraph("What that means for the text of a standard:")
	for _, line := range d.allOf(story) {
		d.printf("- %s\n", line)
	}
	d.printf("\n")
	d.paragraph("%s", d.platform())
	d.paragraph("*Written by `cosw findings` from the model; `cosw findings --check` fails when the two no longer agree. Do not edit " +
		"it by hand.*")
}

// musts counts properties whose breaking harms users whatever one thinks of a design.
func (d *document) musts() int {
	n := 0
	for i := range d.Verdicts {
		if d.Verdicts[i].Property.Weight == props.Must {
			n++
		}
	}
	return n
}

// outcome says whether everything can be had.
func (d *document) outcome() string {
	if d.conflicts == nil {
		return fmt.Sprintf("**%s have all of them.**", typeset.Count(d.Algebra.Count(d.Good), "design"))
	}
	return fmt.Sprintf("**No design has all of them, for %s:**", typeset.Count(uint64(len(d.conflicts)), "reason"))
}

// tally says which questions have an answer of each firmness.
func (d *document) tally() []string {
	var all []string
	for _, kind := range []struct {
		firmness props.Firmness
		text     string
	}{
		{props.IsFirm, "**Firm**, if one thing can go wrong, whichever single property is given up, and also whatever is assumed"},
		{props.IsSettled, "**Settled** by all properties together, and hanging on one of them or on an assumption, which the table names"},
		{props.IsTradeOff, "**A trade-off** between wants that exclude each other"},
		{props.IsTaste, "**Taste**: each answer keeps whatever can be kept, with the right answers to other questions"},
	} {
		var answers []string
		for _, s := range d.standings {
			if s.Firmness == kind.firmness {
				answers = append(answers, d.chosen(s))
			}
		}
		if answers == nil {
			continue
		}
		line := fmt.Sprintf("%s (%d): %s.", kind.text, len(answers), strings.Join(answers, ", "))
		if kind.firmness == props.IsFirm {
			line += " " + d.oncePartitioned()
		}
		all = append(all, line)
	}
	return all
}

// oncePartitioned says which firm answers stay so once it is decided which registration a page reaches: the two worlds have
// different reasons for them, and to have either is no firmness.
func (d *document) oncePartitioned() string {
	var parts []string
	for _, answer := range model.Partition.Answers() {
		where := model.Where(model.Partition, answer)
		var firm []string
		for q, s := range d.Report.Within(where).Stand() {
			if s.Firmness == props.IsFirm && d.standings[q].Firmness == props.IsFirm {
				firm = append(firm, s.Question.ID())
			}
		}
		parts = append(parts, fmt.Sprintf("with %s alone %s", code(model.Space.Format(where)), staying(firm)))
	}
	return "That is so while `partition` is open: " + strings.Join(parts, ", ") + "; the others are settled then, see " +
		to("what depends on it", partitionsTitle) + "."
}

func staying(firm []string) string {
	if firm == nil {
		return "none of them is"
	}
	return list(firm, "and") + " stays firm"
}

// chosen writes the answers to a question that are left, where some are excluded.
func (d *document) chosen(s props.Standing) string {
	if len(s.Free) == 0 || len(s.Excluded) == 0 {
		return toQuestion(s.Question)
	}
	return toQuestion(s.Question) + " " + code("= "+strings.Join(names(s.Free), "|"))
}

// platform says what the platform of today comes to, and what came before it.
func (d *document) platform() string {
	counts := map[string]int{}
	least := len(d.Verdicts)
	for _, p := range model.Presets() {
		counts[p.Name] = len(exhibits.InAnyCase(d.Report, p))
		least = min(least, counts[p.Name])
	}
	text := fmt.Sprintf("What the platform offers **today**, a `MessagePort` that a hidden frame hands to its service worker, breaks %d of "+
		"the properties whatever one reads into its silence; each %s breaks %d or more, and the draft has %s of another kind, too.",
		counts["messageport-today"], to("ancestor", ancestorsTitle), least, to("mistakes", mistakesTitle))
	if slices.ContainsFunc(d.conflicts, func(c props.Conflict) bool { return slices.Contains(c.Properties, "reaches-installed") }) {
		text += fmt.Sprintf(" And none of the three engines that we recorded lets a page reach a service that the user installed elsewhere: %s is what ended this effort, "+
			"not the lifecycle.", to("partitioned storage", partitionsTitle))
	}
	return text
}
