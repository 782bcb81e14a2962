package model

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestStepsAreComplete: whatever is enabled is listed, and once. Steps may list others, see TestStepsInOrder.
func TestStepsAreComplete(t *testing.T) {
	r := newRand(9)
	for i := range 60 {
		m := mustNew(t, []Bounds{
			{Pages: 2, Connections: 3, Versions: 1, Messages: 1, Faults: 1, Kills: 1},
			{Pages: 3, Connections: 1, Versions: 2, Messages: 1, Faults: 2, Kills: 1},
		}[i%2])
		conceivable := conceivableSteps(m.Bounds())
		walk(t, m, r, 40, func(_ World, _ Step, _ []Event, w World) {
			listed := map[Step]bool{}
			for _, s := range m.Steps(&w, nil) {
				if listed[s] {
					t.Fatalf("%v is listed twice", s)
				}
				listed[s] = true
			}
			ask := Under(randomDesign(r))
			for _, s := range conceivable {
				next := w
				if _, ok := m.Take(&next, s, ask, nil); ok && !listed[s] {
					t.Fatalf("%v is enabled, and not listed:\n%s", s, strings.Join(w.Describe(), "\n"))
				}
			}
		})
	}
}

// conceivableSteps returns all steps whose arguments are those of their kind, and a little beyond the bounds.
func conceivableSteps(b Bounds) []Step {
	var all []Step
	for _, k := range Kinds() {
		numbers := func(name string, most int) []uint8 {
			if !slices.Contains(strings.Fields(k.Syntax()), name) {
				return []uint8{0}
			}
			var all []uint8
			for n := 1; n <= most+1; n++ {
				all = append(all, uint8(n))
			}
			return all
		}
		for _, p := range numbers("P", b.Pages) {
			for _, c := range numbers("C", b.Connections) {
				for _, to := range numbers("P2", b.Pages) {
					all = append(all, Step{Kind: k, Page: p, Connection: c, To: to})
				}
			}
		}
	}
	return all
}

