package props

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cosw/model"
	"cosw/model/family"
)

// This file holds the sentences of the package that are computed. What a property says stands in its record.

// Ending is what a sentence about the violation at the end of a history can speak of.
type Ending struct {
	*Property
	*Moment
	Witness
	// Message names a message of the connection, by its direction and number.
	Message func(toPage bool, number uint8) string
}

// says returns a sentence that names the page, its origin, the connection and the version in braces.
func says(text string) func(*Ending) string {
	return func(e *Ending) string { return e.fill(text) }
}

// fill puts names for the words in braces.
func (e *Ending) fill(text string) string {
	origin := model.NoOrigin
	if e.Page != 0 {
		origin = e.OriginOf(e.Page)
	}
	return strings.NewReplacer("{page}", model.PageName(e.Page), "{connection}", model.ConnectionName(e.Connection),
		"{version}", model.VersionName(e.Version), "{origin}", origin.String()).Replace(text)
}

func (e *Ending) culprit() *model.Connection { return &e.Connections[e.Connection-1] }

func tellsUnaware(e *Ending) string {
	how := "which has nothing to listen for and nothing to read"
	switch {
	case e.Ask(model.PageNotice) == model.NoticeEvent:
		how = "which listens"
	case e.Ask(model.PageNotice) == model.NoticeState:
		how = "which could read the state of its connection"
	}
	return e.fill("{connection} is down, and {page}, " + how + ", still takes it for open: nobody ever tells {page}")
}

func tellsLost(e *Ending) string {
	c := e.culprit()
	q, sender, toPage := &c.ToWorker, "{page}", false
	if !e.lostToWorker(c) {
		q, sender, toPage = &c.ToPage, "{version}", true
	}
	var lost []string
	for number := q.Received + 1; number != q.Posted+1; number++ {
		lost = append(lost, e.Message(toPage, number))
	}
	are, were := "is", "it was"
	if len(lost) > 1 {
		are, were = "are", "they were"
	}
	fate := "does not know that {connection} is down, and never will"
	if c.Entangled {
		fate = "is not told, as {connection} is up"
	}
	return e.fill(fmt.Sprintf("%s %s never handled, and %s, at whose end %s posted, %s",
		strings.Join(lost, ", "), are, sender, were, fate))
}

// tellsHeld returns a sentence that goes on with how long a connection holds something up.
func tellsHeld(text string) func(*Ending) string {
	return func(e *Ending) string {
		if e.culprit().Hung {
			return e.fill(text + ", whose connect event will never be answered")
		}
		return e.fill(text + ", for as long as {page} pleases")
	}
}

func tellsSuspended(e *Ending) string {
	if e.Event.Kind == model.Cut {
		return e.fill("the worker was suspended, and what {page}, of {origin}, asks of it next is never answered")
	}
	return e.fill("the worker was suspended, and what {page}, of {origin}, asks of it next takes as long as a start")
}

func tellsCollected(e *Ending) string {
	how := "the worker will find that what it posts is no longer acknowledged"
	switch {
	case e.Event.Kind == model.WorkerNoticeSent:
		how = "the worker is told"
	case e.listShrinks():
		how = "the worker will miss {connection} in its list"
	}
	return e.fill("garbage is collected in {page}, of {origin}, and " + how)
}

func tellsStuck(e *Ending) string {
	c := e.culprit()
	var stuck []string
	for _, queue := range []struct {
		toPage bool
		*model.MessageQueue
	}{{false, &c.ToWorker}, {true, &c.ToPage}} {
		for i := range queue.Length {
			stuck = append(stuck, e.Message(queue.toPage, queue.At(i).Number))
		}
	}
	wait := "waits"
	if len(stuck) > 1 {
		wait = "wait"
	}
	return e.fill(fmt.Sprintf("%s still %s in the queue of {connection}, which is up: nobody will ever take it out",
		strings.Join(stuck, ", "), wait))
}

func tellsUnasked(e *Ending) string {
	return e.fill("the message reached {version}, and it was " + model.VersionName(e.Before.Accepted) +
		" that accepted {connection}: nobody ever asked {version}")
}

func tellsStranger(e *Ending) string {
	return e.fill("the message came from {page}, a page of {origin}, and {version} takes it for one of " +
		model.PageName(e.culprit().Page) + ", whose connection it is")
}

func tellsDisorder(e *Ending) string {
	message := e.Message(e.Event.Kind == model.Delivered && e.Event.Page != 0, e.Event.Message.Number)
	if e.Event.Kind == model.Lost {
		return e.fill(message + " is lost and {connection} goes on, so that whatever is posted next comes after a gap")
	}
	return e.fill(message + " arrives on {connection} out of order, twice, or after a gap")
}

var whenTexts = [...]string{AtEvent: "at a step", Always: "always", AtQuiescence: "eventually"}

// String returns the kind of property that a violation at such moments makes: "eventually" is checked in every world in
// which all that the browser owes has happened.
func (w When) String() string { return whenTexts[w] }

var weightTexts = [...]string{Must: "must", Want: "want"}

func (w Weight) String() string { return weightTexts[w] }

