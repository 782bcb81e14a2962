package findings

import (
	"fmt"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces/typeset"
)

// story are the lines that tell in short what was found, each written where it is true.
var story = []sentence{
	{when{good: "suspend=wake, unregister=sever"},
		"**A connection belongs to a registration, not to a running worker,** which browsers stop all the time."},
	{when{good: "update=reaccept, interrupt=retry"},
		"**An update is a new decision:** the new version is asked again, and a connect event that is lost is dispatched again."},
	{when{good: "handle=connection", breaks: []breaking{{"origin-bound", "handle=port"}}},
		"**A `MessagePort` is the wrong handle:** it can be passed on to strangers, who then pass for the page."},
	{when{good: "page-notice=state, worker-notice=event, page-list=list, worker-list=list"},
		"**Both sides must know what they have:** each can list it, the page can read its state, the worker is told of its end."},
	{when{good: "errors=uniform-timed, client=origin, request=param"},
		"**Neither side learns too much:** the worker sees origin and credentials but no url; a refused page does not even learn that the " +
			"service is there."},
	{when{good: "match=scope, bind=pinned"},
		"**The url is matched as for documents,** by scope, once and for all."},
}

// opening tells the story.
func (d *document) opening() {
	d.heading(1, "Findings")
	d.paragraph("The draft "+link("*Cross-Origin Service Workers*", draftURL)+" (2014) lets a page talk to a service worker of another origin, and leaves "+
		"much open: %d questions, whose answers make %s designs. We wrote down %d properties that people would want of such "+
		"connections, and searched every design for a history that breaks one. %s", len(model.Questions()),
		typeset.Number(model.Space.Size()), len(d.Verdicts), d.outcome())
	for _, line := range d.allOf(story) {
		d.printf("- %s\n", line)
	}
	d.printf("\n")
	d.paragraph("%s", d.nobody())
	d.paragraph("*Written by `cosw findings` from the model; `cosw findings --check` fails when the two no longer agree. Do not edit " +
		"it by hand.*")
}

// outcome says how much is settled.
func (d *document) outcome() string {
	if d.Good == family.None {
		return "**No design has them all.**"
	}
	single, open := 0, 0
	for _, s := range d.settled {
		switch {
		case len(s.Survive) == 1:
			single++
		case len(s.Excluded) == 0:
			open++
		}
	}
	return fmt.Sprintf("**%s have them all within small bounds** (%s)%s. %d of the questions have one answer left, and %d are a "+
		"matter of taste. What was found:", capital(designs(d.Algebra.Count(d.Good))), d.Options.Bounds, d.sameWithMore(), single, open)
}

// sameWithMore says that larger bounds leave it at that, if they do.
func (d *document) sameWithMore() string {
	if d.larger == nil {
		return ""
	}
	if more, _ := d.unlike(d.ofLifecycle()); more != nil {
		return ""
	}
	return fmt.Sprintf(", and still do with %d connections of %s", largerBounds.Connections, pages(largerBounds.Pages))
}

// ofLifecycle returns the verdicts of the lifecycle, which are those that bounds are about.
func (d *document) ofLifecycle() []*props.Verdict {
	var all []*props.Verdict
	for i := range d.Verdicts {
		if d.Verdicts[i].Property.Part.Bounded() {
			all = append(all, &d.Verdicts[i])
		}
	}
	return all
}

// nobody says what the ancestors break.
func (d *document) nobody() string {
	least := len(d.Verdicts)
	for _, p := range model.Presets() {
		least = min(least, len(d.broken(p.Design())))
	}
	if least == 0 {
		return ""
	}
	today, err := model.FindPreset("messageport-today")
	if err != nil {
		panic("findings: " + err.Error())
	}
	return fmt.Sprintf("No %s got there: whatever one reads into its silence, each breaks %d of the properties or more, and what the "+
		"platform offers today breaks %d. The draft itself has %s of another kind, too.", to("ancestor", ancestorsTitle), least,
		len(d.broken(today.Design())), to("mistakes", mistakesTitle))
}

// howToRead explains words and signs.
func (d *document) howToRead() {
	d.heading(2, readTitle)
	d.printf("- *Question*, *answer*, *design*: `suspend=wake` answers the question `suspend` with `wake`; a design has an " +
		"answer for every question. `suspend=sever|keepalive` is either; a comma means *and*.\n")
	d.printf("- ✓ some design with this answer has all properties; ✗ none has.\n")
	d.printf("- *Excluded by* `a` or `b`: each of the two suffices, for no design with this answer has it. *Excluded by* `a` + " +
		"`b`: no design with this answer has both. These sets are the smallest.\n")
	d.printf("- (draft): what the text of the draft itself says or shows.\n")
	d.printf("- *Costs*: the properties that an answer breaks where another one would not; the designs with the answer that break " +
		"them, and how many of these keep the property if nothing but this answer is changed.\n")
	d.printf("- *The same from 1·1·2·1·0 on*: within all bounds that were tried from 1 page, 1 connection, 2 versions of the "+
		"worker, 1 message under way in each direction and 0 kills up to %s, exactly the same designs break the property.\n",
		d.Options.Bounds.Short())
	d.howTold()
	d.printf("- What must come about in the end, such as that a promise is settled, is judged when nothing is left to happen " +
		"that the browser or a live script owes.\n")
	d.printf("- Traces are as short as can be. %s In a list of steps `p1 connect c1` means that page 1 makes connection 1; what "+
		"comes of a step stands below it. In a picture, a note *because …* names answers that it takes for the property to be "+
		"broken, at the step where they matter. The %s tells how to play with traces.\n",
		d.whoPagesAre(), link("README", "README.md"))
	if d.today != nil {
		d.printf("- *Browsers today*: what recordings of that browser allow, with a `MessagePort` that was passed through a frame. " +
			"*With close events*: with the `close` event of message ports, which is behind a flag. Blank: the recordings do not " +
			"tell.\n")
	}
	d.printf("\n")
}

