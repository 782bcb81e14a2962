package linearize

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestStepList(t *testing.T) {
	enter := func(c int) ListAction { return ListAction{Kind: Enter, Connection: c, Outcome: Done} }
	leave := func(c int) ListAction { return ListAction{Kind: Leave, Connection: c, Outcome: Done} }
	look := func(c ...int) ListAction { return ListAction{Kind: Look, Members: MembersOf(c...), Outcome: Done} }
	tests := []struct {
		why     string
		actions []ListAction
		want    bool
	}{
		{"an empty list", []ListAction{look()}, true},
		{"what was made is listed", []ListAction{enter(2), enter(1), look(1, 2)}, true},
		{"one is missing", []ListAction{enter(1), enter(2), look(1)}, false},
		{"one was never made", []ListAction{enter(1), look(1, 3)}, false},
		{"what ended is not listed", []ListAction{enter(1), leave(1), look()}, true},
		{"one that ended is still listed", []ListAction{enter(1), leave(1), look(1)}, false},
		{"one enters again after it left", []ListAction{enter(1), leave(1), enter(1), look(1)}, true},
		{"one enters twice", []ListAction{enter(1), enter(1)}, false},
		{"both ends close", []ListAction{enter(1), leave(1), leave(1), look()}, true},
		{"nobody sees what is shown", []ListAction{{Kind: Look, Members: MembersOf(9), Outcome: Unseen}}, true},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			var shown Members
			last := len(test.actions) - 1
			for _, a := range test.actions[:last] {
				_, shown = StepList(shown, a)
			}
			if ok, _ := StepList(shown, test.actions[last]); ok != test.want {
				t.Errorf("got %v, want %v", ok, test.want)
			}
		})
	}
}

func TestMembers(t *testing.T) {
	m := MembersOf(300, 2, 2, 70000)
	if got := m.String(); got != "{2, 300, 70000}" {
		t.Errorf("got %s", got)
	}
	if m.without(300) != MembersOf(2, 70000) || m.with(2) != m || Members("").String() != "{}" {
		t.Error("with or without is wrong")
	}
}

