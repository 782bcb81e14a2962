package linearize

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Options say how far a judge trusts the times of a recording.
type Options struct {
	Error  time.Duration // how much the clocks of two parties may differ
	Late   time.Duration // how late the browser's lines may be beside that
	Settle time.Duration // how long a message or a notice may be on its way
	Limit  time.Duration // how long to search on each connection; 0: without a limit
}

// DefaultOptions fit the recordings at hand. Their README says that the browser's lines are a few ms late; one must be
// 9.2 ms late, since it tells of an activation after the worker's own activate event (stop.close-event). The longest time
// that a message is on its way is 29.5 ms (traffic).
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

// Verdict is what a judge says of a recording. String says it in words.
type Verdict struct {
	Name        string
	Scenario    string
	Platform    string
	CloseEvent  bool
	Options     Options
	Result      Result // the worst of its connections, or Unknown if there is none
	Connections []ConnectionVerdict
}

// ConnectionVerdict is what a judge says of one connection.
type ConnectionVerdict struct {
	Connection  int
	Result      Result
	Page        string // who asked for it
	Worker      string // who had the other end last, or nobody
	Refused     bool   // the promise of the page was rejected
	Made        bool   // it was resolved
	Posted      [2]int // by the page and by the worker, as far as it is recorded
	Received    [2]int // by the page and by the worker
	Gaps        []Gap
	Reasons     []string     // of a linearizable result: why what looks like a loss is none
	Depends     []string     // of an unknown result: the doubts without any one of which it would be a violation
	Explanation *Explanation // of a violation, or of what would be one without the benefit of the doubt
	TimedOut    bool         // the search was not finished, and there is no explanation; the direct decision stands
}

// Gap is a part of a party's life of which its own record says nothing, though others show that it did something.
type Gap struct {
	Party    string
	Time     time.Duration // from its last line to its end
	From, To int           // the lines where its end begins and is over
	Arrived  int           // messages of it that arrived, and that it has no post of
	Possible int           // messages to it that it may have received without a record
}

// JudgeFile judges the recording in a file. The error is that of [Judge], or says why the file cannot be read.
func JudgeFile(path string, o Options) (Verdict, error) {
	f, err := os.Open(path)
	if err != nil {
		return Verdict{}, err
	}
	defer f.Close()
	return Judge(f, path, o)
}

// Judge judges a recording: each connection, in both directions, whether what its ends saw is linearizable. name stands
// for the recording in the verdict and in errors, which are of type [LineError] where a line is to blame.
//
// A violation is one whatever benefit of the doubt is given: clocks that differ by up to [Options.Error], messages and
// notices still on their way when the recording ended, and parties that were torn down before they could hand over their
// last lines. What is linearizable needs none of that. Everything in between is unknown, and the verdict says what it
// depends on.
func Judge(r io.Reader, name string, o Options) (Verdict, error) {
	if err := o.Validate(); err != nil {
		return Verdict{}, err
	}
	rec, err := ReadRecording(r, name)
	if err != nil {
		return Verdict{}, err
	}
	return rec.Judge(o)
}

// Judge judges a recording that was read, see the function of that name. The options must be valid.
func (rec *Recording) Judge(o Options) (Verdict, error) {
	lives := rec.lives()
	if err := rec.checkLives(lives, o); err != nil {
		return Verdict{}, err
	}
	v := Verdict{
		Name: rec.Name, Scenario: rec.Scenario, Platform: rec.Platform, CloseEvent: rec.CloseEvent, Options: o,
		Result: Linearizable,
	}
	for _, w := range rec.wires() {
		c, err := rec.judge(w, lives, o)
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

// Histories returns a history for each connection of a recording, with all benefits of the doubt; it is what a violation
// is judged by, and what [Visualize] can draw. The options must be valid.
func (rec *Recording) Histories(o Options) []*History {
	lives := rec.lives()
	var all []*History
	for _, w := range rec.wires() {
		all = append(all, rec.history(w, lives, o, allDoubts))
	}
	return all
}

func (rec *Recording) judge(w *wire, lives map[string]*life, o Options) (ConnectionVerdict, error) {
	c := ConnectionVerdict{
		Connection: w.number, Page: w.holder(PageSide), Worker: w.holder(WorkerSide),
		Refused: w.rejected != nil, Made: w.resolved != nil,
	}
	for i := range c.Posted {
		c.Posted[i], c.Received[i] = len(w.posts[i]), len(w.receives[i])
	}
	h := rec.history(w, lives, o, allDoubts)
	c.Gaps = h.gapsOf(lives)
	result, explanation, searched, err := h.decideTwice(o.Limit)
	if err != nil {
		return c, fmt.Errorf("%s: connection %d: %w", rec.Name, w.number, err)
	}
	c.Result, c.Explanation, c.TimedOut = result, explanation, !searched
	if result == Linearizable {
		err = rec.judgeStrictly(&c, w, lives, o)
	}
	return c, err
}

// judgeStrictly finds out on which benefits of the doubt it depends that a connection is linearizable.
func (rec *Recording) judgeStrictly(c *ConnectionVerdict, w *wire, lives map[string]*life, o Options) error {
	without := func(d doubts) (Result, *Explanation, error) {
		result, explanation, searched, err := rec.history(w, lives, o, d).decideTwice(o.Limit)
		c.TimedOut = c.TimedOut || !searched
		return result, explanation, err
	}
	result, explanation, err := without(doubts{})
	if err != nil || result == Linearizable {
		if c.Made {
			c.Reasons = rec.history(w, lives, o, doubts{}).reasons(w.number)
		}
		return err
	}
	c.Result, c.Explanation = Unknown, explanation
	for _, one := range []struct {
		doubts doubts
		what   string
	}{
		{doubts{travel: true, broken: true}, dependsOnClocks(o)},
		{doubts{clocks: true, broken: true}, dependsOnTravel(o)},
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

// decideTwice decides in both ways, and explains a violation. The direct decision has the last word where the search runs
// out of time; searched tells whether it did not.
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

var errDisagree = errors.New("the two decisions do not agree, which is a mistake in this program; report it with the recording")

// gapsOf returns the gaps that operations were inferred for.
func (h *History) gapsOf(lives map[string]*life) []Gap {
	var all []Gap
	for i, name := range h.Parties {
		l := lives[name]
		if l == nil {
			continue
		}
		g := Gap{Party: name, Time: time.Duration(l.to-l.last) * time.Microsecond, From: l.line, To: l.toLine}
		for j := range h.Operations {
			switch op := &h.Operations[j]; {
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
