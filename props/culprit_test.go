package props

import (
	"testing"

	"cosw/model"
)

// TestCulprit: the witness of a violation is the connection that breaks the property, with its page and the version that
// the property speaks of, and not the first one that there is; the sentence names them.
func TestCulprit(t *testing.T) {
	good := model.Connection{Phase: model.Up, Page: 1, Holder: 1, Accepted: 1, Object: true, Reference: true, Entangled: true}
	down := model.Connection{Phase: model.Down}
	bad := func(change func(*model.Connection)) model.Connection {
		c := good
		c.Page, c.Holder = 2, 2
		change(&c)
		return c
	}
	foreign := model.Page{Origin: model.ForeignA, Open: true}
	live := model.Registration{Status: model.Live, Active: 1, Latest: 1, Running: true}
	answers := map[model.Question]model.Answer{
		model.PageNotice: model.None, model.PageList: model.None, model.WorkerList: model.List, model.Client: model.Full, model.Request: model.None,
		model.Acknowledge: model.None, model.WorkerNotice: model.NoticeSilent, model.Close: model.None,
	}
	for _, row := range []struct {
		property string
		first    model.Connection // good, if it is not given
		second   model.Connection
		reg      model.Registration
		event    model.Event // of the second connection, if the property is about events
		before   model.Connection
		answers  map[model.Question]model.Answer // other ones than most rows have
		want     Witness
		says     string
	}{
		{property: "settles", second: bad(func(c *model.Connection) { c.Pending, c.Holder, c.Phase = true, 0, model.Down }), reg: live,
			want: Witness{true, 2, 2, 1}, says: "the promise of page 2, which asked for connection 2, is still pending, and so it stays"},
		{property: "tells-page", second: bad(func(c *model.Connection) { c.Entangled = false }), reg: live, want: Witness{true, 2, 2, 1},
			says: "connection 2 is down, and page 2, which has nothing to listen for and nothing to read, still takes it for open: nobody ever tells page 2"},
		{property: "accounts-loss", second: bad(func(c *model.Connection) { c.ToWorker.Posted = 2 }), reg: live, want: Witness{true, 2, 2, 1},
			says: "w1, w2 are never handled, and page 2, at whose end they were posted, is not told, as connection 2 is up"},
		{property: "accounts-loss", second: bad(func(c *model.Connection) { c.ToPage.Posted, c.Entangled = 1, false }), reg: live, want: Witness{true, 2, 2, 1},
			says: "p1 is never handled, and version 1, at whose end it was posted, does not know that connection 2 is down, and never will"},
		{property: "delivers", second: bad(func(c *model.Connection) { c.ToPage.Push(model.Message{Number: 1}) }), reg: live, want: Witness{true, 2, 2, 1},
			says: "p1 still waits in the queue of connection 2, which is up: nobody will ever take it out"},
		{property: "frees-worker", second: bad(func(c *model.Connection) { c.Holder, c.Entangled = 0, false }), reg: live, want: Witness{true, 2, 2, 1},
			says: "the worker's side still holds its end of connection 2, whose page is gone, and will never let go of it"},
		{property: "page-reach", second: bad(func(c *model.Connection) { c.Reference = false }), reg: live, want: Witness{true, 2, 2, 1},
			says: "connection 2 stays up, and no script of page 2 can reach it, unless the worker happens to post a message"},
		{property: "worker-reach", second: bad(func(c *model.Connection) { c.Object = false }), reg: live, want: Witness{true, 2, 2, 1},
			answers: map[model.Question]model.Answer{model.WorkerList: model.None},
			says:    "version 1 runs and has connection 2, and its script has no way to reach it"},
		{property: "no-bypass", second: bad(func(c *model.Connection) { c.Accepted = 0 }), reg: live, want: Witness{true, 2, 2, 1},
			says: "page 2, of another origin, holds an open end of connection 2, and no version was ever asked"},
		{property: "fresh-acceptance", second: bad(func(*model.Connection) {}), before: good,
			reg:   model.Registration{Status: model.Live, Active: 3, Latest: 3, Running: true},
			event: model.Event{Kind: model.Delivered, Connection: 2, Version: 3}, want: Witness{true, 2, 2, 3},
			says: "the message reached version 3, and it was version 1 that accepted connection 2: nobody ever asked version 3"},
		{property: "origin-bound", second: bad(func(c *model.Connection) { c.Page = 1 }), reg: live, before: good,
			event: model.Event{Kind: model.Delivered, Connection: 2, Version: 1, Message: model.Message{Stranger: true}}, want: Witness{true, 2, 2, 1},
			says: "the message came from page 2, a page of another origin, and version 1 takes it for one of page 1, whose connection it is"},
		{property: "survives-kill", second: bad(func(*model.Connection) {}), reg: live,
			event: model.Event{Kind: model.Cut, Connection: 2, Page: 2, Cause: model.CauseKill}, want: Witness{true, 2, 2, 1},
			says: "connection 2, which page 2 held, is gone, because an instance of its worker was killed"},
		{property: "page-private", second: bad(func(*model.Connection) {}), reg: live,
			event: model.Event{Kind: model.Dispatched, Connection: 2, Version: 1}, want: Witness{true, 2, 2, 1},
			says: "version 1 learns more of page 2 than its origin"},
		{property: "ordered", second: bad(func(*model.Connection) {}), reg: live, before: good,
			event: model.Event{Kind: model.Lost, Connection: 2, Page: 2, Message: model.Message{Number: 3}}, want: Witness{true, 2, 2, 1},
			says: "w3 is lost and connection 2 goes on, so that whatever is posted next comes after a gap"},
		{property: "ordered", second: bad(func(*model.Connection) {}), reg: live, before: good,
			event: model.Event{Kind: model.Delivered, Connection: 2, Page: 2, Message: model.Message{Number: 3}}, want: Witness{true, 2, 2, 1},
			says: "p3 arrives on connection 2 out of order, twice, or after a gap"},
		{property: "update-progress", second: bad(func(*model.Connection) {}), first: down,
			reg:  model.Registration{Status: model.Live, Active: 1, Waiting: 2, Latest: 2},
			want: Witness{true, 2, 2, 2}, says: "version 2 waits, and nothing but connection 2 keeps it waiting, for as long as page 2 pleases"},
		{property: "update-progress", second: bad(func(c *model.Connection) { c.Phase, c.Hung, c.Holder = model.Asking, true, 0 }),
			reg:     model.Registration{Status: model.Live, Active: 1, Waiting: 2, Latest: 2, SkipWaiting: true},
			answers: map[model.Question]model.Answer{model.Update: model.Transfer}, want: Witness{true, 2, 2, 2},
			says: "version 2 waits, and nothing but connection 2 keeps it waiting, whose connect event will never be answered"},
		{property: "unregisters", second: bad(func(c *model.Connection) { c.Phase, c.Hung = model.AskingAgain, true }),
			reg:     model.Registration{Status: model.Unregistered, Active: 1, Latest: 1},
			answers: map[model.Question]model.Answer{model.Unregister: model.Sever}, want: Witness{true, 2, 2, 1},
			says: "the registration is still there, and nothing but connection 2 keeps it, whose connect event will never be answered"},
		{property: "opt-in", second: bad(func(*model.Connection) {}), reg: live,
			event: model.Event{Kind: model.Accepted, Connection: 2, Version: 1, Cause: model.CauseSilence}, want: Witness{true, 2, 2, 1},
			says: "connection 2 of page 2, of another origin, is accepted, and no script of version 1 ever said so"},
		{property: "first-visit", second: bad(func(c *model.Connection) { *c = model.Connection{Phase: model.Down, Page: 2} }), reg: live,
			event: model.Event{Kind: model.Rejected, Connection: 2, Page: 2, Cause: model.CauseNotReady}, want: Witness{true, 2, 2, 1},
			says: "page 2 is refused because the service is still being installed: it would have had to come later"},
		{property: "revocable", second: bad(func(*model.Connection) {}), reg: live,
			event: model.Event{Kind: model.Resolved, Connection: 2, Page: 2}, want: Witness{true, 2, 2, 1},
			says: "page 2 holds connection 2, and neither page 2 nor version 1 has a way to end it"},
		{property: "one-context", second: bad(func(c *model.Connection) { c.Page = 1 }), reg: live,
			event: model.Event{Kind: model.HandleMoved, Connection: 2, Page: 2}, want: Witness{true, 2, 2, 1},
			says: "page 2 now has the handle of connection 2, which another page was given"},
		{property: "tells-apart", second: bad(func(*model.Connection) {}), reg: live,
			event: model.Event{Kind: model.Delivered, Connection: 2, Version: 1}, want: Witness{true, 2, 2, 1},
			says: "version 1 has to do with connection 2 for the first time since it started, and cannot tell which of its connections that is"},
		{property: "quiet-leave", second: bad(func(*model.Connection) {}), reg: live,
			event: model.Event{Kind: model.WorkerStarts, Version: 1, Cause: model.CausePageGone}, want: Witness{true, 0, 0, 1},
			says: "version 1 is started for nothing but to be told that a page is gone"},
		{property: "hides-suspend-timed", first: down, second: bad(func(*model.Connection) {}), reg: live,
			event: model.Event{Kind: model.WorkerStops, Version: 1, Cause: model.CauseSuspend}, want: Witness{true, 2, 2, 1},
			says: "the worker was suspended, and what page 2, of another origin, asks of it next takes as long as a start"},
		{property: "hides-suspend-timed", second: bad(func(c *model.Connection) { c.Phase, c.Entangled = model.Down, false }), reg: live,
			event: model.Event{Kind: model.Cut, Connection: 2, Page: 2, Version: 1, Cause: model.CauseSuspend}, want: Witness{true, 2, 2, 1},
			says: "the worker was suspended, and what page 2, of another origin, asks of it next is never answered"},
		{property: "hides-collection", second: bad(func(c *model.Connection) { c.Holder, c.Entangled = 0, false }), reg: live,
			event: model.Event{Kind: model.PageSideEnded, Connection: 2, Page: 2, Cause: model.CauseCollected}, want: Witness{true, 2, 2, 1},
			says: "garbage is collected in page 2, of another origin, and the worker will miss connection 2 in its list"},
		{property: "hides-collection", second: bad(func(c *model.Connection) { c.Holder, c.Entangled = 0, false }), reg: live,
			before: bad(func(*model.Connection) {}), answers: map[model.Question]model.Answer{model.WorkerNotice: model.NoticeEvent},
			event: model.Event{Kind: model.WorkerNoticeSent, Connection: 2, Cause: model.CauseCollected}, want: Witness{true, 2, 2, 1},
			says: "garbage is collected in page 2, of another origin, and the worker is told"},
		{property: "hides-collection", second: bad(func(c *model.Connection) { c.Holder, c.Entangled = 0, false }), reg: live,
			answers: map[model.Question]model.Answer{model.WorkerNotice: model.None, model.Acknowledge: model.Each},
			event:   model.Event{Kind: model.PageSideEnded, Connection: 2, Page: 2, Cause: model.CauseCollected}, want: Witness{true, 2, 2, 1},
			says: "garbage is collected in page 2, of another origin, and the worker will find that what it posts is no longer acknowledged"},
	} {
		p, err := Find(row.property)
		if err != nil {
			t.Fatal(err)
		}
		w := model.World{Registration: row.reg}
		w.Pages[0], w.Pages[1] = foreign, foreign
		w.Connections[0], w.Connections[1] = good, row.second
		if row.first.Phase != model.Unused {
			w.Connections[0] = row.first
		}
		ask := func(q model.Question) model.Answer {
			if answer, ok := row.answers[q]; ok {
				return answer
			}
			if answer, ok := answers[q]; ok {
				return answer
			}
			t.Errorf("%s asks %s, to which there is no answer here", row.property, q.ID())
			return ""
		}
		m := &Moment{World: &w, Event: &row.event, Before: &row.before, Ask: ask}
		got := p.Violation.Test(m)
		if got != row.want {
			t.Errorf("%s: the witness is %+v, want %+v", row.property, got, row.want)
			continue
		}
		says := p.Tells(&Ending{Property: &p, Moment: m, Witness: got, Message: func(toPage bool, n uint8) string {
			return map[bool]string{true: "p", false: "w"}[toPage] + string('0'+rune(n))
		}})
		if says != row.says {
			t.Errorf("%s: %q, want %q", row.property, says, row.says)
		}
	}
}

