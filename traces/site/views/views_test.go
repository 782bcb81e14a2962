package views

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
)

// report is a check of the whole family, and loaded the program of a site about it. They are for tests that do not run in
// parallel.
var report = sync.OnceValue(func() *props.Report {
	r, err := props.Check(context.Background(), props.Options{Bounds: model.DefaultBounds, Scope: model.Space.Full()})
	if err != nil {
		panic(err)
	}
	return r
})

var loaded = sync.OnceValue(func() *Program {
	saved, err := report().Save()
	if err != nil {
		panic(err)
	}
	data, err := json.Marshal(Data{Report: saved})
	if err != nil {
		panic(err)
	}
	p, err := Load(data)
	if err != nil {
		panic(err)
	}
	return p
})

// notRaced skips a test under the race detector, which has nothing to find here and takes minutes for it.
func notRaced(t *testing.T) {
	t.Helper()
	if raceEnabled {
		t.Skip("nothing here runs in parallel")
	}
}

// randomState draws a state of the page What if: few properties are given up, as people do.
func randomState(random *rand.Rand) whatIfState {
	s := whatIfState{scope: model.Space.Full()}
	for _, id := range props.IDs() {
		if random.IntN(12) == 0 {
			s.givenUp = append(s.givenUp, id)
		}
	}
	for q := range model.Space.Len() {
		if random.IntN(8) == 0 {
			n := len(model.Space.Question(q).Answers)
			s.scope = s.scope.And(model.Space.Literal(q, random.Perm(n)[:1+random.IntN(n-1)]...))
		}
	}
	return s
}

// TestRest: what a program does while nobody waits comes to an end, and changes no answer.
func TestRest(t *testing.T) {
	notRaced(t)
	random := rand.New(rand.NewPCG(3, 5))
	for range 3 {
		state := string(randomState(random).fragment())
		before := loaded().Show(WhatIf, state)
		for n := 0; loaded().Rest(); n++ {
			if n > len(trials) {
				t.Fatal("there is always more to do")
			}
		}
		if after := loaded().Show(WhatIf, state); !reflect.DeepEqual(before, after) {
			t.Errorf("%s: another answer after a rest", state)
		}
	}
}

// TestAhead: a view that is made ahead is the one that is shown, and makes no difference to others.
func TestAhead(t *testing.T) {
	notRaced(t)
	for _, row := range []struct{ page, next, shown string }{
		{WhatIf, "v1;give-up=fresh-acceptance", "v1;give-up=fresh-acceptance"},
		{WhatIf, "v1;give-up=fresh-acceptance", "v1;set=suspend=wake"},
		{Step, "v1;steps=p1+connect+c1", "v1;steps=p1+connect+c1"},
		{WhatIf, "v2", "v2"},
	} {
		want := loaded().Show(row.page, row.shown)
		loaded().Ahead(row.page, row.next)
		if got := loaded().Show(row.page, row.shown); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: another view of %s when %s is asked for ahead", row.page, row.shown, row.next)
		}
	}
}

// TestWhatIf: what the page says in 200 states is what the report says for the same answers, assumptions and properties, as
// cosw check makes it.
func TestWhatIf(t *testing.T) {
	notRaced(t)
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		s := randomState(random)
		r := report().Within(s.scope).GivingUp(s.givenUp)
		if n < 4 { // the rest is left to TestWithin of package props, as a search takes its time
			searched, err := props.Check(t.Context(), props.Options{Bounds: model.DefaultBounds, Scope: s.scope})
			if err != nil {
				t.Fatal(err)
			}
			r = searched.GivingUp(s.givenUp)
		}
		view := loaded().Show(WhatIf, string(s.fragment()))
		if view.Wrong != "" {
			t.Fatalf("%s: %s", s.fragment(), view.Wrong)
		}
		compare(t, &s, r, view)
	}
}

