package recording

import (
	"slices"
)

// This file finds out which version an instance is of, and in which order the instances of a version run. A browser names
// versions and a worker names itself, so that only times and scripts tell which start belongs to which instance. If they do
// not, nothing is guessed.

// Instance is an instance of a worker.
type Instance struct {
	Party
	Version *Version // nil if no start is left that could be its own
	Place   int      // among those of its version
	Started *Line    // where the browser says so; nil as Version
}

// Version is a version of the worker, as the browser tells of it.
type Version struct {
	ID        string
	Lines     []*Line     // of the browser about it
	Instances []*Instance // in the order in which they run
	Script    int         // of its instances; -1: not known
	launches  []*launch
}

// Line returns the first line in which the browser says that v is in that state, or nil.
func (v *Version) Line(state string) *Line {
	for _, l := range v.Lines {
		if l.Op == "state" && l.State == state {
			return l
		}
	}
	return nil
}

// launch is a line in which the browser says that an instance starts.
type launch struct {
	*Line
	of  *Version
	ran bool // it says that this instance runs

	failed bool      // it says that the start came to nothing
	end    *Line     // where it says that this instance is stopped, or at least that the next one starts; or nil
	in     *Instance // that starts; nil: none that recorded anything
}

// findVersions finds the versions that the browser speaks of. One that was installed before the recording began comes first:
// the browser may name it only after it was updated.
func (p *Parties) findVersions() {
	for i := range p.rec.Lines {
		if l := &p.rec.Lines[i]; l.Version != "" {
			v := p.Version(l.Version)
			v.Lines = append(v.Lines, l)
		}
	}
	isNew := func(v *Version) int {
		if v.Line("installing") != nil {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(p.Versions, func(v, w *Version) int { return isNew(v) - isNew(w) })
}

// Version returns the version that the browser gives that name.
func (p *Parties) Version(id string) *Version {
	for _, v := range p.Versions {
		if v.ID == id {
			return v
		}
	}
	v := &Version{ID: id, Script: -1}
	p.Versions = append(p.Versions, v)
	return v
}

// findInstances says of which version each instance is. Most starts are far apart, so that only one can be that of an
// instance: one that is not after the first line of the instance, and whose instance is not over before the last.
func (p *Parties) findInstances() {
	starts := p.starts()
	paired := p.pairScripts(starts)
	for _, in := range p.Instances {
		s, err := p.startOf(in, starts)
		if err != nil {
			p.unclear(err)
			continue
		}
		s.in, s.of.Script = in, in.First.Script
	}
	p.unclear(p.sortStarts(starts, paired))
	for _, s := range starts {
		s.of.launches = append(s.of.launches, s)
		if s.in != nil {
			s.in.Version, s.in.Started, s.in.Place = s.of, s.Line, len(s.of.Instances)
			s.of.Instances = append(s.of.Instances, s.in)
			s.in.End = p.ending(s)
		}
	}
}

// starts returns all starts that the browser tells of.
func (p *Parties) starts() []*launch {
	var all []*launch
	open := map[*Version]*launch{}
	for i := range p.rec.Lines {
		l := &p.rec.Lines[i]
		if l.Op != "startFailed" && (l.Op != "running" || l.State == "stopping") {
			continue
		}
		v := p.Version(l.Version)
		s := open[v]
		if l.Op == "startFailed" {
			if s == nil {
				s = lastOf(all, v)
			}
			if s == nil || s.ran || s.end != nil && l.Time > s.end.Time+p.margin {
				s = &launch{Line: l, of: v, end: l}
				all = append(all, s)
			}
			s.failed = true
		}
		if l.State == "running" {
			if s != nil {
				s.ran, p.tellsRunning = true, true
			}
			continue
		}
		if s != nil && s.end == nil {
			s.end = l
		}
		delete(open, v)
		if l.State == "starting" {
			open[v] = &launch{Line: l, of: v}
			all = append(all, open[v])
		}
	}
	return all
}

// lastOf returns the last start of a version, or nil.
func lastOf(all []*launch, v *Version) *launch {
	for _, s := range slices.Backward(all) {
		if s.of == v {
			return s
		}
	}
	return nil
}

// FailedStart returns the start of v that a line of the browser says came to nothing, as no instance recorded anything; or nil.
func (v *Version) FailedStart(l *Line) *Line {
	for _, s := range v.launches {
		if s.end == l && s.in == nil && (s.failed || l.State == "stopped") {
			return s.Line
		}
	}
	return nil
}

// InstanceAt returns the instance of v that runs at a line of the browser, or nil.
func (v *Version) InstanceAt(l *Line) *Instance {
	var at *Instance
	for _, in := range v.Instances {
		if in.Started.Number < l.Number {
			at = in
		}
	}
	if at == nil || at.End != nil && at.End.Over != nil && at.End.Over.Number < l.Number {
		return nil
	}
	return at
}

// pairScripts says which script each version has, and returns true, where there are as many of the one as of the other:
// newer versions have newer scripts. There may be more versions, of several registrations.
func (p *Parties) pairScripts(starts []*launch) bool {
	var scripts []int
	for _, in := range p.Instances {
		if !slices.Contains(scripts, in.First.Script) {
			scripts = append(scripts, in.First.Script)
		}
	}
	var versions []*Version
	for _, v := range p.Versions {
		if slices.ContainsFunc(starts, func(s *launch) bool { return s.of == v }) {
			versions = append(versions, v)
		}
	}
	if len(scripts) != len(versions) {
		return false
	}
	slices.Sort(scripts)
	for k, v := range versions {
		v.Script = scripts[k]
	}
	return true
}

// startOf returns the start of an instance: the first one left that can be it, of a version with its script. If times
// allow none, it is the first one left at all, and what follows is found to be impossible.
func (p *Parties) startOf(in *Instance, starts []*launch) (*launch, error) {
	var late, other *launch
	for _, s := range starts {
		switch {
		case s.in != nil || s.failed:
		case s.of.Script != in.First.Script && (s.of.Script >= 0 || !p.fits(s.of, in.First.Script)):
			if other == nil {
				other = s
			}
		case p.canBe(in, s):
			return s, nil
		case late == nil:
			late = s
		}
	}
	switch {
	case late != nil:
		return late, nil
	case other != nil:
		return nil, p.refuse(in.First, wrongScript(in.First, other.of), hintScript)
	}
	return nil, p.refuse(in.First, wrongBoot(in.First), hintBoot)
}

// canBe tells whether times allow that s is the start of an instance. If the browser says of instances that they run, one
// that it says is stopped without having run never did.
func (p *Parties) canBe(in *Instance, s *launch) bool {
	if s.failed || s.end != nil && !s.ran && p.tellsRunning {
		return false
	}
	return s.Time <= in.First.Time+p.margin && (s.end == nil || in.Last.Time <= s.end.Time+p.clocks)
}

// fits tells whether v may have a script: newer versions have newer ones.
func (p *Parties) fits(v *Version, script int) bool {
	older := true
	for _, other := range p.Versions {
		switch {
		case other == v:
			older = false
		case other.Script < 0:
		case older && other.Script > script || !older && other.Script < script:
			return false
		}
	}
	return true
}

// sortStarts exchanges instances where they can be only of each other's start. It refuses those that can be of either: the
// clocks of two instances may differ, and who started first is not to be guessed.
func (p *Parties) sortStarts(starts []*launch, paired bool) error {
	for i, s := range starts {
		for _, other := range starts[i+1:] {
			if s.in == nil && other.in == nil {
				continue
			}
			if s.in != nil && other.Time > s.in.First.Time+p.margin {
				break
			}
			if !p.swappable(s, other, paired) || !p.follow(s.of == other.of, other.in, s.in) {
				continue
			}
			if p.follow(s.of == other.of, s.in, other.in) {
				return p.refuse(bootOf(s, other), wrongStart(bootOf(s, other), s.Line, other.Line), hintStart)
			}
			s.in, other.in = other.in, s.in
		}
	}
	return nil
}

// swappable tells whether times and scripts allow that the instances of two starts change places.
func (p *Parties) swappable(s, other *launch, paired bool) bool {
	if s.in != nil && !p.canBe(s.in, other) || other.in != nil && !p.canBe(other.in, s) {
		return false
	}
	switch {
	case s.of == other.of:
		return true
	case s.in != nil && other.in != nil:
		return s.in.First.Script == other.in.First.Script || !paired
	case s.in != nil:
		return other.of.Script < 0 || other.of.Script == s.in.First.Script
	}
	return s.of.Script < 0 || s.of.Script == other.in.First.Script
}

// follow tells whether an instance may run after another one. Two of one version do not run at the same time.
func (p *Parties) follow(same bool, in, next *Instance) bool {
	return !same || in == nil || next == nil || in.Last.Time <= next.First.Time+p.clocks
}

// bootOf returns the later of the first lines of two instances, or that of the only one.
func bootOf(s, other *launch) *Line {
	switch {
	case s.in == nil:
		return other.in.First
	case other.in == nil || s.in.First.Number > other.in.First.Number:
		return s.in.First
	}
	return other.in.First
}
