package explore

import "testing"

// The soda vending machine, the running example of featured transition systems: A. Classen, P. Heymans, P.-Y. Schobbens,
// A. Legay and J.-F. Raskin, Model Checking Lots of Systems, ICSE 2010; A. Classen et al., Featured Transition Systems,
// TSE 2013. Its nine states and thirteen transitions are those of sodavendingmachine/svm.fts in the repository
// xdevroey/vibes-casestudies, which also says what a product is (svm.tvl): a machine sells soda, tea or both, may take a
// cancellation, and may give away its drinks. The currencies of svm.tvl, which no transition asks for, are left out.

var vendingQuestions = []string{"beverages=soda|tea|both", "cancel=no|yes", "free=no|yes"}

const (
	beverages, cancel, free = 0, 1, 2
	soda, tea               = 0, 1
)

// The marks of the vending machine.
const (
	takenUnopened = iota // a drink is taken, and no compartment was opened for it
	neverOpened          // a drink was selected, and all that the machine owes was done without opening
	servedSoda
	servedTea
	returnedMoney
	waitsForChange
)

// sells is enabled for machines that sell the drink.
func sells(drink, other int, then outcome) func(Ask) outcome {
	return func(ask Ask) outcome {
		if ask(beverages) == other {
			return blocked
		}
		return then
	}
}

// vending returns the machine. What it does on its own is internal; what those rules name that are given, too.
func vending(alsoInternal ...string) *toy {
	machine := []string{"change", "return", "serveSoda", "serveTea", "open", "close"}
	y := &toy{
		initial: []place{1},
		rules: []rule{
			{name: "pay", from: 1, take: only(free, no, always(2))},
			{name: "free", from: 1, take: only(free, yes, always(3))},
			{name: "change", from: 2, take: only(free, no, always(3))},
			{name: "cancel", from: 3, take: only(cancel, yes, always(4))},
			{name: "return", from: 4, take: only(cancel, yes, always(1, returnedMoney))},
			{name: "soda", from: 3, take: sells(soda, tea, to(5))},
			{name: "tea", from: 3, take: sells(tea, soda, to(6))},
			{name: "serveSoda", from: 5, take: sells(soda, tea, to(7, servedSoda))},
			{name: "serveTea", from: 6, take: sells(tea, soda, to(7, servedTea))},
			{name: "open", from: 7, take: only(free, no, always(8))},
			{name: "take", from: 7, take: only(free, yes, always(1, takenUnopened))},
			{name: "take", from: 8, take: only(free, no, always(9))},
			{name: "close", from: 9, take: only(free, no, always(1))},
		},
		judge:     in(2, waitsForChange),
		quiescent: in(7, neverOpened),
	}
	for _, name := range append(machine, alsoInternal...) {
		for i := range y.rules {
			y.rules[i].internal = y.rules[i].internal || y.rules[i].name == name
		}
	}
	return y
}

// The expected sets are read off the guards: free drinks come without the compartment, so that "what is selected is
// taken from an opened compartment" fails for FreeDrinks and for no other feature.
func TestVendingMachine(t *testing.T) {
	e := exercise{
		toy: *vending(), questions: vendingQuestions,
		// Both kinds of machine go round 1, 3, 7; the paying ones by 2, 8 and 9, and so are late by one step in 3.
		worlds: 9, pairs: 12 + 6 + 12 + 6 + 8 + 8 + 12 + 6 + 6, depth: 6,
		// pay, free; change and, with free drinks, cancel, soda and tea; the same three without, return, and serving
		// each drink; return, serving, take; open; take; close.
		transitions: 2 + (1 + 3) + (3 + 1 + 2) + (1 + 2 + 1) + 1 + 1 + 1,
	}
	r := compare(t, e.toy.new, e.prepare(t))
	e.checkCounts(t, r)
	for bit, want := range []string{
		takenUnopened:  "free=yes",
		neverOpened:    "free=yes",
		servedSoda:     "beverages=soda|both",
		servedTea:      "beverages=tea|both",
		returnedMoney:  "cancel=yes",
		waitsForChange: "free=no",
	} {
		if got := formula(r.algebra, r.Marked(bit)); got != want {
			t.Errorf("mark %d: got %s, want %s", bit, got, want)
		}
	}
	for _, s := range []sight{
		{takenUnopened, "", "0: free soda serveSoda take", "beverages=soda, cancel=no, free=yes"},
		{takenUnopened, "beverages=tea", "0: free tea serveTea take", "beverages=tea, cancel=no, free=yes"},
		{neverOpened, "", "0: free soda serveSoda", "beverages=soda, cancel=no, free=yes"},
		{servedTea, "free=no", "0: pay change tea serveTea", "beverages=tea, cancel=no, free=no"},
		{returnedMoney, "", "0: free cancel return", "beverages=soda, cancel=yes, free=yes"},
		{returnedMoney, "free=no", "0: pay change cancel return", "beverages=soda, cancel=yes, free=no"},
	} {
		e.checkSight(t, r, s)
	}
}

// A machine that gives away soda or tea shows its fault by either drink: the one term needs two traces.
func TestVendingMachineExplained(t *testing.T) {
	y := vending()
	a := algebra(t, vendingQuestions...)
	r := complete(t, y.new, Options{Algebra: a, Scope: a.Space().Full()})
	terms := r.Explain(takenUnopened, a.Cover(r.Marked(takenUnopened)))
	want := []struct{ term, trace string }{
		{"beverages=soda|both, free=yes", "0: free soda serveSoda take"},
		{"beverages=tea|both, free=yes", "0: free tea serveTea take"},
	}
	if len(terms) != 1 || a.Space().Format(terms[0].Cube) != "free=yes" || len(terms[0].Witnesses) != len(want) {
		t.Fatalf("got %v", terms)
	}
	for i, f := range terms[0].Witnesses {
		if got := a.Space().Format(f.Term); got != want[i].term || y.say(f.Trace) != want[i].trace {
			t.Errorf("witness %d: got %s by %q, want %s by %q", i, got, y.say(f.Trace), want[i].term, want[i].trace)
		}
	}
}

// Left to itself, the machine comes to rest. With a customer who must pay and may cancel, a drink may never be selected.
func TestVendingMachineLivelock(t *testing.T) {
	for _, row := range []struct {
		internal []string
		want     string
	}{
		{nil, "no design"},
		{[]string{"pay", "free"}, "no design"},
		{[]string{"pay", "free", "cancel"}, "cancel=yes"},
		{[]string{"pay", "cancel"}, "cancel=yes, free=no"},
		{[]string{"pay", "free", "soda", "take"}, "beverages=soda|both"},
	} {
		a := algebra(t, vendingQuestions...)
		r := compare(t, vending(row.internal...).new, Options{Algebra: a, Scope: a.Space().Full()})
		if got := formula(a, r.Livelock(t.Context()).Set); got != row.want {
			t.Errorf("with %v: got %s, want %s", row.internal, got, row.want)
		}
	}
}
