package infer

import "cosw/model"

// This file is about instances that end, and whose lines may have been lost with them: those right after their last one and right
// before their end. In between they were idle, however they ended.

// readIdle finds out at which instance each end of a connection may have been used without a record.
func (i *importer) readIdle() {
	for v, version := range i.of.versions {
		for _, in := range version.Instances {
			var may [model.MaxConnections]missing
			for n := range i.conns {
				may[n] = i.mayMiss(in.Name, n)
			}
			i.missing[v] = append(i.missing[v], may)
		}
	}
}

// missing is what an instance may have got at the end of a connection although it did not record it.
type missing struct{ message, notice bool }

func (i *importer) mayMiss(instance string, n int) missing {
	who := i.parties.Party(instance)
	if who.End == nil {
		return missing{true, true} // for all that is known
	}
	margin := i.options.Error
	spans := i.parties.Unrecorded(who, i.options.Late+margin, i.options.Settle)
	soon, late := spans[0].To+margin, spans[len(spans)-1].From-i.options.Settle-margin
	fits := func(sent *line) bool { return sent.Time <= soon || sent.Time >= late }

	c, page := &i.conns[n], int(i.conns[n].page)
	may := missing{message: i.ends[pageLane+page-1][0]} // it may have posted unseen itself
	for _, m := range c.messages[toWorker] {
		may.message = may.message || m.recorded && !m.received && fits(m.poster)
	}
	told := false
	for _, l := range i.lines {
		if l.fact == closes && l.conn == uint8(n+1) && l.lane < versionLane || l.fact == gone && int(l.page) == page {
			told, may.notice = true, may.notice || fits(l)
		}
	}
	may.notice = may.notice || !told
	return may
}

// mayBeMissing returns what the running instance, all lines of which were taken, may have got on the connection of a step.
func (s *system) mayBeMissing(w *world, st model.Step) missing {
	v, n := int(w.model.Registration.Active)-1, s.connOf(w, st.Connection)
	lane := versionLane + v
	var may missing
	for i, last := range s.last[lane] {
		if last == int(w.at[lane]) { // one without a line ends where the one before does
			all := &s.missing[v][i]
			may.message, may.notice = may.message || n < 0 || all[n].message, may.notice || n < 0 || all[n].notice
		}
	}
	return may
}
