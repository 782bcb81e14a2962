package props

import (
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// MutantPath is a path on which a planted fault breaks a property that the model keeps.
type MutantPath struct {
	Property string
	Plants   string
	Path     // what the model makes of it: the environment does the same
}

// MutantPaths returns a path for each mutant, for the tests of other packages.
func MutantPaths(t *testing.T) []MutantPath {
	var all []MutantPath
	for _, m := range mutants {
		if m.bounds == (model.Bounds{}) {
			m.bounds = onePage
		}
		property, err := Find(m.property)
		if err != nil {
			t.Fatal(err)
		}
		r := m.run(t, family.NewAlgebra(model.Space), parse(t, m.scope), m.bounds)
		for i, p := range r.properties {
			trace, design, ok := r.shortest(i, family.All)
			if p.ID != m.property || !ok {
				continue
			}
			stage, err := NewStage(property.Part, m.bounds)
			if err != nil {
				t.Fatal(err)
			}
			path := Path{property.Part, m.bounds, stage.Follow(trace, design), design}
			all = append(all, MutantPath{m.property, m.plants, path})
		}
	}
	return all
}
