package linearize

import (
	"errors"
	"fmt"
	"time"

	"cosw/linearize/recording"
)

// Options say how far to trust the times of a recording.
type Options struct {
	Error  time.Duration // how much the clocks of two parties may differ
	Late   time.Duration // how much later than that the browser's lines may be
	Settle time.Duration // how long a message or a notice can be on its way
	Limit  time.Duration // how long to search on each connection; 0: without a limit
}

// DefaultOptions fit the recordings that are kept in testdata. The browser's lines in them are a few ms late; one must be
// 9.2 ms late, since it reports an activation after the worker's own activate event (stop.close-event). No message is on
// its way for longer than 29.5 ms (traffic).
var DefaultOptions = Options{
	Error:  5 * time.Millisecond,
	Late:   20 * time.Millisecond,
	Settle: 100 * time.Millisecond,
	Limit:  10 * time.Second,
}

const longestOption = time.Hour

// Validate returns an error that names the first option that is out of range, and the range.
func (o Options) Validate() error {
	for _, option := range []struct {
		name  string
		value time.Duration
	}{{"error", o.Error}, {"late", o.Late}, {"settle", o.Settle}, {"limit", o.Limit}} {
		if option.value < 0 || option.value > longestOption {
			return fmt.Errorf("%s of %v is out of range: choose from 0 to %v", option.name, option.value, longestOption)
		}
	}
	return nil
}

// Verdict is the judgement on a recording. String puts it in words.
type Verdict struct {
	Name        string
	Scenario    string
	Platform    string
	CloseEvent  bool
	Options     Options
	Result      Result // the worst of its connections, or Unknown if there are none
	Connections []ConnectionVerdict
}

// ConnectionVerdict is the judgement on one connection.
type ConnectionVerdict struct {
	Connection  int
	Result      Result
	Page        string // who asked for it
	Worker      string // who had the other end last, or nobody
	Refused     bool   // the promise of the page was rejected
	Made        bool   // it was resolved
	Posted      [2]int // by the page and by the worker, as far as recorded
	Received    [2]int // by the page and by the worker
	Gaps        []Gap
	Reasons     []string     // for Linearizable: why what looks like a loss is none
	Depends     []string     // for Unknown: the doubts that each by itself keep it from being a violation
	Explanation *Explanation // for Violated, or for what would be a violation without the benefit of the doubt
	TimedOut    bool         // the search ran out of time: the direct decision stands, without an explanation
}

// Gap is the time before a party's end that its own lines do not cover, though others show that it did something.
type Gap struct {
	Party    string
	Time     time.Duration // from its last line to its end
	From, To int           // the lines where its end begins and is over
	Arrived  int           // messages from it that arrived without a record of the post
	Possible int           // messages to it that may have arrived without a record
}

// Judge judges for each connection of a recording, in both directions, whether what its ends saw is linearizable. An error
// is a [recording.LineError] if a line is to blame.
//
// A violation is one even with every benefit of the doubt: clocks may differ by up to [Options.Error], messages and
// notices may have been on their way when the recording ended, and parties may have been torn down before they handed
// over their last lines. What is linearizable needs none of these. Everything in between is unknown, and the verdict says
// what it depends on.
func Judge(rec *recording.Recording, o Options) (Verdict, error) {
	if err := o.Validate(); err != nil {
		return Verdict{}, err
	}
	parties := rec.Parties(o.Error, o.Late)
	if err := parties.CheckEnds(); err != nil {
		return Verdict{}, err
	}
	v := Verdict{
		Name: rec.Name, Scenario: rec.Scenario, Platform: rec.Platform, CloseEvent: rec.CloseEvent, Options: o,
		Result: Linearizable,
	}
	for _, w := range wires(rec) {
		j := judge{rec, parties, w, o}
		c, err := j.judge()
		if err != nil {
			return Verdict{}, err
		}
		v.Connections = append(v.Connections, c)
		v.Result = v.Result.Worse(c.Result)
	}
	if len(v.Connections) == 0 {
		v.Result = Unknown
	}
	return v, nil
}

