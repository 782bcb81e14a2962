package views

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// wrong are addresses that are no states and, without a page, data that is not of a site.
var wrong = []struct{ why, page, given, want string }{
	{"no data", "", "", "cannot be read"},
	{"no report", "", "{}", "no report"},
	{"another model", "", `{"report":{"verdicts":[{"property":"none"}],"sets":{"sets":[0]}}}`, "another model"},
	{"another version", WhatIf, "v2;show=settles", `version "v2"`},
	{"no version", WhatIf, "give-up=settles", "no version"},
	{"a field of another page", WhatIf, "v1;steps=p1+connect+c1", "unknown part of a state"},
	{"a field twice", WhatIf, "v1;show=settles;show=settles", "twice"},
	{"a field without a value", WhatIf, "v1;show", `no "="`},
	{"no property", WhatIf, "v1;give-up=setles", "did you mean settles?"},
	{"no answer", WhatIf, "v1;set=suspend=wait", "unknown answer to suspend"},
	{"an assumption as an answer", WhatIf, "v1;set=scripts=answer", "scripts is chosen as if it were a question"},
	{"an answer as an assumption", WhatIf, "v1;assume=suspend=wake", "suspend is chosen as if it were an assumption"},
	{"answers that exclude each other", WhatIf, "v1;set=suspend=wake,suspend=sever", "contradiction"},
	{"nothing to show", WhatIf, "v1;show=suspend=nap", "unknown property"},
	{"a broken escape", WhatIf, "v1;show=%zz", "invalid URL escape"},
	{"too long", WhatIf, "v1;give-up=" + strings.Repeat("a", longestPart), "too long"},
	{"no part", Step, "v1;part=nowhere", "unknown part"},
	{"no bounds", Step, "v1;bounds=pages=99", "out of range"},
	{"no start", Step, "v1;start=nowhere", "unknown start"},
	{"no step", Step, "v1;steps=p1+fly", "fly"},
	{"a step that cannot be taken", Step, "v1;steps=p1+connect+c1,worker+post+c1", "step 2, worker post c1, cannot be taken"},
	{"a step that needs an answer", Step, "v1;steps=p1+connect+c1,browser+start,browser+dispatch+c1,worker+accept+c1,browser+suspend,p1+post+c1", "depends on"},
	{"too far", Step, "v1;steps=p1+connect+c1;at=2", "fewer steps"},
	{"too many", Step, "v1;steps=" + strings.Repeat("p1+connect+c1,", 300), "301 steps"},
	{"no page", "elsewhere", "v1", "no page"},
}

// TestWrong: what is no state of a page, or no data of a site, is refused in words that name what is wrong.
func TestWrong(t *testing.T) {
	for _, row := range wrong {
		says, view := "", View{}
		if row.page != "" {
			view = loaded().Show(row.page, row.given)
			says = view.Wrong
		} else if _, err := Load([]byte(row.given)); err != nil {
			says = err.Error()
		}
		if !strings.Contains(strings.ToLower(says), strings.ToLower(row.want)) || view.Parts != nil {
			t.Errorf("%s: %q, want %q and nothing else", row.why, says, row.want)
		}
	}
}

// FuzzShow: no address makes a page fail: each is either shown or refused.
func FuzzShow(f *testing.F) {
	for _, seed := range []string{"", "v1", "v1;show=settles", "v1;set=suspend=wake%7Csever;assume=scripts=answer", "v1;steps=p1+connect+c1;try=browser+start", "v1;part=matching;at=0", "v1;trace=<b>"} {
		f.Add(seed)
	}
	for _, row := range wrong {
		f.Add(row.given)
	}
	f.Fuzz(func(t *testing.T, state string) {
		for _, page := range []string{WhatIf, Step} {
			view := loaded().Show(page, state)
			if (view.Wrong == "") == (view.Parts == nil) {
				t.Errorf("%s#%q is neither shown nor refused, or both", page, state)
			}
		}
	})
}

// TestEscaped: what is not the package's own is text.
func TestEscaped(t *testing.T) {
	hostile := `<img src=x onerror="alert(1)">&'`
	for _, m := range []markup{text(hostile), code(hostile), element("p", attributes{"title", hostile}), link("a", "b", fragment(hostile), text("x")),
		toggle("a", "b", hostile, true, "v1")} {
		if strings.Contains(string(m), "<img") || strings.Contains(string(m), `onerror="`) {
			t.Errorf("%s", m)
		}
	}
}

