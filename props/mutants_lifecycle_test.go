package props

import (
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// takes is model.Take, or what a mutant makes of it.
type takes = func(*model.World, model.Step, model.Ask, []model.Event) ([]model.Event, bool)

// plant returns what is taken instead of the model's steps.
type plant = func(m *model.Model) takes

// lifecycleMutant is the lifecycle with something planted.
func lifecycleMutant(p plant) runner {
	return func(t *testing.T, a *family.Algebra, scope family.Cube, b model.Bounds) *searched {
		return lifecycleRun(t, a, b, scope, func(l *lifecycle) { l.take = p(l.model) })
	}
}

// mislabelled is the lifecycle of other designs than those it says: steps and properties hear another answer to q.
func mislabelled(q model.Question, answer model.Answer) runner {
	return func(t *testing.T, a *family.Algebra, scope family.Cube, b model.Bounds) *searched {
		return lifecycleRun(t, a, b, scope, func(l *lifecycle) { l.moment.Ask = instead(q, answer, l.moment.Ask) })
	}
}

func instead(q model.Question, answer model.Answer, ask model.Ask) model.Ask {
	return func(asked model.Question) model.Answer {
		if asked == q {
			return answer
		}
		return ask(asked)
	}
}

// ignoring takes steps of a kind as if the answer to q were another one.
func ignoring(kind model.Kind, q model.Question, answer model.Answer) plant {
	return func(m *model.Model) takes {
		return func(w *model.World, s model.Step, ask model.Ask, events []model.Event) ([]model.Event, bool) {
			if s.Kind == kind {
				ask = instead(q, answer, ask)
			}
			return m.Take(w, s, ask, events)
		}
	}
}

// blocking never takes a step of a kind while that is so.
func blocking(kind model.Kind, while func(*model.World, model.Ask) bool) plant {
	return func(m *model.Model) takes {
		return func(w *model.World, s model.Step, ask model.Ask, events []model.Event) ([]model.Event, bool) {
			if s.Kind == kind && while(w, ask) {
				return events, false
			}
			return m.Take(w, s, ask, events)
		}
	}
}

// changing changes a connection after steps that are about it, or about all: before is what it was before the step.
func changing(kind model.Kind, change func(before, now *model.Connection, ask model.Ask)) plant {
	return func(m *model.Model) takes {
		return func(w *model.World, s model.Step, ask model.Ask, events []model.Event) ([]model.Event, bool) {
			before := *w
			events, ok := m.Take(w, s, ask, events)
			if !ok || s.Kind != kind {
				return events, ok
			}
			for i := range w.Connections {
				if s.Connection == 0 || int(s.Connection) == i+1 {
					change(&before.Connections[i], &w.Connections[i], ask)
				}
			}
			return events, true
		}
	}
}

var lifecycleMutants = []mutant{
	{
		property: "settles",
		plants:   "a refusal never reaches the page",
		scope:    "interrupt=reject|retry, deadline=reject",
		run: lifecycleMutant(changing(model.WorkerRejects, func(before, now *model.Connection, _ model.Ask) {
			if before.Phase == model.Asking && before.Pending {
				*now = *before
				now.Phase = model.Down
			}
		})),
	},
	{
		property: "tells-page",
		plants:   "a kill ends connections without a word although suspend=wake",
		scope:    "page-notice=event, frozen=keep, suspend=wake, update=transfer, unregister=drain, close=none",
		run:      lifecycleMutant(changing(model.KillWorker, endSilently)),
	},
	{
		property: "accounts-loss",
		plants:   "a message is taken out of the queue and reaches nobody",
		scope: "page-notice=state, page-list=list, interrupt-again=reject|retry, deadline=reject, queue=kept, worker-list=list, " +
			"worker-notice=event, delivery=global",
		run: lifecycleMutant(changing(model.WorkerReceives, func(before, now *model.Connection, _ model.Ask) {
			if now.Holder != 0 {
				now.ToWorker.Posted, now.ToWorker.Received = before.ToWorker.Posted, before.ToWorker.Received
			}
		})),
	},
	{
		property: "delivers",
		plants:   "messages are never taken out of the queue to the page",
		scope:    "suspend=sever, update=sever, same-origin=ask, no-answer=reject",
		run:      lifecycleMutant(blocking(model.PageReceives, func(*model.World, model.Ask) bool { return true })),
	},
	{
		property: "frees-worker",
		plants:   "the notice that a page went away is lost",
		scope:    "worker-list=list, worker-notice=event, lists=at-once",
		run: lifecycleMutant(changing(model.PageLeaves, func(_, now *model.Connection, _ model.Ask) {
			now.NoticeToWorker = false
		})),
	},
	{
		property: "fresh-acceptance",
		plants:   "the new version gets the connections without being asked although update=reaccept",
		scope:    "update=reaccept",
		run: lifecycleMutant(changing(model.Activate, func(_, now *model.Connection, _ model.Ask) {
			if now.Phase == model.ToAskAgain {
				now.Phase = model.Up
			}
		})),
	},
	{
		property: "origin-bound",
		plants:   "handles are transferred although handle=connection",
		scope:    "handle=connection",
		bounds:   model.Bounds{Pages: 2, Connections: 1, Versions: 1, Messages: 1, Faults: 0, Kills: 0},
		run:      lifecycleMutant(ignoring(model.PageTransfers, model.Handle, model.Port)),
	},
	{
		property: "update-progress",
		plants:   "connections keep the old version active although update=transfer",
		scope:    "update=transfer, deadline=reject",
		run:      lifecycleMutant(ignoring(model.Activate, model.Update, model.Pin)),
	},
	{
		property: "survives-suspend",
		plants:   "connections end with the instance although suspend=wake",
		scope:    "suspend=wake",
		run:      lifecycleMutant(ignoring(model.SuspendWorker, model.Suspend, model.Sever)),
	},
	{
		property: "hides-suspend",
		plants:   "the page is told of its connection's end although page-notice=none",
		scope:    "page-notice=none",
		run:      lifecycleMutant(ignoring(model.SuspendWorker, model.PageNotice, model.NoticeEvent)),
	},
	{
		property: "survives-kill",
		plants:   "connections end with an instance that is killed although suspend=wake",
		scope:    "suspend=wake, interrupt-again=retry",
		run:      lifecycleMutant(ignoring(model.KillWorker, model.Suspend, model.Sever)),
	},
	{
		property: "survives-update",
		plants:   "connections end with the old version although update=transfer",
		scope:    "update=transfer",
		run:      lifecycleMutant(ignoring(model.Activate, model.Update, model.Sever)),
	},
	{
		property: "can-idle",
		plants:   "an idle worker is never suspended while it has a connection, although suspend=wake",
		scope:    "suspend=wake",
		run: lifecycleMutant(blocking(model.SuspendWorker, func(w *model.World, _ model.Ask) bool {
			return w.InUse(func(c *model.Connection) bool { return c.Phase == model.Up })
		})),
	},
	{
		property: "tells-page",
		plants:   "a kill ends connections without a word although suspend=wake",
		scope:    "page-notice=state, interrupt-again=reject|retry, page-list=list",
		run:      lifecycleMutant(changing(model.KillWorker, endSilently)),
	},
	{
		property: "unregisters",
		plants:   "connections keep the registration although unregister=sever",
		scope:    "unregister=sever, deadline=reject",
		run:      lifecycleMutant(ignoring(model.Clear, model.Unregister, model.Drain)),
	},
	{
		property: "page-reach",
		plants:   "the list of page-list=list lists nothing",
		scope:    "page-list=list",
		run:      mislabelled(model.PageList, model.None),
	},
	{
		property: "worker-reach",
		plants:   "the worker's script accepts and gets no port",
		scope:    "worker-list=none, suspend=sever, update=sever, same-origin=ask, no-answer=reject",
		run: lifecycleMutant(changing(model.WorkerAccepts, func(_, now *model.Connection, _ model.Ask) {
			now.Object = false
		})),
	},
	{
		property: "ordered",
		plants:   "the queue to the worker is last in, first out",
		scope:    "queue=kept",
		bounds:   model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 2, Faults: 0, Kills: 0},
		run:      lifecycleMutant(lastInFirstOut),
	},
	{
		property: "no-bypass",
		plants:   "pages of other origins are connected without being asked, as those of the service's own are",
		scope:    "same-origin=ask",
		run:      lifecycleMutant(bypass),
	},
	{
		property: "refuses-first",
		plants:   "the connect event comes without the request",
		scope:    "request=param, client=full|url|origin|id",
		run:      mislabelled(model.Request, model.None),
	},
	{
		property: "page-private",
		plants:   "the connect event shows a referrer",
		scope:    "client=origin|id|none",
		run:      mislabelled(model.Client, model.URLOnly),
	},
	{
		property: "opt-in",
		plants:   "silence is acceptance although no-answer=reject",
		scope:    "no-answer=reject",
		run:      lifecycleMutant(ignoring(model.WorkerIgnores, model.NoAnswer, model.AcceptSilently)),
	},
	{
		property: "first-visit",
		plants:   "a request is rejected while there is no active worker although not-ready=wait",
		scope:    "not-ready=wait",
		run:      lifecycleMutant(ignoring(model.Dispatch, model.NotReady, model.Reject)),
	},
	{
		property: "revocable",
		plants:   "the close() of close=close does nothing",
		scope:    "close=close",
		run:      mislabelled(model.Close, model.None),
	},
	{
		property: "one-context",
		plants:   "handles are transferred although handle=connection",
		scope:    "handle=connection",
		bounds:   model.Bounds{Pages: 2, Connections: 1, Versions: 1, Messages: 0, Faults: 0, Kills: 0},
		run:      lifecycleMutant(ignoring(model.PageTransfers, model.Handle, model.Port)),
	},
	{
		property: "tells-apart",
		plants:   "the id of client=id is forgotten",
		scope:    "client=id",
		run:      mislabelled(model.Client, model.OriginOnly),
	},
	{
		property: "quiet-leave",
		plants:   "the worker is told that a page is gone although worker-notice=silent",
		scope:    "suspend=wake, worker-notice=silent",
		run:      lifecycleMutant(ignoring(model.PageLeaves, model.WorkerNotice, model.NoticeEvent)),
	},
	{
		property: "hides-suspend-timed",
		plants:   "the worker is suspended although suspend=keepalive, and its connections outlive it",
		scope:    "suspend=keepalive",
		run:      lifecycleMutant(ignoring(model.SuspendWorker, model.Suspend, model.Wake)),
	},
	{
		property: "hides-suspend-timed",
		plants:   "the worker is suspended although suspend=keepalive, and its connections end",
		scope:    "suspend=keepalive",
		run:      lifecycleMutant(ignoring(model.SuspendWorker, model.Suspend, model.Sever)),
	},
	{
		property: "hides-collection",
		plants:   "the worker is told of a collection although worker-notice=silent",
		scope:    "collect=close, acknowledge=none, worker-list=none, worker-notice=silent",
		run:      lifecycleMutant(ignoring(model.CollectHandle, model.WorkerNotice, model.NoticeEvent)),
	},
	{
		property: "hides-collection",
		plants:   "handles are collected although collect=keep",
		scope:    "collect=keep",
		run:      lifecycleMutant(ignoring(model.CollectHandle, model.Collect, model.CloseUnreachable)),
	},
}

