package props

import (
	"slices"
	"testing"

	"cosw/model"
)

// TestWitnesses checks the guard against empty success: within the default bounds every step and every premise is seen,
// and what smaller bounds leave out is told by name.
func TestWitnesses(t *testing.T) {
	notRaced(t)
	tests := []struct {
		bounds  model.Bounds
		vacuous []string
		unseen  []model.Kind
		why     string
	}{
		{model.DefaultBounds, nil, nil, "a run of the whole family has to be worth something"},
		{
			model.Bounds{Pages: 2, Connections: 1, Versions: 2, Messages: 1, Kills: 0},
			[]string{"survives-kill"}, []model.Kind{model.KillWorker},
			"nobody kills",
		},
		{
			model.Bounds{Pages: 2, Connections: 1, Versions: 1, Messages: 1, Kills: 1},
			[]string{"fresh-acceptance", "update-progress", "survives-update"}, []model.Kind{model.FindUpdate},
			"there is no new version",
		},
		{
			model.Bounds{Pages: 2, Connections: 1, Versions: 2, Messages: 0, Kills: 1},
			[]string{"accounts-loss", "delivers", "origin-bound", "ordered"},
			[]model.Kind{model.PagePosts, model.PageReceives, model.WorkerPosts, model.WorkerReceives},
			"there are no messages",
		},
		{
			model.Bounds{Pages: 1, Connections: 1, Versions: 2, Messages: 1, Kills: 1},
			nil, []model.Kind{model.PageTransfers},
			"a handle needs a page of another origin to go to; messages reach workers all the same",
		},
		{
			noFaults,
			[]string{"fresh-acceptance", "update-progress", "survives-kill", "survives-update"},
			[]model.Kind{model.PageTransfers, model.KillWorker, model.FindUpdate},
			"the first rung of the ladder has none of these",
		},
	}
	for _, test := range tests {
		t.Run(test.bounds.String(), func(t *testing.T) {
			r := mustCheck(t, Options{Bounds: test.bounds, Scope: model.Space.Full()})
			if got := r.Vacuous(); !slices.Equal(got, test.vacuous) {
				t.Errorf("vacuous are %v, want %v: %s", got, test.vacuous, test.why)
			}
			if !slices.Equal(r.Unseen, test.unseen) {
				t.Errorf("unseen are %v, want %v: %s", texts(r.Unseen), texts(test.unseen), test.why)
			}
			if !r.Whole() || !r.Complete() {
				t.Errorf("whole %v, complete %v, want both", r.Whole(), r.Complete())
			}
			for _, v := range r.Verdicts {
				if v.Vacuous && v.Status == Violated {
					t.Errorf("%s is broken, and its premise was never seen", v.Property.ID)
				}
			}
		})
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
			"suspend=wake, interrupt=retry, update=transfer, unregister=drain, close=none", []string{"tells-page"},
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

// TestUnbreakable checks that every property is broken by some design, but for those that say why they are not; also
// with a second message, as there is no order among one.
func TestUnbreakable(t *testing.T) {
	notRaced(t)
	bounds := model.DefaultBounds
	bounds.Messages = 2
	if testing.Short() {
		bounds.Pages = 1
	}
	for _, r := range []*Report{defaultReport(), mustCheck(t, Options{Bounds: bounds, Scope: model.Space.Full()})} {
		for i := range r.Verdicts {
			v := &r.Verdicts[i]
			if r.Options.Bounds.Pages == 1 && slices.Contains([]string{"origin-bound", "no-bypass"}, v.Property.ID) {
				continue // these take a transfer
			}
			if broken, breakable := v.Status == Violated, v.Property.Unbreakable == ""; broken != breakable {
				t.Errorf("%s within %s: some design breaks it: %v; unbreakable because %q",
					v.Property.ID, r.Options.Bounds, broken, v.Property.Unbreakable)
			}
			if v.Vacuous {
				t.Errorf("%s within %s: its premise was never seen", v.Property.ID, r.Options.Bounds)
			}
		}
	}
}
