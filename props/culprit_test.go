package props

import (
	"testing"

	"cosw/model"
)

// TestCulprit: the witness of a violation is the connection that breaks the property, with its page and the version that
// the property speaks of, and not the first one that there is; the sentence names them.
func TestCulprit(t *testing.T) {
	good := model.Connection{Phase: model.Up, Page: 1, Holder: 1, Accepted: 1, Object: true, Reference: true, Entangled: true}
	bad := func(change func(*model.Connection)) model.Connection {
		c := good
		c.Page, c.Holder = 2, 2
		change(&c)
		return c
	}
	live := model.Registration{Status: model.Live, Active: 1, Latest: 1, Running: true}
	answers := map[model.Question]model.Answer{
		model.PageNotice: model.None, model.PageList: model.None, model.WorkerList: model.None, model.Client: model.Full, model.Request: model.None,
	}
	for _, row := range []struct {
		property string
		second   model.Connection
		reg      model.Registration
		event    model.Event // of the second connection, if the property is about events
		before   model.Connection
		want     Witness
		says     string
	}{
		{property: "settles", second: bad(func(c *model.Connection) { c.Pending, c.Holder, c.Phase = true, 0, model.Down }), reg: live,
			want: Witness{true, 2, 2, 1}, says: "the promise of page 2, which asked for connection 2, is still pending, and so it stays"},
		{property: "tells-page", second: bad(func(c *model.Connection) { c.Entangled = false }), reg: live, want: Witness{true, 2, 2, 1},
			says: "connection 2 is down, and page 2, which has nothing to listen for and nothing to read, still takes it for open: nobody ever tells page 2"},
		{property: "accounts-loss", second: bad(func(c *model.Connection) { c.ToWorker.Posted = 2 }), reg: live, want: Witness{true, 2, 2, 1},
			says: "w1, w2 are never received, and page 2, at whose end they were posted, is not told, as connection 2 is up"},
		{property: "accounts-loss", second: bad(func(c *model.Connection) { c.ToPage.Posted, c.Entangled = 1, false }), reg: live, want: Witness{true, 2, 2, 1},
			says: "p1 is never received, and version 1, at whose end it was posted, does not know that connection 2 is down, and never will"},
		{property: "delivers", second: bad(func(c *model.Connection) { c.ToPage.Push(model.Message{Number: 1}) }), reg: live, want: Witness{true, 2, 2, 1},
			says: "p1 still waits in the queue of connection 2, which is up: nobody will ever take it out"},
		{property: "frees-worker", second: bad(func(c *model.Connection) { c.Holder, c.Entangled = 0, false }), reg: live, want: Witness{true, 2, 2, 1},
			says: "the worker's side still holds its end of connection 2, whose page is gone, and will never let go of it"},
		{property: "page-reach", second: bad(func(c *model.Connection) { c.Reference = false }), reg: live, want: Witness{true, 2, 2, 1},
			says: "connection 2 is up, and no script of page 2 can ever reach it again"},
		{property: "worker-reach", second: bad(func(c *model.Connection) { c.Object = false }), reg: live, want: Witness{true, 2, 2, 1},
			says: "version 1 runs and has connection 2, and its script has no way to reach it"},
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
	} {
		p, err := Find(row.property)
		if err != nil {
			t.Fatal(err)
		}
		w := model.World{Registration: row.reg}
		w.Pages[0], w.Pages[1] = model.Page{Origin: model.ForeignA, Open: true}, model.Page{Origin: model.ForeignA, Open: true}
		w.Connections[0], w.Connections[1] = good, row.second
		m := &Moment{World: &w, Event: &row.event, Before: &row.before, Ask: func(q model.Question) model.Answer { return answers[q] }}
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

// TestForeignUse: what waits for pages of other origins names a connection that is in use, and the version that waits; a
// page of the service's own origin that uses it, too, is reason enough to wait.
func TestForeignUse(t *testing.T) {
	p, err := Find("update-progress")
	if err != nil {
		t.Fatal(err)
	}
	w := model.World{Registration: model.Registration{Status: model.Live, Active: 1, Waiting: 2, Latest: 2}}
	w.Pages[0], w.Pages[1] = model.Page{Origin: model.ForeignA, Open: true}, model.Page{Origin: model.ForeignB, Open: true}
	w.Connections[0] = model.Connection{Phase: model.Down, Page: 1}
	w.Connections[1] = model.Connection{Phase: model.Up, Page: 2, Holder: 2}
	if got, want := p.Violation.Test(&Moment{World: &w}), (Witness{true, 2, 2, 2}); got != want {
		t.Errorf("the witness is %+v, want %+v: connection 1 is down", got, want)
	}
	w.Pages[0].Origin, w.Connections[0].Phase = model.Own, model.Up
	if got := p.Violation.Test(&Moment{World: &w}); got.Seen {
		t.Errorf("%+v breaks it, although a page of its own origin is connected, too", got)
	}
}
