package props

import (
	"slices"
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// smallBounds are all bounds up to the default ones, with and without kills.
func smallBounds() []model.Bounds {
	var all []model.Bounds
	for _, faults := range []model.Bounds{{}, {Faults: 1}, {Faults: 1, Kills: 1}} {
		for pages := range 2 {
			for versions := range 2 {
				for messages := range 2 {
					b := model.Bounds{Pages: 1 + pages, Connections: 1, Versions: 1 + versions, Messages: messages}
					b.Faults, b.Kills = faults.Faults, faults.Kills
					all = append(all, b)
				}
			}
		}
	}
	return all
}

// TestWitnesses checks the guard against empty success: within all small bounds, those steps and premises are seen that are
// said to be within reach, and no others.
func TestWitnesses(t *testing.T) {
	notRaced(t)
	bounds := smallBounds()
	if testing.Short() {
		bounds = slices.DeleteFunc(bounds, func(b model.Bounds) bool { return b.Pages+b.Versions+b.Messages > 4 })
	}
	for _, b := range bounds {
		t.Run(b.String(), func(t *testing.T) {
			r := mustCheck(t, Options{Bounds: b, Scope: model.Space.Full()})
			if !r.Whole() || !r.Complete() {
				t.Errorf("whole %v, complete %v, want both", r.Whole(), r.Complete())
			}
			for _, k := range r.Unseen {
				t.Errorf("%s never happened, although it takes no more than %v", k.Syntax(), k.Least())
			}
			for _, k := range model.Kinds() {
				if lacks := b.Lacks(k.Least()); (lacks != "") != slices.Contains(r.BeyondBounds, k) {
					t.Errorf("%s happened without %s", k.Syntax(), lacks)
				}
			}
			for _, v := range r.Verdicts {
				switch lacks := lacks(b, v.Property.Needs); {
				case v.Vacuous:
					t.Errorf("%s: the premise was never seen, although it takes no more than %v", v.Property.ID, v.Property.Needs)
				case v.Lacks != lacks:
					t.Errorf("%s: the premise was seen without %s", v.Property.ID, lacks)
				case v.Lacks != "" && v.Status == Violated:
					t.Errorf("%s is broken, and its premise is out of reach", v.Property.ID)
				}
			}
		})
	}
}

// TestOutOfReach has the names of what some bounds leave out, and of what they lack for it.
func TestOutOfReach(t *testing.T) {
	tests := []struct {
		bounds model.Bounds
		lacks  map[string]string
		steps  []model.Kind
		why    string
	}{
		{
			model.Bounds{Pages: 1, Connections: 1, Versions: 2, Messages: 1, Faults: 0, Kills: 1},
			map[string]string{"survives-kill": "1 fault", "one-context": "2 pages"},
			[]model.Kind{model.PageTransfers, model.PageFreezes, model.WorkerHangs, model.GiveUp, model.FailStart, model.KillWorker,
				model.KillHandling},
			"a handle needs a page of another origin to go to, and nothing goes wrong",
		},
		{
			model.Bounds{Pages: 2, Connections: 1, Versions: 1, Messages: 0, Faults: 1, Kills: 1},
			map[string]string{
				"accounts-loss": "1 message", "delivers": "1 message", "ordered": "1 message", "origin-bound": "1 message",
				"fresh-acceptance": "2 versions", "update-progress": "2 versions", "survives-update": "2 versions",
				"tells-apart": "1 message or 2 versions",
			},
			[]model.Kind{model.PagePosts, model.PageReceives, model.WorkerPosts, model.WorkerReceives, model.KillHandling, model.FindUpdate},
			"there are neither messages nor new versions",
		},
	}
	for _, test := range tests {
		r := mustCheck(t, Options{Bounds: test.bounds, Scope: model.Space.Full()})
		for _, v := range r.Verdicts {
			if v.Lacks != test.lacks[v.Property.ID] {
				t.Errorf("%s: lacks %q, want %q: %s", v.Property.ID, v.Lacks, test.lacks[v.Property.ID], test.why)
			}
		}
		if !slices.Equal(r.BeyondBounds, test.steps) {
			t.Errorf("out of reach are %v, want %v: %s", texts(r.BeyondBounds), texts(test.steps), test.why)
		}
		if len(r.Unseen)+len(r.Vacuous()) > 0 {
			t.Errorf("%v and %v are called empty, although they are out of reach", texts(r.Unseen), r.Vacuous())
		}
	}
}

// TestUnseen: what could happen within the bounds and does not is told from what is out of reach.
func TestUnseen(t *testing.T) {
	a := family.NewAlgebra(model.Space)
	blocked := blocking(model.PageLosesHandle, func(*model.World, model.Ask) bool { return true })
	run := lifecycleRun(t, a, noFaults, model.Space.Full(), func(l *lifecycle) { l.take = blocked(l.model) })
	c := &checker{ctx: t.Context(), options: Options{Bounds: noFaults}, report: &Report{Algebra: a}}
	c.checkSteps(run)
	if want := []model.Kind{model.PageLosesHandle, model.CollectHandle}; !slices.Equal(c.report.Unseen, want) {
		t.Errorf("unseen are %v, want %v", texts(c.report.Unseen), texts(want))
	}
	if !slices.Contains(c.report.BeyondBounds, model.KillWorker) || slices.Contains(c.report.BeyondBounds, model.PageLosesHandle) {
		t.Errorf("out of reach are %v", texts(c.report.BeyondBounds))
	}
	for i := range lifecycleProperties {
		c.report.Verdicts = append(c.report.Verdicts, c.verdict(run, nil, i))
	}
	if got, want := c.report.Vacuous(), []string{"page-reach", "hides-collection"}; !slices.Equal(got, want) {
		t.Errorf("vacuous are %v, want %v", got, want)
	}
}

func texts(kinds []model.Kind) []string {
	var out []string
	for _, k := range kinds {
		out = append(out, k.Syntax())
	}
	return out
}

// TestVacuousInScope has scopes whose answers rule a premise out, which is no fault of the bounds.
func TestVacuousInScope(t *testing.T) {
	notRaced(t)
	tests := []struct {
		scope string
		want  []string
		why   string
	}{
		{"suspend=wake, interrupt=reject|retry, page-notice=none", nil, "a page can be let down in other ways"},
		{"update=sever|pin", []string{"fresh-acceptance"}, "no connection passes to a new version"},
		{"same-origin=implicit, worker-list=list, delivery=global", nil, "more ways to go on, not fewer"},
		{
			"suspend=wake, interrupt-again=retry, update=transfer, unregister=drain, close=none, frozen=keep", []string{"tells-page"},
			"no connection that a page holds ever ends at the worker's side",
		},
	}
	for _, test := range tests {
		r := mustCheck(t, Options{Bounds: onePage, Scope: parse(t, test.scope)})
		if got := r.Vacuous(); !slices.Equal(got, test.want) {
			t.Errorf("%s: vacuous are %v, want %v: %s", test.scope, got, test.want, test.why)
		}
		if r.Whole() {
			t.Errorf("%s: that is not the whole family", test.scope)
		}
	}
}

// TestBreakable checks that every property is broken by some design, and that larger bounds than those for which it is said
// show no more.
func TestBreakable(t *testing.T) {
	notRaced(t)
	bounds := model.DefaultBounds
	bounds.Messages = 2
	if testing.Short() {
		bounds.Pages = 1
	}
	larger := mustCheck(t, Options{Bounds: bounds, Scope: model.Space.Full()})
	for _, r := range []*Report{defaultReport(), larger} {
		for i := range r.Verdicts {
			v := &r.Verdicts[i]
			if r.Options.Bounds.Pages == 1 && slices.Contains([]string{"origin-bound", "no-bypass", "one-context"}, v.Property.ID) {
				continue // these take a transfer
			}
			if v.Status != Violated {
				t.Errorf("%s within %s: no design breaks it", v.Property.ID, r.Options.Bounds)
			}
			if v.Vacuous || v.Lacks != "" {
				t.Errorf("%s within %s: its premise was never seen", v.Property.ID, r.Options.Bounds)
			}
			if v.Property.Part == Lifecycle && v.Since == larger.Options.Bounds {
				t.Errorf("%s: a second message shows more", v.Property.ID)
			}
		}
	}
}
