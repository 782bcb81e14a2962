package recording

import (
	"cmp"
	"fmt"
	"slices"
)

// This file is about the numbers by which parties count their lines. They order lines of the same time, and show which are
// missing.

// Hole is a place in the record of a party where lines were lost.
type Hole struct {
	After, Before *Line // between these lines of the party; After is nil if the first lines were lost
	Lost          int   // how many lines
}

// hole returns the hole between two lines of a party that follow each other, if there is one; the first of them may be nil.
func hole(last, next *Line) (Hole, bool) {
	before := 0
	if last != nil {
		if last.Q == 0 {
			return Hole{}, false
		}
		before = last.Q
	}
	lost := next.Q - before - 1
	return Hole{last, next, lost}, lost > 0
}

// lossyPages returns the pages of which lines were lost.
func lossyPages(lines []Line) map[string]bool {
	lossy, last := map[string]bool{}, map[string]*Line{}
	for i := range lines {
		l := &lines[i]
		if l.Role != Page {
			continue
		}
		if _, lost := hole(last[l.Actor], l); lost {
			lossy[l.Actor] = true
		}
		last[l.Actor] = l
	}
	return lossy
}

// sortTies puts lines of the same time into the order in which their party wrote them. It is an error if the numbers
// contradict the times.
func (rec *Recording) sortTies() error {
	for from := 0; from < len(rec.Lines); {
		to := from + 1
		for to < len(rec.Lines) && rec.Lines[to].Time == rec.Lines[from].Time {
			to++
		}
		sortTie(rec.Lines[from:to])
		from = to
	}
	last := map[string]*Line{}
	for i := range rec.Lines {
		l := &rec.Lines[i]
		if l.Q == 0 {
			continue
		}
		if before := last[l.Actor]; before != nil && before.Q >= l.Q {
			what := fmt.Sprintf("%s writes its line %d after its line %d (line %d)", l.Actor, l.Q, before.Q, before.Number)
			return &LineError{rec.Name, l.Number, what, countLines}
		}
		last[l.Actor] = l
	}
	return nil
}

// sortTie sorts the lines of each party that counts them, in the places that its lines have.
func sortTie(lines []Line) {
	places := map[string][]int{}
	for i := range lines {
		if lines[i].Q > 0 {
			places[lines[i].Actor] = append(places[lines[i].Actor], i)
		}
	}
	for _, at := range places {
		sorted := make([]Line, len(at))
		for k, i := range at {
			sorted[k] = lines[i]
		}
		slices.SortStableFunc(sorted, func(a, b Line) int { return cmp.Compare(a.Q, b.Q) })
		for k, i := range at {
			lines[i] = sorted[k]
		}
	}
}
