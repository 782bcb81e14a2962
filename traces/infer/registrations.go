package infer

import (
	"fmt"
	"slices"
	"time"

	"cosw/linearize"
)

// This file finds out which registrations a recording is about. The model has one. A browser may keep several of one
// service, as one that partitions its storage does for pages of different sites; nothing passes between them, so that
// each can be explained for itself.

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
	instances []*instance
	scripts   []int
}

// instance is an instance of a worker.
type instance struct {
	name    string
	of      *version
	place   int // among those of its version
	boot    *linearize.Line
	started *linearize.Line // where the browser says so
}

// parties are all that take part in a recording.
type parties struct {
	rec           *linearize.Recording
	lines         []linearize.Line
	margin        time.Duration // how far apart lines of different parties may be in the wrong order
	versions      []*version
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
		rec: rec, margin: o.Error + o.Late, lines: rec.Lines(), instances: map[string]*instance{},
		byPage: map[string]*registration{}, byConn: map[int]*registration{},
	}
	for _, step := range []func() error{p.findVersions, p.findInstances, p.findRegistrations, p.findPages} {
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
	v := &version{id: id}
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

// findInstances matches instances and versions: a browser does not name instances, but the first start that it tells of
// is that of the first instance to boot, and so on. Of starts so close to each other that clocks may have changed their
// order, that one is taken whose version has the script of the instance, or can have it.
func (p *parties) findInstances() error {
	var starts []*linearize.Line
	for i := range p.lines {
		if l := &p.lines[i]; l.Op == "running" && l.State == "starting" {
			starts = append(starts, l)
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if !l.ByWorker || l.Op != "boot" {
			continue
		}
		if len(starts) == 0 {
			return p.refuse(l, wrongBoot(l), hintBoot)
		}
		at := p.startOf(l, starts)
		v := p.version(starts[at].Version)
		in := &instance{name: l.Actor, of: v, place: len(v.instances), boot: l, started: starts[at]}
		starts = slices.Delete(starts, at, at+1)
		p.instances[l.Actor] = in
		v.instances = append(v.instances, in)
		v.scripts = append(v.scripts, l.Script)
	}
	return nil
}

// startOf returns which start is that of an instance.
func (p *parties) startOf(boot *linearize.Line, starts []*linearize.Line) int {
	fresh := -1
	for i, l := range starts {
		if l.Time > starts[0].Time+p.margin {
			break
		}
		switch v := p.version(l.Version); {
		case slices.Contains(v.scripts, boot.Script):
			return i
		case fresh < 0 && len(v.scripts) == 0 && p.fits(v, boot.Script):
			fresh = i
		}
	}
	return max(fresh, 0)
}

// fits tells whether v may have a script: newer versions have newer ones.
func (p *parties) fits(v *version, script int) bool {
	older := true
	for _, other := range p.versions {
		switch {
		case other == v:
			older = false
		case len(other.scripts) == 0:
		case older && other.scripts[0] > script || !older && other.scripts[0] < script:
			return false
		}
	}
	return true
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
	// One that was installed before the recording began may be spoken of only after it was updated.
	slices.SortStableFunc(p.versions, func(v, w *version) int {
		return boolInt(v.line("installing") != nil) - boolInt(w.line("installing") != nil)
	})
	for _, v := range p.versions {
		for _, r := range slices.Backward(p.registrations) {
			if r.isUpdated(v) {
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

// isUpdated tells whether v is a newer version of r.
func (r *registration) isUpdated(v *version) bool {
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
		if older.line("activating") != nil && (ends == nil || ends.Number > becomes.Number) {
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

func (v *version) sharesScript(other *version) bool {
	return slices.ContainsFunc(v.scripts, func(s int) bool { return slices.Contains(other.scripts, s) })
}

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
