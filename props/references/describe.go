package references

import (
	"fmt"
	"strings"

	"cosw/model"
)

// This file holds the wording of the package, but for the names of nodes, which stand in their records.

// String returns what n is, as in "worker's end of connection 1".
func (n Node) String() string {
	if int(n.Kind) >= kindCount || n.Kind == 0 {
		return fmt.Sprintf("node(%d, %d)", n.Kind, n.Number)
	}
	return strings.Replace(kinds[n.Kind].text, "N", fmt.Sprint(n.Number), 1)
}

// reasonTexts says why there is a reference, as in "page 1 → handle of connection 1 (its script has it)".
var reasonTexts = [reasonCount]string{
	InScript: "its script has it", IsHandleOf: "stands for it", OwnsEnd: "its document owns it", OwnsForNow: "its document owns it until it is collected",
	Awaits: "awaits it", CanList: "page-list=list", ListsEnd: "lists it", Waits: "messages wait there",
	Settles: "its outcome settles it", Entangled: "entangled",
	HasEnd: "has it", IsEndOf: "belongs to it", DecidesOn: "decides on it",
	WaitsForAnswer: "messages wait for the answer", WaitsUnheard: "messages wait, and nobody listens", TellsEnd: "is on its way to it",
	InHeap: "holds it until it stops", Outlives: "outlives the instance", NotStarted: "no instance had to run for it",
	AsksAgain: "has to be asked again", HasObject: "its script has it", IsObjectOf: "stands for it",
	CanListWorker: "worker-list=list", HasHandler: "delivery=global", Receives: "receives from it",
	Handles: "was dispatched to it", KeepsRunning: "is pending there", UsesByEvent: "is pending",
	KeepsAlive: "suspend=keepalive", UsesByDrain: "unregister=drain", PinsVersion: "update=pin",
	UsesAsClient: "is controlled by it", IsRegistered: "it is registered", InSlot: "has it in a slot", RunsVersion: "runs it",
}

// String returns r in words, as it stands beside a reference.
func (r Reason) String() string {
	if int(r) >= reasonCount || r == 0 {
		return fmt.Sprintf("reason(%d)", uint8(r))
	}
	return reasonTexts[r]
}

// String returns e as in "page 1 → handle of connection 1 (its script has it)".
func (e Edge) String() string { return fmt.Sprintf("%v → %v (%v)", e.Source, e.Target, e.Reason) }

// String returns the name of t in text and drawings.
func (t Trouble) String() string {
	if t == Orphaned {
		return "orphaned"
	}
	return "leaked"
}

var troubleTexts = map[Trouble]string{
	Orphaned:    "its other side is gone",
	Unneeded:    "no open page needs it",
	Unreachable: "no script can reach it",
}

var originTexts = map[model.Origin]string{
	model.Own: "the service's origin", model.ForeignA: "another origin", model.ForeignB: "a third origin",
}

// Detail returns the state of n in a few words, or an empty string.
func (g *Graph) Detail(n Node) string {
	reg, c := &g.world.Registration, g.connectionOf(n)
	switch n.Kind {
	case Page:
		p := g.world.Pages[n.Number-1]
		if !p.Open {
			return "gone"
		}
		return "open, " + originTexts[p.Origin]
	case PageEnd:
		return choose(c.Entangled, "entangled", "leads nowhere")
	case WorkerEnd:
		return choose(c.Entangled, "entangled", "its page is gone")
	case Connection:
		return c.Phase.String()
	case Event:
		return choose(c.Hung, "its handler hangs", "")
	case QueueToPage:
		return messages(&c.ToPage)
	case QueueToWorker:
		return messages(&c.ToWorker)
	case Promise:
		return "pending"
	case Registration:
		return choose(reg.Status == model.Live, "live", "unregistered, not cleared")
	case Version:
		return slot(reg, model.Version(n.Number))
	case Instance:
		return fmt.Sprintf("of version %d", n.Number)
	}
	return ""
}

func choose(yes bool, then, otherwise string) string {
	if yes {
		return then
	}
	return otherwise
}

