package family

import (
	"cmp"
	"math"
	"slices"
)

// coveringBudget bounds the words that one covering search may compare: a second or so.
const coveringBudget = 1 << 29

// covering is a set covering problem: choose columns of least total weight such that every row has one of them. It is
// solved by branch and bound with essential columns and dominance (McCluskey 1956; O. Coudert, Two-Level Logic
// Minimization: An Overview, Integration 17(2), 1994).
type covering struct {
	rows    []bitset // the columns of each row
	columns []bitset // the rows of each column
	weights []int    // of each column, positive
	budget  int      // words left to compare

	best   []int // the best choice so far
	weight int   // its weight, math.MaxInt before there is one
}

// subproblem is a covering problem after some choices.
type subproblem struct {
	rows    bitset // rows that have no chosen column yet
	columns bitset // columns that may be chosen
	chosen  []int
	weight  int // of the chosen columns
}

// newCovering returns the problem with those rows, each a set of columns, none empty.
func newCovering(rows []bitset, weights []int) *covering {
	p := &covering{rows: rows, weights: weights, budget: coveringBudget, weight: math.MaxInt}
	p.columns = make([]bitset, len(weights))
	all := fullBitset(len(weights))
	for j := range p.columns {
		p.columns[j] = newBitset(len(rows))
	}
	for i, row := range rows {
		row.each(all, func(j int) { p.columns[j].add(i) })
	}
	return p
}

// solve returns a choice of columns and whether no choice has less weight. When the budget runs out the choice is the
// best one found so far, and there always is one.
func (p *covering) solve() (columns []int, exact bool) {
	p.search(subproblem{rows: fullBitset(len(p.rows)), columns: fullBitset(len(p.columns))})
	return p.best, p.budget > 0
}

// search improves on the best choice by the ways to complete s. It changes s.
func (p *covering) search(s subproblem) {
	if !p.reduce(&s) {
		return
	}
	if s.rows.empty() {
		p.best, p.weight = slices.Clone(s.chosen), s.weight
		return
	}
	if p.bound(&s) >= p.weight {
		return
	}
	for _, j := range p.branches(&s) {
		next := subproblem{s.rows.clone(), s.columns.clone(), slices.Clone(s.chosen), s.weight}
		p.take(&next, j)
		p.search(next)
		if p.budget <= 0 && p.best != nil {
			return
		}
		s.columns.remove(j) // every choice with j has been looked at
	}
}

// take chooses column j.
func (p *covering) take(s *subproblem, j int) {
	s.chosen = append(s.chosen, j)
	s.weight += p.weights[j]
	s.columns.remove(j)
	s.rows.removeAll(p.columns[j])
}

// reduce takes columns without which a row has none, and drops dominated columns and rows, until nothing changes. It
// reports whether s can still lead to a better choice. Once the budget is spent, it does not look for dominance.
func (p *covering) reduce(s *subproblem) bool {
	for changed := true; changed; {
		taken, possible := p.takeEssential(s)
		if !possible || s.weight >= p.weight {
			return false
		}
		changed = taken
		if p.budget > 0 {
			changed = p.dropColumns(s) || changed
			changed = p.dropRows(s) || changed
		}
	}
	return true
}

// takeEssential takes each column that is the only one left to some row. It reports whether it took any, and whether
// every row had one.
func (p *covering) takeEssential(s *subproblem) (taken, possible bool) {
	for i := range p.rows {
		if !s.rows.has(i) {
			continue
		}
		switch p.rows[i].countIn(s.columns) {
		case 0:
			return taken, false
		case 1:
			p.rows[i].each(s.columns, func(j int) { p.take(s, j) })
			taken = true
		}
	}
	return taken, true
}

// dropColumns drops each column whose rows another one has, too, and is not heavier, the last columns first. It reports
// whether it dropped any.
func (p *covering) dropColumns(s *subproblem) bool {
	dropped := false
	for j := len(p.columns) - 1; j >= 0; j-- {
		if s.columns.has(j) && p.dominated(s, j) {
			s.columns.remove(j)
			dropped = true
		}
	}
	return dropped
}

// dominated reports whether another column, not heavier than j, has all rows of j.
func (p *covering) dominated(s *subproblem, j int) bool {
	for k := range p.columns {
		if k == j || p.weights[k] > p.weights[j] || !s.columns.has(k) {
			continue
		}
		p.budget -= len(s.rows)
		if p.columns[j].withinOf(s.rows, p.columns[k]) {
			return true
		}
	}
	return false
}

// dropRows drops each row that has all columns of another row and so is covered with it. It reports whether it dropped
// any.
func (p *covering) dropRows(s *subproblem) bool {
	dropped := false
	for i := len(p.rows) - 1; i >= 0; i-- {
		if s.rows.has(i) && p.implied(s, i) {
			s.rows.remove(i)
			dropped = true
		}
	}
	return dropped
}

// implied reports whether row i has all columns of another row.
func (p *covering) implied(s *subproblem, i int) bool {
	for k := range p.rows {
		if k == i || !s.rows.has(k) {
			continue
		}
		p.budget -= len(s.columns)
		if p.rows[k].withinOf(s.columns, p.rows[i]) {
			return true
		}
	}
	return false
}

// bound returns a lower bound for the weight of a completion of s: rows without a common column each need one of their
// own.
func (p *covering) bound(s *subproblem) int {
	weight := s.weight
	free := s.columns.clone() // columns of none of the rows counted so far
	for _, i := range p.shortestFirst(s) {
		if !p.rows[i].withinOf(s.columns, free) {
			continue
		}
		least := math.MaxInt
		p.rows[i].each(free, func(j int) { least = min(least, p.weights[j]) })
		weight += least
		free.removeAll(p.rows[i])
	}
	return weight
}

// branches returns the columns of a row that has the fewest, those that have the most rows first.
func (p *covering) branches(s *subproblem) []int {
	var columns []int
	p.rows[p.shortestFirst(s)[0]].each(s.columns, func(j int) { columns = append(columns, j) })
	slices.SortStableFunc(columns, func(j, k int) int {
		return cmp.Compare(p.columns[k].countIn(s.rows), p.columns[j].countIn(s.rows))
	})
	return columns
}

// shortestFirst returns the rows of s, those with the fewest columns first.
func (p *covering) shortestFirst(s *subproblem) []int {
	length := make([]int, len(p.rows))
	var rows []int
	s.rows.each(s.rows, func(i int) {
		length[i] = p.rows[i].countIn(s.columns)
		rows = append(rows, i)
	})
	slices.SortStableFunc(rows, func(i, k int) int { return cmp.Compare(length[i], length[k]) })
	return rows
}
