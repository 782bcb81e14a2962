package render

import (
	"cosw/model"
	"cosw/props"
)

// The worlds of each part as variables of ITF, with their types as Apalache annotates them.

const (
	itfQueueType = "{ posted: Int, received: Int, waiting: Seq({ number: Int, stranger: Bool }) }"
	itfPagesType = "Seq({ number: Int, origin: Str, open: Bool })"

	itfRegistrationType = "{ status: Str, installing: Int, waiting: Int, active: Int, latest: Int, activating: Bool, " +
		"running: Bool, skip_waiting: Bool, controlled: Bool }"
	itfConnectionsType = "Seq({ number: Int, phase: Str, page: Int, pending: Bool, holder: Int, reference: Bool, " +
		"listening: Bool, accepted: Int, object: Bool, entangled: Bool, hung: Bool, notice_to_page: Bool, notice_to_worker: Bool, " +
		"to_worker: " + itfQueueType + ", to_page: " + itfQueueType + " })"
	itfServiceType = "{ scope: Str, script: Str }"
	itfSideType    = "{ promise: Str, error: Str, moment: Str, pages: " + itfPagesType + ", registration: " +
		itfRegistrationType + ", connections: " + itfConnectionsType + ", faults: Int, kills: Int }"
)

// itfWorldTypes returns the variables that a world adds, with their types.
func itfWorldTypes(world any) record {
	switch world.(type) {
	case *props.MatchingWorld:
		return record{
			{"registered", "Seq(" + itfServiceType + ")"}, {"target", "Str"}, {"candidates", "Int"},
			{"chosen", "Str"}, {"reversed", "Str"}, {"controls", "Str"}, {"used", "Str"},
		}
	case *props.PresenceWorld:
		return record{{"with_service", itfSideType}, {"without_service", itfSideType}}
	case *props.PartitionWorld:
		return record{{"registered", "Seq(Bool)"}, {"sites", "Seq({ reach: Str, installed: Bool, credentials: Bool })"}}
	}
	return record{
		{"pages", itfPagesType}, {"registration", itfRegistrationType}, {"connections", itfConnectionsType},
		{"faults", "Int"}, {"kills", "Int"},
	}
}

// itfWorld returns the variables that a world adds.
func itfWorld(world any, bounds model.Bounds) record {
	switch w := world.(type) {
	case *model.World:
		return itfLifecycle(w, bounds)
	case *props.MatchingWorld:
		return itfMatching(w)
	case *props.PresenceWorld:
		return record{{"with_service", itfSide(w, 0)}, {"without_service", itfSide(w, 1)}}
	case *props.PartitionWorld:
		return itfPartition(w)
	}
	return nil
}

var (
	originWords = [...]string{
		model.NoOrigin: "none", model.Own: "own", model.ForeignA: "foreign-a", model.ForeignB: "foreign-b",
	}
	// settledWords are the words for how a promise ended, if it did.
	settledWords = [...]string{props.Pending: "pending", props.AsRejected: "rejected", props.AsResolved: "resolved"}
)

// itfMatching names services by their scopes, and none by an empty text.
func itfMatching(w *props.MatchingWorld) record {
	scope := func(n uint8) string {
		if n == 0 {
			return ""
		}
		return props.ServiceOf(n).Scope
	}
	registered, target := []any{}, ""
	for _, n := range w.Registered {
		if n != 0 {
			registered = append(registered, record{{"scope", scope(n)}, {"script", props.ServiceOf(n).Script}})
		}
	}
	if w.Target != 0 {
		target = props.TargetOf(w.Target)
	}
	return record{
		{"registered", registered}, {"target", target}, {"candidates", int(w.Candidates)}, {"chosen", scope(w.Chosen)},
		{"reversed", scope(w.Reversed)}, {"controls", scope(w.Controls)}, {"used", scope(w.Used)},
	}
}

// reachWords are the words for what a page reached.
var reachWords = [...]string{
	props.NotConnected: "", props.ReachedNothing: "nothing", props.ReachedOwn: "service", props.ReachedSite: "site",
}

// itfPartition tells which registrations there are, the service's own first, and what the page of each site did.
func itfPartition(w *props.PartitionWorld) record {
	registered, sites := []any{}, []any{}
	for _, there := range w.Registered {
		registered = append(registered, there)
	}
	for _, s := range w.Sites {
		sites = append(sites, record{{"reach", reachWords[s.Reach]}, {"installed", s.Installed}, {"credentials", s.Credentials}})
	}
	return record{{"registered", registered}, {"sites", sites}}
}

// itfSide returns one side of the presence model: what the page sees of its promise, and the world there.
func itfSide(w *props.PresenceWorld, side int) record {
	o := w.Promises[side]
	seen := record{{"promise", settledWords[o.Settled]}, {"error", o.Name}, {"moment", o.Timing.String()}}
	return append(seen, itfLifecycle(&w.Sides[side], model.Bounds{Pages: 1, Connections: 1})...)
}

// itfLifecycle returns the variables of the lifecycle.
func itfLifecycle(w *model.World, bounds model.Bounds) record {
	var pages, connections []any
	for i, p := range w.Pages[:bounds.Pages] {
		pages = append(pages, record{{"number", i + 1}, {"origin", originWords[p.Origin]}, {"open", p.Open}})
	}
	for i := range w.Connections[:bounds.Connections] {
		connections = append(connections, itfConnection(i+1, &w.Connections[i]))
	}
	r := &w.Registration
	return record{
		{"pages", pages},
		{"registration", record{
			{"status", r.Status.String()},
			{"installing", int(r.Installing)}, {"waiting", int(r.Waiting)}, {"active", int(r.Active)}, {"latest", int(r.Latest)},
			{"activating", r.Activating}, {"running", r.Running}, {"skip_waiting", r.SkipWaiting}, {"controlled", r.Controlled},
		}},
		{"connections", connections},
		{"faults", int(w.Faults)}, {"kills", int(w.Kills)},
	}
}

func itfConnection(n int, c *model.Connection) record {
	return record{
		{"number", n}, {"phase", c.Phase.String()}, {"page", int(c.Page)}, {"pending", c.Pending},
		{"holder", int(c.Holder)}, {"reference", c.Reference}, {"listening", c.Listening}, {"accepted", int(c.Accepted)},
		{"object", c.Object}, {"entangled", c.Entangled}, {"hung", c.Hung},
		{"notice_to_page", c.NoticeToPage}, {"notice_to_worker", c.NoticeToWorker},
		{"to_worker", itfQueue(&c.ToWorker)}, {"to_page", itfQueue(&c.ToPage)},
	}
}

func itfQueue(q *model.MessageQueue) record {
	waiting := []any{}
	for i := range q.Length {
		m := q.At(i)
		waiting = append(waiting, record{{"number", int(m.Number)}, {"stranger", m.Stranger}})
	}
	return record{{"posted", int(q.Posted)}, {"received", int(q.Received)}, {"waiting", waiting}}
}
