package lab

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cosw/traces/lab/browser"
)

// run is a scenario that is being played in a browser. It waits for what the parties tell, and for nothing else: each wait has a
// limit, and the only fixed time is how long everybody must have been silent to be at rest.
type run struct {
	*site
	scenario *Scenario
	engine   *browser.Engine
	browser  browser.Browser
	limits   Limits
	leaving  map[int]bool // pages that are to end
	deployed int          // the script that is deployed now
	bridge   string       // what became of the hidden frames
	via      way
}

// What becomes of the hidden frames, in the header of a recording.
const (
	bridgeStays   = "stays"
	bridgeRemoved = "removed"
	bridgeDied    = "died" // with the worker
)

// Limits say how long a run waits.
type Limits struct {
	Quiet time.Duration // how long everybody must be silent to be at rest
	Event time.Duration // how long an event may take that a browser owes
	Whole time.Duration // how long a run may take, beside what browsers take to stop an idle worker
}

// DefaultLimits are generous: a slow machine must not be taken for a browser that loses messages.
var DefaultLimits = Limits{Quiet: time.Second, Event: 20 * time.Second, Whole: 3 * time.Minute}

// deeds are what is done for the steps of a script. The int is the place of the step in the script.
var deeds = map[string]func(*run, context.Context, int) error{
	"quiesce":      func(r *run, ctx context.Context, _ int) error { return r.quiesce(ctx) },
	"page connect": (*run).connect,
	"page post":    (*run).post,
	"page ask":     (*run).ask,
	"page stream":  (*run).stream,
	"page close":   func(r *run, ctx context.Context, i int) error { return r.tellPage(ctx, i, command{Do: "close"}) },
	"page leave":   (*run).leave,
	"page crash":   (*run).leave,
	"worker post":  (*run).worker,
	"worker close": (*run).worker,
	"worker await": func(r *run, ctx context.Context, i int) error {
		return r.awaitReceived(ctx, r.scenario.steps[i].rest[0])
	},
	"browser stop":          (*run).stop,
	"browser kill":          (*run).stop,
	"browser kill-handling": (*run).stop,
	"browser suspend":       (*run).suspend,
	"browser idle": func(r *run, ctx context.Context, _ int) error {
		_, err := r.awaitEnds(ctx, r.engine.Patience)
		return err
	},
	"service update":     (*run).update,
	"service unregister": func(r *run, ctx context.Context, _ int) error { return r.unregister(ctx) },
}

// play plays all steps.
func (r *run) play(ctx context.Context) error {
	for i := range r.scenario.steps {
		st := &r.scenario.steps[i]
		if do := deeds[st.key()]; do != nil {
			if err := do(r, ctx, i); err != nil {
				return fmt.Errorf("%s: %w", st.text, err)
			}
		}
		if err := r.checkPages(); err != nil {
			return fmt.Errorf("%s: %w", st.text, err)
		}
	}
	return nil
}

// checkPages returns an error if a page ended that nobody asked to.
func (r *run) checkPages() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.parties {
		var number int
		if n, _ := fmt.Sscanf(p.name, "page/%d", &number); n == 1 && p.ended && !r.leaving[number] {
			return fmt.Errorf("%s went away unasked: the browser may have died", p.name)
		}
	}
	return nil
}

// quiesce waits until everybody has been silent for a while, and answers.
func (r *run) quiesce(ctx context.Context) error {
	for {
		r.mu.Lock()
		heard, rest := len(r.lines), r.limits.Quiet-time.Since(r.last)
		r.mu.Unlock()
		if rest > 0 {
			if _, err := r.await(ctx, rest, func() bool { return len(r.lines) != heard }); err != nil {
				return err
			}
			continue
		}
		for _, p := range r.living("") {
			if err := r.tell(ctx, p, command{Do: "ping"}, r.limits.Event); err != nil {
				return err
			}
		}
		r.mu.Lock()
		still := len(r.lines) == heard
		r.mu.Unlock()
		if still {
			return nil
		}
	}
}

// host is where a page of the scenario comes from; page 2 is of the service's own origin in experiments of package infer, as
// in the model.
func (r *run) host(page int) string {
	switch {
	case page == 1:
		return firstHost
	case r.scenario.Plan:
		return serviceHost
	}
	return secondHost
}

// open opens a page, unless it is open.
func (r *run) open(ctx context.Context, number int) (*party, error) {
	name := fmt.Sprintf("page/%d", number)
	if all := r.living(name); len(all) > 0 {
		return all[0], nil
	}
	if err := r.browser.Open(ctx, number, r.site.page(number, r.host(number), r.via, r.deployed)); err != nil {
		return nil, err
	}
	came, err := r.await(ctx, r.limits.Event, func() bool { return r.find(name) != nil })
	switch {
	case err != nil:
		return nil, err
	case !came:
		return nil, fmt.Errorf("the page does not come up within %v", r.limits.Event)
	}
	return r.living(name)[0], nil
}

