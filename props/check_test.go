package props

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

func TestLadder(t *testing.T) {
	bounds := func(p, c, v, m, f int) model.Bounds {
		return model.Bounds{Pages: p, Connections: c, Versions: v, Messages: m, Faults: f, Kills: 1}
	}
	tests := []struct {
		to   model.Bounds
		want []model.Bounds
		why  string
	}{
		{bounds(1, 1, 1, 0, 0), []model.Bounds{bounds(1, 1, 1, 0, 0)}, "the smallest there is: no rung has more messages than asked for"},
		{bounds(1, 1, 1, 1, 0), []model.Bounds{bounds(1, 1, 1, 1, 0)}, "the first rung has a message"},
		{bounds(2, 1, 2, 1, 1), []model.Bounds{
			bounds(1, 1, 1, 1, 0), bounds(1, 1, 1, 1, 1), bounds(1, 1, 2, 1, 1), bounds(2, 1, 2, 1, 1),
		}, "the default: faults, versions, pages; as many kills as asked for all along"},
		{bounds(1, 3, 1, 2, 0), []model.Bounds{
			bounds(1, 1, 1, 1, 0), bounds(1, 3, 1, 1, 0), bounds(1, 3, 1, 2, 0),
		}, "a bound grows in one go; messages come last"},
		{bounds(3, 2, 3, 2, 2), []model.Bounds{
			bounds(1, 1, 1, 1, 0), bounds(1, 1, 1, 1, 2), bounds(1, 1, 3, 1, 2), bounds(3, 1, 3, 1, 2),
			bounds(3, 2, 3, 1, 2), bounds(3, 2, 3, 2, 2),
		}, "all of them, in their order"},
	}
	for _, test := range tests {
		got := Ladder(test.to)
		if !slices.Equal(got, test.want) {
			t.Errorf("up to %s: %v, want %v: %s", test.to, got, test.want, test.why)
		}
		for i := 1; i < len(got); i++ {
			if !got[i-1].Within(got[i]) {
				t.Errorf("up to %s: rung %d is not above the one before", test.to, i)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	all := strings.Join(IDs(), ", ")
	tests := []struct {
		options Options
		want    string
		why     string
	}{
		{Options{Properties: []string{"setles"}}, `unknown property "setles": did you mean settles?`, "a slip"},
		{Options{Properties: []string{"settles", "x"}}, `unknown property "x": choose from ` + all, "near nothing"},
		{Options{Required: []string{"can-idel"}}, `unknown property "can-idel": did you mean can-idle?`, "a slip in what is required"},
		{Options{Properties: []string{"settles"}, Bounds: model.Bounds{Pages: 5, Connections: 1, Versions: 1}},
			"5 pages is out of range: choose from 1 to 4", "out of range"},
		{Options{Properties: []string{"settles"}, Bounds: model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: -1}},
			"-1 messages is out of range: choose from 0 to 8", "out of range below"},
	}
	for _, test := range tests {
		test.options.Scope = parse(t, proposal)
		r, err := Check(t.Context(), test.options)
		if err == nil || err.Error() != test.want || r != nil {
			t.Errorf("%s: report %v, error %v, want %s", test.why, r, err, test.want)
		}
		if unknown := (*family.UnknownWordError)(nil); strings.HasPrefix(test.want, "unknown") && !errors.As(err, &unknown) {
			t.Errorf("%s: %T does not carry the word", test.why, err)
		}
	}
}

// TestNothingToCheck refuses a scope without designs: everything would hold in it.
func TestNothingToCheck(t *testing.T) {
	_, err := Check(t.Context(), Options{Bounds: noFaults})
	if want := "no design to check: the answers given exclude each other"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// TestFind finds every property by its name, and every property has its words.
func TestFind(t *testing.T) {
	seen := map[string]bool{}
	for _, want := range Catalogue() {
		p, err := Find(want.ID)
		if err != nil || p.ID != want.ID {
			t.Errorf("%s: found %q, error %v", want.ID, p.ID, err)
		}
		if seen[p.ID] {
			t.Errorf("%s is in the catalogue twice", p.ID)
		}
		seen[p.ID] = true
		if p.Claims == "" || p.Applies == "" || p.Broken == "" || p.Kept == "" || p.Place.Line == 0 || p.Part.String() == "" ||
			p.Violation.When.String() == "" || p.Premise.When.String() == "" || p.Weight.String() == "" || p.Critic == "" {
			t.Errorf("%s: something is not said of it", p.ID)
		}
		if strings.HasSuffix(p.Critic, ".") || strings.ToLower(p.Critic[:1]) != p.Critic[:1] {
			t.Errorf("%s: the critic's sentence is to follow a colon: %q", p.ID, p.Critic)
		}
		if (p.Violation.When == AtEvent) != (p.Violation.Events != nil) || (p.Premise.When == AtEvent) != (p.Premise.Events != nil) {
			t.Errorf("%s: kinds of events and the moment do not go together", p.ID)
		}
	}
	for _, p := range parts {
		if len(p.Properties()) > maxProperties {
			t.Errorf("%s has %d properties and marks for %d", p, len(p.Properties()), maxProperties)
		}
	}
}

// TestChosen checks that only what is asked for is searched and judged, and that wishes are judged even if not asked for.
func TestChosen(t *testing.T) {
	notRaced(t)
	tests := []struct {
		properties, required []string
		verdicts             []string
		parts                []Part
		good                 string
		why                  string
	}{
		{[]string{"page-private"}, nil, []string{"page-private"}, []Part{Lifecycle}, "client=origin|id|none", "one part"},
		{[]string{"can-idle", "settles"}, []string{"settles"}, []string{"settles", "can-idle"}, []Part{Lifecycle},
			"interrupt=reject|retry, deadline=reject", "only what is required excludes designs; the order is that of the catalogue"},
		{[]string{"settles"}, []string{"match-agrees"}, []string{"settles", "match-agrees"}, []Part{Lifecycle, Matching},
			"match=scope", "what is required is judged, too"},
		{[]string{"match-pinned"}, []string{}, []string{"match-pinned"}, []Part{Matching}, "any design", "nothing is required"},
	}
	for _, test := range tests {
		r := mustCheck(t, Options{Bounds: onePage, Scope: model.Space.Full(), Properties: test.properties, Required: test.required})
		var verdicts []string
		for _, v := range r.Verdicts {
			verdicts = append(verdicts, v.Property.ID)
		}
		var searched []Part
		for _, c := range r.Coverage {
			searched = append(searched, c.Part)
		}
		if !slices.Equal(verdicts, test.verdicts) || !slices.Equal(searched, test.parts) {
			t.Errorf("%s: verdicts on %v of parts %v", test.why, verdicts, searched)
		}
		if got := r.Algebra.Formula(r.Algebra.Cover(r.Good)); got != test.good {
			t.Errorf("%s: %s is good, want %s", test.why, got, test.good)
		}
	}
}

// TestLimits checks that a search which is cut short never claims that something holds, and claims no more broken
// designs than there are.
func TestLimits(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	tests := []struct {
		ctx    context.Context
		limits explore.Limits
		want   error
		known  bool // it gets far enough to find something
		why    string
	}{
		{context.Background(), explore.Limits{Worlds: 100}, explore.ErrWorlds, false, "within the first rung"},
		{context.Background(), explore.Limits{Worlds: 5_600}, explore.ErrWorlds, true, "between rungs"},
		{context.Background(), explore.Limits{Worlds: 7_900}, explore.ErrWorlds, true, "within the last rung"},
		{context.Background(), explore.Limits{Bytes: 1}, explore.ErrMemory, false, "at once"},
		{context.Background(), explore.Limits{Bytes: 8 << 20}, explore.ErrMemory, true, "on the way"},
		{context.Background(), explore.Limits{Time: time.Nanosecond}, explore.ErrTime, false, "at once"},
		{context.Background(), explore.Limits{Time: 100 * time.Millisecond}, explore.ErrTime, false, "on the way"},
		{cancelled, explore.Limits{}, explore.ErrInterrupted, false, "before it began"},
	}
	exact := defaultReport()
	for _, test := range tests {
		r, err := Check(test.ctx, Options{Bounds: model.DefaultBounds, Scope: model.Space.Full(), Limits: test.limits})
		if err != nil {
			t.Fatal(err)
		}
		if r.Stopped != test.want || r.Complete() {
			t.Errorf("%v, %s: stopped because %v, complete %v", test.want, test.why, r.Stopped, r.Complete())
		}
		found := false
		for i := range r.Verdicts {
			v := &r.Verdicts[i]
			found = found || v.Status == Violated
			want := &exact.Verdicts[i]
			if want.Property.Part == Lifecycle && v.Status == Holds || want.Status == Violated && v.Status == Holds {
				t.Errorf("%v, %s: %s holds, it says", test.want, test.why, v.Property.ID)
			}
			if (v.Status == Violated) != (v.Violating != family.None) {
				t.Errorf("%v, %s: %s has status %d and %d designs", test.want, test.why, v.Property.ID, v.Status, v.Designs)
			}
			for _, term := range v.Formula.Terms {
				if !exact.Algebra.Includes(want.Violating, term) {
					t.Errorf("%v, %s: %s is not broken by %s", test.want, test.why, v.Property.ID, model.Space.Format(term))
				}
			}
		}
		for _, term := range exact.Algebra.Cover(exact.Good).Terms {
			if !r.Algebra.Includes(r.Good, term) {
				t.Errorf("%v, %s: good designs are no longer thought to be", test.want, test.why)
			}
		}
		if test.known && !found {
			t.Errorf("%v, %s: nothing was found at all", test.want, test.why)
		}
	}
}

// TestProgress checks what it is told of.
func TestProgress(t *testing.T) {
	var told []string
	mustCheck(t, Options{Bounds: onePage, Scope: parse(t, proposal), Progress: func(what string, p explore.Progress) {
		if p.Frontier == 0 {
			told = append(told, fmt.Sprintf("%s: %d", what, p.Depth))
		}
	}})
	want := 3 + 3 // rungs and other parts
	if len(told) != want || !strings.HasPrefix(told[0], noFaults.String()) || !strings.HasPrefix(told[want-1], "partition") {
		t.Errorf("told of %q", told)
	}
}

// TestLivelock checks that what is owed never goes on forever, and that it would be noticed.
func TestLivelock(t *testing.T) {
	notRaced(t)
	for _, b := range []model.Bounds{
		model.DefaultBounds, {Pages: 1, Connections: 2, Versions: 1, Messages: 0, Faults: 1, Kills: 1},
	} {
		r := mustCheck(t, Options{Bounds: b, Scope: model.Space.Full()})
		if r.Livelock.Set != family.None || r.Livelock.Stopped != nil {
			t.Errorf("%s: what is owed can go on forever under %d designs (%v)", b,
				r.Algebra.Count(r.Livelock.Set), r.Livelock.Stopped)
		}
	}
	a := family.NewAlgebra(model.Space)
	asksForever := changing(model.WorkerIgnores, func(before, now *model.Connection, ask model.Ask) {
		if ask(model.NoAnswer) == model.Reject && before.Phase == model.Asking {
			*now = *before // the event is dispatched again and again
		}
	})
	r := lifecycleRun(t, a, noFaults, model.Space.Full(), func(l *lifecycle) { l.take = asksForever(l.model) })
	l := r.livelock(t.Context())
	if got := a.Formula(a.Cover(l.Set)); got != "no-answer=reject" {
		t.Errorf("planted under no-answer=reject, found under %s", got)
	}
	if len(l.Trace.Steps) == 0 {
		t.Error("no trace leads there")
	}
}

// TestWhole tells a part of the family from all of it.
func TestWhole(t *testing.T) {
	if !defaultReport().Whole() {
		t.Error("the whole family is not whole")
	}
	r := mustCheck(t, Options{Bounds: noFaults, Scope: parse(t, "close=none"), Properties: []string{"page-private"}})
	if r.Whole() {
		t.Error("a half of the family is whole")
	}
	defer func() {
		if got := fmt.Sprint(recover()); got != "props: settles was not checked" {
			t.Errorf("asked for a verdict that there is none of: %s", got)
		}
	}()
	r.Verdict("settles")
}

// TestFaultsWithinBounds: the histories of every part have no more faults, and no more kills, than the bounds have.
func TestFaultsWithinBounds(t *testing.T) {
	for _, bounds := range []model.Bounds{
		{Pages: 1, Connections: 1, Versions: 1, Faults: 0, Kills: model.MaxFaults},
		{Pages: 1, Connections: 1, Versions: 1, Faults: 1, Kills: 0},
		{Pages: 1, Connections: 1, Versions: 1, Faults: 1, Kills: 1},
		{Pages: 1, Connections: 1, Versions: 1, Faults: 2, Kills: 1},
	} {
		for _, part := range []Part{Lifecycle, Presence} {
			r := verdictsOf(t, part, bounds)
			for i := range r.Verdicts {
				for _, e := range r.Explain(&r.Verdicts[i]) {
					for _, c := range e.Counterexamples {
						faults, kills := 0, 0
						for _, s := range c.Trace.Steps {
							if k := step(s &^ side).Kind; k.Least().Faults > 0 {
								faults++
								kills += min(1, k.Least().Kills)
							}
						}
						if faults > bounds.Faults || kills > bounds.Kills {
							t.Errorf("%s: within %s, a history that breaks %s has %d faults, %d of them kills", part, bounds,
								r.Verdicts[i].Property.ID, faults, kills)
						}
					}
				}
			}
		}
	}
}