// TestWhatIfAddress: a state is what its address says, and every control of the page leads to a state that is one, and another
// one but where what is assumed is chosen again.
func TestWhatIfAddress(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		s := randomState(random)
		s.show = []string{"", "tells-page", "suspend=wake"}[random.IntN(3)]
		read, err := whatIfStateOf(s.fragment())
		if err != nil || read.fragment() != s.fragment() || read.scope != s.scope || !slices.Equal(read.givenUp, s.givenUp) || read.show != s.show {
			t.Fatalf("%s is read as %s (%v)", s.fragment(), read.fragment(), err)
		}
	}
	for _, state := range []string{"", "v1;give-up=tells-page;set=suspend=wake%7Csever;assume=lists=never;show=suspend=wake"} {
		view := loaded().Show(WhatIf, state)
		n := 0
		for part, markup := range view.Parts {
			for _, link := range parse(t, markup).links {
				n++
				to := After(state, link)
				if _, err := whatIfStateOf(fragment(to)); err != nil || strings.HasPrefix(to, "+") {
					t.Errorf("%s: the link %s of %s leads to %s: %v", state, link, part, to, err)
				}
			}
		}
		if n < 150 {
			t.Errorf("%s: only %d links", state, n)
		}
	}
}

// TestAfter: what each change makes of a state, and that one that cannot be made is told.
func TestAfter(t *testing.T) {
	const state = "v1;give-up=unlinkable;set=suspend=wake,update=pin;show=settles"
	for _, row := range []struct{ why, change, want string }{
		{"give a property up", "+give-up=settles", "v1;give-up=settles,unlinkable;set=suspend=wake,update=pin;show=settles"},
		{"once more", "+give-up=unlinkable", state},
		{"require it again", "+require=unlinkable", "v1;set=suspend=wake,update=pin;show=settles"},
		{"once more", "+require=settles", state},
		{"choose an answer", "+choose=close=none", "v1;give-up=unlinkable;set=suspend=wake,update=pin,close=none;show=settles"},
		{"another one", "+choose=suspend=sever", "v1;give-up=unlinkable;set=suspend=sever,update=pin;show=settles"},
		{"assume something", "+choose=scripts=answer", "v1;give-up=unlinkable;set=suspend=wake,update=pin;assume=scripts=answer;show=settles"},
		{"choose none", "+any=suspend", "v1;give-up=unlinkable;set=update=pin;show=settles"},
		{"rule an answer out", "+rule-out=partition=by-site", "v1;give-up=unlinkable;set=suspend=wake,update=pin,partition="},
		{"allow one", "+allow=suspend=sever", "v1;give-up=unlinkable;set=suspend=sever%7Cwake,update=pin;show=settles"},
		{"look at an answer", "+show=suspend=sever", "v1;give-up=unlinkable;set=suspend=wake,update=pin;show=suspend=sever"},
		{"at a property", "+show=opt-in", "v1;give-up=unlinkable;set=suspend=wake,update=pin;show=opt-in"},
		{"at nothing", "+show=", "v1;give-up=unlinkable;set=suspend=wake,update=pin"},
		{"take everything back", "+undo=all", "v1;show=settles"},
		{"no change, but a state", "v1", "v1"},
		{"no such change", "+keep=settles", "unknown change"},
		{"no property", "+give-up=setles", "did you mean settles?"},
		{"no question", "+any=suspense", "no question suspense"},
		{"no question with answers", "+choose=suspense=wake", "no question suspense"},
		{"no answer", "+rule-out=suspend=nap", "no answer nap"},
		{"the last answer", "+rule-out=suspend=wake", "last answer to suspend"},
		{"nothing to look at", "+show=nothing", "unknown property"},
		{"a broken escape", "+show=%zz", "invalid URL escape"},
	} {
		got := After(state, row.change)
		if strings.HasPrefix(got, "+") {
			s, err := whatIfStateOf(state)
			if err != nil {
				t.Fatal(err)
			}
			_, err = s.after(fragment(got))
			got = fmt.Sprint(err)
		}
		if !strings.Contains(got, row.want) {
			t.Errorf("%s: %s makes %s, want %s", row.why, row.change, got, row.want)
		}
	}
	if got := After("", "+show="); got != "v1" {
		t.Errorf("the example is closed by %s", got)
	}
}