// TestStepsInOrder has the whole list for some worlds: those of pages, of the worker and of the browser, and no more
// than what is possible whatever the design. Random histories, traces and the search all depend on it.
func TestStepsInOrder(t *testing.T) {
	for _, c := range []struct {
		reason string
		design string
		script string
		want   string // with a line for what is about pages, ends of pages and so on
	}{
		{"the first connection that was not made stands for all", "", "", `
			p1 connect c1, p2 connect c1
			p1 leave, p2 leave
			service update, service unregister, client open`},
		{"nothing is registered", "", "from nothing", `
			p1 connect c1, p2 connect c1
			p1 leave, p2 leave
			service register`},
		{"a request, for which the worker could be started", "", "given p1 connect c1, client open", `
			p1 connect c2, p2 connect c2
			p1 post c1
			p1 leave, p2 leave
			browser dispatch c1
			browser start, browser start-failed
			service update, service unregister, client close`},
		{"a request, and a version that is installing", "", "given p2 leave, p1 connect c1, browser start, service update", `
			p1 connect c2
			p1 post c1
			p1 leave
			browser dispatch c1
			browser installed, browser install-failed, browser suspend, browser kill
			client open`},
		{"a request that waits for a version that is activating", "", waiting + "given p1 connect c1, browser activate", `
			p1 connect c2, p2 connect c2
			p1 post c1
			p1 leave, p2 leave
			browser activated
			service unregister, client open`},
		{"a connect event, and a version that waits for its end", "", requested + waiting + "given p2 connect c2", `
			p1 connect c3, p2 connect c3
			p1 post c1
			p2 post c2
			p1 leave, p2 leave
			worker accept c1, worker reject c1, worker ignore c1, worker hang c1
			browser dispatch c2
			browser kill
			service skip-waiting, service unregister, client open`},
		{"a version that waits for a client", "", waiting + "given client open", `
			p1 connect c1, p2 connect c1
			p1 leave, p2 leave
			service skip-waiting, service unregister, client close`},
		{"a version that no longer waits for it", "", waiting + "given client open, service skip-waiting", `
			p1 connect c1, p2 connect c1
			p1 leave, p2 leave
			browser activate
			service unregister, client close`},
		{"an unregistered registration that a client keeps", "", "given client open, service unregister", `
			p1 connect c1, p2 connect c1
			p1 leave, p2 leave
			client close`},
		{"an unregistered registration with a client, and without", "", waiting + "given client open, service unregister, client close", `
			p1 connect c1, p2 connect c1
			p1 leave, p2 leave
			browser activate, browser clear
			service skip-waiting`},
		{"a connect event whose handler hangs", "scripts=may-hang", requested + "given worker hang c1, service unregister", `
			p1 connect c2, p2 connect c2
			p1 post c1
			p1 leave, p2 leave
			browser give-up c1`},
		{"a connection", "", accepted, `
			p1 connect c2, p2 connect c2
			p1 post c1, p1 listen c1, p1 close c1, p1 lose c1, p1 transfer c1 p2
			p1 leave, p1 freeze, p2 leave
			worker post c1, worker close c1
			browser suspend, browser kill
			service update, service unregister, client open`},
		{"one with messages both ways", "", accepted + "given p1 post c1, worker post c1, p1 lose c1", `
			p1 connect c2, p2 connect c2
			p1 receive c1, p1 listen c1, p1 close c1, p1 transfer c1 p2
			p1 leave, p1 freeze, p2 leave
			worker receive c1, worker close c1
			browser kill-handling c1
			browser suspend, browser kill
			service update, service unregister, client open`},
		{"one that its page cannot reach", "", accepted + "given p1 lose c1", `
			p1 connect c2, p2 connect c2
			p1 post c1, p1 listen c1, p1 close c1, p1 transfer c1 p2
			p1 leave, p1 freeze, p2 leave
			worker post c1, worker close c1
			browser collect c1
			browser suspend, browser kill
			service update, service unregister, client open`},
		{"one that is down, of which the page is to learn, and listens", "page-notice=event, close=close, listens=sometime",
			accepted + "given p1 listen c1, worker close c1, p2 leave", `
			p1 connect c2
			p1 post c1, p1 learn c1, p1 close c1, p1 lose c1
			p1 leave
			browser suspend, browser kill
			service update, service unregister, client open`},
		{"one whose page is gone, of which the worker is to learn", "worker-notice=event", accepted + "given p1 leave", `
			p2 connect c2
			p2 leave
			worker post c1, worker learn c1, worker close c1
			browser release c1
			browser suspend, browser kill
			service update, service unregister, client open`},
		{"but not before its messages", "worker-notice=event", accepted + "given p1 post c1, p1 leave", `
			p2 connect c2
			p2 leave
			worker post c1, worker receive c1, worker close c1
			browser kill-handling c1
			browser suspend, browser kill
			service update, service unregister, client open`},
		{"the last connection of three, the others being requested and over", "",
			"given p1 connect c1, p2 connect c2, p1 connect c3, browser start\n" +
				"given browser dispatch c1, worker reject c1, browser dispatch c3, worker accept c3", `
			p2 post c2
			p1 post c3, p1 listen c3, p1 close c3, p1 lose c3, p1 transfer c3 p2
			p1 leave, p1 freeze, p2 leave
			worker post c3, worker close c3
			browser dispatch c2
			browser suspend, browser kill
			service update, service unregister, client open`},
		{"one whose worker does not run", "suspend=wake", accepted + "given browser suspend, p2 leave", `
			p1 connect c2
			p1 post c1, p1 listen c1, p1 close c1, p1 lose c1
			p1 leave, p1 freeze
			service update, service unregister, client open`},
		{"and would have something to do", "suspend=wake", accepted + "given browser suspend, p1 post c1", `
			p1 connect c2, p2 connect c2
			p1 listen c1, p1 close c1, p1 lose c1, p1 transfer c1 p2
			p1 leave, p1 freeze, p2 leave
			browser start, browser start-failed
			service update, service unregister, client open`},
		{"one that is to be accepted once more", "update=reaccept", toAskAgain + "given browser suspend", `
			p1 connect c2, p2 connect c2
			p1 post c1, p1 listen c1, p1 close c1, p1 lose c1, p1 transfer c1 p2
			p1 leave, p1 freeze, p2 leave
			browser start, browser start-failed
			service unregister, client open`},
		{"and its connect event", "update=reaccept", askingAgain, `
			p1 connect c2, p2 connect c2
			p1 post c1, p1 listen c1, p1 close c1, p1 lose c1, p1 transfer c1 p2
			p1 leave, p1 freeze, p2 leave
			worker accept c1, worker reject c1, worker ignore c1, worker hang c1
			browser kill
			service unregister, client open`},
		{"no fault is left", "suspend=wake, queue=kept", accepted + "given p1 post c1, browser kill, browser start, p3 connect c2, browser dispatch c2", `
			p1 connect c3, p2 connect c3, p3 connect c3
			p1 listen c1, p1 close c1, p1 lose c1, p1 transfer c1 p2, p1 transfer c1 p3
			p3 post c2
			p1 leave, p2 leave, p3 leave
			worker post c1, worker receive c1, worker close c1
			worker accept c2, worker reject c2, worker ignore c2
			service update, service unregister, client open`},
		{"an instance that runs out", "unregister=run-out", accepted + "given service unregister, browser clear", `
			p1 connect c2, p2 connect c2
			p1 post c1, p1 listen c1, p1 close c1, p1 lose c1, p1 transfer c1 p2
			p1 leave, p1 freeze, p2 leave
			worker post c1, worker close c1
			browser suspend, browser kill`},
	} {
		bounds := Bounds{Pages: 2, Connections: 3, Versions: 2, Messages: 1, Faults: 1, Kills: 1}
		if strings.Contains(c.want, "p3") {
			bounds.Pages = 3
		}
		w := scenario{c.reason, bounds, c.design, c.script}.play(t)
		var got []string
		for _, s := range mustNew(t, bounds).Steps(&w, nil) {
			got = append(got, s.String())
		}
		want := regexp.MustCompile(`\s*[\n,]\s*`).Split(strings.TrimSpace(c.want), -1)
		if !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %q\nwant %q", c.reason, got, want)
		}
	}
}

