package model

import (
	"fmt"
	"slices"
	"strings"
)

// Kind is what a step does.
type Kind uint8

// The kinds of steps: those of pages, of the active worker's script, and of the browser and its environment, each in the
// order of the draft. What a kind does stands in its record below.
const (
	_ Kind = iota

	PageConnects
	PagePosts
	PageReceives
	PageLearns
	PageListens
	PageCloses
	PageLosesHandle
	PageTransfers
	PageLeaves
	PageFreezes
	WorkerAccepts
	WorkerRejects
	WorkerIgnores
	WorkerHangs
	WorkerPosts
	WorkerReceives
	WorkerLearns
	WorkerCloses
	Dispatch
	GiveUp
	ReleaseEnd
	CollectHandle
	Start
	FailStart
	FinishInstall
	FailInstall
	Activate
	FinishActivate
	Clear
	SuspendWorker
	KillWorker
	KillHandling
	Register
	FindUpdate
	CallSkipWaiting
	UnregisterWorker
	OpenClient
	CloseClient

	kindCount = iota
)

// kindRecord is all there is to say about a kind of step, but for what it needs, which stands in enabled.go, and its rule,
// which stands in page.go, worker.go or browser.go.
type kindRecord struct {
	syntax string // how it is written: who, does what, and arguments; P, C and P2 stand for those
	text   string // what it does; after a colon, what only a single step tells
	owed   bool
	least  Bounds // that such a step needs; 0 where the smallest will do
}

const (
	owed = true  // by the browser or a live script: it happens sooner or later
	free = false // it need not happen
)

var (
	anyBounds      = Bounds{}
	twoPages       = Bounds{Pages: 2}
	twoVersions    = Bounds{Versions: 2}
	aMessage       = Bounds{Messages: 1}
	aFault         = Bounds{Faults: 1}
	aKill          = Bounds{Faults: 1, Kills: 1}
	aKilledMessage = Bounds{Messages: 1, Faults: 1, Kills: 1}
)

// kinds is the catalogue.
var kinds = [kindCount]kindRecord{
	PageConnects:     {"P connect C", "P calls connect(): C", free, anyBounds},
	PagePosts:        {"P post C", "P posts a message on C", free, aMessage},
	PageReceives:     {"P receive C", "P receives a message on C", owed, aMessage},
	PageLearns:       {"P learn C", "the notice that C is down reaches P", owed, anyBounds},
	PageListens:      {"P listen C", "P starts to listen for the end of C", free, anyBounds},
	PageCloses:       {"P close C", "P closes its end of C", free, anyBounds},
	PageLosesHandle:  {"P lose C", "P drops its last reference to the handle of C", free, anyBounds},
	PageTransfers:    {"P transfer C P2", "P transfers the handle of C to P2", free, twoPages},
	PageLeaves:       {"P leave", "P goes away", free, anyBounds},
	PageFreezes:      {"P freeze", "P is frozen, and thaws later", free, aFault},
	WorkerAccepts:    {"worker accept C", "the worker accepts C", owed, anyBounds},
	WorkerRejects:    {"worker reject C", "the worker refuses C", owed, anyBounds},
	WorkerIgnores:    {"worker ignore C", "the worker leaves the connect event of C unanswered", owed, anyBounds},
	WorkerHangs:      {"worker hang C", "the handler of the connect event of C hangs", free, aFault},
	WorkerPosts:      {"worker post C", "the worker posts a message on C", free, aMessage},
	WorkerReceives:   {"worker receive C", "the worker receives a message on C", owed, aMessage},
	WorkerLearns:     {"worker learn C", "the notice that the page of C is gone reaches the worker", owed, anyBounds},
	WorkerCloses:     {"worker close C", "the worker closes its end of C", free, anyBounds},
	Dispatch:         {"browser dispatch C", "the browser takes C to the active worker", owed, anyBounds},
	GiveUp:           {"browser give-up C", "the browser gives up on the connect event of C", owed, aFault},
	ReleaseEnd:       {"browser release C", "the browser takes the worker's end of C, whose page is gone", owed, anyBounds},
	CollectHandle:    {"browser collect C", "the browser collects the end of C that no script can reach", owed, anyBounds},
	Start:            {"browser start", "the browser starts the worker", owed, anyBounds},
	FailStart:        {"browser start-failed", "the worker fails to start", free, aFault},
	FinishInstall:    {"browser installed", "the new version is installed", owed, anyBounds},
	FailInstall:      {"browser install-failed", "the new version fails to install", owed, anyBounds},
	Activate:         {"browser activate", "the waiting version becomes the active one", owed, anyBounds},
	FinishActivate:   {"browser activated", "the new version is activated", owed, anyBounds},
	Clear:            {"browser clear", "the browser clears the unregistered registration", owed, anyBounds},
	SuspendWorker:    {"browser suspend", "the browser suspends the idle worker", free, anyBounds},
	KillWorker:       {"browser kill", "the browser kills the worker", free, aKill},
	KillHandling:     {"browser kill-handling C", "the browser kills the worker while it handles a message on C", free, aKilledMessage},
	Register:         {"service register", "a service worker is registered", free, anyBounds},
	FindUpdate:       {"service update", "the browser finds a new version", free, twoVersions},
	CallSkipWaiting:  {"service skip-waiting", "the waiting version calls skipWaiting()", free, anyBounds},
	UnregisterWorker: {"service unregister", "the registration is unregistered", free, anyBounds},
	OpenClient:       {"client open", "a document of the service's own origin opens and is controlled", free, anyBounds},
	CloseClient:      {"client close", "the controlled document is closed", free, anyBounds},
}

