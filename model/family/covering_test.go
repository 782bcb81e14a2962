package family

import (
	"math/rand/v2"
	"testing"
)

// cheapest returns the least weight of a choice of columns that covers all rows, by trying all choices.
func cheapest(rows []bitset, weights []int) int {
	best := -1
	for choice := range uint64(1) << len(weights) {
		weight, covers := 0, true
		for j, w := range weights {
			weight += w * int(choice>>j&1)
		}
		for _, row := range rows {
			covers = covers && row[0]&choice != 0
		}
		if covers && (best < 0 || weight < best) {
			best = weight
		}
	}
	return best
}

// randomCovering returns a problem with n columns.
func randomCovering(r *rand.Rand, n, rows int) ([]bitset, []int) {
	problem := make([]bitset, rows)
	for i := range problem {
		problem[i] = newBitset(n)
		for range 2 + r.IntN(3) { // short rows make cyclic cores
			problem[i].add(r.IntN(n))
		}
	}
	weights := make([]int, n)
	for j := range weights {
		weights[j] = 1 + r.IntN(3)
	}
	return problem, weights
}

// weigh returns the weight of a choice of columns, or -1 if it leaves a row uncovered.
func weigh(rows []bitset, weights, columns []int) int {
	weight, chosen := 0, newBitset(len(weights))
	for _, j := range columns {
		weight += weights[j]
		chosen.add(j)
	}
	for _, row := range rows {
		if row.countIn(chosen) == 0 {
			return -1
		}
	}
	return weight
}

func TestCoveringIsCheapest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	for n := range 300 {
		rows, weights := randomCovering(r, 4+n%9, n%25)
		columns, exact := newCovering(rows, weights).solve()
		if got, want := weigh(rows, weights, columns), cheapest(rows, weights); got != want || !exact {
			t.Errorf("rows %b, weights %v: chose %v of weight %d (exact %t), want %d",
				rows, weights, columns, got, exact, want)
		}
	}
}

func TestCoveringWithoutBudgetStillCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 5))
	for _, budget := range []int{0, 100, 10_000} {
		rows, weights := randomCovering(r, 200, 300)
		p := newCovering(rows, weights)
		p.budget = budget
		columns, exact := p.solve()
		if exact || weigh(rows, weights, columns) < 0 {
			t.Errorf("budget %d: chose %v, exact %t", budget, columns, exact)
		}
	}
}
