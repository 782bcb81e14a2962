package recording

import "fmt"

// This file checks that names in a recording mean one thing each.

// checkNames returns an error if two parties, connections or messages share a name, or a page uses a connection that is
// not its own.
func checkNames(rec *Recording) error {
	n := names{
		actors: map[string]*Line{}, gone: map[int]*Line{}, instances: map[string]*Line{},
		requests: map[int]*Line{}, posts: map[post]*Line{}, lossy: lossyPages(rec.Lines),
	}
	for i := range rec.Lines {
		if l := &rec.Lines[i]; l.Op == "connect" && l.Role == Page {
			if what, hint := n.request(l); what != "" {
				return &LineError{rec.Name, l.Number, what, hint}
			}
		}
	}
	for i := range rec.Lines {
		l := &rec.Lines[i]
		for _, check := range []func(*Line) (string, string){n.party, n.connection, n.message} {
			if what, hint := check(l); what != "" {
				return &LineError{rec.Name, l.Number, what, hint}
			}
		}
	}
	return nil
}

type post struct {
	conn int
	role Role
	msg  string
}

// names holds the lines at which names were first used.
type names struct {
	actors    map[string]*Line
	gone      map[int]*Line
	instances map[string]*Line
	requests  map[int]*Line // of a connection; if that line was lost, the first line of a page about it
	posts     map[post]*Line
	lossy     map[string]bool // pages of which lines were lost
}

// request checks that a connection is requested once.
func (n *names) request(l *Line) (what, hint string) {
	if first := n.requests[l.Conn]; first != nil {
		return fmt.Sprintf("connection %d is requested again, after line %d", l.Conn, first.Number), "give each connection a number of its own"
	}
	n.requests[l.Conn] = l
	return "", ""
}

// party checks that a name stands for one party: a worker boots once, under one version, and a page is gone once. A
// worker has to be recorded from its start, unless it is known that lines were lost: what it did before could not be told from
// what it never did.
func (n *names) party(l *Line) (what, hint string) {
	name := l.Actor
	first := n.actors[name]
	switch {
	case l.Role == Browser:
		return n.browser(l)
	case l.Op == "boot" && first != nil:
		return fmt.Sprintf("two parties are named %s: the other one acts in line %d", name, first.Number), "give each instance a name of its own"
	case l.Role == Worker && first == nil && l.Op != "boot" && l.Q <= 1:
		return fmt.Sprintf("%s acts before it boots", name), "record each instance from its boot"
	case l.Op == "connect" && l.Role == Page && n.gone[l.Page] != nil:
		return fmt.Sprintf("two pages are named %s: the other one is gone in line %d", name, n.gone[l.Page].Number), "give each page a number of its own"
	}
	if other := n.instances[l.instance()]; l.Role == Worker && other != nil && other.Actor != name {
		return fmt.Sprintf("two parties are named %s: %s boots in line %d", l.instance(), other.Actor, other.Number), "give each instance a name of its own"
	}
	if first == nil {
		n.actors[name], n.instances[l.instance()] = l, l
	}
	return "", ""
}

// browser checks that a page is gone once. One that crashed may be closed as well.
func (n *names) browser(l *Line) (what, hint string) {
	if !l.Ends() {
		return "", ""
	}
	switch first := n.gone[l.Page]; {
	case first == nil:
		n.gone[l.Page] = l
	case first.Op == l.Op:
		return fmt.Sprintf("two pages are named %s: the other one is gone in line %d", l.PageName(), first.Number), "give each page a number of its own"
	}
	return "", ""
}

// connection checks that a connection was requested, and that only the page that did so uses the page's end.
func (n *names) connection(l *Line) (what, hint string) {
	if l.Conn == 0 {
		return "", ""
	}
	request := n.requests[l.Conn]
	switch {
	case request == nil && l.Role == Page && n.lossy[l.Actor]:
		n.requests[l.Conn] = l
	case request == nil && l.Role == Worker && len(n.lossy) > 0:
	case request == nil:
		return fmt.Sprintf("no page requests connection %d", l.Conn), "record the connect of the page as well"
	case l.Role == Page && request.Actor != l.Actor:
		return fmt.Sprintf("%s uses connection %d, which %s requests in line %d", l.Actor, l.Conn, request.Actor, request.Number), "give each connection a number of its own"
	case l.Role == Page && request.Number > l.Number:
		return fmt.Sprintf("%s uses connection %d before it requests it in line %d", l.Actor, l.Conn, request.Number), "record the connect of the page first"
	}
	return "", ""
}

// message checks that all messages posted at one end have different names.
func (n *names) message(l *Line) (what, hint string) {
	if l.Op != "post" {
		return "", ""
	}
	p := post{l.Conn, l.Role, l.Msg}
	if first := n.posts[p]; first != nil {
		return fmt.Sprintf("%s posts %q again, after line %d", l.Actor, l.Msg, first.Number), "give each message a name of its own"
	}
	n.posts[p] = l
	return "", ""
}
