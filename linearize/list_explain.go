package linearize

import (
	"fmt"
	"slices"
	"time"

	"github.com/anishathalye/porcupine"
)

// ListExplanation says why there is no order for a list.
type ListExplanation struct {
	List    string
	Prefix  []int  // indices into [ListHistory.Operations]: a longest order that still works
	Blocked int    // index of the operation that would have to come next, and cannot
	Text    string // all of that in words, a sentence a line
}

// ExplainLists returns an explanation for each list of h that is not linearizable. One for which the search takes longer
// than limit has none. The error is that of [ListHistory.Validate].
func ExplainLists(h *ListHistory, limit time.Duration) ([]ListExplanation, error) {
	if err := h.Validate(); err != nil {
		return nil, err
	}
	var all []ListExplanation
	for list := range h.Lists {
		var ids []int
		var operations []porcupine.Operation
		for i, op := range h.operations() {
			if h.Operations[i].List == list {
				ids, operations = append(ids, i), append(operations, op)
			}
		}
		r, info := porcupine.CheckOperationsVerbose(h.model(), operations, limit)
		if result(r) == Violated {
			all = append(all, h.explain(ids, longest(info)))
		}
	}
	return all, nil
}

// longest returns the longest order that a search found on one object: of several, the first in the order of indices,
// since porcupine returns them in no order.
func longest(info porcupine.LinearizationInfo) []int {
	var best []int
	for _, orders := range info.PartialLinearizations() {
		for _, order := range orders {
			if len(order) > len(best) || len(order) == len(best) && slices.Compare(order, best) < 0 {
				best = order
			}
		}
	}
	return best
}

// explain says what cannot follow an order of some of the operations given: the one that returns first.
func (h *ListHistory) explain(ids, prefix []int) ListExplanation {
	e := ListExplanation{Blocked: -1}
	var shown Members
	for _, i := range prefix {
		_, shown = StepList(shown, h.Operations[ids[i]].ListAction)
		e.Prefix = append(e.Prefix, ids[i])
	}
	for i, id := range ids {
		if slices.Contains(prefix, i) {
			continue
		}
		if e.Blocked < 0 || h.Operations[id].Return < h.Operations[e.Blocked].Return {
			e.Blocked = id
		}
	}
	op := &h.Operations[e.Blocked]
	e.List = h.Lists[op.List]
	e.Text = fmt.Sprintf("%s of %d can be put in an order that one list allows; what cannot follow:\n%s,\nbut after those it shows %s\n",
		count(len(prefix), "operation"), len(ids), h.Describe(op), shown)
	return e
}
