package infer

import (
	"fmt"
	"slices"
	"strings"

	"cosw/linearize/recording"
	"cosw/model"
)

// importer gathers what a recording says of one registration.
type importer struct {
	*evidence
	parties *parties
	options Options
	of      *registration
	page    map[string]uint8 // number in the model by actor
	closed  map[end]bool     // ends that their party closed, or knows to be closed: using them has no effect
	shut    map[end]*line    // where a party closed its end
	holds   map[end]bool     // ends that a page got
	threw   map[end]bool     // ends of which a post told that they are closed
}

type end struct {
	actor string
	conn  int
}

// read returns what a recording says of each of its registrations. The error is a [recording.LineError] that says what
// is not supported.
func read(rec *recording.Recording, o Options) ([]*evidence, error) {
	p, err := findParties(rec, o)
	if err != nil {
		return nil, err
	}
	if err := p.CheckEnds(); err != nil {
		return nil, err
	}
	var all []*evidence
	for _, of := range p.registrations {
		i := &importer{evidence: &evidence{rec: rec}, parties: p, options: o, of: of, page: map[string]uint8{}, closed: map[end]bool{}, shut: map[end]*line{}, holds: map[end]bool{}, threw: map[end]bool{}}
		if err := i.read(); err != nil {
			return nil, err
		}
		i.order(o.Error, o.Late)
		if l := i.crowded(); l != nil {
			return nil, p.refuse(l.Line, wrongFull, hintBounds)
		}
		all = append(all, i.evidence)
	}
	return all, nil
}

func (i *importer) read() error {
	for _, step := range []func() error{i.readPages, i.readVersions, i.readConns, i.readLines} {
		if err := step(); err != nil {
			return err
		}
	}
	i.sortInstances()
	i.readHoles()
	i.readMessages()
	i.readUnanswered()
	i.readIdle()
	i.begin()
	return nil
}

// readPages gives the pages numbers under which the model has pages of their origins.
func (i *importer) readPages() error {
	origins, service := i.findOrigins()
	i.origins, i.service = origins, service
	free := map[bool][]uint8{true: {2}, false: {1, 3, 4}} // by whether the page is of the service's own origin, see model.Initial
	alone := len(i.of.pages) == 1
	for _, name := range i.of.pages {
		origin := origins[name]
		own := origin != "" && origin == service
		switch {
		case origin == "":
			i.notes = append(i.notes, unknownOrigin(name))
		case service == "":
			i.notes = append(i.notes, unknownService(name))
		}
		if alone {
			i.page[name], i.initial = 1, []int{0, 1}
			if own {
				i.initial = []int{2, 3}
			}
			break
		}
		if len(free[own]) == 0 {
			return i.parties.refuse(i.firstLine(name), wrongPages(len(i.of.pages), own), hintPages)
		}
		i.page[name], free[own] = free[own][0], free[own][1:]
	}
	if !alone {
		i.initial = []int{0, 1}
	}
	i.bounds.Pages = 1
	for name, number := range i.page {
		i.pages[number-1] = name
		i.ends[pageLane+int(number)-1] = []bool{false}
		i.bounds.Pages = max(i.bounds.Pages, int(number))
	}
	return nil
}

// findOrigins returns the origins of pages, as far as they are told, and that of the service.
func (i *importer) findOrigins() (origins map[string]string, service string) {
	origins = map[string]string{}
	asked := map[int]string{}
	for k := range i.parties.rec.Lines {
		l := &i.parties.rec.Lines[k]
		if l.Op != "connect" || i.parties.byConn[l.Conn] != i.of {
			continue
		}
		if l.Role == recording.Page {
			asked[l.Conn] = l.Actor
			if parts := strings.SplitN(l.URL, "/", 4); len(parts) >= 3 {
				service = strings.Join(parts[:3], "/")
			}
		}
		if l.Origin != "" {
			origins[asked[l.Conn]] = l.Origin
		}
	}
	return origins, service
}

func (i *importer) firstLine(actor string) *recording.Line {
	k := slices.IndexFunc(i.parties.rec.Lines, func(l recording.Line) bool { return l.Actor == actor })
	return &i.parties.rec.Lines[k]
}

// readVersions gives the versions numbers in the order in which they were found.
func (i *importer) readVersions() error {
	for n, v := range i.of.versions {
		if n == model.MaxVersions {
			return i.parties.refuse(v.Lines[0], wrongVersions(len(i.of.versions)), hintBounds)
		}
		if n > 0 && v.Line("installing") == nil {
			return i.parties.refuse(v.Lines[0], fmt.Sprintf("version %s is never said to be installing", v.ID), hintBoot)
		}
		i.versions[n] = v.ID
		i.last[versionLane+n] = make([]int, len(v.Instances))
		i.ends[versionLane+n] = make([]bool, len(v.Instances))
	}
	i.bounds.Versions = max(1, len(i.of.versions))
	return nil
}

