package props

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Portion is what the search of a part of a family found, in a form that can be written down. [Merge] makes one report of all.
type Portion struct {
	Bounds     model.Bounds `json:"bounds"`
	Family     string       `json:"family"`     // what is divided, in the syntax of --set and --assume
	Part       int          `json:"part"`       // from 1
	Of         int          `json:"of"`         // how many parts there are
	Holds      string       `json:"holds"`      // what of the family is in this part
	Properties []string     `json:"properties"` // that were checked

	Models []PortionModel `json:"models"`
	Sample []uint64       `json:"sample"` // of the worlds of the lifecycle, for how many several parts have in common
	Sets   family.Written `json:"sets"`   // for each model: what its verdicts found, then the designs of a livelock
}

// PortionModel is what the search of one model found.
type PortionModel struct {
	Model    string           `json:"model"`
	Worlds   uint64           `json:"worlds"`
	Steps    uint64           `json:"steps"`
	Pairs    uint64           `json:"pairs"`
	Depth    int              `json:"depth"`
	Kinds    []int            `json:"kinds"` // kinds of steps that happened
	Verdicts []PortionVerdict `json:"verdicts"`
}

// PortionVerdict is what was found about a property.
type PortionVerdict struct {
	Property string       `json:"property"`
	Premise  bool         `json:"premise"` // was seen
	Since    model.Bounds `json:"since"`   // from which on the designs that break it stayed the same
	Nearest  []int        `json:"nearest"` // in how many steps it is broken at the earliest: a set of designs for each
}

// ErrNoPortion is why a report cannot be a part of another one.
var ErrNoPortion = errors.New("only a finished search can be kept")

// Portion returns r, a finished check of one of the parts that Divide makes, in a form that can be written down.
func (r *Report) Portion(whole family.Cube, part, of int) (*Portion, error) {
	if !r.Complete() {
		return nil, ErrNoPortion
	}
	p := &Portion{
		Bounds: r.Options.Bounds, Family: model.Space.Format(whole), Part: part, Of: of, Holds: model.Space.Format(r.Options.Scope),
	}
	var sets []family.Set
	for i := range r.Coverage {
		c := &r.Coverage[i]
		m := PortionModel{Model: c.Part.String(), Worlds: c.Worlds, Steps: c.Transitions, Pairs: c.Pairs, Depth: c.Depth}
		for j := range r.Verdicts {
			v := &r.Verdicts[j]
			if v.Property.Part != c.Part {
				continue
			}
			p.Properties = append(p.Properties, v.Property.ID)
			saved := PortionVerdict{Property: v.Property.ID, Premise: v.search.seen&premise(v.at) != 0, Since: v.Since, Nearest: []int{}}
			for _, n := range v.search.nearest(v.at) {
				saved.Nearest = append(saved.Nearest, n.Steps)
				sets = append(sets, n.Designs)
			}
			m.Verdicts = append(m.Verdicts, saved)
			m.Kinds = kindsSeen(v.search)
			if c.Part.Bounded() {
				p.Sample = v.search.sample(sampled)
			}
		}
		if c.Part.Bounded() {
			sets = append(sets, r.Livelock.Set)
		} else {
			sets = append(sets, family.None)
		}
		p.Models = append(p.Models, m)
	}
	p.Sets = r.Algebra.Write(sets)
	return p, nil
}

