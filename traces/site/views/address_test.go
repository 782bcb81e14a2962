package views

import (
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
