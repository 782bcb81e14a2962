package linearize

import (
	"cmp"
	"container/heap"
	"slices"
)

// This file decides without a search. The posts of each direction have a known order, and so have the queues. What is
// left to find out is which close comes first and how many posts come before it. The smallest possible number is best: a
// message that is refused demands nothing, while one that is accepted has to be received before its receiver may learn of
// the close, and before any later message is received. Then certain operations have to come before certain others, and an
// order exists if these demands have no cycle. Characterising queues by such patterns instead of searching goes back to
// Henzinger, Sezgin and Vafeiadis, "Aspect-oriented linearizability
// proofs", CONCUR 2013, and Bouajjani, Emmi, Enea and Hamza, "On reducing linearizability to state reachability", ICALP
// 2015.

// Decide tells whether some order explains h: [Linearizable] or [Violated], in O(n log n) time for each connection and
// close. The error is that of [History.Validate].
func Decide(h *History) (Result, error) {
	if err := h.Validate(); err != nil {
		return 0, err
	}
	for _, connection := range h.Connections() {
		if _, ok := order(h.moves(connection)); !ok {
			return Violated, nil
		}
	}
	return Linearizable, nil
}

// order returns an order of moves that explains them, as indices, or false if there is none.
func order(moves []move) ([]int, bool) {
	t := newTally(moves)
	if !t.consistent() {
		return nil, false
	}
	if len(t.closes) == 0 {
		return t.orderWith(-1)
	}
	for _, first := range t.closes {
		if found, ok := t.orderWith(first); ok {
			return found, true
		}
	}
	return nil, false
}

// tally sorts and counts the moves of one connection. An int that is not a count is an index into moves.
type tally struct {
	moves    []move
	byReturn []int // in the order of their returns
	before   [][]int
	closes   []int
	learns   []int
	way      [2]direction // by the side that posts
}

// direction is the messages from one side to the other, in the order in which they were posted.
type direction struct {
	posts    []int
	receives []int // of each post, -1 where there is none that counts
	certain  int   // how many posts have to be received: all up to the last one whose receive was seen
	strays   int   // receives of a message that nobody posted, or that was received before
	expected int   // how many posts the side that posts had reason to take for received
	believes bool  // the side that posts takes the connection for open at the end
	knows    bool  // it knows of a close
}

func newTally(moves []move) *tally {
	t := &tally{moves: moves}
	for i := range moves {
		m := &moves[i]
		w := &t.way[m.Side.index()]
		switch {
		case m.Effect == Void || m.final() && m.Effect == Unseen:
		case m.Kind == Post:
			w.posts = append(w.posts, i)
		case m.Kind == Close:
			t.closes = append(t.closes, i)
			w.knows = true
		case m.Kind == Learn:
			t.learns = append(t.learns, i)
			w.knows = true
		case m.Kind == Observe:
			w.believes = true
		case m.Kind == Expect:
			w.expected = max(w.expected, int(m.Posts))
		}
		t.byReturn = append(t.byReturn, i)
	}
	slices.SortStableFunc(t.byReturn, func(a, b int) int { return cmp.Compare(moves[a].Return, moves[b].Return) })
	for i := range t.way {
		t.countReceives(PageSide + Side(i))
	}
	t.chain()
	return t
}

// countReceives finds the receive of each message that side posts.
func (t *tally) countReceives(side Side) {
	w := &t.way[side.index()]
	at := map[Message]int{}
	for i, post := range w.posts {
		at[t.moves[post].Message] = i
		w.receives = append(w.receives, -1)
	}
	for i := range t.moves {
		m := &t.moves[i]
		if m.Kind != Receive || m.Side == side || m.Effect == Void {
			continue
		}
		post, posted := at[m.Message]
		switch {
		case posted && w.receives[post] < 0:
			w.receives[post] = i
			if m.Effect == Done {
				w.certain = max(w.certain, post+1)
			}
		case m.Effect == Done:
			w.strays++
		}
	}
	w.certain = max(w.certain, min(w.expected, len(w.posts)))
	if w.believes {
		w.certain = len(w.posts)
	}
}

// consistent tells whether an order is possible as far as the counts say.
func (t *tally) consistent() bool {
	for i := range t.way {
		if w := &t.way[i]; w.strays > 0 || w.believes && w.knows || w.expected > len(w.posts) {
			return false
		}
	}
	return len(t.learns) == 0 || len(t.closes) > 0
}

// chain notes the order of the moves at each side: see progress.admits.
func (t *tally) chain() {
	t.before = make([][]int, len(t.moves))
	lastPost, lastOther := [2]int{-1, -1}, [2]int{-1, -1}
	for i := range t.moves {
		m := &t.moves[i]
		if !m.chained() {
			continue
		}
		side := m.Side.index()
		t.demand(lastOther[side], i)
		if m.Kind == Post || m.Kind == Close {
			t.demand(lastPost[side], i)
		}
		if m.Kind == Post {
			lastPost[side] = i
		} else {
			lastOther[side] = i
		}
	}
}

// demand notes that a comes before b, if there is an a.
func (t *tally) demand(a, b int) {
	if a >= 0 {
		t.before[b] = append(t.before[b], a)
	}
}

// orderWith returns an order in which first is the first close, or no close happens if it is negative.
func (t *tally) orderWith(first int) ([]int, bool) {
	accepted := [2]int{len(t.way[0].posts), len(t.way[1].posts)}
	received := [2]int{t.way[0].certain, t.way[1].certain}
	if first >= 0 {
		var ok bool
		if accepted, ok = t.settleClose(first, &received); !ok {
			return nil, false
		}
	}
	demands, ok := t.demandsOfQueues(received)
	if !ok {
		return nil, false
	}
	if first >= 0 {
		demands = append(demands, t.demandsOfClose(first, accepted, received)...)
	}
	return t.sort(demands)
}

