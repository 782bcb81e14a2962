package infer

import (
	"slices"
	"testing"

	"cosw/model"
)

// TestObservations: every kind of step is told by a line, or there is a reason why not. A kind without an entry could never
// be taken, and designs that need it would be excluded.
func TestObservations(t *testing.T) {
	for _, kind := range model.Kinds() {
		o := observations[kind]
		switch name := kind.Syntax(); {
		case o.fact == 0 && o.because == "":
			t.Errorf("%s: no line tells of it, and nothing says why", name)
		case o.fact != 0 && o.by == 0:
			t.Errorf("%s: nobody records its line", name)
		case o.hidden != nil && o.because == "":
			t.Errorf("%s: it may be hidden, and nothing says why", name)
		case o.only != 0 && (o.fact == 0 || o.because == ""):
			t.Errorf("%s: it has a line only sometimes, and nothing says which or why", name)
		}
	}
}

// What an entry of observations says: a test takes each back.
const (
	saysTold   = "a line tells of it"
	saysHidden = "it may be hidden"
	saysOnly   = "it has no line if nothing comes of it"
)

// saysOf returns what an entry says.
func saysOf(o observation) []string {
	var all []string
	if o.fact != 0 {
		all = append(all, saysTold)
	}
	if o.hidden != nil {
		all = append(all, saysHidden)
	}
	if o.only != 0 {
		all = append(all, saysOnly)
	}
	return all
}

