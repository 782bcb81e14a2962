package family

import "unsafe"

const (
	minMemoBits = 12 // 64 KiB
	maxMemoBits = 20 // 16 MiB
)

// memo remembers results of one operation on a set and a second operand. It is direct-mapped and lossy: an entry is
// overwritten by the next one with the same hash, so its size is bounded and a miss only costs time.
type memo struct {
	entries []memoEntry // a power of two
	shift   uint        // hash bits to drop
}

// memoEntry is one remembered result; set is None in an unused entry, as operations on None need no memory.
type memoEntry struct {
	operand uint64
	set     Set
	result  Set
}

func newMemo(sizeBits uint) memo {
	return memo{entries: make([]memoEntry, 1<<sizeBits), shift: 64 - sizeBits}
}

// slot returns the entry that would hold the result for those operands.
func (m *memo) slot(x Set, operand uint64) *memoEntry {
	hash := (operand*hashFactor ^ uint64(x)) * hashFactor
	return &m.entries[hash>>(m.shift%64)]
}

// get returns the remembered result for those operands.
func (m *memo) get(x Set, operand uint64) (Set, bool) {
	e := m.slot(x, operand)
	return e.result, e.set == x && e.operand == operand
}

// put remembers a result and returns it.
func (m *memo) put(x Set, operand uint64, result Set) Set {
	*m.slot(x, operand) = memoEntry{operand, x, result}
	return result
}

// grow doubles the memo until it has an entry per node or has reached its largest size.
func (m *memo) grow(nodes int) {
	sizeBits := 64 - m.shift
	for sizeBits < maxMemoBits && 1<<sizeBits < nodes {
		sizeBits++
	}
	if sizeBits == 64-m.shift {
		return
	}
	old := m.entries
	*m = newMemo(sizeBits)
	for _, e := range old {
		if e.set != None {
			m.put(e.set, e.operand, e.result)
		}
	}
}

// bytes returns the memory that the entries take.
func (m *memo) bytes() uint64 { return uint64(len(m.entries)) * uint64(unsafe.Sizeof(memoEntry{})) }
