package family

import "unsafe"

const (
	minMemoBits = 8  // 4 KiB
	maxMemoBits = 20 // 16 MiB
)

// operand is a second operand: a set, a cube, or the number of an answer.
type operand interface {
	comparable
	hash() uint64
	within(nodes int) bool // whether it is no set, or one of the first nodes
}

// memo remembers results of one operation on a set and a second operand. It is direct-mapped and lossy: an entry is
// overwritten by the next one with the same hash, so its size is bounded and a miss only costs time.
type memo[O operand] struct {
	entries []memoEntry[O] // a power of two
	shift   uint           // hash bits to drop
}

// memoEntry is one remembered result. In an unused entry set is None, as results for None are never remembered.
type memoEntry[O operand] struct {
	operand O
	set     Set
	result  Set
}

func newMemo[O operand](sizeBits uint) memo[O] {
	return memo[O]{entries: make([]memoEntry[O], 1<<sizeBits), shift: 64 - sizeBits}
}

// slot returns the entry that would hold the result for those operands; hash is that of the second one.
func (m *memo[O]) slot(x Set, hash uint64) *memoEntry[O] {
	hash = (hash*hashFactor ^ uint64(x)) * hashFactor
	return &m.entries[hash>>(m.shift%64)]
}

// get returns the remembered result for those operands.
func (m *memo[O]) get(x Set, o O, hash uint64) (Set, bool) {
	e := m.slot(x, hash)
	return e.result, e.set == x && e.operand == o
}

// put remembers a result and returns it.
func (m *memo[O]) put(x Set, o O, hash uint64, result Set) Set {
	*m.slot(x, hash) = memoEntry[O]{o, x, result}
	return result
}

// grow doubles the memo until it has an entry per node or has reached its largest size.
func (m *memo[O]) grow(nodes int) {
	sizeBits := 64 - m.shift
	for sizeBits < maxMemoBits && 1<<sizeBits < nodes {
		sizeBits++
	}
	if sizeBits == 64-m.shift {
		return
	}
	old := m.entries
	*m = newMemo[O](sizeBits)
	for _, e := range old {
		if e.set != None {
			m.put(e.set, e.operand, e.operand.hash(), e.result)
		}
	}
}

// forget drops results that have to do with other sets than the first nodes.
func (m *memo[O]) forget(nodes int) {
	for i := range m.entries {
		if e := &m.entries[i]; !e.set.within(nodes) || !e.result.within(nodes) || !e.operand.within(nodes) {
			*e = memoEntry[O]{}
		}
	}
}

// bytes returns the memory that the entries take.
func (m *memo[O]) bytes() uint64 {
	return uint64(len(m.entries)) * uint64(unsafe.Sizeof(memoEntry[O]{}))
}
