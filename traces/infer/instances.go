package infer

import (
	"slices"
	"time"

	"cosw/linearize"
)

// This file finds out which version an instance is of, and in which order the instances of a version run. A browser names
// versions and a worker names itself, so that only times and scripts tell which start belongs to which instance. If they do
// not, nothing is guessed.

// instance is an instance of a worker.
type instance struct {
	name    string
	of      *version
	place   int // among those of its version
	boot    *linearize.Line
	started *linearize.Line // where the browser says so
	last    time.Duration   // of its last line
}

// launch is a line in which the browser says that an instance starts.
type launch struct {
	*linearize.Line
	of  *version
	ran bool            // it says that this instance runs
	end *linearize.Line // where it says that this instance is stopped, or at least that the next one starts; or nil
	in  *instance       // that starts; nil: none that recorded anything
}

// findInstances says of which version each instance is. Most starts are far apart, so that only one can be that of an
// instance: one that is not after the first line of the instance, and whose instance is not over before the last.
func (p *parties) findInstances() error {
	starts := p.starts()
	paired := p.pairScripts(starts)
	var all []*instance
	for i := range p.lines {
		l := &p.lines[i]
		if !l.ByWorker {
			continue
		}
		in := p.instances[l.Actor]
		if in == nil && l.Op == "boot" {
			in = &instance{name: l.Actor, boot: l}
			p.instances[l.Actor] = in
			all = append(all, in)
		}
		if in != nil {
			in.last = l.Time
		}
	}
	for _, in := range all {
		s, err := p.startOf(in, starts)
		if err != nil {
			return err
		}
		s.in, s.of.script = in, in.boot.Script
	}
	if err := p.sortStarts(starts, paired); err != nil {
		return err
	}
	p.launches = starts
	for _, s := range starts {
		if s.in != nil {
			s.in.of, s.in.started, s.in.place = s.of, s.Line, len(s.of.instances)
			s.of.instances = append(s.of.instances, s.in)
		}
	}
	return nil
}

// starts returns all starts that the browser tells of.
func (p *parties) starts() []*launch {
	var all []*launch
	open := map[*version]*launch{}
	for i := range p.lines {
		l := &p.lines[i]
		if l.Op != "running" || l.State == "stopping" {
			continue
		}
		v := p.version(l.Version)
		s := open[v]
		if l.State == "running" {
			if s != nil {
				s.ran, p.tellsRunning = true, true
			}
			continue
		}
		if s != nil {
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

// failedStart tells whether a line of the browser says that a start came to nothing: no instance recorded anything.
func (p *parties) failedStart(l *linearize.Line) bool {
	return slices.ContainsFunc(p.launches, func(s *launch) bool {
		return s.end == l && s.in == nil && l.State == "stopped" && s.of.restarts(s.Line)
	})
}

// pairScripts says which script each version has, and returns true, where there are as many of the one as of the other:
// newer versions have newer scripts. There may be more versions, of several registrations.
func (p *parties) pairScripts(starts []*launch) bool {
	var scripts []int
	for i := range p.lines {
		if l := &p.lines[i]; l.ByWorker && l.Op == "boot" && !slices.Contains(scripts, l.Script) {
			scripts = append(scripts, l.Script)
		}
	}
	var versions []*version
	for _, v := range p.versions {
		if slices.ContainsFunc(starts, func(s *launch) bool { return s.of == v }) {
			versions = append(versions, v)
		}
	}
	if len(scripts) != len(versions) {
		return false
	}
	slices.Sort(scripts)
	for k, v := range versions {
		v.script = scripts[k]
	}
	return true
}

// startOf returns the start of an instance: the first one left that can be it, of a version with its script. If times
// allow none, it is the first one left at all, and what follows is found to be impossible.
func (p *parties) startOf(in *instance, starts []*launch) (*launch, error) {
	var late, other *launch
	for _, s := range starts {
		switch {
		case s.in != nil:
		case s.of.script != in.boot.Script && (s.of.script >= 0 || !p.fits(s.of, in.boot.Script)):
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
		return nil, p.refuse(in.boot, wrongScript(in.boot, other.of), hintScript)
	}
	return nil, p.refuse(in.boot, wrongBoot(in.boot), hintBoot)
}

// canBe tells whether times allow that s is the start of an instance. If the browser says of instances that they run, one
// that it says is stopped without having run never did.
func (p *parties) canBe(in *instance, s *launch) bool {
	if s.end != nil && !s.ran && p.tellsRunning {
		return false
	}
	return s.Time <= in.boot.Time+p.margin && (s.end == nil || in.last <= s.end.Time+p.clocks)
}

// fits tells whether v may have a script: newer versions have newer ones.
func (p *parties) fits(v *version, script int) bool {
	older := true
	for _, other := range p.versions {
		switch {
		case other == v:
			older = false
		case other.script < 0:
		case older && other.script > script || !older && other.script < script:
			return false
		}
	}
	return true
}

// sortStarts exchanges instances where they can be only of each other's start. It refuses those that can be of either: the
// clocks of two instances may differ, and who started first is not to be guessed.
func (p *parties) sortStarts(starts []*launch, paired bool) error {
	for i, s := range starts {
		for _, other := range starts[i+1:] {
			if s.in == nil && other.in == nil {
				continue
			}
			if s.in != nil && other.Time > s.in.boot.Time+p.margin {
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
func (p *parties) swappable(s, other *launch, paired bool) bool {
	if s.in != nil && !p.canBe(s.in, other) || other.in != nil && !p.canBe(other.in, s) {
		return false
	}
	switch {
	case s.of == other.of:
		return true
	case s.in != nil && other.in != nil:
		return s.in.boot.Script == other.in.boot.Script || !paired
	case s.in != nil:
		return other.of.script < 0 || other.of.script == s.in.boot.Script
	}
	return s.of.script < 0 || s.of.script == other.in.boot.Script
}

// follow tells whether an instance may run after another one. Two of one version do not run at the same time.
func (p *parties) follow(same bool, in, next *instance) bool {
	return !same || in == nil || next == nil || in.last <= next.boot.Time+p.clocks
}

// bootOf returns the later of the first lines of two instances, or that of the only one.
func bootOf(s, other *launch) *linearize.Line {
	switch {
	case s.in == nil:
		return other.in.boot
	case other.in == nil || s.in.boot.Number > other.in.boot.Number:
		return s.in.boot
	}
	return other.in.boot
}
