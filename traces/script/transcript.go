package script

import (
	"errors"
	"io"
	"strings"

	"cosw/model"
	"cosw/model/family"
)

// Line is a line of a transcript, as data.
type Line struct {
	Kind  string   `json:"kind"` // comment, command, owed, about, question, event, change, remark or met
	Text  string   `json:"text"`
	Where []string `json:"where,omitempty"` // the designs that it is about, as terms of a formula; if none, all that are in play
}

// lineKinds are the kinds of lines by the marks that stand before them.
var lineKinds = map[string]string{
	"#":  "comment",
	">":  "command",  // which prepares the scenario or takes a step
	">>": "owed",     // a step that a quiesce takes
	"":   "about",    // what a command is about
	"?":  "question", // which decides what a step does
	"-":  "event",
	"=":  "change", // of the world
	"!":  "remark", // why designs drop out, or what an expectation rests on
	"ok": "met",    // an expectation
}

// record remembers a line.
func (s *story) record(mark, text string, where ...string) {
	s.told = append(s.told, Line{lineKinds[strings.TrimSpace(mark)], strings.TrimSpace(strings.TrimPrefix(text, "#")), where})
}

// Transcribe plays a script as [Play] does and returns the transcript as data, as far as it comes.
func Transcribe(src io.Reader, name string, within family.Cube) ([]Line, error) {
	if model.Space.IsEmpty(within) {
		return nil, errors.New(wrongWithin)
	}
	p := newPlayer(io.Discard, within)
	err := p.play(src, name)
	return p.story.told, err
}