// compare compares a view with what a report says.
func compare(t *testing.T, s *whatIfState, r *props.Report, view View) {
	t.Helper()
	wrong := func(what string, got, want any) {
		t.Errorf("%s\n%s: the page says %v, and the report %v", s.command(), what, got, want)
	}
	questions, properties := parse(t, partsOf(view, placeQuestion)), parse(t, partsOf(view, placeProperty))
	for _, standing := range r.Stand() {
		q := standing.Question
		for _, a := range q.Answers() {
			want := "answer out"
			for _, x := range standing.Excluded {
				if x.Answer == a && x.Best {
					want = "answer cost"
				} else if x.Answer == a {
					want = "answer not"
				}
			}
			if slices.Contains(standing.Free, a) {
				want = "answer free"
			}
			if card := questions.byID["why-"+name(q, a)]; card == nil || attribute(card.Parent, "class") != want {
				wrong(name(q, a), attribute(card.Parent, "class"), want)
			}
		}
		if says := wordsOf(questions.byID["q-"+q.ID()].Parent); !strings.Contains(says, standing.Firmness.String()+": ") {
			wrong(q.ID(), says, standing.Firmness)
		}
	}
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		id := v.Property.ID
		if on := attribute(properties.byID["keep-"+id], "aria-checked"); on != fmt.Sprint(v.Required) {
			wrong(id+" is required", on, v.Required)
		}
		if says := wordsOf(properties.byID["why-"+id]); !strings.Contains(says, "broken by "+share(r, v.Designs)) {
			wrong(id, says, share(r, v.Designs))
		}
	}
	if !strings.Contains(view.Said, designsLeft(r)) {
		wrong("designs", view.Said, designsLeft(r))
	}
}

// partsOf returns the parts of a view whose places begin so.
func partsOf(view View, place string) string {
	var b strings.Builder
	for id, markup := range sorted(view.Parts) {
		if strings.HasPrefix(id, place) {
			b.WriteString(markup)
		}
	}
	return b.String()
}

// parsed is markup with its elements by id.
type parsed struct {
	root  *html.Node
	byID  map[string]*html.Node
	links []string
}

