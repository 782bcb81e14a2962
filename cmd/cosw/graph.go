package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/references"
	"cosw/traces/script"
	"cosw/traces/typeset"
)

var graphFormats = []string{"text", "dot", "json"}

// graphFlags are the flags of cosw graph.
type graphFlags struct {
	scopeFlags
	format string
	pick   int // which of several graphs, counted from 1; 0: the only one
	file   string
}

func (f *graphFlags) register(flags *flag.FlagSet) {
	f.scopeFlags.register(flags)
	formatVar(flags, &f.format, graphFormats...)
	flags.IntVar(&f.pick, "pick", 0, "")
	flags.StringVar(&f.file, "out", "", "")
}

func (f *graphFlags) check() error {
	if f.pick < 0 {
		return usageError("--pick %d is out of range: the first graph is 1", f.pick)
	}
	return nil
}

func runGraph(_ context.Context, args []string, s streams) error {
	var f graphFlags
	flags := flag.NewFlagSet("graph", flag.ContinueOnError)
	f.register(flags)
	if ok, err := parse(flags, args, graphHelp, s); !ok {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	within, err := f.scope()
	if err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return usageError("graph takes one script: cosw graph FILE, or cosw graph - for standard input")
	}
	if err := tryFile(f.file); err != nil {
		return err
	}
	name := flags.Arg(0)
	src, err := openInput(name, s)
	if err != nil {
		return err
	}
	defer src.Close()
	endings, err := script.Reach(src, name, within)
	if err != nil {
		return scriptFailure(err)
	}
	views := lookAt(endings)
	at, err := f.choose(name, endings, views, s)
	if err != nil {
		return err
	}
	return f.write(views[at].graph, "references after "+filepath.Base(name), s)
}

// view is the graph of an ending, with the designs that lead to it.
type view struct {
	graph   *references.Graph
	text    string
	designs family.Set
}

// lookAt returns the views of the endings of a script, one for all endings that look the same.
func lookAt(e *script.Endings) []view {
	var views []view
	at := map[string]int{}
	for _, ending := range e.Worlds {
		for sight := range script.Look(e, ending, references.Build) {
			var text strings.Builder
			sight.Result.Text(&text)
			key := text.String() + strings.Join(nodeLines(sight.Result), "\n")
			if i, ok := at[key]; ok {
				views[i].designs = e.Sets.Union(views[i].designs, sight.Designs)
				continue
			}
			at[key] = len(views)
			views = append(views, view{sight.Result, text.String(), sight.Designs})
		}
	}
	return views
}

// nodeLines returns the nodes of g with their states.
func nodeLines(g *references.Graph) []string {
	var lines []string
	for _, n := range g.Nodes() {
		lines = append(lines, fmt.Sprintf("%v: %s", n, g.Detail(n)))
	}
	return lines
}

// choose returns which of the graphs to show. If that is open, it says which designs lead to which.
func (f *graphFlags) choose(name string, e *script.Endings, views []view, s streams) (int, error) {
	switch {
	case f.pick > 1 && len(views) == 1:
		return 0, usageError("--pick %d is out of range: there is only one graph", f.pick)
	case f.pick > len(views):
		return 0, usageError("--pick %d is out of range: choose from 1 to %d", f.pick, len(views))
	case f.pick > 0:
		return f.pick - 1, nil
	case len(views) == 1:
		return 0, nil
	}
	if f.format == "text" && f.file == "" {
		listViews(s.out, name, e, views)
	}
	return 0, usageError("%s leads to %d different graphs: restrict the designs with --set, or choose one with --pick N",
		name, len(views))
}

// listViews says which designs lead to which graphs, grouped by what is wrong in them.
func listViews(w io.Writer, name string, e *script.Endings, views []view) {
	what := strings.Join(ids(deciding(e, views)), ", ")
	paragraph(w, "", fmt.Sprintf("%s leads to %d different graphs. What decides: %s.", name, len(views), what))
	for _, g := range groupViews(e, views) {
		fmt.Fprintln(w)
		paragraph(w, "--pick ", ranges(g.numbers))
		paragraph(w, "  ", fmt.Sprintf("%s of %s", count(e.Sets.Count(g.designs), "design"), number(e.Sets.Count(e.Designs()))))
		for j, term := range e.Terms(g.designs) {
			head := "  where "
			if j > 0 {
				head = "     or "
			}
			paragraph(w, head, term)
		}
		for _, line := range g.wrong {
			paragraph(w, "  - ", line)
		}
	}
}

// viewGroup is a set of views with the same faults.
type viewGroup struct {
	wrong   []string
	numbers []int // for --pick, ascending
	designs family.Set
}

func groupViews(e *script.Endings, views []view) []viewGroup {
	var groups []viewGroup
	for i, v := range views {
		wrong := v.graph.Wrong()
		at := slices.IndexFunc(groups, func(g viewGroup) bool { return slices.Equal(g.wrong, wrong) })
		if at < 0 {
			at = len(groups)
			groups = append(groups, viewGroup{wrong: wrong, designs: family.None})
		}
		g := &groups[at]
		g.numbers, g.designs = append(g.numbers, i+1), e.Sets.Union(g.designs, v.designs)
	}
	return groups
}

// ranges writes ascending numbers in the form "1-3, 7".
func ranges(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); i++ {
		first := numbers[i]
		for i+1 < len(numbers) && numbers[i+1] == numbers[i]+1 {
			i++
		}
		part := strconv.Itoa(first)
		if numbers[i] != first {
			part += "-" + strconv.Itoa(numbers[i])
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// deciding returns the questions and assumptions that tell graphs apart.
func deciding(e *script.Endings, views []view) []model.Question {
	all := e.Designs()
	var qs []model.Question
	for _, q := range append(model.Questions(), model.Assumptions()...) {
		for _, v := range views {
			if dependsOn(e, v.designs, all, q) {
				qs = append(qs, q)
				break
			}
		}
	}
	return qs
}

// dependsOn tells whether some design of set moves to the rest of all when only its answer to q changes.
func dependsOn(e *script.Endings, set, all family.Set, q model.Question) bool {
	others := e.Sets.Minus(all, set)
	for from := range q.Answers() {
		changed := e.Sets.Flip(set, int(q), from) // the designs that are in set once they answer so
		if e.Sets.Intersect(changed, others) != family.None {
			return true
		}
	}
	return false
}

// write shows g, in a file if one is named.
func (f *graphFlags) write(g *references.Graph, title string, s streams) error {
	var b bytes.Buffer
	var err error
	switch f.format {
	case "json":
		err = writeJSON(&b, newReferenceGraph(g))
	case "dot":
		var dot []byte
		dot, err = g.DOT(title)
		b.Write(dot)
	default:
		var text strings.Builder
		err = g.Text(&text)
		typeset.Fold(typeset.Page{Writer: &b, Columns: s.widthFor(f.file)}, text.String())
	}
	switch {
	case err != nil:
		return err
	case f.file == "":
		_, err = s.out.Write(b.Bytes())
		return err
	}
	return writeWhole(f.file, b.Bytes())
}
