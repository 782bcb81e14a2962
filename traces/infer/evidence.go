package infer

import (
	"time"

	"cosw/linearize/recording"
	"cosw/model"
)

// This file holds what is observed of one registration: lines in lanes. A lane is a party whose order is known: a page,
// a version of the worker with its instances one after the other, or the browser. Lines that say nothing of a step of the
// model are left out on import, see import.go.

// The lanes.
const (
	pageLane    = 0 // + number of the page in the model - 1
	versionLane = pageLane + model.MaxPages
	browserLane = versionLane + model.MaxVersions
	lanes       = browserLane + 1
)

// fact is what a line says, in terms of the model.
type fact uint8

const (
	_            fact = iota
	connects          // a page calls connect()
	isResolved        // a page sees that its promise is resolved
	isRejected        // or rejected
	posts             // a page or an instance posts
	receives          // or receives
	closes            // or closes its end
	isClosed          // or is told of the end
	boots             // an instance of the active version starts
	dispatched        // an instance gets a connect event
	accepts           // and accepts it
	rejects           // or refuses
	ignores           // or leaves it unanswered
	hangs             // and its handler never comes to an answer
	installing        // a version is found
	installed         // it is installed
	activating        // it becomes the active one
	fails             // it fails to install
	cleared           // the registration is cleared
	stopBegins        // from now on the instance may be stopped
	stopEnds          // by now it is
	stopsAtOnce       // it is stopped
	startFails        // the worker could not be started
	gone              // a page is gone
	freezes           // a page is frozen
	unregisters       // the service is unregistered
	skipsWaiting      // the waiting version calls skipWaiting()
	controlled        // a document opens that the worker controls
	uncontrolled      // it is closed
	cannot            // something is tried that the design does not have
)

// traffic tells whether a message is posted or received. Lines of that kind come by the hundred.
func (f fact) traffic() bool { return f == posts || f == receives }

// line is a line that tells of a step.
type line struct {
	*recording.Line
	fact     fact
	lane     int
	place    int           // in its lane
	index    int           // among all lines of the registration
	first    int           // the first index among those of its lane from this one on
	conn     uint8         // the connection: 1 + its place in evidence.conns, 0: none
	ordinal  int           // of the message among all of its connection and direction, from 1
	version  model.Version // that the browser speaks of
	instance int           // of a worker: its place among those of its version
	page     uint8         // that is gone
	late     []*line       // of an end that is closed: what its party receives there all the same; these are in no lane
	stop     int           // of a stop: its place in evidence.stops
	ends     bool          // of a registration that is cleared: its instance is stopped then
	mayEnd   bool          // or may be, as somebody says soon after that it is
	need     [lanes]uint16 // how many lines of each other lane are certainly earlier
}

// message is what becomes of a message, in the order in which those of its connection and direction were posted.
type message struct {
	name     string
	recorded bool  // its post is
	poster   *line // that records it
	received bool  // somebody recorded that he received it
}

// conn is a connection of a recording.
type conn struct {
	number   int // in the recording
	page     uint8
	lost     bool         // the line in which it was asked for
	messages [2][]message // to the worker, to the page
	unposted [2][]int     // those that nobody recorded to post, from 1, in the order in which they arrived
}

const (
	toWorker = iota
	toPage
)

// stop is one end of an instance of the active version, neither by an update nor with the registration.
type stop struct {
	version  model.Version
	instance int
	begin    int // place of its first line in the lane of the browser
	killed   bool
	either   bool // it may be a kill: the process of a page died at the same time
	pending  bool // a connect event may have been pending at the instance
	runsOut  bool // its registration was cleared before, so that the instance may be over already
}

// evidence is what a recording says of one registration and those that use it.
type evidence struct {
	rec     *recording.Recording
	lines   []*line // in the order of the file
	lanes   [lanes][]*line
	conns   []conn
	stops   []stop
	bounds  model.Bounds
	initial []int // the numbers in model.Initial of the worlds that it may begin in

	pages    [model.MaxPages]string    // the names of the parties, by number in the model; empty: there is none
	origins  map[string]string         // of pages, by name, as far as they are told
	service  string                    // the origin that they connect to, or empty
	versions [model.MaxVersions]string // as the browser numbers them
	ends     [lanes][]bool             // of a page or an instance: whether it ends, and may have done more than it recorded
	last     [lanes][]int              // by lane and instance: the place behind its last line
	holes    [lanes]map[int]int        // how many lines of a party were lost before that place
	lossy    bool                      // there are holes

	boots        int  // how many lines tell of a start
	clears       bool // the registration is cleared
	endsWith     bool // and an instance is stopped right after that
	needsClients bool // whether documents are controlled makes a difference
	notes        []string

	asleep     [model.MaxPages]bool                               // pages that are frozen at the end
	missing    [model.MaxVersions][][model.MaxConnections]missing // by version, instance and connection
	unanswered [model.MaxConnections]bool                         // requests to which the answer may still have come
}

// complete tells whether everything is recorded.
func (r *evidence) complete() bool { return r.rec.Complete && !r.lossy }

// next returns the line of that lane which comes next, or nil.
func (r *evidence) next(at *[lanes]uint16, lane int) *line {
	if int(at[lane]) < len(r.lanes[lane]) {
		return r.lanes[lane][at[lane]]
	}
	return nil
}

// order finds out which lines are certainly earlier than which: times of different parties may be wrong by margin when
// they are compared, and what the browser tells of was up to late before its line. The lines are in the order of time.
func (r *evidence) order(margin, late time.Duration) {
	var taken [2][lanes]uint16 // how many lines of each lane are earlier than that of the browser or of another party
	var at [2]int
	for _, l := range r.lines {
		who, back := 0, margin
		if l.lane == browserLane {
			who, back = 1, margin+late
		}
		for ; r.lines[at[who]].Time < l.Time-back; at[who]++ {
			other := r.lines[at[who]]
			taken[who][other.lane] = max(taken[who][other.lane], uint16(other.place+1))
		}
		l.need = taken[who]
		l.need[l.lane] = 0
	}
	r.carry()
}

// carry makes what a line needs be needed by all that follow in its lane. In that of a version, which has a clock for each
// of its instances, those need not be later in the file.
func (r *evidence) carry() {
	for _, all := range r.lanes {
		for place := 1; place < len(all); place++ {
			for lane, n := range all[place-1].need {
				all[place].need[lane] = max(all[place].need[lane], n)
			}
		}
		for place := len(all) - 1; place >= 0; place-- {
			all[place].first = all[place].index
			if place+1 < len(all) {
				all[place].first = min(all[place].index, all[place+1].first)
			}
		}
	}
}

// ready tells whether all lines that are certainly earlier than l were taken.
func (l *line) ready(at *[lanes]uint16) bool {
	for lane, n := range l.need {
		if at[lane] < n {
			return false
		}
	}
	return true
}
