package script

import (
	"slices"

	"cosw/model"
)

// Word is something that the language of scripts has, with what it means.
type Word struct{ Syntax, Means string }

// command is a command of the language. A word that is none of them begins a step.
type command struct {
	name string
	of   []Word // how it is written
	run  func(p *player, rest string) error
}

// commands in the order in which help tells them; design and expect may stand anywhere.
var commands = []command{
	{"design", []Word{
		{"design QUESTION=ANSWER|ANSWER, …", "go on under these designs alone"},
		{"design PRESET", "the same, for a design that really existed, such as draft"},
	}, (*player).design},
	{"bounds", []Word{{"bounds pages=2 messages=2 …", "before the first step: the bounds, those of cosw check unless they are named"}}, (*player).setBounds},
	{"start", []Word{{"start installed|nothing [own]", "begin with the service installed, which is so without this command, or with nothing; " +
		"own gives a single page the origin of the service"}}, (*player).start},
	{"may", []Word{{"may STEP", "take a step where it is enabled, and go on without it under the other designs"}},
		func(p *player, rest string) error { return p.step(rest, true) }},
	{"quiesce", []Word{{"quiesce", "take the steps that the browser and live scripts owe, until nothing is owed; where there is a choice, the " +
		"first: connect events are accepted, new versions installed"}}, (*player).quiesce},
	{"expect", []Word{{"expect STATEMENT [where DESIGNS]", "fail unless it is so under each design in play, or each of those that are named"}}, (*player).expect},
}

// Commands returns the commands of the language.
func Commands() []Word {
	var all []Word
	for _, c := range commands {
		all = append(all, c.of...)
	}
	return append(all,
		Word{"STEP", "take a step; designs that do not enable it drop out, but to listen never fails"},
		Word{"# …", "a comment, which the transcript repeats"})
}

// Statements returns what can be expected; any connection can stand for c1, any page for p1, and any version for 1.
func Statements() []Word { return slices.Clone(expectations) }

var expectations = []Word{
	{"c1 unused|requested|asking|up|to-ask-again|asking-again|down", "how far a connection is"},
	{"c1 pending|settled", "its promise"},
	{"c1 held by p1|nobody", "who holds the page's end"},
	{"c1 accepted by 1|nobody", "the version that holds the worker's end"},
	{"c1 to-worker|to-page 1", "how many messages wait in that direction"},
	{"p1 open|gone", "a page"},
	{"registration absent|live|unregistered|running-out", "the registration"},
	{"installing|waiting|active 1|none", "the versions in its slots"},
	{"active 1 activating|activated", "the state of the active one"},
	{"running|stopped", "whether the active worker has a live instance"},
	{"controlled|uncontrolled", "whether it controls a page"},
	{"enabled|disabled STEP", "whether the step could be taken next"},
	{"event|no-event TEXT", "whether an event of the last step, or of the last quiesce, has that text in it"},
	{"quiescent", "whether nothing is owed; handlers that may hang owe no answer"},
}

// Steps returns the steps that a script can take.
func Steps() []Word {
	var all []Word
	for _, k := range model.Kinds() {
		all = append(all, Word{k.Syntax(), k.Text()})
	}
	return all
}
