package props

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// The partition model: a visitor visits the service itself, and pages of two other sites that connect to it. Each
// registration has a storage of its own, so that what reaches one registration can be told to be of one visitor. Sites name
// themselves: whatever a worker sees of a page, two sites that want to know can say who they are.

// sites are the sites that embed the service: where their pages are, as steps and events name them.
var sites = [...]string{"a.example", "b.example"}

// PartitionWorld is a world of the partition model.
type PartitionWorld struct {
	Registered [1 + len(sites)]bool // by partition: 0 is that of the service itself, 1 that of the first site
	Sites      [len(sites)]Site
}

// Site is what a page of a site did.
type Site struct {
	Reach       Reach
	Installed   bool // the service had been installed on a visit to itself when the page connected
	Credentials bool // the visitor's credentials went from the page to the service
}

// Reach is what a page reached that connected.
type Reach uint8

const (
	NotConnected   Reach = iota
	ReachedNothing       // there is no registration for it
	ReachedOwn           // the registration that was made when the service itself was visited
	ReachedSite          // one for the site of the page alone
)

// registration tells whether r is a registration, whichever it was made for.
func (r Reach) registration() bool { return r == ReachedOwn || r == ReachedSite }

// Kinds of steps of the partition model. All but the first are of a site.
const (
	visitService = iota + 1
	embedService
	connectPlainly
	connectWithCredentials
	postCredentials
)

func partitionStep(kind, site int) explore.Step { return explore.Step(kind<<8 | site) }

// partition is the partition model as a system for the search.
type partition struct{ *scratch }

func newPartition(properties []Property) *partition { return &partition{newScratch(properties)} }

func (*partition) Initial() []PartitionWorld                                 { return []PartitionWorld{{}} }
func (*partition) Pack(w *PartitionWorld) PartitionWorld                     { return *w }
func (*partition) Unpack(w PartitionWorld) PartitionWorld                    { return w }
func (*partition) Kind(s explore.Step) int                                   { return int(s >> 8) }
func (*partition) Internal(explore.Step) bool                                { return false }
func (*partition) JudgeQuiescent(*PartitionWorld, explore.Ask) explore.Marks { return 0 }

func (*partition) Hash(w PartitionWorld) uint64 {
	h := uint64(0)
	mix := func(x uint64) { h = (h ^ x) * 0x9e3779b97f4a7c15 }
	for i, registered := range w.Registered {
		if registered {
			mix(uint64(i + 1))
		}
	}
	for i, s := range w.Sites {
		mix(uint64(s.Reach)<<8 | uint64(i))
	}
	return h
}

func (*partition) Steps(_ *PartitionWorld, buf []explore.Step) []explore.Step {
	buf = append(buf, partitionStep(visitService, 0))
	for site := range sites {
		for kind := embedService; kind <= postCredentials; kind++ {
			buf = append(buf, partitionStep(kind, site))
		}
	}
	return buf
}

func (p *partition) Take(w *PartitionWorld, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	p.answers = ask
	return 0, w.take(int(s>>8), int(s&0xff), p.moment.Ask)
}

func (p *partition) Judge(w *PartitionWorld, ask explore.Ask) explore.Marks {
	p.answers, p.moment.State = ask, w
	return look(p.monitor.always, &p.moment)
}

// take takes a step that is about a site.
func (w *PartitionWorld) take(kind, n int, ask model.Ask) bool {
	site := &w.Sites[n]
	switch kind {
	case visitService:
		return w.register(0)
	case embedService: // a frame of the service registers its worker, under the site of the page around it
		return w.register(partitionOf(n, ask))
	case connectPlainly:
		return w.connect(n, ask)
	case connectWithCredentials: // as in draft 52
		if site.Reach != NotConnected || ask(model.Request) != model.Param {
			return false
		}
		site.Credentials = true
		return w.connect(n, ask)
	case postCredentials: // over the port (draft 44)
		if !site.Reach.registration() || site.Credentials {
			return false
		}
		site.Credentials = true
		return true
	}
	return false
}

// partitionOf returns the number of the partition that the service is in for a page of site n.
func partitionOf(n int, ask model.Ask) int {
	if ask(model.Partition) == model.Shared {
		return 0
	}
	return n + 1
}

func (w *PartitionWorld) register(partition int) bool {
	if w.Registered[partition] {
		return false
	}
	w.Registered[partition] = true
	return true
}

// connect finds the registration for a page of site n.
func (w *PartitionWorld) connect(n int, ask model.Ask) bool {
	site := &w.Sites[n]
	if site.Reach != NotConnected {
		return false
	}
	site.Installed = w.Registered[0]
	switch at := partitionOf(n, ask); {
	case !w.Registered[at]:
		site.Reach = ReachedNothing
	case at == 0:
		site.Reach = ReachedOwn
	default:
		site.Reach = ReachedSite
	}
	return true
}

// linked tells whether the service can tell that the pages of both sites have one visitor: they reached one registration.
func (w *PartitionWorld) linked() bool {
	return w.Sites[0].Reach == ReachedOwn && w.Sites[1].Reach == ReachedOwn
}

func (*partition) reported() []model.Event { return nil }

func (*partition) show(m *Moment, _, after *PartitionWorld, _ explore.Step) { m.State = after }

func (*partition) starts() []string { return []string{startNames[1]} }

func (*partition) name(s explore.Step) string {
	site := sites[s&0xff]
	switch int(s >> 8) {
	case visitService:
		return "visit the service"
	case embedService:
		return "embed at " + site
	case connectPlainly:
		return "connect from " + site
	case connectWithCredentials:
		return "connect with credentials from " + site
	case postCredentials:
		return "post credentials from " + site
	}
	panic("props: a step of the partition model has no name")
}

