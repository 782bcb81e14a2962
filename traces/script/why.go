package script

import (
	"strings"

	"cosw/model"
	"cosw/model/family"
)

// why returns why s is not enabled in any of its outcomes.
func (p *player) why(s model.Step, outcomes []outcome) string {
	var found []mismatch
	for _, o := range outcomes {
		found = append(found, mismatch{designs: o.Designs, text: p.whyNot(s, o)})
	}
	return p.phrase(found)
}

// whyNot returns why s is not enabled in o, as far as the model shows it: a bound is reached, the page does not hold the
// connection, or other answers would enable it. Otherwise it returns how that part of the world is that s is about.
func (p *player) whyNot(s model.Step, o outcome) string {
	w := &o.Result.before
	if bound, value, reached := p.boundReached(s, w); reached {
		return boundText(bound, value)
	}
	if s.Kind.AtHeldEnd() {
		c := &w.Connections[s.Connection-1]
		switch {
		case c.Pending:
			return pendingText(s.Connection, true)
		case c.Holder != s.Page:
			return holderText(s.Connection, c.Holder)
		}
	}
	if other, _ := split(p.take(branch{World: *w, Designs: family.All}, s)); len(other) > 0 {
		return designText(o.Asked)
	}
	return factText(w, s)
}

// boundReached returns the bound that s would exceed in w.
func (p *player) boundReached(s model.Step, w *model.World) (bound string, value int, reached bool) {
	c := &model.Connection{}
	if s.Connection > 0 {
		c = &w.Connections[s.Connection-1]
	}
	switch s.Kind {
	case model.PagePosts:
		return "messages", p.bounds.Messages, (c.Holder == s.Page || c.Pending && c.Page == s.Page) && c.ToWorker.Undelivered() >= p.bounds.Messages
	case model.WorkerPosts:
		return "messages", p.bounds.Messages, c.Phase == model.Up && c.ToPage.Undelivered() >= p.bounds.Messages
	case model.Register, model.FindUpdate:
		return "versions", p.bounds.Versions, int(w.Registration.Latest) >= p.bounds.Versions
	case model.KillWorker, model.KillHandling:
		if w.Registration.Running && w.Kills == 0 && p.bounds.Kills < p.bounds.Faults {
			return "kills", p.bounds.Kills, true
		}
		return "faults", p.bounds.Faults, w.Registration.Running && w.Kills == 0
	case model.WorkerHangs, model.FailStart, model.PageFreezes:
		return "faults", p.bounds.Faults, w.Faults == 0
	}
	return "", 0, false
}

// listEnabled names all steps that are enabled under some design in play.
func (p *player) listEnabled() string {
	steps := p.enabledSteps()
	names := make([]string, len(steps))
	for i, s := range steps {
		names[i] = s.String()
	}
	if len(names) == 0 {
		return nothingEnabled
	}
	return strings.Join(names, ", ")
}
