package infer

import (
	"fmt"
	"slices"
	"time"

	"cosw/linearize"
)

// This file finds out which registrations a recording is about. The model has one. A browser that partitions its storage keeps
// several of one service, for pages of different sites. Nothing passes between them, so that each can be explained on its own.

// registration is a registration with its versions and those that use it.
type registration struct {
	versions []*version
	pages    []string // their actors, in the order of their first connect
}

// version is a version of the worker, as the browser tells of it.
type version struct {
	id        string
	of        *registration
	lines     []*linearize.Line // of the browser about it
	instances []*instance       // in the order in which they run
	script    int               // of its instances; -1: not known
}

// parties are all that take part in a recording.
type parties struct {
	rec           *linearize.Recording
	lines         []linearize.Line
	clocks        time.Duration // how much the clocks of two parties may differ
	margin        time.Duration // how far a line of the browser may be from where it belongs among those of others
	versions      []*version
	launches      []*launch
	tellsRunning  bool // the browser says of instances that they run
	instances     map[string]*instance
	registrations []*registration
	byPage        map[string]*registration
	byConn        map[int]*registration
}

func (p *parties) refuse(l *linearize.Line, what, hint string) error {
	return &linearize.LineError{File: p.rec.Name, Line: l.Number, What: what, Hint: hint}
}

// findParties finds the versions, instances and registrations of a recording.
func findParties(rec *linearize.Recording, o Options) (*parties, error) {
	p := &parties{
		rec: rec, clocks: o.Error, margin: o.Error + o.Late, lines: rec.Lines(), instances: map[string]*instance{},
		byPage: map[string]*registration{}, byConn: map[int]*registration{},
	}
	for _, step := range []func() error{p.findVersions, p.sortVersions, p.findInstances, p.findRegistrations, p.findPages} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *parties) version(id string) *version {
	for _, v := range p.versions {
		if v.id == id {
			return v
		}
	}
	v := &version{id: id, script: -1}
	p.versions = append(p.versions, v)
	return v
}

func (p *parties) findVersions() error {
	for i := range p.lines {
		if l := &p.lines[i]; l.Version != "" {
			v := p.version(l.Version)
			v.lines = append(v.lines, l)
		}
	}
	return nil
}

// sortVersions puts a version first that was installed before the recording began: the browser may name it only after it was
// updated.
func (p *parties) sortVersions() error {
	slices.SortStableFunc(p.versions, func(v, w *version) int {
		return boolInt(v.line("installing") != nil) - boolInt(w.line("installing") != nil)
	})
	return nil
}

// line returns the first line in which the browser says that v is in that state, or nil.
func (v *version) line(state string) *linearize.Line {
	for _, l := range v.lines {
		if l.Op == "state" && l.State == state {
			return l
		}
	}
	return nil
}

// findRegistrations says to which registration each version belongs. A version that becomes active while an older one
// stays so is of another registration.
func (p *parties) findRegistrations() error {
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
	return nil
}

// isUpdated tells whether v is a newer version of r. The browser may say that the old version is redundant after it says that
// the new one is activating, by as much as its lines can be late.
func (r *registration) isUpdated(v *version, margin time.Duration) bool {
	for _, older := range r.versions {
		if older.sharesScript(v) {
			return false // what is found to be the same is no update
		}
	}
	becomes := v.line("activating")
	if becomes == nil {
		return true
	}
	for _, older := range r.versions {
		ends := older.line("redundant")
		if older.line("activating") != nil && (ends == nil || ends.Time > becomes.Time+margin) {
			return false
		}
	}
	return true
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (v *version) sharesScript(other *version) bool { return v.script >= 0 && v.script == other.script }

// findPages says which registration each page uses: that whose worker takes part in one of its connections.
func (p *parties) findPages() error {
	asked := map[int]string{} // who asked for a connection
	for i := range p.lines {
		if l := &p.lines[i]; l.FromPage && l.Op == "connect" {
			asked[l.Conn] = l.Actor
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if !l.ByWorker || l.Conn == 0 {
			continue
		}
		r, page := p.instances[l.Actor].of.of, asked[l.Conn]
		if other := p.byPage[page]; other != nil && other != r {
			return p.refuse(l, wrongTwoRegistrations(page), hintTwoRegistrations)
		}
		p.byPage[page], p.byConn[l.Conn] = r, r
	}
	if len(p.registrations) == 0 {
		p.registrations = append(p.registrations, &registration{})
	}
	return p.placePages(asked)
}

func (p *parties) placePages(asked map[int]string) error {
	for i := range p.lines {
		l := &p.lines[i]
		if !l.FromPage || l.Op != "connect" {
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

// checkEnds returns an error if a party acts after its end by more than the clocks can differ.
func (p *parties) checkEnds(o Options) error {
	ends := map[string]*linearize.Line{}
	for i := range p.lines {
		if l := &p.lines[i]; l.Op == "gone" {
			ends[fmt.Sprintf("page/%d", l.Page)] = l
		}
	}
	for name, in := range p.instances {
		for _, l := range in.of.lines {
			if l.Number > in.started.Number && l.Op == "running" && l.State == "stopped" {
				ends[name] = l
				break
			}
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if end := ends[l.Actor]; end != nil && l.Time > end.Time+o.Error {
			return p.refuse(l, wrongEnd(l, end), hintEnd)
		}
	}
	return nil
}
