package infer

import (
	"slices"

	"cosw/model"
)

// This file is about what a party receives at an end that it has closed itself. HTML has what waits there arrive, some engines
// drop it: the recording tells which, and that is the assumption own-close. Where it arrives, the model has it arrive in the step
// that closes the end, and so its lines go with the line of that step.

// use takes over what a party does at an end of a connection. What it receives although it has closed that end goes with the
// line that closes it.
func (i *importer) use(l *line) {
	at := end{l.Actor, l.Conn}
	if shut := i.shut[at]; shut != nil && i.waited(l, shut) {
		shut.late = append(shut.late, l)
		return
	}
	if l.fact == closes {
		i.shut[at] = l
	}
	i.add(l)
}

// waited tells whether l receives for the first time what may have waited at an end when its own party closed that.
func (i *importer) waited(l, shut *line) bool {
	if l.fact != receives {
		return false
	}
	recorded, before := false, false
	for k := range i.rec.Lines {
		other := &i.rec.Lines[k]
		if other.Conn != l.Conn || other.Msg != l.Msg {
			continue
		}
		switch {
		case other.Op == "receive" && other.Role == l.Role && other.Number < l.Number:
			return false
		case other.Op == "post" && other.Role != l.Role:
			recorded, before = true, before || other.Time <= shut.Time+2*i.options.Error
		}
	}
	return before || !recorded && i.othersMiss(l)
}

// othersMiss tells whether somebody at the other end of the connection of l may have posted without a record.
func (i *importer) othersMiss(l *line) bool {
	others := i.of.pages
	if l.lane < versionLane {
		others = nil
		for _, v := range i.of.versions {
			for _, in := range v.Instances {
				others = append(others, in.Name)
			}
		}
	}
	return slices.ContainsFunc(others, func(name string) bool {
		party := i.parties.Party(name)
		return party.End != nil || len(party.Holes) > 0
	})
}

// matchClose: what arrives at an end that its party closes, as it does under own-close=arrive, is what it receives there afterwards.
// A party that ends may have got more, or less, than it recorded.
func (s *system) matchClose(l *line, events []model.Event) bool {
	late := l.late
	for i := range events {
		m := &events[i].Message
		switch {
		case events[i].Kind != model.Delivered:
		case len(late) > 0 && !m.Stranger && m.Number == uint8(late[0].ordinal):
			late = late[1:]
		case !m.Stranger || !s.ends[l.lane][l.instance] && !s.lossy && !s.options.Breaks:
			return false
		}
	}
	return len(late) == 0
}
