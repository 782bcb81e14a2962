package lab

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// line is a line of a recording, see package linearize for the format.
type line struct {
	T       float64 `json:"t"`
	Q       int     `json:"q,omitempty"`
	Actor   string  `json:"actor"`
	Op      string  `json:"op"`
	Conn    int     `json:"conn,omitempty"`
	Msg     string  `json:"msg,omitempty"`
	Version string  `json:"version,omitempty"`
	State   string  `json:"state,omitempty"`
	Running string  `json:"running,omitempty"`
	Script  int     `json:"script,omitempty"`
	Page    int     `json:"page,omitempty"`
	Try     string  `json:"try,omitempty"`
	Origin  string  `json:"origin,omitempty"`
	URL     string  `json:"url,omitempty"`
	Error   string  `json:"error,omitempty"`
}

// message is what a party sends: a line, or that it has done what it was told.
type message struct {
	Line  *line
	Done  int
	Error string
}

// command is what a party is told to do.
type command struct {
	ID     int    `json:"id"`
	Do     string `json:"do"`
	Conn   int    `json:"conn,omitempty"`
	Answer any    `json:"answer,omitempty"` // to a request: what the worker does about it; to a message: whether it answers
	Hold   int    `json:"hold,omitempty"`   // how long the worker handles a message, in ms
	Count  int    `json:"count,omitempty"`
	Every  int    `json:"every,omitempty"` // in ms
	Script int    `json:"script,omitempty"`
	Skip   bool   `json:"skip,omitempty"`
	URL    string `json:"url,omitempty"`
}

// party is a page, a bridge or an instance of a worker that has opened its channel.
type party struct {
	name    string
	version string  // of a worker
	agent   string  // what a page's browser calls itself
	began   float64 // when it opened its channel
	ended   bool

	send     func(context.Context, []byte) error
	lines    int            // numbered ones
	answered map[int]string // commands that were done, with what went wrong
}

func (p *party) isWorker() bool { return p.version != "" }

// journal has all that was heard from the parties and done to the browser, in the order in which the server learned of it.
// Whoever waits for something waits for the journal to change.
type journal struct {
	mu      sync.Mutex
	changed chan struct{} // closed by the next change
	lines   []line
	parties []*party
	last    time.Time // of the last line
	gap     string    // the party of which lines are missing, if any
	next    int       // the number of the next command
}

func newJournal() *journal { return &journal{changed: make(chan struct{}), last: time.Now()} }

// now returns the time in ms since the epoch.
func now() float64 { return float64(time.Now().UnixMicro()) / 1000 }

// change wakes up those who wait. It is called with the lock held.
func (j *journal) change() {
	close(j.changed)
	j.changed = make(chan struct{})
}

// add writes down a line, with the lock held.
func (j *journal) add(l line) {
	j.lines = append(j.lines, l)
	j.last = time.Now()
	j.change()
}

// note writes down what the driver does to the browser.
func (j *journal) note(l line) {
	j.mu.Lock()
	defer j.mu.Unlock()
	l.Actor = "browser"
	if l.T == 0 {
		l.T = now()
	}
	j.add(l)
}

// begin takes in a party that has opened its channel.
func (j *journal) begin(name, version, agent string, send func(context.Context, []byte) error) *party {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := &party{name: name, version: version, agent: agent, began: now(), send: send, answered: map[int]string{}}
	j.parties = append(j.parties, p)
	j.change()
	return p
}

// end notes that a party has ended. That of a worker is known by nothing else.
func (j *journal) end(p *party) {
	j.mu.Lock()
	defer j.mu.Unlock()
	p.ended = true
	if p.isWorker() {
		if p.lines == 0 {
			j.start(p, p.began) // it came to nothing
		}
		j.add(line{T: now(), Actor: "browser", Op: "running", Running: "stopped", Version: p.version})
	}
	j.change()
}

