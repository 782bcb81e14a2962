// Package labtest has browsers for tests of package lab that are none: the model plays them, through infer.Simulate, under
// whatever design the test wants. They speak to the lab as real ones do, over the channels of pages, bridges and workers.
package labtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"

	"cosw/model/family"
	"cosw/traces/infer"
	"cosw/traces/lab/browser"
)

// Fault is something that goes wrong with a browser.
type Fault string

const (
	Dies  Fault = "dies"  // its pages vanish when the first one is to connect
	Hangs Fault = "hangs" // no page does what it is told
	Never Fault = "never" // no page comes up
)

// Engine returns an engine whose browsers behave as a design does, with those faults.
func Engine(id string, design family.Cube, faults ...Fault) *browser.Engine {
	e := &browser.Engine{ID: id, Packages: []string{id}, Patience: time.Second, HangPatience: time.Second / 10}
	e.Version = func(context.Context) (string, error) { return id + " 1", nil }
	e.Launch = func(context.Context, browser.Options) (browser.Browser, error) {
		b := newModel(id, design)
		for _, f := range faults {
			b.faults[f] = true
		}
		return b, nil
	}
	return e
}

// Visit opens an address as somebody does by hand, in a browser that behaves as a design does. Quit closes it.
func Visit(ctx context.Context, design family.Cube, address string) (browser.Browser, error) {
	b := newModel("hand", design)
	return b, b.Open(ctx, 1, address)
}

func newModel(id string, design family.Cube) *model {
	b := &model{id: id, design: design, faults: map[Fault]bool{}}
	b.restart()
	return b
}

// restart begins a history in which nothing has happened.
func (b *model) restart() {
	b.parties, b.sent, b.holds = map[string]*client{}, 0, false
	b.script.Reset()
	b.script.WriteString("bounds connections=2 messages=2\nstart nothing\nservice register\nquiesce\n")
}

// navigate leaves the page, with all that it had, for another address.
func (b *model) navigate(address string) {
	b.mu.Lock()
	for _, c := range b.parties {
		c.socket.CloseNow()
	}
	b.restart()
	b.mu.Unlock()
	if strings.HasPrefix(address, "http:") {
		b.Open(context.Background(), 1, address)
	}
}

// model is a browser that the model plays. Whatever is done to it becomes a line of a script, which is played anew from its
// beginning; the lines that are new in its recording are what the parties send.
type model struct {
	id     string
	design family.Cube
	faults map[Fault]bool

	mu      sync.Mutex
	server  string // the address of the run, for channels
	script  bytes.Buffer
	sent    int // lines of its recording
	parties map[string]*client
	last    float64
	holds   bool // the worker handles a message until it is killed
	open    sync.WaitGroup
}

// client is a party's end of its channel.
type client struct {
	name    string
	version string
	socket  *websocket.Conn
	lines   int
}

func (b *model) Name() string { return b.id + " 1" }

func (b *model) Quit() {
	b.mu.Lock()
	for _, c := range b.parties {
		c.socket.CloseNow()
	}
	b.mu.Unlock()
	b.open.Wait()
}

func (b *model) Open(ctx context.Context, page int, address string) error {
	at, err := url.Parse(address)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	token, _, _ := strings.Cut(strings.TrimPrefix(at.Path, "/"), "/")
	b.server = fmt.Sprintf("ws://127.0.0.1:%s/%s/channel?", at.Port(), token)
	if b.faults[Never] {
		return nil
	}
	return b.join(fmt.Sprintf("page/%d", page), "")
}

// join opens the channel of a party.
func (b *model) join(name, version string) error {
	socket, _, err := websocket.Dial(context.Background(), b.server+url.Values{"name": {name}, "version": {version}}.Encode(), nil)
	if err != nil {
		return err
	}
	c := &client{name: name, version: version, socket: socket}
	b.parties[name] = c
	b.open.Go(func() { b.serve(c) })
	return nil
}

// order is a command of the lab.
type order struct {
	ID     int
	Do     string
	Conn   int
	Answer any
	Hold   int
	Skip   bool
	URL    string
}

// serve does what a party is told.
func (b *model) serve(c *client) {
	defer c.socket.CloseNow()
	for {
		_, text, err := c.socket.Read(context.Background())
		if err != nil {
			return
		}
		var o order
		if err := json.Unmarshal(text, &o); err != nil {
			return
		}
		if b.faults[Hangs] {
			continue
		}
		if b.faults[Dies] && o.Do == "connect" {
			return
		}
		answer := map[string]any{"done": o.ID}
		if err := b.obey(c, &o); err != nil {
			answer["error"] = err.Error()
		}
		if c.send(answer) != nil {
			return
		}
		if o.Do == "go" {
			b.navigate(o.URL)
			return
		}
	}
}

