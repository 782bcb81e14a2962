package model

import (
	"fmt"
	"strings"

	"cosw/model/family"
)

// String returns e as traces write it, see the documentation of the package.
func (e Event) String() string {
	if !e.Kind.known() {
		return fmt.Sprintf("event(%d)", e.Kind)
	}
	words := []string{e.Kind.String()}
	for _, p := range e.Kind.parameters() {
		for _, name := range p.names {
			if word := e.argument(name); word != "" {
				words = append(words, word)
			}
		}
	}
	return strings.Join(words, " ")
}

func (k EventKind) known() bool { return k > 0 && int(k) < len(eventKinds) }

// parameter is a place for an argument in the syntax of an event.
type parameter struct {
	names    []string // of what can stand there
	optional bool
}

// parameters returns those of the syntax of k.
func (k EventKind) parameters() []parameter {
	var all []parameter
	for _, word := range strings.Fields(k.Syntax())[1:] {
		name := strings.Trim(word, "[]")
		all = append(all, parameter{strings.Split(name, "|"), name != word})
	}
	return all
}

// argument writes an argument; it returns nothing for one that is zero.
func (e *Event) argument(name string) string {
	numbered := func(letter string, n uint8) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprintf("%s%d", letter, n)
	}
	flag := func(set bool) string {
		if set {
			return name
		}
		return ""
	}
	switch name {
	case "P":
		return numbered("p", e.Page)
	case "V":
		return numbered("v", uint8(e.Version))
	case "C":
		return numbered("c", e.Connection)
	case "M":
		return fmt.Sprintf("m%d", e.Message.Number) // numbers start again from 0
	case "CAUSE":
		return e.Cause.String()
	case "STATE":
		return e.State.String()
	case "STATUS":
		return e.Status.String()
	case "again":
		return flag(e.Again)
	case "stranger":
		return flag(e.Message.Stranger)
	}
	panic("model: events have no argument " + name)
}

// ParseEvent is the inverse of [Event.String]. Its errors say what was expected, or name the word that comes nearest.
func ParseEvent(text string) (Event, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return Event{}, fmt.Errorf("%q is no event: expected what happens, such as %q", text, "resolved p1 c1")
	}
	kind, err := named[EventKind]("event", words[0], len(eventKinds))
	if err != nil {
		return Event{}, err
	}
	e, rest := Event{Kind: kind}, words[1:]
	for _, p := range kind.parameters() {
		err := fmt.Errorf("%q ends before %s", text, strings.Join(p.names, "|"))
		for i := 0; i < len(p.names) && len(rest) > 0 && err != nil; i++ {
			err = e.read(p.names[i], rest[0])
		}
		switch {
		case err == nil:
			rest = rest[1:]
		case !p.optional:
			return Event{}, fmt.Errorf("%w: expected %s", err, kind.Syntax())
		}
	}
	if len(rest) > 0 {
		return Event{}, fmt.Errorf("%q is too much: expected %s", strings.Join(rest, " "), kind.Syntax())
	}
	return e, nil
}

// read reads an argument.
func (e *Event) read(name, word string) (err error) {
	switch name {
	case "P":
		e.Page, err = argument(word, 'p')
	case "V":
		var v uint8
		v, err = argument(word, 'v')
		e.Version = Version(v)
	case "C":
		e.Connection, err = argument(word, 'c')
	case "M":
		if word != "m0" {
			e.Message.Number, err = argument(word, 'm')
		}
	case "CAUSE":
		e.Cause, err = named[Cause]("cause", word, len(causes))
	case "STATE":
		e.State, err = named[WorkerState]("state", word, len(stateWords))
	case "STATUS":
		e.Status, err = named[Status]("status", word, len(statuses))
	default:
		if word != name {
			return fmt.Errorf("%q is not %q", word, name)
		}
		e.Again, e.Message.Stranger = e.Again || name == "again", e.Message.Stranger || name == "stranger"
	}
	return err
}

// named returns the value that is called word, of those from 1 up to n.
func named[T interface {
	~uint8
	fmt.Stringer
}](what, word string, n int) (T, error) {
	var valid []string
	for value := T(1); int(value) < n; value++ {
		if value.String() == word {
			return value, nil
		}
		valid = append(valid, value.String())
	}
	return 0, &family.UnknownWordError{What: what, Word: word, Valid: valid}
}

// Describe returns what happened, as a clause without a full stop.
func (e Event) Describe() string {
	if !e.Kind.known() {
		return e.String()
	}
	record := &eventKinds[e.Kind]
	text := record.told
	if record.flagged != "" && (e.Again || e.Message.Stranger || e.Cause != 0 && e.Kind == WorkerStarts) {
		text = record.flagged
	}
	party, sender := VersionName(e.Version), "the worker"
	if e.Page != 0 {
		party = PageName(e.Page)
	}
	if e.Version == 0 {
		sender = "the page" // one that is gone by now is not named
	}
	return strings.NewReplacer(
		"CAUSE", e.Cause.Text(), "STATE", e.State.String(), "STATUS", statuses[e.Status].text, "PARTY", party, "SENDER", sender,
		"P", PageName(e.Page), "V", VersionName(e.Version), "C", ConnectionName(e.Connection), "M", fmt.Sprintf("message %d", e.Message.Number),
	).Replace(text)
}
