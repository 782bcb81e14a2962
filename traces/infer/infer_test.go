package infer

import (
	"path/filepath"
	"testing"
	"time"

	"cosw/model"
	"cosw/model/family"
)

func TestX(t *testing.T) {
	files, _ := filepath.Glob("../../linearize/testdata/*.jsonl")
	all := family.All
	a := family.NewAlgebra(model.Space)
	for _, f := range files {
		rec, err := ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, plain := range []bool{false, true} {
			o := DefaultOptions
			o.plain = plain
			now := time.Now()
			inf, err := Infer(t.Context(), a, rec, o, nil)
			if err != nil {
				t.Error(err)
				continue
			}
			t.Log(filepath.Base(f), len(inf.parts), inf.Lines, inf.Worlds, time.Since(now), a.Count(inf.Designs), a.Formula(a.Cover(inf.Designs)))
			if inf.Designs == family.None {
				for _, p := range inf.parts {
					for b := range 64 {
						if p.result.Marked(b) != 0 {
							t.Log(b, b-markReached, a.Count(p.result.Marked(b)))
						}
					}
					for _, l := range p.lines {
						t.Log(l.index, l.Number, l.op, l.Line.Describe())
					}
				}
			}
			if !rec.CloseEvent {
				all = a.Intersect(all, inf.Designs)
			}
		}
	}
	t.Log(a.Formula(a.Cover(all)))
}
