package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"cosw/model"
	"cosw/props"
)

// This file holds the sentences of the prose: what steps do, what comes of them, and how an argument is put together.

const (
	thenText        = "then "
	stuckMark       = "✗ "
	nothingOwedText = "Now nothing is owed any more: the browser has done all that it owes, and no script has anything left " +
		"that it could receive or answer. What has not happened by now need never happen."
)

// sentence makes a clause a sentence.
func sentence(clause string) string {
	first, size := utf8.DecodeRuneInString(clause)
	clause = string(unicode.ToUpper(first)) + clause[size:]
	return strings.TrimRight(clause, ".") + "."
}

// list joins clauses by commas and an "and".
func list(clauses []string) string {
	if len(clauses) < 2 {
		return strings.Join(clauses, "")
	}
	last := len(clauses) - 1
	if last == 1 {
		return clauses[0] + " and " + clauses[1]
	}
	return strings.Join(clauses[:last], ", ") + ", and " + clauses[last]
}

// stepSentence tells a step: what is done, and because of what it can be; because of what something comes of it, and what.
func stepSentence(number int, act, enabling, deciding string, comes []string) string {
	act += fmt.Sprintf(" (step %d)", number)
	if enabling != "" {
		act += ", because " + enabling
	}
	end := joinClauses(comes)
	switch {
	case deciding != "" && end != "":
		return sentence(act) + " " + sentence("because "+deciding+", "+end)
	case deciding != "":
		return sentence(act + ", because " + deciding)
	case end == "":
		return sentence(act)
	case enabling != "":
		return sentence(act) + " " + sentence(end)
	}
	return sentence(act + ": " + end)
}

// joinClauses joins clauses that may have commas in them.
func joinClauses(clauses []string) string {
	if len(clauses) < 3 {
		return strings.Join(clauses, ", and ")
	}
	last := len(clauses) - 1
	return strings.Join(clauses[:last], "; ") + "; and " + clauses[last]
}

// reasonText returns an answer to follow "because"; more tells that others stand before it.
func reasonText(a Answer, told, more bool) string {
	names := make([]string, len(a.Answers))
	reasons := make([]string, len(a.Answers))
	for i, answer := range a.Answers {
		names[i] = "`" + answer.String() + "`"
		reasons[i] = a.Question.Because(answer)
	}
	head := "the answer "
	if more {
		head = ""
	}
	text := fmt.Sprintf("%sto `%s` is %s", head, a.Question.ID(), strings.Join(names, " or "))
	if told {
		return text
	}
	return text + " (" + strings.Join(reasons, "; or ") + ")"
}

// act says what a step does, as a clause.
func (t *teller) act(s model.Step) string {
	p, c, v := model.PageName(s.Page), model.ConnectionName(s.Connection), model.VersionName(t.active())
	switch s.Kind {
	case model.PageConnects:
		return p + " calls connect(): let " + c + " be what comes of it"
	case model.PagePosts:
		return p + " posts " + t.name(0) + " on " + c
	case model.PageReceives:
		return p + " receives " + t.name(0) + " on " + c
	case model.PageLearns:
		return "the notice that " + c + " is down gets to " + p
	case model.PageTransfers:
		return p + " transfers its handle of " + c + " to " + model.PageName(s.To)
	case model.PageLosesHandle:
		return p + " drops its last reference to " + c
	case model.WorkerAccepts:
		return v + " accepts " + c
	case model.WorkerRejects:
		return v + " refuses " + c
	case model.WorkerIgnores:
		return v + " leaves the connect event of " + c + " unanswered"
	case model.WorkerPosts:
		return v + " posts " + t.name(0) + " on " + c
	case model.WorkerReceives:
		return v + " receives " + t.name(0) + " on " + c
	case model.WorkerLearns:
		return "the notice that the page of " + c + " is gone gets to " + v
	case model.WorkerCloses:
		return v + " closes its end of " + c
	case model.Dispatch:
		return "the browser looks for a worker that takes " + c
	}
	return t.actOfBrowser(s)
}

// actOfBrowser says what a step of the browser or its environment does that is about no single connection.
func (t *teller) actOfBrowser(s model.Step) string {
	v, reg := model.VersionName(t.active()), &t.before.Registration
	switch s.Kind {
	case model.Start:
		return "the browser starts " + v
	case model.SuspendWorker:
		return "the browser suspends " + v + ", which is idle"
	case model.KillWorker:
		return v + " is killed"
	case model.FinishInstall:
		return model.VersionName(reg.Installing) + " is installed"
	case model.FailInstall:
		return model.VersionName(reg.Installing) + " fails to install"
	case model.Activate:
		if reg.Active == 0 {
			return model.VersionName(reg.Waiting) + " becomes the active version"
		}
		return model.VersionName(reg.Waiting) + " takes over from " + v
	case model.FinishActivate:
		return v + " is activated"
	case model.FindUpdate:
		return "the browser finds a new version of the worker, " + model.VersionName(t.after.Registration.Latest)
	case model.CallSkipWaiting:
		return model.VersionName(reg.Waiting) + " calls skipWaiting()"
	case model.OpenClient:
		return "a document of the service's own origin opens, which " + v + " controls"
	}
	return s.Describe()
}