// tellPage tells the page of step i to do something with its connection.
func (r *run) tellPage(ctx context.Context, i int, c command) error {
	st := &r.scenario.steps[i]
	p, err := r.open(ctx, st.page)
	if err != nil {
		return err
	}
	c.Conn = st.conn
	return r.tell(ctx, p, c, r.limits.Event)
}

// connect lets a page connect, and waits for what its request leads to, unless the script has something for the page to do
// before that.
func (r *run) connect(ctx context.Context, i int) error {
	c := command{Do: "connect", Answer: r.scenario.answer(i)}
	if err := r.tellPage(ctx, i, c); err != nil || r.scenario.follows(i, "page post") {
		return err
	}
	return r.awaitAnswer(ctx, i)
}

// awaitAnswer waits for what the request of step i leads to. That may be nothing.
func (r *run) awaitAnswer(ctx context.Context, i int) error {
	conn, answer := r.scenario.steps[i].conn, r.scenario.answer(i)
	if answer == "hang" && r.via == viaConnect {
		answer = "reject" // at the deadline
	}
	came := func(l *line) bool { return l.Op == "resolved" || l.Op == "rejected" }
	switch answer {
	case "wait":
		came = func(l *line) bool { return l.Op == "connect" && isWorker(l.Actor) }
	case "hang":
		came = func(l *line) bool { return l.Op == "hang" }
	}
	_, err := r.await(ctx, r.limits.Event, func() bool {
		return slices.ContainsFunc(r.lines, func(l line) bool { return l.Conn == conn && came(&l) })
	})
	if err == nil && answer == "hang" {
		_, err = r.awaitEnds(ctx, r.engine.HangPatience)
	}
	return err
}

func isWorker(actor string) bool { return strings.HasPrefix(actor, "worker/") }

// longestHandling is how long a worker handles a message while it is to be killed.
const longestHandling = 20 * time.Second

func (r *run) post(ctx context.Context, i int) error {
	c := command{Do: "post"}
	holds := r.scenario.follows(i, "browser kill-handling")
	if holds {
		c.Hold = int(longestHandling.Milliseconds())
	}
	before := r.received()
	err := r.tellPage(ctx, i, c)
	switch {
	case err != nil:
		return err
	case holds:
		return r.awaitReceived(ctx, before+1)
	case i > 0 && r.scenario.steps[i-1].key() == "page connect":
		return r.awaitAnswer(ctx, i-1)
	}
	return nil
}

func (r *run) ask(ctx context.Context, i int) error {
	return r.tellPage(ctx, i, command{Do: "post", Answer: true})
}

// stream lets a page post many messages; it does not wait for that.
func (r *run) stream(ctx context.Context, i int) error {
	st := &r.scenario.steps[i]
	p, err := r.open(ctx, st.page)
	if err != nil {
		return err
	}
	_, err = r.order(ctx, p, command{Do: "stream", Conn: st.conn, Count: st.rest[0], Every: st.rest[1]})
	return err
}

// awaitReceived waits until workers have received that many messages.
func (r *run) awaitReceived(ctx context.Context, count int) error {
	_, err := r.await(ctx, r.limits.Event, func() bool { return r.countReceived() >= count })
	return err
}

// received returns how many messages workers have received.
func (r *run) received() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.countReceived()
}

func (r *run) countReceived() (n int) {
	for i := range r.lines {
		if l := &r.lines[i]; l.Op == "receive" && isWorker(l.Actor) {
			n++
		}
	}
	return n
}

// worker tells a worker to post on a connection, or to close it. That is the instance which has the connection, or else the one
// that runs and finds that it cannot; if none runs, there is nobody to try.
func (r *run) worker(ctx context.Context, i int) error {
	st := &r.scenario.steps[i]
	all := r.living("worker/")
	if len(all) == 0 {
		return nil
	}
	p := all[len(all)-1]
	for _, other := range all {
		if r.accepted(other, st.conn) {
			p = other
		}
	}
	return r.tell(ctx, p, command{Do: st.verb, Conn: st.conn}, r.limits.Event)
}

// accepted tells whether an instance accepted a connection.
func (r *run) accepted(p *party, conn int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.lines {
		if l := &r.lines[i]; l.Actor == p.name && l.Op == "accept" && l.Conn == conn {
			return true
		}
	}
	return false
}

