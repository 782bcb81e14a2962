package model

import (
	"math/rand/v2"
	"testing"
)

// TestPackingIsFaithful: a world and what comes out of its key are packed alike, and can take the same steps to worlds
// that are packed alike. That makes the search of keys a search of worlds.
func TestPackingIsFaithful(t *testing.T) {
	for _, c := range []struct {
		bounds Bounds
		reason string
	}{
		{DefaultBounds, "the default check"},
		{Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 0, Kills: 0}, "fields without any bits"},
		{Bounds{Pages: 2, Connections: 3, Versions: 3, Messages: 2, Kills: 2}, "connections over the words of a key"},
		{Bounds{Pages: 3, Connections: 2, Versions: 4, Messages: 3, Kills: 3}, "numbers of two and three bits"},
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

func checkPacking(t *testing.T, m *Model, p *Packing, reason string, w World, r *rand.Rand) {
	t.Helper()
	key := p.Pack(&w)
	canonical := p.Unpack(key)
	if again := p.Pack(&canonical); again != key {
		t.Fatalf("%s: packed once %x, packed twice %x\n%v\n%v", reason, key, again, w.Describe(), canonical.Describe())
	}
	ask := Under(randomDesign(r))
	if ours, theirs := successors(m, p, w, ask), successors(m, p, canonical, ask); !equalCounts(ours, theirs) {
		t.Fatalf("%s: a world and its mirror image go on differently\n%v\n%v", reason, w.Describe(), canonical.Describe())
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

func equalCounts(a, b map[Key]int) bool {
	if len(a) != len(b) {
		return false
	}
	for k, n := range a {
		if b[k] != n {
			return false
		}
	}
	return true
}

// TestPlainPackingIsInjective: without symmetries, a key stands for one world, but for the numbers of messages.
func TestPlainPackingIsInjective(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 2, Connections: 2, Versions: 2, Messages: 1, Kills: 1})
	packing, err := m.NewPacking()
	if err != nil {
		t.Fatal(err)
	}
	plain := packing.Plain()
	r := newRand(6)
	worlds := map[Key]World{}
	for range 1000 {
		walk(t, m, r, 60, func(_ World, _ Step, _ []Event, w World) {
			for i := range w.Connections {
				w.Connections[i].ToWorker.renumber()
				w.Connections[i].ToPage.renumber()
			}
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
func (q *Queue) renumber() {
	for i := range q.Length {
		q.numbers[i] -= q.Received
	}
	q.Posted -= q.Received
	q.Received = 0
}

func TestBoundsThatDoNotFitAKey(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 4, Connections: 6, Versions: 4, Messages: 8, Kills: 7})
	const want = "worlds of 4 pages, 6 connections, 4 versions, 8 messages, 7 kills take 675 bits and exhaustive search " +
		"has room for 192: lower --messages, --connections or --pages"
	if _, err := m.NewPacking(); err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
