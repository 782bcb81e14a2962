package site

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"cosw/model"
	"cosw/props"
	"cosw/traces/site/views"
)

// TestBeforeProgram: as long as the program has not come, and if it never comes, the pages show what it says of the default state,
// as it was when the site was written, and the findings. That nothing can be changed is told.
func TestBeforeProgram(t *testing.T) {
	notRaced(t)
	loaded, err := views.Load(mustData(t))
	if err != nil {
		t.Fatal(err)
	}
	without := maps.Clone(files())
	without["program.js"] = []byte(`const coswProgram = "";`)
	b := servedFiles(t, without)
	for page, view := range map[string]string{"index.html": views.WhatIf, "step.html": views.Step} {
		b.run(chromedp.Navigate(b.base + page))
		b.until("document.getElementById('wrong') && !document.getElementById('wrong').hidden")
		if told := value[string](b, "document.getElementById('wrong').textContent"); !strings.Contains(told, "cannot be started") {
			t.Errorf("%s: what is told is %q", page, told)
		}
		for place, markup := range loaded.Show(view, "").Parts {
			b.shows(page, place, markup)
		}
	}
	b.run(chromedp.Navigate(b.base + "findings.html"))
	if text := value[string](b, "document.querySelector('main').textContent"); !strings.Contains(text, "No design has all of them") {
		t.Error("the findings are not there")
	}
}

// TestFromDisk: the site works from a folder, too.
func TestFromDisk(t *testing.T) {
	notRaced(t)
	folder := t.TempDir()
	for name, content := range files() {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	at := url.URL{Scheme: "file", Path: folder + "/"}
	b := openTab(t, at.String())
	b.open("index.html", "v1;give-up=fresh-acceptance")
	if text := value[string](b, "document.getElementById('summary').textContent"); !strings.Contains(text, "That frees") {
		t.Errorf("the page does not answer: %q", text)
	}
	b.open("step.html", "v1;steps=p1+connect+c1")
	if text := value[string](b, "document.getElementById('moves').textContent"); !strings.Contains(text, "Step 1 of 1") {
		t.Errorf("the page does not step: %q", text)
	}
	b.clean()
}

// TestAddress: what a control leads to is in the address, shows the same when it is opened anew, and goes back.
func TestAddress(t *testing.T) {
	b := served(t)
	last := ""
	for _, row := range []struct{ page, control, part string }{
		{"index.html", "#keep-fresh-acceptance", "question-update"},
		{"index.html", "[id='choose-suspend=wake']", "question-suspend"},
		{"index.html", "#assume-scripts-answer", "assumptions"},
		{"index.html", "[id='why-suspend=sever']", "detail"},
		{"step.html", "#take-p1-connect-c1", "lanes"},
		{"step.html", "#start-nothing", "start"},
		{"step.html", "#part-matching", "choices-now"},
	} {
		if row.page != last {
			b.open(row.page, "")
			last = row.page
		}
		b.goTo("v1")
		markup := fmt.Sprintf("document.getElementById(%q).innerHTML", row.part)
		before := value[string](b, markup)
		to := value[string](b, fmt.Sprintf("cosw.after('v1', document.querySelector(%q).getAttribute('href').slice(1))", row.control))
		b.script(fmt.Sprintf("document.querySelector(%q).click()", row.control))
		b.settles(to)
		after := value[string](b, markup)
		if before == after {
			t.Errorf("%s: %s changes nothing", row.page, row.control)
		}
		b.script("history.back()")
		b.settles("v1")
		if back := value[string](b, markup); back != before {
			t.Errorf("%s#%s: going back shows something else than before", row.page, to)
		}
		b.open(row.page, to)
		if anew := value[string](b, markup); anew != after {
			t.Errorf("%s#%s shows something else when it is opened anew", row.page, to)
		}
	}
	b.clean()
}

// TestFolds: what is unfolded in a page without the program is in the address, shows the same when it is opened anew, and a name
// that the page does not have is told and runs nothing.
func TestFolds(t *testing.T) {
	b := served(t)
	shows := func(folds string) {
		t.Helper()
		b.until(fmt.Sprintf("[...document.querySelectorAll('details[open]')].map((fold) => fold.id).join(' ') === %q", folds))
	}
	unfold := func(name, address string) {
		t.Helper()
		b.script(fmt.Sprintf("document.getElementById(%q).firstElementChild.click()", name))
		b.until(fmt.Sprintf("location.hash === %q", address))
	}
	b.open("browsers.html", "")
	shows("stop.jsonl")
	if at := value[string](b, "location.hash"); at != "" {
		t.Errorf("a page that nobody touched is at %s", at)
	}
	unfold("chromium/kill.jsonl", "#chromium/kill.jsonl,stop.jsonl")
	unfold("stop.jsonl", "#chromium/kill.jsonl")
	unfold("chromium/kill.jsonl", "#content")
	b.open("findings.html", "suspend")
	shows("")
	unfold("suspend.1", "#suspend.1")

	const written = "stop.jsonl"
	for _, row := range []struct {
		why, page, address, shows string
		told                      bool
	}{
		{"nothing is unfolded", "browsers.html", "content", "", false},
		{"a fold", "browsers.html", "firefox/kill.jsonl", "firefox/kill.jsonl", false},
		{"two folds, in any order", "browsers.html", "hello.jsonl,chromium/kill.jsonl", "chromium/kill.jsonl hello.jsonl", false},
		{"a fold of the findings", "findings.html", "suspend.1", "suspend.1", false},
		{"a fold that is no longer there, and one that is", "browsers.html", "hello.jsonl,gone.jsonl", "hello.jsonl", true},
		{"no text", "browsers.html", "%zz", written, true},
		{"markup", "browsers.html", "<img src=x onerror=alert(1)>", written, true},
		{"too much", "browsers.html", strings.Repeat("a,", 1<<12) + "a", written, true},
	} {
		b.open(row.page, row.address)
		shows(row.shows)
		if told := !value[bool](b, "document.getElementById('wrong').hidden"); told != row.told {
			t.Errorf("%s: a message: %v", row.why, told)
		}
		if n := value[int](b, "document.querySelectorAll('main script, main img, #wrong *').length"); n > 0 {
			t.Errorf("%s: it makes elements", row.why)
		}
	}
	b.clean()
}

// TestSameInPage: in 200 states of the page What if, and for every trace of the corpus, the program in the page says what it
// says outside, where the tests of package views compare it with the check and with the verdicts of the traces; and what it
// says is what is shown.
func TestSameInPage(t *testing.T) {
	b := served(t)
	loaded, err := views.Load(mustData(t))
	if err != nil {
		t.Fatal(err)
	}
	b.open("index.html", "")
	random := rand.New(rand.NewPCG(7, 8))
	for n := range 200 {
		state := randomState(random)
		want := loaded.Show(views.WhatIf, state)
		text := value[string](b, fmt.Sprintf("JSON.stringify(cosw.show('what-if', %q))", state))
		var got views.View
		if err := json.Unmarshal([]byte(text), &got); err != nil || want.Wrong != "" || !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: in the page the program says something else (%v, %s)", state, err, want.Wrong)
		}
		if n >= 10 {
			continue
		}
		b.goTo(state)
		for part, markup := range want.Parts {
			b.shows(state, part, markup)
		}
	}
	_, corpus, err := (&Source{Report: report()}).data()
	if err != nil {
		t.Fatal(err)
	}
	b.open("step.html", "")
	for _, kept := range corpus {
		b.goTo(kept.State)
		b.shows(kept.State, "moves", loaded.Show(views.Step, kept.State).Parts["moves"])
	}
	b.clean()
}

