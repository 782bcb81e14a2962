package infer

import (
	"bytes"
	"strings"
	"testing"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
)

// TestOwnClose: whether what waits at an end arrives when its own script closes that is no choice of a design, and recordings
// show it.
func TestOwnClose(t *testing.T) {
	const arrives, drops, either = "own-close=arrive", "own-close=drop", ""
	const closes = "suspend=sever, unregister=sever, close=close, worker-notice=event"
	const made = "bounds messages=2\np1 connect c1\nquiesce\n"
	closed := func(script, assumed string) string {
		return record(t, made+script, closes+" if scripts=answer, listens=at-once, lists=at-once, "+assumed)
	}
	worker := func(assumed string) string { return closed("p1 post c1\nworker close c1\nquiesce\n", assumed) }
	page := func(assumed string) string { return closed("worker post c1\np1 close c1\nquiesce\n", assumed) }
	received := func(text string) float64 { return timeOfPart(text, `"msg":"p1.1","op":"receive"`) }
	again := func(text string) string {
		return insert(received(text)+30, `"actor":"worker/v1/a1","op":"receive","conn":1,"msg":"p1.1"`)(text)
	}
	later := func(text string) string { // posted when the end was closed for long, by all clocks
		return insert(received(text)+200, `"actor":"worker/v1/a1","op":"receive","conn":1,"msg":"p1.2"`)(
			insert(received(text)+100, `"actor":"page/1","op":"post","conn":1,"msg":"p1.2"`)(text))
	}
	for _, c := range []struct {
		why, text string
		explained bool
		only      string // the assumption that it takes
	}{
		{"the worker closes its end, and what waits there arrives", worker(arrives), true, arrives},
		{"it does not arrive", worker(drops), true, drops},
		{"the page closes its end, and what waits there arrives", page(arrives), true, arrives},
		{"it does not arrive there", page(drops), true, drops},
		{"two wait, and both arrive", closed("p1 post c1\np1 post c1\nworker close c1\nquiesce\n", arrives), true, arrives},
		{"two wait, and the second one is lost", drop(`"msg":"p1.2","op":"receive"`)(closed("p1 post c1\np1 post c1\nworker close c1\nquiesce\n", arrives)), false, ""},
		{"one of them had arrived before", closed("p1 post c1\nworker receive c1\np1 post c1\nworker close c1\nquiesce\n", drops), true, drops},
		{"nothing waits", closed("p1 post c1\nquiesce\nworker close c1\nquiesce\n", drops), true, either},
		{"the instance is stopped: what waited may have arrived unseen, or not", closed("p1 post c1\nworker close c1\nbrowser suspend\nquiesce\n", drops), true, either},
		{"the page goes away: so may it", closed("worker post c1\np1 close c1\np1 leave\nquiesce\n", drops), true, either},
		{"the page is gone, and closed nothing: what waits for it is lost whatever is assumed", closed("worker post c1\np1 leave\nquiesce\n", drops), true, either},
		{"it arrives twice", again(worker(arrives)), false, ""},
		{"so does what was posted when the end was closed", later(worker(arrives)), false, ""},
	} {
		inf, err := inferText(t, c.text, DefaultOptions)
		if err != nil {
			t.Errorf("%s: %v", c.why, err)
			continue
		}
		if got := inf.Designs != family.None; got != c.explained {
			t.Errorf("%s: some design explains it: %t\n%s", c.why, got, c.text)
			continue
		}
		for _, value := range []string{drops, arrives} {
			set := inf.Algebra.Restrict(inf.Explained, model.Where(model.OwnClose, model.Answer(strings.TrimPrefix(value, "own-close="))))
			if want := c.explained && (c.only == either || c.only == value); (set != family.None) != want {
				t.Errorf("%s: explained with %s: %t\n%s", c.why, value, !want, c.text)
			}
		}
		plays(t, inf, model.Space.Full())
	}
}

// TestOwnCloseCombined: an engine does one or the other, so that recordings of both are in conflict, and two of one kind tell which.
func TestOwnCloseCombined(t *testing.T) {
	const script = "p1 connect c1\nquiesce\np1 post c1\nworker close c1\nquiesce\n"
	const design = "suspend=sever, unregister=sever, close=close if scripts=answer, listens=at-once, lists=at-once, own-close="
	texts := map[string]string{"drop": record(t, script, design+"drop"), "arrive": record(t, script, design+"arrive")}
	for _, c := range []struct {
		why       string
		which     []string
		conflicts int
		depends   string
	}{
		{"both drop it", []string{"drop", "drop"}, 0, "own-close=drop"},
		{"it arrives in both", []string{"arrive", "arrive"}, 0, "own-close=arrive"},
		{"one of each", []string{"drop", "arrive"}, 1, ""},
	} {
		var all []*recording.Recording
		for i, which := range c.which {
			rec, err := recording.Read(bytes.NewReader([]byte(texts[which])), string('a'+rune(i))+".jsonl")
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, rec)
		}
		platforms, refused, err := InferAll(t.Context(), all, DefaultOptions, nil)
		if err != nil || len(refused) > 0 || len(platforms) != 1 {
			t.Fatal(refused, err)
		}
		p := &platforms[0]
		depends := ""
		for _, d := range p.Depends() {
			if len(d.Designs) == 1 && d.Designs[0] == model.Space.Full() {
				depends = d.Assumption.ID() + "=" + d.Value.String()
			}
		}
		if len(p.Conflicts) != c.conflicts || c.conflicts == 0 && depends != c.depends {
			t.Errorf("%s: %d conflicts, all depends on %q", c.why, len(p.Conflicts), depends)
		}
	}
}
