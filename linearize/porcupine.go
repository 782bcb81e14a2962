package linearize

import (
	"fmt"
	"hash/maphash"
	"slices"
	"time"

	"github.com/anishathalye/porcupine"
)

// This file is the adapter to porcupine. Only [Visualize] uses porcupine, too.

func result(r porcupine.CheckResult) Result {
	switch r {
	case porcupine.Ok:
		return Linearizable
	case porcupine.Illegal:
		return Violated
	default:
		return Unknown
	}
}

// operations returns the moves that porcupine is to put in order. Each has a return: porcupine would silently take an
// operation without one for a violation.
func (h *History) operations(connections ...int) []porcupine.Operation {
	var all []porcupine.Operation
	for _, connection := range connections {
		moves := h.moves(connection)
		for i := range moves {
			m := &moves[i]
			all = append(all, porcupine.Operation{
				ClientId: m.Party, Input: m, Call: m.Call, Return: m.Return, Metadata: m,
			})
		}
	}
	return all
}

// position is how far a search has come: what is in order, and the state it leads to. What is in order follows from the
// set of operations that porcupine keeps, so keeping it here adds no states.
type position struct {
	object State
	done   progress
}

func (p position) step(m *move) (position, bool) {
	if !p.done.admits(m) {
		return p, false
	}
	ok, next := Step(p.object, m.Action)
	return position{next, p.done.after(m)}, ok
}

var seed = maphash.MakeSeed()

func (h *History) model() porcupine.Model {
	return porcupine.Model{
		Partition: partition,
		Init:      func() any { return position{} },
		Step: func(state, input, _ any) (bool, any) {
			next, ok := state.(position).step(input.(*move))
			return ok, next
		},
		Equal: func(a, b any) bool { return a.(position) == b.(position) },
		Hash:  func(state any) uint64 { return maphash.Comparable(seed, state.(position)) },
		DescribeOperation: func(input, _ any) string {
			return escape(h.Describe(&input.(*move).Operation))
		},
		DescribeState:             func(state any) string { return escape(h.describeState(state.(position).object)) },
		DescribeOperationMetadata: func(m any) string { return escape(h.describeMetadata(&m.(*move).Operation)) },
	}
}

// partition splits operations by connection: each is an object of its own, and a history is linearizable if the history
// of each object is (Herlihy and Wing 1990, theorem 1).
func partition(history []porcupine.Operation) [][]porcupine.Operation {
	var parts [][]porcupine.Operation
	at := map[int]int{}
	for _, op := range history {
		connection := op.Input.(*move).Connection
		i, ok := at[connection]
		if !ok {
			i = len(parts)
			at[connection] = i
			parts = append(parts, nil)
		}
		parts[i] = append(parts[i], op)
	}
	return parts
}

// search is what a search on one connection found.
type search struct {
	result Result
	moves  []move
	prefix []int // indices into moves: the longest order that was found
}

// searchConnection checks one connection and keeps the longest order.
func (h *History) searchConnection(connection int, limit time.Duration) search {
	operations := h.operations(connection)
	r, info := porcupine.CheckOperationsVerbose(h.model(), operations, limit)
	s := search{result: result(r), prefix: longest(info)}
	for _, op := range operations {
		s.moves = append(s.moves, *op.Input.(*move))
	}
	return s
}

// longest returns the longest order that a search found on one connection: of several, the first in the order of
// indices, since porcupine returns them in no order.
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

func (h *History) describeMetadata(op *Operation) string {
	text := h.Parties[op.Party]
	if op.Place > 0 {
		text += fmt.Sprintf(", %s %d", h.Places, op.Place)
	}
	if op.Inferred {
		text += ", inferred"
	}
	return text
}
