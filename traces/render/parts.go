package render

import (
	"strings"

	"cosw/model"
	"cosw/props"
)

// stage shows the page, the browser with its map of registrations, and each service that is registered.
func (matchingStager) stage(s *Scene) {
	page := s.add(Party{"page", PageParty, pageText, anotherOriginText})
	browser := s.add(Party{"browser", BrowserParty, browserText, ""})
	services := map[uint8]int{}
	last := worldAt[props.MatchingWorld](s, len(s.Steps))
	for _, n := range last.Registered {
		if n != 0 {
			services[n] = s.add(serviceParty(last, n))
		}
	}
	for i := range s.Steps {
		step, before, after := &s.Steps[i], worldAt[props.MatchingWorld](s, i), worldAt[props.MatchingWorld](s, i+1)
		step.Text = step.Name
		show := func(a Arrow) {
			a.Fate, a.Sent = max(a.Fate, Arrives), step.Number
			step.Arrows = append(step.Arrows, a)
		}
		switch {
		case before.Registered != after.Registered:
			n := newest(before, after)
			step.Actor, step.Text = browser, registersText(after, n)
			show(Arrow{Kind: Control, From: browser, To: services[n], Text: registeredText})
			s.note(i, Turning, services[n], scriptText(n))
		case before.Target == 0 && after.Target != 0:
			step.Actor, step.Text = page, connectsToText(after)
			show(Arrow{Kind: Request, From: page, To: browser, Text: connectURLText(after)})
			if after.Chosen != 0 {
				show(Arrow{Kind: Reply, From: browser, To: services[after.Chosen], Text: matchesText})
			}
			for _, text := range matchingNotes(after) {
				s.note(i, Turning, browser, text)
			}
		default:
			step.Actor, step.Text = page, usesText
			if after.Used == 0 {
				show(Arrow{Kind: Message, From: page, To: services[after.Chosen], Text: usedText, Fate: Vanishes})
			} else {
				show(Arrow{Kind: Message, From: page, To: services[after.Used], Text: usedText})
			}
			if after.Used != after.Chosen {
				s.note(i, Belief, page, capturedText(after))
			}
		}
	}
}

// newest returns the service that was registered last.
func newest(before, after *props.MatchingWorld) uint8 {
	for i, n := range after.Registered {
		if before.Registered[i] != n {
			return n
		}
	}
	return 0
}

// pageParty returns the party that is page p.
func pageParty(p int, origin model.Origin, side int) Party {
	return Party{sideID(pageID(p), side), PageParty, model.PageName(uint8(p)), sideAbout(side, ofText(origin))}
}

func browserParty(side int) Party {
	return Party{sideID("browser", side), BrowserParty, browserText, sideAbout(side, "")}
}

func versionParty(v int) Party {
	return Party{versionID(v), WorkerParty, model.VersionName(model.Version(v)), serviceWorkerText}
}

func serviceParty(w *props.MatchingWorld, n uint8) Party {
	name := serviceName(w, n)
	return Party{strings.ReplaceAll(name, " ", ""), WorkerParty, name, scopeText(n)}
}
