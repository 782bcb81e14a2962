package model

import "testing"

// TestForget: histories that no later step and no property can tell apart lead to one world; what they can read is kept.
func TestForget(t *testing.T) {
	for _, c := range []struct {
		reason string
		design string
		one    string
		other  string
		kept   bool // the two differ in what is not forgotten
	}{
		{
			reason: "whose request was refused",
			one:    requested + "given worker reject c1",
			other:  "given p3 connect c1, browser start, browser dispatch c1, worker reject c1",
		},
		{
			reason: "whether the page saw the refusal of a request, or left before",
			one:    requested + "given worker reject c1, p1 leave",
			other:  "given p1 connect c1, browser start, p1 leave",
		},
		{
			reason: "whether a page that is gone had a reference to its handle",
			design: "worker-notice=none",
			one:    accepted + "given p1 lose c1, p1 leave",
			other:  accepted + "given p1 leave",
		},
		{
			reason: "whether it listened",
			design: "worker-notice=none, page-notice=event, listens=sometime",
			one:    accepted + "given p1 listen c1, p1 leave",
			other:  accepted + "given p1 leave",
		},
		{
			reason: "what it posted, once the worker has received that",
			design: "worker-notice=none",
			one:    accepted + "given p1 post c1, worker receive c1, p1 leave",
			other:  accepted + "given p1 leave",
		},
		{
			reason: "what it posted that the worker has yet to receive",
			design: "worker-notice=none",
			one:    accepted + "given p1 post c1, p1 leave",
			other:  accepted + "given p1 leave",
			kept:   true,
		},
		{
			reason: "what the worker posted before its end was gone, once the page has received that",
			design: "close=close, page-notice=none",
			one:    accepted + "given worker post c1, p1 receive c1, worker close c1",
			other:  accepted + "given worker close c1",
		},
		{
			reason: "what the worker posted that the page has yet to receive",
			design: "close=close, page-notice=none",
			one:    accepted + "given worker post c1, worker close c1",
			other:  accepted + "given worker close c1",
			kept:   true,
		},
		{
			reason: "that a message of the page is lost, which it may miss",
			design: "close=close, page-notice=none, own-close=drop",
			one:    accepted + "given p1 post c1, worker close c1",
			other:  accepted + "given worker close c1",
			kept:   true,
		},
		{
			reason: "when it was lost",
			design: "close=close, page-notice=none, own-close=drop",
			one:    accepted + "given p1 post c1, worker close c1",
			other:  accepted + "given worker close c1, p1 post c1",
		},
		{
			reason: "when a message of the worker was lost",
			design: "close=close, worker-notice=none, own-close=drop",
			one:    accepted + "given worker post c1, p1 close c1",
			other:  accepted + "given p1 close c1, worker post c1",
		},
		{
			reason: "which version had accepted, once the worker's end is gone",
			design: "update=transfer, worker-list=list, close=close, page-notice=none",
			one:    accepted + updated + "given worker close c1",
			other:  updated + "given p1 connect c1, browser dispatch c1, worker accept c1, worker close c1",
		},
		{
			reason: "whether the instance had an object for it",
			design: "suspend=wake, worker-list=list, close=close, page-notice=none, own-close=drop",
			one:    accepted + "given p1 post c1, worker close c1",
			other:  accepted + "given browser suspend, p1 post c1, browser start, worker close c1",
		},
		{
			reason: "what it posted before its connect event was lost for good",
			design: "pipeline=yes, interrupt=hang",
			one:    requested + "given p1 post c1, browser kill",
			other:  requested + "given browser kill",
		},
		{
			reason: "what it posted to a connect event that is pending",
			design: "pipeline=yes",
			one:    requested + "given p1 post c1",
			other:  requested,
			kept:   true,
		},
		{
			reason: "that an instance ran out, once it has no connection any more",
			design: "unregister=run-out, worker-notice=event",
			one:    accepted + "given service unregister, browser clear, p1 leave, worker learn c1",
			other:  accepted + "given p1 leave, worker learn c1, service unregister, browser clear",
		},
		{
			reason: "that an instance runs out while it has one",
			design: "unregister=run-out, worker-notice=event",
			one:    accepted + "given service unregister, browser clear, p1 leave",
			other:  accepted + "given p1 leave, worker learn c1, service unregister, browser clear",
			kept:   true,
		},
		{
			reason: "what an instance did with a message whose handler was killed",
			design: "suspend=wake, queue=kept",
			one:    accepted + "given p1 post c1, browser kill-handling c1",
			other:  accepted + "given p1 post c1, browser kill",
		},
		{
			reason: "whether skipWaiting() was called in a version that is active now",
			one:    waiting + "given service skip-waiting, browser activate",
			other:  waiting + "given browser activate",
		},
		{
			reason: "that a promise is pending which nothing will ever settle",
			design: "interrupt=hang",
			one:    requested + "given browser kill",
			other:  "given p1 connect c1, browser start, browser kill, browser start, browser dispatch c1, worker reject c1, browser suspend",
			kept:   true,
		},
		{
			reason: "what became of the promise of a page that is gone",
			design: "interrupt=hang",
			one:    requested + "given browser kill, p1 leave",
			other:  "given p1 connect c1, browser start, browser kill, p1 leave",
		},
	} {
		t.Run(c.reason, func(t *testing.T) {
			p := newPlayer(t, scenarioBounds, c.design)
			one, other := p.play(c.one), p.play(c.other)
			p.checkAsked()
			if (one != other) != c.kept {
				t.Errorf("one world: %t\n%v\n%v", one == other, one, other)
			}
		})
	}
}
