package wpt

import (
	"slices"
	"strings"

	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
)

// This file makes tests of the parts that are not about the life of connections.

// playMatching returns the test of a trace in which services are registered and a page connects to a url.
func playMatching(t *traces.Trace, design family.Cube) (*test, error) {
	whole := *t
	whole.Design = design // what is registered and used depends on nobody's choice
	_, walk, err := whole.Walk()
	if err != nil {
		return nil, err
	}
	p := &test{lists: map[string][]string{"p1": {}}}
	found := ""
	for _, told := range walk.Told {
		who, what, _ := strings.Cut(told.Step, " ")
		switch who {
		case "register":
			p.add(told.Step, "state: "+what+" activated")
		case "connect":
			if found = after(told.Events, "found "); found == "none" {
				p.add("p1 connect c1 "+what, "p1: rejected c1 AbortError")
				continue
			}
			p.add("p1 connect c1 "+what, found+": connect c1")
			p.add("worker accept c1", "p1: resolved c1")
			p.lists["p1"] = []string{"c1"}
		case "use":
			if found != "none" {
				p.add("p1 post c1", after(told.Events, "reached ")+": receive c1 m1", "p1: handled c1 m1")
			}
		}
	}
	p.add("end")
	return p, nil
}

func (p *test) add(do string, sees ...string) { p.steps = append(p.steps, step{do, sees}) }

// after returns the rest of the event that begins in a certain way.
func after(events []string, begin string) string {
	i := slices.IndexFunc(events, func(e string) bool { return strings.HasPrefix(e, begin) })
	if i < 0 {
		return "none"
	}
	return strings.TrimPrefix(events[i], begin)
}

// playPresence returns the test of a trace in which a page connects where a service is and where nothing is. It connects to
// both, and has to learn the same.
func playPresence(t *traces.Trace, design family.Cube) (*test, error) {
	there := *t
	there.Part, there.Steps = props.Lifecycle, nil
	there.Bounds.Pages, there.Bounds.Connections, there.Bounds.Versions = 1, 1, 1
	for _, s := range t.Steps {
		if name, ok := strings.CutPrefix(s.Name, "service: "); ok {
			there.Steps = append(there.Steps, traces.Step{Name: name})
		}
	}
	p, err := playLifecycle(&there, design)
	if err != nil {
		return nil, err
	}
	p.steps = slices.Insert(p.steps, len(p.steps)-1, step{"p1 connect c2 elsewhere", []string{"p1: rejected c2 AbortError"}})
	return p, nil
}

// byParty returns what each party sees, in its order. States of versions are seen in any order.
func byParty(sees []string) map[string][]string {
	all := map[string][]string{}
	for _, text := range sees {
		party, what, _ := strings.Cut(text, ": ")
		all[party] = append(all[party], what)
	}
	slices.Sort(all["state"])
	if all["state"] == nil {
		delete(all, "state")
	}
	return all
}
