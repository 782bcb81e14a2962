package exhibits

import (
	"strings"

	"cosw/props"
	"cosw/traces"
)

// Sacrifice shows one way out of a conflict: a property that a best design gives up for all others of the conflict.
type Sacrifice struct {
	Property props.Property
	For      []string // the others, in their order
	Named             // without-unlinkable-for-reaches-installed.trace
}

// Sacrifices returns the ways out of a conflict, in the order of its properties.
func Sacrifices(r *props.Report, c props.Conflict) ([]Sacrifice, error) {
	var all []Sacrifice
	for _, side := range r.Sides(c) {
		s := Sacrifice{Property: r.Verdict(side.Broken).Property}
		for _, id := range c.Properties {
			if id != side.Broken {
				s.For = append(s.For, id)
			}
		}
		t, err := traces.NewBreaking(side.Path, side.Broken, sacrificeWhy(s.Property, s.For), checkCommand(s.Property, side.Design, side.Bounds))
		if err != nil {
			return nil, err
		}
		s.Named = Named{"without-" + side.Broken, t}
		if len(s.For) > 0 {
			s.Name += "-for-" + strings.Join(s.For, "-and-")
		}
		s.Name += traces.Extension
		all = append(all, s)
	}
	return all, nil
}
