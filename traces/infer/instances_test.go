package infer

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
)

// record simulates a script under a design, without the promise that nothing is missing, and without some lines.
func record(t *testing.T, script, design string, parts ...string) string {
	t.Helper()
	a := family.NewAlgebra(model.Space)
	c, err := model.Space.Parse(design)
	if err != nil {
		t.Fatal(err)
	}
	text, _, err := Simulate(strings.NewReader(script), Simulation{Design: a.First(a.Cube(c)), Name: "script", Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	s := strings.Replace(string(text), `"complete":true,`, "", 1)
	for _, part := range parts {
		s = drop(part)(s)
	}
	return s
}

// TestUncertain: what clocks, late lines and missing records leave open excludes no design, and what cannot be read in one
// way is refused.
func TestUncertain(t *testing.T) {
	const head = `{"clock":"ms since epoch","platform":"x","scenario":"x"}` + "\n"
	stop, update := readText(t, "stop"), readText(t, "update-skip")
	browser := func(t float64, what string) edit { return insert(t, `"actor":"browser",`+what) }
	starting := `"op":"running","running":"starting","version":"0"`
	two := head + `{"t":1000,"actor":"page/1","op":"connect","conn":1,"url":"http://s","origin":"http://a"}
{"t":1010,"actor":"browser","op":"state","state":"activated","version":"0"}
{"t":1010,"actor":"browser","op":"state","state":"activated","version":"1"}
{"t":1011,"actor":"browser","op":"running","running":"starting","version":"0"}
{"t":1013,"actor":"browser","op":"running","running":"starting","version":"1"}
{"t":1020,"actor":"worker/v1/two","op":"boot"}
{"t":1028,"actor":"worker/v1/one","op":"boot"}
`
	restarts := func(boot float64, more string) string {
		return head + `{"t":1010,"actor":"browser","op":"state","state":"activated","version":"0"}
{"t":1011,"actor":"browser","op":"running","running":"starting","version":"0"}
{"t":1020,"actor":"worker/v1/a","op":"boot"}
{"t":1030,"actor":"browser","op":"running","running":"stopped","version":"0"}
` + insertAll(boot, more)
	}
	nine := stop
	for i := range 9 {
		nine = insert(1795324677600+float64(i), fmt.Sprintf(`"actor":"page/1","op":"receive","conn":1,"msg":"late.%d"`, i))(nine)
	}
	for _, c := range []struct{ why, text, want string }{
		{
			"a start comes to nothing: the next one is that of the instance",
			all(browser(1795324676930, starting), browser(1795324676933, `"op":"running","running":"stopped","version":"0"`))(stop),
			"page-notice=none, suspend=sever",
		},
		{
			"a worker starts for something else: that is no sign that a message woke it",
			all(browser(1795324688268, starting), insert(1795324688280, `"actor":"worker/v1/zz","op":"boot"`))(stop),
			"page-notice=none, suspend=sever or suspend=wake, worker-list=none, delivery=port or suspend=wake, delivery=port if lists=never",
		},
		{
			"a complete recording would say so: the message did it",
			strings.Replace(all(browser(1795324688268, starting), insert(1795324688280, `"actor":"worker/v1/zz","op":"boot"`))(stop),
				`"clock"`, `"complete":true,"clock"`, 1),
			"suspend=wake, worker-list=none, delivery=port or suspend=wake, delivery=port if lists=never",
		},
		{
			"an update makes the old version redundant after the new one is activating: one registration all the same",
			strings.NewReplacer(
				`"state":"redundant","t":1795324711563.85,"version":"0"`, `"state":"activating","t":1795324711563.85,"version":"1"`,
				`"state":"activating","t":1795324711563.856,"version":"1"`, `"state":"redundant","t":1795324711563.856,"version":"0"`,
			).Replace(update),
			"page-notice=none, update=sever|pin or update=transfer, worker-list=none, delivery=port or update=transfer, delivery=port if lists=never",
		},
		{
			"a page posts without a record, is gone, and the worker starts for that: what waits keeps the notice back",
			record(t, "p1 connect c1\nquiesce\nbrowser suspend\np1 post c1\np1 leave\nquiesce\n",
				"suspend=wake, worker-list=none, delivery=port, worker-notice=none", `"op":"post"`),
			"suspend=sever|reaccept or suspend=sever|wake|reaccept, worker-notice=none|silent or " +
				"suspend=sever|wake|reaccept, worker-list=none, delivery=port or suspend=sever|wake|reaccept, delivery=port if lists=never",
		},
		{
			"a page posts without a record: not between messages that it recorded",
			record(t, "bounds messages=4\np1 connect c1\nquiesce\np1 post c1\nworker receive c1\np1 post c1\nworker receive c1\nbrowser suspend\np1 post c1\np1 leave\nquiesce\n",
				"suspend=wake, delivery=global, worker-notice=none", `"msg":"p1.2","op":"receive"`, `"msg":"p1.3","op":"post"`),
			"suspend=wake, delivery=global, worker-notice=none|silent or suspend=wake, worker-list=list, worker-notice=none|silent if lists=at-once",
		},
		{
			"nobody says that a worker is killed, but it is stopped while it is asked",
			record(t, "p1 connect c1\nbrowser start\nbrowser dispatch c1\nbrowser kill\nquiesce\n", "interrupt=hang", `"op":"kill"`),
			"interrupt=hang",
		},
		{"a post after the last line of a stopped worker arrives as long before that line as clocks may differ", tornDown(1035), "page-notice=event|state, suspend=sever"},
		{"and longer before: that is not after its last line", tornDown(1034.9), "no design"},
		{"the same script, and starts too close to tell who is whose", two,
			"x.jsonl:8: worker/v1/one may have been started in line 5 or in line 6: the clocks do not tell which; let more time pass between starts, or allow for less error if the clocks are better"},
		{"one version with two scripts", restarts(1110, `"actor":"worker/v2/b","op":"boot"`),
			"x.jsonl:7: worker/v2/b starts, but the only start left is of version 0, which has script 1; number each deployed script, and record each version's start"},
		{"an instance that starts again at once, and records nothing before the other one is known to be over", restarts(1034, `"actor":"worker/v1/b","op":"boot"`),
			"any design"},
		{"two instances in the wrong order, which the second line of one of them tells", head + `{"t":1000,"actor":"page/1","op":"connect","conn":1,"url":"http://s","origin":"http://a"}
{"t":1010,"actor":"browser","op":"state","state":"activated","version":"0"}
{"t":1011,"actor":"browser","op":"running","running":"starting","version":"0"}
{"t":1020,"actor":"worker/v1/b","op":"boot"}
{"t":1022,"actor":"worker/v1/a","op":"boot"}
{"t":1024,"actor":"browser","op":"running","running":"stopped","version":"0"}
{"t":1025,"actor":"browser","op":"running","running":"starting","version":"0"}
{"t":1027,"actor":"worker/v1/b","op":"connect","conn":1}
{"t":1028,"actor":"worker/v1/b","op":"accept","conn":1}
{"t":1040,"actor":"page/1","op":"resolved","conn":1}
`,
			"any design"},
		{"nine messages wait that nobody recorded to post", nine,
			"x.jsonl:31: more than 8 messages wait at once, which is not supported; make a shorter recording"},
	} {
		inf, err := inferText(t, c.text, DefaultOptions)
		var line *recording.LineError
		switch {
		case errors.As(err, &line):
			if err.Error() != c.want {
				t.Errorf("%s: refused with %v, want %s", c.why, err, c.want)
			}
		case err != nil:
			t.Errorf("%s: %v", c.why, err)
		case formula(inf) != c.want:
			t.Errorf("%s: got %s, want %s", c.why, formula(inf), c.want)
		}
	}
}

// tornDown is a recording in which a page receives a message at a time that a worker did not record to post, whose last
// line is at 1040.
func tornDown(received float64) string {
	return insert(received, `"actor":"page/1","op":"receive","conn":1,"msg":"n"`)(`{"clock":"ms since epoch","platform":"x","scenario":"x"}
{"t":1000,"actor":"page/1","op":"connect","conn":1,"url":"http://s","origin":"http://a"}
{"t":1001,"actor":"browser","op":"state","state":"activated","version":"0"}
{"t":1002,"actor":"browser","op":"running","running":"starting","version":"0"}
{"t":1003,"actor":"worker/v1/a","op":"boot"}
{"t":1004,"actor":"worker/v1/a","op":"connect","conn":1}
{"t":1005,"actor":"worker/v1/a","op":"accept","conn":1}
{"t":1006,"actor":"page/1","op":"resolved","conn":1}
{"t":1020,"actor":"page/1","op":"post","conn":1,"msg":"m"}
{"t":1040,"actor":"worker/v1/a","op":"receive","conn":1,"msg":"m"}
{"t":1060,"actor":"browser","op":"running","running":"stopped","version":"0"}
{"t":1061,"actor":"page/1","op":"closed","conn":1}
`)
}

// insertAll returns a second start of version 0 with the first line of its instance at a time.
func insertAll(boot float64, line string) string {
	return fmt.Sprintf(`{"t":%g,"actor":"browser","op":"running","running":"starting","version":"0"}`+"\n"+`{"t":%g,%s}`+"\n", boot-2, boot, line)
}

// TestClocksOfInstances: the lines of two instances of one version may be in the wrong order, as each has a clock of its own.
func TestClocksOfInstances(t *testing.T) {
	const script = "bounds connections=2\np1 connect c1\nquiesce\np1 post c1\nworker receive c1\nbrowser suspend\np1 post c1\nquiesce\nworker post c1\nquiesce\n"
	a := family.NewAlgebra(model.Space)
	design := a.First(a.Cube(model.Where(model.Suspend, model.Wake).And(model.Where(model.Delivery, model.Global))))
	o := Options{Error: 400 * time.Millisecond, Late: 20 * time.Millisecond}
	explained, refused, mixed := 0, 0, 0
	for seed := range uint64(30) {
		text, _, err := Simulate(strings.NewReader(script), Simulation{Design: design, Name: "script", Error: o.Error, Late: o.Late, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		if before, _, _ := strings.Cut(string(text), `"worker/v1/a2"`); strings.Contains(string(text)[len(before):], `"worker/v1/a1"`) {
			mixed++
		}
		inf, err := inferText(t, string(text), o)
		switch {
		case err != nil:
			refused++
		case !inf.Algebra.Includes(inf.Designs, design):
			t.Errorf("seed %d: %s", seed, formula(inf))
		default:
			explained++
		}
	}
	if explained < 15 || refused < 2 || mixed < 5 {
		t.Errorf("%d explained, %d refused, %d in the wrong order: that shows too little", explained, refused, mixed)
	}
}