// settleClose returns the least number of posts of each side that come before first, and raises received to what then has
// to be received. It returns false if first cannot be the first close.
func (t *tally) settleClose(first int, received *[2]int) (accepted [2]int, ok bool) {
	for {
		demands, ok := t.demandsOfQueues(*received)
		if !ok {
			return accepted, false
		}
		past := t.past(first, demands, *received)
		for _, other := range slices.Concat(t.closes, t.learns) {
			if other != first && past[other] {
				return accepted, false
			}
		}
		settled := true
		for i := range t.way {
			for n, post := range t.way[i].posts {
				if past[post] {
					accepted[i] = n + 1
				}
			}
			if t.learnedBy(1-i) && accepted[i] > received[i] {
				received[i], settled = accepted[i], false
			}
		}
		if settled {
			return accepted, true
		}
	}
}

// learnedBy tells whether the side with that index learns of a close.
func (t *tally) learnedBy(side int) bool {
	return slices.ContainsFunc(t.learns, func(i int) bool { return t.moves[i].Side.index() == side })
}

// pair demands that one move comes before another.
type pair struct{ first, second int }

// demandsOfQueues returns the demands of receiving that many messages in each direction: each after its post, and in
// order. It returns false if one of them has no receive.
func (t *tally) demandsOfQueues(received [2]int) ([]pair, bool) {
	var demands []pair
	for i := range t.way {
		w := &t.way[i]
		for n := range received[i] {
			if w.receives[n] < 0 {
				return nil, false
			}
			demands = append(demands, pair{w.posts[n], w.receives[n]})
			if n > 0 {
				demands = append(demands, pair{w.receives[n-1], w.receives[n]})
			}
		}
	}
	return demands, true
}

// demandsOfClose returns the demands of first being the first close, after that many accepted posts: every other close and
// every learn comes later, and a side learns only once it has received everything.
func (t *tally) demandsOfClose(first int, accepted, received [2]int) []pair {
	var demands []pair
	for i := range t.way {
		for n, post := range t.way[i].posts {
			if n < accepted[i] {
				demands = append(demands, pair{post, first})
			} else {
				demands = append(demands, pair{first, post})
			}
		}
	}
	for _, other := range t.closes {
		if other != first {
			demands = append(demands, pair{first, other})
		}
	}
	for _, learn := range t.learns {
		demands = append(demands, pair{first, learn})
		from := t.moves[learn].Side.Other().index()
		if n := received[from]; n > 0 {
			demands = append(demands, pair{t.way[from].receives[n-1], learn})
		}
	}
	return demands
}

// past returns which moves have to come before first, or before a post that has to be accepted.
func (t *tally) past(first int, demands []pair, received [2]int) []bool {
	before := t.with(demands)
	var todo []int
	in := make([]bool, len(t.moves))
	add := func(i int) {
		if !in[i] {
			in[i] = true
			todo = append(todo, i)
		}
	}
	add(first)
	for i := range t.way {
		for _, post := range t.way[i].posts[:received[i]] {
			add(post)
		}
	}
	returned := 0 // how many moves of byReturn are in because they returned before a call
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, j := range before[i] {
			add(j)
		}
		for ; returned < len(t.byReturn) && t.moves[t.byReturn[returned]].Return < t.moves[i].Call; returned++ {
			add(t.byReturn[returned])
		}
	}
	return in
}

// with returns the demands of the chains together with others, by the move that has to wait.
func (t *tally) with(demands []pair) [][]int {
	before := make([][]int, len(t.before))
	for i := range before {
		before[i] = slices.Clip(t.before[i])
	}
	for _, d := range demands {
		before[d.second] = append(before[d.second], d.first)
	}
	return before
}

// sort returns an order of all moves that meets the demands, the chains and the intervals, or false if they have a cycle
// (Kahn, "Topological sorting of large networks", CACM 5(11), 1962).
func (t *tally) sort(demands []pair) ([]int, bool) {
	waitsFor := make([]int, len(t.moves))
	after := make([][]int, len(t.moves))
	var ready earliest
	for i, befores := range t.with(demands) {
		if waitsFor[i] = len(befores); waitsFor[i] == 0 {
			heap.Push(&ready, i)
		}
		for _, j := range befores {
			after[j] = append(after[j], i)
		}
	}
	found := make([]int, 0, len(t.moves))
	done := make([]bool, len(t.moves))
	first := 0 // in byReturn: the first one that is not done
	for len(ready) > 0 {
		i := heap.Pop(&ready).(int)
		if t.moves[i].Call > t.moves[t.byReturn[first]].Return {
			return nil, false // i has to wait for a move that in turn waits for one that is called later
		}
		found, done[i] = append(found, i), true
		for first < len(t.byReturn) && done[t.byReturn[first]] {
			first++
		}
		for _, j := range after[i] {
			if waitsFor[j]--; waitsFor[j] == 0 {
				heap.Push(&ready, j)
			}
		}
	}
	return found, len(found) == len(t.moves)
}

// earliest is a heap of moves, the one with the first call on top; moves are numbered in that order.
type earliest []int

func (e earliest) Len() int           { return len(e) }
func (e earliest) Less(i, j int) bool { return e[i] < e[j] }
func (e earliest) Swap(i, j int)      { e[i], e[j] = e[j], e[i] }
func (e *earliest) Push(x any)        { *e = append(*e, x.(int)) }
func (e *earliest) Pop() any {
	last := len(*e) - 1
	i := (*e)[last]
	*e = (*e)[:last]
	return i
}
