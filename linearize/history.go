package linearize

import (
	"fmt"
	"slices"
)

// History is what several parties saw of some connections.
type History struct {
	Parties    []string    // their names
	Messages   []string    // the names of messages; those of one connection and direction are different
	Operations []Operation // in any order, except that those of one side with equal calls stand as they happened
	Notes      []Note      // what else happened, for a reader
	Places     string      // what [Operation.Place] counts: "line" or "step"
	Clock      bool        // calls and returns are in µs
}

// Operation is an action with an interval, in which it took effect at one instant if it took effect at all.
type Operation struct {
	Action
	Connection int
	Party      int   // index into [History.Parties]
	Call       int64 // any unit; an operation that returns when another one is called overlaps with it
	Return     int64 // the end of the history, if nobody saw the operation end

	// Outside says that the operation is not the holder's, and so has no place in the order of what the holder does: the
	// browser closes an end because its holder is gone.
	Outside  bool
	Inferred bool   // not recorded, but concluded from what others recorded
	Why      string // why an end was closed from outside, as a clause
	Place    int    // where it is recorded, from 1; 0: nowhere
}

// final tells whether an action says what holds at the end of a history.
func (a *Action) final() bool { return a.Kind == Observe || a.Kind == Expect }

// Note is something else that happened, such as a suspend, a kill, an update or a notice.
type Note struct {
	At, Until int64
	Tag       string // who or what it is about
	Text      string
}

// Result says whether a history is linearizable.
type Result uint8

const (
	_ Result = iota

	Linearizable // some order explains everything
	Violated     // no order does
	Unknown      // time ran out, or it depends on what nobody recorded
)

// Worse returns the worse of two results: a violation is worst, then unknown.
func (r Result) Worse(other Result) Result {
	for _, worst := range []Result{Violated, Unknown} {
		if r == worst || other == worst {
			return worst
		}
	}
	return Linearizable
}

// party returns the index of the party of that name, which it adds if it is new.
func (h *History) party(name string) int {
	if i := slices.Index(h.Parties, name); i >= 0 {
		return i
	}
	h.Parties = append(h.Parties, name)
	return len(h.Parties) - 1
}

// Connections returns the connections of h in ascending order.
func (h *History) Connections() []int {
	var all []int
	for i := range h.Operations {
		all = append(all, h.Operations[i].Connection)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Validate returns an error that names the first invalid operation and what is wrong with it.
func (h *History) Validate() error {
	type name struct {
		connection int
		side       Side
		message    Message
	}
	posted, unseen := map[name]bool{}, map[name]bool{}
	for i := range h.Operations {
		op := &h.Operations[i]
		if err := h.validate(op); err != nil {
			return fmt.Errorf("operation %d: %w", i+1, err)
		}
		n := name{op.Connection, op.Side, op.Message}
		switch {
		case op.Kind == Post:
			if posted[n] {
				return fmt.Errorf("operation %d: message %q is posted twice; give each message a name of its own", i+1, h.Messages[op.Message])
			}
			posted[n] = true
		case op.Kind == Receive && op.Effect == Unseen:
			if unseen[n] {
				return fmt.Errorf("operation %d: message %q has two unseen receives; leave one of them out", i+1, h.Messages[op.Message])
			}
			unseen[n] = true
		}
	}
	return h.validateEnd()
}

func (h *History) validate(op *Operation) error {
	switch {
	case op.Kind < Post || op.Kind > Expect:
		return fmt.Errorf("there is no kind %d; use Post to Expect", op.Kind)
	case op.Side != PageSide && op.Side != WorkerSide:
		return fmt.Errorf("there is no side %d; use PageSide or WorkerSide", op.Side)
	case op.Effect < Done || op.Effect > Void:
		return fmt.Errorf("there is no effect %d; use Done, Unseen or Void", op.Effect)
	case op.Party < 0 || op.Party >= len(h.Parties):
		return fmt.Errorf("there is no party %d; the history has %d", op.Party, len(h.Parties))
	case (op.Kind == Post || op.Kind == Receive) && int(op.Message) >= len(h.Messages):
		return fmt.Errorf("there is no message %d; the history has %d", op.Message, len(h.Messages))
	case op.Return < op.Call:
		return fmt.Errorf("it returns at %d, before its call at %d; exchange the two", op.Return, op.Call)
	case op.Effect == Unseen && (op.Kind == Close || op.Kind == Learn):
		return fmt.Errorf("a %s cannot be unseen; leave it out, or give it the rest of the history as its interval", kindNames[op.Kind])
	}
	return nil
}

// validateEnd checks that final observations are final.
func (h *History) validateEnd() error {
	last := map[int]int64{}
	for i := range h.Operations {
		if op := &h.Operations[i]; !op.final() {
			if end, ok := last[op.Connection]; !ok || op.Return > end {
				last[op.Connection] = op.Return
			}
		}
	}
	for i := range h.Operations {
		op := &h.Operations[i]
		if end, ok := last[op.Connection]; op.final() && ok && op.Call <= end {
			return fmt.Errorf("operation %d: an observation at %d is not final, as the connection is in use until %d; call it later", i+1, op.Call, end)
		}
	}
	return nil
}