func (p *partition) parse(text string) (explore.Step, error) {
	return parseAmong(p.Steps(nil, nil), p.name, text)
}

// tell says what step s does in w, and what comes of it.
func (p *partition) tell(w *PartitionWorld, s explore.Step, ask explore.Ask) Told {
	before := *w
	p.Take(w, s, ask)
	n := int(s & 0xff)
	told := Told{Step: p.name(s)}
	for i, registered := range w.Registered {
		if registered != before.Registered[i] {
			told.Events = append(told.Events, "registered "+partitionWord(i))
		}
	}
	if w.Sites[n].Credentials != before.Sites[n].Credentials {
		told.Events = append(told.Events, "credentials "+sites[n])
	}
	if w.Sites[n].Reach != before.Sites[n].Reach {
		told.Events = append(told.Events, "reached "+w.Sites[n].reached(n))
	}
	if w.linked() && !before.linked() {
		told.Events = append(told.Events, "same-registration "+strings.Join(sites[:], "+"))
	}
	for _, event := range told.Events {
		text, err := p.describe(event)
		if err != nil {
			panic("props: an event of the partition model has no words: " + err.Error())
		}
		told.Happens = append(told.Happens, text)
	}
	return told
}

// partitionWord returns a partition as events are written.
func partitionWord(n int) string {
	if n == 0 {
		return "service"
	}
	return sites[n-1]
}

// reached returns what the page of site n reached, as events are written.
func (s *Site) reached(n int) string {
	switch s.Reach {
	case ReachedOwn:
		return partitionWord(0)
	case ReachedSite:
		return partitionWord(n + 1)
	}
	return "none"
}

// partitionEvents says what comes of the steps of the partition model: the word that an event begins with, and the clause
// for each argument that it can have.
var partitionEvents = []struct {
	word  string
	told  func(argument string) string
	valid []string
}{
	{"registered", func(a string) string { return "there is a registration of " + registrationName(a) }, partitionWords()},
	{"credentials", func(a string) string { return "the service gets the credentials of the visitor, at a page of " + a }, sites[:]},
	{"reached", func(a string) string { return "the page reaches " + reachedName(a) }, append(partitionWords(), "none")},
	{"same-registration", func(string) string {
		return "the service has pages of both sites at one registration: they have one visitor"
	}, []string{strings.Join(sites[:], "+")}},
}

func partitionWords() []string {
	words := make([]string, 1+len(sites))
	for i := range words {
		words[i] = partitionWord(i)
	}
	return words
}

func registrationName(word string) string {
	if word == partitionWord(0) {
		return "the service that was made on a visit to it"
	}
	return "the service for " + word + " alone"
}

func reachedName(word string) string {
	if word == "none" {
		return "nothing: there is no registration for it"
	}
	return "the registration of " + registrationName(word)
}

func (*partition) describe(event string) (string, error) {
	word, argument, _ := strings.Cut(event, " ")
	var words []string
	for _, e := range partitionEvents {
		switch words = append(words, e.word); {
		case e.word != word:
		case slices.Contains(e.valid, argument):
			return e.told(argument), nil
		default:
			return "", &family.UnknownWordError{What: fmt.Sprintf("argument of %s", word), Word: argument, Valid: e.valid}
		}
	}
	return "", &family.UnknownWordError{What: "event", Word: word, Valid: words}
}

// partitionProperties is the part of the catalogue that the partition model decides.
var partitionProperties = []Property{
	{
		ID:      "unlinkable",
		Place:   model.Place{Heading: concepts, Line: 21},
		Claims:  "the service cannot tell two sites that they have the same visitor, unless the visitor's credentials tell",
		Applies: "pages of two sites are connected to the service",
		Broken:  "pages of two sites reached one registration, so that the service can tell both sites that they have the same visitor",
		Kept:    "no two sites can be told that they have the same visitor, but for one who gave credentials to both",
		Weight:  Want,
		Critic:  "sites that want to know can send their visitors through each other, and a service that the user chose may know its user",
		Violation: onPartition(func(w *PartitionWorld) bool {
			return w.linked() && !(w.Sites[0].Credentials && w.Sites[1].Credentials)
		}),
		Premise: onPartition(func(w *PartitionWorld) bool {
			return w.Sites[0].Reach.registration() && w.Sites[1].Reach.registration()
		}),
	},
	{
		ID:      "reaches-installed",
		Place:   model.Place{Heading: concepts, Line: 21},
		Claims:  "a page reaches the service that was installed when the user visited the service itself",
		Applies: "a page connects after the service was visited itself",
		Broken:  "the user has the service, and the page does not reach it",
		Kept:    "each page reached the service that the user had",
		Weight:  Want,
		Critic:  "storage is partitioned everywhere by now, and a service that is embedded can install itself for each site",
		Violation: onPartition(func(w *PartitionWorld) bool {
			return slices.ContainsFunc(w.Sites[:], func(s Site) bool { return s.Installed && s.Reach != ReachedOwn })
		}),
		Premise: onPartition(func(w *PartitionWorld) bool {
			return slices.ContainsFunc(w.Sites[:], func(s Site) bool { return s.Installed })
		}),
	},
}

func onPartition(test func(*PartitionWorld) bool) Condition {
	return always(func(m *Moment) Witness { return Witness{Seen: test(m.State.(*PartitionWorld))} })
}