func messages(q *model.MessageQueue) string {
	numbers := make([]string, q.Length)
	for i := range q.Length {
		numbers[i] = fmt.Sprint(q.At(i).Number)
	}
	return choose(q.Length == 1, "message ", "messages ") + strings.Join(numbers, ", ")
}

func slot(reg *model.Registration, v model.Version) string {
	if reg.Status == model.RunningOut {
		return "redundant"
	}
	switch v {
	case reg.Installing:
		return "installing"
	case reg.Waiting:
		return choose(reg.SkipWaiting, "waiting, skipWaiting called", "waiting")
	}
	return choose(reg.Activating, "active, activating", "active, activated")
}

// missing says which path n would need to be without trouble.
func (g *Graph) missing(t Trouble, n Node) string {
	switch t {
	case Orphaned:
		return g.missingSide(n)
	case Unneeded:
		return g.missingNeed(n)
	}
	return g.missingScript(n)
}

// missingSide says what became of the other side of the end n.
func (g *Graph) missingSide(n Node) string {
	c := g.connectionOf(n)
	switch n.Kind {
	case PageEnd:
		return "no connection is behind it: the worker's side has ended" + onItsWay(c.NoticeToPage, "the page")
	case Promise:
		return "no request and no connect event is left that could settle it"
	case Event:
		return fmt.Sprintf("nobody awaits an answer: %s", g.whoAsked(c))
	}
	return fmt.Sprintf("nobody holds the page's end: %s", g.whoAsked(c)) + onItsWay(c.NoticeToWorker, "the worker") +
		choose(g.released[n.Number], "; the browser takes this end once it is drained", "")
}

// whoAsked says what became of the page that asked for c.
func (g *Graph) whoAsked(c *model.Connection) string {
	page := Node{Page, c.Page}
	if g.openPage(page) {
		return fmt.Sprintf("%v closed it, or gave it away", page)
	}
	return fmt.Sprintf("%v is gone", page)
}

func onItsWay(notice bool, party string) string {
	return choose(notice, fmt.Sprintf("; a notice is on its way to %s", party), "")
}

// missingNeed says why no open page needs n.
func (g *Graph) missingNeed(n Node) string {
	if all(g.keepers(n), func(k Node) bool { return k.Kind == Event }) {
		return "only a connect event keeps it whose handler hangs, and whose answer no open page awaits"
	}
	switch n.Kind {
	case Instance:
		return "only connections that no open page needs keep it running"
	case Registration:
		return "not in the map, no client: only connections that no open page needs keep it from being cleared"
	}
	return fmt.Sprintf("no path from an open page: %s", g.whoAsked(g.connectionOf(n)))
}

// missingScript says why no script can reach n.
func (g *Graph) missingScript(n Node) string {
	if n.Kind == PageEnd {
		page := g.connectionOf(n).Holder
		collected := g.refs.Edge(Node{Page, page}.ID(), n.ID()).(Edge).Reason == OwnsForNow
		return fmt.Sprintf("no handle and no list: the script of page %d has dropped its last reference, and page-list=none", page) +
			choose(collected, "; the end will be collected", "")
	}
	who := "the next instance"
	if g.world.Registration.Running {
		who = "the running instance"
	}
	if n.Kind == QueueToWorker && g.has(Node{Kind: WorkerList}) {
		return fmt.Sprintf("no object and no handler, and %s does not look its list up in time (lists=never, delivery=port)", who)
	}
	if n.Kind == QueueToWorker {
		return fmt.Sprintf("no object, no list and no handler: %s cannot receive it (worker-list=none, delivery=port)", who)
	}
	text := fmt.Sprintf("no object and no list: %s has nothing for it, and worker-list=none", who)
	return text + choose(g.has(Node{Kind: Handler}), "; a message would bring an object along (delivery=global)", "")
}

const (
	textNone    = "nothing is orphaned and nothing is leaked"
	textMissing = "missing"
	textKept    = "kept by"
	textNothing = "nothing keeps it"
	textCycle   = "no root, but what keeps itself:"
)

// partyTexts names the parties.
var partyTexts = map[Party]string{Pages: "pages", Browser: "browser", Worker: "worker"}
