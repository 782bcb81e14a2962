package lab

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"cosw/traces/lab/browser"
)

// Random returns the scenario of a seed for an engine: what pages, the worker, the browser and the service do in some order, with
// everybody at rest in between, or not. Engines that cannot be made to stop a worker go on without.
func Random(seed uint64, e *browser.Engine) Scenario {
	r := rand.New(rand.NewPCG(seed, 0))
	script := []string{"p1 connect c1", "quiesce"}
	add := func(lines ...string) { script = append(script, lines...) }
	open, updated := []int{1}, false
	for range 3 + r.IntN(5) {
		c := open[r.IntN(len(open))]
		switch n := r.IntN(10); {
		case n < 3:
			add(fmt.Sprintf("p%d ask c%d", c, c))
		case n < 5:
			add(fmt.Sprintf("p%d post c%d", c, c))
		case n < 6:
			add("quiesce", fmt.Sprintf("worker post c%d", c))
		case n < 8 && e.Cannot[browser.Stop] == "":
			add("quiesce", "browser stop", "quiesce")
		case n == 8 && !updated:
			updated = true
			add("quiesce", "service update", "quiesce")
		case n == 9 && len(open) == 1:
			open = append(open, 2)
			add("quiesce", "p2 connect c2", "quiesce")
		}
	}
	last := open[r.IntN(len(open))]
	switch r.IntN(6) {
	case 0:
		add("quiesce", fmt.Sprintf("p%d close c%d", last, last))
	case 1:
		add("quiesce", fmt.Sprintf("worker close c%d", last))
	case 2:
		add("quiesce", fmt.Sprintf("p%d leave", last))
	case 3:
		add("quiesce", "service unregister")
	}
	add("quiesce")
	s := Scenario{Name: fmt.Sprintf("random-%d", seed), About: "What happens is chosen at random.", Plan: true}
	return mustParse(s, strings.Join(script, "\n"))
}
