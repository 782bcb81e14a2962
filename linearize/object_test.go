package linearize

import (
	"slices"
	"testing"
)

func act(kind Kind, side Side, message ...Message) Action {
	a := Action{Kind: kind, Side: side, Effect: Done}
	if len(message) > 0 {
		a.Message = message[0]
	}
	return a
}

func with(a Action, e Effect) Action {
	a.Effect = e
	return a
}

// TestStep tells a story a row; the last action is allowed or refused.
func TestStep(t *testing.T) {
	var (
		post    = act(Post, PageSide, 1)
		second  = act(Post, PageSide, 2)
		get     = act(Receive, WorkerSide, 1)
		getNext = act(Receive, WorkerSide, 2)
		shut    = act(Close, WorkerSide)
		hear    = act(Learn, PageSide)
		trust   = act(Observe, PageSide)
	)
	tests := []struct {
		why     string
		actions []Action
		want    refusal
	}{
		{"a message arrives", []Action{post, get}, fits},
		{"messages arrive in order", []Action{post, second, get, getNext}, fits},
		{"an invented message", []Action{get}, notOldest},
		{"a message in the wrong direction", []Action{post, act(Receive, PageSide, 1)}, notOldest},
		{"a reordered one", []Action{post, second, getNext}, notOldest},
		{"a duplicate", []Action{post, get, get}, notOldest},
		{"what was queued before a close still arrives", []Action{post, shut, get}, fits},
		{"also at the side that closed", []Action{post, act(Close, PageSide), get}, fits},
		{"a post after a close is legal, since who posts may not know", []Action{shut, post}, fits},
		{"but it is not delivered", []Action{shut, post, get}, notOldest},
		{"a second close changes nothing", []Action{post, shut, shut, get}, fits},
		{"to learn of a close", []Action{shut, hear}, fits},
		{"to learn of it twice", []Action{shut, hear, hear}, fits},
		{"to learn of none", []Action{hear}, notClosed},
		{"a notice does not overtake a message", []Action{act(Post, WorkerSide, 1), shut, hear}, overtakes},
		{"it comes after it", []Action{act(Post, WorkerSide, 1), shut, act(Receive, PageSide, 1), hear}, fits},
		{"what waits in the other direction does not hold it up", []Action{post, shut, hear}, fits},
		{"an open connection that has delivered everything", []Action{post, get, trust}, fits},
		{"a message that was lost", []Action{post, trust}, undelivered},
		{"the other side's loss is not its own", []Action{act(Post, WorkerSide, 1), trust}, fits},
		{"a close of which nobody tells it explains no loss", []Action{shut, post, trust}, undelivered},
		{"nor of what was queued before", []Action{post, shut, trust}, undelivered},
		{"but a close is legal without a word if nothing is lost", []Action{post, get, shut, trust}, fits},
		{"who was told does not take it for open", []Action{shut, hear, trust}, knowsBetter},
		{"nor who closed it", []Action{act(Close, PageSide), trust}, knowsBetter},
		{"an unseen post that nobody received has no effect", []Action{with(post, Unseen), trust}, fits},
		{"an unseen receive may take the message", []Action{post, with(get, Unseen), trust}, fits},
		{"it clears the way for the next one", []Action{post, second, with(get, Unseen), getNext}, fits},
		{"or has no effect", []Action{with(get, Unseen), post, get}, fits},
		{"a void action has none", []Action{with(get, Void), with(hear, Void), trust}, fits},
		{"nobody looks", []Action{post, with(trust, Unseen)}, fits},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			var s State
			last := len(test.actions) - 1
			for _, a := range test.actions[:last] {
				next, refusal := s.step(a)
				if refusal != fits {
					t.Fatalf("%v is refused (%d) before the last one", a, refusal)
				}
				s = next
			}
			before := s
			_, got := s.step(test.actions[last])
			if got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
			if ok, _ := Step(s, test.actions[last]); ok != (test.want == fits) {
				t.Errorf("Step says %v", ok)
			}
			if s != before {
				t.Error("the state was changed")
			}
		})
	}
}

func TestQueue(t *testing.T) {
	var q queue
	want := []Message{7, 0, 1 << 31}
	for _, m := range want {
		q = q.push(m)
	}
	if got := q.messages(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if m, any := q.rest().oldest(); m != 0 || !any {
		t.Errorf("the second one is %d, %v", m, any)
	}
}