// MarshalText returns what String does.
func (w Weight) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// startNames are the names of initial worlds, as in the scripts of package traces.
var startNames = [...]string{"installed", "nothing", "installed own", "nothing own"}

// matchingEvents says what comes of the steps of the matching model: the word that an event begins with, and the clause.
// The argument of an event is the scope of a service, or none; that of candidates is a number.
var matchingEvents = []struct{ word, told string }{
	{"registered", "there is a service with scope SCOPE and script SCRIPT"},
	{"found", "connect() finds SERVICE"},
	{"candidates", "COUNT registrations match, and the first is taken"},
	{"controls", "a document at the url would be controlled by SERVICE"},
	{"reversed", "registered in reverse order, it would be SERVICE"},
	{"reached", "what the page sends reaches SERVICE"},
}

func (*matching) describe(event string) (string, error) {
	word, argument, _ := strings.Cut(event, " ")
	var words []string
	for _, e := range matchingEvents {
		if e.word == word {
			return describeMatching(e.told, argument)
		}
		words = append(words, e.word)
	}
	return "", &family.UnknownWordError{What: "event", Word: word, Valid: words}
}

// describeMatching puts the argument of an event into the clause for it.
func describeMatching(told, argument string) (string, error) {
	if strings.Contains(told, "COUNT") {
		n, err := strconv.ParseUint(argument, 10, 8)
		if err != nil {
			return "", fmt.Errorf("%q is no number of registrations", argument)
		}
		return strings.ReplaceAll(told, "COUNT", strconv.FormatUint(n, 10)), nil
	}
	scopes := []string{serviceWord(0)}
	for n := range services {
		scopes = append(scopes, serviceWord(uint8(n+1)))
	}
	n := slices.Index(scopes, argument)
	if n > 0 {
		s := services[n-1]
		told = strings.NewReplacer("SCOPE", s.Scope, "SCRIPT", s.Script).Replace(told)
	}
	if n < 0 || strings.Contains(told, "SCOPE") {
		return "", &family.UnknownWordError{What: "scope", Word: argument, Valid: scopes}
	}
	return strings.ReplaceAll(told, "SERVICE", serviceName(uint8(n))), nil
}

// serviceWord returns the scope of a service as steps and events are written.
func serviceWord(n uint8) string {
	if n == 0 {
		return "none"
	}
	return short(services[n-1].Scope)
}

func serviceName(n uint8) string {
	if n == 0 {
		return "no service"
	}
	return "the service of scope " + serviceWord(n)
}

// short drops the scheme of a url.
func short(url string) string { return strings.TrimPrefix(url, "https://") }

var sideTexts = [...]string{withService: "service", withoutService: "nothing"}

// timings holds a record for each time at which a rejection comes: the word that traces keep, and a phrase.
var timings = [...]struct{ word, text string }{
	AtOnce:         {"at-once", "at once"},
	AfterAWorker:   {"after-a-worker", "after a worker was asked"},
	AfterADeadline: {"after-a-deadline", "after a worker did not answer in time"},
	AfterAnInstall: {"after-an-install", "after the service was installed"},
	AfterTheDelay:  {"after-the-delay", "after the fixed delay"},
}

func (m Timing) String() string { return timings[m].word }

// seesWord begins the event that tells what the page sees.
const seesWord = "sees"

// String returns what the page sees of a rejected promise as traces keep it, as in "sees AbortError at-once".
func (o Promise) String() string { return fmt.Sprintf("%s %s %s", seesWord, o.Name, o.Timing) }

// parsePromise reads what String writes.
func parsePromise(text string) (Promise, error) {
	words := strings.Fields(text)
	if len(words) != 3 {
		return Promise{}, fmt.Errorf("%q has %d words: expected %s, the name of an error and when it comes", text, len(words), seesWord)
	}
	var valid []string
	for m := AtOnce; int(m) < len(timings); m++ {
		if m.String() == words[2] {
			return Promise{Settled: AsRejected, Name: words[1], Timing: m}, nil
		}
		valid = append(valid, m.String())
	}
	return Promise{}, &family.UnknownWordError{What: "moment", Word: words[2], Valid: valid}
}

// tellsApart compares what the page sees with the service and without.
func tellsApart(e *Ending) string {
	o := &e.State.(*PresenceWorld).Promises
	return fmt.Sprintf("where the service is, %s; where nothing is registered, %s; so %s",
		o[withService].Describe(), o[withoutService].Describe(), e.Broken)
}

// Describe returns what the page sees of its promise, as a clause.
func (o Promise) Describe() string {
	switch o.Settled {
	case AsResolved:
		return "the page is connected"
	case Pending:
		return "the promise of the page stays pending"
	}
	return fmt.Sprintf("the page sees %s, %s", o.Name, timings[o.Timing].text)
}

func (e *StepError) describe() string {
	if errors.Is(e.Err, ErrOpen) {
		return fmt.Sprintf("the step depends on %s, which the design leaves open; add an answer, such as %s=%s",
			e.Question.ID(), e.Question.ID(), e.Question.Answer(0))
	}
	could := "nothing"
	if len(e.Enabled) > 0 {
		could = strings.Join(e.Enabled, ", ")
	}
	return "the step is not enabled; what is: " + could
}