// TestObservationsMatter takes back what observations says of a kind, one statement after the other: a design no longer
// explains a recording that it made. So it would be if a kind were forgotten.
func TestObservationsMatter(t *testing.T) {
	const (
		connected = "p1 connect c1\nquiesce\n"
		asked     = "p1 connect c1\nbrowser start\nbrowser dispatch c1\n"
		nothing   = "start nothing\nservice register\nquiesce\n"
	)
	type row struct {
		kind           model.Kind
		says           string
		design, script string
		lost           []string // parts of lines that are not recorded
		late           bool     // pages listen late, or never
	}
	rows := []row{
		{model.PageConnects, saysTold, "", connected, nil, false},
		{model.PagePosts, saysTold, "", connected + "p1 post c1\nquiesce\n", nil, false},
		{model.PagePosts, saysHidden, "", connected + "p1 post c1\nquiesce\np1 leave\nquiesce\n", []string{`"op":"post"`}, false},
		{model.PageReceives, saysTold, "", connected + "worker post c1\nquiesce\n", nil, false},
		{model.PageLearns, saysTold, "page-notice=event, suspend=sever", connected + "browser suspend\nquiesce\n", nil, false},
		{model.PageLearns, saysOnly, "page-notice=event, suspend=sever", connected + "browser suspend\nquiesce\n", []string{`"op":"closed"`}, true},
		{model.PageListens, saysHidden, "page-notice=event, suspend=sever", connected + "browser suspend\nquiesce\n", nil, true},
		{model.PageCloses, saysTold, "close=close", connected + "p1 close c1\nquiesce\n", nil, false},
		{model.PageFreezes, saysTold, "frozen=sever", connected + "p1 freeze\nquiesce\n", nil, false},
		{model.PageLeaves, saysTold, "", connected + "p1 leave\nquiesce\n", nil, false},

		{model.WorkerAccepts, saysTold, "", connected, nil, false},
		{model.WorkerRejects, saysTold, "", asked + "worker reject c1\nquiesce\n", nil, false},
		{model.WorkerIgnores, saysTold, "", asked + "worker ignore c1\nquiesce\n", nil, false},
		{model.WorkerIgnores, saysHidden, "", asked + "worker ignore c1\nquiesce\n", []string{`"op":"ignore"`}, false},
		{model.WorkerHangs, saysTold, "deadline=none if scripts=may-hang", asked + "worker hang c1\nquiesce\n", nil, false},
		{model.WorkerHangs, saysHidden, "deadline=none if scripts=may-hang", asked + "worker hang c1\nquiesce\n", []string{`"op":"hang"`}, false},
		{model.WorkerPosts, saysTold, "", connected + "worker post c1\nquiesce\n", nil, false},
		{model.WorkerPosts, saysHidden, "", connected + "worker post c1\nquiesce\nbrowser suspend\nquiesce\n", []string{`"op":"post"`}, false},
		{model.WorkerReceives, saysTold, "", connected + "p1 post c1\nquiesce\n", nil, false},
		{
			model.WorkerReceives, saysHidden, "suspend=wake, delivery=global", // or else the message would start the worker again
			connected + "p1 post c1\nworker receive c1\nbrowser suspend\nquiesce\n", []string{`"op":"receive"`}, false,
		},
		{model.WorkerLearns, saysTold, "worker-notice=event", connected + "p1 leave\nquiesce\n", nil, false},
		{
			model.WorkerLearns, saysHidden, "worker-notice=event, suspend=wake", // or else the notice would start the worker again
			connected + "p1 leave\nworker learn c1\nbrowser suspend\nquiesce\n", []string{`"op":"closed"`}, false,
		},
		{model.WorkerCloses, saysTold, "close=close", connected + "worker close c1\nquiesce\n", nil, false},

		{model.Dispatch, saysTold, "", connected, nil, false},
		{model.Dispatch, saysOnly, "not-ready=reject", "start nothing\nservice register\np1 connect c1\nbrowser dispatch c1\nquiesce\n", nil, false},
		{
			model.Dispatch, saysHidden, "interrupt=hang",
			"p1 connect c1\nbrowser start\nbrowser dispatch c1\nbrowser kill\nquiesce\n", []string{`"actor":"worker/v1/a1","conn":1`}, false,
		},
		{model.GiveUp, saysHidden, "deadline=reject if scripts=may-hang", asked + "worker hang c1\nquiesce\n", nil, false},
		{model.ReleaseEnd, saysHidden, "worker-notice=silent", connected + "p1 leave\nquiesce\n", nil, false},
		{model.Start, saysTold, "", connected, nil, false},
		{model.FailStart, saysTold, "interrupt=reject", "p1 connect c1\nbrowser start-failed\nquiesce\n", nil, false},

		{model.FinishInstall, saysTold, "", nothing, nil, false},
		{model.FailInstall, saysTold, "", "start nothing\nservice register\nbrowser install-failed\nquiesce\n", nil, false},
		{model.Activate, saysTold, "", nothing, nil, false},
		{model.FinishActivate, saysHidden, "", nothing + connected, nil, false},
		{model.Clear, saysTold, "", "service unregister\nquiesce\n", nil, false},
		{model.SuspendWorker, saysHidden, "", connected + "browser suspend\nquiesce\n", nil, false},
		{
			model.KillHandling, saysHidden, "suspend=wake, queue=kept, delivery=global", // the next instance gets the message again
			connected + "p1 post c1\nbrowser kill-handling c1\nquiesce\n", nil, false,
		},
		{model.KillWorker, saysHidden, "", "bounds kills=1\n" + connected + "browser kill\nquiesce\n", nil, false},
		{model.Register, saysTold, "", nothing, nil, false},
		{model.FindUpdate, saysTold, "", "service update\nquiesce\n", nil, false},
		{model.CallSkipWaiting, saysTold, "", "service update\nbrowser installed\nservice skip-waiting\nquiesce\n", nil, false},
		{
			model.CallSkipWaiting, saysHidden, "update=pin", // a connection keeps the version waiting
			connected + "service update\nbrowser installed\nservice skip-waiting\nquiesce\n", []string{`"op":"skipWaiting"`}, false,
		},
		{model.UnregisterWorker, saysTold, "", "service unregister\nquiesce\n", nil, false},
		{model.UnregisterWorker, saysHidden, "", "service unregister\nquiesce\n", []string{`"op":"unregister"`}, false},
		{model.OpenClient, saysTold, "", "client open\nquiesce\n", nil, false},
		{
			model.OpenClient, saysHidden, "", // or else the new version would be activated
			"client open\nservice update\nquiesce\n", []string{`"op":"controlled"`}, false,
		},
		{model.CloseClient, saysTold, "", "client open\nclient close\nquiesce\n", nil, false},
		{
			model.CloseClient, saysHidden, "", // or else the registration would stay
			"client open\nservice unregister\nclient close\nquiesce\n", []string{`"op":"uncontrolled"`}, false,
		},
	}
	for _, kind := range model.Kinds() {
		for _, says := range saysOf(observations[kind]) {
			if !slices.ContainsFunc(rows, func(r row) bool { return r.kind == kind && r.says == says }) {
				t.Errorf("%s: nothing shows that %s", kind.Syntax(), says)
			}
		}
	}
	for _, r := range rows {
		before := observations[r.kind]
		if !slices.Contains(saysOf(before), r.says) {
			t.Errorf("%s: observations does not say that %s", r.kind.Syntax(), r.says)
			continue
		}
		text := record(t, r.script, r.design, r.lost...)
		text += `{"actor":"browser","op":"end","t":1767226500000}` + "\n" // at rest
		o := DefaultOptions
		o.late = r.late
		if !explains(t, text, r.design, o) {
			t.Errorf("%s: the design does not explain its own recording\n%s", r.kind.Syntax(), text)
		}
		switch says := &observations[r.kind]; r.says {
		case saysTold:
			says.fact = cannot // the fact of no line that tells of a step
		case saysHidden:
			says.hidden = nil
		case saysOnly:
			says.only = 0
		}
		if explains(t, text, r.design, o) {
			t.Errorf("%s: it makes no difference that %s", r.kind.Syntax(), r.says)
		}
		observations[r.kind] = before
	}
}

// explains tells whether the first design with some answers, which record takes, explains a recording.
func explains(t *testing.T, text, design string, o Options) bool {
	t.Helper()
	c, err := model.Space.Parse(design)
	if err != nil {
		t.Fatal(err)
	}
	inf, err := inferText(t, text, o)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	a := inf.Algebra
	return a.Includes(inf.Designs, a.First(a.Cube(c)))
}
