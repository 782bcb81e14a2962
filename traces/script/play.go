package script

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces"
)

// maxRounds is how many rounds of steps a quiesce may take. The model needs a few dozen at its largest bounds; a quiesce
// that goes on longer is in a cycle of internal steps.
const maxRounds = 1000

// Why a script fails that can be read, as in errors.Is(err, ErrNotEnabled). Any other [traces.FileError] is about syntax.
var (
	ErrNotEnabled  = errors.New("a step is not enabled")
	ErrExpectation = errors.New("an expectation fails")
)

// failure is one of the errors above in words of its own.
type failure struct {
	kind error
	text string
}

func failf(kind error, format string, args ...any) error {
	return &failure{kind, fmt.Sprintf(format, args...)}
}

func (f *failure) Error() string { return f.text }
func (f *failure) Unwrap() error { return f.kind }

// Play reads a script from src and writes the transcript to out as it plays. Within are the designs in play from the
// start; model.Space.Full() has them all, and it is an error to give none.
//
// Where the script cannot go on or an expectation fails, the error is a [*traces.FileError] with the name of the script,
// and the transcript up to there stands. Errors of src and out are returned wrapped.
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
	branches []branch     // where it is now, disjoint in their designs
	last     []outcome    // of the last step, or of all steps of the last quiesce
	rounds   int          // how many a quiesce may take
	moves    []Move       // in the order of the transcript
	asked    family.Cube  // the answers that steps asked for; all other questions are open
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

// LargestScript is how many bytes a script may have. The largest that fuzz writes has a hundredth of that.
const LargestScript = 1 << 20

func (p *player) play(src io.Reader, name string) error {
	text, err := io.ReadAll(io.LimitReader(src, LargestScript+1))
	switch {
	case err != nil:
		return fmt.Errorf("%s: the script cannot be read: %w", name, err)
	case len(text) > LargestScript:
		return &traces.FileError{File: name, Line: bytes.Count(text, []byte("\n")) + 1, Err: errors.New(wrongSize)}
	}
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		if err := p.command(strings.TrimSpace(line)); err != nil {
			return &traces.FileError{File: name, Line: n, Err: err}
		}
		if p.story.err != nil {
			return fmt.Errorf("%s: the transcript cannot be written: %w", name, p.story.err)
		}
	}
	if p.model == nil {
		return &traces.FileError{File: name, Line: max(n, 1), Err: errors.New(wrongNothing)}
	}
	return nil
}

// command carries out one line of the script.
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
	}
	if i := slices.IndexFunc(commands, func(c command) bool { return c.name == word }); i >= 0 {
		return commands[i].run(p, rest)
	}
	return p.step(line, false)
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
