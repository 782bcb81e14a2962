package findings

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces/exhibits"
	"cosw/traces/typeset"
)

// bestTitle is the heading under which best designs are told.
const bestTitle = "The best designs"

// dilemmas say in words why some properties exclude each other.
var dilemmas = []sentence{
	{when{conflict: []string{"can-idle", "hides-suspend-timed"}},
		"A worker that idles is stopped, and the next answer takes longer: whoever holds a connection can find out when nobody " +
			"else uses the service. Of the answers that we know, only a worker that never stops gives nothing away; answers could be held back " +
			"as refusals are with `errors=uniform-timed`, at the price that every message is slow."},
	{when{conflict: []string{"survives-kill", "hides-suspend-timed"}},
		"No answer to `suspend` has both: one that keeps the worker running ties its connections to that instance, which a crash takes " +
			"along, and one that lets connections outlive an instance lets an idle worker be stopped. This is about the answers that we " +
			"know of. One more could keep the worker running *and* restore its connections after a crash; nobody has proposed it, it gives " +
			"up `can-idle` like the next conflict, and with it `page-list`, `worker-list` and `delivery` would be settled."},
	{when{conflict: []string{"unlinkable", "reaches-installed"}},
		"A page of any site either reaches the one registration that the user's own visit made, and with it a storage that all sites " +
			"share; or it reaches another one, and the user's visit does not count. To share the script that was installed and not its " +
			"storage fails where a service can make the script personal."},
	{when{conflict: []string{"first-visit", "presence-hidden-timed", "reaches-installed"}},
		"To wait for an installation makes a refusal come late, and only where something is being installed. That shows the service, " +
			"unless what a site could find out is about its own partition only, or unless the delay of every refusal outlasts installations."},
}

// inShort writes a conflict in a sentence.
func (d *document) inShort(c props.Conflict) string {
	var claims []string
	for _, id := range c.Properties {
		claims = append(claims, code(id)+" ("+d.Verdict(id).Property.Claims+")")
	}
	text := join(claims, "and")
	switch len(c.Properties) {
	case 1:
		text += " is out of reach"
	case 2:
		text += " exclude each other"
	default:
		text += " cannot all be had"
	}
	if c.Unless != nil {
		var all []string
		for _, e := range c.Unless {
			all = append(all, literals(e))
		}
		text += ", unless " + join(all, "or")
	}
	return capital(text) + "."
}

// cannotBeHadTogether writes each conflict, with a trace for each way out of it, and the best designs.
func (d *document) cannotBeHadTogether() {
	d.heading(2, conflictsTitle)
	d.paragraph("Each of these sets is the smallest of its kind: without any of its properties, the others can be had together.")
	for i, c := range d.conflicts {
		d.heading(3, conflictTitle(c))
		d.paragraph("%s", d.dilemma(c))
		d.details("What giving up each of them looks like", func() {
			for _, s := range d.sacrifices[i] {
				d.sacrifice(s)
			}
		})
	}
	d.bestDesigns()
}

// conflictTitle is the heading of a conflict.
func conflictTitle(c props.Conflict) string { return join(codeAll(c.Properties), "or") }

// dilemma says why the properties of a conflict exclude each other; in words that were found for it, or else in theirs.
func (d *document) dilemma(c props.Conflict) string {
	for _, s := range dilemmas {
		if strings.Join(s.when.conflict, " ") == strings.Join(c.Properties, " ") {
			return s.text
		}
	}
	return d.inShort(c)
}

// sacrifice writes a trace of designs that give up a property for the others of a conflict.
func (d *document) sacrifice(s exhibits.Sacrifice) {
	under := s.Trace.Verdict.Under
	file := d.traceLink("trace", s.Name, s.Property.ID, under)
	d.drawn(s.Trace, fmt.Sprintf("Without `%s`%s, under %s (%s)", s.Property.ID, keeping(s.For), design(under), file))
}

func keeping(ids []string) string {
	if ids == nil {
		return ""
	}
	return " for " + codes(ids)
}

// bestDesigns writes which designs are best, and what each class of them, called a group here, gives up.
func (d *document) bestDesigns() {
	d.heading(3, bestTitle)
	common := d.Algebra.Hull(d.best)
	d.paragraph("A design is best if no other one keeps more: first of the musts, then of the wants with the same musts. %s are, in %s. "+
		"All of them have %s. Beside that:", capital(typeset.Count(d.Algebra.Count(d.best), "design")),
		typeset.Count(uint64(len(d.classes)), "group"), literals(common))
	t := d.table("gives up", "designs", "and has, whatever else")
	for _, c := range d.classes {
		t.row(codes(c.GiveUp), typeset.Number(d.Algebra.Count(c.Designs)), literals(beyond(d.Algebra.Hull(c.Designs), common)))
	}
	t.end()
	d.details("The rest of each group as a formula", func() {
		for _, alike := range d.alike() {
			d.paragraph("Without %s, beside what the table says:", strings.Join(alike.without, "; or without "))
			for _, term := range alike.terms {
				d.printf("- %s\n", term)
			}
			d.printf("\n")
		}
	})
	d.paragraph("Where a trace needs answers to all questions, it takes this best design unless it says otherwise: %s. Repeat all of it: "+
		"`cosw check`; what giving up a property frees: `cosw check --give-up page-reach`; what holding on to an answer costs: `cosw check "+
		"--set handle=port`.", literals(beyond(d.reference, common)))
}

// alikeClasses are classes of best designs whose formulas are the same but for what all designs of the class have.
type alikeClasses struct{ without, terms []string }

func (d *document) alike() []alikeClasses {
	var all []alikeClasses
	for _, c := range d.classes {
		var terms []string
		for _, term := range d.Algebra.Cover(c.Designs).Terms {
			terms = append(terms, literals(beyond(term, d.Algebra.Hull(c.Designs))))
		}
		i := slices.IndexFunc(all, func(x alikeClasses) bool { return slices.Equal(x.terms, terms) })
		if i < 0 {
			i = len(all)
			all = append(all, alikeClasses{terms: terms})
		}
		all[i].without = append(all[i].without, codes(c.GiveUp))
	}
	return all
}

// beyond returns those answers of a partial design that another, wider one leaves open.
func beyond(c, wider family.Cube) family.Cube {
	for _, q := range model.Questions() {
		if model.Space.Bits(c, int(q)) == model.Space.Bits(wider, int(q)) {
			c = model.Space.Free(c, int(q))
		}
	}
	return c
}

// broken returns the designs that break a property in some environment.
func (e *evidence) broken(v *props.Verdict) family.Set { return e.Algebra.InSome(v.Violating) }
