package infer

import (
	"slices"
	"time"

	"cosw/linearize/recording"
)

// This file finds out which registrations a recording is about. The model has one. A browser that partitions its storage keeps
// several of one service, for pages of different sites. Nothing passes between them, so that each can be explained on its own.

// registration is a registration with its versions and those that use it.
type registration struct {
	versions []*version
	pages    []string // their actors, in the order of their first connect
}

// version is a version of the worker, with the registration that it belongs to.
type version struct {
	*recording.Version
	of *registration
}

// parties are all that take part in a recording.
type parties struct {
	*recording.Parties
	rec           *recording.Recording
	margin        time.Duration // how far a line of the browser may be from where it belongs among those of others
	versions      []*version
	registrations []*registration
	byPage        map[string]*registration
	byConn        map[int]*registration
}

func (p *parties) refuse(l *recording.Line, what, hint string) error {
	return &recording.LineError{File: p.rec.Name, Line: l.Number, What: what, Hint: hint}
}

// findParties finds the registrations of a recording, and who uses them.
func findParties(rec *recording.Recording, o Options) (*parties, error) {
	p := &parties{
		Parties: rec.Parties(o.Error, o.Late), rec: rec, margin: o.Error + o.Late,
		byPage: map[string]*registration{}, byConn: map[int]*registration{},
	}
	if p.Unclear != nil {
		return nil, p.Unclear
	}
	for _, v := range p.Versions {
		p.versions = append(p.versions, &version{Version: v})
	}
	p.findRegistrations()
	return p, p.findPages()
}

// lostRequest tells whether the line was lost in which a connection was asked for.
func (p *parties) lostRequest(conn int) bool {
	return !slices.ContainsFunc(p.rec.Lines, func(l recording.Line) bool {
		return l.Role == recording.Page && l.Op == "connect" && l.Conn == conn
	})
}

// version returns the version that the browser gives that name.
func (p *parties) version(id string) *version {
	for _, v := range p.versions {
		if v.ID == id {
			return v
		}
	}
	panic("infer: a version that no line is about")
}

// versionOf returns the version of an instance.
func (p *parties) versionOf(instance string) *version {
	return p.version(p.Instance(instance).Version.ID)
}

// findRegistrations says to which registration each version belongs. A version that becomes active while an older one
// stays so is of another registration.
func (p *parties) findRegistrations() {
	for _, v := range p.versions {
		for _, r := range slices.Backward(p.registrations) {
			if r.isUpdated(v, p.margin) {
				v.of = r
				break
			}
		}
		if v.of == nil {
			v.of = &registration{}
			p.registrations = append(p.registrations, v.of)
		}
		v.of.versions = append(v.of.versions, v)
	}
}

// isUpdated tells whether v is a newer version of r. The browser may say that the old version is redundant after it says that
// the new one is activating, by as much as its lines can be late.
func (r *registration) isUpdated(v *version, margin time.Duration) bool {
	for _, older := range r.versions {
		if older.sharesScript(v) {
			return false // what is found to be the same is no update
		}
	}
	becomes := v.Line("activating")
	if becomes == nil {
		return true
	}
	for _, older := range r.versions {
		ends := older.Line("redundant")
		if older.Line("activating") != nil && (ends == nil || ends.Time > becomes.Time+margin) {
			return false
		}
	}
	return true
}

func (v *version) sharesScript(other *version) bool { return v.Script >= 0 && v.Script == other.Script }

// findPages says which registration each page uses: that whose worker takes part in one of its connections.
func (p *parties) findPages() error {
	for i := range p.rec.Lines {
		l := &p.rec.Lines[i]
		if l.Role != recording.Worker || l.Conn == 0 {
			continue
		}
		r, page := p.versionOf(l.Actor).of, p.Asker(l.Conn)
		if other := p.byPage[page]; other != nil && other != r {
			return p.refuse(l, wrongTwoRegistrations(page), hintTwoRegistrations)
		}
		p.byPage[page], p.byConn[l.Conn] = r, r
	}
	if len(p.registrations) == 0 {
		p.registrations = append(p.registrations, &registration{})
	}
	return p.placePages()
}

func (p *parties) placePages() error {
	for i := range p.rec.Lines {
		l := &p.rec.Lines[i]
		if l.Role != recording.Page || l.Conn == 0 || p.byConn[l.Conn] != nil && slices.Contains(p.byConn[l.Conn].pages, l.Actor) {
			continue
		}
		r := p.byPage[l.Actor]
		if r == nil && len(p.registrations) > 1 {
			return p.refuse(l, wrongNoRegistration(l), hintTwoRegistrations)
		}
		if r == nil {
			r = p.registrations[0]
		}
		p.byPage[l.Actor], p.byConn[l.Conn] = r, r
		if !slices.Contains(r.pages, l.Actor) {
			r.pages = append(r.pages, l.Actor)
		}
	}
	return nil
}
