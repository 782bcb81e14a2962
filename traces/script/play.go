package script

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces"
)

// maxRounds is how many rounds of steps a quiesce may take. The model needs a few dozen at its largest bounds; one that
// goes on longer has a cycle of internal steps.
const maxRounds = 1000

// What a script that can be read fails with, as in errors.Is(err, ErrNotEnabled). Any other [traces.ScriptError] is about its
// syntax.
var (
	ErrNotEnabled  = errors.New("a step is not enabled")
	ErrExpectation = errors.New("an expectation fails")
)

// failure is an error of one of the kinds above, in its own words.
type failure struct {
	kind error
	text string
}

func failf(kind error, format string, args ...any) error {
	return &failure{kind, fmt.Sprintf(format, args...)}
}

func (f *failure) Error() string { return f.text }
func (f *failure) Unwrap() error { return f.kind }

// Play plays the script that it reads from src and writes the transcript to out, line by line as the script goes on.
// Only designs within the given cube are in play from the start; model.Space.Full() leaves the family open.
//
// A script that cannot go on, or an expectation that fails, is a [*traces.ScriptError] with that name of the script; the
// transcript up to there stands. Errors of src and out are returned wrapped. An empty cube has no design to play and is
// an error too.
func Play(src io.Reader, name string, out io.Writer, within family.Cube) error {
	if model.Space.IsEmpty(within) {
		return errors.New(wrongWithin)
	}
	return newPlayer(out, within).play(src, name)
}

// player plays one script.
type player struct {
	sets     *family.Algebra
	initial  family.Set // the designs in play before the scenario begins
	bounds   model.Bounds
	model    *model.Model // nil before the scenario begins
	first    model.World  // where it began
	branches []branch     // where it stands, disjoint in their designs
	last     []outcome    // of the last step, or of all steps of the last quiesce
	rounds   int          // that a quiesce may take
	moves    []Move       // in the order in which they are told
	asked    family.Cube  // the answers that steps were given; questions that none asked are open
	tries    bool         // as [Observe] does
	story    story
}

func newPlayer(out io.Writer, within family.Cube) *player {
	sets := family.NewAlgebra(model.Space)
	return &player{
		sets: sets, initial: sets.Cube(within), bounds: model.DefaultBounds, rounds: maxRounds,
		asked: model.Space.Full(), story: story{out: out},
	}
}

func (p *player) play(src io.Reader, name string) error {
	lines := bufio.NewScanner(src)
	n := 0
	for lines.Scan() {
		n++
		if err := p.command(strings.TrimSpace(lines.Text())); err != nil {
			return &traces.ScriptError{File: name, Line: n, Err: err}
		}
		if p.story.err != nil {
			return fmt.Errorf("%s: the transcript cannot be written: %w", name, p.story.err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: the script cannot be read: %w", name, err)
	}
	if p.model == nil {
		return &traces.ScriptError{File: name, Line: max(n, 1), Err: errors.New(wrongNothing)}
	}
	return nil
}

// command obeys one line of the script.
func (p *player) command(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case line == "":
		p.story.blank()
		return nil
	case strings.HasPrefix(line, "#"):
		p.story.comment(line)
		return nil
	case word == "design":
		return p.design(rest)
	case word == "bounds":
		return p.setBounds(rest)
	case word == "start":
		return p.start(rest)
	case word == "quiesce":
		return p.quiesce(rest)
	case word == "expect":
		return p.expect(rest)
	}
	return p.step(line)
}

// inPlay returns the designs in play.
func (p *player) inPlay() family.Set {
	if p.model == nil {
		return p.initial
	}
	designs := family.None
	for _, b := range p.branches {
		designs = p.sets.Union(designs, b.Designs)
	}
	return designs
}
