package explore

import (
	"math/bits"
	"unsafe"

	"cosw/model/family"
)

func lowest(b uint8) int { return bits.TrailingZeros8(b) }

// world is a visited world.
type world[K comparable] struct {
	key     K
	visited family.Set // the designs that reach it
	slot    uint32     // 1 + its place in the next frontier, 0: it has none
}

// store holds the visited worlds, numbered in the order in which they were found.
type store[K comparable] struct {
	hash   func(K) uint64
	worlds blocks[world[K]]
	table  []slot // open addressing, a power of two long, at most 3/4 full
}

// slot of the index: a part of the hash and 1 + the number of the world; zero when free.
type slot struct {
	tag   uint32
	world uint32
}

func newStore[K comparable](hash func(K) uint64) *store[K] {
	return &store[K]{hash: hash, table: make([]slot, 1<<10)}
}

// find returns the number of the world with that key, which it adds when there is none yet.
func (s *store[K]) find(k K, hash uint64) uint32 {
	tag, mask := uint32(hash>>32), uint32(len(s.table)-1)
	for i := tag & mask; ; i = (i + 1) & mask {
		e := &s.table[i]
		if e.world == 0 {
			n := s.worlds.add(world[K]{key: k})
			*e = slot{tag, n + 1}
			if uint64(n)*4 > uint64(len(s.table))*3 {
				s.grow()
			}
			return n
		}
		if e.tag == tag && s.worlds.at(e.world-1).key == k {
			return e.world - 1
		}
	}
}

// warm reads what find will read for the keys of those transitions. These reads do not wait for each other, as they
// would if one find came after another, so the latency of memory is paid once for many of them.
func (s *store[K]) warm(transitions []transition[K]) {
	mask := uint32(len(s.table) - 1)
	for i := range transitions {
		t := &transitions[i]
		t.read = s.table[uint32(t.hash>>32)&mask].world
	}
	for i := range transitions {
		if t := &transitions[i]; t.read != 0 {
			t.read = s.worlds.at(t.read - 1).slot // keeps the read from being optimised away
		}
	}
}

// lookup returns the number of the world with that key, if it was visited.
func (s *store[K]) lookup(k K) (uint32, bool) {
	tag, mask := uint32(s.hash(k)>>32), uint32(len(s.table)-1)
	for i := tag & mask; s.table[i].world != 0; i = (i + 1) & mask {
		if e := s.table[i]; e.tag == tag && s.worlds.at(e.world-1).key == k {
			return e.world - 1, true
		}
	}
	return 0, false
}

func (s *store[K]) grow() {
	old := s.table
	s.table = make([]slot, 2*len(old))
	mask := uint32(len(s.table) - 1)
	for _, e := range old {
		if e.world == 0 {
			continue
		}
		i := e.tag & mask
		for s.table[i].world != 0 {
			i = (i + 1) & mask
		}
		s.table[i] = e
	}
}

// bytes returns how much memory the store takes.
func (s *store[K]) bytes() uint64 {
	return s.worlds.bytes() + uint64(len(s.table))*uint64(unsafe.Sizeof(slot{}))
}

// blocks is a list that never moves its elements: growing copies nothing.
type blocks[T any] struct {
	full [][]T
	n    uint32
}

const blockBits = 10

func (b *blocks[T]) add(v T) uint32 {
	if b.n>>blockBits == uint32(len(b.full)) {
		b.full = append(b.full, make([]T, 1<<blockBits))
	}
	n := b.n
	*b.at(n) = v
	b.n++
	return n
}

func (b *blocks[T]) at(i uint32) *T { return &b.full[i>>blockBits][i&(1<<blockBits-1)] }

func (b *blocks[T]) bytes() uint64 {
	var v T
	return uint64(len(b.full)) << blockBits * uint64(unsafe.Sizeof(v))
}
