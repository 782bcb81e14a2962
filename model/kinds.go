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
	WorkerAccepts
	WorkerRejects
	WorkerIgnores
	WorkerPosts
	WorkerReceives
	WorkerLearns
	WorkerCloses
	Dispatch
	Start
	FinishInstall
	FailInstall
	Activate
	FinishActivate
	Clear
	SuspendWorker
	KillWorker
	Register
	FindUpdate
	CallSkipWaiting
	UnregisterWorker
	OpenClient
	CloseClient

	kindCount = iota
)

// kindRecord is all there is to say about a kind of step. Its rule stands in page.go, worker.go or browser.go.
type kindRecord struct {
	syntax string // how it is written: who, does what, and arguments; P, C and P2 stand for those
	text   string // what it does; after a colon, what only a single step tells
	needs  need
	owed   bool
}

const (
	owed = true  // by the browser or a live script: it happens sooner or later
	free = false // it need not happen
)

// need is what must be there before a rule looks at anything else. [Model.Steps] lists a step wherever it is.
type need uint8

const (
	_ need = iota

	nextConnection    // P is open, and C is the first connection that is unused
	openPage          // P is open
	heldEnd           // P holds an end of C
	heldEndAndOther   // P holds an end of C, and P2 is another page
	pendingEvent      // the connect event of C is pending at the instance
	upConnection      // C is up, and there is an instance
	undispatched      // C waits for its connect event
	installingVersion // a version is installing
	waitingVersion    // a version is waiting
	instance          // the active version has a running instance
	nothing

	needCount = iota
)

// kinds is the catalogue.
var kinds = [kindCount]kindRecord{
	PageConnects:     {"P connect C", "P calls connect(): C", nextConnection, free},
	PagePosts:        {"P post C", "P posts a message on C", heldEnd, free},
	PageReceives:     {"P receive C", "P receives a message on C", heldEnd, owed},
	PageLearns:       {"P learn C", "the notice that C is down reaches P", heldEnd, owed},
	PageListens:      {"P listen C", "P starts to listen for the end of C", heldEnd, free},
	PageCloses:       {"P close C", "P closes its end of C", heldEnd, free},
	PageLosesHandle:  {"P lose C", "P drops its last reference to the handle of C", heldEnd, free},
	PageTransfers:    {"P transfer C P2", "P transfers the handle of C to P2", heldEndAndOther, free},
	PageLeaves:       {"P leave", "P goes away", openPage, free},
	WorkerAccepts:    {"worker accept C", "the worker accepts C", pendingEvent, owed},
	WorkerRejects:    {"worker reject C", "the worker refuses C", pendingEvent, owed},
	WorkerIgnores:    {"worker ignore C", "the worker leaves the connect event of C unanswered", pendingEvent, owed},
	WorkerPosts:      {"worker post C", "the worker posts a message on C", upConnection, free},
	WorkerReceives:   {"worker receive C", "the worker receives a message on C", upConnection, owed},
	WorkerLearns:     {"worker learn C", "the notice that the page of C is gone reaches the worker", upConnection, owed},
	WorkerCloses:     {"worker close C", "the worker closes its end of C", upConnection, free},
	Dispatch:         {"browser dispatch C", "the browser takes C to the active worker", undispatched, owed},
	Start:            {"browser start", "the browser starts the worker", nothing, owed},
	FinishInstall:    {"browser installed", "the new version is installed", installingVersion, owed},
	FailInstall:      {"browser install-failed", "the new version fails to install", installingVersion, owed},
	Activate:         {"browser activate", "the waiting version becomes the active one", waitingVersion, owed},
	FinishActivate:   {"browser activated", "the new version is activated", nothing, owed},
	Clear:            {"browser clear", "the browser clears the unregistered registration", nothing, owed},
	SuspendWorker:    {"browser suspend", "the browser suspends the idle worker", instance, free},
	KillWorker:       {"browser kill", "the browser kills the worker", instance, free},
	Register:         {"service register", "a service worker is registered", nothing, free},
	FindUpdate:       {"service update", "the browser finds a new version", nothing, free},
	CallSkipWaiting:  {"service skip-waiting", "the waiting version calls skipWaiting()", waitingVersion, free},
	UnregisterWorker: {"service unregister", "the registration is unregistered", nothing, free},
	OpenClient:       {"client open", "a document of the service's own origin opens and is controlled", nothing, free},
	CloseClient:      {"client close", "the controlled document is closed", nothing, free},
}

// take takes s, which has what it needs, by its rule. It is a switch because to call a rule through the record of its kind
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
	case WorkerAccepts:
		return t.workerAccepts(s, c)
	case WorkerRejects:
		return t.workerRejects(s, c)
	case WorkerIgnores:
		return t.workerIgnores(s, c)
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
	case Start:
		return t.start()
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

// kindsFor holds the kinds that have a need in common, kindsAlone those that are about neither a page nor a connection.
var (
	kindsFor = func() (by [needCount][]Kind) {
		for _, k := range Kinds() {
			needs := kinds[k].needs
			if needs == 0 {
				panic(fmt.Sprintf("model: the kind of step %d has no record", k))
			}
			by[needs] = append(by[needs], k)
		}
		return by
	}()
	kindsAlone = slices.DeleteFunc(Kinds(), func(k Kind) bool { return strings.ContainsAny(kinds[k].syntax, "PC") })
)

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
func (k Kind) AtHeldEnd() bool { return kinds[k].needs == heldEnd || kinds[k].needs == heldEndAndOther }

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
