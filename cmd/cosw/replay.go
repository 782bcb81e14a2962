package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	flag "github.com/spf13/pflag"

	"cosw/cmd/cosw/ci"
	"cosw/props"
	"cosw/traces"
	"cosw/traces/typeset"
)

// replayFlags are the flags of cosw replay.
type replayFlags struct {
	update, quiet bool
	extend        int
	format        string
}

// resultFormats are the values of --format of the commands that judge files.
var resultFormats = []string{"text", "json", "junit", "markdown"}

func runReplay(ctx context.Context, args []string, s streams) error {
	var f replayFlags
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	flags.BoolVar(&f.update, "update", false, "")
	flags.BoolVar(&f.quiet, "quiet", false, "")
	flags.IntVar(&f.extend, "extend", 0, "")
	formatVar(flags, &f.format, resultFormats...)
	if ok, err := parse(flags, args, replayHelp, s); !ok {
		return err
	}
	switch {
	case flags.NArg() == 0:
		return usageError("replay takes traces or directories of them: cosw replay traces/corpus")
	case f.extend < 0 || f.extend > mostExtended:
		return usageError("--extend %d is out of range: choose from 0 to %d", f.extend, mostExtended)
	case f.update && slices.Contains(flags.Args(), "-"):
		return usageError("--update cannot rewrite standard input: name the file")
	}
	r := &replay{replayFlags: f, s: s}
	if err := r.all(ctx, traceFiles(flags.Args())); err != nil {
		return err
	}
	if err := r.write(); err != nil {
		return err
	}
	return r.failure()
}

// mostExtended limits --extend: each further step makes the output about ten times longer.
const mostExtended = 3

// replay judges traces, one after the other. The others are judged even if one cannot be read.
type replay struct {
	replayFlags
	s                              streams
	judged                         []judged
	agree, differ, unread, renewed int
	code                           int // of the worst failure to read so far
}

// judged is what became of a trace.
type judged struct {
	file    string
	err     error // why it was not judged
	trace   *traces.Trace
	wrong   []traces.Disagreement
	update  string // what --update did about it
	renewed bool
	next    string // what could happen after it
}

// all judges files. As text, each is written at once.
func (r *replay) all(ctx context.Context, files []traceFile) error {
	progress := newProgress(r.s.err)
	defer progress.clear()
	for i, file := range files {
		progress.line("%d of %d traces", i, len(files))
		j := r.judge(file)
		if ctx.Err() != nil {
			return &failure{exitUnknown, errors.New("interrupted: the rest of the traces is not judged")}
		}
		if text := j.text(r.quiet, r.width()); r.format == "text" && text != "" {
			progress.clear()
			fmt.Fprint(r.s.out, text)
		}
		r.judged = append(r.judged, j)
	}
	return nil
}

// judge judges the trace of a file.
func (r *replay) judge(f traceFile) judged {
	j := judged{file: f.name, err: f.err}
	if j.err == nil {
		j.trace, j.err = readTrace(f.name, r.s)
	} else {
		j.err = &failure{exitSystem, j.err}
	}
	if j.err == nil {
		j.wrong, j.err = j.trace.Replay()
	}
	if j.err != nil {
		r.unread++
		r.code = max(r.code, refuse(j.err, r.s))
		return j
	}
	if len(j.wrong) == 0 {
		r.agree++
	} else {
		r.differ++
		if r.update {
			r.renew(&j)
		}
	}
	if r.extend > 0 {
		j.next = j.extended(r.extend, r.width())
	}
	return j
}

// width is how wide lines may be: in other formats than text it is not for a terminal.
func (r *replay) width() int {
	if r.format == "text" {
		return typeset.Width(r.s.out)
	}
	return typeset.Columns
}

// renew rewrites a trace to what the model says now.
func (r *replay) renew(j *judged) {
	renewed, err := j.trace.Renew()
	if err == nil {
		err = writeWhole(j.file, renewed.Format())
	}
	var system *failure
	var why *traces.FileError
	switch {
	case errors.As(err, &system):
		r.code = max(r.code, refuse(err, r.s))
	case errors.As(err, &why):
		j.update = fmt.Sprintf(notRenewed, why.Err)
	default:
		r.renewed++
		j.renewed = true
		j.update = "rewritten: " + strings.Join(renewal(j.trace, renewed), "; ")
	}
}