// clauses says what event i amounts to, beyond what the act says.
func (t *teller) clauses(i int) []string {
	e := t.events[i]
	c, p, v := model.ConnectionName(e.Connection), model.PageName(e.Page), model.VersionName(e.Version)
	switch e.Kind {
	case model.Rejected, model.RegistrationGone:
		return []string{e.Describe()}
	case model.StateChanges, model.RegistrationIs:
		if e.State == model.Redundant || e.Status == model.Unregistered {
			return []string{e.Describe()}
		}
		return nil
	case model.Dispatched:
		if e.Again {
			return []string{v + " gets a connect event for it, although it was accepted before"}
		}
		return []string{v + " gets a connect event for it"}
	case model.Accepted:
		return acceptedClauses(e, v, c)
	case model.Resolved:
		return []string{fmt.Sprintf("the promise of %s is resolved with an end of %s", p, c)}
	case model.Abandoned:
		return []string{t.abandoned(e, c)}
	case model.AskedLater:
		return []string{c + " waits for another connect event"}
	case model.Lost:
		if t.any(model.Posted) {
			return []string{"nothing is at the other end any more, and " + t.name(i) + " is lost"}
		}
		return []string{t.name(i) + " is lost"}
	case model.Cut:
		return t.cut(e, c, p)
	case model.ObjectGone:
		return []string{fmt.Sprintf("%s outlives the instance of %s, but the object that its script had for it is gone", c, v)}
	}
	return t.noticeClauses(i)
}

func acceptedClauses(e model.Event, v, c string) []string {
	switch e.Cause {
	case model.CauseSilence:
		return []string{v + " has " + c + ", though its script never touched it"}
	case model.CauseSameOrigin:
		return []string{v + " has " + c + " without having been asked"}
	}
	return nil
}

func (t *teller) abandoned(e model.Event, c string) string {
	if e.Again {
		return "the connect event is gone for good, and " + c + " with it"
	}
	return fmt.Sprintf("the connect event of %s is gone for good, and nothing will ever settle the promise of %s",
		c, model.PageName(t.before.Connections[e.Connection-1].Page))
}

// cut says that the worker's end is gone, and that its page is not told if it is not.
func (t *teller) cut(e model.Event, c, p string) []string {
	clauses := []string{c + " ends at the worker's side"}
	if e.Page != 0 && !t.told(model.PageNoticeSent, e.Connection) {
		clauses = append(clauses, p+" is not told")
	}
	return clauses
}

// noticeClauses says who learns of something, and who does not.
func (t *teller) noticeClauses(i int) []string {
	e := t.events[i]
	c, p, v := model.ConnectionName(e.Connection), model.PageName(e.Page), model.VersionName(e.Version)
	switch e.Kind {
	case model.Delivered:
		if e.Message.Stranger {
			return []string{v + " takes it for a message of the page that it accepted"}
		}
	case model.PageSideEnded:
		return t.pageSideEnded(e, c)
	case model.PageNoticeSent:
		return []string{"a notice is on its way to " + p}
	case model.PageNoticeLost:
		return []string{p + " does not listen, so the notice is lost, and there will be no other"}
	case model.PageKnows:
		return []string{p + " knows now"}
	case model.WorkerNoticeSent:
		return []string{"a notice is on its way to the worker"}
	case model.WorkerKnows:
		return []string{v + " lets go of its end"}
	case model.HandleMoved:
		return []string{p + " holds it now"}
	}
	return nil
}

func (t *teller) pageSideEnded(e model.Event, c string) []string {
	var clauses []string
	if e.Cause == model.CausePageGone {
		clauses = append(clauses, "its end of "+c+" is gone with it")
	}
	after := &t.after.Connections[e.Connection-1]
	if after.Phase == model.Up && !t.told(model.WorkerNoticeSent, e.Connection) {
		clauses = append(clauses, "the worker is not told")
	}
	return clauses
}

// matchingClauses says what comes of a step of the matching model.
func matchingClauses(before, after *props.MatchingWorld) []string {
	switch {
	case before.Registered != after.Registered:
		return nil
	case before.Target != after.Target:
		clauses := matchingNotes(after)
		if after.Chosen != 0 {
			clauses = append([]string{"the page is connected to " + serviceName(after, after.Chosen)}, clauses...)
		}
		return clauses
	}
	return []string{"what it sends reaches " + someService(after, after.Used)}
}
