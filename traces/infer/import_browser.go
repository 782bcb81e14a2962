package infer

import (
	"fmt"
	"slices"

	"cosw/linearize/recording"
	"cosw/model"
)

// browser reads the lines of the browser.
type browser struct {
	*importer
	open map[*version]*ending // the end of an instance that is under way
	done map[*version]*ending // the one that is over, with nothing said of the version since

	cleared map[*version]*line // where the registration of its active version is cleared
}

// ending is how an instance is stopped, as far as it was read.
type ending struct {
	first, last *line
	asked       bool // the driver asked for it
}

func newBrowser(i *importer) *browser {
	return &browser{
		importer: i, open: map[*version]*ending{}, done: map[*version]*ending{}, cleared: map[*version]*line{},
	}
}

// read takes over a line, if it tells of a step of this registration.
func (b *browser) read(l *recording.Line) error {
	if l.Version != "" {
		v := b.parties.version(l.Version)
		if v.of != b.of {
			return nil
		}
		switch l.Op {
		case "state":
			return b.state(l, v)
		case "cannot":
			b.add(&line{Line: l, fact: cannot, lane: browserLane})
			return nil
		}
		b.running(l, v)
		return nil
	}
	switch {
	case l.Ends():
		page, ok := b.page[l.PageName()]
		if ok && !b.ends[pageLane+int(page)-1][0] { // one that crashed may be closed as well
			b.ends[pageLane+int(page)-1][0] = true
			b.asleep[page-1] = false
			b.add(&line{Line: l, fact: gone, lane: browserLane, page: page})
		}
		return nil
	case l.Op == "frozen" || l.Op == "thawed":
		b.readNap(l)
		return nil
	}
	facts := map[string]fact{
		"unregister": unregisters, "skipWaiting": skipsWaiting, "controlled": controlled, "uncontrolled": uncontrolled,
	}
	o, ok := facts[l.Op]
	if !ok {
		return nil // that a script is deployed is seen when it is found
	}
	if len(b.parties.registrations) > 1 {
		return b.parties.refuse(l, wrongWhose, hintTwoRegistrations)
	}
	b.add(&line{Line: l, fact: o, lane: browserLane})
	return nil
}

func (b *browser) number(v *version) model.Version {
	return model.Version(1 + slices.Index(b.of.versions, v))
}

// state takes over a new state of a version.
func (b *browser) state(l *recording.Line, v *version) error {
	facts := map[string]fact{"installing": installing, "installed": installed, "activating": activating}
	o := facts[l.State]
	ends := false
	if l.State == "redundant" {
		for _, e := range []*ending{b.open[v], b.done[v]} {
			if e != nil && !e.asked {
				b.drop(e) // it is stopped because it is redundant
				ends = true
			}
		}
		delete(b.open, v)
		var err error
		if o, err = b.redundant(l, v); err != nil {
			return err
		}
	}
	delete(b.done, v)
	if o != 0 {
		it := &line{Line: l, fact: o, lane: browserLane, version: b.number(v), ends: ends}
		if o == cleared {
			b.cleared[v] = it
		}
		b.add(it)
	}
	return nil
}

// redundant returns what it means that a version is redundant: nothing if a newer one takes its place, as the state of that
// one says so already.
func (b *browser) redundant(l *recording.Line, v *version) (fact, error) {
	wasActive := v.Line("activating") != nil || v == b.of.versions[0] && v.Line("installing") == nil
	if v.Line("installed") == nil && !wasActive {
		return fails, nil
	}
	for _, newer := range b.of.versions {
		if b.number(newer) <= b.number(v) {
			continue
		}
		if found := newer.Line("installing"); found == nil || found.Number > l.Number {
			continue
		}
		if wasActive && newer.Line("activating") != nil || !wasActive && newer.Line("installed") != nil {
			b.end(v)
			return 0, nil
		}
	}
	if active := b.activeVersion(l); !wasActive && active != nil {
		if active.Line("redundant") == nil {
			return 0, b.parties.refuse(l, fmt.Sprintf("version %s was waiting, and nothing takes its place", v.ID), hintModel)
		}
		return 0, nil // the registration is cleared, as the active version tells
	}
	b.clears = true
	b.end(v)
	return cleared, nil
}

// activeVersion returns the version that is active at a line of the browser, or nil.
func (b *browser) activeVersion(l *recording.Line) *version {
	for _, v := range b.of.versions {
		if v.activeAt(l) {
			return v
		}
	}
	return nil
}

// end notes that the last instance of v ends with it.
func (b *browser) end(v *version) {
	if ends := b.ends[versionLane+int(b.number(v))-1]; len(ends) > 0 {
		ends[len(ends)-1] = true
	}
}

