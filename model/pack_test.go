package model

import (
	"math/rand/v2"
	"testing"
)

// TestPackingIsFaithful: a world and what comes out of its key are packed alike, and the same can happen in them. That makes
// the search of keys a search of worlds.
func TestPackingIsFaithful(t *testing.T) {
	for _, c := range []struct {
		bounds Bounds
		reason string
	}{
		{DefaultBounds, "the default check"},
		{Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 0, Faults: 0, Kills: 0}, "fields without any bits"},
		{Bounds{Pages: 2, Connections: 3, Versions: 3, Messages: 2, Faults: 2, Kills: 2}, "connections over the words of a key"},
		{Bounds{Pages: 3, Connections: 2, Versions: 4, Messages: 3, Faults: 3, Kills: 1}, "numbers of two and three bits"},
	} {
		m := mustNew(t, c.bounds)
		packing, err := m.NewPacking()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []*Packing{packing, packing.Plain()} {
			r := newRand(5)
			for range 60 {
				walk(t, m, r, 60, func(_ World, _ Step, _ []Event, w World) { checkPacking(t, m, p, c.reason, w, r) })
			}
		}
	}
}

// checkPacking takes every step of w and of what comes out of its key. Both come to worlds with the same keys; only where
// the key leaves out what makes no difference to any connection may w go on to others, in which the connections are as they were.
func checkPacking(t *testing.T, m *Model, p *Packing, reason string, w World, r *rand.Rand) {
	t.Helper()
	key := p.Pack(&w)
	canonical := p.Unpack(key)
	if again := p.Pack(&canonical); again != key {
		t.Fatalf("%s: packed once %x, packed twice %x\n%v\n%v", reason, key, again, w.Describe(), canonical.Describe())
	}
	ask := Under(randomDesign(r))
	ours, theirs := successors(m, p, w, ask), successors(m, p, canonical, ask)
	if owes(m, w, ask) != owes(m, canonical, ask) {
		t.Fatalf("%s: a step is owed in only one of\n%v\n%v", reason, w.Describe(), canonical.Describe())
	}
	reduced := reduces(m, p, w)
	for next, n := range ours {
		if then := p.Unpack(next); theirs[next] != n && !(reduced && then.Connections == canonical.Connections) {
			t.Fatalf("%s: %d steps lead to %x, and in its mirror image %d\n%v\n%v",
				reason, n, next, theirs[next], w.Describe(), canonical.Describe())
		}
	}
	for next := range theirs {
		if ours[next] == 0 {
			t.Fatalf("%s: only the mirror image leads to %x\n%v\n%v", reason, next, w.Describe(), canonical.Describe())
		}
	}
}

// successors counts the keys of the worlds that steps lead to.
func successors(m *Model, p *Packing, w World, ask Ask) map[Key]int {
	keys := map[Key]int{}
	for _, s := range m.Steps(&w, nil) {
		next := w
		if _, ok := m.Take(&next, s, ask, nil); ok {
			keys[p.Pack(&next)]++
		}
	}
	return keys
}

// owes tells whether an internal step is enabled in w.
func owes(m *Model, w World, ask Ask) bool {
	for _, s := range m.Steps(&w, nil) {
		next := w
		if _, ok := m.Take(&next, s, ask, nil); ok && s.Kind.Internal() {
			return true
		}
	}
	return false
}

// reduces tells whether the key of w leaves out something of its surroundings.
func reduces(m *Model, p *Packing, w World) bool {
	around := surroundings{w.Pages, w.Registration, w.Faults, w.Kills}
	before := around
	around.reduce(&w, &m.bounds)
	return !p.plain && around != before
}