// Histories returns a history for each connection of a recording, with every benefit of the doubt: what violations are
// judged by, and what [Visualize] draws. The options must be valid.
func Histories(rec *recording.Recording, o Options) []*History {
	parties := rec.Parties(o.Error, o.Late)
	var all []*History
	for _, w := range wires(rec) {
		j := judge{rec, parties, w, o}
		all = append(all, j.history(allDoubts))
	}
	return all
}

// judge judges one connection.
type judge struct {
	rec     *recording.Recording
	parties *recording.Parties
	wire    *wire
	options Options
}

// history returns the history of the connection, giving the benefit of the doubts d.
func (j *judge) history(d doubts) *History { return history(j.rec, j.parties, j.wire, j.options, d) }

func (j *judge) judge() (ConnectionVerdict, error) {
	w := j.wire
	c := ConnectionVerdict{
		Connection: w.number, Page: w.holder(PageSide), Worker: w.holder(WorkerSide),
		Refused: w.rejected != nil, Made: w.resolved != nil,
	}
	for i := range c.Posted {
		c.Posted[i], c.Received[i] = len(w.posts[i]), len(w.receives[i])
	}
	h := j.history(allDoubts)
	c.Gaps = h.gapsOf(j)
	result, explanation, searched, err := h.decideTwice(j.options.Limit)
	if err != nil {
		return c, fmt.Errorf("%s: connection %d: %w", j.rec.Name, w.number, err)
	}
	c.Result, c.Explanation, c.TimedOut = result, explanation, !searched
	if result == Linearizable {
		err = j.judgeStrictly(&c)
	}
	return c, err
}

// judgeStrictly finds out which benefits of the doubt a connection needs to be linearizable.
func (j *judge) judgeStrictly(c *ConnectionVerdict) error {
	without := func(d doubts) (Result, *Explanation, error) {
		result, explanation, searched, err := j.history(d).decideTwice(j.options.Limit)
		c.TimedOut = c.TimedOut || !searched
		return result, explanation, err
	}
	result, explanation, err := without(doubts{})
	if err != nil || result == Linearizable {
		if c.Made {
			c.Reasons = j.history(doubts{}).reasons(j.wire.number)
		}
		return err
	}
	c.Result, c.Explanation = Unknown, explanation
	for _, one := range []struct {
		doubts doubts
		what   string
	}{
		{doubts{travel: true, broken: true}, dependsOnClocks(j.options)},
		{doubts{clocks: true, broken: true}, dependsOnTravel(j.options)},
		{doubts{clocks: true, travel: true}, dependsOnGaps},
	} {
		result, explanation, err := without(one.doubts)
		if err != nil {
			return err
		}
		if result == Violated {
			c.Depends = append(c.Depends, one.what)
			c.Explanation = explanation
		}
	}
	return nil
}

// decideTwice decides in both ways, and explains a violation. If the search runs out of time, searched is false and the
// direct decision stands.
func (h *History) decideTwice(limit time.Duration) (r Result, e *Explanation, searched bool, err error) {
	direct, err := Decide(h)
	if err != nil {
		return 0, nil, false, err
	}
	for _, connection := range h.Connections() {
		s := h.searchConnection(connection, limit)
		switch {
		case s.result == Unknown:
			return direct, nil, false, nil
		case s.result != direct:
			return 0, nil, false, errDisagree
		case s.result == Violated:
			explanation := h.explain(connection, s)
			e = &explanation
		}
	}
	return direct, e, true, nil
}

var errDisagree = errors.New("the two decisions disagree, which is a bug in this program; please report it with the recording")

// gapsOf returns the gaps for which operations were inferred.
func (h *History) gapsOf(j *judge) []Gap {
	var all []Gap
	for i, name := range h.Parties {
		p := j.parties.Party(name)
		if p == nil || p.End == nil {
			continue
		}
		over := j.parties.Over(p)
		g := Gap{Party: name, Time: over.Time - p.Last.Time, From: p.End.Begin.Number, To: over.Number}
		for k := range h.Operations {
			switch op := &h.Operations[k]; {
			case op.Party != i || !op.Inferred:
			case op.Kind == Post:
				g.Arrived++
			default:
				g.Possible++
			}
		}
		if g.Arrived+g.Possible > 0 {
			all = append(all, g)
		}
	}
	return all
}