// renewal says what changed in a trace that was renewed.
func renewal(before, after *traces.Trace) []string {
	var changes []string
	events := 0
	for i := range before.Steps {
		if strings.Join(before.Steps[i].Events, "\n") != strings.Join(after.Steps[i].Events, "\n") {
			events++
		}
	}
	if events > 0 {
		changes = append(changes, "the events of "+count(uint64(events), "step"))
	}
	if was, is := before.Verdict.String(), after.Verdict.String(); was != is {
		changes = append(changes, fmt.Sprintf("the verdict, from %q to %q", was, is))
	}
	return changes
}

// extended says what could happen after a trace.
func (j *judged) extended(steps, width int) string {
	var text strings.Builder
	page := typeset.Page{Writer: &text, Columns: width}
	paragraph(page, "", j.trace.File()+": after its last step")
	var step *props.StepError
	if err := j.trace.Extend(page, steps); errors.As(err, &step) {
		paragraph(page, "    ", err.Error())
	}
	return text.String()
}

// text says where the model disagrees, with what the trace says and what is so now; quiet, in a line.
func (j *judged) text(quiet bool, width int) string {
	var b block
	if quiet && len(j.wrong) > 0 {
		return j.wrong[0].Error() + "\n" + j.next // as grep likes it
	}
	for _, d := range j.wrong {
		b.wrap("", d.Error())
		if d.Recorded != nil || d.Now != nil {
			b.either("    recorded  ", d.Recorded)
			b.either("    now       ", d.Now)
		}
	}
	if j.update != "" {
		b.wrap("    ", j.update)
	}
	var text strings.Builder
	b.WriteTo(typeset.Page{Writer: &text, Columns: width})
	return text.String() + j.next
}

// either adds one of two sides of a disagreement.
func (b *block) either(head string, texts []string) {
	if len(texts) == 0 {
		texts = []string{"(nothing)"}
	}
	for _, text := range texts {
		b.wrap(head, text)
		head = strings.Repeat(" ", len(head))
	}
}

// ciCase is the trace as a case for services.
func (j *judged) ciCase(quiet bool) ci.Case {
	c := ci.Case{Name: j.file, Rule: ruleReplay.ID, Result: ci.Passed, File: relative(j.file), Detail: j.text(quiet, typeset.Columns)}
	var unreadable *traces.FileError
	switch {
	case errors.As(j.err, &unreadable):
		c.Result, c.Summary, c.Line = ci.Failed, unreadable.Err.Error(), unreadable.Line
	case j.err != nil:
		c.Result, c.Summary = ci.Failed, j.err.Error()
	case len(j.wrong) == 0:
		c.Summary = j.trace.Verdict.String()
	default:
		c.Result, c.Summary, c.Line = ci.Failed, j.wrong[0].What, j.wrong[0].Line
		if j.renewed {
			c.Result = ci.Exempt
		}
		c.Detail += fmt.Sprintf("\n%s", j.trace.Format()) // whoever reads it there may not have the file
	}
	return c
}

// write writes what is not written yet: as text the summary, in other formats everything.
func (r *replay) write() error {
	write := ciFormats[r.format]
	switch {
	case r.format == "json":
		return writeJSON(r.s.out, r.data())
	case write == nil:
		if len(r.judged) > 1 || !r.quiet {
			fmt.Fprintln(r.s.out, r.summary())
		}
		return nil
	}
	report := ci.Report{
		Name: "replay", Title: "cosw replay", Rules: []ci.Rule{ruleReplay}, Facts: []ci.Fact{{Name: "traces", Value: r.summary()}},
	}
	for i := range r.judged {
		report.Cases = append(report.Cases, r.judged[i].ciCase(r.quiet))
	}
	return write(r.s.out, &report)
}

// summary says how many traces the model still agrees with.
func (r *replay) summary() string {
	text := count(uint64(r.agree+r.differ+r.unread), "trace") + ": "
	if r.differ == 0 && r.unread == 0 {
		return fmt.Sprintf("%sthe model says what %s", text, theySay(r.agree))
	}
	parts := []string{fmt.Sprintf("%d as recorded", r.agree), fmt.Sprintf("%d not as recorded", r.differ)}
	if r.renewed > 0 {
		parts = append(parts, fmt.Sprintf("%d of these rewritten", r.renewed))
	}
	if r.unread > 0 {
		parts = append(parts, fmt.Sprintf("%d cannot be read", r.unread))
	}
	return text + strings.Join(parts, ", ")
}

func theySay(n int) string {
	if n == 1 {
		return "it says"
	}
	return "they say"
}

// failure returns what the traces amount to. A file that could not be read comes first.
func (r *replay) failure() error {
	switch {
	case r.code != 0:
		return &failure{r.code, nil}
	case r.differ > r.renewed:
		return &failure{exitViolated, nil}
	}
	return nil
}