// randomState draws a state of the page What if.
func randomState(random *rand.Rand) string {
	fields := []string{"v1"}
	var given, chosen, assumed []string
	for _, id := range props.IDs() {
		if random.IntN(12) == 0 {
			given = append(given, id)
		}
	}
	for q := range model.Space.Len() {
		answers := model.Question(q).Answers()
		literal := model.Question(q).ID() + "=" + answers[random.IntN(len(answers))].String()
		switch {
		case random.IntN(8) > 0:
		case model.Question(q).Assumed():
			assumed = append(assumed, literal)
		default:
			chosen = append(chosen, literal)
		}
	}
	for name, words := range map[string][]string{"give-up": given, "set": chosen, "assume": assumed} {
		if words != nil {
			fields = append(fields, name+"="+strings.Join(words, ","))
		}
	}
	slices.Sort(fields[1:])
	return strings.Join(fields, ";")
}

// shows checks that a place holds some markup, as the browser reads it.
func (b *tab) shows(state, place, markup string) {
	b.Helper()
	same := fmt.Sprintf("(() => { const d = document.createElement('div'); d.innerHTML = %q; return d.innerHTML === document.getElementById(%q).innerHTML })()", markup, place)
	if !value[bool](b, same) {
		b.Errorf("%s: the place %s shows something else than the program says", state, place)
	}
}

// TestHostileAddress: an address that is no state shows a message in words, runs nothing and leaves the page as it was.
func TestHostileAddress(t *testing.T) {
	b := served(t)
	for _, page := range []string{"index.html", "step.html"} {
		b.open(page, "")
		for _, state := range []string{
			"v2;new=1", "v1;show=<img src=x onerror=alert(1)>", "v1;set=suspend=<script>alert(1)</script>", "v1;steps=%zz", "javascript:alert(1)",
			"v1;give-up=" + strings.Repeat("a", 1<<15),
		} {
			b.script(fmt.Sprintf("void (location.hash = %q)", state))
			b.until("!document.getElementById('wrong').hidden")
			if n := value[int](b, "document.querySelectorAll('main script, main img, #wrong *').length"); n > 0 {
				t.Errorf("%s#%.40s makes elements", page, state)
			}
			b.goTo("v1")
			if hidden := value[bool](b, "document.getElementById('wrong').hidden"); !hidden {
				t.Errorf("%s: the message stays when the address is good again", page)
			}
		}
	}
	b.clean()
}

