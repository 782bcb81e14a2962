package linearize

import (
	"fmt"
	"strings"
)

// This file holds the wording of the package. That of verdicts is in describe_verdict.go; error messages stand where
// they are made.

var kindNames = [...]string{Post: "post", Receive: "receive", Close: "close", Learn: "learn", Observe: "observe", Expect: "expect"}

func (k Kind) String() string { return name(kindNames[:], int(k), "kind") }

var sideNames = [...]string{PageSide: "page", WorkerSide: "worker"}

func (s Side) String() string { return name(sideNames[:], int(s), "side") }

var effectNames = [...]string{Done: "done", Unseen: "unseen", Void: "void"}

func (e Effect) String() string { return name(effectNames[:], int(e), "effect") }

var resultNames = [...]string{Linearizable: "linearizable", Violated: "violated", Unknown: "unknown"}

func (r Result) String() string { return name(resultNames[:], int(r), "result") }

func name(names []string, i int, what string) string {
	if i <= 0 || i >= len(names) {
		return fmt.Sprintf("%s(%d)", what, i)
	}
	return names[i]
}

// escape makes text safe to stand between the tags of an HTML document. Quotes stay as they are, since parts of what
// porcupine draws are set as text and would show their entities.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace

// Describe returns what op is, as a clause without a full stop.
func (h *History) Describe(op *Operation) string {
	text := h.describeAction(op)
	if op.Effect == Unseen {
		text += ", as far as anyone can tell"
	}
	return text
}

func (h *History) describeAction(op *Operation) string {
	party := h.Parties[op.Party]
	switch op.Kind {
	case Post:
		return fmt.Sprintf("%s posts %s", party, h.Messages[op.Message])
	case Receive:
		return fmt.Sprintf("%s receives %s", party, h.Messages[op.Message])
	case Close:
		if op.Why != "" {
			return fmt.Sprintf("the %s's end is closed: %s", op.Side, op.Why)
		}
		return fmt.Sprintf("%s closes its end", party)
	case Learn:
		return fmt.Sprintf("%s learns that the connection is closed", party)
	case Expect:
		return fmt.Sprintf("%s takes the connection for open, until %s", party, op.Why)
	case Observe:
		return fmt.Sprintf("at the end, %s takes the connection for open", party)
	}
	panic("linearize: no words for an action: " + op.Kind.String())
}

// describeState returns what s is, in one line.
func (h *History) describeState(s State) string {
	text := "open"
	if s.closed {
		text = "closed"
	}
	for side := PageSide; side <= WorkerSide; side++ {
		i := side.index()
		text += fmt.Sprintf(", to the %s: %s", side.Other(), h.list(s.queues[i].messages()))
		if s.refused[i] > 0 {
			text += fmt.Sprintf(" and %d refused", s.refused[i])
		}
	}
	for side := PageSide; side <= WorkerSide; side++ {
		if s.knows[side.index()] {
			text += fmt.Sprintf(", the %s knows", side)
		}
	}
	return text
}

// most is how many messages are named before a list is cut.
const most = 6

// list names messages: "p1.1, p1.2 and p1.3", or with a cut if there are too many.
func (h *History) list(messages []Message) string {
	if len(messages) == 0 {
		return "nothing"
	}
	var names []string
	for _, m := range messages {
		names = append(names, h.Messages[m])
	}
	if len(names) > most {
		names = append(append(names[:3:3], "…"), names[len(names)-1])
		return strings.Join(names, ", ")
	}
	return join(names)
}

// join returns names as in "a, b and c".
func join(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// count writes a number of things, as in "1 message" or "2 messages".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// at returns where op is recorded, as in " (line 7)".
func (h *History) at(op *Operation) string {
	switch {
	case op.Inferred:
		return " (not recorded)"
	case op.Place == 0:
		return ""
	}
	return fmt.Sprintf(" (%s %d)", h.Places, op.Place)
}