// TestPackingLeavesOut: worlds have one key if they differ only in what makes no difference to any connection; what may yet make one is kept.
func TestPackingLeavesOut(t *testing.T) {
	for _, c := range []struct {
		reason string
		design string
		one    string
		other  string
		kept   bool // the two have different keys
	}{
		{
			reason: "which pages are open, once none has an end or waits for one",
			design: "worker-notice=none, close=close",
			one:    accepted + "given p1 close c1",
			other:  accepted + "given p1 leave, p2 leave",
		},
		{
			reason: "which pages are open while one has an end: it could be transferred to them",
			one:    accepted,
			other:  accepted + "given p2 leave",
			kept:   true,
		},
		{
			reason: "which pages are open while one waits for an end",
			one:    requested,
			other:  requested + "given p2 leave",
			kept:   true,
		},
		{
			reason: "whether the worker runs, once no connection has an end at it or will have one",
			one:    requested + "given worker reject c1",
			other:  requested + "given worker reject c1, browser suspend",
		},
		{
			reason: "whether it runs, even while the browser owes something to the registration",
			one:    requested + "given worker reject c1, service update",
			other:  requested + "given worker reject c1, service update, browser suspend",
		},
		{
			reason: "whether the worker runs while one has an end at it",
			design: "suspend=wake, close=close, worker-notice=none",
			one:    accepted + "given p1 close c1",
			other:  accepted + "given p1 close c1, browser suspend",
			kept:   true,
		},
		{
			reason: "whether there may be a fault",
			one:    requested + "given worker reject c1",
			other:  requested + "given worker reject c1, browser kill",
		},
		{
			reason: "which version is active, and whether it has clients, even while a page has an end that leads nowhere",
			design: "close=close, page-notice=none",
			one:    accepted + "given worker close c1",
			other:  accepted + "given worker close c1, client open\n" + updatedAnyway,
		},
		{
			reason: "how many versions there can still be, once the registration is found no longer and each request was answered",
			one:    accepted + "given service unregister",
			other:  accepted + updateFails + "given service unregister",
		},
		{
			reason: "and so while its worker runs out",
			design: "unregister=run-out",
			one:    accepted + "given service unregister, browser clear",
			other:  accepted + updateFails + "given service unregister, browser clear",
		},
		{
			reason: "how many there can still be while it is found",
			one:    accepted,
			other:  accepted + updateFails,
			kept:   true,
		},
		{
			reason: "or while a request waits: it may find another registration",
			one:    "given p1 connect c1, service unregister",
			other:  "given p1 connect c1\n" + updateFails + "given service unregister",
			kept:   true,
		},
		{
			reason: "or while its connect event is pending: it may be dispatched again",
			one:    requested + "given service unregister",
			other:  requested + updateFails + "given service unregister",
			kept:   true,
		},
		{
			reason: "that nothing is registered any more",
			one:    requested + "given worker reject c1",
			other:  requested + "given worker reject c1, service unregister, browser clear",
		},
		{
			reason: "that the browser owes something to a registration: it is not at rest",
			one:    requested + "given worker reject c1",
			other:  requested + "given worker reject c1, service unregister",
			kept:   true,
		},
		{
			reason: "that a version installs",
			one:    requested + "given worker reject c1",
			other:  requested + "given worker reject c1, service update",
			kept:   true,
		},
		{
			reason: "that one waits to be activated",
			one:    requested + "given worker reject c1",
			other:  requested + "given worker reject c1\n" + waiting,
			kept:   true,
		},
		{
			reason: "that it is activating",
			one:    requested + "given worker reject c1",
			other:  requested + "given worker reject c1\n" + waiting + "given browser activate",
			kept:   true,
		},
	} {
		t.Run(c.reason, func(t *testing.T) {
			bounds := Bounds{Pages: 2, Connections: 1, Versions: 2, Messages: 1, Faults: 1, Kills: 1}
			p := newPlayer(t, bounds, c.design)
			packing, err := p.model.NewPacking()
			if err != nil {
				t.Fatal(err)
			}
			one, other := p.play(c.one), p.play(c.other)
			p.checkAsked()
			if (packing.Pack(&one) != packing.Pack(&other)) != c.kept {
				t.Errorf("one key: %t\n%v\n%v", !c.kept, one.Describe(), other.Describe())
			}
			if plain := packing.Plain(); plain.Pack(&one) == plain.Pack(&other) {
				t.Errorf("the plain packing has one key for\n%v\n%v", one.Describe(), other.Describe())
			}

			bounds.Connections = 2
			p = newPlayer(t, bounds, c.design)
			if packing, err = p.model.NewPacking(); err != nil {
				t.Fatal(err)
			}
			one, other = p.play(c.one), p.play(c.other)
			if packing.Pack(&one) == packing.Pack(&other) {
				t.Errorf("one key, although a connection can still be made, and feel the difference\n%v\n%v", one.Describe(), other.Describe())
			}
		})
	}
}

