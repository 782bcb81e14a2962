package main

import (
	"context"
	"fmt"
	"slices"

	flag "github.com/spf13/pflag"

	"cosw/traces"
	"cosw/traces/lab/wpt"
	"cosw/traces/render"
)

// showFormat is a form in which cosw show shows a trace.
type showFormat struct {
	name   string
	render func(*exhibit, *showFlags) ([]byte, error)
}

// exhibit is a trace, and what there is to show of it.
type exhibit struct {
	*render.Scene
	trace *traces.Trace
}

// showFormats in the order in which the help lists them.
var showFormats = []showFormat{
	{"text", func(s *exhibit, f *showFlags) ([]byte, error) { return []byte(s.Text(f.width)), nil }},
	{"prose", func(s *exhibit, f *showFlags) ([]byte, error) { return []byte(s.Prose(f.width)), nil }},
	{"mermaid", func(s *exhibit, _ *showFlags) ([]byte, error) { return []byte(s.Mermaid()), nil }},
	{"svg", func(s *exhibit, _ *showFlags) ([]byte, error) { return s.SVG(), nil }},
	{"html", func(s *exhibit, _ *showFlags) ([]byte, error) { return s.HTML() }},
	{"json", func(s *exhibit, _ *showFlags) ([]byte, error) { return sceneJSON(s.Scene) }},
	{"itf", func(s *exhibit, _ *showFlags) ([]byte, error) { return s.ITF() }},
	{"dot", func(s *exhibit, f *showFlags) ([]byte, error) { return s.DOT(f.graphStep(s.Scene)) }},
	{"porcupine", func(s *exhibit, _ *showFlags) ([]byte, error) { return s.Porcupine() }},
	{"wpt", func(s *exhibit, _ *showFlags) ([]byte, error) { return wpt.Test(s.trace) }},
}

// showFlags are the flags of cosw show.
type showFlags struct {
	format string
	until  int // the last step to show, 0 for all
	around int // the step in the middle of those to show, 0 for all
	step   int // the step after which to draw the graph, -1 for the last
	other  string
	file   string
	width  int // of lines
}

func (f *showFlags) register(flags *flag.FlagSet) {
	var names []string
	for _, format := range showFormats {
		names = append(names, format.name)
	}
	formatVar(flags, &f.format, names...)
	flags.IntVar(&f.until, "until", 0, "")
	flags.IntVar(&f.around, "around", 0, "")
	flags.IntVar(&f.step, "step", lastStep, "")
	flags.StringVar(&f.other, "diff", "", "")
	flags.StringVar(&f.file, "out", "", "")
}

// check returns the format that is asked for.
func (f *showFlags) check(flags *flag.FlagSet) (showFormat, error) {
	given := map[string]bool{}
	flags.Visit(func(flag *flag.Flag) { given[flag.Name] = true })
	if given["until"] && given["around"] {
		return showFormat{}, usageError("--until and --around exclude each other; give one of them")
	}
	if f.other != "" && (given["until"] || given["around"] || f.format != showFormats[0].name) {
		return showFormat{}, usageError("--diff compares whole traces as text; leave out --until, --around and --format")
	}
	if err := f.checkWhole(given); err != nil {
		return showFormat{}, err
	}
	if f.other == "-" && flags.Arg(0) == "-" {
		return showFormat{}, usageError("standard input is one trace, not two; give a file for one of them")
	}
	for name, n := range map[string]int{"until": f.until, "around": f.around} {
		if given[name] && n < 1 {
			return showFormat{}, usageError("--%s %d is out of range: the first step is 1", name, n)
		}
	}
	at := slices.IndexFunc(showFormats, func(format showFormat) bool { return format.name == f.format })
	return showFormats[at], nil
}

func runShow(_ context.Context, args []string, s streams) error {
	var f showFlags
	flags := flag.NewFlagSet("show", flag.ContinueOnError)
	f.register(flags)
	if ok, err := parse(flags, args, showHelp, s); !ok {
		return err
	}
	format, err := f.check(flags)
	if err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return usageError("show takes one trace: cosw show FILE, or cosw show - for standard input")
	}
	if err := tryFile(f.file); err != nil {
		return err
	}
	f.width = s.widthFor(f.file)
	trace, scene, err := openScene(flags.Arg(0), s)
	if err != nil {
		return err
	}
	scenes := []*render.Scene{scene}
	var content []byte
	if f.other != "" {
		_, other, err := openScene(f.other, s)
		if err != nil {
			return err
		}
		scenes = append(scenes, other)
		content, err = diffScenes(scene, other, flags.Arg(0), f.other, f.width)
		if err != nil {
			return err
		}
	} else {
		cut, err := f.cut(scene, flags.Arg(0))
		if err != nil {
			return err
		}
		if content, err = format.render(&exhibit{cut, trace}, &f); err != nil {
			return viewFailure(err, flags.Arg(0))
		}
	}
	if err := f.write(content, s); err != nil {
		return err
	}
	return outdated(scenes)
}

// openScene reads the trace of that name, or standard input for -, and puts it on the stage.
func openScene(name string, s streams) (*traces.Trace, *render.Scene, error) {
	src, err := openInput(name, s)
	if err != nil {
		return nil, nil, err
	}
	defer src.Close()
	trace, err := traces.Read(src, name)
	if err != nil {
		return nil, nil, scriptFailure(err)
	}
	scene, err := render.NewScene(trace)
	return trace, scene, scriptFailure(err)
}

func diffScenes(a, b *render.Scene, nameA, nameB string, width int) ([]byte, error) {
	text, err := render.Diff(a, b, nameA, nameB, width)
	if err != nil {
		return nil, usageError("%s and %s: %v", nameA, nameB, err)
	}
	return []byte(text), nil
}

// cut returns the part of the scene that is asked for; name is that of its trace.
func (f *showFlags) cut(scene *render.Scene, name string) (*render.Scene, error) {
	steps := len(scene.Steps)
	switch {
	case max(f.until, f.around) > steps:
		given := "until"
		if f.around > 0 {
			given = "around"
		}
		return nil, usageError("--%s %d is out of range: %s has %s", given, max(f.until, f.around), name, count(uint64(steps), "step"))
	case f.until > 0:
		return scene.Until(f.until), nil
	case f.around > 0:
		return scene.Around(f.around), nil
	}
	return scene, nil
}

// write writes what was made, to a file if one is named.
func (f *showFlags) write(content []byte, s streams) error {
	if f.file != "" {
		return writeWhole(f.file, content)
	}
	out := s.out
	if f.format == showFormats[0].name {
		out = s.text()
	}
	_, err := out.Write(content)
	return err
}

// outdated returns an error if the model no longer says what a trace says: a step cannot be taken or has other events,
// or the verdict differs.
func outdated(scenes []*render.Scene) error {
	for _, scene := range scenes {
		if scene.Stuck != nil {
			return &failure{exitEvaluation, scene.Stuck}
		}
		if len(scene.Doubts) > 0 {
			return &failure{exitExpected, fmt.Errorf("%w; cosw replay shows both", &scene.Doubts[0])}
		}
	}
	return nil
}
