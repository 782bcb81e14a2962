package infer

import (
	"fmt"
	"slices"
	"time"

	"cosw/linearize/recording"
)

// This file finds what is taken for granted about a recording, and what it shows that the model lacks.

// Assumptions returns what is taken for granted about a recording, each as a sentence without a full stop, as far as it makes
// a difference to the recording.
func (inf *Inference) Assumptions() []string {
	var all []string
	add := func(when bool, text string) {
		if when && !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	add(true, clocksText(inf.Options))
	for _, p := range inf.parts {
		complete := p.complete()
		add(len(p.lines) > 0 && !inf.Options.Breaks, assumeRest)
		add(slices.Contains(p.unanswered[:], true) && !inf.Options.Breaks, tooEarlyText(inf.Options))
		add(len(p.conns) > 0, assumeListens)
		add(slices.ContainsFunc(p.stops, func(s stop) bool { return !s.killed }) && inf.Options.Stop == Suspensions && !complete, assumeSuspends)
		add(p.boots > 0 && !complete, assumeStarts)
		add(p.boots > 0 && complete, assumeOnly)
		add(p.endsWith, assumeEnds)
		add(p.versions[0] != "", assumeActivated)
		add(len(p.lanes[browserLane]) > 1, assumeBrowser)
		add(!complete && p.versions[0] != "", assumeRegisters)
		add(!complete && len(p.conns) > 0, assumeDelay)
		add(!complete && p.someEnd(), assumeGaps)
		add(!complete && p.needsClients, assumeClients)
		add(!complete && p.bounds.Versions > 1, assumeSkips)
		for _, note := range p.notes {
			add(true, note)
		}
	}
	return all
}

// someEnd tells whether some party ends.
func (r *evidence) someEnd() bool {
	for lane := range r.ends {
		if slices.Contains(r.ends[lane], true) {
			return true
		}
	}
	return false
}

// Differences returns what a recording shows that the model lacks, each as a sentence without a full stop.
func (inf *Inference) Differences() []string {
	var all []string
	if len(inf.parts) > 1 {
		all = append(all, severalRegistrations(inf.parts))
	}
	if len(inf.Recording.Skipped) > 0 {
		all = append(all, recording.DescribeSkipped(inf.Recording.Skipped))
	}
	last := map[string]bool{} // instances that were not activated yet
	for _, l := range inf.Recording.Lines {
		switch {
		case l.Role == recording.Worker && l.Op == "boot":
			last[l.Actor] = inf.activates(l.Actor)
		case l.Role == recording.Worker && l.Op == "activate":
			last[l.Actor] = false
		case l.Role == recording.Worker && l.Op == "connect" && last[l.Actor]:
			all = append(all, earlyConnect(&l))
		}
	}
	return all
}

// activates tells whether an instance records that it activates.
func (inf *Inference) activates(actor string) bool {
	for _, l := range inf.Recording.Lines {
		if l.Actor == actor && l.Op == "activate" {
			return true
		}
	}
	return false
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }
