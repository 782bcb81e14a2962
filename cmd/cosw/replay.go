package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"cosw/cmd/cosw/ci"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
)

// replayFlags are the flags of cosw replay.
type replayFlags struct {
	update, quiet bool
	extend        int
	format        string
}

// resultFormats are the values of --format of the commands that judge files.
var resultFormats = []string{"text", "junit", "markdown"}

func runReplay(ctx context.Context, args []string, s streams) error {
	var f replayFlags
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	flags.BoolVar(&f.update, "update", false, "")
	flags.BoolVar(&f.quiet, "quiet", false, "")
	flags.IntVar(&f.extend, "extend", 0, "")
	flags.StringVar(&f.format, "format", "text", "")
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
	case !slices.Contains(resultFormats, f.format):
		return usageError("%v", &family.UnknownWordError{What: "format", Word: f.format, Valid: resultFormats})
	}
	files := traceFiles(flags.Args())
	r := &replay{replayFlags: f, s: s, run: ci.Run{Name: "replay", Title: "cosw replay", Rules: []ci.Rule{ruleReplay}}}
	progress := newProgress(s.err)
	for i, file := range files {
		if ctx.Err() != nil {
			progress.clear()
			return &failure{exitUnknown, errors.New("interrupted: the rest of the traces is not judged")}
		}
		progress.line("%d of %d traces", i, len(files))
		r.trace(file)
	}
	progress.clear()
	if err := r.write(len(files) > 1 || !f.quiet); err != nil {
		return err
	}
	return r.failure()
}

// write writes what is not written yet: in text the summary, in other formats everything.
func (r *replay) write(summary bool) error {
	if write := ciFormats[r.format]; write != nil {
		r.run.Facts = []ci.Fact{{Name: "traces", Value: r.summary()}}
		return write(r.s.out, &r.run)
	}
	if summary {
		fmt.Fprintln(r.s.out, r.summary())
	}
	return nil
}

// mostExtended is how many further steps cosw replay shows at most: their number grows by a factor of ten or so each.
const mostExtended = 3

// replay judges traces, one after the other. A file that cannot be read does not keep the others from being judged.
type replay struct {
	replayFlags
	s                              streams
	agree, differ, unread, renewed int
	code                           int // of the worst failure to read so far
	run                            ci.Run
	text                           strings.Builder // of the trace at hand
}

// trace judges the trace of a file.
func (r *replay) trace(f traceFile) {
	file, err := f.name, f.err
	var t *traces.Trace
	if err == nil {
		t, err = readTrace(file, r.s)
	} else {
		err = &failure{exitSystem, err}
	}
	var wrong []traces.Disagreement
	if err == nil {
		wrong, err = t.Replay()
	}
	if err != nil {
		r.cannot(file, err)
		return
	}
	result := ci.Case{Name: file, Rule: ruleReplay.ID, Outcome: ci.Passed, Summary: t.Verdict.String(), File: relative(file)}
	if len(wrong) == 0 {
		r.agree++
	} else {
		r.differ++
		result.Outcome, result.Summary, result.Line = ci.Failed, wrong[0].What, wrong[0].Line
		r.tell(wrong)
		if r.update && r.renew(t, file) {
			result.Outcome = ci.Exempt
		}
	}
	if r.extend > 0 {
		r.next(t)
	}
	if len(wrong) > 0 && r.format != "text" {
		fmt.Fprintf(&r.text, "\n%s", t.Format()) // whoever reads it there may not have the file
	}
	r.done(result)
}

// done ends a trace: its text is written at once, or kept for its case.
func (r *replay) done(result ci.Case) {
	if r.format == "text" {
		fmt.Fprint(r.s.out, r.text.String())
	}
	result.Detail = r.text.String()
	r.run.Cases = append(r.run.Cases, result)
	r.text.Reset()
}

// cannot tells that a trace cannot be judged.
func (r *replay) cannot(file string, err error) {
	r.unread++
	result := ci.Case{Name: file, Rule: ruleReplay.ID, Outcome: ci.Failed, Summary: err.Error(), File: relative(file)}
	var where *traces.ScriptError
	if errors.As(err, &where) {
		result.Summary, result.Line = where.Err.Error(), where.Line
	}
	r.run.Cases = append(r.run.Cases, result)
	r.fail(err)
}

// fail tells what is wrong with a file, and keeps the code for it.
func (r *replay) fail(err error) {
	code := exitSyntax
	var f *failure
	if errors.As(err, &f) {
		code = f.code
	}
	r.code = max(r.code, code)
	fmt.Fprintf(r.s.err, "cosw: %v\n", err)
}

// tell writes where the model disagrees, and both that the trace says and what is so now.
func (r *replay) tell(wrong []traces.Disagreement) {
	if r.quiet {
		fmt.Fprintln(&r.text, wrong[0].Error()) // in one line, as grep likes it
		return
	}
	for _, d := range wrong {
		paragraph(&r.text, "", d.Error())
		if d.Recorded != nil || d.Now != nil {
			both(&r.text, "    recorded  ", d.Recorded)
			both(&r.text, "    now       ", d.Now)
		}
	}
}

// both writes one of two sides of a disagreement.
func both(w io.Writer, head string, texts []string) {
	if len(texts) == 0 {
		texts = []string{"(nothing)"}
	}
	for _, text := range texts {
		paragraph(w, head, text)
		head = strings.Repeat(" ", len(head))
	}
}

// renew writes a trace as the model tells it now, and reports whether it did.
func (r *replay) renew(t *traces.Trace, file string) bool {
	renewed, err := t.Renew()
	if err == nil {
		err = writeWhole(file, renewed.Format())
	}
	var system *failure
	var why *traces.ScriptError
	says := ""
	switch {
	case errors.As(err, &system):
		r.fail(err)
		return false
	case errors.As(err, &why):
		says = fmt.Sprintf(notRenewed, why.Err)
	default:
		r.renewed++
		says = "rewritten: " + strings.Join(renewal(t, renewed), "; ")
	}
	if !r.quiet {
		paragraph(&r.text, "    ", says)
	}
	return why == nil
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

// next writes what could happen after a trace.
func (r *replay) next(t *traces.Trace) {
	fmt.Fprintf(&r.text, "%s: after its last step\n", t.File())
	var step *props.StepError
	if err := t.Extend(&r.text, r.extend); errors.As(err, &step) {
		paragraph(&r.text, "    ", err.Error())
	}
}

// summary says how many traces are what they were.
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

// failure returns what the traces amount to. That a file could not be read comes first.
func (r *replay) failure() error {
	switch {
	case r.code != 0:
		return &failure{r.code, nil}
	case r.differ > r.renewed:
		return &failure{exitViolated, nil}
	}
	return nil
}
