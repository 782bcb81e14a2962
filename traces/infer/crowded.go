package infer

import "cosw/model"

// This file finds recordings of more messages than a queue of the model holds, which the search cannot notice.

// crowded returns the first line that receives one message too many of those that must have waited when their poster ended,
// or nil. Unrecorded posts can fill a queue, and the search does not notice: if there is no room, there is no step.
func (i *importer) crowded() *line {
	var waiting [model.MaxConnections][2]int
	for _, l := range i.lines {
		if l.fact != receives {
			continue
		}
		if end := i.posterEnd(l); end != nil && int(l.need[browserLane]) > end.place {
			n := &waiting[l.conn-1][l.direction()]
			if *n++; *n > model.MaxMessages {
				return l
			}
		}
	}
	return nil
}

// posterEnd returns the last line in which a poster of the message that l receives has ended, or nil if none is known to
// have: the one who recorded the post, or else all that may have posted it after their last lines.
func (i *importer) posterEnd(l *line) *line {
	m := &i.conns[l.conn-1].messages[l.direction()][l.ordinal-1]
	var end *line
	for _, other := range i.lanes[browserLane] {
		ends := false
		switch other.fact {
		case gone:
			ends = l.direction() == toWorker && other.page == i.conns[l.conn-1].page
		case stopEnds, stopsAtOnce:
			ends = i.posts(m, l, other.version, other.instance)
		case cleared:
			ends = i.posts(m, l, other.version, len(i.ends[versionLane+int(other.version)-1])-1)
		case activating:
			for v := model.Version(1); v < other.version; v++ {
				ends = ends || i.posts(m, l, v, len(i.ends[versionLane+int(v)-1])-1)
			}
		}
		if ends {
			end = other
		}
	}
	return end
}

// posts tells whether an instance can have posted the message that l receives.
func (i *importer) posts(m *message, l *line, v model.Version, instance int) bool {
	lane := versionLane + int(v) - 1
	if l.direction() == toWorker || instance < 0 || m.poster != nil {
		return m.poster != nil && m.poster.lane == lane && m.poster.instance == instance
	}
	last := i.last[lane][instance]
	return i.ends[lane][instance] && (last == 0 || int(i.lanes[lane][last-1].need[l.lane]) <= l.place)
}
