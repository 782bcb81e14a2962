package lab

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"cosw/traces/infer"
	"cosw/traces/lab/browser"
)

//go:embed scenarios/*.txt
var scenarioFiles embed.FS

// Scenario is what is done with a browser: a script in the words of cosw play, with some of its own. Each step of a page or a
// worker is done by it; those of the browser that it takes by itself are left to it.
type Scenario struct {
	Name  string
	About string // what is done, a sentence
	Plan  bool   // it is an experiment of package infer

	steps []step
}

// step is a command of a script: who does what.
type step struct {
	who  string // "page", "worker", "browser" or "service"; "" for what concerns all
	page int
	verb string
	conn int
	rest []int // further numbers
	text string
}

// Scenarios returns the experiments of package infer and those of the lab alone, by name.
func Scenarios() []Scenario {
	var all []Scenario
	for _, s := range infer.Scenarios() {
		all = append(all, mustParse(Scenario{Name: s.Name, About: s.About, Plan: true}, s.Script))
	}
	files, err := fs.Glob(scenarioFiles, "scenarios/*.txt")
	if err != nil {
		panic("lab: the scenarios are broken: " + err.Error())
	}
	for _, file := range files {
		text, err := fs.ReadFile(scenarioFiles, file)
		if err != nil {
			panic("lab: the scenarios are broken: " + err.Error())
		}
		about, script, _ := strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
		all = append(all, mustParse(Scenario{Name: strings.TrimSuffix(path.Base(file), ".txt"), About: about}, script))
	}
	slices.SortFunc(all, func(a, b Scenario) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

func mustParse(s Scenario, script string) Scenario {
	for text := range strings.Lines(script) {
		text = strings.TrimSpace(text)
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		st, err := parse(text)
		if err != nil {
			panic(fmt.Sprintf("lab: scenario %s: %v", s.Name, err))
		}
		s.steps = append(s.steps, st)
	}
	return s
}

// Script returns the steps, one a line.
func (s *Scenario) Script() string {
	var all strings.Builder
	for i := range s.steps {
		fmt.Fprintln(&all, s.steps[i].text)
	}
	return all.String()
}

// parse reads a command, such as "p1 connect c1" or "quiesce".
func parse(text string) (step, error) {
	words := strings.Fields(text)
	st := step{text: text}
	if len(words) > 1 {
		st.who, words = words[0], words[1:]
		if n, ok := numbered(st.who, "p"); ok {
			st.who, st.page = "page", n
		}
	}
	st.verb = words[0]
	for _, word := range words[1:] {
		if n, ok := numbered(word, "c"); ok {
			st.conn = n
		} else if n, err := strconv.Atoi(word); err == nil {
			st.rest = append(st.rest, n)
		}
	}
	if _, ok := deeds[st.key()]; !ok && !st.passes() {
		return st, fmt.Errorf("the lab does not know %q", text)
	}
	return st, nil
}

func numbered(word, letter string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(word, letter))
	return n, err == nil && strings.HasPrefix(word, letter)
}

// key names what is done, whoever and whatever it is done to.
func (st *step) key() string { return strings.TrimSpace(st.who + " " + st.verb) }

// passes tells whether the browser takes the step by itself, or there is nothing to do for it.
func (st *step) passes() bool {
	switch st.key() {
	case "browser start", "browser dispatch", "browser installed", "browser activate", "browser activated",
		"bounds connections=2", "service skip-waiting", "worker reject", "worker hang":
		return true
	}
	return unable[st.key()] != ""
}

// unable says why no browser of today can be made to take a step.
var unable = map[string]string{
	"worker ignore":    ignores,
	"service register": whetherWaits,
	"start nothing":    whetherWaits,
}

const (
	ignores      = "what becomes of an event that nobody answers is decided by the script of the bridge, as browsers have no connect events"
	whetherWaits = "whether a request waits for a worker is decided by the script of the bridge, as browsers have no connect events"
)

// actions are the steps that take more of a browser than to show a page.
var actions = map[string]browser.Action{
	"page leave": browser.Close, "page crash": browser.Crash, "browser stop": browser.Stop,
	"browser kill": browser.Kill, "browser kill-handling": browser.Kill,
}

// Cannot says why an engine cannot be made to do a scenario, or nothing if it can.
func (s *Scenario) Cannot(e *browser.Engine, o Options) string {
	for i := range s.steps {
		key := s.steps[i].key()
		if why := unable[key]; why != "" && !(o.Connect && why == ignores) {
			return why
		}
		if why := e.Cannot[actions[key]]; why != "" {
			return why
		}
	}
	if s.hangs() && e.HangPatience == 0 && !o.Connect {
		return "it lets a handler hang for longer than a run may take"
	}
	if s.isLeftIdle() && e.Intrudes && s.needsDriver() {
		return "with a driver attached, it stops no worker that is idle"
	}
	return ""
}

// isLeftIdle tells whether the worker is left idle for as long as the browser lets one live.
func (s *Scenario) isLeftIdle() bool {
	return s.has(func(st *step) bool { return st.key() == "browser suspend" || st.key() == "browser idle" })
}

// hangs tells whether a handler hangs until the browser ends the worker.
func (s *Scenario) hangs() bool {
	return s.has(func(st *step) bool { return st.key() == "worker hang" })
}

// needsDriver tells whether a script does something to the browser that no page can do.
func (s *Scenario) needsDriver() bool {
	return s.has(func(st *step) bool { return actions[st.key()] != "" || st.page > 1 })
}

func (s *Scenario) has(what func(*step) bool) bool {
	for i := range s.steps {
		if what(&s.steps[i]) {
			return true
		}
	}
	return false
}

// isComplete tells whether all that the parties do gets recorded: nobody is ended while something is going on, and nothing is
// done that recordings have no word for.
func (s *Scenario) isComplete() bool {
	for i := range s.steps {
		st := &s.steps[i]
		before := "quiesce"
		if i > 0 {
			before = s.steps[i-1].verb
		}
		switch {
		case actions[st.key()] != "" && before != "quiesce", st.key() == "service skip-waiting":
			return false
		}
	}
	return true
}

// answer returns what the worker does about the request of step i: what the script says next.
func (s *Scenario) answer(i int) string {
	dispatched := false
	for _, st := range s.steps[i+1:] {
		switch {
		case st.key() == "browser dispatch" && st.conn == s.steps[i].conn:
			dispatched = true
		case st.who == "worker" && dispatched && (st.verb == "reject" || st.verb == "hang" || st.verb == "ignore"):
			return st.verb
		case st.key() == "browser kill" && dispatched:
			return "wait"
		case st.key() != "browser start":
			return "accept"
		}
	}
	return "accept"
}

// follows tells whether a step comes right after step i.
func (s *Scenario) follows(i int, key string) bool {
	return i+1 < len(s.steps) && s.steps[i+1].key() == key
}

// skips tells whether the version that is deployed in step i calls skipWaiting() while it is installed.
func (s *Scenario) skips(i int) bool {
	for _, st := range s.steps[i+1:] {
		switch st.key() {
		case "service skip-waiting":
			return true
		case "quiesce":
			return false
		}
	}
	return false
}
