package traces

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// This file is the format of trace files, see the documentation of the package.

const (
	formatName    = "cosw trace "
	formatVersion = "2"
	largestTrace  = 1 << 20
)

// Extension is that of trace files.
const Extension = ".trace"

// sections in their order.
var sections = []string{"why", "repeat", "setting", "design", "steps", "verdict"}

// Format returns t as a file. Where a line of Why looks like the head of a section, it is indented by a blank.
func (t *Trace) Format() []byte {
	archive := &txtar.Archive{Comment: []byte(formatName + formatVersion + "\n")}
	for i, text := range []string{
		sectionText(t.Why), sectionText(t.Repeat), t.formatSetting(), formatDesign(t.Design), t.formatSteps(), t.formatVerdict(),
	} {
		archive.Files = append(archive.Files, txtar.File{Name: sections[i], Data: []byte(text)})
	}
	return txtar.Format(archive)
}

// sectionText returns text without lines that would be heads of sections.
func sectionText(text string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		line = strings.TrimRight(line, " \t")
		if strings.HasPrefix(line, "-- ") && strings.HasSuffix(line, " --") {
			line = " " + line
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

func (t *Trace) formatSetting() string {
	bounds := ""
	if t.Part.Bounded() {
		bounds = "bounds " + t.Bounds.Format() + "\n"
	}
	return fmt.Sprintf("part %s\n%sstart %s\n", t.Part, bounds, t.Start)
}

// formatDesign writes an answer a line.
func formatDesign(design family.Cube) string {
	if design == model.Space.Full() {
		return ""
	}
	return strings.ReplaceAll(model.Space.Format(design), ", ", "\n") + "\n"
}

func (t *Trace) formatSteps() string {
	var b strings.Builder
	for _, s := range t.Steps {
		b.WriteString(s.Name + "\n")
		for _, e := range s.Events {
			b.WriteString("  " + e + "\n")
		}
	}
	return b.String()
}

func (t *Trace) formatVerdict() string {
	lines := t.Verdict.lines()
	if t.Verdict.Under == t.Design {
		lines = lines[:1]
	}
	return strings.Join(lines, "\n") + "\n"
}

// String returns v in one line.
func (v Verdict) String() string { return strings.Join(v.lines(), " ") }

// lines returns v as a file has it.
func (v Verdict) lines() []string {
	verb, names := "keeps", "all"
	if v.Broken {
		verb = "breaks"
	}
	if v.Properties != nil {
		names = cmp.Or(strings.Join(v.Properties, ", "), noProperties)
	}
	return []string{verb + " " + names, "under " + model.Space.Format(v.Under)}
}

const (
	anyDesign    = "any design"
	noProperties = "none"
)

// Read reads a trace; messages call its file by name. An error is a [*FileError], or wraps what r returns. It is not an error
// of Read that a step is not enabled or has other events: see [Trace.Replay].
func Read(r io.Reader, name string) (*Trace, error) {
	data, err := io.ReadAll(io.LimitReader(r, largestTrace+1))
	if err != nil {
		return nil, fmt.Errorf("%s: the trace cannot be read: %w", name, err)
	}
	p := traceParser{t: &Trace{at: places{file: name}}}
	if err := p.parse(data); err != nil {
		return nil, err
	}
	return p.t, nil
}

type traceParser struct {
	t    *Trace
	line int // the line at hand, from 1
}

func (p *traceParser) errorf(format string, args ...any) error {
	return p.t.wrong(p.line, fmt.Errorf(format, args...))
}

// parse reads the sections in their order.
func (p *traceParser) parse(data []byte) error {
	p.line = 1
	if len(data) > largestTrace {
		return p.errorf("%s", wrongTraceSize)
	}
	data = bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	if err := p.head(data); err != nil {
		return err
	}
	if err := p.characters(data); err != nil {
		return err
	}
	archive := txtar.Parse(data)
	p.line += bytes.Count(archive.Comment, []byte("\n"))
	if extra := strings.TrimSpace(string(archive.Comment[bytes.IndexByte(archive.Comment, '\n')+1:])); extra != "" {
		p.line = 2
		return p.errorf(wrongTraceExtra, sections[0])
	}
	parsers := []func([]string) error{p.why, p.repeat, p.setting, p.design, p.steps, p.verdict}
	for i, f := range archive.Files {
		if i >= len(sections) || f.Name != sections[i] {
			return p.wrongSection(i, f.Name)
		}
		p.line++ // past the head of the section
		text := strings.TrimRight(string(f.Data), "\n")
		if err := parsers[i](strings.Split(text, "\n")); err != nil {
			return err
		}
		p.line += bytes.Count(f.Data, []byte("\n"))
	}
	if n := len(archive.Files); n < len(sections) {
		p.line-- // the last line that there is
		return p.errorf(wrongTraceCut, sections[n])
	}
	return nil
}

// head checks the first line.
func (p *traceParser) head(data []byte) error {
	first, _, found := strings.Cut(string(data[:min(len(data), 200)]), "\n")
	version, ours := strings.CutPrefix(first, formatName)
	switch {
	case !ours || !found:
		return p.errorf(wrongTraceHead, formatName+formatVersion)
	case version != formatVersion:
		return p.errorf(wrongTraceVersion, version, formatVersion)
	}
	return nil
}

// characters refuses what could harm a terminal.
func (p *traceParser) characters(data []byte) error {
	line := 1
	for _, r := range string(data) {
		switch {
		case r == '\n':
			line++
		case r == utf8.RuneError || unicode.IsControl(r) && r != '\t':
			p.line = line
			return p.errorf(wrongTraceCharacter, r)
		}
	}
	return nil
}

func (p *traceParser) wrongSection(i int, name string) error {
	switch {
	case slices.Contains(sections[:min(i, len(sections))], name):
		return p.errorf(wrongTraceTwice, name)
	case !slices.Contains(sections, name):
		return p.errorf("%w", &family.UnknownWordError{What: "section", Word: name, Valid: sections})
	}
	return p.errorf(wrongTraceOrder, name, sections[i])
}

func (p *traceParser) why(lines []string) error {
	p.t.Why = strings.Join(lines, "\n")
	if strings.TrimSpace(p.t.Why) == "" {
		return p.errorf("%s", wrongTraceWhy)
	}
	return nil
}

func (p *traceParser) repeat(lines []string) error {
	p.t.Repeat = strings.Join(lines, "\n")
	return nil
}

// each calls do for each line that is not blank; p.line is its number.
func (p *traceParser) each(lines []string, do func(string) error) error {
	first := p.line
	defer func() { p.line = first }()
	for i, line := range lines {
		p.line = first + i
		if line = strings.TrimRight(line, " \t"); line == "" {
			continue
		}
		if err := do(line); err != nil {
			return err
		}
	}
	return nil
}

func (p *traceParser) setting(lines []string) error {
	at := &p.t.at
	err := p.each(lines, func(line string) error {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		places := map[string]*int{"part": &at.part, "bounds": &at.bounds, "start": &at.start}
		place := places[word]
		switch {
		case place == nil:
			return p.errorf("%w", &family.UnknownWordError{What: "setting", Word: word, Valid: []string{"part", "bounds", "start"}})
		case *place != 0:
			return p.errorf(wrongTraceAgain, word, *place)
		}
		*place = p.line
		if err := p.set(word, rest); err != nil {
			return p.errorf("%w", err)
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case at.part == 0 || at.start == 0 || p.t.Part.Bounded() && at.bounds == 0:
		return p.errorf("%s", wrongTraceSetting)
	case !p.t.Part.Bounded() && at.bounds != 0:
		p.line = at.bounds
		return p.errorf(wrongTraceBounds, p.t.Part)
	}
	stage, err := props.NewStage(p.t.Part, p.t.Bounds)
	if err != nil {
		return p.t.wrong(at.bounds, err)
	}
	if _, err := stage.ParseStart(p.t.Start); err != nil {
		return p.t.wrong(at.start, err)
	}
	return nil
}

// set reads a line of the setting.
func (p *traceParser) set(word, rest string) (err error) {
	switch word {
	case "part":
		p.t.Part, err = props.ParsePart(rest)
	case "bounds":
		names := slices.DeleteFunc(model.BoundNames(), func(name string) bool { return name == "kills" })
		for _, name := range names {
			if strings.Count(rest, name+"=") != 1 {
				return fmt.Errorf(wrongTraceBound, name, strings.Join(names, ", ")) // a default would change what the trace says
			}
		}
		p.t.Bounds, err = model.ParseBounds(rest, model.DefaultBounds) // without kills, each fault can be one
	case "start":
		p.t.Start = rest
	}
	return err
}

func (p *traceParser) design(lines []string) error {
	p.t.Design = model.Space.Full()
	p.t.at.design = p.line
	return p.each(lines, func(line string) error {
		c, err := model.Space.Parse(line)
		if err != nil {
			return p.errorf("%w", err)
		}
		if p.t.Design = p.t.Design.And(c); model.Space.IsEmpty(p.t.Design) {
			return p.errorf(wrongTraceContradiction, strings.TrimSpace(line))
		}
		return nil
	})
}

func (p *traceParser) steps(lines []string) error {
	stage, err := props.NewStage(p.t.Part, p.t.Bounds)
	if err != nil {
		return p.t.wrong(p.t.at.bounds, err)
	}
	return p.each(lines, func(line string) error {
		if event := strings.TrimLeft(line, " \t"); event != line {
			if p.t.Steps == nil {
				return p.errorf("%s", wrongTraceEvent)
			}
			if _, err := stage.DescribeEvent(event); err != nil {
				return p.errorf("%w", err)
			}
			last := &p.t.Steps[len(p.t.Steps)-1]
			last.Events = append(last.Events, event)
			return nil
		}
		if _, err := stage.ParseStep(line); err != nil {
			return p.errorf("%w", err)
		}
		p.t.Steps = append(p.t.Steps, Step{Name: line})
		p.t.at.steps = append(p.t.at.steps, p.line)
		return nil
	})
}

func (p *traceParser) verdict(lines []string) error {
	v := &p.t.Verdict
	v.Under = p.t.Design
	under := 0 // the line of it
	err := p.each(lines, func(line string) error {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest = strings.TrimSpace(rest)
		switch {
		case (word == "breaks" || word == "keeps") && p.t.at.verdict != 0:
			return p.errorf(wrongTraceAgain, "the verdict", p.t.at.verdict)
		case word == "breaks" || word == "keeps":
			p.t.at.verdict = p.line
			v.Broken = word == "breaks"
			return p.properties(rest)
		case word == "under" && under != 0:
			return p.errorf(wrongTraceAgain, word, under)
		case word == "under":
			under = p.line
			return p.under(rest)
		}
		return p.errorf(wrongTraceVerdict, line)
	})
	if err == nil && p.t.at.verdict == 0 {
		return p.errorf(wrongTraceVerdict, strings.Join(lines, " "))
	}
	return err
}

// under reads the designs of a verdict, where these are more than the design of the trace. Only a broken property has such
// designs: whether one is kept is not known under designs that may not enable the steps.
func (p *traceParser) under(text string) error {
	v := &p.t.Verdict
	c, err := model.Space.Parse(text)
	switch {
	case text == anyDesign:
		c = model.Space.Full()
	case err != nil:
		return p.errorf("%w", err)
	case text == "":
		return p.errorf("%s", wrongTraceNobody)
	}
	switch {
	case !v.Broken:
		return p.errorf("%s", wrongTraceKept)
	case !c.Includes(p.t.Design):
		return p.errorf("%s", wrongTraceUnder)
	}
	v.Under = c
	return nil
}

// properties reads names of properties that the part decides, or "all", or "none".
func (p *traceParser) properties(text string) error {
	v := &p.t.Verdict
	v.Properties = nil
	switch {
	case text == "all" && v.Broken:
		return p.errorf("%s", wrongTraceAll)
	case text == "all":
		return nil
	case text == noProperties && !v.Broken:
		v.Properties = []string{}
		return nil
	case text == "":
		return p.errorf(wrongTraceVerdict, "")
	}
	for id := range strings.SplitSeq(text, ",") {
		if id = strings.TrimSpace(id); id == "" {
			return p.errorf("%s", wrongTraceComma)
		}
		property, err := props.Find(id)
		switch {
		case err != nil:
			return p.errorf("%w", err)
		case property.Part != p.t.Part:
			return p.errorf(wrongTracePart, property.ID, property.Part, p.t.Part)
		case slices.Contains(v.Properties, id):
			return p.errorf(wrongTraceAgain, id, p.line)
		}
		v.Properties = append(v.Properties, property.ID)
	}
	return nil
}