func kindsSeen(s *searched) []int {
	kinds := []int{}
	for k, n := range s.kinds {
		if n > 0 {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// Portions are parts of one family that were searched.
type Portions struct {
	all     []*Portion // by number
	scope   family.Cube
	cubes   []family.Cube // what each part holds
	missing []int
}

// Join puts parts together. The error says why they are not parts of one family, each there at most once.
func Join(portions []*Portion) (*Portions, error) {
	if len(portions) == 0 {
		return nil, errors.New("there is no part")
	}
	first := portions[0]
	scope, err := model.Space.Parse(first.Family)
	if err != nil {
		return nil, err
	}
	cubes, err := Divide(scope, first.Of)
	if err != nil {
		return nil, err
	}
	j := &Portions{scope: scope, cubes: cubes, all: make([]*Portion, first.Of)}
	for _, p := range portions {
		switch {
		case p.Bounds != first.Bounds:
			return nil, fmt.Errorf("part %d is within %s, and part %d within %s", first.Part, first.Bounds, p.Part, p.Bounds)
		case p.Family != first.Family || p.Of != first.Of:
			return nil, fmt.Errorf("part %d is one of %d of %s, and part %d one of %d of %s", first.Part, first.Of, first.Family, p.Part, p.Of, p.Family)
		case !slices.Equal(p.Properties, first.Properties):
			return nil, fmt.Errorf("part %d and part %d are about other properties", first.Part, p.Part)
		case p.Part < 1 || p.Part > p.Of || p.Holds != model.Space.Format(cubes[p.Part-1]):
			return nil, fmt.Errorf("part %d of %d is not %s", p.Part, p.Of, p.Holds)
		case j.all[p.Part-1] != nil:
			return nil, fmt.Errorf("part %d is there twice", p.Part)
		}
		j.all[p.Part-1] = p
	}
	for i, p := range j.all {
		if p == nil {
			j.missing = append(j.missing, i+1)
		}
	}
	return j, nil
}

// Scope returns the family that was divided.
func (j *Portions) Scope() family.Cube { return j.scope }

// Properties returns the properties that were checked.
func (j *Portions) Properties() []string { return j.any().Properties }

// any returns one of the parts.
func (j *Portions) any() *Portion {
	return j.all[slices.IndexFunc(j.all, func(p *Portion) bool { return p != nil })]
}

// Of returns how many parts there are, and Count how many of them are there.
func (j *Portions) Of() int { return len(j.all) }

// Count: see Of.
func (j *Portions) Count() int { return len(j.all) - len(j.missing) }

// Checks tells whether these are the properties that a check with options o checks, in their order.
func Checks(o Options, properties []string) bool {
	chosen, err := choose(o)
	var ids []string
	for _, p := range chosen {
		for i := range p.properties {
			ids = append(ids, p.properties[i].ID)
		}
	}
	return err == nil && slices.Equal(ids, properties)
}

// sampled is how many worlds tell how many there are. The estimate is off by some 3 %.
const sampled = 1024

// Worlds returns how many worlds of the lifecycle were searched, each as often as that, and how many different ones there are,
// about: as many as it takes for the smallest of evenly spread hashes to be as small as they are (Bar-Yossef et al., Counting
// Distinct Elements in a Data Stream, RANDOM 2002).
func (j *Portions) Worlds() (searched, different uint64) {
	var hashes []uint64
	for _, p := range j.all {
		if p == nil {
			continue
		}
		hashes = append(hashes, p.Sample...)
		for _, m := range p.Models {
			if m.Model == Lifecycle.String() {
				searched += m.Worlds
			}
		}
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	if len(hashes) < sampled {
		return searched, uint64(len(hashes))
	}
	estimate := uint64((sampled - 1) / (float64(hashes[sampled-1]) / math.MaxUint64))
	return searched, min(estimate, searched)
}

// MissingError is why a report of several parts is not complete.
type MissingError struct{ Parts []int }

func (e *MissingError) Error() string {
	if len(e.Parts) == 1 {
		return fmt.Sprintf("part %d is missing", e.Parts[0])
	}
	var all []string
	for rest := e.Parts; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n] == rest[0]+n {
			n++
		}
		if n < 3 {
			n = 1
			all = append(all, fmt.Sprint(rest[0]))
		} else {
			all = append(all, fmt.Sprintf("%d to %d", rest[0], rest[n-1]))
		}
		rest = rest[n:]
	}
	return "parts " + strings.Join(all, ", ") + " are missing"
}

// Check returns the report that a check of the whole family gives. Of the options it takes which properties are required, the
// random histories, and what a search does not need.
func (j *Portions) Check(ctx context.Context, o Options) (*Report, error) {
	o.Bounds, o.Scope, o.Properties = j.any().Bounds, j.scope, j.any().Properties
	chosen, err := choose(o)
	if err != nil {
		return nil, err
	}
	c, err := newChecker(ctx, o)
	if err != nil {
		return nil, err
	}
	sets := make([][]family.Set, len(j.all))
	for i, p := range j.all {
		if p == nil {
			continue
		}
		if sets[i], err = c.report.Algebra.Read(p.Sets); err != nil {
			return nil, fmt.Errorf("part %d: %w", i+1, err)
		}
	}
	if j.missing != nil {
		c.report.Stopped = &MissingError{j.missing}
	}
	for _, part := range chosen {
		r, since, err := j.join(c, part, sets)
		if err != nil {
			return nil, err
		}
		c.conclude(r, func(i int) model.Bounds { return since[i] })
	}
	c.report.Good = c.report.good()
	return c.report, nil
}

// join puts together what was found about the properties of a model, and since which bounds. It takes the sets that it needs.
func (j *Portions) join(c *checker, part chosenPart, sets [][]family.Set) (*searched, []model.Bounds, error) {
	k := &known{algebra: c.report.Algebra, nearest: make([][]explore.Sighted, len(part.properties)), livelock: family.None}
	since := make([]model.Bounds, len(part.properties))
	r := &searched{part: part.part, properties: part.properties, bounds: c.options.Bounds, stopped: c.report.Stopped}
	for number, p := range j.all {
		if p == nil {
			continue
		}
		at := slices.IndexFunc(p.Models, func(m PortionModel) bool { return m.Model == part.part.String() })
		if at < 0 || len(p.Models[at].Verdicts) != len(part.properties) {
			return nil, nil, fmt.Errorf("part %d: it lacks what the %s model finds", number+1, part.part)
		}
		m := &p.Models[at]
		r.worlds, r.moves, r.pairs, r.depth = r.worlds+m.Worlds, r.moves+m.Steps, r.pairs+m.Pairs, max(r.depth, m.Depth)
		for _, kind := range m.Kinds {
			if kind >= 0 && kind < len(r.kinds) {
				r.kinds[kind]++
			}
		}
		for i, v := range m.Verdicts {
			if v.Property != part.properties[i].ID || len(v.Nearest) >= len(sets[number]) {
				return nil, nil, fmt.Errorf("part %d: %s: a set is missing", number+1, v.Property)
			}
			if v.Premise {
				r.seen |= premise(i)
			}
			for n, steps := range v.Nearest {
				if sets[number][n] != c.report.Algebra.Restrict(sets[number][n], j.cubes[number]) {
					return nil, nil, fmt.Errorf("part %d: %s: it tells of designs that are not in it", number+1, v.Property)
				}
				k.add(i, steps, sets[number][n])
			}
			sets[number] = sets[number][len(v.Nearest):]
			if since[i] == (model.Bounds{}) || since[i].Within(v.Since) {
				since[i] = v.Since
			}
		}
		k.livelock = c.report.Algebra.Union(k.livelock, sets[number][0])
		sets[number] = sets[number][1:]
	}
	return r, since, part.part.recall(r, k, c.report.Scope)
}

// known is what parts found together about the properties of a model.
type known struct {
	algebra  *family.Algebra
	nearest  [][]explore.Sighted // by property, the fewest steps first
	livelock family.Set
}

// add adds designs that break a property after so many steps.
func (k *known) add(property, steps int, designs family.Set) {
	all := k.nearest[property]
	i, found := slices.BinarySearchFunc(all, steps, func(s explore.Sighted, steps int) int { return s.Steps - steps })
	if !found {
		all = slices.Insert(all, i, explore.Sighted{Steps: steps})
	}
	all[i].Designs = k.algebra.Union(all[i].Designs, designs)
	k.nearest[property] = all
}

// marked returns the designs that break a property.
func (k *known) marked(property int) family.Set {
	all := family.None
	for _, n := range k.nearest[property] {
		all = k.algebra.Union(all, n.Designs)
	}
	return all
}

// recall makes r answer like a search that found what is known.
func (p *part[W, K]) recall(r *searched, k *known, scope family.Set) error {
	open, err := p.open(r.bounds, true)
	if err != nil {
		return err
	}
	s := open(r.properties)
	r.marked = k.marked
	r.nearest = func(property int) []explore.Sighted { return k.nearest[property] }
	r.shortest = func(property int, within family.Set) (explore.Trace, family.Cube, bool) {
		design, ok := explore.FirstOf(k.algebra, k.nearest[property], within)
		if !ok {
			return explore.Trace{}, family.Cube{}, false
		}
		return explore.FirstTrace[W, K](s, model.Space, design, property), design, true
	}
	r.replay = func(t explore.Trace, property int) family.Set {
		return explore.Replay[W, K](s, k.algebra, scope, t, property)
	}
	r.explain = func(property int, cover family.Cover) []explore.Term {
		return explore.ExplainBy(k.algebra, cover,
			func(within family.Set) (explore.Trace, family.Cube, bool) { return r.shortest(property, within) },
			func(t explore.Trace) family.Set { return r.replay(t, property) })
	}
	r.livelock = func(context.Context) explore.Livelock { return explore.Livelock{Set: k.livelock} }
	tell(r, s, k.algebra)
	return nil
}