// updatedAnyway is an update that does not wait for clients.
const updatedAnyway = waiting + "given service skip-waiting, browser activate, browser activated\n"

// updateFails is one that was found in vain: there can be one version fewer.
const updateFails = "given service update, browser install-failed\n"

// TestPlainPackingIsInjective: without symmetries, a key stands for one world, but for the numbers of messages; whatever the
// packing that it was made from has packed before.
func TestPlainPackingIsInjective(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 2, Connections: 2, Versions: 2, Messages: 1, Faults: 1, Kills: 1})
	packing, err := m.NewPacking()
	if err != nil {
		t.Fatal(err)
	}
	r := newRand(6)
	worlds := map[Key]World{}
	for range 1000 {
		walk(t, m, r, 60, func(_ World, _ Step, _ []Event, w World) {
			for i := range w.Connections {
				w.Connections[i].ToWorker.renumber()
				w.Connections[i].ToPage.renumber()
			}
			packing.Pack(&w)
			plain := packing.Plain()
			key := plain.Pack(&w)
			if other, ok := worlds[key]; ok && other != w {
				t.Fatalf("two worlds have one key:\n%v\n%v", w.Describe(), other.Describe())
			}
			worlds[key] = w
			if unpacked := plain.Unpack(key); unpacked != w {
				t.Fatalf("packed and unpacked:\n%v\nbecomes\n%v", w.Describe(), unpacked.Describe())
			}
		})
	}
	if len(worlds) < 2000 {
		t.Errorf("only %d worlds were looked at", len(worlds))
	}
}

// renumber counts the messages of q from the last one received.
func (q *MessageQueue) renumber() {
	for i := range q.Length {
		q.numbers[i] -= q.Received
	}
	q.Posted -= q.Received
	q.Received = 0
}

// TestPackingNumbersVersionsLate: the versions that are left have the highest numbers that were given out, in the order
// of their roles; of the versions that are gone, nothing but that they are not the active one can be told.
func TestPackingNumbersVersionsLate(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 2, Connections: 3, Versions: 4, Messages: 1, Faults: 1, Kills: 1})
	packing, err := m.NewPacking()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		reason                      string
		active, waiting, installing Version
		late                        [3]Version // active, waiting and installing
		by, lateBy                  Version    // that accepted a connection
	}{
		{"the newest version stays", 4, 0, 0, [3]Version{4, 0, 0}, 4, 4},
		{"those after the active version failed to install", 1, 0, 0, [3]Version{4, 0, 0}, 1, 4},
		{"one is being installed, two failed before", 1, 0, 4, [3]Version{3, 0, 4}, 1, 3},
		{"one is waiting, and the next failed", 2, 3, 0, [3]Version{3, 4, 0}, 2, 3},
		{"every slot is taken", 1, 3, 4, [3]Version{2, 3, 4}, 1, 2},
		{"an older version accepted", 4, 0, 0, [3]Version{4, 0, 0}, 3, 3},
		{"a much older version accepted", 4, 0, 0, [3]Version{4, 0, 0}, 1, 3},
		{"an older version than an old one accepted", 2, 0, 0, [3]Version{4, 0, 0}, 1, 3},
		{"no version was asked", 2, 0, 4, [3]Version{3, 0, 4}, 0, 0},
	} {
		w := m.Initial()[0]
		w.Registration = Registration{Status: Live, Active: c.active, Waiting: c.waiting, Installing: c.installing, Latest: 4}
		w.Connections[0] = Connection{Phase: Up, Page: 1, Holder: 1, Accepted: c.by}
		key := packing.Pack(&w)
		got := packing.Unpack(key)
		reg := got.Registration
		if late := [3]Version{reg.Active, reg.Waiting, reg.Installing}; late != c.late || got.Connections[0].Accepted != c.lateBy {
			t.Errorf("%s: got %v and a connection accepted by %d; want %v and %d",
				c.reason, late, got.Connections[0].Accepted, c.late, c.lateBy)
		}
	}
}
