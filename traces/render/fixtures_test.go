package render

import (
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
)

// fixture is a trace that is written by hand, for what the shortest counterexamples do not have.
type fixture struct {
	name, why     string
	part          props.Part
	bounds        model.Bounds
	start, design string
	steps         string
	broken        string   // a property, or empty for a trace that keeps some
	kept          []string // nil for all
}

// everything answers each question.
const everything = "match=scope, bind=pinned, errors=uniform-timed, page-notice=state, handle=connection, request=param, " +
	"page-list=list, suspend=wake, interrupt=retry, not-ready=wait, update=reaccept, unregister=sever, client=origin, " +
	"worker-list=list, delivery=global, close=close, worker-notice=event, same-origin=ask, no-answer=reject, pipeline=no, " +
	"collect=keep, frozen=keep, interrupt-again=retry, deadline=reject, queue=kept, acknowledge=each, partition=by-site, " +
	"scripts=may-hang, listens=at-once, lists=at-once"

// noFaults are bounds in which nothing goes wrong.
var noFaults = model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 1}

var fixtures = []fixture{
	{
		name: "lost", why: "A message that waits in the queue is lost when the worker is suspended.",
		part: props.Lifecycle, bounds: model.DefaultBounds, start: "installed",
		design: "page-notice=none, suspend=sever, delivery=port, interrupt=hang",
		steps: `
			p1 connect c1
			browser start
			browser dispatch c1
			worker accept c1
			worker post c1
			p1 receive c1
			p1 post c1
			browser suspend`,
		broken: "accounts-loss",
	},
	{
		name: "update", why: "A connection goes through an update: the new version is asked, and accepts.",
		part: props.Lifecycle, bounds: model.DefaultBounds, start: "installed", design: everything,
		steps: `
			p1 connect c1
			browser start
			browser dispatch c1
			worker accept c1
			p1 post c1
			service update
			browser installed
			browser activate
			browser activated
			browser dispatch c1
			worker accept c1
			worker receive c1`,
		kept: []string{"fresh-acceptance", "survives-update", "delivers"},
	},
	{
		name: "good", why: "A connection is made, its worker sleeps, and a message wakes it.",
		part: props.Lifecycle, bounds: model.DefaultBounds, start: "installed", design: everything,
		steps: `
			p1 connect c1
			browser start
			browser dispatch c1
			worker accept c1
			browser suspend
			p1 post c1
			browser start
			worker receive c1
			p1 leave
			worker learn c1`,
		kept: []string{"survives-suspend", "delivers", "frees-worker", "worker-reach"},
	},
	{
		name: "crowd", why: "Four pages, four connections and three versions, with messages of many.",
		part: props.Lifecycle, bounds: model.Bounds{Pages: 4, Connections: 4, Versions: 4, Messages: 3, Faults: 1, Kills: 1}, start: "installed",
		design: "page-notice=event, handle=port, suspend=sever, update=transfer, worker-list=list, delivery=global, " +
			"worker-notice=none, same-origin=implicit, close=close, interrupt=reject, no-answer=accept, queue=kept, listens=sometime",
		steps: `
			p1 connect c1
			p2 connect c2
			p3 connect c3
			p4 connect c4
			browser start
			browser dispatch c1
			worker accept c1
			browser dispatch c2
			browser dispatch c3
			worker reject c3
			browser dispatch c4
			worker ignore c4
			p1 post c1
			p1 post c1
			p2 post c2
			worker receive c1
			p2 transfer c2 p3
			p3 post c2
			service update
			browser installed
			browser activate
			browser activated
			worker receive c1
			worker receive c2
			service update
			browser installed
			service skip-waiting
			browser activate
			browser activated
			worker receive c2
			worker post c1
			p4 leave
			p1 listen c1
			worker close c1
			p1 receive c1
			p1 learn c1`,
		broken: "frees-worker",
	},
	{
		name: "notice-lost", why: "The notice that the worker was killed comes to a page that does not listen: the loss is its own fault.",
		part: props.Lifecycle, bounds: model.DefaultBounds, start: "nothing",
		design: "page-notice=event, suspend=sever, close=none, interrupt=reject, not-ready=wait, listens=sometime",
		steps: `
			service register
			p1 connect c1
			browser installed
			browser activate
			browser activated
			browser dispatch c1
			worker accept c1
			p1 post c1
			browser kill
			p1 learn c1`,
		kept: []string{"accounts-loss", "tells-page"},
	},
	{
		name: "killed-while-asked", why: "The worker is killed while it is asked, and the event is dispatched again.",
		part: props.Lifecycle, bounds: model.DefaultBounds, start: "installed", design: everything,
		steps: `
			p1 connect c1
			browser start
			browser dispatch c1
			browser kill
			browser start
			browser dispatch c1
			worker reject c1`,
		kept: []string{"settles"},
	},
	{
		name: "captured", why: "A later registration captures a connection.",
		part: props.Matching, start: "nothing", design: "match=scope, bind=rematch",
		steps: `
			register svc.example/
			register svc.example/doc/
			connect svc.example/app/page
			register svc.example/app/
			use the connection`,
		broken: "match-pinned",
	},
	{
		name: "agreed", why: "The longest scope is what a document at the url gets, too.",
		part: props.Matching, start: "nothing", design: "match=scope, bind=pinned",
		steps: `
			register svc.example/
			register svc.example/app/
			connect svc.example/app/page
			use the connection`,
	},
	{
		name: "told-by-time", why: "One error name is not enough: the page sees when the refusal comes.",
		part: props.Presence, start: "installed", design: "errors=uniform",
		steps: `
			service: p1 connect c1
			nothing: p1 connect c1
			nothing: browser dispatch c1
			service: browser start
			service: browser dispatch c1
			service: worker reject c1`,
		broken: "presence-hidden-timed",
	},
	{
		name: "hidden", why: "One error name after one delay: the page sees nothing.",
		part: props.Presence, start: "installed", design: "errors=uniform-timed",
		steps: `
			service: p1 connect c1
			service: browser start
			service: browser dispatch c1
			service: worker reject c1
			nothing: p1 connect c1
			nothing: browser dispatch c1`,
	},
	{
		name: "let-in-unchecked", why: "Without a request parameter the worker has to accept before it can check.",
		part: props.Lifecycle, bounds: noFaults, start: "installed", design: "client=url, request=none",
		steps: `
			p1 connect c1
			browser start
			browser dispatch c1
			worker accept c1`,
		broken: "refuses-first",
	},
	{
		name: "checked", why: "The worker knows what it has to know, and no more.",
		part: props.Lifecycle, bounds: noFaults, start: "installed", design: "client=origin, request=param",
		steps: `
			p1 connect c1
			browser start
			browser dispatch c1
			worker accept c1`,
		kept: []string{"refuses-first", "page-private"},
	},
}