// TestStepsOutOfPlace: a step whose arguments are missing or out of bounds is not enabled, whatever it is about.
func TestStepsOutOfPlace(t *testing.T) {
	bounds := Bounds{Pages: 3, Connections: 3, Versions: 1, Messages: 1}
	w := scenario{"", bounds, "", accepted + "given p2 connect c2, p2 leave"}.play(t) // up, over, and not made
	m := mustNew(t, bounds)
	ask := func(q Question) Answer { return q.Answers()[len(q.Answers())-1] }
	check := func(reason string, s Step) {
		t.Helper()
		next := w
		if _, ok := m.Take(&next, s, ask, nil); ok || next != w {
			t.Errorf("%v, %s: enabled, or does something all the same", s, reason)
		}
	}
	for _, k := range Kinds() {
		takes := func(name string) bool { return slices.Contains(strings.Fields(k.Syntax()), name) }
		for c := range uint8(bounds.Connections) {
			check("a page out of bounds", Step{Kind: k, Page: 4, Connection: c + 1, To: 3})
			check("a page to transfer to out of bounds", Step{Kind: k, Page: 1, Connection: c + 1, To: 4})
			if takes("P") {
				check("no page", Step{Kind: k, Connection: c + 1, To: 3})
			}
			if takes("P2") {
				check("no page to transfer to", Step{Kind: k, Page: 1, Connection: c + 1})
			}
		}
		check("a connection out of bounds", Step{Kind: k, Page: 1, Connection: 4, To: 3})
		if takes("C") {
			check("no connection", Step{Kind: k, Page: 1, To: 3})
		}
	}
	check("no kind of step", Step{})
	check("no kind of step", Step{Kind: kindCount})
}

// TestFits: the bounds are those of the model, not those of a world.
func TestFits(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 2, Connections: 3, Versions: 1})
	for _, c := range []struct {
		text string
		want bool
	}{
		{"p2 transfer c3 p1", true},
		{"p1 transfer c3 p2", true},
		{"p3 transfer c3 p1", false},
		{"p2 transfer c4 p1", false},
		{"p2 transfer c3 p3", false},
		{"browser start", true},
	} {
		s, err := ParseStep(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Fits(s); got != c.want {
			t.Errorf("%s fits %v: got %t", c.text, m.Bounds(), got)
		}
	}
}

