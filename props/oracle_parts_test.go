package props

import (
	"slices"
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// The oracles of the small parts: each verdict worked out from what the property says, without a search.

// verdictsOf checks a part with every question open.
func verdictsOf(t *testing.T, part Part, bounds model.Bounds) *Report {
	t.Helper()
	var ids []string
	for _, p := range part.Properties() {
		ids = append(ids, p.ID)
	}
	return mustCheck(t, Options{Bounds: bounds, Scope: model.Space.Full(), Properties: ids})
}

// expectClass checks that a property is broken by all designs of a class, or by none of them.
func expectClass(t *testing.T, r *Report, id string, class family.Cube, broken bool) {
	t.Helper()
	want := family.None
	if broken {
		want = r.Algebra.Cube(class)
	}
	if got := r.Algebra.Restrict(r.Verdict(id).Violating, class); got != want {
		t.Errorf("%s is broken by %d of the %d designs with %s, and %v is right",
			id, r.Algebra.Count(got), model.Space.Count(class), model.Space.Format(class), broken)
	}
}

// TestMatchingByHand registers services in every order, and connects and uses the connection at every moment.
func TestMatchingByHand(t *testing.T) {
	r := verdictsOf(t, Matching, noFaults)
	for _, rule := range model.Match.Answers() {
		for _, bind := range model.Bind.Answers() {
			class := model.Where(model.Match, rule).And(model.Where(model.Bind, bind))
			broken := matchingBroken(rule, bind)
			for _, p := range matchingProperties {
				expectClass(t, r, p.ID, class, broken[p.ID])
			}
		}
	}
}

// matchingBroken returns the properties that some history breaks under a rule.
func matchingBroken(rule, bind model.Answer) map[string]bool {
	broken := map[string]bool{}
	for _, order := range orders(nil) {
		for early := 1; early <= len(order); early++ { // this many are registered when the page connects
			for _, url := range targets {
				before, after := order[:early], order
				found := finds(rule, url, before)
				reversed := slices.Clone(before)
				slices.Reverse(reversed)
				var controls *model.Registered
				if i := model.Controls(url, before); i >= 0 {
					controls = &before[i]
				}
				broken["match-unique"] = broken["match-unique"] || len(found) > 1
				broken["match-agrees"] = broken["match-agrees"] || !same(one(found), controls)
				broken["match-stable"] = broken["match-stable"] || !same(one(found), one(finds(rule, url, reversed)))
				if bind == model.Rematch && len(found) > 0 {
					later := one(finds(rule, url, after))
					broken["match-pinned"] = broken["match-pinned"] || later != nil && !same(one(found), later)
				}
			}
		}
	}
	return broken
}

// orders returns every order in which one to mostServices services can be registered, after those of begun.
func orders(begun []model.Registered) [][]model.Registered {
	var all [][]model.Registered
	if len(begun) > 0 {
		all = append(all, begun)
	}
	for _, s := range services {
		if len(begun) < mostServices && !slices.Contains(begun, s) {
			all = append(all, orders(append(slices.Clone(begun), s))...)
		}
	}
	return all
}

func finds(rule model.Answer, url string, list []model.Registered) []model.Registered {
	var found []model.Registered
	for _, i := range model.Matches(rule, url, list) {
		found = append(found, list[i])
	}
	return found
}

// one returns the first of a list, nil when it is empty.
func one(list []model.Registered) *model.Registered {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

func same(x, y *model.Registered) bool {
	if x == nil || y == nil {
		return x == y
	}
	return *x == *y
}

// TestLettingInByHand holds every combination of what a worker can be told of a page that it lets in.
func TestLettingInByHand(t *testing.T) {
	tests := []struct {
		client, request model.Answer
		late, nosy      bool // refuses-first, page-private are broken
		why             string
	}{
		{model.Full, model.Param, false, true, "it knows who and with what, and more than that"},
		{model.Full, model.None, true, true, "credentials come over the port, which is usable by then"},
		{model.URLOnly, model.Param, false, true, "a url is more than an origin"},
		{model.URLOnly, model.None, true, true, "no credentials before the port"},
		{model.OriginOnly, model.Param, false, false, "what it has to know and nothing else"},
		{model.OriginOnly, model.None, true, false, "no credentials before the port"},
		{model.OriginAndID, model.Param, false, false, "an id of the connection says nothing of the page"},
		{model.OriginAndID, model.None, true, false, "no credentials before the port"},
		{model.None, model.Param, true, false, "credentials of nobody knows whom"},
		{model.None, model.None, true, false, "it knows nothing at all"},
	}
	r := mustCheck(t, Options{Bounds: noFaults, Scope: model.Space.Full(), Properties: []string{"refuses-first", "page-private"}})
	for _, test := range tests {
		class := model.Where(model.Client, test.client).And(model.Where(model.Request, test.request))
		t.Run(model.Space.Format(class), func(t *testing.T) {
			t.Log(test.why)
			expectClass(t, r, "refuses-first", class, test.late)
			expectClass(t, r, "page-private", class, test.nosy)
		})
	}
	if all := len(model.Client.Answers()) * len(model.Request.Answers()); len(tests) != all {
		t.Errorf("%d rows for %d combinations", len(tests), all)
	}
}

// TestPartitionByHand goes through everything that can have been registered when the two pages connect.
func TestPartitionByHand(t *testing.T) {
	r := verdictsOf(t, Partition, noFaults)
	for _, answer := range model.Partition.Answers() {
		linked, missed := false, false
		for registered := range 1 << (1 + len(sites)) { // bit 0: on a visit to the service; then by a frame of each site
			reached := [len(sites)]int{}
			for site := range sites {
				at := 1 << (site + 1)
				if answer == model.Shared {
					at = 1<<(1+len(sites)) - 1 // there is one registration, whoever made it
				}
				if registered&at != 0 {
					reached[site] = at
				}
				missed = missed || registered&1 != 0 && reached[site]&1 == 0
			}
			linked = linked || reached[0] != 0 && reached[0] == reached[1] // and nobody gave credentials
		}
		class := model.Where(model.Partition, answer)
		expectClass(t, r, "unlinkable", class, linked)
		expectClass(t, r, "reaches-installed", class, missed)
	}
}

// seen is what a page sees of its promise in the end.
type seen struct {
	settled bool
	name    string
	when    string
}

// TestPresenceSideBySide works out what the page can see on either side alone. The sides have no step in common, so the
// page can be shown any outcome of one with any outcome of the other.
func TestPresenceSideBySide(t *testing.T) {
	noKills := model.DefaultBounds
	noKills.Kills = 0
	for _, bounds := range []model.Bounds{model.DefaultBounds, noKills, noFaults} {
		t.Run(bounds.String(), func(t *testing.T) { presenceSideBySide(t, bounds) })
	}
}

func presenceSideBySide(t *testing.T, bounds model.Bounds) {
	r := verdictsOf(t, Presence, bounds)
	m, _ := mustModel(t, presenceBounds(bounds))
	classes := 0
	for left := family.All; left != family.None; classes++ {
		o := &oracle{}
		design := r.Algebra.First(left)
		ask := o.ask(design)
		worlds := m.Initial()
		with := outcomes(m, ask, worlds[:2], func(k model.Kind) bool {
			return belongs(withService, k) && (k != model.WorkerAccepts || ask(model.Request) == model.None)
		})
		without := outcomes(m, ask, worlds[1:2], func(k model.Kind) bool {
			return k == model.PageConnects || k == model.Dispatch
		})
		differ, differInTime := false, false
		for a := range with {
			for b := range without {
				differ = differ || a.settled != b.settled || a.name != b.name
				differInTime = differInTime || a != b
			}
		}
		if ask(model.Partition) == model.BySite {
			differ, differInTime = false, false // it is about the page's own site
		}
		class := o.class(design)
		left = r.Algebra.Minus(left, r.Algebra.Cube(class))
		expectClass(t, r, "presence-hidden", class, differ)
		expectClass(t, r, "presence-hidden-timed", class, differInTime)
	}
	if classes < 40 {
		t.Errorf("%d classes of designs: hardly anything was asked", classes)
	}
}

// outcomes returns what a page that connected and was not let in can see once nothing is owed to it any more.
func outcomes(m *model.Model, ask model.Ask, initial []model.World, allowed func(model.Kind) bool) map[seen]bool {
	type state struct {
		model.World
		asked  bool // a worker was asked, or was to be started for that
		waited bool // an install had to come to its end first
		seen
	}
	var steps []model.Step
	for _, s := range allSteps(m.Bounds()) {
		if allowed(s.Kind) {
			steps = append(steps, s)
		}
	}
	visited := map[state]bool{}
	found := map[seen]bool{}
	var visit func(s state)
	visit = func(now state) {
		if visited[now] {
			return
		}
		visited[now] = true
		quiescent := true
		for _, s := range steps {
			next := now
			events, enabled := m.Take(&next.World, s, ask, nil)
			if !enabled {
				continue
			}
			quiescent = quiescent && !s.Kind.Internal()
			for _, e := range events {
				switch e.Kind {
				case model.Dispatched, model.StartFails:
					next.asked = true
				case model.Resolved:
					next.settled = true
				case model.Rejected:
					next.seen = seen{true, model.RejectionName(e.Cause, ask), when(next.asked, next.waited, e.Cause, ask)}
				}
			}
			if next.settled {
				next.asked, next.waited = false, false
			} else if reg := next.Registration; ask(model.NotReady) == model.Wait && next.Connections[0].Phase == model.Requested {
				next.waited = next.waited || reg.Status == model.Live && reg.Active == 0
			}
			visit(next)
		}
		letIn := now.settled && now.name == "" && ask(model.Request) == model.Param
		if quiescent && !letIn && now.Connections[0].Phase != model.Unused {
			found[now.seen] = true
		}
	}
	for _, w := range initial {
		visit(state{World: w})
	}
	return found
}

func when(asked, waited bool, cause model.Cause, ask model.Ask) string {
	switch {
	case waited:
		return "after an install"
	case ask(model.Errors) == model.UniformTimed:
		return "after the delay"
	case cause == model.CauseDeadline:
		return "after a deadline"
	case asked:
		return "after a worker"
	}
	return "at once"
}
