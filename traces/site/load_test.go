package site

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// TestLoad measures how long the first page takes until it can be argued with, and how long an answer takes after a control has
// been clicked: until it stands in the page, and until the browser has laid it out and painted it, which begins with the next
// frame and so takes up to 17 ms before it begins. The first click comes before the page has had the time to do what it does when
// nobody waits; between others it has, as people look at an answer before they change something else. A hand rests on a control
// for a moment before it clicks, which is when the page begins to work; how it is without that is measured, too.
func TestLoad(t *testing.T) {
	b := served(t)
	b.open("index.html", "")
	t.Logf("the page What if: %.0f ms from the start of the page until all of it is there", value[float64](b, "performance.now()"))
	t.Logf("first click: %v", b.click("keep-fresh-acceptance", 0))
	for _, rests := range []time.Duration{100 * time.Millisecond, 0} {
		random := rand.New(rand.NewPCG(13, 14))
		var took []answered
		for range 15 {
			b.goTo(randomState(random))
			for _, kind := range []string{"keep-", "choose-", "assume-", "why-"} {
				b.script("while (cosw.rest());")
				took = append(took, b.click(b.anyOf(random, kind), rests))
			}
		}
		t.Logf("%d clicks after %v on the control: %s", len(took), rests, distribution(took))
	}
	b.clean()
}

// anyOf draws one of the controls that change something, of those whose names begin so.
func (b *tab) anyOf(random *rand.Rand, kind string) string {
	b.Helper()
	ids := value[string](b, fmt.Sprintf("[...document.querySelectorAll(\"main a[id^='%s']:not([role=radio][aria-checked=true], .shown a)\")].map((a) => a.id).join(' ')", kind))
	all := strings.Fields(ids)
	return all[random.IntN(len(all))]
}

// answered is how long an answer took, in milliseconds.
type answered struct{ Program, Stands, Painted float64 }

func (a answered) String() string {
	return fmt.Sprintf("%.0f ms until it is painted, %.0f until it stands in the page, %.0f of them in the program", a.Painted, a.Stands, a.Program)
}

// distribution tells what of an answer is the rule.
func distribution(all []answered) string {
	at := func(share int, of func(answered) float64) float64 {
		var sorted []float64
		for _, a := range all {
			sorted = append(sorted, of(a))
		}
		slices.Sort(sorted)
		return sorted[(len(sorted)-1)*share/100]
	}
	var says []string
	for _, share := range []int{50, 90, 100} {
		says = append(says, fmt.Sprintf("%d %% are painted within %.0f ms, stand in the page within %.0f, and are %.0f in the program", share,
			at(share, func(a answered) float64 { return a.Painted }),
			at(share, func(a answered) float64 { return a.Stands }),
			at(share, func(a answered) float64 { return a.Program })))
	}
	return strings.Join(says, "; ")
}

// click clicks on a control, after the pointer has rested on it, and measures how long the answer takes.
func (b *tab) click(id string, rests time.Duration) answered {
	b.Helper()
	mouse := b.point(id)
	b.script(`window.answer = new Promise((done) => {
		let begin = 0, program = 0;
		addEventListener("pointerup", (event) => { begin = event.timeStamp; }, {capture: true, once: true});
		const show = cosw.show;
		cosw.show = (...asked) => {
			const start = performance.now(), view = show(...asked);
			program = performance.now() - start;
			return view;
		};
		addEventListener("hashchange", () => {
			const stands = performance.now();
			cosw.show = show;
			requestAnimationFrame(() => {
				const after = new MessageChannel(); // a message comes when the frame is done
				after.port1.onmessage = () => done({Program: program, Stands: stands - begin, Painted: performance.now() - begin});
				after.port2.postMessage("");
			});
		}, {once: true});
	}), undefined`)
	mouse(input.DispatchMouseEventTypeMouseMoved)
	time.Sleep(rests)
	mouse(input.DispatchMouseEventTypeMousePressed)
	mouse(input.DispatchMouseEventTypeMouseReleased)
	took, err := chromedp.Run(b.ctx, chromedp.Evaluate[answered]("window.answer", chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", id, err)
	}
	return took
}

// point brings a control into sight, and returns what the mouse does on it.
func (b *tab) point(id string) func(input.DispatchMouseEventType) {
	b.Helper()
	type point struct{ X, Y float64 }
	const find = `(async () => {
		const control = document.getElementById(%q);
		for (let d = control.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
		for (let n = 0; n < 3; n++) { // what comes into sight is laid out then, and may move it
			control.scrollIntoView({block: "center"});
			await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
		}
		const box = control.getClientRects()[0];
		return {X: box.left + Math.min(8, box.width / 2), Y: box.top + Math.min(8, box.height / 2)};
	})()`
	at, err := chromedp.Run(b.ctx, chromedp.Evaluate[point](fmt.Sprintf(find, id), chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	return func(kind input.DispatchMouseEventType) {
		params := input.DispatchMouseEventParams{Type: kind, X: at.X, Y: at.Y}
		if kind != input.DispatchMouseEventTypeMouseMoved {
			params.Button, params.ClickCount = input.MouseButtonLeft, 1
		}
		call(b, input.DispatchMouseEvent, params)
	}
}
