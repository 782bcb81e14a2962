package family

import "testing"

func TestMemoForgetsButNeverMixesUp(t *testing.T) {
	m := newMemo[answerNumber](minMemoBits)
	result := func(x Set, operand answerNumber) Set { return x ^ Set(operand) }
	const calls = 4 << minMemoBits // more than there are entries
	for i := range answerNumber(calls) {
		x := Set(i%7 + 1)
		m.put(x, i, i.hash(), result(x, i))
		if i == calls/2 {
			m.grow(calls / 2)
		}
	}
	found := 0
	for i := range answerNumber(calls) {
		x := Set(i%7 + 1)
		if got, ok := m.get(x, i, i.hash()); ok {
			found++
			if got != result(x, i) {
				t.Fatalf("result for %d, %d is %d, want %d", x, i, got, result(x, i))
			}
		}
	}
	if found == 0 || found == calls {
		t.Errorf("%d of %d results found: the memo should keep some and lose some", found, calls)
	}
}

func TestMemoGrowsToItsLimit(t *testing.T) {
	m := newMemo[answerNumber](minMemoBits)
	m.put(7, 11, answerNumber(11).hash(), 13)
	tests := []struct {
		why             string
		nodes, wantBits int
	}{
		{"an entry per node is there", 1 << minMemoBits, minMemoBits},
		{"one node more doubles it", 1<<minMemoBits + 1, minMemoBits + 1},
		{"several doublings at once", 1 << 16, 16},
		{"it never shrinks", 1, 16},
		{"memory is bounded", 1 << 30, maxMemoBits},
	}
	for _, tt := range tests {
		m.grow(tt.nodes)
		if len(m.entries) != 1<<tt.wantBits {
			t.Errorf("%s: %d entries for %d nodes, want %d", tt.why, len(m.entries), tt.nodes, 1<<tt.wantBits)
		}
		if got, ok := m.get(7, 11, answerNumber(11).hash()); !ok || got != 13 {
			t.Errorf("%s: the memo forgot what it held", tt.why)
		}
	}
}
