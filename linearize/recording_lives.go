package linearize

import "fmt"

// This file finds out from the browser's lines which parties ended, and when.

// life says how a party ended: an instance that was stopped, or a page that is gone. Between its own last line and its
// end a party may have done more than is recorded, since lines that it had not handed over are lost when it is torn down:
// in the recording traffic-stop, answers of a worker arrive that its own lines do not mention.
type life struct {
	name   string
	ended  bool
	last   int64 // its own last line; the record is complete up to there
	from   int64 // the end is not before
	to     int64 // and not after
	line   int   // where the end begins
	toLine int   // where it is over
}

// lives returns the lives of all parties, by name. A browser numbers versions in its own way and does not name
// instances: the first start that it reports is taken for that of the first instance to boot, and so on.
func (rec *Recording) lives() map[string]*life {
	all := map[string]*life{}
	var boots, starts []*life
	running := map[string]*life{} // by version
	for i := range rec.lines {
		l := &rec.lines[i]
		switch {
		case l.actor.role != theBrowser:
			if all[l.actor.name] == nil {
				all[l.actor.name] = &life{name: l.actor.name}
			}
			all[l.actor.name].last = l.t
			if l.op == "boot" {
				boots = append(boots, all[l.actor.name])
			}
		case l.op == "running" && l.state == "starting":
			running[l.version] = &life{}
			starts = append(starts, running[l.version])
		case l.op == "gone" && all[l.page] != nil:
			all[l.page].end(l, true)
		case l.op == "stop" || l.op == "kill" || l.op == "running" && l.state != "running":
			if s := running[l.version]; s != nil {
				s.end(l, l.state == "stopped")
			}
			if l.state == "stopped" {
				delete(running, l.version)
			}
		}
	}
	for i := range min(len(boots), len(starts)) {
		name, last := boots[i].name, boots[i].last
		*boots[i] = *starts[i]
		boots[i].name, boots[i].last = name, last
	}
	rec.closeLives(all)
	return all
}

// end notes that the end begins or is over with a line.
func (l *life) end(by *line, over bool) {
	if !l.ended {
		l.ended, l.from, l.line = true, by.t, by.number
		l.to = -1
	}
	if over {
		l.to, l.toLine = by.t, by.number
	}
}

// closeLives lets an end that is still going on be over with the recording.
func (rec *Recording) closeLives(all map[string]*life) {
	for _, l := range all {
		if l.ended && l.to < 0 {
			l.to, l.toLine = rec.end(), rec.lines[len(rec.lines)-1].number
		}
	}
}

// end returns the time of the last line.
func (rec *Recording) end() int64 {
	if len(rec.lines) == 0 {
		return 0
	}
	return rec.lines[len(rec.lines)-1].t
}

// checkLives returns an error if a party acts after its end by more than the clocks can differ.
func (rec *Recording) checkLives(lives map[string]*life, o Options) error {
	for i := range rec.lines {
		l := &rec.lines[i]
		end := lives[l.actor.name]
		if end == nil || !end.ended || l.t <= end.to+o.Error.Microseconds() {
			continue
		}
		return &LineError{
			rec.Name, l.number,
			fmt.Sprintf("%s acts %s after its end in line %d", l.actor.name, ms(l.t-end.to), end.toLine),
			"allow for a larger error of clocks, or give each party a name of its own",
		}
	}
	return nil
}
