package script

import (
	"errors"
	"io"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces"
)

// connected is the beginning of a script: page 1 has connection 1.
const connected = "p1 connect c1\nquiesce\n"

// TestErrors has every error of a script, exactly. The script fails in its last line.
func TestErrors(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{"nothing", "", "the script has no steps; write one, such as p1 connect c1"},
		{"only settings", "# a comment\ndesign suspend=wake", "the script has no steps; write one, such as p1 connect c1"},
		{"more than a script can be", "# " + strings.Repeat("x", LargestScript),
			"a script has at most 1 MiB, and this file has more: give a shorter one"},
		{"a line longer than any other reader takes", connected + "# " + strings.Repeat("x", 100_000) + "\nbegin",
			`"begin" is no command; expected design, bounds, start, quiesce, expect, or a step such as p1 connect c1`},
		{"no command", "begin",
			`"begin" is no command; expected design, bounds, start, quiesce, expect, or a step such as p1 connect c1`},
		{"unknown party", "pages connect c1",
			`unknown party "pages": choose from p1, worker, browser, service, client`},
		{"unknown step", "p1 conect c1", `unknown step of p1 "conect": did you mean connect?`},
		{"step with too few words", "p1 connect", `"p1 connect" has 2 words: expected P connect C`},
		{"step with a wrong argument", "p1 connect d1", `"d1" is no connection: expected P connect C`},
		{"page out of bounds", "p3 connect c1", "p3 is out of bounds: the scenario has 2 pages; for more, begin with bounds pages=3"},
		{"target out of bounds", connected + "p1 transfer c1 p4",
			"p4 is out of bounds: the scenario has 2 pages; for more, begin with bounds pages=4"},
		{"connection out of bounds", "p1 connect c2",
			"c2 is out of bounds: the scenario has 1 connection; for more, begin with bounds connections=2"},

		{"design alone", "design", "design without designs; expected question=answer or the name of a preset"},
		{"unknown preset", "design tube", `unknown design "tube": did you mean tubes?`},
		{"unknown question", "design suspended=wake", `unknown question "suspended": did you mean suspend?`},
		{"unknown answer", "design suspend=woke", `unknown answer to suspend "woke": did you mean wake?`},
		{"contradiction at first", "design suspend=wake\ndesign suspend=sever",
			"suspend=sever excludes every design in play; expected some of: suspend=wake"},
		{"contradiction later", "design suspend=sever|keepalive\n" + connected + "browser suspend\ndesign suspend=keepalive",
			"suspend=keepalive excludes every design in play; expected some of: suspend=sever"},

		{"bounds alone", "bounds",
			`"" is no bound; expected pages, connections, versions, messages, faults or kills, each as in pages=2`},
		{"bounds without number", "bounds pages=two",
			`"pages=two" is no bound; expected pages, connections, versions, messages, faults or kills, each as in pages=2`},
		{"unknown bound", "bounds page=2", `unknown bound "page": did you mean pages?`},
		{"bounds out of range", "bounds pages=9", "9 pages is out of range: choose from 1 to 4"},
		{"late bounds", "start installed\nbounds pages=1",
			"bounds after the scenario began; put them above its first step, start or expect"},
		{"late start", "p1 connect c1\nstart installed",
			"start after the scenario began; put it above the first step or expect, or into a script of its own"},
		{"start alone", "start",
			`"" is no start; expected installed or nothing, or with a single page installed own or nothing own`},
		{"unknown start", "start installed foreign",
			`"installed foreign" is no start; expected installed or nothing, or with a single page installed own or nothing own`},
		{"own with others", "start nothing own",
			"own with 2 pages; expected bounds pages=1: with more pages, page 2 has the origin of the service anyway"},
		{"quiesce with more", "quiesce now", `quiesce with "now"; expected quiesce alone`},

		{"promise pending", "design pipeline=no\np1 connect c1\np1 post c1",
			"p1 post c1 is not enabled: the promise of c1 is pending; enabled: p1 leave, p2 leave, " +
				"browser start, browser start-failed, service update, service unregister, client open"},
		{"nobody holds it", "p1 connect c1\np1 leave\np1 post c1",
			"p1 post c1 is not enabled: nobody holds the page's end of c1; enabled: p2 leave, " +
				"service update, service unregister, client open"},
		{"another page holds it", connected + "p1 transfer c1 p2\np1 post c1",
			"p1 post c1 is not enabled: p2 holds the page's end of c1; enabled: p2 post c1, p2 listen c1, p2 close c1, " +
				"p2 lose c1, p2 transfer c1 p1, p1 leave, p2 leave, p2 freeze, worker post c1, worker close c1, browser suspend, " +
				"browser kill, service update, service unregister, client open"},
		{"bound reached", "bounds kills=0 pages=1\n" + connected + "browser kill",
			"browser kill is not enabled: the bound kills=0 is reached; enabled: p1 post c1, p1 listen c1, p1 close c1, " +
				"p1 lose c1, p1 leave, p1 freeze, worker post c1, worker close c1, browser suspend, service update, " +
				"service unregister, client open"},
		{"ruled out by a design", "bounds kills=0 pages=1\ndesign suspend=keepalive\n" + connected + "browser suspend",
			"browser suspend is not enabled: ruled out by suspend=keepalive; enabled: p1 post c1, p1 listen c1, " +
				"p1 close c1, p1 lose c1, p1 leave, p1 freeze, worker post c1, worker close c1, service update, " +
				"service unregister, client open"},
		{"why differs", "bounds faults=0 pages=1\ndesign delivery=port, worker-list=none, suspend=wake|sever, listens=sometime\n" + connected +
			"browser suspend\np1 post c1\nquiesce\nworker receive c1",
			"worker receive c1 is not enabled: " +
				"connection 1: down, page 1 holds an end that leads nowhere, a message of the page is lost " +
				"where page-notice=none|event, suspend=sever,\n  " +
				"connection 1: down where page-notice=state, suspend=sever,\n  " +
				"ruled out by worker-list=none, delivery=port where suspend=wake; enabled: " +
				"p1 listen c1, p1 close c1, p1 lose c1, p1 leave, service update, service unregister, " +
				"client open, browser suspend"},
		{"nothing registered", "bounds pages=1\nstart nothing\nbrowser start",
			"browser start is not enabled: registration: absent; enabled: p1 connect c1, p1 leave, service register"},
		{"no such connection yet", "bounds pages=1\nstart nothing\nworker accept c1",
			"worker accept c1 is not enabled: c1 is unused; enabled: p1 connect c1, p1 leave, service register"},
		{"nothing enabled", "bounds pages=1 versions=1\nstart nothing\nservice register\nbrowser install-failed\np1 leave\np1 leave",
			"p1 leave is not enabled: page 1: gone, of another origin; enabled: nothing"},

		{"expect alone", "expect", "expect without a statement; expected one such as c1 up"},
		{"unknown statement", "expect run", `unknown statement "run": choose from c1, p1, registration, installing, ` +
			`waiting, active, running, stopped, controlled, uncontrolled, enabled, disabled, event, no-event, quiescent`},
		{"page beyond bounds", "expect p3 open",
			"p3 is out of bounds: the scenario has 2 pages; for more, begin with bounds pages=3"},
		{"connection beyond bounds", "expect c2 up",
			"c2 is out of bounds: the scenario has 1 connection; for more, begin with bounds connections=2"},
		{"holder beyond bounds", "expect c1 held by p3",
			"p3 is out of bounds: the scenario has 2 pages; for more, begin with bounds pages=3"},
		{"step beyond bounds", "expect disabled p1 connect c2",
			"c2 is out of bounds: the scenario has 1 connection; for more, begin with bounds connections=2"},
		{"no step", "expect enabled", "\"\" is no step: expected who does what, such as \"p1 connect c1\""},
		{"state of a page", "expect p1 closed", `p1 "closed"; expected open or gone`},
		{"state of a connection", "expect c1 open", `c1 "open"; expected unused, requested, asking, up, to-ask-again, ` +
			`asking-again, down, pending, settled, held by, accepted by, to-worker or to-page`},
		{"number of messages", "expect c1 to-page many", `"many" is no number; expected to-page and the number of messages that wait`},
		{"no holder", "expect c1 held by worker", `"worker" after held by; expected nobody, or held by p1, accepted by 1`},
		{"no version", "expect c1 accepted by p1", `"p1" after accepted by; expected nobody, or held by p1, accepted by 1`},
		{"state of the registration", "expect registration gone", `registration "gone"; expected absent, live, unregistered or running-out`},
		{"slot without version", "expect waiting",
			`waiting ""; expected a version such as 1, or none; after active 1 also activating or activated`},
		{"slot with a word", "expect active one",
			`active "one"; expected a version such as 1, or none; after active 1 also activating or activated`},
		{"slot with a state", "expect waiting 1 activated",
			`waiting "1 activated"; expected a version such as 1, or none; after active 1 also activating or activated`},
		{"event without text", "expect event", "event without text; expected a part of an event such as stopped v1 killed, or of its description"},
		{"more than a statement", "expect running now", `running with "now"; expected nothing after it but where`},
		{"where with an unknown answer", "expect running where suspend=woke",
			`unknown answer to suspend "woke": did you mean wake?`},
		{"where nothing is in play", "design suspend=sever\nexpect running where suspend=wake",
			"no design in play has suspend=wake; expected some of: suspend=sever"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			checkFails(t, tt.script, tt.want)
		})
	}
}

