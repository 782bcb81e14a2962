package recording

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"time"
)

// This file compares the clocks of pages and instances by what passes between them: nothing arrives before it was sent, so
// that each message bounds how far the clock of its receiver can be behind that of its sender, and messages in both
// directions bound it from both sides, as in NTP (Mills, RFC 5905). These are difference constraints, of which Bellman and
// Ford's shortest paths are a solution.

// Clock says how the lines of a party were moved.
type Clock struct {
	Party  string
	Moved  time.Duration // to later times: the least that lets everything arrive after it was sent
	Left   time.Duration // how much more the messages allow
	Amiss  time.Duration // by how much messages contradict each other: no offset explains their times; or 0
	Bounds bool          // messages bound it from both sides
}

// Remains returns the error that is left, if messages bound it.
func (c *Clock) Remains() (time.Duration, bool) {
	if c.Amiss > 0 {
		return c.Amiss, true
	}
	return c.Left, c.Bounds
}

// Describe says by how much the clock is behind, as a clause.
func (c *Clock) Describe() string {
	text := fmt.Sprintf("the clock of %s is %.2f ms behind, as what it receives shows", c.Party, millis(c.Moved))
	switch left, bounded := c.Remains(); {
	case c.Amiss > 0:
		return text + fmt.Sprintf(", and an error of %.2f ms is left, as the messages contradict each other", millis(left))
	case bounded:
		return text + fmt.Sprintf(", and an error of up to %.2f ms is left", millis(left))
	}
	return text
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// passes is that something passes from one party to another.
type passes struct{ from, to string }

// Aligned returns the recording with the clocks of pages and instances aligned, and which of them had to be. No line is moved
// by more than limit, and none without need.
func (rec *Recording) Aligned(limit time.Duration) (*Recording, []Clock) {
	least := rec.travelTimes(limit)
	amiss := leastError(least, limit)
	ahead, _ := offsets(least, amiss)
	aligned := *rec
	aligned.Lines = slices.Clone(rec.Lines)
	for i := range aligned.Lines {
		l := &aligned.Lines[i]
		l.Time += min(-ahead[l.Actor], limit)
	}
	slices.SortStableFunc(aligned.Lines, func(a, b Line) int { return cmp.Compare(a.Time, b.Time) })
	var moved []Clock
	for party, offset := range ahead {
		if offset < 0 {
			c := Clock{Party: party, Moved: min(-offset, limit), Amiss: amiss}
			c.Left, c.Bounds = slack(least, ahead, party)
			moved = append(moved, c)
		}
	}
	slices.SortFunc(moved, func(a, b Clock) int { return cmp.Compare(a.Party, b.Party) })
	return &aligned, moved
}

// travelTimes returns the least time that anything took from one party to another, by their clocks. A time that no clocks
// explain which differ by up to limit counts as that.
func (rec *Recording) travelTimes(limit time.Duration) map[passes]time.Duration {
	least := map[passes]time.Duration{}
	sent := map[post]*Line{}
	for _, sends := range []bool{true, false} {
		for i := range rec.Lines {
			l := &rec.Lines[i]
			key, ok := l.travels(sends)
			switch from := sent[key]; {
			case !ok:
			case sends && from == nil:
				sent[key] = l
			case !sends && from != nil && from.Actor != l.Actor:
				way, took := passes{from.Actor, l.Actor}, max(l.Time-from.Time, -limit)
				if before, any := least[way]; !any || took < before {
					least[way] = took
				}
			}
		}
	}
	return least
}

// travels returns what a line sends, or what arrives in it: a message, a request or an answer.
func (l *Line) travels(sends bool) (key post, ok bool) {
	key = post{l.Conn, l.Role, l.Op + " " + l.Msg}
	arrives := map[string]string{"receive": "post", "resolved": "accept", "rejected": "reject"}
	if l.Role == Worker {
		arrives = map[string]string{"receive": "post", "connect": "connect"}
	}
	if sends {
		return key, l.Role != Browser && l.Conn != 0
	}
	op, ok := arrives[l.Op]
	return post{l.Conn, Page + Worker - l.Role, op + " " + l.Msg}, ok && l.Role != Browser
}

// leastError returns the least error with which some offsets explain all times.
func leastError(least map[passes]time.Duration, limit time.Duration) time.Duration {
	n := sort.Search(int(limit.Microseconds()), func(n int) bool {
		_, ok := offsets(least, time.Duration(n)*time.Microsecond)
		return ok
	})
	return time.Duration(n) * time.Microsecond
}

// offsets returns by how much each clock is ahead, none of them more than it has to be, if every time may be wrong by amiss; or
// that no offsets explain the times.
func offsets(least map[passes]time.Duration, amiss time.Duration) (ahead map[string]time.Duration, ok bool) {
	ahead = map[string]time.Duration{}
	for way := range least {
		ahead[way.from], ahead[way.to] = 0, 0
	}
	for range len(ahead) + 1 {
		ok = true
		for way, took := range least {
			if most := ahead[way.from] + took + amiss; ahead[way.to] > most {
				ahead[way.to], ok = most, false
			}
		}
		if ok {
			return ahead, true
		}
	}
	return ahead, false
}

// slack returns how much further behind the clock of a party may be, and whether anything tells.
func slack(least map[passes]time.Duration, ahead map[string]time.Duration, party string) (left time.Duration, ok bool) {
	for way, took := range least {
		if way.from != party {
			continue
		}
		if more := took - ahead[way.to] + ahead[party]; !ok || more < left {
			left, ok = max(more, 0), true
		}
	}
	return left, ok
}
