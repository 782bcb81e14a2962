package explore

import (
	"math/rand/v2"
	"testing"
	"unsafe"
)

// The store numbers keys as a map of Go does that is filled in the same order, whatever the hash.
func TestStoreAgainstMap(t *testing.T) {
	for _, row := range []struct {
		why   string
		keys  int // as many different ones at most
		finds int
		hash  func(uint64) uint64
	}{
		{"the index grows five times", 20_000, 30_000, mix},
		{"no key is new after a while", 700, 5_000, mix},
		{"neighbours in the index", 2_000, 3_000, func(k uint64) uint64 { return k << 32 }},
		{"only the low half of the hash differs: one run in the index", 1_500, 2_000, func(k uint64) uint64 { return k }},
		{"tags collide, places in the index do not all", 2_000, 4_000, func(k uint64) uint64 { return k % 64 << 32 }},
	} {
		r := rand.New(rand.NewPCG(1, 2))
		s := newStore(row.hash)
		numbers := map[uint64]uint32{}
		for range row.finds {
			k := r.Uint64N(uint64(row.keys))
			if n, found := s.lookup(k); found != hasKey(numbers, k) || found && n != numbers[k] {
				t.Fatalf("%s: lookup of %d got %d, %v", row.why, k, n, found)
			}
			want, known := numbers[k]
			if !known {
				want = uint32(len(numbers))
				numbers[k] = want
			}
			if got := s.find(k, row.hash(k)); got != want || s.worlds.at(got).key != k {
				t.Fatalf("%s: find of %d got %d, want %d", row.why, k, got, want)
			}
		}
		if int(s.worlds.n) != len(numbers) {
			t.Errorf("%s: got %d worlds, want %d", row.why, s.worlds.n, len(numbers))
		}
		if used, all := 4*uint64(s.worlds.n), 3*uint64(len(s.table)); used > all+4 {
			t.Errorf("%s: %d worlds in an index of %d", row.why, s.worlds.n, len(s.table))
		}
		for k, want := range numbers {
			if n, found := s.lookup(k); !found || n != want {
				t.Fatalf("%s: at last, lookup of %d got %d, %v, want %d", row.why, k, n, found, want)
			}
		}
	}
}

func hasKey(m map[uint64]uint32, k uint64) bool {
	_, ok := m[k]
	return ok
}

// warm only reads, and it may read of keys that are not there, too.
func TestStoreWarm(t *testing.T) {
	s := newStore(mix)
	s.find(7, mix(7))
	s.warm(nil)
	s.warm([]transition[uint64]{{key: 7, hash: mix(7)}, {key: 8, hash: mix(8)}})
	if _, found := s.lookup(8); found || s.worlds.n != 1 {
		t.Errorf("got %d worlds; key 8 found: %v", s.worlds.n, found)
	}
}

func TestBlocks(t *testing.T) {
	const n = 2<<blockBits + 5
	var b blocks[int]
	if b.bytes() != 0 {
		t.Errorf("an empty list takes %d bytes", b.bytes())
	}
	for i := range n {
		if got := b.add(3 * i); got != uint32(i) {
			t.Fatalf("element %d got number %d", i, got)
		}
		if i == 0 {
			defer func(at *int) {
				if b.at(0) != at {
					t.Error("element 0 was moved")
				}
			}(b.at(0))
		}
	}
	for i := range n {
		if got := *b.at(uint32(i)); got != 3*i {
			t.Fatalf("element %d is %d", i, got)
		}
	}
	if want := uint64(3<<blockBits) * uint64(unsafe.Sizeof(0)); b.n != n || b.bytes() != want {
		t.Errorf("got %d elements, %d bytes, want %d, %d", b.n, b.bytes(), n, want)
	}
}

// The package comment states what a world costs.
func TestStatedCosts(t *testing.T) {
	type key [3]uint64
	for _, row := range []struct {
		what      string
		got, want uintptr
	}{
		{"a world of a 24-byte key", unsafe.Sizeof(world[key]{}), 32},
		{"a slot, of which 4/3 to 8/3 are there for a world: 11 to 21 bytes", unsafe.Sizeof(slot{}), 8},
	} {
		if row.got != row.want {
			t.Errorf("%s: %d bytes, want %d", row.what, row.got, row.want)
		}
	}
}