// TestStepCode: a step is what its code says, and no two have the same one.
func TestStepCode(t *testing.T) {
	codes := map[uint32]Step{}
	for _, s := range conceivableSteps(Bounds{Pages: MaxPages, Connections: MaxConnections}) {
		if got := StepOf(s.Code()); got != s {
			t.Errorf("%v: the code %x is read as %v", s, s.Code(), got)
		}
		if other, taken := codes[s.Code()]; taken {
			t.Errorf("%v and %v have the code %x", s, other, s.Code())
		}
		codes[s.Code()] = s
	}
}

// TestTakeAppends: what happened before stays in the list, whether a step is enabled or not.
func TestTakeAppends(t *testing.T) {
	m := mustNew(t, scenarioBounds)
	w := m.Initial()[0]
	before := []Event{{Kind: PageGone, Page: 3}}
	events, ok := m.Take(&w, Step{Kind: PageLeaves, Page: 1}, nil, before)
	if want := []Event{{Kind: PageGone, Page: 3}, {Kind: PageGone, Page: 1}}; !ok || !slices.Equal(events, want) {
		t.Errorf("got %v, want %v", events, want)
	}
	events, ok = m.Take(&w, Step{Kind: PageLeaves, Page: 1}, nil, before)
	if ok || !slices.Equal(events, before) {
		t.Errorf("not enabled: got %v, want %v", events, before)
	}
}

// TestKinds has all kinds of steps, and which the browser or a live script owes: the others are the environment's, which
// may never take them.
func TestKinds(t *testing.T) {
	owed := map[string]bool{
		"P connect C": false, "P post C": false, "P receive C": true, "P learn C": true, "P listen C": false,
		"P close C": false, "P lose C": false, "P transfer C P2": false, "P leave": false, "P freeze": false,
		"worker accept C": true, "worker reject C": true, "worker ignore C": true, "worker hang C": false,
		"worker post C": false, "worker receive C": true, "worker learn C": true, "worker close C": false,
		"browser dispatch C": true, "browser give-up C": true, "browser release C": true, "browser collect C": true,
		"browser start": true, "browser start-failed": false, "browser installed": true, "browser install-failed": true,
		"browser activate": true, "browser activated": true, "browser clear": true,
		"browser suspend": false, "browser kill": false, "browser kill-handling C": false,
		"service register": false, "service update": false, "service skip-waiting": false, "service unregister": false,
		"client open": false, "client close": false,
	}
	for _, k := range Kinds() {
		want, known := owed[k.Syntax()]
		if delete(owed, k.Syntax()); !known || k.Internal() != want {
			t.Errorf("%s: known %t, internal %t", k.Syntax(), known, k.Internal())
		}
	}
	if len(owed) > 0 {
		t.Errorf("no kinds of steps, or given twice: %v", owed)
	}
}

// TestInitial: a service that is installed, and none; a single page is once a stranger and once the service's own.
func TestInitial(t *testing.T) {
	installed := Registration{Status: Live, Active: 1, Latest: 1}
	open := func(origins ...Origin) (pages [MaxPages]Page) {
		for i, o := range origins {
			pages[i] = Page{Origin: o, Open: true}
		}
		return pages
	}
	for _, c := range []struct {
		pages int
		want  []World
	}{
		{1, []World{
			{Pages: open(ForeignA), Registration: installed, Faults: 2, Kills: 1}, {Pages: open(ForeignA), Faults: 2, Kills: 1},
			{Pages: open(Own), Registration: installed, Faults: 2, Kills: 1}, {Pages: open(Own), Faults: 2, Kills: 1},
		}},
		{2, []World{
			{Pages: open(ForeignA, Own), Registration: installed, Faults: 2, Kills: 1}, {Pages: open(ForeignA, Own), Faults: 2, Kills: 1},
		}},
		{4, []World{
			{Pages: open(ForeignA, Own, ForeignB, ForeignA), Registration: installed, Faults: 2, Kills: 1},
			{Pages: open(ForeignA, Own, ForeignB, ForeignA), Faults: 2, Kills: 1},
		}},
	} {
		m := mustNew(t, Bounds{Pages: c.pages, Connections: 1, Versions: 1, Faults: 2, Kills: 1})
		if got := m.Initial(); !slices.Equal(got, c.want) {
			t.Errorf("%d pages\ngot  %v\nwant %v", c.pages, got, c.want)
		}
	}
}
