package script

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cosw/model"
	"cosw/model/family"
)

// mismatch is what is the case, instead of what a statement says, under some designs.
type mismatch struct {
	designs family.Set
	text    string
	excused bool // the surroundings may be such that it is not the case, which no design has a say in
}

// statement returns the mismatches in a branch; none where it is true under all designs.
type statement func(b branch) []mismatch

// expect carries out "expect STATEMENT" and "expect STATEMENT where DESIGNS".
func (p *player) expect(text string) error {
	if err := p.begun(); err != nil {
		return err
	}
	claim, designs, limited := cutLast(text, " where ")
	holds, err := p.parseStatement(strings.TrimSpace(claim))
	if err != nil {
		return err
	}
	cube := model.Space.Full()
	if limited {
		if cube, err = parseDesign(strings.TrimSpace(designs)); err != nil {
			return err
		}
	}
	branches := p.within(cube)
	if len(branches) == 0 {
		return fmt.Errorf(wrongWhere, strings.TrimSpace(designs), p.formula(p.inPlay(), family.All))
	}
	var found, excused []mismatch
	for _, b := range branches {
		for _, m := range holds(b) {
			if m.excused {
				excused = append(excused, m)
			} else {
				found = append(found, m)
			}
		}
	}
	if len(found) > 0 {
		return failf(ErrExpectation, wrongExpectation, p.phrase(found), text)
	}
	p.story.detail(2, okMark, text)
	if len(excused) > 0 {
		p.story.detail(2, insteadMark, mayHang)
		p.tellTales(p.talesOf(excused))
	}
	return nil
}

// cutLast is strings.Cut at the last sep.
func cutLast(text, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(text, sep); i >= 0 {
		return text[:i], text[i+len(sep):], true
	}
	return text, "", false
}

// fact returns a statement about the world alone.
func fact(judge func(w *model.World) (holds bool, instead string)) statement {
	return func(b branch) []mismatch {
		if holds, instead := judge(&b.World); !holds {
			return []mismatch{{designs: b.Designs, text: instead}}
		}
		return nil
	}
}

// statements are the first words of those that do not begin with a connection or a page.
var statements = []string{
	"registration", "installing", "waiting", "active", "running", "stopped", "controlled", "uncontrolled",
	"enabled", "disabled", "event", "no-event", "quiescent",
}

// parseStatement reads a statement, see the documentation of the package.
func (p *player) parseStatement(text string) (statement, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return nil, errors.New(wrongEmptyStatement)
	}
	first, rest := words[0], strings.TrimSpace(strings.TrimPrefix(text, words[0]))
	if c, ok := argument(first, 'c'); ok {
		if err := p.checkConnection(c); err != nil {
			return nil, err
		}
		return p.connectionStatement(c, words[1:])
	}
	if n, ok := argument(first, 'p'); ok {
		if err := p.checkPage(n); err != nil {
			return nil, err
		}
		return pageStatement(n, rest)
	}
	switch first {
	case "enabled", "disabled":
		return p.enabledStatement(rest, first == "enabled")
	case "event", "no-event":
		return p.eventStatement(rest, first == "event")
	case "quiescent", "running", "stopped", "controlled", "uncontrolled":
		if rest != "" {
			return nil, fmt.Errorf(wrongRest, first, rest)
		}
		return p.plainStatement(first), nil
	}
	return registrationStatement(first, words[1:])
}

func (p *player) plainStatement(word string) statement {
	switch word {
	case "running", "stopped":
		return fact(func(w *model.World) (bool, string) {
			return w.Registration.Running == (word == "running"), runningText(w.Registration.Running)
		})
	case "controlled", "uncontrolled":
		return fact(func(w *model.World) (bool, string) {
			return w.Registration.Controlled == (word == "controlled"), controlledText(w.Registration.Controlled)
		})
	}
	return p.quiescent
}

func pageStatement(page uint8, state string) (statement, error) {
	if state != "open" && state != "gone" {
		return nil, fmt.Errorf(wrongPageStatement, page, state)
	}
	return fact(func(w *model.World) (bool, string) {
		open := w.Pages[page-1].Open
		return open == (state == "open"), pageText(page, open)
	}), nil
}

func (p *player) connectionStatement(c uint8, words []string) (statement, error) {
	on := func(judge func(c *model.Connection) (bool, string)) (statement, error) {
		return fact(func(w *model.World) (bool, string) { return judge(&w.Connections[c-1]) }), nil
	}
	switch claim := strings.Join(words, " "); {
	case claim == "pending" || claim == "settled":
		return on(func(conn *model.Connection) (bool, string) {
			return conn.Pending == (claim == "pending"), pendingText(c, conn.Pending)
		})
	case len(words) == 3 && words[1] == "by" && (words[0] == "held" || words[0] == "accepted"):
		return p.byStatement(c, words[0], words[2])
	case len(words) == 2 && (words[0] == "to-worker" || words[0] == "to-page"):
		n, ok := number(words[1])
		if !ok {
			return nil, fmt.Errorf(wrongNumber, words[1], words[0])
		}
		return on(func(conn *model.Connection) (bool, string) {
			length := conn.ToWorker.Length
			if words[0] == "to-page" {
				length = conn.ToPage.Length
			}
			return length == n, queueText(c, words[0], length)
		})
	default:
		for _, phase := range model.Phases() {
			if claim == phase.String() {
				return on(func(conn *model.Connection) (bool, string) {
					return conn.Phase == phase, phaseText(c, conn.Phase)
				})
			}
		}
		return nil, fmt.Errorf(wrongConnectionStatement, c, claim)
	}
}