// start writes down that an instance starts, and runs when it opens its channel. That is known from it alone, on two clocks.
func (j *journal) start(p *party, boots float64) {
	j.add(line{T: min(boots, p.began), Actor: "browser", Op: "running", Running: "starting", Version: p.version})
	j.add(line{T: p.began, Actor: "browser", Op: "running", Running: "running", Version: p.version})
}

// mostLines is how many lines a run may have: a browser gone mad must not fill the memory.
const mostLines = 100_000

// hear takes over a message of a party. It returns false if it is none that the party can send.
func (j *journal) hear(p *party, m message) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch l := m.Line; {
	case l == nil:
		p.answered[m.Done] = m.Error
		j.change()
		return true
	case len(j.lines) >= mostLines:
		return false
	case l.Actor == "browser" && strings.HasPrefix(p.name, "bridge/"):
		j.add(*l)
	case l.Actor != p.name:
		return false
	default:
		if p.lines++; l.Q != p.lines {
			j.gap, p.lines = p.name, l.Q
		}
		if l.Op == "boot" {
			j.start(p, l.T)
		}
		j.add(*l)
	}
	return true
}

// await waits until the journal is as wanted, but no longer than limit. It returns false if the limit is over; the error is
// that of ctx. The condition is looked at with the lock held.
func (j *journal) await(ctx context.Context, limit time.Duration, wanted func() bool) (bool, error) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		j.mu.Lock()
		done, changed := wanted(), j.changed
		j.mu.Unlock()
		if done {
			return true, nil
		}
		select {
		case <-changed:
		case <-timer.C:
			return false, nil
		case <-ctx.Done():
			return false, context.Cause(ctx)
		}
	}
}

// find returns the party of that name, or nil. It is called with the lock held.
func (j *journal) find(name string) *party {
	i := slices.IndexFunc(j.parties, func(p *party) bool { return p.name == name })
	if i < 0 {
		return nil
	}
	return j.parties[i]
}

// hasEnded tells whether a party has ended.
func (j *journal) hasEnded(p *party) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return p.ended
}

// living returns the parties of a kind that have not ended.
func (j *journal) living(kind string) []*party {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.alive(kind)
}

// alive does that with the lock held.
func (j *journal) alive(kind string) []*party {
	var all []*party
	for _, p := range j.parties {
		if !p.ended && strings.HasPrefix(p.name, kind) {
			all = append(all, p)
		}
	}
	return all
}

// tell tells a party to do something, and waits until it has, has ended, or the limit is over.
func (j *journal) tell(ctx context.Context, p *party, c command, limit time.Duration) error {
	id, err := j.order(ctx, p, c)
	if err != nil {
		return err
	}
	failed := ""
	done, err := j.await(ctx, limit, func() (done bool) {
		failed, done = p.answered[id]
		return done || p.ended
	})
	switch {
	case err != nil:
		return err
	case failed != "":
		return fmt.Errorf("%s cannot %s: %s", p.name, c.Do, failed)
	case !done:
		return fmt.Errorf("%s does not %s within %v", p.name, c.Do, limit)
	}
	return nil
}

// order tells a party to do something, and returns the number of the command. A party that has just ended does nothing.
func (j *journal) order(ctx context.Context, p *party, c command) (int, error) {
	j.mu.Lock()
	j.next++
	c.ID = j.next
	j.mu.Unlock()
	text, err := json.Marshal(c)
	if err != nil {
		return 0, err
	}
	if err := p.send(ctx, text); err != nil && ctx.Err() != nil {
		return 0, context.Cause(ctx)
	}
	return c.ID, nil
}

// sorted returns the lines in the order of their times. The lines of a party keep their order even if its clock goes back.
func (j *journal) sorted() []line {
	j.mu.Lock()
	defer j.mu.Unlock()
	all := slices.Clone(j.lines)
	latest := map[string]float64{}
	for i := range all {
		if l := &all[i]; l.Q > 0 {
			l.T = max(l.T, latest[l.Actor])
			latest[l.Actor] = l.T
		}
	}
	slices.SortStableFunc(all, func(a, b line) int { return cmp.Compare(a.T, b.T) })
	return all
}