// take takes s, which is possible, by its rule. It is a switch because to call a rule through the record of its kind
// would put every turn on the heap, and slow a search down by a seventh.
func (t *turn) take(s Step, c *Connection) bool {
	switch s.Kind {
	case PageConnects:
		return t.pageConnects(s, c)
	case PagePosts:
		return t.pagePosts(s, c)
	case PageReceives:
		return t.pageReceives(s, c)
	case PageLearns:
		return t.pageLearns(s, c)
	case PageListens:
		return t.pageListens(s, c)
	case PageCloses:
		return t.pageCloses(s, c)
	case PageLosesHandle:
		return t.pageLosesHandle(s, c)
	case PageTransfers:
		return t.pageTransfers(s, c)
	case PageLeaves:
		return t.pageLeaves(s)
	case PageFreezes:
		return t.pageFreezes(s)
	case WorkerAccepts:
		return t.workerAccepts(s, c)
	case WorkerRejects:
		return t.workerRejects(s, c)
	case WorkerIgnores:
		return t.workerIgnores(s, c)
	case WorkerHangs:
		return t.workerHangs(s, c)
	case WorkerPosts:
		return t.workerPosts(s, c)
	case WorkerReceives:
		return t.workerReceives(s, c)
	case WorkerLearns:
		return t.workerLearns(s, c)
	case WorkerCloses:
		return t.workerCloses(s, c)
	case Dispatch:
		return t.dispatch(s, c)
	case GiveUp:
		return t.giveUp(s, c)
	case ReleaseEnd:
		return t.releaseEnd(s, c)
	case CollectHandle:
		return t.collectHandle(s, c)
	case Start:
		return t.start()
	case FailStart:
		return t.failStart()
	case FinishInstall:
		return t.finishInstall()
	case FailInstall:
		return t.failInstall()
	case Activate:
		return t.activate()
	case FinishActivate:
		return t.finishActivate()
	case Clear:
		return t.clear()
	case SuspendWorker:
		return t.suspend()
	case KillWorker:
		return t.kill()
	case KillHandling:
		return t.killHandling(s, c)
	case Register:
		return t.register()
	case FindUpdate:
		return t.findUpdate()
	case CallSkipWaiting:
		return t.skipWaiting()
	case UnregisterWorker:
		return t.unregister()
	case OpenClient:
		return t.openClient()
	case CloseClient:
		return t.closeClient()
	}
	return false
}

// arguments tells which arguments a step takes.
type arguments struct{ page, connection, to bool }

// takes holds the arguments that steps of each kind take, by their syntax.
var takes = func() (all [kindCount]arguments) {
	for _, k := range Kinds() {
		words := strings.Fields(k.Syntax())
		if len(words) == 0 {
			panic(fmt.Sprintf("model: the kind of step %d has no record", k))
		}
		all[k] = arguments{slices.Contains(words, "P"), slices.Contains(words, "C"), slices.Contains(words, "P2")}
	}
	return all
}()

// Kinds returns all kinds of steps in their order.
func Kinds() []Kind {
	all := make([]Kind, 0, kindCount-1)
	for k := range kinds[1:] {
		all = append(all, Kind(k+1))
	}
	return all
}

// Internal tells whether a step of this kind is owed by the browser or a live script: it happens sooner or later. Every
// other step is the environment's and need not happen.
func (k Kind) Internal() bool { return kinds[k].owed }

// Least returns the bounds that a step of kind k needs, with 0 where the smallest will do.
func (k Kind) Least() Bounds { return kinds[k].least }

// Actor is who takes a step, as it is written.
type Actor string

const (
	ByPage    Actor = "P"
	ByWorker  Actor = "worker"  // the script of the active worker
	ByBrowser Actor = "browser" // on its own account
	ByService Actor = "service" // those who deploy the service worker
	ByClient  Actor = "client"  // a document of the service's own origin that its worker controls
)

// Actor returns who takes steps of kind k.
func (k Kind) Actor() Actor {
	actor, _, _ := strings.Cut(kinds[k].syntax, " ")
	return Actor(actor)
}

// AtHeldEnd tells whether only the page that holds an end of a connection can take a step of kind k.
func (k Kind) AtHeldEnd() bool {
	return takes[k].page && takes[k].connection && k != PageConnects
}

// Syntax returns how a step of kind k is written, with P, C and P2 for its arguments.
func (k Kind) Syntax() string { return kinds[k].syntax }

// Text returns what steps of kind k do.
func (k Kind) Text() string {
	text, _, _ := strings.Cut(kinds[k].text, ":")
	return strings.NewReplacer("P2", "another one", "P ", "a page ", "P", "the page", "C", "a connection").Replace(text)
}

// Describe returns what s does, as a clause without a full stop.
func (s Step) Describe() string {
	arguments := strings.NewReplacer("P2", PageName(s.To), "P", PageName(s.Page), "C", ConnectionName(s.Connection))
	return arguments.Replace(kinds[s.Kind].text)
}
