package linearize

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"
)

// endless is a history whose search tries every set of n closes from outside, since nothing but their number is settled:
// a message arrives that nobody posted.
func endless(n int) *History {
	h := &History{Parties: []string{"page", "browser"}, Messages: []string{"a"}, Places: "step"}
	for range n {
		h.Operations = append(h.Operations, Operation{Action: act(Close, WorkerSide), Connection: 1, Party: 1, Return: 10, Outside: true})
	}
	h.Operations = append(h.Operations, Operation{Action: act(Receive, PageSide, 0), Connection: 1, Return: 10})
	return h
}

// TestLimitStops: when time runs out the answer is unknown, and the search really ends.
func TestLimitStops(t *testing.T) {
	start := time.Now()
	result, err := Check(endless(30), 50*time.Millisecond)
	if err != nil || result != Unknown {
		t.Errorf("got %s, %v; want unknown", result, err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	expectNoGoroutines(t)
}

// expectNoGoroutines waits until no search goes on.
func expectNoGoroutines(t *testing.T) {
	t.Helper()
	for range 100 {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		if !bytes.Contains(stacks, []byte("porcupine.checkSingle")) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("a search goes on after its time ran out")
}

// tell returns a history of one connection from lines of "PARTY CALL-RETURN ACTION [MESSAGE]".
func tell(t *testing.T, text string) *History {
	t.Helper()
	h := &History{Parties: []string{"page/1", "worker/v1/a", "browser"}, Places: "step"}
	kinds := map[string]Kind{"post": Post, "receive": Receive, "close": Close, "learn": Learn, "observe": Observe, "stop": Close}
	messages := map[string]Message{}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		words := strings.Fields(line)
		op := Operation{Action: Action{Kind: kinds[words[2]], Side: PageSide, Effect: Done}, Connection: 1, Place: i + 1}
		if words[0] == "worker" {
			op.Party, op.Side = 1, WorkerSide
		}
		if words[2] == "stop" {
			op.Outside, op.Why = true, "its instance is stopped"
		}
		for j, end := range strings.Split(words[1], "-") {
			var at int64
			for _, digit := range end {
				at = at*10 + int64(digit-'0')
			}
			if j == 0 {
				op.Call = at
			}
			op.Return = at
		}
		if len(words) > 3 {
			if _, ok := messages[words[3]]; !ok {
				messages[words[3]] = Message(len(h.Messages))
				h.Messages = append(h.Messages, words[3])
			}
			op.Message = messages[words[3]]
		}
		h.Operations = append(h.Operations, op)
	}
	return h
}

func TestExplain(t *testing.T) {
	tests := []struct{ why, history, want string }{
		{"lost in the middle", `
page 0-9 post a
page 2-9 post b
worker 5-12 receive b
page 30-30 observe`, `2 operations of 4 can be put in an order that one object allows; what cannot follow:
worker/v1/a receives b (step 3),
but a was posted before it and had not arrived
`},
		{"lost at the end, and nobody said that the connection was closed", `
page 0-9 post a
worker 3-12 receive a
worker 14-15 stop
page 16-19 post b
page 30-30 observe`, `4 operations of 5 can be put in an order that one object allows; what cannot follow:
at the end, page/1 takes the connection for open (step 5),
but 1 message that it posted was never received: b (step 4)
what it was not told: the worker's end is closed: its instance is stopped (step 3)
`},
		{"twice", `
page 0-9 post a
worker 3-12 receive a
worker 14-15 receive a`, `2 operations of 3 can be put in an order that one object allows; what cannot follow:
worker/v1/a receives a (step 3),
but that message was received before (step 2)
`},
		{"invented", `
page 0-9 post a
worker 14-15 receive x`, `1 operation of 2 can be put in an order that one object allows; what cannot follow:
worker/v1/a receives x (step 2),
but nobody at the other end ever posted that message
`},
		{"before it was posted", `
worker 1-2 receive a
page 4-9 post a`, `0 operations of 2 can be put in an order that one object allows; what cannot follow:
worker/v1/a receives a (step 1),
but that message was posted only later (step 2)
`},
		{"after the close", `
worker 1-2 close
page 3-4 learn
page 5-6 post a
worker 7-8 receive a`, `3 operations of 4 can be put in an order that one object allows; what cannot follow:
worker/v1/a receives a (step 4),
but the connection was closed when it was posted (step 3)
`},
		{"a notice of nothing", `
page 3-4 learn`, `0 operations of 1 can be put in an order that one object allows; what cannot follow:
page/1 learns that the connection is closed (step 1),
but nobody had closed it by then
`},
		{"a notice that overtakes", `
worker 1-2 post a
worker 3-4 close
page 5-6 learn
page 7-8 receive a`, `2 operations of 4 can be put in an order that one object allows; what cannot follow:
page/1 learns that the connection is closed (step 3),
but a had not arrived by then, and a notice never overtakes a message
`},
		{"it should know", `
page 1-2 close
page 9-9 observe`, `1 operation of 2 can be put in an order that one object allows; what cannot follow:
at the end, page/1 takes the connection for open (step 2),
but it had closed its end, or was told that the connection is closed
`},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			h := tell(t, test.history)
			if got := decide(t, h); got != Violated {
				t.Fatalf("got %s", got)
			}
			all, err := Explain(h, 0)
			if err != nil || len(all) != 1 {
				t.Fatal(all, err)
			}
			if all[0].Text != test.want {
				t.Errorf("got:\n%swant:\n%s", all[0].Text, test.want)
			}
			explain(t, h)
		})
	}
}

