package props

import (
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// TestPhrases: what is said of concessions and conflicts, in signs and in words.
func TestPhrases(t *testing.T) {
	full, live := model.Space.Full(), parse(t, "any design if scripts=answer")
	for _, test := range []struct {
		why    string
		x      Exclusion
		joints Joints
		want   string
	}{
		{"nothing helps", Exclusion{}, Words, "stays excluded whichever two concessions are made"},
		{"signs", Exclusion{GivesWay: []Concession{{GiveUp: []string{"a", "b"}, With: []string{"c"}, Assume: full}, {Assume: live}}}, Signs,
			"gives way without a + b (and c) | if scripts=answer"},
		{"words", Exclusion{GivesWay: []Concession{{GiveUp: []string{"a", "b"}, Assume: live}, {GiveUp: []string{"c"}, Assume: full}}}, Words,
			"gives way without a and b if scripts=answer, or without c"},
		{"best designs have it", Exclusion{Best: true, GivesWay: []Concession{{GiveUp: []string{"a"}, Assume: full}}}, Signs, "free without a"},
	} {
		if got := test.x.Ways(test.joints).String(); got != test.want {
			t.Errorf("%s: %q, want %q", test.why, got, test.want)
		}
	}
	r := &Report{}
	for _, id := range []string{"a", "b", "c"} {
		r.Verdicts = append(r.Verdicts, Verdict{Property: Property{ID: id, Broken: "it breaks " + id}})
	}
	for _, test := range []struct {
		conflict Conflict
		want     string
	}{
		{Conflict{Properties: []string{"a"}}, "No design has a, whatever is assumed."},
		{Conflict{Properties: []string{"a", "b"}, Unless: []family.Cube{live}},
			"Either it breaks a (a), or it breaks b (b): no design has both, unless scripts=answer."},
		{Conflict{Properties: []string{"a", "b", "c"}},
			"Either it breaks a (a), or it breaks b (b), or it breaks c (c): no design has all of them, whatever is assumed."},
	} {
		if got := r.Sentence(test.conflict).String(); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
	if got, want := OnlyIfSentence("a", live).String(), "No design has a unless scripts=answer: it counts as it stands then."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
