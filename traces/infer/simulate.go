package infer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/script"
)

// Simulation says how a recording of the model is made.
type Simulation struct {
	Design family.Cube   // one answer to every question
	Name   string        // of the scenario: a file, in messages, without folder and extension in the first line
	Error  time.Duration // how much the clocks of two parties differ at most
	Late   time.Duration // how late the browser's lines are at most
	Pause  time.Duration // how long whoever takes a step of the script waits before, on average; 0: 80 ms
	Seed   uint64        // of the times
}

// ErrNoWord is why a scenario cannot be recorded.
var ErrNoWord = errors.New("a recording has no word for it")

// Simulate plays the script of a scenario under a design, as [script.Observe] does, and returns a recording of what the parties
// saw: the steps that nobody sees are left out, each party has a clock of its own, and the lines of the browser are late.
// It also returns the designs that would have made the same recording. The same seed gives the same bytes. Errors are
// those of the script, or wrap [ErrNoWord].
func Simulate(src io.Reader, s Simulation) ([]byte, family.Cube, error) {
	played, err := script.Observe(src, s.Name, s.Design)
	if err != nil {
		return nil, family.Cube{}, err
	}
	m, err := model.New(played.Bounds)
	if err != nil {
		return nil, family.Cube{}, err
	}
	r := &recorder{
		model: m, ask: model.Under(s.Design), world: played.Start, late: s.Late, pause: 80,
		rng: rand.New(rand.NewPCG(s.Seed, 0)), clocks: map[string]float64{}, spread: s.Error,
		instances: map[model.Version]string{}, started: map[model.Version]int{}, now: start,
	}
	if s.Pause > 0 {
		r.pause = float64(s.Pause.Microseconds()) / 1000
	}
	if v := played.Start.Registration.Active; v != 0 { // the browser speaks of each version that is there
		r.browser(event{Op: "state", State: "activated", Version: id(v)})
		r.browser(event{Op: "running", Running: "stopped", Version: id(v)})
	}
	for _, move := range played.Moves {
		if err := r.record(move); err != nil {
			return nil, family.Cube{}, fmt.Errorf("%s: %s: %w", s.Name, move.Step, err)
		}
	}
	text, err := r.write(strings.TrimSuffix(filepath.Base(s.Name), filepath.Ext(s.Name)))
	return text, played.Asked, err
}

// start is when recordings begin, in ms since the epoch: 1 January 2026.
const start = 1767225600000.0

// event is a line of a recording, with its fields in alphabetical order, as in most real ones.
type event struct {
	Actor   string  `json:"actor"`
	Conn    int     `json:"conn,omitempty"`
	Msg     string  `json:"msg,omitempty"`
	Op      string  `json:"op"`
	Origin  string  `json:"origin,omitempty"`
	Page    int     `json:"page,omitempty"`
	Running string  `json:"running,omitempty"`
	Script  int     `json:"script,omitempty"`
	State   string  `json:"state,omitempty"`
	T       float64 `json:"t"`
	Try     string  `json:"try,omitempty"`
	URL     string  `json:"url,omitempty"`
	Version any     `json:"version,omitempty"`
}

// recorder writes down what the parties of the model see.
type recorder struct {
	model  *model.Model
	ask    model.Ask
	world  model.World
	events []event
	now    float64

	rng       *rand.Rand
	spread    time.Duration
	late      time.Duration
	pause     float64            // in ms
	clocks    map[string]float64 // how much a clock is ahead
	lastLate  float64
	instances map[model.Version]string
	started   map[model.Version]int
	names     [model.MaxConnections][2][]string // of messages that were posted
}

// record takes a step and writes down what is seen of it.
func (r *recorder) record(move script.Move) error {
	s := move.Step
	switch {
	case noWord(s.Kind):
		return ErrNoWord
	case !move.Owed:
		r.now += r.pause * (0.75 + 0.5*r.rng.Float64())
	default:
		r.now += min(8, r.pause) * (0.25 + 0.75*r.rng.Float64())
	}
	if move.InVain {
		r.tries(s)
		return nil
	}
	before := r.world
	events, ok := r.model.Take(&r.world, s, r.ask, nil)
	if !ok {
		return errors.New("it was enabled and is not any more")
	}
	if s.Kind == model.KillHandling {
		defer r.step(s, &before) // the message comes first
	} else {
		r.step(s, &before)
	}
	for i := range events {
		r.see(&events[i])
	}
	return nil
}

