package model

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"testing"
)

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
			if bits <= keyBits {
				t.Errorf("%v: refused, although a key has room for %d bits: %v", b, bits, err)
			}
			continue
		}
		checkRoundTrip(t, b, packing)
	}
}

// everyBounds returns all bounds that a model can have; of kills, none, some and all faults.
func everyBounds() []Bounds {
	var all []Bounds
	low, high := Limits()
	for pages := low.Pages; pages <= high.Pages; pages++ {
		for connections := low.Connections; connections <= high.Connections; connections++ {
			for versions := low.Versions; versions <= high.Versions; versions++ {
				for messages := low.Messages; messages <= high.Messages; messages++ {
					for faults := low.Faults; faults <= high.Faults; faults++ {
						for _, kills := range []int{low.Kills, (faults + 1) / 2, high.Kills} {
							all = append(all, Bounds{pages, connections, versions, messages, faults, kills})
						}
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
	var used [3]uint64
	for _, f := range fillings() {
		w := f.world(b)
		key := plain.Pack(&w)
		if got := plain.Unpack(key); got != w {
			t.Fatalf("%v: packed and unpacked:\n%v\nbecomes\n%v", b, w, got)
		}
		for i, word := range [...]uint64{key.A, key.B, key.C} {
			used[i] |= word
		}

		// Of connections the order is lost, in whatever slots there is a version.
		w.Registration.Latest = Version(b.Versions)
		if b.Versions < 3 {
			w.Registration.Installing = 0
		}
		if b.Versions < 2 {
			w.Registration.Waiting = 0
		}
		w.Registration = w.Registration.renumbered()
		for c := range w.Connections {
			w.Connections[c].Accepted = min(w.Connections[c].Accepted, w.Registration.Active)
			if w.Connections[c].Phase == Down {
				w.Connections[c].Accepted = 0
			}
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

// isFull tells whether the bits that are set in words are the lowest ones, without a gap.
func isFull(words [3]uint64) bool {
	for i, word := range words {
		above := i+1 < len(words) && words[i+1] != 0
		if word&(word+1) != 0 || above && word+1 != 0 {
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
	queue := func(length uint8, strangers bool) MessageQueue {
		q := MessageQueue{Posted: number(b.Messages)}
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
		Status: Status(number(int(RunningOut))), Installing: version(), Waiting: version(), Active: version(),
		Latest: version(), Activating: flag(), Running: flag(), SkipWaiting: flag(), Controlled: flag(),
	}
	w.Faults, w.Kills = number(b.Faults), number(min(b.Kills, b.Faults))
	for i := range b.Connections {
		phase := Phase(number(int(Down)))
		if phase == Unused {
			continue // it has no other fields
		}
		w.Connections[i] = Connection{
			Phase: phase, Page: number(b.Pages), Pending: flag(),
			Holder: number(b.Pages), Reference: flag(), Listening: flag(), Accepted: version(), Object: flag(),
			Entangled: flag(), Hung: flag(), NoticeToPage: flag(), NoticeToWorker: flag(),
			ToWorker: queue(upTo(b.Messages, f.toWorker()), true), ToPage: queue(upTo(b.Messages, f.toPage()), false),
		}
	}
	return w
}

func TestBoundsThatDoNotFitAKey(t *testing.T) {
	for _, c := range []struct {
		bounds Bounds
		bits   int
		reason string
	}{
		{Bounds{Pages: 4, Connections: 6, Versions: 4, Messages: 8, Faults: 7, Kills: 7}, 684, "the largest of all"},
		{Bounds{Pages: 1, Connections: 5, Versions: 4, Messages: 2, Faults: 1, Kills: 1}, 193, "one bit too many in all"},
		{Bounds{Pages: 4, Connections: 1, Versions: 1, Messages: 5}, 3 * 65, "one bit too many for a third of a key, which is to hold a connection"},
	} {
		want := fmt.Sprintf("worlds of %v take %d bits and exhaustive search has room for 192: "+
			"lower --messages, --connections or --pages", c.bounds, c.bits)
		if _, err := mustNew(t, c.bounds).NewPacking(); err == nil || err.Error() != want {
			t.Errorf("%s\ngot  %v\nwant %s", c.reason, err, want)
		}
	}
}