func parse(t *testing.T, markup string) parsed {
	t.Helper()
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	p := parsed{root: root, byID: map[string]*html.Node{}}
	for n := range root.Descendants() {
		if id := attribute(n, "id"); id != "" {
			p.byID[id] = n
		}
		if n.Data == "a" && strings.HasPrefix(attribute(n, "href"), "#") {
			p.links = append(p.links, attribute(n, "href")[1:])
		}
	}
	return p
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// wordsOf returns the text of an element.
func wordsOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// TestDetails: whatever one asks to look at, in whatever state, the page shows how it goes wrong and how the same goes well, or
// says that it does not go wrong. A property says what it frees to give it up, too.
func TestDetails(t *testing.T) {
	notRaced(t)
	for _, scope := range []string{"", "set=suspend=wake;assume=scripts=answer;", "give-up=fresh-acceptance,unlinkable,frees-worker;"} {
		for _, q := range model.Questions() {
			for _, a := range q.Answers() {
				detail(t, "v1;"+scope+"show="+escape(name(q, a)), neverWorse)
			}
		}
		for _, id := range props.IDs() {
			says := detail(t, "v1;"+scope+"show="+id, "Broken by no design.")
			if !strings.Contains(says, "To give it up frees") && !strings.Contains(says, "It falls with what you gave up") {
				t.Errorf("%s: %s does not say what it frees to give it up", scope, id)
			}
		}
	}
}

// onlyWrong are properties that go wrong in the scope, and well in no design of it that differs in one answer.
func onlyWrong(t *testing.T, state string) bool {
	t.Helper()
	s, err := whatIfStateOf(fragment(state))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, answer := s.shownAnswer(); answer {
		return false
	}
	r := report().Within(s.scope)
	_, found := pairOf(r, s.show)
	return !found
}

func detail(t *testing.T, state, otherwise string) string {
	t.Helper()
	view := loaded().Show(WhatIf, state)
	if view.Wrong != "" {
		t.Fatalf("%s: %s", state, view.Wrong)
	}
	says := view.Parts[placeDetail]
	want := 2
	switch {
	case strings.Contains(says, otherwise):
		want = 0
	case onlyWrong(t, state):
		t.Logf("%s: no design that differs in one answer keeps it", state)
		want = 1
	}
	if got := strings.Count(says, "<svg"); got != want {
		t.Errorf("%s shows %d diagrams, want %d: %.300s", state, got, want, says)
	}
	parse(t, says)
	return says
}

// TestWhere: the terms beside a property have designs that break it and none that keep it, whatever was chosen, and together
// they are all that break it. What is assumed stands apart from the answers.
func TestWhere(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	most := 0
	for range 30 {
		s := randomState(random)
		view := loaded().Show(WhatIf, string(s.fragment()))
		r := report().Within(s.scope)
		page := parse(t, partsOf(view, placeProperty))
		for i := range r.Verdicts {
			v := &r.Verdicts[i]
			_, says, found := strings.Cut(wordsOf(page.byID["why-"+v.Property.ID]), " of designs")
			says, _, _ = strings.Cut(says, "; it falls")
			_, says, formula := strings.Cut(says, ": ")
			if found && formula != (v.Designs > 0 && v.Designs < r.Algebra.Count(r.Scope)) {
				t.Errorf("%s: %s is broken by %d designs, and the page says %q", s.command(), v.Property.ID, v.Designs, says)
			}
			if !formula {
				continue
			}
			says, cut := strings.CutSuffix(says, " …")
			all := family.None
			for term := range strings.SplitSeq(says, ", or ") {
				answers, assumed, some := strings.Cut(term, " if ")
				if answers != "any design" {
					answers = strings.Join(strings.Fields(answers), ",")
				}
				if some {
					answers += " if " + strings.Join(strings.Fields(assumed), ",")
				}
				c, err := model.Space.Parse(answers)
				if err != nil {
					t.Fatal(err)
				}
				set := r.Algebra.Restrict(r.Scope, c)
				if set == family.None || r.Algebra.Minus(set, v.Violating) != family.None {
					t.Errorf("%s: %s is not broken where %q", s.command(), v.Property.ID, term)
				}
				all = r.Algebra.Union(all, set)
			}
			if (all != v.Violating) != cut {
				t.Errorf("%s: %s is broken where %q; more: %v", s.command(), v.Property.ID, says, cut)
			}
			most++
		}
	}
	if most < 300 {
		t.Errorf("only %d formulas", most)
	}
}

// TestFreed: what the details of a property say it frees is what is free without it and is not with it.
func TestFreed(t *testing.T) {
	for _, row := range []struct{ state, want string }{
		{"v1;show=fresh-acceptance", "To give it up frees interrupt-again=hang, interrupt-again=reject, update=transfer."},
		{"v1;give-up=fresh-acceptance;show=fresh-acceptance", "To give it up frees interrupt-again=hang, interrupt-again=reject, update=transfer."},
		{"v1;set=update=reaccept;show=fresh-acceptance", "To give it up frees no answer."},
		{"v1;set=no-answer=reject;show=opt-in", "To give it up frees no answer."},
		{"v1;give-up=frees-worker,fresh-acceptance;show=update=transfer", "What goes wrong with it is what you gave up: fresh-acceptance."},
	} {
		if got := wordsOf(parse(t, loaded().Show(WhatIf, row.state).Parts[placeDetail]).root); !strings.Contains(got, row.want) {
			t.Errorf("%s: %.400s, want %q", row.state, got, row.want)
		}
	}
}

// TestCorpus: every trace of the corpus can be stepped to its verdict.
func TestCorpus(t *testing.T) {
	notRaced(t)
	names, err := fs.Glob(traces.Corpus(), "*.trace")
	if err != nil || len(names) < 200 {
		t.Fatalf("%d traces (%v)", len(names), err)
	}
	for _, file := range names {
		text, err := fs.ReadFile(traces.Corpus(), file)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := Open(file, string(text))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		view := loaded().Show(Step, kept.State)
		trace, err := traces.Read(strings.NewReader(string(text)), file)
		if err != nil {
			t.Fatal(err)
		}
		says := view.Said[strings.LastIndex(view.Said, ". ")+2:]
		switch {
		case view.Wrong != "":
			t.Errorf("%s: %s", file, view.Wrong)
		case !trace.Verdict.Broken && trace.Verdict.Properties == nil && says != "Nothing is broken here.":
			t.Errorf("%s keeps everything, and the page says %q", file, says)
		}
		for _, id := range trace.Verdict.Properties {
			if named := slices.Contains(strings.FieldsFunc(says, func(r rune) bool { return strings.ContainsRune(" ,.:;", r) }), id); named != trace.Verdict.Broken {
				t.Errorf("%s: that %s is broken is %v, and the page says %q", file, id, trace.Verdict.Broken, says)
			}
		}
	}
}

// TestDrawing: what is orphaned and what is leaked is marked by words in the drawing and not by colour alone, and everything that
// has a reference is drawn once.
func TestDrawing(t *testing.T) {
	view := loaded().Show(Step, "v1;design=worker-notice=none,close=close,unregister=sever,suspend=wake,worker-list=list;"+
		"steps=p1+connect+c1,browser+start,browser+dispatch+c1,worker+accept+c1,p1+post+c1,p1+leave")
	if view.Wrong != "" {
		t.Fatal(view.Wrong)
	}
	drawn := map[string]string{}
	for n := range parse(t, view.Parts[placeGraph]).root.Descendants() {
		if n.Data != "g" {
			continue
		}
		words := strings.Join(strings.Fields(wordsOf(n)), " ")
		if drawn[words] != "" {
			t.Errorf("%s is drawn twice", words)
		}
		drawn[words] = attribute(n, "class")
	}
	for _, want := range []struct{ words, class string }{
		{"worker's end of connection 1ORPHANED, LEAKED", "thing orphaned leaked"}, {"connection 1LEAKED", "thing leaked"}, {"registrationlive", "thing"},
	} {
		if drawn[want.words] != want.class {
			t.Errorf("%q has the class %q, want %q: %v", want.words, drawn[want.words], want.class, drawn)
		}
	}
}

// TestStepping walks at random through each part: every control leads to a state that can be shown, a step that depends on an
// answer is shown for all designs, each once, and what is offered as a file is a trace that opens in the same state.
func TestStepping(t *testing.T) {
	for _, part := range props.Parts() {
		random := rand.New(rand.NewPCG(5, 6))
		state := string(fragmentOf(field{"part", part.String()}))
		for range 12 {
			view := loaded().Show(Step, state)
			if view.Wrong != "" {
				t.Fatalf("%s: %s", state, view.Wrong)
			}
			var next []string
			for _, place := range []string{placeChoices, placeSplit, placeMoves, placeStart} {
				for _, link := range parse(t, view.Parts[place]).links {
					if _, err := stepStateFrom(fragment(link)); err != nil {
						t.Errorf("%s: a link of %s leads to %s: %v", state, place, link, err)
					}
					if place == placeChoices || place == placeSplit {
						next = append(next, link)
					}
				}
			}
			covers(t, state)
			file := wordsOf(parse(t, view.Parts[placeFile]).byID["trace-text"])
			if kept, err := Open("history.trace", file); err != nil {
				t.Errorf("%s: its file cannot be opened: %v", state, err)
			} else if again := loaded().Show(Step, kept.State); again.Parts[placeLanes] != view.Parts[placeLanes] {
				t.Errorf("%s: its file shows something else", state)
			}
			if next == nil {
				break
			}
			state = next[random.IntN(len(next))]
		}
	}
}

// covers checks that the ways in which a tried step can go do not overlap, and are all that the step can do.
func covers(t *testing.T, state string) {
	t.Helper()
	s, err := stepStateFrom(fragment(state))
	if err != nil || s.try == "" {
		return
	}
	a := family.NewAlgebra(model.Space)
	all := family.None
	for _, c := range s.stage.Next(a, s.now(), s.design) {
		if c.Told.Step != s.try {
			continue
		}
		if a.Intersect(all, c.Designs) != family.None {
			t.Errorf("%s: a design is in two ways", state)
		}
		if a.Cube(a.Hull(c.Designs)) != c.Designs {
			t.Errorf("%s: the designs of a way are no cube, so that its link leads to more", state)
		}
		all = a.Union(all, c.Designs)
	}
	if all == family.None {
		t.Errorf("%s: the step cannot be taken", state)
	}
}
