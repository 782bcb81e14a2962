package infer

import "cosw/model"

// This file says how a recording shows each kind of step of the model. [system.Steps] and [system.match] go by it, so that
// a kind that is missing here can never be taken: it would exclude designs that need it. TestObservations looks for it.

// observation is how a recording shows the steps of a kind. A step without the line that tells of it cannot be taken,
// unless it may be hidden.
type observation struct {
	by      party                                  // who records it
	fact    fact                                   // of the line that tells of it; 0: no line does
	only    model.EventKind                        // the line is there only if this comes of the step; 0: always
	hidden  func(*system, *world, model.Step) bool // whether it can happen without a line; nil: never
	because string                                 // why it may be hidden, or why no line tells of it
}

// party is who records a step.
type party uint8

const (
	_         party = iota
	byPage          // the page that takes it
	byWorker        // the active version
	byBrowser       // the browser or its driver
)

var observations = [sees]observation{
	model.PageConnects:    {by: byPage, fact: connects},
	model.PagePosts:       {by: byPage, fact: posts, hidden: (*system).inGap, because: assumeGaps},
	model.PageReceives:    {by: byPage, fact: receives}, // also before it is gone: what it received then makes no difference
	model.PageLearns:      {by: byPage, fact: isClosed, only: model.PageKnows, because: assumeUnheard},
	model.PageListens:     {hidden: (*system).listensLate, because: assumeListens},
	model.PageCloses:      {by: byPage, fact: closes},
	model.PageLosesHandle: {because: assumeListens},
	model.PageTransfers:   {because: assumeListens},
	model.PageLeaves:      {by: byBrowser, fact: gone},
	model.PageFreezes:     {by: byBrowser, fact: freezes},

	model.WorkerAccepts:  {by: byWorker, fact: accepts},
	model.WorkerRejects:  {by: byWorker, fact: rejects},
	model.WorkerIgnores:  {by: byWorker, fact: ignores, hidden: (*system).isIncomplete, because: assumeIgnores},
	model.WorkerHangs:    {by: byWorker, fact: hangs, hidden: (*system).isIncomplete, because: assumeHangs},
	model.WorkerPosts:    {by: byWorker, fact: posts, hidden: (*system).inGap, because: assumeGaps},
	model.WorkerReceives: {by: byWorker, fact: receives, hidden: (*system).inGap, because: assumeGaps},
	model.WorkerLearns:   {by: byWorker, fact: isClosed, hidden: (*system).inGap, because: assumeGaps},
	model.WorkerCloses:   {by: byWorker, fact: closes},

	model.Dispatch:      {by: byWorker, fact: dispatched, only: model.Dispatched, hidden: (*system).askedAtTheEnd, because: assumeAnswers},
	model.GiveUp:        {hidden: (*system).isAlways, because: assumeGivesUp},
	model.ReleaseEnd:    {hidden: (*system).isAlways, because: assumeReleases},
	model.CollectHandle: {because: assumeListens}, // as no page loses a handle
	model.Start:         {by: byWorker, fact: boots},
	model.FailStart:     {by: byBrowser, fact: startFails},

	model.FinishInstall:    {by: byBrowser, fact: installed},
	model.FailInstall:      {by: byBrowser, fact: fails},
	model.Activate:         {by: byBrowser, fact: activating},
	model.FinishActivate:   {hidden: (*system).isAlways, because: assumeActivated},
	model.Clear:            {by: byBrowser, fact: cleared},
	model.SuspendWorker:    {by: byBrowser, hidden: (*system).stopsLater, because: assumeStops},
	model.KillWorker:       {by: byBrowser, hidden: (*system).stopsLater, because: assumeStops},
	model.KillHandling:     {by: byBrowser, hidden: (*system).stopsLater, because: assumeStops},
	model.Register:         {by: byBrowser, fact: installing},
	model.FindUpdate:       {by: byBrowser, fact: installing},
	model.CallSkipWaiting:  {by: byBrowser, fact: skipsWaiting, hidden: (*system).isIncomplete, because: assumeSkips},
	model.UnregisterWorker: {by: byBrowser, fact: unregisters, hidden: (*system).clearsUnseen, because: assumeRegisters},
	model.OpenClient:       {by: byBrowser, fact: controlled, hidden: (*system).clientsUnseen, because: assumeClients},
	model.CloseClient:      {by: byBrowser, fact: uncontrolled, hidden: (*system).clientsUnseen, because: assumeClients},
}

// Why steps may be hidden that no assumption speaks of.
const (
	assumeIgnores  = "a script does nothing when it leaves a connect event unanswered"
	assumeHangs    = "a script does nothing while its handler of a connect event hangs"
	assumeAnswers  = "the browser may answer a request without asking the worker"
	assumeGivesUp  = "the browser gives up without a word; the page sees what comes of it"
	assumeUnheard  = "a notice to a page that does not listen is lost, and nobody knows"
	assumeReleases = "the browser takes the worker's end, and tells nobody"
	assumeStops    = "an instance is stopped between two lines that say so, see system.matchStop"
)
