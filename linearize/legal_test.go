package linearize

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cosw/model/golden"
)

// event is a line of a recording that is made up, with its true time in ms.
type event struct {
	t     float64
	actor string
	rest  string // after the actor
	q     int
}

// story is what truly happens on one connection that behaves as one object: messages arrive in order and in time, and a side
// that lost something is told, or ended the connection itself.
type story struct {
	r      *rand.Rand
	events []event
	now    float64
	posted [2]int
	due    [2]float64 // when the last message of each direction arrives
	ended  bool
}

const storyMargin = 60 // ms within which messages and notices of a story arrive

func (s *story) add(t float64, actor, rest string) {
	s.events = append(s.events, event{t: t, actor: actor, rest: rest})
}

// makeUp makes up a story of a few dozen lines. In one of three, the connection ends.
func makeUp(r *rand.Rand) *story {
	s := &story{r: r, now: 100}
	s.add(1, page, `"op":"connect","conn":1`)
	s.add(10, "browser", `"op":"running","running":"starting","version":"0"`)
	s.add(11, worker, `"op":"boot"`)
	s.add(30, worker, `"op":"accept","conn":1`)
	s.add(50, page, `"op":"resolved","conn":1`)
	ends := 6 + r.IntN(40)
	for i := range 30 {
		s.now += 1 + s.r.Float64()*40
		if i == ends {
			s.end()
			break
		}
		s.post(r.IntN(2))
	}
	s.add(max(s.now, s.due[0], s.due[1])+1000, "browser", `"op":"deploy"`)
	return s
}

// post lets a side post a message, which arrives.
func (s *story) post(side int) {
	actors := [2]string{page, worker}
	s.posted[side]++
	msg := fmt.Sprintf("%c%d", "pw"[side], s.posted[side])
	s.add(s.now, actors[side], fmt.Sprintf(`"op":"post","conn":1,"msg":%q`, msg))
	s.due[side] = max(s.due[side]+0.01, s.now+0.1+s.r.Float64()*storyMargin/2)
	s.add(s.due[side], actors[1-side], fmt.Sprintf(`"op":"receive","conn":1,"msg":%q`, msg))
}

// end ends the connection: a side closes its end or goes away, and the other is told, or learns by a post that throws.
func (s *story) end() {
	side, other := s.r.IntN(2), page
	t := max(s.now, s.due[0], s.due[1]) + 10
	switch {
	case side == 0:
		other = worker
		s.add(t, [2]string{page, "browser"}[s.r.IntN(2)], `"op":"close","conn":1`)
	case s.r.IntN(2) == 0:
		s.add(t, worker, `"op":"close","conn":1`)
	default:
		s.add(t, "browser", `"op":"running","running":"stopped","version":"0"`)
	}
	if last := &s.events[len(s.events)-1]; last.actor == "browser" && side == 0 {
		last.rest = `"op":"gone","page":1`
	}
	s.now = t
	if s.r.IntN(2) == 0 { // something is lost before the other side knows
		s.add(t+1, other, `"op":"post","conn":1,"msg":"late"`)
	}
	if other == page && s.r.IntN(3) == 0 {
		s.add(t+storyMargin/2, page, `"op":"cannot","conn":1,"try":"post"`)
	} else {
		s.add(t+storyMargin/2, other, `"op":"closed","conn":1`)
	}
	s.ended = true
}

// record writes a story down by clocks that differ by up to spread, with the lines of each party counted, without those that
// are lost.
func (s *story) record(spread float64, lost func(e *event, last bool) bool) string {
	clocks, count := map[string]float64{}, map[string]int{}
	events := slices.Clone(s.events)
	slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(a.t, b.t) })
	for i := range events {
		e := &events[i]
		if _, ok := clocks[e.actor]; !ok && e.actor != "browser" {
			clocks[e.actor] = spread * (s.r.Float64() - 0.5)
		}
		count[e.actor]++
		e.t, e.q = e.t+clocks[e.actor]+100, count[e.actor]
	}
	kept := events[:0]
	for i := range events {
		if last := count[events[i].actor] == events[i].q; !lost(&events[i], last) {
			kept = append(kept, events[i])
		}
	}
	slices.SortStableFunc(kept, func(a, b event) int { return cmp.Compare(a.t, b.t) })
	text := runLine
	for _, e := range kept {
		q := ""
		if e.actor != "browser" {
			q = fmt.Sprintf(`"q":%d,`, e.q)
		}
		text += lineAt(fmt.Sprintf("%.3f", e.t), fmt.Sprintf(`%s"actor":%q,%s`, q, e.actor, e.rest))
	}
	return text
}

func nothingLost(*event, bool) bool { return false }

