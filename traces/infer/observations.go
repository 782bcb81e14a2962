package infer

import "cosw/model"

// This file says how a recording shows each kind of step of the model. [system.Steps] and [system.match] go by it, so that
// a kind that is missing here can never be taken: it would exclude designs that need it. TestObservations looks for it.

// observation is how a recording shows the steps of a kind. A step without the line that tells of it cannot be taken,
// unless it may be hidden.
type observation struct {
	by      party                                  // who records it
	op      op                                     // of the line that tells of it; 0: no line does
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
	model.PageConnects:    {by: byPage, op: connects},
	model.PagePosts:       {by: byPage, op: posts, hidden: (*system).inGap, because: assumeGaps},
	model.PageReceives:    {by: byPage, op: receives}, // also before it is gone: what it received then makes no difference
	model.PageLearns:      {by: byPage, op: isClosed},
	model.PageListens:     {because: assumeListens}, // taken as soon as a promise is resolved, see system.settle
	model.PageCloses:      {by: byPage, op: closes},
	model.PageLosesHandle: {because: assumeListens},
	model.PageTransfers:   {because: assumeListens},
	model.PageLeaves:      {by: byBrowser, op: gone},

	model.WorkerAccepts:  {by: byWorker, op: accepts},
	model.WorkerRejects:  {by: byWorker, op: rejects},
	model.WorkerIgnores:  {by: byWorker, op: ignores, hidden: (*system).isIncomplete, because: assumeIgnores},
	model.WorkerPosts:    {by: byWorker, op: posts, hidden: (*system).inGap, because: assumeGaps},
	model.WorkerReceives: {by: byWorker, op: receives, hidden: (*system).inGap, because: assumeGaps},
	model.WorkerLearns:   {by: byWorker, op: isClosed, hidden: (*system).inGap, because: assumeGaps},
	model.WorkerCloses:   {by: byWorker, op: closes},

	model.Dispatch: {by: byWorker, op: dispatched, only: model.Dispatched, because: assumeAnswers},
	model.Start:    {by: byWorker, op: boots},

	model.FinishInstall:    {by: byBrowser, op: installed},
	model.FailInstall:      {by: byBrowser, op: fails},
	model.Activate:         {by: byBrowser, op: activating},
	model.FinishActivate:   {hidden: (*system).isAlways, because: assumeActivated},
	model.Clear:            {by: byBrowser, op: cleared},
	model.SuspendWorker:    {by: byBrowser, hidden: (*system).stopsLater, because: assumeStops},
	model.KillWorker:       {by: byBrowser, hidden: (*system).stopsLater, because: assumeStops},
	model.Register:         {by: byBrowser, op: installing},
	model.FindUpdate:       {by: byBrowser, op: installing},
	model.CallSkipWaiting:  {by: byBrowser, op: skipsWaiting, hidden: (*system).isIncomplete, because: assumeSkips},
	model.UnregisterWorker: {by: byBrowser, op: unregisters, hidden: (*system).clearsUnseen, because: assumeRegisters},
	model.OpenClient:       {by: byBrowser, op: controlled, hidden: (*system).clientsUnseen, because: assumeClients},
	model.CloseClient:      {by: byBrowser, op: uncontrolled, hidden: (*system).clientsUnseen, because: assumeClients},
}

// Why steps may be hidden that no assumption speaks of.
const (
	assumeIgnores = "a script does nothing when it leaves a connect event unanswered"
	assumeAnswers = "the browser may answer a request without asking the worker"
	assumeStops   = "an instance is stopped between two lines that say so, see system.matchStop"
)