func (i *importer) readConns() error {
	for k := range i.parties.rec.Lines {
		l := &i.parties.rec.Lines[k]
		if l.Conn == 0 || i.parties.byConn[l.Conn] != i.of || i.conn(l.Conn) != 0 {
			continue
		}
		if l.Role == recording.Worker && !i.parties.lostRequest(l.Conn) {
			continue // its request follows, by the clock of the page
		}
		if len(i.conns) == model.MaxConnections {
			return i.parties.refuse(l, wrongConnections, hintBounds)
		}
		page, ok := i.page[i.parties.Asker(l.Conn)]
		if !ok {
			return i.parties.refuse(l, fmt.Sprintf("it is lost which page asked for connection %d", l.Conn), hintLost)
		}
		i.conns = append(i.conns, conn{number: l.Conn, page: page, lost: i.parties.lostRequest(l.Conn)})
	}
	i.bounds.Connections = max(1, len(i.conns))
	i.bounds.Messages = model.MaxMessages
	return nil
}

// conn returns 1 + the place of a connection.
func (i *importer) conn(number int) uint8 {
	return uint8(1 + slices.IndexFunc(i.conns, func(c conn) bool { return c.number == number }))
}

// readLines takes over the lines that tell of steps.
func (i *importer) readLines() error {
	browser := newBrowser(i)
	for k := range i.parties.rec.Lines {
		l := &i.parties.rec.Lines[k]
		var err error
		switch {
		case l.Role == recording.Page:
			if i.parties.byPage[l.Actor] == i.of {
				i.readPage(l)
			}
		case l.Role == recording.Worker:
			if i.parties.versionOf(l.Actor).of == i.of {
				i.readWorker(l)
			}
		default:
			err = browser.read(l)
		}
		if err == nil && len(i.lines) > longestRun {
			err = i.parties.refuse(l, wrongLong, hintBounds)
		}
		if err != nil {
			return err
		}
	}
	browser.finish()
	return nil
}

// longestRun is how many lines of one registration can be counted.
const longestRun = 1<<16 - 2

func (i *importer) add(l *line) {
	l.index, l.place = len(i.lines), len(i.lanes[l.lane])
	i.lines = append(i.lines, l)
	i.lanes[l.lane] = append(i.lanes[l.lane], l)
}

// pageFact returns what a line of a page says. A page that holds an end and cannot post learns from that, if nobody told it
// before, that the connection is over.
func (i *importer) pageFact(l *recording.Line) fact {
	at := end{l.Actor, l.Conn}
	switch {
	case l.Op == "resolved":
		i.holds[at] = true
	case l.Op == "cannot" && l.Try == "post" && i.holds[at] && !i.closed[at]:
		i.closed[at], i.threw[at] = true, true
		return isClosed
	}
	return pageFacts[l.Op]
}

var pageFacts = map[string]fact{
	"connect": connects, "resolved": isResolved, "rejected": isRejected, "post": posts, "receive": receives,
	"close": closes, "closed": isClosed, "cannot": cannot,
}

var workerFacts = map[string]fact{
	"connect": dispatched, "accept": accepts, "reject": rejects, "ignore": ignores, "hang": hangs, "post": posts, "receive": receives,
	"close": closes, "closed": isClosed, "cannot": cannot,
}

func (i *importer) readPage(l *recording.Line) {
	if l.Conn == 0 { // what happens to the page itself
		i.readNap(l)
		return
	}
	if i.idle(l) {
		return
	}
	i.use(&line{Line: l, fact: i.pageFact(l), lane: pageLane + int(i.page[l.Actor]) - 1, conn: i.conn(l.Conn)})
}

// idle tells whether a line is about an end that its party closed, or knows to be closed. Posting there is no step.
func (i *importer) idle(l *recording.Line) bool {
	at := end{l.Actor, l.Conn}
	if i.closed[at] {
		return l.Op == "post" || l.Op == "close" || l.Op == "closed" && i.threw[at]
	}
	i.closed[at] = l.Op == "close" || l.Op == "closed"
	return false
}

// readNap takes over that a page is frozen. That it thaws is no step: what was sent to it then arrives.
func (i *importer) readNap(l *recording.Line) {
	page, ok := i.page[l.PageName()]
	if !ok {
		return
	}
	i.asleep[page-1] = l.Op == "frozen"
	if l.Op == "frozen" {
		i.add(&line{Line: l, fact: freezes, lane: browserLane, page: page})
	}
}

func (i *importer) readWorker(l *recording.Line) {
	in, of := i.parties.Instance(l.Actor), i.parties.versionOf(l.Actor)
	it := &line{
		Line: l, fact: workerFacts[l.Op], lane: versionLane + slices.Index(i.of.versions, of), conn: i.conn(l.Conn),
		instance: in.Place,
	}
	switch {
	case l.Op == "boot" && of.restarts(in.Started):
		it.fact = boots
	case l.Op == "boot" || l.Op == "activate" || i.idle(l):
		return
	}
	i.use(it)
}