// byStatement reads "held by p1|nobody" and "accepted by 1|nobody".
func (p *player) byStatement(c uint8, verb, who string) (statement, error) {
	wanted, ok := uint8(0), who == "nobody"
	switch {
	case ok:
	case verb == "held":
		if wanted, ok = argument(who, 'p'); ok {
			if err := p.checkPage(wanted); err != nil {
				return nil, err
			}
		}
	default:
		wanted, ok = number(who)
	}
	if !ok {
		return nil, fmt.Errorf(wrongBy, who, verb)
	}
	return fact(func(w *model.World) (bool, string) {
		conn := &w.Connections[c-1]
		if verb == "held" {
			return conn.Holder == wanted, holderText(c, conn.Holder)
		}
		return conn.Accepted == model.Version(wanted), acceptedText(c, conn.Accepted)
	}), nil
}

// registrationStatement reads a statement about the registration or one of its slots.
func registrationStatement(first string, words []string) (statement, error) {
	switch {
	case first == "registration":
		for _, status := range []model.Status{model.Absent, model.Live, model.Unregistered, model.RunningOut} {
			if strings.Join(words, " ") == status.String() {
				return fact(func(w *model.World) (bool, string) {
					return w.Registration.Status == status, statusText(w.Registration.Status)
				}), nil
			}
		}
		return nil, fmt.Errorf(wrongRegistrationStatement, strings.Join(words, " "))
	case first != "installing" && first != "waiting" && first != "active":
		return nil, &family.UnknownWordError{What: "statement", Word: first, Valid: append([]string{"c1", "p1"}, statements...)}
	case first == "active" && len(words) == 2 && (words[1] == "activating" || words[1] == "activated"):
		return slotStatement(first, words[0], words[1])
	case len(words) != 1:
		return nil, fmt.Errorf(wrongSlotStatement, first, strings.Join(words, " "))
	}
	return slotStatement(first, words[0], "")
}

// slotStatement reads a statement about a slot: which version is in it and, if state is given, in which state.
func slotStatement(slot, version, state string) (statement, error) {
	wanted, ok := number(version)
	if !ok && version != "none" {
		return nil, fmt.Errorf(wrongSlotStatement, slot, version)
	}
	return fact(func(w *model.World) (bool, string) {
		r := &w.Registration
		found := map[string]model.Version{"installing": r.Installing, "waiting": r.Waiting, "active": r.Active}[slot]
		holds := found == model.Version(wanted) && (state == "" || r.Activating == (state == "activating"))
		return holds, slotText(slot, found, r.Activating)
	}), nil
}

// enabledStatement reads the step of "enabled STEP" or "disabled STEP".
func (p *player) enabledStatement(text string, enabled bool) (statement, error) {
	s, err := p.parseStep(text)
	if err != nil {
		return nil, err
	}
	return func(b branch) []mismatch {
		var found []mismatch
		for _, o := range p.take(b, s) {
			if o.Enabled != enabled {
				found = append(found, mismatch{designs: o.Designs, text: enabledText(s, o.Enabled)})
			}
		}
		return found
	}, nil
}

// eventStatement is the statement that the last step or quiesce had an event that mentions text or, unless wanted,
// that it had none.
func (p *player) eventStatement(text string, wanted bool) (statement, error) {
	if text == "" {
		return nil, errors.New(wrongEvent)
	}
	return func(b branch) []mismatch {
		with := family.None
		for _, o := range p.last {
			if mentions(o.Result.events, text) {
				with = p.sets.Union(with, o.Designs)
			}
		}
		wrong := p.sets.Intersect(b.Designs, with)
		if wanted {
			wrong = p.sets.Minus(b.Designs, with)
		}
		if wrong == family.None {
			return nil
		}
		return []mismatch{{designs: wrong, text: eventText(text, !wanted)}}
	}, nil
}

// mentions tells whether one of events has text, as it is written or in its description.
func mentions(events []model.Event, text string) bool {
	for _, e := range events {
		if strings.Contains(e.String(), text) || strings.Contains(e.Describe(), text) {
			return true
		}
	}
	return false
}

// argument reads the number of a page or connection, as in p1 and c2.
func argument(word string, letter byte) (uint8, bool) {
	if len(word) < 2 || word[0] != letter {
		return 0, false
	}
	n, ok := number(word[1:])
	return n, ok && n > 0
}

func number(word string) (uint8, bool) {
	n, err := strconv.ParseUint(word, 10, 8)
	return uint8(n), err == nil
}
