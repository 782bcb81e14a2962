package explore

import "cosw/model/family"

// Step is a label of a system's step. The engine only hands it back.
type Step uint32

// NoStep stands for no step, as in the evidence for a mark of a world.
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

// chooser answers the questions of a step in every way that a cube of designs leaves open, one run after the other:
//
//	c.begin(limit)
//	for {
//		... system.Take(w, s, c.ask) ...   // c.taken holds the answers of this run
//		if !c.again() { break }
//	}
type chooser struct {
	space *family.Space
	limit family.Cube
	taken family.Cube // limit, narrowed by the answers given in this run
	trail []choice    // the open questions asked in this run, in their order
	at    int
}

type choice struct {
	question int
	left     uint8 // the answers still to be tried; the lowest bit is the one given now
}

func (c *chooser) begin(limit family.Cube) {
	c.limit, c.taken = limit, limit
	c.trail, c.at = c.trail[:0], 0
}

func (c *chooser) ask(q int) int {
	left := c.space.Bits(c.taken, q)
	if left&(left-1) != 0 { // open: not closed by the limit, not asked before in this run
		if c.at == len(c.trail) {
			c.trail = append(c.trail, choice{q, left})
		}
		left = c.trail[c.at].left
		c.at++
		c.taken = c.space.With(c.taken, q, lowest(left))
	}
	return lowest(left)
}

// again prepares the next run and reports whether there is one.
func (c *chooser) again() bool {
	for len(c.trail) > 0 {
		last := &c.trail[len(c.trail)-1]
		if last.left &= last.left - 1; last.left != 0 {
			c.taken, c.at = c.limit, 0
			return true
		}
		c.trail = c.trail[:len(c.trail)-1]
	}
	return false
}
