package linearize

import "fmt"

// This file checks that names in a recording mean one thing each.

// checkNames returns an error if two parties, connections or messages share a name, or a page uses a connection that is
// not its own.
func checkNames(rec *Recording) error {
	n := names{
		actors: map[string]*line{}, gone: map[string]*line{}, instances: map[string]*line{},
		requests: map[int]*line{}, posts: map[post]*line{},
	}
	for i := range rec.lines {
		if l := &rec.lines[i]; l.op == "connect" && l.actor.role == aPage {
			if what, hint := n.request(l); what != "" {
				return &LineError{rec.Name, l.number, what, hint}
			}
		}
	}
	for i := range rec.lines {
		l := &rec.lines[i]
		for _, check := range []func(*line) (string, string){n.party, n.connection, n.message} {
			if what, hint := check(l); what != "" {
				return &LineError{rec.Name, l.number, what, hint}
			}
		}
	}
	return nil
}

type post struct {
	conn int
	side Side
	msg  string
}

// names holds the lines at which names were first used.
type names struct {
	actors    map[string]*line
	gone      map[string]*line
	instances map[string]*line
	requests  map[int]*line
	posts     map[post]*line
}

// request checks that a connection is requested once.
func (n *names) request(l *line) (what, hint string) {
	if first := n.requests[l.conn]; first != nil {
		return fmt.Sprintf("connection %d is requested again, after line %d", l.conn, first.number), "give each connection a number of its own"
	}
	n.requests[l.conn] = l
	return "", ""
}

// party checks that a name stands for one party: a worker boots once, under one version, and a page is gone once. A
// worker has to be recorded from its start: what it did before could not be told from what it never did.
func (n *names) party(l *line) (what, hint string) {
	name := l.actor.name
	first := n.actors[name]
	switch {
	case l.actor.role == theBrowser:
		return n.browser(l)
	case l.op == "boot" && first != nil:
		return fmt.Sprintf("two parties are named %s: the other one acts in line %d", name, first.number), "give each instance a name of its own"
	case l.actor.role == aWorker && first == nil && l.op != "boot":
		return fmt.Sprintf("%s acts before it boots", name), "record each instance from its boot"
	case l.op == "connect" && l.actor.role == aPage && n.gone[name] != nil:
		return fmt.Sprintf("two pages are named %s: the other one is gone in line %d", name, n.gone[name].number), "give each page a number of its own"
	}
	if other := n.instances[l.actor.instance]; l.actor.role == aWorker && other != nil && other.actor.name != name {
		return fmt.Sprintf("two parties are named %s: %s boots in line %d", l.actor.instance, other.actor.name, other.number), "give each instance a name of its own"
	}
	if first == nil {
		n.actors[name], n.instances[l.actor.instance] = l, l
	}
	return "", ""
}

func (n *names) browser(l *line) (what, hint string) {
	if l.op != "gone" {
		return "", ""
	}
	if first := n.gone[l.page]; first != nil {
		return fmt.Sprintf("two pages are named %s: the other one is gone in line %d", l.page, first.number), "give each page a number of its own"
	}
	n.gone[l.page] = l
	return "", ""
}

// connection checks that a connection was requested, and that only the page that did so uses the page's end.
func (n *names) connection(l *line) (what, hint string) {
	if l.conn == 0 {
		return "", ""
	}
	request := n.requests[l.conn]
	switch {
	case request == nil:
		return fmt.Sprintf("no page requests connection %d", l.conn), "record the connect of the page as well"
	case l.actor.role == aPage && request.actor.name != l.actor.name:
		return fmt.Sprintf("%s uses connection %d, which %s requests in line %d", l.actor.name, l.conn, request.actor.name, request.number), "give each connection a number of its own"
	case l.actor.role == aPage && request.number > l.number:
		return fmt.Sprintf("%s uses connection %d before it requests it in line %d", l.actor.name, l.conn, request.number), "record the connect of the page first"
	}
	return "", ""
}

// message checks that all messages posted at one end have different names.
func (n *names) message(l *line) (what, hint string) {
	if l.op != "post" {
		return "", ""
	}
	p := post{l.conn, l.actor.role.side(), l.msg}
	if first := n.posts[p]; first != nil {
		return fmt.Sprintf("%s posts %q again, after line %d", l.actor.name, l.msg, first.number), "give each message a name of its own"
	}
	n.posts[p] = l
	return "", ""
}