// endSilently ends the worker's side and tells nobody.
func endSilently(_, now *model.Connection, _ model.Ask) {
	if now.Phase == model.Up && now.Entangled {
		now.Phase, now.Entangled, now.Object, now.Accepted = model.Down, false, false, 0
		now.ToWorker.Drop()
	}
}

// lastInFirstOut has the worker receive the newest message first. What is received counts only as far as it is free of
// gaps: worlds in which a message waits that is older than the last one received cannot be packed, and need not be.
func lastInFirstOut(m *model.Model) takes {
	return func(w *model.World, s model.Step, ask model.Ask, events []model.Event) ([]model.Event, bool) {
		before := *w
		var received uint8
		if s.Kind == model.WorkerReceives {
			q := &w.Connections[s.Connection-1].ToWorker
			received = q.Received
			var messages []model.Message
			for q.Length > 0 {
				messages = append(messages, q.Pop())
			}
			for i := range messages {
				q.Push(messages[len(messages)-1-i])
			}
		}
		events, ok := m.Take(w, s, ask, events)
		if !ok {
			*w = before
			return events, false
		}
		if s.Kind == model.WorkerReceives {
			q := &w.Connections[s.Connection-1].ToWorker
			if q.Received > received+1 {
				q.Received = received
			}
		}
		return events, true
	}
}

// bypass takes a request of another origin to the worker as if it came from its own.
func bypass(m *model.Model) takes {
	return func(w *model.World, s model.Step, ask model.Ask, events []model.Event) ([]model.Event, bool) {
		before := *w
		if s.Kind == model.Dispatch && w.Connections[s.Connection-1].Phase == model.Requested {
			w.Pages[w.Connections[s.Connection-1].Page-1].Origin = model.Own
			ask = instead(model.SameOrigin, model.Implicit, ask)
		}
		events, ok := m.Take(w, s, ask, events)
		w.Pages = before.Pages
		return events, ok
	}
}