// howTold explains the words of the model.
func (d *document) howTold() {
	d.printf("- *World*: one state of pages, browser, workers and connections. *History* or *trace*: the steps that lead from a first " +
		"world to another. *Version*: a script of the service as it was deployed; *instance*: one run of it, which loses its " +
		"objects when it stops. *Roots*: what is reached without a reference, such as an open page or a running instance.\n")
	d.printf("- The browser, or a live script, *owes* a step that it takes sooner or later without anybody's doing, such as to " +
		"deliver a message. *Premise*: what has to occur for a property to be put to the test. *Pair*: two designs that " +
		"differ in one answer, or, where the search is counted, a design and a world.\n")
}

// whoPagesAre says of which origin pages are where a service is installed at first.
func (d *document) whoPagesAre() string {
	m, err := model.New(d.Options.Bounds)
	if err != nil {
		panic("findings: " + err.Error())
	}
	var all []string
	first := m.Initial()[0]
	for n := range d.Options.Bounds.Pages {
		origin := "of another origin than the service"
		if first.OriginOf(uint8(n+1)) == model.Own {
			origin = "of the service's own"
		}
		all = append(all, fmt.Sprintf("page %d is %s", n+1, origin))
	}
	return capital(join(all, "and")) + "."
}

// trust says what all of this rests on.
func (d *document) trust() {
	d.heading(2, trustTitle)
	for _, c := range d.Coverage {
		where := fmt.Sprintf("the %s model", c.Part)
		if c.Part.Bounded() {
			where = fmt.Sprintf("the %s model within %s", c.Part, c.Bounds)
		} else {
			where += " (" + c.Part.Extent() + ")"
		}
		d.printf("- %s: %s worlds, %s steps, %s pairs of a design and a world that it reaches.\n", capital(where),
			typeset.Number(c.Worlds), typeset.Number(c.Transitions), typeset.Number(c.Pairs))
	}
	d.printf("- The search is complete, and worlds are stored whole: within the bounds verdicts are exact. Beyond them they " +
		"are not proven.\n")
	d.printf("- %s\n", d.largerSaid())
	d.printf("- %s random histories of %s steps in all, within %s (seed %d): none breaks one of the %d properties of the lifecycle "+
		"under a design that has it within the bounds. The other models have no random histories.\n", typeset.Number(uint64(d.Random.Tally.Histories)), typeset.Number(uint64(d.Random.Tally.Steps)), d.Random.Bounds,
		d.Options.Seed, len(d.ofLifecycle()))
	d.printf("- Every kind of step and the premise of every property was seen, and what the browser owes never goes on for " +
		"ever.\n\n")
	d.paragraph("%s The recordings of today's browsers show just that: a registration of its own for each embedding site.", onePartition)
	d.paragraph("Repeat all of it: `cosw check`. Write this file anew: `cosw findings`.")
}

// largerSaid says what the search within larger bounds showed.
func (d *document) largerSaid() string {
	if d.larger == nil {
		return "No larger bounds were searched."
	}
	lifecycle := d.ofLifecycle()
	more, fewer := d.unlike(lifecycle)
	at := slices.IndexFunc(d.larger.Coverage, func(c props.Coverage) bool { return c.Part.Bounded() })
	text := fmt.Sprintf("Within %s (%s worlds), the same designs break each of the %d properties of the lifecycle",
		d.larger.Options.Bounds, typeset.Number(d.larger.Coverage[at].Worlds), len(lifecycle))
	switch {
	case len(more) > 0:
		text = fmt.Sprintf("Within %s, MORE designs break %s: the bounds of the first search are too small", d.larger.Options.Bounds,
			codes(more))
	case len(fewer) > 0:
		text += fmt.Sprintf(", but for %s: with %s instead of %d, fewer designs break these, and none others", codes(fewer),
			pages(largerBounds.Pages), d.Options.Bounds.Pages)
	}
	return text + "."
}

// glossary writes what each property claims.
func (d *document) glossary() {
	d.heading(2, propertiesTitle)
	t := d.table("property", "draft", "claims that", "broken by")
	for i := range d.Verdicts {
		v := &d.Verdicts[i]
		share := fmt.Sprintf("%.0f %% of the designs", 100*float64(v.Designs)/float64(model.Space.Size()))
		if v.Violating == family.None {
			share = "none: " + v.Property.Unbreakable
		}
		t.row(code(v.Property.ID), fmt.Sprint(v.Property.Place.Line), v.Property.Claims, share)
	}
	t.end()
	d.paragraph("`cosw properties NAME` tells how one is checked, `cosw check --property NAME --verbose` which designs break it.")
}