// TestLegalIsNeverViolated: whatever lines of a connection that behaves are lost, and however its clocks differ within their
// error, it is never called violated; with every line, and good clocks, it is linearizable.
func TestLegalIsNeverViolated(t *testing.T) {
	seen := map[Result]int{}
	for i := range golden.Fewer(1000) {
		r := rand.New(rand.NewPCG(11, uint64(i)))
		s := makeUp(r)
		if v, err := judgeText(s.record(0, nothingLost), DefaultOptions); err != nil || v.Result != Linearizable {
			t.Fatalf("story %d: %v\n%s\n%s", i, err, v, s.record(0, nothingLost))
		}
		share := []float64{0, 0.03, 0.1, 0.4}[i%4]
		text := s.record(5, func(e *event, last bool) bool {
			return e.actor != "browser" && !last && r.Float64() < share // nothing tells of a last line that is lost
		})
		v, err := judgeText(text, DefaultOptions)
		if err != nil || v.Result == Violated {
			t.Fatalf("story %d: %v\n%s\n%s", i, err, v, text)
		}
		seen[v.Result]++
	}
	t.Log(seen)
	if n := golden.Fewer(1000) / 10; seen[Linearizable] < n || seen[Unknown] < n {
		t.Errorf("got %v: that shows too little", seen)
	}
}

// TestBreaksAreNeverViolated: the last lines of a party that is torn down are lost, and nobody is blamed.
func TestBreaksAreNeverViolated(t *testing.T) {
	unknown := 0
	for i := range golden.Fewer(600) {
		r := rand.New(rand.NewPCG(12, uint64(i)))
		s := makeUp(r)
		ends := -1.0
		party := ""
		for _, e := range s.events {
			switch {
			case strings.Contains(e.rest, `"stopped"`):
				ends, party = e.t, worker
			case strings.Contains(e.rest, `"gone"`):
				ends, party = e.t, page
			}
		}
		from := ends + 100 - 80*r.Float64()
		text := s.record(2, func(e *event, _ bool) bool { return e.actor == party && e.t > from })
		v, err := judgeText(text, DefaultOptions)
		if err != nil || v.Result == Violated {
			t.Fatalf("story %d: %v\n%s\n%s", i, err, v, text)
		}
		if v.Result == Unknown {
			unknown++
		}
	}
	if unknown < golden.Fewer(600)/50 {
		t.Errorf("only %d lost something that matters", unknown)
	}
}

// teardowns are what may come after the rest of a recording.
var teardowns = map[string]string{
	"the page closes its end":       `"actor":"page/1","op":"close","conn":1`,
	"the page is gone":              `"actor":"browser","op":"gone","page":1`,
	"the page crashes":              `"actor":"browser","op":"crash","page":1`,
	"the worker closes its end":     `"actor":"worker/v1/a","op":"close","conn":1`,
	"the worker is stopped":         `"actor":"browser","op":"running","running":"stopped","version":"0"`,
	"a stop is asked for":           `"actor":"browser","op":"stop","version":"0"`,
	"the worker's process dies":     `"actor":"browser","op":"crash","version":"0"`,
	"the page is frozen":            `"actor":"browser","op":"frozen","page":1`,
	"the page is frozen, and stays": `"actor":"page/1","op":"frozen"`,
}

// TestSettledLossStaysLost: where a recording is violated, so it is with a teardown at its end, whenever that comes.
func TestSettledLossStaysLost(t *testing.T) {
	violated, unknown := 0, 0
	for i := range golden.Fewer(400) {
		r := rand.New(rand.NewPCG(13, uint64(i)))
		s := makeUp(r)
		if s.ended && i%4 > 0 {
			continue
		}
		share := 0.2 * r.Float64()
		for k := range s.events { // planted: messages and notices vanish, and no number tells of it
			e := &s.events[k]
			if strings.Contains(e.rest, `"receive"`) || strings.Contains(e.rest, `"closed"`) {
				if r.Float64() < share {
					e.actor, e.rest = "browser", `"op":"deploy"`
				}
			}
		}
		text := s.record(0, nothingLost)
		if v, err := judgeText(text, DefaultOptions); err != nil || v.Result != Violated {
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		violated++
		end := s.events[len(s.events)-1].t + 100
		for why, rest := range teardowns {
			with := text + lineAt(fmt.Sprintf("%.3f", end+[]float64{0, 3, 50, 5000}[r.IntN(4)]), rest)
			v, err := judgeText(with, DefaultOptions)
			switch {
			case err != nil && !s.ended: // or else who ends has ended before
				t.Fatalf("story %d, %s: %v", i, why, err)
			case err == nil && v.Result == Linearizable:
				t.Fatalf("story %d: %s, and it is %s\n%s\n%s", i, why, v.Result, v, with)
			case err == nil && v.Result == Unknown:
				unknown++
			}
		}
	}
	t.Log(violated, unknown)
	if violated < golden.Fewer(400)/10 {
		t.Errorf("only %d recordings are violated", violated)
	}
}
