package linearize

import (
	"cmp"
	"maps"
	"slices"

	"cosw/linearize/recording"
)

// wire collects what a recording says about one connection.
type wire struct {
	number   int
	made     bool               // a page holds an end: its promise is resolved, or it uses that end
	rejected *recording.Line    // the promise of the page was rejected
	holders  [2][]string        // the parties at each end, by side, in the order in which they appear
	closed   [2]*recording.Line // the side closed its end
	told     [2]*recording.Line // the side was told of the close, or found that it cannot post any more
	actions  []action           // lines that are operations
	posts    [2][]*recording.Line
	receives [2][]*recording.Line // by the side that receives
}

// action is a line that is an operation.
type action struct {
	*recording.Line
	kind Kind
}

// wires returns the connections of a recording in ascending order.
func wires(rec *recording.Recording) []*wire {
	byNumber := map[int]*wire{}
	for i := range rec.Lines {
		l := &rec.Lines[i]
		if l.Conn == 0 {
			continue
		}
		if byNumber[l.Conn] == nil {
			byNumber[l.Conn] = &wire{number: l.Conn}
		}
		byNumber[l.Conn].add(l)
	}
	return slices.SortedFunc(maps.Values(byNumber), func(a, b *wire) int { return cmp.Compare(a.number, b.number) })
}

// at returns the time of a line in µs.
func at(l *recording.Line) int64 { return l.Time.Microseconds() }

func sideOf(l *recording.Line) Side {
	if l.Role == recording.Page {
		return PageSide
	}
	return WorkerSide
}

func (w *wire) add(l *recording.Line) {
	side := sideOf(l).index()
	if !slices.Contains(w.holders[side], l.Actor) {
		w.holders[side] = append(w.holders[side], l.Actor)
	}
	switch l.Op {
	case "resolved":
		w.made = true
	case "rejected", "reject":
		w.rejected = l
	}
	kind := w.kind(l)
	switch kind {
	case 0:
		return
	case Post:
		w.posts[side] = append(w.posts[side], l)
	case Receive:
		w.receives[side] = append(w.receives[side], l)
	case Close:
		w.closed[side] = l
	case Learn:
		if w.told[side] == nil && w.closed[side] == nil {
			w.told[side] = l
		}
	}
	w.actions = append(w.actions, action{l, kind})
	w.made = w.made || l.Role == recording.Page && w.rejected == nil
}

// kind returns which operation a line is, or 0 if it is none. A page that holds an end and cannot post learns from that, if
// nobody told it before, that the connection is over.
func (w *wire) kind(l *recording.Line) Kind {
	switch {
	case l.Op == "cannot" && l.Try == "post" && l.Role == recording.Page && w.made && w.closed[PageSide.index()] == nil:
		return Learn
	case l.Op == "cannot":
		return 0
	}
	return map[string]Kind{"post": Post, "receive": Receive, "close": Close, "closed": Learn}[l.Op]
}

// holder returns the party that has a side at the end of the recording, or an empty string.
func (w *wire) holder(side Side) string {
	if all := w.holders[side.index()]; len(all) > 0 {
		return all[len(all)-1]
	}
	return ""
}
