package infer

import (
	"fmt"

	"cosw/linearize"
)

// This file holds the wording of what is not supported.

const (
	hintBoot             = "record the lines of the browser, too: each start of a version, and its states"
	hintTwoRegistrations = "record one registration at a time"
	hintPages            = "use up to 3 pages of other origins and one of the service's own"
	hintBounds           = "make a shorter recording"
	hintModel            = "leave it out of the recording, the model has no such thing"

	wrongConnections = "more than 6 connections of one registration are not supported"
	wrongWhose       = "there are several registrations, and the line does not say which one it is about"
)

func wrongBoot(l *linearize.Line) string {
	return fmt.Sprintf("%s starts, and no line of the browser says which version that is", l.Actor)
}

func wrongTwoRegistrations(page string) string {
	return fmt.Sprintf("%s is connected to two registrations of the service, which is not supported", page)
}

func wrongNoRegistration(l *linearize.Line) string {
	return fmt.Sprintf("there are several registrations, and no worker takes part in any connection of %s", l.Actor)
}

func wrongPages(n int, own bool) string {
	if own {
		return "more than one page of the service's own origin is not supported"
	}
	return fmt.Sprintf("%d pages of one registration are not supported", n)
}

func wrongVersions(n int) string {
	return fmt.Sprintf("%d versions of one registration are not supported: the model has 4", n)
}

func unknownOrigin(page string) string {
	return page + " is of another origin than the service, as no line tells its origin"
}

const wrongFull = "more than 8 messages wait at once, which is not supported"
