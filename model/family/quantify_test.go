package family_test

import (
	"math/rand/v2"
	"testing"

	"cosw/model/family"
)

func TestQuantifiersAgreeWithLists(t *testing.T) {
	eachRandom(t, func(t *testing.T, l listed, a *family.Algebra, r *rand.Rand, p float64) {
		m := l.random(r, p)
		x := l.build(a, m)
		some, every := map[family.Cube]bool{}, map[family.Cube]bool{} // by design, whatever is assumed
		for _, d := range l.designs {
			design := l.space.Answered(d)
			some[design] = some[design] || m[d]
			if _, seen := every[design]; !seen {
				every[design] = true
			}
			every[design] = every[design] && m[d]
		}
		same(t, l, a, "in some environment", a.InSome(x), l.where(func(d family.Cube) bool { return some[l.space.Answered(d)] }))
		same(t, l, a, "in every environment", a.InEvery(x), l.where(func(d family.Cube) bool { return every[l.space.Answered(d)] }))
		count := uint64(0)
		for _, in := range some {
			if in {
				count++
			}
		}
		if a.Count(x) != count {
			t.Errorf("%d designs in %v, want %d", a.Count(x), l.order(m), count)
		}
	})
}

func TestAnsweredAndAssumed(t *testing.T) {
	s := space(t, "p: 0 1", "q: 0 1 2", "if r: 0 1")
	c := parse(t, s, "q=1|2 if r=0")
	tests := []struct {
		why  string
		got  family.Cube
		want string
	}{
		{"assumptions are left out", s.Answered(c), "q=1|2"},
		{"answers are left out", s.Assumed(c), "any design if r=0"},
		{"both together are the whole", s.Answered(c).And(s.Assumed(c)), "q=1|2 if r=0"},
	}
	for _, tt := range tests {
		if got := s.Format(tt.got); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.why, got, tt.want)
		}
	}
	if s.Size() != 6 || s.Count(c) != 4 || s.Count(s.Literal(2)) != 0 {
		t.Errorf("%d designs, %d of them in %s, %d without an environment; want 6, 4, 0",
			s.Size(), s.Count(c), s.Format(c), s.Count(s.Literal(2)))
	}
}
