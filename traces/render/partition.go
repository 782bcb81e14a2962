package render

import (
	"slices"
	"strings"

	"cosw/props"
)

// stagePartition puts a trace of the partition model on the stage: a page of each site, the browser with its map of
// registrations, and the service.
func (b *builder) stagePartition() {
	b.Given = "Let a page of each site be open, and let nothing be registered yet."
	there := always(len(b.Worlds))
	var sites []string
	for i := range b.Steps {
		if site := siteOf(&b.Steps[i]); site != "" && !slices.Contains(sites, site) {
			sites = append(sites, site)
		}
	}
	slices.Sort(sites)
	for _, site := range sites {
		id, _, _ := strings.Cut(site, ".")
		b.party(Party{"page" + id, PageParty, "the page", "of " + site, there})
	}
	browser := b.party(Party{"browser", BrowserParty, "the browser", "", there})
	service := b.party(Party{"service", WorkerParty, "the service", "", there})
	for i := range b.Steps {
		s := &b.Steps[i]
		before, after := worldAt[props.PartitionWorld](b, i), worldAt[props.PartitionWorld](b, i+1)
		s.Text, s.Comes = "the user visits the service", s.Events
		show := func(kind ArrowKind, from, to int, text string) {
			s.Arrows = append(s.Arrows, Arrow{kind, from, to, text, Arrives, s.Number})
		}
		page := slices.Index(sites, siteOf(s))
		if s.Actor = browser; page >= 0 {
			s.Actor, s.Text = page, "the page of "+sites[page]+" calls connect()"
		}
		switch {
		case before.Registered != after.Registered && page < 0:
			show(Control, browser, service, "registers it")
		case before.Registered != after.Registered:
			s.Text = "the page of " + sites[page] + " embeds the service, which registers its worker"
			show(Control, page, service, "embeds it: it is registered")
		case before.Sites == after.Sites:
		case strings.HasPrefix(s.Name, "post"):
			s.Text = "the page of " + sites[page] + " posts the user's credentials"
			show(Message, page, service, "credentials")
		default:
			show(Request, page, browser, strings.TrimSuffix(s.Name, " from "+sites[page]))
			if !strings.HasSuffix(s.Events[len(s.Events)-1], "no registration for it") {
				show(Reply, browser, service, "finds it")
			}
		}
		for _, event := range s.Events {
			if page >= 0 && strings.Contains(event, "reaches") {
				s.Notes = append(s.Notes, Note{Turning, page, strings.TrimPrefix(event, "the page ")})
			}
			if strings.Contains(event, "both sites") {
				s.Notes = append(s.Notes, Note{Turning, service, event})
			}
		}
	}
}

// siteOf returns the site that a step is about; empty for a visit to the service itself.
func siteOf(s *Step) string {
	if name := s.Name[strings.LastIndex(s.Name, " ")+1:]; strings.Contains(name, ".") {
		return name
	}
	return ""
}
