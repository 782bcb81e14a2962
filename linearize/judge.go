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
	Clocks      []recording.Clock // that were moved to align them
	Skipped     []recording.Line  // of the browser, which say something that is not known here
	Result      Result            // the worst of its connections, or Unknown if there are none
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

// Judge judges for each connection of a recording, in both directions, whether what its ends saw is linearizable. An error
// is a [recording.LineError] if a line is to blame.
//
// A violation is one even with every benefit of the doubt: clocks may differ by up to [Options.Error], messages and
// notices may have been on their way when the recording ended, and parties may have done more than their lines say, where
// lines are known to be lost, and right before they were torn down. What is linearizable needs none of these; clocks are
// aligned by what the messages show. Everything in between is unknown, and the verdict says what it depends on.
//
// A close of one's own, or going away, excuses what was on its way then. It excuses no loss that was there before: who
// waited for longer than [Options.Settle] after a post, and was told of nothing, believed in the connection.
func Judge(rec *recording.Recording, o Options) (Verdict, error) {
	if err := o.Validate(); err != nil {
		return Verdict{}, err
	}
	j := judge{options: o, recorded: newView(rec, o)}
	if err := j.recorded.parties.CheckEnds(); err != nil {
		return Verdict{}, err
	}
	aligned, clocks := rec.Aligned(o.Error)
	j.aligned = newView(aligned, o)
	v := Verdict{
		Name: rec.Name, Scenario: rec.Scenario, Platform: rec.Platform, CloseEvent: rec.CloseEvent, Options: o,
		Clocks: clocks, Skipped: rec.Skipped, Result: Linearizable,
	}
	wiresAligned := wires(aligned)
	for i, w := range wires(rec) {
		c, err := j.judge(w, wiresAligned[i])
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
	v := newView(rec, o)
	var all []*History
	for _, w := range wires(rec) {
		all = append(all, &v.history(w, o, allDoubts).History)
	}
	return all
}

// view is a recording, by the clocks as recorded or as aligned.
type view struct {
	rec     *recording.Recording
	parties *recording.Parties
	places  map[*recording.Line]int // of lines in the order of time
}

func newView(rec *recording.Recording, o Options) *view {
	v := &view{rec, rec.Parties(o.Error, o.Late), map[*recording.Line]int{}}
	for i := range rec.Lines {
		v.places[&rec.Lines[i]] = i
	}
	return v
}

// judge judges the connections of a recording.
type judge struct {
	options           Options
	recorded, aligned *view
}

// judge judges one connection, by the clocks as recorded, and as aligned.
func (j *judge) judge(w, aligned *wire) (ConnectionVerdict, error) {
	c := ConnectionVerdict{
		Connection: w.number, Page: w.holder(PageSide), Worker: w.holder(WorkerSide), Refused: w.rejected != nil, Made: w.made,
	}
	for i := range c.Posted {
		c.Posted[i], c.Received[i] = len(w.posts[i]), len(w.receives[i])
	}
	closes := j.recorded.mayClose(w)
	for some := side(0); some <= thePage|theWorker; some++ {
		if some&^closes != 0 {
			continue
		}
		d := allDoubts
		d.closes = some
		s := j.recorded.history(w, j.options, d)
		result, explanation, searched, err := s.decideTwice(j.options.Limit)
		if err != nil {
			return c, fmt.Errorf("%s: connection %d: %w", j.recorded.rec.Name, w.number, err)
		}
		if some == 0 || result == Linearizable {
			c.Result, c.Explanation, c.TimedOut, c.Gaps = result, explanation, !searched, s.gaps
		}
		if result == Linearizable {
			return c, j.judgeStrictly(&c, w, aligned, some)
		}
		if s.open {
			c.Result, c.Depends = Unknown, []string{dependsOnGaps}
		}
	}
	return c, nil
}

// judgeStrictly finds out which benefits of the doubt a connection needs to be linearizable. Sides in closes may have closed
// their ends in lines that were lost.
func (j *judge) judgeStrictly(c *ConnectionVerdict, w, aligned *wire, closes side) error {
	without := func(d doubts) (*scribe, Result, *Explanation, error) {
		s := j.aligned.history(aligned, j.options, d)
		if d.clocks {
			s = j.recorded.history(w, j.options, d)
		}
		result, explanation, searched, err := s.decideTwice(j.options.Limit)
		c.TimedOut = c.TimedOut || !searched
		return s, result, explanation, err
	}
	s, result, explanation, err := without(doubts{})
	if err != nil || result == Linearizable {
		if c.Made {
			c.Reasons = s.reasons(w.number)
		}
		return err
	}
	c.Result, c.Explanation = Unknown, explanation
	for _, one := range []struct {
		doubts doubts
		what   string
	}{
		{doubts{travel: true, broken: true, closes: closes}, dependsOnClocks(j.options)},
		{doubts{clocks: true, broken: true, closes: closes}, dependsOnTravel(j.options)},
		{doubts{clocks: true, travel: true}, dependsOnGaps},
	} {
		_, result, explanation, err := without(one.doubts)
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