func (f *fixture) trace(t *testing.T) *traces.Trace {
	t.Helper()
	p := path(t, f.part, f.bounds, f.start, f.design, f.steps)
	const repeat = "cosw show FILE"
	var trace *traces.Trace
	var err error
	if f.broken == "" {
		trace, err = traces.NewKept(p, f.kept, f.why, repeat)
	} else {
		stage, _ := props.NewStage(f.part, f.bounds)
		walk, walkErr := stage.Walk(p.Trace, p.Design)
		if walkErr != nil {
			t.Fatal(walkErr)
		}
		trace, err = traces.NewBroken(p, f.broken, broken(t, stage, f, p, walk), f.why, repeat)
	}
	if err != nil {
		t.Fatalf("%s: %v", f.name, err)
	}
	if found, err := trace.Replay(); err != nil || found != nil {
		t.Fatalf("%s: not what the model says: %v, %v", f.name, found, err)
	}
	return trace
}

// broken returns the term of the designs that break the fixture's property at its end which has its design.
func broken(t *testing.T, stage *props.Stage, f *fixture, p props.Path, walk *props.Walk) family.Cube {
	t.Helper()
	a := family.NewAlgebra(model.Space)
	for i, set := range stage.Breaks(a, p.Trace, a.Cube(model.Space.Full())) {
		if stage.Properties[i].ID != f.broken {
			continue
		}
		for _, term := range a.Cover(set).Terms {
			if term.Includes(p.Design) {
				return term
			}
		}
	}
	t.Fatalf("%s does not break %s; it goes %v", f.name, f.broken, walk.Told)
	return family.Cube{}
}
