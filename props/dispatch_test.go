package props

import (
	"math/rand/v2"
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// instance is one of a version: a version that is activated runs without a step of its own.
type instance struct {
	starts  int // how many there were before it
	version model.Version
}

// TestOneDispatchToAnInstance: no instance gets two connect events for one connection, whatever the answers are: an event is
// dispatched again only after its instance is gone, or to a version that took over. The rules of a script need not say what it
// does with a second one.
func TestOneDispatchToAnInstance(t *testing.T) {
	m, _ := mustModel(t, model.Bounds{Pages: 2, Connections: 2, Versions: 3, Messages: 1, Faults: 3, Kills: 3})
	a := family.NewAlgebra(model.Space)
	again := 0
	repeating := a.Cube(parse(t, "suspend=reaccept, update=reaccept, interrupt=retry, interrupt-again=retry"))
	designs := append(sample(a, family.All, 2000, 3), sample(a, repeating, 4000, 3)...)
	for n, design := range designs {
		r := rand.New(rand.NewPCG(uint64(n), 7))
		ask := under(design)
		asked := func(q model.Question) model.Answer { return q.Answer(ask(int(q))) }
		w := m.Initial()[0]
		starts, last := 1, [model.MaxConnections]instance{}
		for range 300 {
			steps := m.Steps(&w, nil)
			if len(steps) == 0 {
				break
			}
			s := steps[r.IntN(len(steps))]
			if (s.Kind == model.PageLeaves || s.Kind == model.UnregisterWorker) && r.IntN(20) > 0 {
				continue // there would be little left to ask about
			}
			next := w
			events, ok := m.Take(&next, s, asked, nil)
			if !ok {
				continue
			}
			w = next
			for _, e := range events {
				switch e.Kind {
				case model.WorkerStarts:
					starts++
				case model.Dispatched:
					c := e.Connection - 1
					now := instance{starts, e.Version}
					if last[c] == now {
						t.Fatalf("%s: an instance gets a second connect event for connection %d", model.Space.Format(design), e.Connection)
					}
					if last[c].starts != 0 {
						again++
					}
					last[c] = now
				}
			}
		}
	}
	if again < 100 {
		t.Errorf("only %d connect events were dispatched again", again)
	}
}
