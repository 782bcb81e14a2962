package props

import (
	"context"
	"time"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Measurement is what one search of the lifecycle took, all properties judged.
type Measurement struct {
	Worlds      uint64
	Transitions uint64
	Elapsed     time.Duration
	Bytes       uint64
	Asked       []model.Question // the questions that were asked and that the scope leaves open
}

// Measure searches the lifecycle once, with nothing around it.
func Measure(ctx context.Context, bounds model.Bounds, scope family.Cube, progress func(explore.Progress)) (Measurement, error) {
	started := time.Now()
	a := family.NewAlgebra(model.Space)
	r, err := Lifecycle.search(ctx, lifecycleProperties, bounds, explore.Options{Algebra: a, Scope: scope, Progress: progress})
	if err != nil {
		return Measurement{}, err
	}
	if r.stopped != nil {
		return Measurement{}, r.stopped
	}
	m := Measurement{Worlds: r.worlds, Transitions: r.moves, Elapsed: time.Since(started), Bytes: r.bytes}
	for _, q := range r.asked {
		m.Asked = append(m.Asked, model.Question(q))
	}
	return m, nil
}
