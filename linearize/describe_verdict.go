package linearize

import (
	"fmt"
	"strings"

	"cosw/linearize/recording"
)

// This file holds the wording of verdicts.

// ms returns a time in µs as in "12.3 ms".
func ms(t int64) string { return fmt.Sprintf("%.1f ms", float64(t)/1000) }

func dependsOnClocks(o Options) string {
	return fmt.Sprintf("clocks of different parties may differ by up to %s; with the times as recorded it is a violation", ms(o.Error.Microseconds()))
}

func dependsOnTravel(o Options) string {
	return fmt.Sprintf("the recording may end too early: a message or a notice may be on its way for up to %s", ms(o.Settle.Microseconds()))
}

const dependsOnGaps = "a party may have done more than its lines say, where lines were lost or it was torn down"

// String returns the verdict as text, with a line feed after each line.
func (v Verdict) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", v.Name, v.Result)
	feature := "without"
	if v.CloseEvent {
		feature = "with"
	}
	fmt.Fprintf(&b, "  %s, %s, %s close events\n", v.Scenario, v.Platform, feature)
	for i := range v.Clocks {
		fmt.Fprintf(&b, "  %s\n", v.Clocks[i].Describe())
	}
	if len(v.Skipped) > 0 {
		fmt.Fprintf(&b, "  %s\n", recording.DescribeSkipped(v.Skipped))
	}
	if len(v.Connections) == 0 {
		b.WriteString("  no connection is recorded, so there is nothing to judge\n")
	}
	for i := range v.Connections {
		v.Connections[i].write(&b, v.Options)
	}
	return b.String()
}

func (c *ConnectionVerdict) write(b *strings.Builder, o Options) {
	fmt.Fprintf(b, "  connection %d: %s\n", c.Connection, c.Result)
	for _, text := range c.Describe(o) {
		for line := range strings.Lines(text) {
			fmt.Fprintf(b, "    %s\n", strings.TrimSuffix(line, "\n"))
		}
	}
}

// Describe says in paragraphs what was recorded of a connection, and why the verdict is what it is; o is what it was judged with.
func (c *ConnectionVerdict) Describe(o Options) []string {
	all := []string{c.describeTraffic()}
	for _, g := range c.Gaps {
		all = append(all, g.describe())
	}
	switch c.Result {
	case Linearizable:
		all = append(all, c.Reasons...)
	case Violated:
		all = append(all, c.explanation(), certain(o))
	case Unknown:
		all = append(all, c.describeUnknown(o)...)
	}
	return all
}

func certain(o Options) string {
	return fmt.Sprintf("this is certain even with clocks %s apart, and with %s more for what was on its way at the end",
		ms(o.Error.Microseconds()), ms(o.Settle.Microseconds()))
}

func (c *ConnectionVerdict) describeTraffic() string {
	switch {
	case c.Refused:
		return fmt.Sprintf("%s was refused and holds no port: nothing can go wrong", c.Page)
	case !c.Made:
		return fmt.Sprintf("the promise of %s was not settled and it holds no port: nothing can go wrong", c.Page)
	}
	page, worker := PageSide.index(), WorkerSide.index()
	return fmt.Sprintf("%s posted %s, %s received %d; %s posted %s, %s received %d",
		c.Page, count(c.Posted[page], "message"), c.Worker, c.Received[worker],
		c.Worker, count(c.Posted[worker], "message"), c.Page, c.Received[page])
}

func (g *Gap) describe() string {
	var parts []string
	if g.Arrived > 0 {
		parts = append(parts, fmt.Sprintf("%s from it arrived without a record of the post", count(g.Arrived, "message")))
	}
	if g.Possible > 0 {
		parts = append(parts, fmt.Sprintf("%s to it may have arrived without a record", count(g.Possible, "message")))
	}
	what := strings.Join(parts, ", and ")
	switch {
	case g.Lost > 0 && g.From == 0:
		return fmt.Sprintf("%s of %s lost before line %d: %s", count(g.Lost, "line"), g.Party, g.To, what)
	case g.Lost > 0:
		return fmt.Sprintf("%s of %s lost between lines %d and %d: %s", count(g.Lost, "line"), g.Party, g.From, g.To, what)
	}
	where := fmt.Sprintf("line %d", g.From)
	if g.To > g.From {
		where = fmt.Sprintf("lines %d to %d", g.From, g.To)
	}
	return fmt.Sprintf("the record of %s breaks off %s before its end (%s): %s", g.Party, ms(g.After.Microseconds()), where, what)
}

// whyEnded says why the end of a party was closed by the browser.
func whyEnded(p *recording.Party, side Side) string {
	switch {
	case p.End.Begin.Op == "crash":
		return fmt.Sprintf("the process of %s dies", p.Name)
	case side == WorkerSide:
		return p.Name + " is stopped"
	}
	return p.Name + " is gone"
}

// reasons says how a linearizable connection ended, and why no side was misled by what was lost.
func (h *History) reasons(connection int) []string {
	moves := h.moves(connection)
	closes := h.closes(moves, PageSide, WorkerSide)
	if len(closes) == 0 {
		return []string{"it stayed open, and every message arrived, once and in order"}
	}
	var all []string
	for _, id := range closes {
		op := &h.Operations[id]
		all = append(all, fmt.Sprintf("it ended: %s%s", h.describeAction(op), h.at(op)))
	}
	for side := PageSide; side <= WorkerSide; side++ {
		all = append(all, h.reasonsOf(moves, side)...)
	}
	return all
}

// reasonsOf says why a side that lost messages, or was not told of the end, was not misled.
func (h *History) reasonsOf(moves []move, side Side) []string {
	var lost []Message
	for _, id := range h.lost(moves, side) {
		lost = append(lost, h.Operations[id].Message)
	}
	for i := range moves {
		m := &moves[i]
		switch {
		case m.Side != side:
		case m.Kind == Observe && m.Effect == Done:
			return []string{fmt.Sprintf("%s was not told, but everything it had posted arrived", h.Parties[m.Party])}
		case m.Kind == Learn && len(lost) == 0:
			return []string{fmt.Sprintf("%s was told%s", h.Parties[m.Party], h.at(&m.Operation))}
		case m.Kind == Learn:
			return []string{fmt.Sprintf("%s never arrived, but %s was told that the connection is closed%s", h.list(lost), h.Parties[m.Party], h.at(&m.Operation))}
		}
	}
	if len(lost) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s never arrived, and the %s's end, which posted it, was closed itself", h.list(lost), side)}
}

func (c *ConnectionVerdict) describeUnknown(o Options) []string {
	var all []string
	for _, what := range c.Depends {
		all = append(all, "it depends on this: "+what)
	}
	if len(c.Depends) == 0 {
		all = append(all, "it depends on more than one of these: "+dependsOnClocks(o)+"; "+dependsOnTravel(o)+"; "+dependsOnGaps)
	}
	return append(all, "without that:", c.explanation())
}

// explanation says why there is no order.
func (c *ConnectionVerdict) explanation() string {
	if c.Explanation == nil {
		return "there is no order that one object allows; time ran out before it was clear what cannot follow: allow more"
	}
	return c.Explanation.Text
}

// Summary returns the verdicts on several recordings in one line, as in "9 recordings: 4 linearizable, 5 violated".
func Summary(verdicts []Verdict) string {
	counts := map[Result]int{}
	for _, v := range verdicts {
		counts[v.Result]++
	}
	var parts []string
	for _, r := range []Result{Linearizable, Violated, Unknown} {
		if counts[r] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[r], r))
		}
	}
	return count(len(verdicts), "recording") + ": " + strings.Join(parts, ", ")
}
