package explore

// The questions of the toys below, and the answers of those that are answered no or yes.
const (
	first, second = 0, 1
	no, yes       = 0, 1
)

// sight is an expected result of Shortest.
type sight struct {
	bit    int
	within string // the designs asked about; "" for all of them
	trace  string // as toy.say writes it
	design string // for which it is one
}

// exercise is a toy with what a search of it finds, worked out by hand.
type exercise struct {
	name, why   string
	questions   []string
	scope       string // "" for all designs
	toy         toy
	worlds      uint64
	transitions uint64 // of each world: for each arrival of new designs, each step with what comes of it, one for answers that make a cube
	pairs       uint64
	depth       int
	marked      []string // by bit
	shortest    []sight
}

var exercises = []exercise{{
	name: "counter",
	why: "worlds 2 and 4 are reached at other depths by either design: 2 steps leave world 0, then 1 each leaves" +
		" 1, 2 (for two), 2 (for one), 3",
	questions: []string{"stride=one|two"},
	toy: toy{
		initial: []place{0},
		rules: []rule{
			{name: "tick", from: 0, take: func(ask Ask) outcome { return to(place(1 + ask(first))) }},
			{name: "tick", from: 1, take: func(ask Ask) outcome { return to(place(2 + ask(first))) }},
			{name: "tick", from: 2, take: func(ask Ask) outcome { return to(place(3 + ask(first))) }},
			{name: "tick", from: 3, take: func(ask Ask) outcome { return to(place(4 + ask(first))) }},
		},
		judge: in(4, 0),
	},
	worlds: 5, transitions: 6, pairs: 2 + 1 + 2 + 1 + 2, depth: 4,
	marked: []string{"any design"},
	shortest: []sight{
		{0, "", "0: tick tick", "stride=two"},
		{0, "stride=two", "0: tick tick", "stride=two"},
		{0, "stride=one", "0: tick tick tick tick", "stride=one"},
	},
}, {
	name:      "diamond",
	why:       "where the answers meet again the world is expanded once for both: one transition leaves 3, not two",
	questions: []string{"a=left|right"},
	toy:       diamond,
	worlds:    5, transitions: 2 + 1 + 1 + 1, pairs: 2 + 1 + 1 + 2 + 2, depth: 3,
	marked:   []string{"any design", "a=left"},
	shortest: []sight{{0, "", "0: part left on", "a=left"}, {0, "a=right", "0: part right on", "a=right"}},
}, {
	name:      "restricted scope",
	why:       "of the diamond only one side is there",
	questions: []string{"a=left|right"},
	scope:     "a=right",
	toy:       diamond,
	worlds:    4, transitions: 3, pairs: 4, depth: 3,
	marked:   []string{"a=right", "no design"},
	shortest: []sight{{0, "", "0: part right on", "a=right"}},
}, {
	name: "shortcut",
	why: "world 3 is expanded twice, each time for the design that is new to it: 2 transitions leave it, of 6, and each" +
		" design keeps its own shortest trace",
	questions: []string{"a=no|yes"},
	toy: toy{
		initial: []place{0},
		rules: []rule{
			{name: "jump", from: 0, take: only(first, yes, always(3))},
			{name: "one", from: 0, take: always(1)},
			{name: "two", from: 1, take: always(2)},
			{name: "three", from: 2, take: always(3)},
			{name: "end", from: 3, take: always(4)},
		},
		judge: in(4, 0),
	},
	worlds: 5, transitions: 2 + 1 + 1 + 2, pairs: 10, depth: 4,
	marked: []string{"any design"},
	shortest: []sight{
		{0, "", "0: jump end", "a=yes"},
		{0, "a=no", "0: one two three end", "a=no"},
	},
}, {
	name:      "asked again",
	why:       "within a step a question has one answer: four transitions, and no run that sees two answers",
	questions: []string{"a=no|yes", "b=no|yes"},
	toy: toy{
		initial: []place{0},
		rules: []rule{{name: "ask", from: 0, take: func(ask Ask) outcome {
			before, other := ask(first), ask(second)
			if after := ask(first); after != before {
				return to(9, 0)
			}
			return to(place(1+2*before+other), 1)
		}}},
	},
	worlds: 5, transitions: 4, pairs: 4 + 4, depth: 1,
	marked:   []string{"no design", "any design"},
	shortest: []sight{{1, "a=yes, b=no", "0: ask", "a=yes, b=no"}},
}, {
	name:      "asked only if",
	why:       "c is asked under a=yes alone, so that a=no is one transition for three designs",
	questions: []string{"a=no|yes", "c=x|y|z"},
	toy: toy{
		initial: []place{0},
		rules: []rule{{name: "ask", from: 0, take: func(ask Ask) outcome {
			if ask(first) == no {
				return to(1)
			}
			return to(place(2+ask(second)), 2)
		}}},
		judge: func(at place, _ Ask) Marks { return in(1, 0)(at, nil) | in(3, 1)(at, nil) },
	},
	worlds: 5, transitions: 1 + 3, pairs: 6 + 3 + 1 + 1 + 1, depth: 1,
	marked:   []string{"a=no", "a=yes, c=y", "a=yes"},
	shortest: []sight{{0, "", "0: ask", "a=no, c=x"}, {2, "c=z", "0: ask", "a=yes, c=z"}},
}, {
	name:      "answers that make no difference",
	why:       "c=x and c=y lead to one place and are one transition; a=no leads there as well, but the three are no cube",
	questions: []string{"a=no|yes", "c=x|y|z"},
	toy: toy{
		initial: []place{0},
		rules: []rule{{name: "ask", from: 0, take: func(ask Ask) outcome {
			if ask(first) == no || ask(second) < 2 {
				return to(1)
			}
			return to(2)
		}}},
	},
	worlds: 3, transitions: 3, pairs: 6 + 5 + 1, depth: 1,
}, {
	name:      "no answer makes a difference",
	why:       "what is joined may be joined again: the six combinations are one transition",
	questions: []string{"a=no|yes", "c=x|y|z"},
	toy: toy{
		initial: []place{0},
		rules: []rule{{name: "ask", from: 0, take: func(ask Ask) outcome {
			ask(first)
			ask(second)
			return to(1)
		}}},
	},
	worlds: 2, transitions: 1, pairs: 6 + 6, depth: 1,
}, {
	name:      "enabled only if",
	why:       "a run that ends in a step that is not enabled is no transition; the other two go to one place and are one",
	questions: []string{"c=x|y|z"},
	toy: toy{
		initial: []place{0},
		rules: []rule{{name: "go", from: 0, take: func(ask Ask) outcome {
			if ask(first) == 1 {
				return blocked
			}
			return to(1, 0)
		}}},
	},
	worlds: 2, transitions: 1, pairs: 3 + 2, depth: 1,
	marked:   []string{"c=x|z"},
	shortest: []sight{{0, "", "0: go", "c=x"}, {0, "c=y|z", "0: go", "c=z"}},
}, {
	name: "quiescent",
	why: "world 0 rests for a=no alone; world 2 never, as its internal steps share the answers; world 3 never, as its" +
		" internal step asks nothing; world 1 always, as its step is the environment's",
	questions: []string{"a=no|yes", "b=no|yes"},
	toy: toy{
		initial: []place{0, 2, 3},
		rules: []rule{
			{name: "work", from: 0, internal: true, take: only(first, yes, always(1))},
			{name: "poke", from: 1, take: always(0)},
			{name: "even", from: 2, internal: true, take: only(first, no, always(1))},
			{name: "odd", from: 2, internal: true, take: only(first, yes, always(1))},
			{name: "sure", from: 3, internal: true, take: always(1)},
		},
		judge: func(at place, _ Ask) Marks { return marks(10 + int(at)) },
		quiescent: func(at place, ask Ask) Marks {
			if at == 0 && ask(second) == yes {
				return marks(0, 4)
			}
			return marks(int(at))
		},
	},
	// Into 1 lead work (a=yes), even (a=no), odd (a=yes) and sure, all at depth 1.
	worlds: 4, transitions: 1 + 1 + 2 + 1, pairs: 16, depth: 1,
	marked: []string{
		0: "a=no", 1: "any design", 2: "no design", 3: "no design", 4: "a=no, b=yes",
		10: "any design", 11: "any design", 12: "any design", 13: "any design",
	},
	shortest: []sight{
		{0, "", "0: ", "a=no, b=no"},
		{1, "a=yes", "0: work", "a=yes, b=no"},
		{1, "a=no", "1: even", "a=no, b=no"},
		{12, "", "1: ", "a=no, b=no"},
	},
}, {
	name: "step and world",
	why: "a marked step is the last of its trace, even where another step leads to the same world; a marked world" +
		" takes the first step to it",
	questions: []string{"a=no|yes"},
	toy: toy{
		initial: []place{0},
		rules: []rule{
			{name: "in", from: 0, take: always(1)},
			{name: "plain", from: 1, take: always(2)},
			{name: "marked", from: 1, take: always(2, 0)},
			{name: "choosy", from: 1, take: func(ask Ask) outcome {
				if ask(first) == yes {
					return to(2, 2)
				}
				return to(2)
			}},
		},
		judge: in(2, 1),
	},
	worlds: 3, transitions: 1 + 1 + 1 + 2, pairs: 6, depth: 2,
	marked: []string{"any design", "any design", "a=yes"},
	shortest: []sight{
		{0, "", "0: in marked", "a=no"},
		{1, "", "0: in plain", "a=no"},
		{2, "", "0: in choosy", "a=yes"},
	},
}, {
	name:      "initial worlds",
	why:       "all of them are at depth 0; a second one of the same key is the first one",
	questions: []string{"a=no|yes"},
	toy: toy{
		initial: []place{5, 0, 5},
		rules: []rule{
			{name: "five", from: 5, take: always(6)},
			{name: "zero", from: 0, take: always(2)},
			{name: "six", from: 6, take: always(2)},
		},
		judge: func(at place, _ Ask) Marks { return marks(int(at)) },
	},
	worlds: 4, transitions: 3, pairs: 8, depth: 1,
	marked:   []string{0: "any design", 2: "any design", 5: "any design", 6: "any design"},
	shortest: []sight{{2, "", "1: zero", "a=no"}, {6, "", "0: five", "a=no"}, {5, "", "0: ", "a=no"}},
}, {
	name:      "self loop",
	why:       "a step back into its world is a transition but no arrival, and it can be marked",
	questions: []string{"a=no|yes"},
	toy: toy{
		initial: []place{0},
		rules: []rule{
			{name: "stay", from: 0, take: always(0, 0)},
			{name: "often", from: 0, take: only(first, yes, always(0, 1))},
		},
	},
	worlds: 1, transitions: 2, pairs: 2, depth: 0,
	marked:   []string{"any design", "a=yes"},
	shortest: []sight{{0, "", "0: stay", "a=no"}, {1, "", "0: often", "a=yes"}},
}, {
	name:      "nothing to do",
	why:       "a world without steps rests",
	questions: []string{"a=no|yes"},
	toy:       toy{initial: []place{0}, quiescent: in(0, 0)},
	worlds:    1, transitions: 0, pairs: 2, depth: 0,
	marked:   []string{"any design"},
	shortest: []sight{{0, "", "0: ", "a=no"}},
}}

// diamond parts by the answer to its only question and joins again in place 3.
var diamond = toy{
	initial: []place{0},
	rules: []rule{
		{name: "part", from: 0, take: func(ask Ask) outcome { return to(place(1 + ask(first))) }},
		{name: "left", from: 1, take: always(3)},
		{name: "right", from: 2, take: always(3)},
		{name: "on", from: 3, take: always(4)},
	},
	judge: func(at place, _ Ask) Marks { return in(4, 0)(at, nil) | in(1, 1)(at, nil) },
}
