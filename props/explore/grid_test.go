package explore

import "testing"

// grid is a system as large as one wants, with results that are products of those of its four dials. A dial with that
// many positions is turned by none, one or two at a time: the answer to its question, in a step of its own.
type grid struct{ side uint8 }

type dials [4]uint8

var gridQuestions = []string{"d0=none|one|two", "d1=none|one|two", "d2=none|one|two", "d3=none|one|two"}

func newGrid(side uint8) func() System[dials, dials] {
	return func() System[dials, dials] { return grid{side} }
}

func (g grid) Initial() []dials     { return []dials{{}} }
func (g grid) Pack(w *dials) dials  { return *w }
func (g grid) Unpack(k dials) dials { return k }
func (g grid) Hash(k dials) uint64 {
	return mix(uint64(k[0]) | uint64(k[1])<<8 | uint64(k[2])<<16 | uint64(k[3])<<24)
}
func (g grid) Kind(s Step) int                  { return int(s) }
func (g grid) Internal(Step) bool               { return true }
func (g grid) JudgeQuiescent(*dials, Ask) Marks { return marks(5) }

func (g grid) Steps(_ *dials, buf []Step) []Step { return append(buf, 0, 1, 2, 3) }

func (g grid) Take(w *dials, s Step, ask Ask) (Marks, bool) {
	stride := uint8(ask(int(s)))
	if stride == 0 {
		return 0, false
	}
	w[s] = (w[s] + stride) % g.side
	return 0, true
}

// Judge marks with bit i what has dial i in the last position, and with bit 4 what has all of them there.
func (g grid) Judge(w *dials, _ Ask) Marks {
	var m Marks
	all := true
	for i, position := range w {
		if position == g.side-1 {
			m |= marks(i)
		} else {
			all = false
		}
	}
	if all {
		m |= marks(4)
	}
	return m
}

// On a dial with an even number of positions, a stride of one reaches all of them and the last one in side-1 steps, a
// stride of two every other and not the last, a stride of none the first alone. The rest is multiplication.
func TestGrid(t *testing.T) {
	const side = 6
	a := algebra(t, gridQuestions...)
	r := complete(t, newGrid(side), Options{Algebra: a, Scope: a.Space().Full()})
	perDial := uint64(1 + side + side/2) // positions over all answers
	if r.Worlds != side*side*side*side || r.Pairs != perDial*perDial*perDial*perDial || r.Depth != 4*(side-1) {
		t.Errorf("got %d worlds, %d pairs, depth %d", r.Worlds, r.Pairs, r.Depth)
	}
	for bit, want := range []string{
		"d0=one", "d1=one", "d2=one", "d3=one",
		"d0=one, d1=one, d2=one, d3=one",     // all dials in the last position
		"d0=none, d1=none, d2=none, d3=none", // at rest
	} {
		if got := formula(a, r.Marked(bit)); got != want {
			t.Errorf("mark %d: got %s, want %s", bit, got, want)
		}
	}
	for bit, want := range []int{side - 1, side - 1, side - 1, side - 1, 4 * (side - 1), 0} {
		if trace, _, _ := r.Shortest(bit, r.Scope); len(trace.Steps) != want {
			t.Errorf("mark %d: got %d steps, want %d", bit, len(trace.Steps), want)
		}
	}
	if l := r.Livelock(t.Context()); formula(a, l.Set) != formula(a, a.Complement(r.Marked(5))) {
		t.Errorf("livelock: got %s; whoever has a dial that turns can turn it forever", formula(a, l.Set))
	}
}
