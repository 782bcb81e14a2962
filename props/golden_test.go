package props

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
	"cosw/props/explore"
)

// possible are properties that some design has together: all but those that exclude others.
var possible = slices.DeleteFunc(IDs(), func(id string) bool {
	return slices.Contains([]string{"hides-suspend-timed", "unlinkable", "first-visit"}, id)
})

// goodReport is that of the whole family within the default bounds, by these properties.
func goodReport() *Report { return defaultReport().Requiring(possible) }

// proposal is a design that has all of possible within the default bounds, in the environment that is hardest on it.
const proposal = "match=scope, bind=pinned, errors=uniform-timed, page-notice=state, handle=connection, request=param, " +
	"page-list=list, pipeline=no, collect=keep, frozen=keep, suspend=wake, interrupt=retry, interrupt-again=retry, " +
	"deadline=reject, not-ready=reject, queue=kept, acknowledge=none, update=reaccept, unregister=sever, client=id, " +
	"worker-list=list, delivery=global, close=close, worker-notice=silent, same-origin=implicit, no-answer=reject, " +
	"partition=shared, scripts=may-hang, listens=sometime, lists=never, own-close=drop"

// literal is the draft to the letter, and the cheapest answer where it says nothing, in the friendliest environment.
const literal = "match=script, bind=pinned, errors=distinct, page-notice=none, handle=port, request=param, page-list=none, " +
	"pipeline=no, collect=keep, frozen=refuse, suspend=sever, interrupt=hang, interrupt-again=hang, deadline=none, " +
	"not-ready=reject, queue=kept, acknowledge=none, update=sever, unregister=sever, client=url, worker-list=none, " +
	"delivery=port, close=none, worker-notice=none, same-origin=implicit, no-answer=reject, partition=shared, " +
	"scripts=answer, listens=at-once, lists=at-once, own-close=drop"

// TestGoldenCounts holds exact figures: whatever changes the model, the symmetries or the search shows up in one of them.
func TestGoldenCounts(t *testing.T) {
	notRaced(t)
	type row struct {
		part   Part
		bounds model.Bounds
		scope  string
		why    string
	}
	ladder := Ladder(model.DefaultBounds)
	rungs := []string{
		"the smallest world in which a message can be sent",
		"the first fault",
		"the first update",
		"the default: the first transfer",
	}
	if len(ladder) != len(rungs) {
		t.Fatalf("%d rungs and reasons for %d", len(ladder), len(rungs))
	}
	var rows []row
	for i, b := range ladder {
		rows = append(rows, row{Lifecycle, b, "", rungs[i]})
	}
	rows = append(rows,
		row{Lifecycle, model.DefaultBounds, proposal, "what one design costs"},
		row{Lifecycle, model.DefaultBounds, literal, "what one design costs that does little"},
		row{Lifecycle, model.Bounds{Pages: 1, Connections: 2, Versions: 1, Messages: 0, Faults: 0, Kills: 0}, "",
			"two connections in the smallest world: the symmetry of connections"},
		row{Lifecycle, model.Bounds{Pages: 1, Connections: 2, Versions: 1, Messages: 0, Faults: 1, Kills: 1}, "",
			"a kill that hits two connections at once"},
		row{Lifecycle, model.Bounds{Pages: 1, Connections: 2, Versions: 2, Messages: 1, Faults: 1, Kills: 1}, proposal,
			"two connections and everything else that one page can have"},
		row{Lifecycle, model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 3, Faults: 0, Kills: 0}, "",
			"three messages in a queue"},
		row{Matching, noFaults, "", "every order of registrations and every moment to connect"},
		row{Presence, model.DefaultBounds, "", "both sides together; pages, versions and messages are its own"},
		row{Partition, noFaults, "", "every visit, frame and connection in every order"},
	)
	text := &strings.Builder{}
	for _, row := range rows {
		a := family.NewAlgebra(model.Space)
		scope := parse(t, row.scope)
		r, err := row.part.search(t.Context(), row.part.Properties(), row.bounds, explore.Options{Algebra: a, Scope: scope})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(text, "# %s\n%s", row.why, row.part)
		if row.part == Lifecycle {
			fmt.Fprintf(text, ", %s", row.bounds)
		}
		designs := fmt.Sprintf("%d designs", model.Space.Count(scope))
		switch row.scope {
		case proposal:
			designs = "1 design, the proposal"
		case literal:
			designs = "1 design, the letter of the draft"
		}
		fmt.Fprintf(text, ": %s\n%d worlds, %d transitions, depth %d, %d pairs of a design and a world\n\n",
			designs, r.worlds, r.moves, r.depth, r.pairs)
	}
	golden.Compare(t, filepath.Join("testdata", "counts.txt"), text.String())
}

// TestGoldenVerdicts holds the verdicts within the default bounds as a text to be read: what breaks each property.
func TestGoldenVerdicts(t *testing.T) {
	r := defaultReport()
	text := &strings.Builder{}
	fmt.Fprintf(text, "Which designs break what: %d designs, %s.\n\n", model.Space.Size(), r.Options.Bounds)
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		fmt.Fprintf(text, "%s: %s\n", v.Property.ID, v.Property.Claims)
		switch v.Status {
		case Violated:
			fmt.Fprintf(text, "%s, broken by %d designs", v.Property.Weight, v.Designs)
			if v.Property.Part == Lifecycle {
				fmt.Fprintf(text, ", the same from %s on", v.Since)
			}
			fmt.Fprintf(text, ":\n")
		case Holds:
			fmt.Fprintf(text, "holds\n")
		default:
			t.Fatalf("%s: unknown after a search that has no limits", v.Property.ID)
		}
		for _, term := range v.Formula.Terms {
			fmt.Fprintf(text, "    %s\n", model.Space.Format(term))
		}
		if !v.Formula.Exact {
			fmt.Fprintf(text, "    (there may be a shorter formula)\n")
		}
		text.WriteByte('\n')
	}
	fmt.Fprintf(text, "%d designs have every property but for those that exclude others, which have:\n", r.Algebra.Count(goodReport().Good))
	for _, term := range r.Algebra.Cover(goodReport().Good).Terms {
		fmt.Fprintf(text, "    %s\n", model.Space.Format(term))
	}
	golden.Compare(t, filepath.Join("testdata", "verdicts.txt"), text.String())
}

// TestProposal checks that the designs of this file are what they are called.
func TestProposal(t *testing.T) {
	r := goodReport()
	if !r.Algebra.Includes(r.Good, parse(t, proposal)) {
		t.Errorf("the proposal breaks something: %s is good", model.Space.Format(r.Algebra.First(r.Good)))
	}
	for _, q := range model.Questions() {
		answer := model.AnswerOf(parse(t, literal), q)
		if said := q.Literal(); len(said) > 0 && said[0] != answer {
			t.Errorf("the letter of the draft answers %s with %s, not with %s", q.ID(), said[0], answer)
		}
	}
	for _, text := range []string{proposal, literal} {
		if !model.Space.IsDesign(parse(t, text)) {
			t.Errorf("%s leaves something open", text)
		}
	}
}