// sortInstances puts the lines of a version in the order of its instances, which run one after the other: each has a clock
// of its own, so that lines of two of them may be in the wrong order.
func (i *importer) sortInstances() {
	for lane := pageLane; lane < versionLane; lane++ {
		i.last[lane] = []int{len(i.lanes[lane])}
	}
	for lane := versionLane; lane < browserLane; lane++ {
		slices.SortStableFunc(i.lanes[lane], func(a, b *line) int { return a.instance - b.instance })
		for place, l := range i.lanes[lane] {
			l.place = place
			i.last[lane][l.instance] = place + 1
		}
		for k := 1; k < len(i.last[lane]); k++ {
			i.last[lane][k] = max(i.last[lane][k], i.last[lane][k-1]) // one without a line ends where it begins
		}
	}
}

// readHoles notes before which lines others were lost. Where that line itself is no step, they were lost before the next one.
func (i *importer) readHoles() {
	for lane := range browserLane {
		i.holes[lane] = map[int]int{}
		for instance, name := range i.namesOf(lane) {
			from := 0
			if instance > 0 {
				from = i.last[lane][instance-1]
			}
			for _, h := range i.parties.Party(name).Holes {
				at := from
				for at < i.last[lane][instance] && i.lanes[lane][at].Time < h.Before.Time {
					at++
				}
				for at > from && i.lanes[lane][at-1].Q >= h.Before.Q {
					at--
				}
				i.holes[lane][at] += h.Lost
				i.lossy = true
			}
		}
	}
}

// namesOf returns the parties of a lane.
func (i *importer) namesOf(lane int) []string {
	if lane < versionLane {
		if name := i.pages[lane-pageLane]; name != "" {
			return []string{name}
		}
		return nil
	}
	if lane-versionLane >= len(i.of.versions) {
		return nil
	}
	var names []string
	for _, in := range i.of.versions[lane-versionLane].Instances {
		names = append(names, in.Name)
	}
	return names
}

// readMessages lists the messages of each connection and direction in the order in which they were posted. Unrecorded posts
// are only known from the party that received them. One of an instance comes right after the message received before it, as a
// queue loses nothing but its end, and other instances may follow; one of a page comes after all that the page recorded.
func (i *importer) readMessages() {
	var lines [model.MaxConnections][2][]*line
	for lane := range i.lanes {
		for _, in := range i.lanes[lane] {
			for _, l := range append(slices.Clip(in.late), in) {
				if l.fact.traffic() {
					of := &lines[l.conn-1][l.direction()]
					*of = append(*of, l)
				}
			}
		}
	}
	for n := range i.conns {
		for direction := range i.conns[n].messages {
			all := messages(lines[n][direction], direction)
			i.conns[n].messages[direction] = all
			for _, l := range lines[n][direction] {
				if l.fact == receives && !all[l.ordinal-1].recorded && !slices.Contains(i.conns[n].unposted[direction], l.ordinal) {
					i.conns[n].unposted[direction] = append(i.conns[n].unposted[direction], l.ordinal)
				}
			}
		}
	}
}

// direction returns the direction of the message that is posted or received.
func (l *line) direction() int {
	if l.Role == recording.Page == (l.fact == posts) {
		return toWorker
	}
	return toPage
}

// messages returns the messages of lines that post and receive, and gives each line the number of its message.
func messages(lines []*line, direction int) []message {
	var posted []message
	place := map[string]int{} // in posted
	for _, l := range lines {
		if _, twice := place[l.Msg]; l.fact == posts && !twice {
			place[l.Msg] = len(posted)
			posted = append(posted, message{name: l.Msg, recorded: true, poster: l})
		}
	}
	more := make([][]message, len(posted)+1) // without a record, before each of posted and behind all
	at := 0
	if direction == toWorker {
		at = len(posted)
	}
	known := map[string]bool{}
	for _, l := range lines {
		k, ok := place[l.Msg]
		switch {
		case l.fact != receives || known[l.Msg]:
			continue
		case !ok:
			more[at] = append(more[at], message{name: l.Msg, received: true})
		default:
			posted[k].received = true
			if direction == toPage {
				at = k + 1
			}
		}
		known[l.Msg] = true
	}
	var all []message
	for k := range more {
		all = append(all, more[k]...)
		if k < len(posted) {
			all = append(all, posted[k])
		}
	}
	ordinal := map[string]int{}
	for k, m := range all {
		ordinal[m.name] = k + 1
	}
	for _, l := range lines {
		l.ordinal = ordinal[l.Msg]
	}
	return all
}

// begin finds out in which worlds the model may begin: with nothing registered if the browser says that the first version is
// installing, with an installed service if a version was there before, and with either if there is no version at all.
func (i *importer) begin() {
	if len(i.initial) == 0 {
		i.initial = []int{0, 1}
	}
	if len(i.of.versions) > 0 {
		if i.of.versions[0].Line("installing") != nil {
			i.initial = i.initial[1:]
		} else {
			i.initial = i.initial[:1]
		}
	}
	for _, l := range i.lines {
		if l.fact == boots {
			i.boots++
		}
	}
	i.needsClients = i.bounds.Versions > 1 || i.clears ||
		slices.ContainsFunc(i.lines, func(l *line) bool { return l.fact == unregisters })
	i.bounds.Faults, i.bounds.Kills = 1, 1 // see system.boundFaults
}
