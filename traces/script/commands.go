package script

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
	"cosw/traces/typeset"
)

// design carries out "design QUESTION=ANSWER, …" and "design PRESET".
func (p *player) design(text string) error {
	cube, err := parseDesign(text)
	if err != nil {
		return err
	}
	before := p.inPlay()
	if p.sets.Restrict(before, cube) == family.None {
		return fmt.Errorf(wrongContradiction, text, p.formula(before, family.All))
	}
	p.story.command("design " + text)
	if p.model == nil {
		p.initial = p.sets.Restrict(p.initial, cube)
		return nil
	}
	p.branches = p.within(cube)
	p.story.detail(2, "", p.designsInPlay())
	return nil
}

// parseDesign reads a partial design or the name of a preset.
func parseDesign(text string) (family.Cube, error) {
	if text == "" {
		return family.Cube{}, errors.New(wrongDesign)
	}
	if strings.Contains(text, "=") {
		return model.Space.Parse(text)
	}
	preset, err := model.FindPreset(text)
	return preset.Design(), err
}

// within returns the branches with their designs in a cube alone.
func (p *player) within(cube family.Cube) []branch {
	var branches []branch
	for _, b := range p.branches {
		if b.Designs = p.sets.Restrict(b.Designs, cube); b.Designs != family.None {
			branches = append(branches, b)
		}
	}
	return branches
}

// setBounds carries out "bounds NAME=NUMBER …".
func (p *player) setBounds(text string) error {
	if p.model != nil {
		return errors.New(wrongLateBounds)
	}
	bounds, err := model.ParseBounds(text, p.bounds)
	if err != nil {
		return err
	}
	p.bounds = bounds
	p.story.command("bounds " + text)
	return nil
}

// start carries out "start installed" and "start nothing", each with or without "own".
func (p *player) start(text string) error {
	if p.model != nil {
		return errors.New(wrongLateStart)
	}
	state, origin, _ := strings.Cut(text, " ")
	var status model.Status
	switch state {
	case "installed":
		status = model.Live
	case "nothing":
		status = model.Absent
	default:
		return fmt.Errorf(wrongStart, text)
	}
	own := strings.TrimSpace(origin)
	switch {
	case own != "" && own != "own":
		return fmt.Errorf(wrongStart, text)
	case own != "" && p.bounds.Pages != 1:
		return fmt.Errorf(wrongOwn, typeset.Count(uint64(p.bounds.Pages), "page"))
	}
	return p.begin(status, own != "", "start "+text)
}

// begin begins the scenario.
func (p *player) begin(status model.Status, own bool, command string) error {
	m, err := model.New(p.bounds)
	if err != nil {
		return err
	}
	for _, w := range m.Initial() {
		if w.Registration.Status == status && (w.OriginOf(1) == model.Own) == own {
			p.story.command(command)
			p.branches, p.first = []branch{{World: w, Designs: p.initial}}, w
			p.model = m
			p.opening(&w)
			return nil
		}
	}
	return fmt.Errorf(wrongStart, command)
}

// begun begins the scenario with an installed service, unless it has begun. Whatever needs a world calls it first.
func (p *player) begun() error {
	if p.model != nil {
		return nil
	}
	return p.begin(model.Live, false, "start installed")
}

// step takes a step. Designs that do not enable it drop out, or go on without it if it may be left out. So they do without a
// listener, as it does no harm to listen to an event that there is not.
func (p *player) step(text string, may bool) error {
	if !strings.Contains(text, " ") {
		return fmt.Errorf(wrongCommand, text)
	}
	s, err := p.parseStep(text)
	if err != nil {
		return err
	}
	outcomes := p.everywhere(s)
	enabled, _ := split(outcomes)
	mark, stay := "> ", enabled
	if may {
		mark = "> may "
	}
	may = may || p.listens(s)
	switch {
	case len(enabled) == 0 && p.tries && may:
		return nil
	case len(enabled) == 0 && p.tries:
		p.moves = append(p.moves, Move{Step: s, InVain: true})
		return nil
	case len(enabled) == 0 && !may:
		return failf(ErrNotEnabled, wrongNotEnabled, s, p.why(s, outcomes), p.listEnabled())
	}
	if may {
		stay = outcomes
	}
	p.tell(mark, s, outcomes, nil, may)
	p.branches, p.last = p.after(stay), enabled
	p.listen()
	return nil
}

// listens tells whether a step listens at an end that its page holds.
func (p *player) listens(s model.Step) bool {
	return s.Kind == model.PageListens && slices.ContainsFunc(p.branches, func(b branch) bool {
		return b.World.Connections[s.Connection-1].Holder == s.Page
	})
}

// parseStep reads a step, which must be within the bounds.
func (p *player) parseStep(text string) (model.Step, error) {
	s, err := model.ParseStep(text)
	if err != nil {
		return s, err
	}
	if err := p.begun(); err != nil {
		return s, err
	}
	if err := p.checkPage(s.Page); err != nil {
		return s, err
	}
	if err := p.checkPage(s.To); err != nil {
		return s, err
	}
	return s, p.checkConnection(s.Connection)
}

func (p *player) checkPage(page uint8) error {
	if int(page) > p.bounds.Pages {
		return fmt.Errorf(wrongBeyond, fmt.Sprintf("p%d", page), typeset.Count(uint64(p.bounds.Pages), "page"), "pages", page)
	}
	return nil
}

func (p *player) checkConnection(c uint8) error {
	if int(c) > p.bounds.Connections {
		return fmt.Errorf(wrongBeyond, fmt.Sprintf("c%d", c), typeset.Count(uint64(p.bounds.Connections), "connection"), "connections", c)
	}
	return nil
}

// quiesce takes internal steps until none is enabled in any branch. Designs under which nothing is owed wait for the
// others.
func (p *player) quiesce(rest string) error {
	if rest != "" {
		return fmt.Errorf(wrongQuiesce, rest)
	}
	if err := p.begun(); err != nil {
		return err
	}
	p.story.block("> quiesce")
	p.last = nil
	for range p.rounds {
		steps, branches := p.owed()
		if len(steps) == 0 {
			p.story.detail(2, "", atRest(len(p.last) == 0))
			return nil
		}
		for _, owed := range steps {
			enabled, disabled := split(owed.outcomes)
			p.tell(quiesceMark, owed.step, enabled, disabled, false)
			p.last = append(p.last, enabled...)
			branches = append(branches, p.after(enabled)...)
		}
		p.branches = explore.Merge(p.sets, branches)
		p.listen()
	}
	return failf(ErrNotEnabled, wrongEndless, p.rounds, p.listEnabled())
}