// obey plays what a party does at the order of the lab.
func (b *model) obey(c *client, o *order) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	who, number, _ := strings.Cut(c.name, "/")
	page := "p" + number
	switch {
	case o.Do == "connect":
		if b.parties["bridge/"+number] == nil {
			if err := b.join("bridge/"+number, ""); err != nil {
				return err
			}
		}
		return b.play(fmt.Sprintf("%s connect c%d", page, o.Conn), answers(o))
	case who == "page" && o.Do == "post":
		posts := fmt.Sprintf("%s post c%d", page, o.Conn)
		if b.holds = o.Hold > 0; b.holds {
			return b.play(posts, fmt.Sprintf("browser kill-handling c%d", o.Conn), "quiesce")
		}
		if o.Answer == true {
			return b.play(posts, "quiesce", fmt.Sprintf("worker post c%d", o.Conn), "quiesce")
		}
		return b.play(posts, "quiesce")
	case who == "page" && o.Do == "close":
		return b.play(fmt.Sprintf("%s close c%d", page, o.Conn), "quiesce")
	case who == "worker" && (o.Do == "post" || o.Do == "close"):
		return b.play(fmt.Sprintf("worker %s c%d", o.Do, o.Conn), "quiesce")
	case o.Do == "unbridge":
		return b.play("browser suspend", "quiesce")
	case o.Do == "update" && o.Skip:
		return b.play("service update", "browser installed", "service skip-waiting", "quiesce")
	case o.Do == "update":
		return b.play("service update", "quiesce")
	case o.Do == "unregister":
		return b.play("service unregister", "quiesce")
	}
	return nil
}

// answers returns what the worker does about a request.
func answers(o *order) string {
	asked := fmt.Sprintf("browser start\nbrowser dispatch c%d\n", o.Conn)
	switch o.Answer {
	case "wait":
		return asked
	case "reject", "hang":
		return fmt.Sprintf("%sworker %s c%d\nquiesce", asked, o.Answer, o.Conn)
	}
	return "quiesce"
}

func (b *model) Do(_ context.Context, a browser.Action, page int, dead func() bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch a {
	case browser.Close, browser.Crash:
		err := b.play(fmt.Sprintf("p%d leave", page), "quiesce")
		b.parties[fmt.Sprintf("page/%d", page)].socket.CloseNow()
		return err
	case browser.Stop:
		return b.play("browser suspend", "quiesce")
	case browser.Kill:
		if b.holds {
			b.holds = false
			return b.play()
		}
		return b.play("browser kill", "quiesce")
	}
	return fmt.Errorf("no browser can %s", a)
}

// line is a line of a recording, of which only these fields matter.
type line struct {
	Actor, Op, Running string
	Version            any
	fields             map[string]any
}

// play goes on with the script, and lets the parties send what comes of it.
func (b *model) play(commands ...string) error {
	for _, command := range commands {
		b.script.WriteString(command + "\n")
	}
	text, _, err := infer.Simulate(bytes.NewReader(b.script.Bytes()), infer.Simulation{Design: b.design, Name: "lab", Seed: 1})
	if err != nil {
		return err
	}
	all := bytes.Split(bytes.TrimSpace(text), []byte("\n"))[1:]
	for _, text := range all[b.sent:] {
		b.sent++
		var l line
		if err := json.Unmarshal(text, &l); err != nil {
			return err
		}
		if err := json.Unmarshal(text, &l.fields); err != nil {
			return err
		}
		if err := b.pass(&l); err != nil {
			return err
		}
		if b.holds && l.Op == "receive" {
			return nil // the rest comes when it is killed
		}
	}
	return nil
}

// restart is how long it takes at least until another instance starts, so that clocks tell the two apart.
const restart = 40 * time.Millisecond

// pass lets a party send a line. What the lab finds out by itself, it is not told.
func (b *model) pass(l *line) error {
	switch {
	case l.Actor == "browser" && l.Op == "state":
		l.fields["version"] = version(l.Version)
		for name, c := range b.parties {
			if strings.HasPrefix(name, "bridge/") {
				return b.say(c, l)
			}
		}
	case l.Actor == "browser" && l.Op == "running" && l.Running == "stopped":
		for name, c := range b.parties {
			if c.version == version(l.Version) {
				delete(b.parties, name)
				defer time.Sleep(restart)
				return c.socket.Close(websocket.StatusGoingAway, "")
			}
		}
	case l.Actor == "browser":
	case l.Op == "boot":
		script, _, _ := strings.Cut(strings.TrimPrefix(l.Actor, "worker/v"), "/")
		if err := b.join(l.Actor, "1."+script); err != nil {
			return err
		}
		return b.say(b.parties[l.Actor], l)
	default:
		if c := b.parties[l.Actor]; c != nil {
			return b.say(c, l)
		}
	}
	return nil
}

// version returns the name that the lab has for a version of the model, which counts them from 0.
func version(id any) string {
	var n int
	fmt.Sscan(fmt.Sprint(id), &n)
	return fmt.Sprintf("1.%d", n+1)
}

// say sends a line, with the time that it is now.
func (b *model) say(c *client, l *line) error {
	b.last = max(float64(time.Now().UnixMicro())/1000, b.last+0.001)
	l.fields["t"] = b.last
	if l.Actor != "browser" {
		c.lines++
		l.fields["q"] = c.lines
	}
	return c.send(map[string]any{"line": l.fields})
}

func (c *client) send(message any) error {
	text, err := json.Marshal(message)
	if err != nil {
		return err
	}
	return c.socket.Write(context.Background(), websocket.MessageText, text)
}
