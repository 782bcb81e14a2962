package model

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
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

// TestPackingAtEveryBound packs and unpacks worlds at all bounds whose worlds fit into a key, and looks at what it says of
// those that do not.
func TestPackingAtEveryBound(t *testing.T) {
	for _, b := range everyBounds() {
		m := mustNew(t, b)
		packing, err := m.NewPacking()
		if err != nil {
			var bits int
			if _, text, _ := strings.Cut(err.Error(), " take "); text != "" {
				fmt.Sscanf(text, "%d bits", &bits)
			}
			if bits <= 64*len(Key{}) {
				t.Errorf("%v: refused, although a key has room for %d bits: %v", b, bits, err)
			}
			continue
		}
		checkRoundTrip(t, b, packing)
	}
}

// everyBounds returns all bounds that a model can have.
func everyBounds() []Bounds {
	var all []Bounds
	low, high := Limits()
	for pages := low.Pages; pages <= high.Pages; pages++ {
		for connections := low.Connections; connections <= high.Connections; connections++ {
			for versions := low.Versions; versions <= high.Versions; versions++ {
				for messages := low.Messages; messages <= high.Messages; messages++ {
					for kills := low.Kills; kills <= high.Kills; kills++ {
						all = append(all, Bounds{pages, connections, versions, messages, kills})
					}
				}
			}
		}
	}
	return all
}

// checkRoundTrip fills the fields of worlds within b. None may spill into another one or over the end of the key, and no
// bit of a key may be wasted.
func checkRoundTrip(t *testing.T, b Bounds, packing *Packing) {
	t.Helper()
	plain := packing.Plain()
	var used Key
	for _, f := range fillings() {
		w := f.world(b)
		key := plain.Pack(&w)
		if got := plain.Unpack(key); got != w {
			t.Fatalf("%v: packed and unpacked:\n%v\nbecomes\n%v", b, w, got)
		}
		for word := range key {
			used[word] |= key[word]
		}

		// Of the connections the order is lost, and nothing else.
		w.Registration = w.Registration.renumbered()
		for c := range w.Connections {
			w.Connections[c].Accepted = min(w.Connections[c].Accepted, w.Registration.Active)
		}
		mirrored := w
		slices.Reverse(mirrored.Connections[:b.Connections])
		key = packing.Pack(&w)
		unpacked := packing.Unpack(key)
		if packing.Pack(&mirrored) != key || packing.Pack(&unpacked) != key {
			t.Fatalf("%v: a world and its mirror image have two keys:\n%v\n%v", b, w, mirrored)
		}
	}
	if !isFull(used) {
		t.Errorf("%v: a bit in the middle is never used: %x", b, used)
	}
}

// isFull tells whether the bits that are set in k are the lowest ones, without a gap.
func isFull(k Key) bool {
	for i := range k {
		above := i+1 < len(k) && k[i+1] != 0
		if k[i]&(k[i]+1) != 0 || above && k[i]+1 != 0 {
			return false
		}
	}
	return true
}

// filling tells how the fields of a world are filled: values for each field, the others for the lengths of queues. Each
// returns zero; or below, which stands for the bits below the topmost one of the largest value; or largest.
type filling struct {
	values, toWorker, toPage func() int
}

const (
	zero = iota
	below
	largest
)

// fillings returns some that use all bits of a key between them, where what comes after a queue stands elsewhere if the
// queue is shorter; and some that mix what is in a field, so that what spills over from one finds the next one empty.
func fillings() []filling {
	const seed = 8
	r := newRand(seed)
	mixed := func() int { return r.IntN(largest + 1) }
	var all []filling
	for i := range 8 {
		bit := func(n int) func() int { return func() int { return below + i>>n&1 } }
		all = append(all, filling{bit(0), bit(1), bit(2)}, filling{mixed, mixed, mixed})
	}
	return all
}

// upTo returns the value that choice means for a field whose largest value is n.
func upTo(n, choice int) uint8 {
	return [...]uint8{zero: 0, below: uint8(1<<max(0, bits.Len(uint(n))-1) - 1), largest: uint8(n)}[choice]
}

// world returns a world within b, not a likely one. Its messages count from the last one received.
func (f filling) world(b Bounds) World {
	number := func(n int) uint8 { return upTo(n, f.values()) }
	flag := func() bool { return f.values() == largest }
	version := func() Version { return Version(number(b.Versions)) }
	queue := func(length uint8, strangers bool) Queue {
		q := Queue{Posted: number(b.Messages)}
		for range length {
			q.Push(Message{Number: number(b.Messages), Stranger: strangers && flag()})
		}
		return q
	}
	var w World
	for i := range b.Pages {
		w.Pages[i] = Page{Origin: Origin(number(int(ForeignB))), Open: flag()}
	}
	w.Registration = Registration{
		Status: Status(number(int(Unregistered))), Installing: version(), Waiting: version(), Active: version(),
		Latest: version(), Activating: flag(), Running: flag(), SkipWaiting: flag(), Controlled: flag(),
	}
	w.Kills = number(b.Kills)
	for i := range b.Connections {
		phase := Phase(number(int(Down)))
		if phase == Unused {
			continue // it has no other fields
		}
		w.Connections[i] = Connection{
			Phase: phase, Page: number(b.Pages), Pending: flag(),
			Holder: number(b.Pages), Reference: flag(), Listening: flag(), Accepted: version(), Object: flag(),
			Entangled: flag(), NoticeToPage: flag(), NoticeToWorker: flag(),
			ToWorker: queue(upTo(b.Messages, f.toWorker()), true), ToPage: queue(upTo(b.Messages, f.toPage()), false),
		}
	}
	return w
}

// TestPackingNumbersVersionsLate: the versions that are left have the highest numbers that were given out, in the order
// of their roles; of the versions that are gone, nothing but that they are not the active one can be told.
func TestPackingNumbersVersionsLate(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 2, Connections: 3, Versions: 4, Messages: 1, Kills: 1})
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

func TestBoundsThatDoNotFitAKey(t *testing.T) {
	for _, c := range []struct {
		bounds Bounds
		bits   int
		reason string
	}{
		{Bounds{Pages: 4, Connections: 6, Versions: 4, Messages: 8, Kills: 7}, 675, "the largest of all"},
		{Bounds{Pages: 1, Connections: 5, Versions: 1, Messages: 3}, 193, "one bit too many in all"},
		{Bounds{Pages: 4, Connections: 1, Versions: 2, Messages: 5}, 3 * 65, "one bit too many for a third of a key, which is to hold a connection"},
	} {
		want := fmt.Sprintf("worlds of %v take %d bits and exhaustive search has room for 192: "+
			"lower --messages, --connections or --pages", c.bounds, c.bits)
		if _, err := mustNew(t, c.bounds).NewPacking(); err == nil || err.Error() != want {
			t.Errorf("%s\ngot  %v\nwant %s", c.reason, err, want)
		}
	}
}