// running takes over that an instance is stopped, if its version is active: the model has no instances of others.
func (b *browser) running(l *recording.Line, v *version) {
	delete(b.done, v)
	if l.State == "starting" || l.State == "running" {
		return
	}
	if start := v.FailedStart(l); start != nil && v.restarts(start) && v.activeAt(l) {
		b.add(&line{Line: l, fact: startFails, lane: browserLane, version: b.number(v)})
		return
	}
	in := v.InstanceAt(l)
	if in == nil || !v.activeAt(l) && !b.runsOut(l, v, in) {
		return
	}
	e := b.open[v]
	it := &line{Line: l, fact: stopBegins, lane: browserLane, version: b.number(v), instance: in.Place}
	if e == nil {
		e = &ending{first: it}
		b.open[v] = e
		b.add(it)
	}
	e.asked = e.asked || l.Asked()
	if in.End.Over != l {
		return
	}
	delete(b.open, v)
	b.done[v], e.last = e, it
	if e.first == it {
		it.fact = stopsAtOnce
		return
	}
	it.fact = stopEnds
	b.add(it)
}

// runsOut tells whether an instance is stopped that may have gone on after its registration was cleared. One that is
// stopped right then, unasked, was stopped because of that; soon after, it may have been, as its end can be seen late.
func (b *browser) runsOut(l *recording.Line, v *version, in *recording.Instance) bool {
	end := b.cleared[v]
	if end == nil || end.ends {
		return false
	}
	end.ends = l.Op == "running" && b.open[v] == nil && l.Time <= end.Time+b.parties.margin && !b.options.apart
	end.mayEnd = in.End.Since(b.parties.margin+b.options.Settle) != in.End.Begin
	b.endsWith = b.endsWith || end.ends
	return !end.ends
}

// activeAt tells whether v is the active version at a line of the browser.
func (v *version) activeAt(l *recording.Line) bool {
	if v.Line("installing") == nil {
		return v.Line("redundant") == nil || v.Line("redundant").Number > l.Number
	}
	becomes, ends := v.Line("activating"), v.Line("redundant")
	return becomes != nil && becomes.Number < l.Number && (ends == nil || ends.Number > l.Number)
}

// restarts tells whether the start of an instance is a step: that of an active version that was stopped. Before that, the
// browser runs a version to install and to activate it, which is part of these steps.
func (v *version) restarts(start *recording.Line) bool {
	if v.Line("installing") == nil {
		return true // it was installed before, and did not run
	}
	return slices.ContainsFunc(v.Lines, func(l *recording.Line) bool {
		return l.Number < start.Number && l.Op == "running" && l.State == "stopped" && v.activeAt(l)
	})
}

// drop takes the lines of an ending out again.
func (b *browser) drop(e *ending) {
	keep := func(l *line) bool { return l != e.first && l != e.last }
	filter := func(all []*line) []*line {
		var kept []*line
		for _, l := range all {
			if keep(l) {
				kept = append(kept, l)
			}
		}
		return kept
	}
	b.lines, b.lanes[browserLane] = filter(b.lines), filter(b.lanes[browserLane])
	for n, l := range b.lines {
		l.index = n
	}
	for n, l := range b.lanes[browserLane] {
		l.place = n
	}
}

// finish lists the stops that are steps of their own.
func (b *browser) finish() {
	for _, l := range b.lanes[browserLane] {
		switch l.fact {
		case stopBegins, stopsAtOnce:
			end := b.of.versions[l.version-1].Instances[l.instance].End
			l.stop = len(b.stops)
			b.stops = append(b.stops, stop{
				version: l.version, instance: l.instance, begin: l.place, killed: end.Killed, either: end.Shared,
				pending: b.mayPend(l.version, l.instance), runsOut: !b.of.versions[l.version-1].activeAt(l.Line),
			})
			b.ends[versionLane+int(l.version)-1][l.instance] = true
		case stopEnds:
			l.stop = slices.IndexFunc(b.stops, func(s stop) bool { return s.version == l.version && s.instance == l.instance })
		}
	}
}

// mayPend tells whether an instance may end while it is asked for a connection: it recorded no answer, or a page got none and the
// line in which the instance was asked may be lost.
func (b *browser) mayPend(v model.Version, instance int) bool {
	asked := map[uint8]bool{}
	for _, l := range b.lanes[versionLane+int(v)-1] {
		if l.instance != instance {
			continue
		}
		switch l.fact {
		case dispatched:
			asked[l.conn] = true
		case accepts, rejects, ignores:
			delete(asked, l.conn)
		}
	}
	if len(asked) > 0 || b.rec.Complete {
		return len(asked) > 0
	}
	answered := map[uint8]bool{}
	for _, l := range b.lines {
		if l.fact == isResolved || l.fact == isRejected {
			answered[l.conn] = true
		}
	}
	return len(answered) < len(b.conns)
}
