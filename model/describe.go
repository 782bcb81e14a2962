package model

import (
	"fmt"
	"strings"
)

// This file holds what questions, answers and steps say.

// kindTexts says what a step does. P, C and T stand for its page, connection and the page it transfers to.
var kindTexts = [kindCount]string{
	PageConnects:     "P calls connect()",
	PagePosts:        "P posts a message on C",
	PageReceives:     "P receives a message on C",
	PageLearns:       "the notice that C is down reaches P",
	PageListens:      "P starts to listen for the end of C",
	PageCloses:       "P closes its end of C",
	PageLosesHandle:  "P drops its last reference to the handle of C",
	PageTransfers:    "P transfers the handle of C to T",
	PageLeaves:       "P goes away",
	WorkerAccepts:    "the worker accepts C",
	WorkerRejects:    "the worker refuses C",
	WorkerIgnores:    "the worker leaves the connect event of C unanswered",
	WorkerPosts:      "the worker posts a message on C",
	WorkerReceives:   "the worker receives a message on C",
	WorkerLearns:     "the notice that the page of C is gone reaches the worker",
	WorkerCloses:     "the worker closes its end of C",
	Dispatch:         "the browser takes C to the active worker",
	Start:            "the browser starts the worker",
	FinishInstall:    "the new version is installed",
	FailInstall:      "the new version fails to install",
	Activate:         "the waiting version becomes the active one",
	FinishActivate:   "the new version is activated",
	Clear:            "the browser clears the unregistered registration",
	SuspendWorker:    "the browser suspends the idle worker",
	KillWorker:       "the browser kills the worker",
	Register:         "a service worker is registered",
	FindUpdate:       "the browser finds a new version",
	CallSkipWaiting:  "the waiting version calls skipWaiting()",
	UnregisterWorker: "the registration is unregistered",
	OpenClient:       "a document of the service's own origin opens and is controlled",
	CloseClient:      "the controlled document is closed",
}

// Text returns what steps of kind k do.
func (k Kind) Text() string {
	return strings.NewReplacer("P ", "a page ", "P", "the page", "T", "another one", "C ", "a connection ", "C", "a connection").Replace(kindTexts[k])
}

// Describe returns what s does, as a clause without a full stop.
func (s Step) Describe() string {
	text := strings.NewReplacer("P", page(s.Page), "C", connection(s.Connection), "T", page(s.To)).Replace(kindTexts[s.Kind])
	if s.Kind == PageConnects {
		text += ": " + connection(s.Connection)
	}
	return text
}

func page(p uint8) string       { return fmt.Sprintf("page %d", p) }
func connection(c uint8) string { return fmt.Sprintf("connection %d", c) }
func version(v Version) string  { return fmt.Sprintf("version %d", v) }