// TestVisualize draws legal and illegal histories. A name can add nothing to the document, and every suspend, kill,
// update and notice is there.
func TestVisualize(t *testing.T) {
	const evil = `<script>alert("x")</script>`
	head := Head{Title: "a" + evil, Verdict: "violated" + evil, Says: []string{"b" + evil}}
	drawn := map[Result]int{}
	generate(t, 6, 60, 60, func(i int, r *rand.Rand, w walk, h *History) {
		for j := range h.Messages {
			h.Messages[j] = evil + h.Messages[j]
		}
		for j := range h.Parties {
			h.Parties[j] += evil
		}
		for j := range h.Notes {
			h.Notes[j].Text += evil
			h.Notes[j].Tag += evil
		}
		var b bytes.Buffer
		result, err := Visualize(&b, h, head, 10*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		drawn[result]++
		text := b.String()
		for _, raw := range []string{evil, "<script>alert", `\u003cscript`} {
			if strings.Contains(text, raw) {
				t.Fatalf("history %d: the document contains %q as it is", i, raw)
			}
		}
		// The ampersand of an escaped name is escaped again as JSON, which JavaScript undoes.
		if len(h.Operations) > 0 && !strings.Contains(text, `\u0026lt;script\u0026gt;alert`) {
			t.Errorf("history %d: the names are not there", i)
		}
		for _, want := range append([]string{"<title>a&lt;script", "<h1>a&lt;script", `class="verdict violated`, "<p>b&lt;script"}, partiesOf(h)...) {
			if !strings.Contains(text, want) {
				t.Errorf("history %d: the head does not have %q", i, want)
			}
		}
		if got := strings.Count(text, `"Annotation":true`); got != len(h.Notes) {
			t.Errorf("history %d: %d annotations for %d notes", i, got, len(h.Notes))
		}
	})
	if drawn[Linearizable] == 0 || drawn[Violated] == 0 {
		t.Errorf("drawn: %v; both kinds must be", drawn)
	}
}

// partiesOf returns the parties of a history, as the page lists them.
func partiesOf(h *History) []string {
	var all []string
	for _, party := range h.Parties {
		name, _, _ := strings.Cut(party, "<")
		all = append(all, "<li>"+name+"&lt;script")
	}
	return all
}

func TestVisualizeRefusesWhatIsNoHistory(t *testing.T) {
	var b bytes.Buffer
	if _, err := Visualize(&b, &History{Operations: []Operation{{}}}, Head{}, 0); err == nil || b.Len() > 0 {
		t.Errorf("got %v and %d bytes", err, b.Len())
	}
}

func TestHistoryErrors(t *testing.T) {
	tests := []struct {
		why    string
		change func(h *History)
		want   string
	}{
		{"kind", func(h *History) { h.Operations[0].Kind = 9 }, "operation 1: there is no kind 9; use Post to Expect"},
		{"side", func(h *History) { h.Operations[0].Side = 0 }, "operation 1: there is no side 0; use PageSide or WorkerSide"},
		{"effect", func(h *History) { h.Operations[0].Effect = 0 }, "operation 1: there is no effect 0; use Done, Unseen or Void"},
		{"party", func(h *History) { h.Operations[0].Party = 3 }, "operation 1: there is no party 3; the history has 3"},
		{"message", func(h *History) { h.Operations[0].Message = 1 }, "operation 1: there is no message 1; the history has 1"},
		{"interval", func(h *History) { h.Operations[0].Return = -1 }, "operation 1: it returns at -1, before its call at 0; exchange the two"},
		{"unseen close", func(h *History) { h.Operations[2].Effect = Unseen }, "operation 3: a close cannot be unseen; leave it out, or give it the rest of the history as its interval"},
		{"posted twice", func(h *History) { h.Operations[1] = h.Operations[0] }, `operation 2: message "a" is posted twice; give each message a name of its own`},
		{"final", func(h *History) { h.Operations[3].Call = 4 }, "operation 4: an observation at 4 is not final, as the connection is in use until 5; call it later"},
		{"unseen twice", func(h *History) {
			h.Operations[1].Effect = Unseen
			h.Operations = append(h.Operations, h.Operations[1])
		}, `operation 5: message "a" has two unseen receives; leave one of them out`},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			h := tell(t, "page 0-1 post a\nworker 2-3 receive a\nworker 4-5 close\npage 9-9 observe")
			if got := decide(t, h); got != Linearizable {
				t.Fatal(got)
			}
			test.change(h)
			if _, err := Check(h, 0); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if _, err := Decide(h); err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}