// checkFails checks that script fails in its last line, and says want.
func checkFails(t *testing.T, script, want string) {
	t.Helper()
	err := Play(strings.NewReader(script), "a.txt", io.Discard, model.Space.Full())
	var failed *traces.FileError
	if !errors.As(err, &failed) {
		t.Fatalf("error %v, want a FileError: %s", err, want)
	}
	if line := strings.Count(script, "\n") + 1; failed.File != "a.txt" || failed.Line != line || failed.Err.Error() != want {
		t.Errorf("%s:%d: %s\nwant line %d: %s", failed.File, failed.Line, failed.Err.Error(), line, want)
	}
}

// TestStatements has each statement of expect in a world where it is true, and what it says where it is false.
func TestStatements(t *testing.T) {
	const (
		requested = "bounds messages=2\ndesign pipeline=no\nclient open\nservice update\np1 connect c1\n"
		suspended = connected + "browser suspend\n"
	)
	tests := []struct{ script, holds, fails, instead string }{
		{requested, "c1 requested", "c1 up", "c1 is requested"},
		{requested, "c1 pending", "c1 settled", "the promise of c1 is pending"},
		{connected, "c1 settled", "c1 pending", "the promise of c1 is not pending"},
		{connected, "c1 held by p1", "c1 held by p2", "p1 holds the page's end of c1"},
		{requested, "c1 held by nobody", "c1 held by p1", "nobody holds the page's end of c1"},
		{connected, "c1 accepted by 1", "c1 accepted by nobody", "version 1 accepted c1"},
		{requested, "c1 accepted by nobody", "c1 accepted by 1", "no version holds the worker's end of c1"},
		{connected + "p1 post c1\n", "c1 to-worker 1", "c1 to-worker 0", "c1 has to-worker 1"},
		{connected + "worker post c1\n", "c1 to-page 1", "c1 to-page 2", "c1 has to-page 1"},
		{connected, "p1 open", "p1 gone", "p1 is open"},
		{connected + "p1 leave\n", "p1 gone", "p1 open", "p1 is gone"},
		{connected, "registration live", "registration absent", "the registration is live"},
		{"client open\nservice unregister\n", "registration unregistered", "registration live", "the registration is unregistered"},
		{"design unregister=run-out\n" + connected + "service unregister\nbrowser clear\n", "registration running-out", "registration absent",
			"the registration is running-out"},
		{requested, "installing 2", "installing none", "installing is 2"},
		{requested, "waiting none", "waiting 2", "waiting is none"},
		{requested, "active 1", "active 2", "active is 1 activated"},
		{requested, "active 1 activated", "active 1 activating", "active is 1 activated"},
		{"service update\nbrowser installed\nbrowser activate\n", "active 2 activating", "active 2 activated", "active is 2 activating"},
		{connected, "running", "stopped", "the worker is running"},
		{requested, "stopped", "running", "the worker is stopped"},
		{requested, "controlled", "uncontrolled", "a client is controlled"},
		{connected, "uncontrolled", "controlled", "no client is controlled"},
		{connected, "enabled p1 post c1", "disabled p1 post c1", "p1 post c1 is enabled"},
		{requested, "disabled p1 post c1", "enabled p1 post c1", "p1 post c1 is not enabled"},
		{connected, "event version 1 gets a", "no-event version 1 gets a", `there is an event with "version 1 gets a"`},
		{connected, "event dispatched v1 c1", "no-event dispatched v1", `there is an event with "dispatched v1"`},
		{connected, "no-event rejected", "event rejected", `there is no event with "rejected"`},
		{connected, "quiescent", "c1 down", "c1 is up"},
		{requested, "c1 requested", "quiescent", "browser start is owed"},

		// Under some designs only.
		{suspended, "c1 down where suspend=sever", "c1 down",
			"c1 is up where suspend=wake,\n  c1 is to-ask-again where suspend=reaccept"},
		{suspended, "c1 up where suspend=wake", "c1 up where page-notice=state",
			"c1 is down where page-notice=state, suspend=sever,\n  c1 is to-ask-again where page-notice=state, suspend=reaccept"},
		{suspended, "event is down where page-notice=event, suspend=sever", "event is down",
			`there is no event with "is down" where page-notice=none or suspend=wake|reaccept`},
		{suspended, "quiescent where suspend=wake", "quiescent",
			"p1 learn c1 is owed where page-notice=event|state, suspend=sever"},
		{connected, "enabled p1 close c1 where close=close", "enabled p1 close c1", "p1 close c1 is not enabled where close=none"},
		{suspended, "c1 down where suspend=sever", "c1 asking",
			"c1 is down where suspend=sever,\n  c1 is up where suspend=wake,\n  c1 is to-ask-again where suspend=reaccept"},
	}
	for _, tt := range tests {
		t.Run(tt.fails, func(t *testing.T) {
			script := tt.script + "expect " + tt.holds
			if err := Play(strings.NewReader(script), "a.txt", io.Discard, model.Space.Full()); err != nil {
				t.Error(err)
			}
			checkFails(t, tt.script+"expect "+tt.fails, tt.instead+"; expected "+tt.fails)
		})
	}
}