func checkLists(t *testing.T, h *ListHistory) Result {
	t.Helper()
	result, err := CheckLists(h, 20*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestListsOfRuns checks lists of random runs, and that each wrong list is found: one that forgets a connection, shows
// one that ended, or one that never was.
func TestListsOfRuns(t *testing.T) {
	looks, mutated := 0, 0
	generate(t, 4, runs(t, 500), 80, func(i int, r *rand.Rand, w walk, _ *History) {
		h := ListsFromRun(w.run, r.Uint64)
		if got := checkLists(t, h); got != Linearizable {
			t.Fatalf("run %d: %s", i, got)
		}
		var seen []int
		for j := range h.Operations {
			if op := &h.Operations[j]; op.Kind == Look && op.Outcome == Done {
				seen = append(seen, j)
			}
		}
		looks += len(seen)
		if len(seen) == 0 {
			return
		}
		op := &h.Operations[seen[r.IntN(len(seen))]]
		op.Members = op.Members.with(77)
		mutated++
		if got := checkLists(t, h); got != Violated {
			t.Errorf("run %d: a list that shows an invented connection is %s", i, got)
		}
		all, err := ExplainLists(h, 0)
		if err != nil || len(all) != 1 || !strings.Contains(all[0].Text, "77") {
			t.Errorf("run %d: %v, %v", i, all, err)
		}
	})
	if looks < runs(t, 500) || mutated < runs(t, 500)/2 {
		t.Errorf("only %d looks, %d of them wrong", looks, mutated)
	}
}

// TestListsAgreeWithEnumeration compares the search with a plain enumeration of all orders.
func TestListsAgreeWithEnumeration(t *testing.T) {
	seen := map[Result]int{}
	for i := range runs(t, 10000) {
		r := rand.New(rand.NewPCG(5, uint64(i)))
		h := &ListHistory{Parties: []string{"page/1"}, Lists: []string{"page/1"}}
		for range 2 + r.IntN(6) {
			op := ListOperation{ListAction: ListAction{Kind: Enter + ListKind(r.IntN(3)), Connection: 1 + r.IntN(2), Outcome: Done}}
			op.Members = MembersOf([][]int{nil, {1}, {2}, {1, 2}}[r.IntN(4)]...)
			op.Call = r.Int64N(10)
			op.Return = op.Call + r.Int64N(10)
			h.Operations = append(h.Operations, op)
		}
		got := checkLists(t, h)
		seen[got]++
		if want := enumerateList(h.Operations, ""); (got == Linearizable) != want {
			t.Fatalf("history %d: %s, but enumerating says %v: %+v", i, got, want, h.Operations)
		}
	}
	for _, result := range []Result{Linearizable, Violated} {
		if seen[result] < runs(t, 10000)/20 {
			t.Errorf("only %d histories are %s; widen the generator", seen[result], result)
		}
	}
}

func enumerateList(left []ListOperation, shown Members) bool {
	if len(left) == 0 {
		return true
	}
	for i, op := range left {
		if slices.ContainsFunc(left, func(other ListOperation) bool { return other.Return < op.Call }) {
			continue
		}
		if ok, next := StepList(shown, op.ListAction); ok && enumerateList(slices.Delete(slices.Clone(left), i, i+1), next) {
			return true
		}
	}
	return false
}

// TestExplainLists is a list that goes back in time.
func TestExplainLists(t *testing.T) {
	op := func(kind ListKind, connection int, t int64, shown ...int) ListOperation {
		return ListOperation{ListAction: ListAction{kind, connection, MembersOf(shown...), Done}, Call: t, Return: t + 5}
	}
	h := &ListHistory{
		Parties: []string{"service"}, Lists: []string{"service"},
		Operations: []ListOperation{op(Enter, 1, 0), op(Enter, 2, 3), op(Look, 0, 10, 1, 2), op(Look, 0, 20, 1)},
	}
	all, err := ExplainLists(h, 0)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	want := `3 operations of 4 can be put in an order that one list allows; what cannot follow:
service reads its list: {1},
but after those it shows {1, 2}
`
	if all[0].Text != want {
		t.Errorf("got:\n%swant:\n%s", all[0].Text, want)
	}
}

func TestListErrors(t *testing.T) {
	valid := ListOperation{ListAction: ListAction{Kind: Enter, Connection: 1, Outcome: Done}}
	tests := []struct {
		change func(*ListOperation)
		want   string
	}{
		{func(op *ListOperation) { op.Kind = 0 }, "list operation 1: there is no kind 0; use Enter, Leave or Look"},
		{func(op *ListOperation) { op.Outcome = Unseen }, "list operation 1: its outcome must be Done, or Unseen for a Look"},
		{func(op *ListOperation) { op.List = 1 }, "list operation 1: there is no list 1; the history has 1"},
		{func(op *ListOperation) { op.Party = -1 }, "list operation 1: there is no party -1; the history has 1"},
		{func(op *ListOperation) { op.Return = -1 }, "list operation 1: it returns at -1, before its call at 0; exchange the two"},
	}
	for _, test := range tests {
		op := valid
		test.change(&op)
		h := &ListHistory{Parties: []string{"a"}, Lists: []string{"a"}, Operations: []ListOperation{op}}
		if _, err := CheckLists(h, 0); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

// hardList is a list on which n connections enter at once and a look shows one that never was: the search tries all
// orders of them.
func hardList(n int) *ListHistory {
	h := &ListHistory{Parties: []string{"service"}, Lists: []string{"service"}}
	for c := range n {
		h.Operations = append(h.Operations, ListOperation{ListAction: ListAction{Kind: Enter, Connection: c + 1, Outcome: Done}, Return: 10})
	}
	look := ListAction{Kind: Look, Members: MembersOf(n + 1), Outcome: Done}
	h.Operations = append(h.Operations, ListOperation{ListAction: look, Return: 10})
	return h
}

// TestLimitStops: when time runs out the answer is unknown, and the search really ends.
func TestLimitStops(t *testing.T) {
	start := time.Now()
	result, err := CheckLists(hardList(30), 50*time.Millisecond)
	if err != nil || result != Unknown {
		t.Errorf("got %s, %v; want unknown", result, err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	expectNoGoroutines(t)
}