// noWord tells whether recordings have no word for steps of a kind.
func noWord(kind model.Kind) bool {
	switch kind {
	case model.PageLosesHandle, model.PageTransfers:
		return true
	}
	return false
}

// tries writes down that something cannot be done, if some party could try.
func (r *recorder) tries(s model.Step) {
	reg := &r.world.Registration
	running := reg.Running && !reg.Activating
	switch s.Kind {
	case model.PageCloses, model.PagePosts:
		if c := &r.world.Connections[s.Connection-1]; c.Holder == s.Page || s.Kind == model.PagePosts && c.Pending && c.Page == s.Page {
			r.add(event{Actor: page(s.Page), Op: "cannot", Try: triesTo[s.Kind], Conn: int(s.Connection)})
		}
	case model.WorkerCloses, model.WorkerPosts:
		if running && r.world.Connections[s.Connection-1].Phase == model.Up {
			r.add(event{Actor: r.worker(), Op: "cannot", Try: triesTo[s.Kind], Conn: int(s.Connection)})
		}
	case model.SuspendWorker:
		if running {
			r.browser(event{Op: "cannot", Try: "suspend", Version: id(reg.Active)})
		}
	}
}

// triesTo says what a party finds that it cannot do.
var triesTo = map[model.Kind]string{
	model.PageCloses: "close", model.PagePosts: "post", model.WorkerCloses: "close", model.WorkerPosts: "post",
}

// step writes down a step, as seen by the party that takes it. What comes of it is left to see.
func (r *recorder) step(s model.Step, before *model.World) {
	conn := int(s.Connection)
	ops := map[model.Kind]string{
		model.WorkerAccepts: "accept", model.WorkerRejects: "reject", model.WorkerIgnores: "ignore",
		model.WorkerHangs: "hang", model.WorkerCloses: "close", model.WorkerLearns: "closed",
	}
	drivers := map[model.Kind]string{
		model.UnregisterWorker: "unregister", model.CallSkipWaiting: "skipWaiting", model.OpenClient: "controlled",
		model.CloseClient: "uncontrolled",
	}
	switch {
	case s.Kind == model.PageConnects:
		r.add(event{Actor: page(s.Page), Op: "connect", Conn: conn, URL: service, Origin: origin(r.world.OriginOf(s.Page))})
	case s.Kind == model.PageCloses:
		r.add(event{Actor: page(s.Page), Op: "close", Conn: conn})
	case s.Kind == model.PageLeaves:
		r.browser(event{Op: "gone", Page: int(s.Page)})
	case s.Kind == model.PageFreezes:
		r.browser(event{Op: "frozen", Page: int(s.Page)})
		r.browser(event{Op: "thawed", Page: int(s.Page)})
	case s.Kind == model.SuspendWorker || s.Kind == model.KillWorker || s.Kind == model.KillHandling:
		op := "kill"
		if s.Kind == model.SuspendWorker {
			op = "stop"
		}
		r.browser(event{Op: op, Version: id(before.Registration.Active)})
		r.stops(before.Registration.Active)
	case s.Kind == model.Activate || s.Kind == model.Clear && r.world.Registration.Status != model.RunningOut:
		if before.Registration.Running {
			r.stops(before.Registration.Active)
		}
	case s.Kind == model.FailStart:
		r.browser(event{Op: "running", Running: "starting", Version: id(before.Registration.Active)})
		r.browser(event{Op: "running", Running: "stopped", Version: id(before.Registration.Active)})
	case ops[s.Kind] != "":
		r.add(event{Actor: r.instances[before.Registration.Active], Op: ops[s.Kind], Conn: conn})
	case drivers[s.Kind] != "":
		r.browser(event{Op: drivers[s.Kind]})
	}
}

// see writes down an event, as seen by the party that it concerns.
func (r *recorder) see(e *model.Event) {
	conn := int(e.Connection)
	switch e.Kind {
	case model.Resolved, model.Rejected:
		r.add(event{Actor: page(e.Page), Op: map[model.EventKind]string{model.Resolved: "resolved", model.Rejected: "rejected"}[e.Kind], Conn: conn})
	case model.PageKnows:
		r.add(event{Actor: page(e.Page), Op: "closed", Conn: conn})
	case model.Dispatched:
		r.add(event{Actor: r.worker(), Op: "connect", Conn: conn, Origin: origin(r.world.OriginOf(r.world.Connections[conn-1].Page))})
	case model.Posted:
		r.message(e, "post")
	case model.Delivered:
		r.message(e, "receive")
	case model.WorkerStarts:
		r.starts(e.Version)
	case model.StateChanges:
		r.state(e)
	}
}

// message writes down that a message is posted or received, under a name that says who posted it.
func (r *recorder) message(e *model.Event, op string) {
	actor, direction, letter := r.worker, toPage, "w"
	if (e.Page != 0) == (op == "post") {
		direction, letter = toWorker, "p"
	}
	if e.Page != 0 {
		actor = func() string { return page(e.Page) }
	}
	c := e.Connection - 1
	names := &r.names[c][direction]
	// Numbers count from 1 and start again after 255, or when nobody can receive what was posted; no more than a few messages
	// are on their way.
	at := len(*names) - int(uint8(len(*names))-e.Message.Number) - 1
	if op == "post" {
		at = len(*names)
		*names = append(*names, fmt.Sprintf("%s%d.%d", letter, e.Connection, at+1))
	}
	r.add(event{Actor: actor(), Op: op, Conn: int(e.Connection), Msg: (*names)[at]})
}

// state writes down that a version changes its state, with what the browser does to its instance for that.
func (r *recorder) state(e *model.Event) {
	switch e.State {
	case model.Installing:
		r.browser(event{Op: "deploy", Script: int(e.Version)})
		r.browser(event{Op: "state", State: "new", Version: id(e.Version)})
		r.browser(event{Op: "running", Running: "stopped", Version: id(e.Version)})
		r.starts(e.Version)
	case model.Activated:
		r.add(event{Actor: r.worker(), Op: "activate"})
	}
	r.browser(event{Op: "state", State: e.State.String(), Version: id(e.Version)})
}

func (r *recorder) starts(v model.Version) {
	r.browser(event{Op: "running", Running: "starting", Version: id(v)})
	r.started[v]++
	r.instances[v] = fmt.Sprintf("worker/v%d/%c%d", v, 'a'+rune(v)-1, r.started[v])
	r.add(event{Actor: r.instances[v], Op: "boot"})
	r.browser(event{Op: "running", Running: "running", Version: id(v)})
}

func (r *recorder) stops(v model.Version) {
	r.browser(event{Op: "running", Running: "stopping", Version: id(v)})
	r.browser(event{Op: "running", Running: "stopped", Version: id(v)})
}

func (r *recorder) worker() string { return r.instances[r.world.Registration.Active] }

func page(p uint8) string       { return fmt.Sprintf("page/%d", p) }
func id(v model.Version) string { return strconv.Itoa(int(v) - 1) }
func origin(o model.Origin) string {
	return map[model.Origin]string{model.Own: service, model.ForeignA: "http://a.test", model.ForeignB: "http://b.test"}[o]
}

// service is the url of the service in recordings of the model.
const service = "http://service.test"

// add writes down a line on the clock of its actor.
func (r *recorder) add(e event) {
	ahead, ok := r.clocks[e.Actor]
	if !ok {
		ahead = (r.rng.Float64() - 0.5) * float64(r.spread.Microseconds()) / 1000
		r.clocks[e.Actor] = ahead
	}
	e.T = r.now + ahead
	r.events = append(r.events, e)
}

// browser writes down what the driver hears from the browser: late, but in order.
func (r *recorder) browser(e event) {
	e.Actor = "browser"
	r.add(e)
	last := &r.events[len(r.events)-1]
	last.T = max(last.T+r.rng.Float64()*float64(r.late.Microseconds())/1000, r.lastLate)
	r.lastLate = last.T
}

// write returns the recording.
func (r *recorder) write(name string) ([]byte, error) {
	var out bytes.Buffer
	head, err := json.Marshal(map[string]any{
		"clock": "ms since epoch", "complete": true, "platform": "model", "scenario": name,
	})
	if err != nil {
		return nil, err
	}
	out.Write(append(head, '\n'))
	slices.SortStableFunc(r.events, func(a, b event) int {
		switch {
		case a.T < b.T:
			return -1
		case a.T > b.T:
			return 1
		}
		return 0
	})
	for _, e := range r.events {
		e.T = float64(int64(e.T*10000)) / 10000
		text, err := json.Marshal(e)
		if err != nil {
			return nil, err
		}
		out.Write(append(text, '\n'))
	}
	return out.Bytes(), nil
}
