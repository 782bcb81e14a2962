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
	const connected, nothing = "p1 connect c1\nquiesce\n", "start nothing\nservice register\nquiesce\n"
	type row struct {
		kind           model.Kind
		says           string
		design, script string
		lost           []string // parts of lines that are not recorded
	}
	rows := []row{
		{model.PageConnects, saysTold, "", connected, nil},
		{model.PagePosts, saysTold, "", connected + "p1 post c1\nquiesce\n", nil},
		{model.PagePosts, saysHidden, "", connected + "p1 post c1\nquiesce\np1 leave\nquiesce\n", []string{`"op":"post"`}},
		{model.PageReceives, saysTold, "", connected + "worker post c1\nquiesce\n", nil},
		{model.PageLearns, saysTold, "page-notice=event, suspend=sever", connected + "browser suspend\nquiesce\n", nil},
		{model.PageCloses, saysTold, "close=close", connected + "p1 close c1\nquiesce\n", nil},
		{model.PageLeaves, saysTold, "", connected + "p1 leave\nquiesce\n", nil},

		{model.WorkerAccepts, saysTold, "", connected, nil},
		{model.WorkerRejects, saysTold, "", "p1 connect c1\nbrowser start\nbrowser dispatch c1\nworker reject c1\nquiesce\n", nil},
		{model.WorkerIgnores, saysTold, "", "p1 connect c1\nbrowser start\nbrowser dispatch c1\nworker ignore c1\nquiesce\n", nil},
		{model.WorkerIgnores, saysHidden, "", "p1 connect c1\nbrowser start\nbrowser dispatch c1\nworker ignore c1\nquiesce\n", []string{`"op":"ignore"`}},
		{model.WorkerPosts, saysTold, "", connected + "worker post c1\nquiesce\n", nil},
		{model.WorkerPosts, saysHidden, "", connected + "worker post c1\nquiesce\nbrowser suspend\nquiesce\n", []string{`"op":"post"`}},
		{model.WorkerReceives, saysTold, "", connected + "p1 post c1\nquiesce\n", nil},
		{
			model.WorkerReceives, saysHidden, "suspend=wake, delivery=global", // or else the message would start the worker again
			connected + "p1 post c1\nworker receive c1\nbrowser suspend\nquiesce\n", []string{`"op":"receive"`},
		},
		{model.WorkerLearns, saysTold, "worker-notice=event", connected + "p1 leave\nquiesce\n", nil},
		{
			model.WorkerLearns, saysHidden, "worker-notice=event, suspend=wake", // or else the notice would start the worker again
			connected + "p1 leave\nworker learn c1\nbrowser suspend\nquiesce\n", []string{`"op":"closed"`},
		},
		{model.WorkerCloses, saysTold, "close=close", connected + "worker close c1\nquiesce\n", nil},

		{model.Dispatch, saysTold, "", connected, nil},
		{model.Dispatch, saysOnly, "not-ready=reject", "start nothing\nservice register\np1 connect c1\nbrowser dispatch c1\nquiesce\n", nil},
		{model.Start, saysTold, "", connected, nil},

		{model.FinishInstall, saysTold, "", nothing, nil},
		{model.FailInstall, saysTold, "", "start nothing\nservice register\nbrowser install-failed\nquiesce\n", nil},
		{model.Activate, saysTold, "", nothing, nil},
		{model.FinishActivate, saysHidden, "", nothing + connected, nil},
		{model.Clear, saysTold, "", "service unregister\nquiesce\n", nil},
		{model.SuspendWorker, saysHidden, "", connected + "browser suspend\nquiesce\n", nil},
		{model.KillWorker, saysHidden, "", "bounds kills=1\n" + connected + "browser kill\nquiesce\n", nil},
		{model.Register, saysTold, "", nothing, nil},
		{model.FindUpdate, saysTold, "", "service update\nquiesce\n", nil},
		{model.CallSkipWaiting, saysTold, "", "service update\nbrowser installed\nservice skip-waiting\nquiesce\n", nil},
		{
			model.CallSkipWaiting, saysHidden, "update=pin", // a connection keeps the version waiting
			connected + "service update\nbrowser installed\nservice skip-waiting\nquiesce\n", []string{`"op":"skipWaiting"`},
		},
		{model.UnregisterWorker, saysTold, "", "service unregister\nquiesce\n", nil},
		{model.UnregisterWorker, saysHidden, "", "service unregister\nquiesce\n", []string{`"op":"unregister"`}},
		{model.OpenClient, saysTold, "", "client open\nquiesce\n", nil},
		{
			model.OpenClient, saysHidden, "", // or else the new version would be activated
			"client open\nservice update\nquiesce\n", []string{`"op":"controlled"`},
		},
		{model.CloseClient, saysTold, "", "client open\nclient close\nquiesce\n", nil},
		{
			model.CloseClient, saysHidden, "", // or else the registration would stay
			"client open\nservice unregister\nclient close\nquiesce\n", []string{`"op":"uncontrolled"`},
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
		if !explains(t, text, r.design) {
			t.Errorf("%s: the design does not explain its own recording\n%s", r.kind.Syntax(), text)
		}
		switch o := &observations[r.kind]; r.says {
		case saysTold:
			o.fact = cannot // the fact of no line that tells of a step
		case saysHidden:
			o.hidden = nil
		case saysOnly:
			o.only = 0
		}
		if explains(t, text, r.design) {
			t.Errorf("%s: it makes no difference that %s", r.kind.Syntax(), r.says)
		}
		observations[r.kind] = before
	}
}

// explains tells whether the first design with some answers, which record takes, explains a recording.
func explains(t *testing.T, text, design string) bool {
	t.Helper()
	c, err := model.Space.Parse(design)
	if err != nil {
		t.Fatal(err)
	}
	inf, err := inferText(t, text, DefaultOptions)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	a := inf.Algebra
	return a.Includes(inf.Designs, a.First(a.Cube(c)))
}
