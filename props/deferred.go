package props

import (
	"cosw/model"
	"cosw/props/explore"
)

// Some steps change nothing that any step reads but one: a version that is found can be installed, a handle that no script can
// reach any more can be collected. What else happens between such a step and the one that it is for goes just the same before it.
// So the search takes it right before that one, and in the world between the two nothing else; a history in which that one never
// comes does without it. No history becomes longer by this, and none that is left out breaks a property that the one in
// its place does not break. TestReductionsKeepVerdicts compares, for each design, how many steps it is to each violation.

// Deferred tells whether the search can leave s for another world, see [explore.Deferrer].
func (l *lifecycle) Deferred(w *model.World, s explore.Step) bool {
	if l.all {
		return false
	}
	st := step(s)
	return atPage(w, st) || inUpdate(w, st) || tooEarly(w, st)
}

// atPage tells whether s comes between two steps of a page that follow each other.
func atPage(w *model.World, s model.Step) bool {
	for i := range w.Connections {
		c, own := &w.Connections[i], int(s.Connection) == i+1
		switch {
		case c.Phase == model.Unused:
			return false
		case c.Holder != 0 && !c.Reference:
			// Without its handle a script can do less than with it. It is lost for a collection, or for good: page-reach is judged
			// in this world.
			return !own || s.Kind != model.CollectHandle
		case c.Listening:
			// One listens for the notice, or in vain where there is none: that is judged in this world.
			return !own || s.Kind != model.PageLearns
		}
	}
	return false
}

// inUpdate tells whether s comes between the steps by which one version takes the place of another. In each of these worlds the
// browser owes the next step, but for a version that waits: that it is kept waiting is judged where it begins to.
func inUpdate(w *model.World, s model.Step) bool {
	reg := &w.Registration
	switch {
	case reg.Installing != 0 && reg.Active != 0:
		return s.Kind != model.FinishInstall
	case reg.SkipWaiting:
		return s.Kind != model.Activate
	case reg.Status != model.Live:
		// Nothing can be put off until after the registration was unregistered: no version is found then, and one that is
		// activating when it is cleared serves no connection.
		return false
	case reg.Waiting != 0:
		// To find a third version would only have it wait in this one's place.
		return s.Kind != model.Activate && s.Kind != model.CallSkipWaiting && s.Kind != model.UnregisterWorker
	case reg.Activating:
		// Here what else happens comes after: the worker does nothing yet, and what pages do is the same to it before and
		// after. What breaks a property without the worker does so before the version is activated, too.
		return s.Kind != model.FinishActivate && s.Kind != model.UnregisterWorker
	}
	return false
}

// tooEarly tells whether s can wait until something else has happened to its connection.
func tooEarly(w *model.World, s model.Step) bool {
	if s.Connection == 0 {
		return false
	}
	c := &w.Connections[s.Connection-1]
	switch s.Kind {
	case model.PagePosts:
		// What waits for the acceptance arrives as if it had been posted right after it, even by a page that is gone by then: that
		// can leave right after that. What comes to nothing with a refusal breaks no property.
		return c.Pending
	case model.PageLosesHandle, model.PageListens:
		// A message brings the handle back, and the notice comes after all messages.
		return c.ToPage.Length > 0
	case model.KillHandling:
		// It shows nothing that a message which is received does not show, and leads where a kill does. It is taken where there
		// is one connection, so that it occurs.
		return w.Connections[1].Phase != model.Unused
	}
	return false
}
