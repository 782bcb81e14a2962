package lab

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Random returns the scenario of a seed: what pages, the worker, the browser and the service do in some order, with everybody at
// rest in between, or not.
func Random(seed uint64) Scenario {
	r := rand.New(rand.NewPCG(seed, 0))
	script := []string{"p1 connect c1", "quiesce"}
	open, updated := []int{1}, false
	for range 3 + r.IntN(5) {
		c := open[r.IntN(len(open))]
		switch n := r.IntN(10); {
		case n < 3:
			script = append(script, fmt.Sprintf("p%d ask c%d", c, c))
		case n < 5:
			script = append(script, fmt.Sprintf("p%d post c%d", c, c))
		case n < 6:
			script = append(script, "quiesce", fmt.Sprintf("worker post c%d", c))
		case n < 8:
			script = append(script, "quiesce", "browser stop", "quiesce")
		case n == 8 && !updated:
			updated = true
			script = append(script, "quiesce", "service update", "quiesce")
		case n == 9 && len(open) == 1:
			open = append(open, 2)
			script = append(script, "quiesce", "p2 connect c2", "quiesce")
		}
	}
	if r.IntN(3) == 0 {
		script = append(script, "quiesce", "p1 close c1")
	}
	script = append(script, "quiesce")
	s := Scenario{Name: fmt.Sprintf("random-%d", seed), About: "What happens is chosen at random.", Plan: true}
	return mustParse(s, strings.Join(script, "\n"))
}