func TestErrorHasFileAndLine(t *testing.T) {
	err := Play(strings.NewReader("# a comment\n\n  expect c1 up"), "dir/a.txt", io.Discard, model.Space.Full())
	if want := "dir/a.txt:3: c1 is unused; expected c1 up"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestPlayWithin(t *testing.T) {
	within := model.Where(model.Suspend, model.Wake)
	script := connected + "browser suspend\nexpect c1 up\nexpect c1 up where suspend=sever"
	err := Play(strings.NewReader(script), "a.txt", io.Discard, within)
	if want := "a.txt:5: no design in play has suspend=sever; expected some of: suspend=wake"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	err = Play(strings.NewReader(script), "a.txt", io.Discard, family.Cube{})
	if want := "no design to play under: the designs given exclude each other"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestTranscriptStandsOnError: what was played before an error is told.
func TestTranscriptStandsOnError(t *testing.T) {
	var out strings.Builder
	if err := Play(strings.NewReader("p1 connect c1\nexpect c1 up"), "a.txt", &out, model.Space.Full()); err == nil {
		t.Error("no error")
	}
	if want := "\n> p1 connect c1\n  page 1 calls connect(): connection 1\n"; !strings.Contains(out.String(), want) {
		t.Errorf("the transcript is\n%s\nand lacks\n%s", &out, want)
	}
}

// TestEndlessQuiesce: the model has no cycle of internal steps, so the guard is tried with a limit that is too low.
func TestEndlessQuiesce(t *testing.T) {
	p := newPlayer(io.Discard, model.Space.Full())
	p.rounds = 2
	err := p.play(strings.NewReader("bounds pages=1 faults=0\ndesign pipeline=no\np1 connect c1\nquiesce"), "a.txt")
	want := "a.txt:4: quiesce does not end within 2 rounds; report it as a bug of the model; enabled: p1 leave, " +
		"worker accept c1, worker reject c1, worker ignore c1, service update, service unregister, client open"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

var errBroken = errors.New("broken")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }
func (broken) Read([]byte) (int, error)  { return 0, errBroken }

func TestBrokenStreams(t *testing.T) {
	err := Play(strings.NewReader("start installed"), "a.txt", broken{}, model.Space.Full())
	if !errors.Is(err, errBroken) || err.Error() != "a.txt: the transcript cannot be written: broken" {
		t.Errorf("got %v", err)
	}
	err = Play(broken{}, "a.txt", io.Discard, model.Space.Full())
	if !errors.Is(err, errBroken) || err.Error() != "a.txt: the script cannot be read: broken" {
		t.Errorf("got %v", err)
	}
}
