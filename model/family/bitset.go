package family

import (
	"math/bits"
	"slices"
)

// bitset is a set of small numbers, 64 to a word. Operands of one operation have the same length.
type bitset []uint64

// newBitset returns an empty set with room for the numbers below n.
func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

// fullBitset returns the set of the numbers below n.
func fullBitset(n int) bitset {
	b := newBitset(n)
	for i := range n {
		b.add(i)
	}
	return b
}

func (b bitset) add(i int)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) remove(i int)   { b[i/64] &^= 1 << (i % 64) }
func (b bitset) has(i int) bool { return b[i/64]>>(i%64)&1 != 0 }
func (b bitset) clone() bitset  { return slices.Clone(b) }

// empty reports whether b has no number.
func (b bitset) empty() bool {
	return !slices.ContainsFunc(b, func(word uint64) bool { return word != 0 })
}

// removeAll removes the numbers of c.
func (b bitset) removeAll(c bitset) {
	for i, word := range c {
		b[i] &^= word
	}
}

// countIn returns how many numbers of b are in c.
func (b bitset) countIn(c bitset) int {
	n := 0
	for i, word := range b {
		n += bits.OnesCount64(word & c[i])
	}
	return n
}

// withinOf reports whether the numbers of b that are in c are all in d.
func (b bitset) withinOf(c, d bitset) bool {
	for i, word := range b {
		if word&c[i]&^d[i] != 0 {
			return false
		}
	}
	return true
}

// each calls do for each number of b that is in c, in increasing order.
func (b bitset) each(c bitset, do func(i int)) {
	for i, word := range b {
		for word &= c[i]; word != 0; word &= word - 1 {
			do(i*64 + bits.TrailingZeros64(word))
		}
	}
}
