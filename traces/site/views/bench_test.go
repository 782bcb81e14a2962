package views

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"cosw/model"
	"cosw/props"
)

// singleChanges returns every state that is one change away from the default, and some at random.
func singleChanges() map[string][]whatIfState {
	fresh := whatIfState{scope: model.Space.Full()}
	all := map[string][]whatIfState{}
	for _, id := range props.IDs() {
		all["give-up"] = append(all["give-up"], fresh.toggled(id))
		all["show"] = append(all["show"], changed(fresh, show, id))
	}
	for q := range model.Space.Len() {
		question := model.Question(q)
		for _, a := range question.Answers() {
			kind := "set"
			if question.Assumed() {
				kind = "assume"
			} else {
				all["show"] = append(all["show"], changed(fresh, show, name(question, a)))
			}
			all[kind] = append(all[kind], changed(fresh, choose, name(question, a)))
		}
	}
	random := rand.New(rand.NewPCG(13, 14))
	for range 200 {
		all["random"] = append(all["random"], randomState(random))
	}
	return all
}

// changed returns the state that a change makes of another one.
func changed(s whatIfState, kind, what string) whatIfState {
	s, err := s.after(changing(kind, what))
	if err != nil {
		panic(err)
	}
	return s
}

// BenchmarkShow measures what a page waits for when something is changed: all of its parts.
func BenchmarkShow(b *testing.B) {
	for kind, states := range sorted(singleChanges()) {
		b.Run(kind, func(b *testing.B) {
			loaded()
			var took []time.Duration
			b.ResetTimer()
			for b.Loop() {
				start := time.Now()
				loaded().Show(WhatIf, string(states[len(took)%len(states)].fragment()))
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*9/10].Microseconds())/1000, "p90-ms")
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
		})
	}
}