// leave closes a page's window or crashes the page, and waits until the page has ended.
func (r *run) leave(ctx context.Context, i int) error {
	st := &r.scenario.steps[i]
	r.leaving[st.page] = true
	r.note(line{Op: map[string]string{"leave": "gone", "crash": "crash"}[st.verb], Page: st.page})
	if err := r.browser.Do(ctx, actions[st.key()], st.page, nil); err != nil {
		return err
	}
	name := fmt.Sprintf("page/%d", st.page)
	ended, err := r.await(ctx, r.limits.Event, func() bool { return r.find(name).ended })
	if err == nil && !ended {
		err = errors.New("the page lives on")
	}
	return err
}

// stop stops or kills what runs, and waits until that has ended. Another instance may start at once.
func (r *run) stop(ctx context.Context, i int) error {
	all := r.living("worker/")
	if len(all) == 0 {
		return nil
	}
	a := actions[r.scenario.steps[i].key()]
	for _, p := range all {
		r.note(line{Op: string(a), Version: p.version})
	}
	over := func() bool { return !slices.ContainsFunc(all, func(p *party) bool { return !p.ended }) }
	dead := func() bool { // each process that is killed in vain is one too many
		ended, err := r.await(ctx, 500*time.Millisecond, over)
		return ended && err == nil
	}
	if err := r.browser.Do(ctx, a, 0, dead); err != nil {
		return err
	}
	ended, err := r.await(ctx, r.limits.Event, over)
	if err == nil && !ended && a == browser.Kill {
		err = errors.New("a worker lives on")
	}
	if err == nil && a == browser.Kill && r.via == viaConnect {
		err = r.lookAfterBridges(ctx)
	}
	return err
}

// lookAfterBridges waits, if the bridges have died with the worker, until a page finds out.
func (r *run) lookAfterBridges(ctx context.Context) error {
	all := r.living("bridge/")
	for _, p := range all {
		if err := r.tell(ctx, p, command{Do: "ping"}, r.limits.Event); err != nil {
			return err
		}
	}
	if len(all) > 0 && len(r.living("bridge/")) == len(all) {
		return nil
	}
	r.bridge = bridgeDied
	_, err := r.await(ctx, r.limits.Event, func() bool {
		return slices.ContainsFunc(r.lines, func(l line) bool { return l.Op == "closed" || l.Op == "rejected" })
	})
	return err
}

// awaitEnds waits until no worker runs.
func (r *run) awaitEnds(ctx context.Context, limit time.Duration) (bool, error) {
	return r.await(ctx, limit, func() bool { return len(r.alive("worker/")) == 0 })
}

// suspend leaves the worker alone until the browser stops it. The bridges are taken away first: they are clients of the service's
// origin, which today's means of connecting need and a connection does not. What is not stopped all the same cannot be.
func (r *run) suspend(ctx context.Context, _ int) error {
	if r.via == viaBridge {
		if err := r.unbridge(ctx); err != nil {
			return err
		}
	}
	ended, err := r.awaitEnds(ctx, r.engine.Patience)
	if err != nil || ended {
		return err
	}
	for _, p := range r.living("worker/") {
		r.note(line{Op: "cannot", Try: "suspend", Version: p.version})
	}
	return nil
}

// unbridge takes the bridges away. navigator.connect() cannot do without.
func (r *run) unbridge(ctx context.Context) error {
	for _, p := range r.living("page/") {
		if err := r.tell(ctx, p, command{Do: "unbridge"}, r.limits.Event); err != nil {
			return err
		}
	}
	r.bridge = bridgeRemoved
	return nil
}

// update deploys another script, and waits until it is in use or waits to be.
func (r *run) update(ctx context.Context, i int) error {
	all := r.living("bridge/")
	if len(all) == 0 {
		return errors.New("no page has a bridge")
	}
	r.deployed = 2
	r.note(line{Op: "deploy", Script: r.deployed})
	if err := r.tell(ctx, all[0], command{Do: "update", Script: r.deployed, Skip: r.scenario.skips(i)}, r.limits.Event); err != nil {
		return err
	}
	_, err := r.await(ctx, r.limits.Event, func() bool {
		return slices.ContainsFunc(r.lines, func(l line) bool {
			return l.Op == "state" && l.State == "activated" && strings.HasSuffix(l.Version, fmt.Sprintf(".%d", r.deployed))
		})
	})
	return err
}

func (r *run) unregister(ctx context.Context) error {
	all := r.living("bridge/")
	if len(all) == 0 {
		return errors.New("no page has a bridge")
	}
	r.note(line{Op: "unregister"})
	return r.tell(ctx, all[0], command{Do: "unregister"}, r.limits.Event)
}