// TestLinks: a control that is pointed at leads to the whole state that it makes, so that its link can be copied, and to what it
// changes when another one is. One that is followed without leads to the same.
func TestLinks(t *testing.T) {
	b := served(t)
	b.open("index.html", "v1;give-up=unlinkable")
	const leads = "document.getElementById('keep-fresh-acceptance').getAttribute('href')"
	const to = "v1;give-up=fresh-acceptance,unlinkable"
	for _, row := range []struct{ pointed, want string }{
		{"why-settles", "#+give-up=fresh-acceptance"},
		{"keep-fresh-acceptance", "#" + to},
		{"keep-unlinkable", "#+give-up=fresh-acceptance"},
	} {
		b.point(row.pointed)(input.DispatchMouseEventTypeMouseMoved)
		if got := value[string](b, leads); got != row.want {
			t.Errorf("when %s is pointed at, the link leads to %s, want %s", row.pointed, got, row.want)
		}
	}
	b.script("void (location.hash = '+give-up=fresh-acceptance')")
	b.settles(to)
	if got := value[string](b, "location.hash"); got != "#"+to {
		t.Errorf("the address has %s", got)
	}
	b.clean()
}

// TestKeyboard: a switch answers to the space bar and keeps the focus, and the result is told.
func TestKeyboard(t *testing.T) {
	b := served(t)
	b.open("index.html", "v1")
	b.script("document.getElementById('keep-fresh-acceptance').focus()")
	b.run(chromedp.KeyEvent(" "))
	b.settles("v1;give-up=fresh-acceptance")
	if id := value[string](b, "document.activeElement.id"); id != "keep-fresh-acceptance" {
		t.Errorf("the focus is on %q", id)
	}
	if checked := value[string](b, "document.activeElement.getAttribute('aria-checked')"); checked != "false" {
		t.Errorf("the switch is %s", checked)
	}
	if said := value[string](b, "document.getElementById('said').textContent"); !strings.Contains(said, "That frees") {
		t.Errorf("a screen reader is told %q", said)
	}
	b.clean()
}

// TestFits: no page is wider than the window, from a small phone to a large screen.
func TestFits(t *testing.T) {
	b := served(t)
	for _, page := range []string{"index.html", "step.html", "findings.html", "browsers.html"} {
		b.open(page, "")
		for _, width := range []int64{360, 768, 1200, 1600, 2560} {
			b.size(width, false)
			if got := value[int64](b, "document.documentElement.scrollWidth"); got > width {
				t.Errorf("%s is %d px wide in a window of %d", page, got, width)
			}
		}
	}
	b.clean()
}

// axe is where .ci/run puts the tool that checks whether everybody can use a page.
const axe = "../../.ci/node_modules/axe-core/axe.min.js"

// TestAccessible: axe-core finds nothing serious, at three widths, in light and in dark.
func TestAccessible(t *testing.T) {
	script, err := os.ReadFile(axe)
	if err != nil {
		missing(t, "there is no axe-core: npm install --prefix .ci axe-core to check whether everybody can use the pages")
	}
	b := served(t)
	for _, at := range []struct{ page, state string }{
		{"index.html", ""}, {"index.html", "v1;give-up=fresh-acceptance;set=suspend=wake;assume=scripts=answer;show=tells-page"},
		{"step.html", ""}, {"step.html", "v1;steps=p1+connect+c1,browser+start,browser+dispatch+c1,worker+accept+c1;try=browser+suspend"},
		{"findings.html", ""}, {"browsers.html", ""},
	} {
		b.open(at.page, at.state)
		b.script(string(script))
		for _, width := range []int64{360, 1200, 2560} {
			for _, dark := range []bool{false, true} {
				b.size(width, dark)
				for _, v := range violations(b) {
					t.Errorf("%s#%s, %d px, dark %v: %s: %s (%s)", at.page, at.state, width, dark, v.Impact, v.Help, v.Targets)
				}
			}
		}
	}
}

// violation is what axe finds wrong.
type violation struct{ Impact, Help, Targets string }

func violations(b *tab) (found []violation) {
	b.Helper()
	const run = `axe.run(document, {resultTypes: ["violations"]}).then((r) => JSON.stringify(r.violations
		.filter((v) => v.impact === "serious" || v.impact === "critical")
		.map((v) => ({Impact: v.impact, Help: v.help, Targets: v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join("; ")}))))`
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](run, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		b.Fatal(err)
	}
	return found
}
