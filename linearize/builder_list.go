package linearize

import (
	"fmt"

	"cosw/model"
)

// ListsFromRun returns a history of lists for a run: of the service's list of the connections that a version holds, and
// of each page's list of those that it holds. A list is read now and then, when jitter says so, and shows what it held at
// that instant; intervals are as in [FromRun], and what a worker reads when it is stopped nobody sees.
func ListsFromRun(run []Taken, jitter func() uint64) *ListHistory {
	b := listBuilder{times: newBuilder(jitter), held: map[int]Members{}, holder: map[uint8]uint8{}, lists: map[string]int{}}
	for i := range run {
		for _, e := range run[i].Events {
			b.event(i, e)
		}
		b.look(i)
	}
	return &b.ListHistory
}

type listBuilder struct {
	ListHistory
	times  *builder
	held   map[int]Members
	holder map[uint8]uint8 // the page that holds a connection
	lists  map[string]int
}

const serviceList = "service"

func (b *listBuilder) list(name string) int {
	i, ok := b.lists[name]
	if !ok {
		i = len(b.Lists)
		b.lists[name] = i
		b.Lists = append(b.Lists, name)
		b.Parties = append(b.Parties, name) // the one who has a list is the one who reads it
	}
	return i
}

func (b *listBuilder) event(i int, e model.Event) {
	switch e.Kind {
	case model.Resolved:
		b.enter(i, pageName(e.Page), e.Connection)
		b.holder[e.Connection] = e.Page
	case model.HandleMoved:
		b.leave(i, pageName(b.holder[e.Connection]), e.Connection)
		b.enter(i, pageName(e.Page), e.Connection)
		b.holder[e.Connection] = e.Page
	case model.PageSideEnded, model.PageKnows:
		b.leave(i, pageName(e.Page), e.Connection)
	case model.Accepted:
		b.enter(i, serviceList, e.Connection)
	case model.Cut, model.WorkerKnows, model.AskedLater:
		b.leave(i, serviceList, e.Connection)
	}
}

func (b *listBuilder) enter(i int, name string, connection uint8) {
	b.change(i, b.list(name), ListAction{Kind: Enter, Connection: int(connection), Outcome: Done})
}

// leave takes a connection off a list; for one that is not on it, such as a first request that is asked again, it does
// nothing.
func (b *listBuilder) leave(i int, name string, connection uint8) {
	b.change(i, b.list(name), ListAction{Kind: Leave, Connection: int(connection), Outcome: Done})
}

func (b *listBuilder) change(i, list int, a ListAction) {
	_, b.held[list] = StepList(b.held[list], a)
	b.add(i, list, a)
}

func (b *listBuilder) add(i, list int, a ListAction) {
	t := instant(i)
	b.Operations = append(b.Operations, ListOperation{
		ListAction: a, List: list, Party: list, Call: b.times.before(t), Return: b.times.after(t),
	})
}

// look reads a list now and then.
func (b *listBuilder) look(i int) {
	if len(b.Lists) == 0 || b.times.jitter()%3 != 0 {
		return
	}
	list := int(b.times.jitter() % uint64(len(b.Lists)))
	a := ListAction{Kind: Look, Members: b.held[list], Outcome: Done}
	if b.Lists[list] == serviceList && b.times.jitter()%8 == 0 {
		a.Members, a.Outcome = "", Unseen
	}
	b.add(i, list, a)
}

// Describe returns what op is, as a clause without a full stop.
func (h *ListHistory) Describe(op *ListOperation) string {
	list := h.Lists[op.List]
	switch {
	case op.Kind == Enter:
		return fmt.Sprintf("connection %d is made: on the list of %s", op.Connection, list)
	case op.Kind == Leave:
		return fmt.Sprintf("connection %d ends: off the list of %s", op.Connection, list)
	case op.Outcome == Unseen:
		return fmt.Sprintf("%s reads its list, and nobody sees what it shows", list)
	}
	return fmt.Sprintf("%s reads its list: %s", list, op.Members)
}
