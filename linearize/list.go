package linearize

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

// This file is a list of connections as a sequential object, a set: what a page sees of its connections (the question
// page-list) or a service of those it accepted (worker-list).

// Members is a set of connections. It is a comparable value: ascending numbers, four bytes each.
type Members string

// MembersOf returns the set of connections given, which must be from 0 to 2³²-1.
func MembersOf(connections ...int) Members {
	sorted := slices.Compact(slices.Sorted(slices.Values(connections)))
	var b []byte
	for _, c := range sorted {
		b = binary.BigEndian.AppendUint32(b, uint32(c))
	}
	return Members(b)
}

// Connections returns the members in ascending order.
func (m Members) Connections() []int {
	var all []int
	for _, c := range queue(m).messages() {
		all = append(all, int(c))
	}
	return all
}

// Has tells whether connection c is in m.
func (m Members) Has(c int) bool { return slices.Contains(m.Connections(), c) }

func (m Members) with(c int) Members { return MembersOf(append(m.Connections(), c)...) }

func (m Members) without(c int) Members {
	return MembersOf(slices.DeleteFunc(m.Connections(), func(other int) bool { return other == c })...)
}

// ListKind is what an action does to a list.
type ListKind uint8

const (
	_ ListKind = iota

	Enter // Connection is made, and listed from now on
	Leave // Connection ends, and is no longer listed
	Look  // the list is read and shows Members
)

// ListAction is one operation on a list, without its interval.
type ListAction struct {
	Kind       ListKind
	Connection int
	Members    Members
	Outcome    Outcome // of a Look: Unseen if nobody saw what it returned
}

// StepList takes a on a list that shows m: it tells whether the object allows a, and what it shows afterwards. A
// connection enters only while it is not listed. It may leave again and again, as both ends may close it. To look shows
// what is listed at one instant, no more and no less.
func StepList(m Members, a ListAction) (ok bool, next Members) {
	switch {
	case a.Kind == Enter:
		return !m.Has(a.Connection), m.with(a.Connection)
	case a.Kind == Leave:
		return true, m.without(a.Connection)
	default:
		return a.Outcome == Unseen || m == a.Members, m
	}
}

// ListHistory is what several parties saw of some lists.
type ListHistory struct {
	Parties    []string // their names
	Lists      []string // the names of the lists
	Operations []ListOperation
}

// ListOperation is a list action with an interval. What nobody saw the end of returns at the end of the history: to
// enter or leave that late is the same as not at all.
type ListOperation struct {
	ListAction
	List   int // index into [ListHistory.Lists]
	Party  int // index into [ListHistory.Parties]
	Call   int64
	Return int64
}

// Validate returns an error that says which operation is no part of any history.
func (h *ListHistory) Validate() error {
	for i := range h.Operations {
		op := &h.Operations[i]
		var what string
		switch {
		case op.Kind < Enter || op.Kind > Look:
			what = fmt.Sprintf("there is no kind %d; use Enter, Leave or Look", op.Kind)
		case op.Outcome != Done && (op.Outcome != Unseen || op.Kind != Look):
			what = "its outcome must be Done, or Unseen for a Look"
		case op.List < 0 || op.List >= len(h.Lists):
			what = fmt.Sprintf("there is no list %d; the history has %d", op.List, len(h.Lists))
		case op.Party < 0 || op.Party >= len(h.Parties):
			what = fmt.Sprintf("there is no party %d; the history has %d", op.Party, len(h.Parties))
		case op.Return < op.Call:
			what = fmt.Sprintf("it returns at %d, before its call at %d; exchange the two", op.Return, op.Call)
		default:
			continue
		}
		return fmt.Errorf("list operation %d: %s", i+1, what)
	}
	return nil
}

// CheckLists searches for an order that explains each list of h, for at most a time; 0 is without a limit. The error is
// that of [ListHistory.Validate].
func CheckLists(h *ListHistory, limit time.Duration) (Result, error) {
	if err := h.Validate(); err != nil {
		return 0, err
	}
	return result(porcupine.CheckOperationsTimeout(h.model(), h.operations(), limit)), nil
}

func (h *ListHistory) operations() []porcupine.Operation {
	var all []porcupine.Operation
	for i := range h.Operations {
		op := &h.Operations[i]
		all = append(all, porcupine.Operation{ClientId: op.Party, Input: op, Call: op.Call, Output: op.Outcome, Return: op.Return})
	}
	return all
}

func (h *ListHistory) model() porcupine.Model {
	return porcupine.Model{
		Partition: h.partition,
		Init:      func() any { return Members("") },
		StepContext: func(ctx context.Context, state, input, output any) (bool, any) {
			if ctx.Err() != nil {
				return false, state
			}
			action := input.(*ListOperation).ListAction
			action.Outcome = output.(Outcome)
			ok, next := StepList(state.(Members), action)
			return ok, next
		},
		Equal: func(a, b any) bool { return a.(Members) == b.(Members) },
		Hash:  func(state any) uint64 { return maphash.Comparable(seed, state.(Members)) },
	}
}

func (h *ListHistory) partition(history []porcupine.Operation) [][]porcupine.Operation {
	parts := make([][]porcupine.Operation, len(h.Lists))
	for _, op := range history {
		list := op.Input.(*ListOperation).List
		parts[list] = append(parts[list], op)
	}
	return slices.DeleteFunc(parts, func(part []porcupine.Operation) bool { return len(part) == 0 })
}

// String returns m as in "{1, 3}".
func (m Members) String() string {
	return "{" + strings.Trim(strings.ReplaceAll(fmt.Sprint(m.Connections()), " ", ", "), "[]") + "}"
}
