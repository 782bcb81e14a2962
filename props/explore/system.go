package explore

// Step is a label of a system's step. The engine only hands it back.
type Step uint32

// NoStep stands for no step.
const NoStep = ^Step(0)

// Ask returns the index of the answer that a design gives to the question of that index.
type Ask func(question int) int

// Marks are up to 64 observations, one bit each, such as that a property is violated or that a premise applies. A bit that
// [System.Take] gives for steps must not be given for worlds as well: the nearest sighting might not be found.
type Marks uint64

// System is a transition system with open questions. W is a world, K its packed form; two worlds with equal keys are
// the same to the search. Methods must be pure except for scratch space: one goroutine at a time uses a system.
type System[W, K comparable] interface {
	// Initial returns the initial worlds.
	Initial() []W

	// Pack and Unpack convert between worlds and keys. Unpack(Pack(w)) must behave like w.
	Pack(w *W) K
	Unpack(k K) W
	// Hash spreads keys over 64 bits; only the upper half is used. Only speed depends on it.
	Hash(k K) uint64

	// Steps appends all steps that may be enabled in w to buf, in an order of the system's choice that never varies.
	Steps(w *W, buf []Step) []Step
	// Kind returns a number below 64 that groups steps for counting.
	Kind(s Step) int
	// Internal tells whether s will happen sooner or later while it stays enabled.
	Internal(s Step) bool

	// Take takes step s in w and returns the marks of the step. If s is not enabled, even if Steps does not list it at
	// all, Take leaves w alone and returns false. It may ask.
	Take(w *W, s Step, ask Ask) (Marks, bool)
	// Judge returns the marks of w.
	Judge(w *W, ask Ask) Marks
	// JudgeQuiescent returns further marks of w, for the designs under which no internal step is enabled.
	JudgeQuiescent(w *W, ask Ask) Marks
}

// Deferrer is a [System] that can be searched without taking every step in every world. A search of one design for a trace, such
// as [FirstTrace], takes them all the same.
type Deferrer[W any] interface {
	// Deferred tells whether a search can do without s in w: whatever is seen after it is seen on another path that the search
	// takes, after no more steps. If s is internal and enabled, w is not quiescent even so.
	Deferred(w *W, s Step) bool
}

// Overlooker is a System that need not look for what is known already. Before each level of a search it is told about which
// marks nothing is left to learn. It may go on to give them: only the number of transitions depends on that, as two that lead
// to one world count as one if they have the same marks.
type Overlooker interface {
	Overlook(known Marks)
}