// TestForeignUse: what waits for pages of other origins names a connection that holds it up, and the version that waits; a
// page of the service's own origin that holds it up, too, is reason enough to wait. A connection is its holder's.
func TestForeignUse(t *testing.T) {
	p, err := Find("update-progress")
	if err != nil {
		t.Fatal(err)
	}
	const own, foreign = 1, 2 // pages
	up := func(page, holder uint8) model.Connection {
		return model.Connection{Phase: model.Up, Page: page, Holder: holder}
	}
	hangs := func(page uint8) model.Connection {
		return model.Connection{Phase: model.Asking, Page: page, Hung: true}
	}
	down := model.Connection{Phase: model.Down}
	for _, row := range []struct {
		why           string
		first, second model.Connection
		skip          bool
		update        model.Answer
		culprit       uint8 // the connection, 0: none
	}{
		{"a connection that is down holds nothing up", down, up(foreign, foreign), false, model.Pin, 2},
		{"a page of its own is connected, too", up(own, own), up(foreign, foreign), false, model.Pin, 0},
		{"a page of its own handed its connection on", down, up(own, foreign), false, model.Pin, 2},
		{"a page of its own was handed a connection", down, up(foreign, own), false, model.Pin, 0},
		{"the connection of a page that is gone is its own still", down, up(foreign, 0), false, model.Pin, 2},
		{"an event that hangs holds it up whatever the answer", down, hangs(foreign), true, model.Transfer, 2},
		{"an event of its own that hangs does so as well", hangs(own), hangs(foreign), true, model.Transfer, 0},
		{"a page of its own that is connected holds nothing up here", up(own, own), hangs(foreign), false, model.Transfer, 2},
		{"but does so here", up(own, own), hangs(foreign), false, model.Pin, 0},
		{"unless the new version waits no longer for that", up(own, own), hangs(foreign), true, model.Pin, 2},
	} {
		w := model.World{Registration: model.Registration{Status: model.Live, Active: 1, Waiting: 2, Latest: 2, SkipWaiting: row.skip}}
		w.Pages[own-1], w.Pages[foreign-1] = model.Page{Origin: model.Own, Open: true}, model.Page{Origin: model.ForeignB, Open: true}
		w.Connections[0], w.Connections[1] = row.first, row.second
		got := p.Violation.Test(&Moment{World: &w, Ask: func(model.Question) model.Answer { return row.update }})
		if got.Connection != row.culprit || got.Seen != (row.culprit != 0) || got.Seen && (got.Page != foreign || got.Version != 2) {
			t.Errorf("%s: the witness is %+v, want connection %d", row.why, got, row.culprit)
		}
	}
}
