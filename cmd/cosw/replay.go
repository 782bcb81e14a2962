package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"cosw/props"
	"cosw/traces"
)

// replayFlags are the flags of cosw replay.
type replayFlags struct {
	update, quiet bool
	extend        int
}

func runReplay(ctx context.Context, args []string, s streams) error {
	var f replayFlags
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	flags.BoolVar(&f.update, "update", false, "")
	flags.BoolVar(&f.quiet, "quiet", false, "")
	flags.IntVar(&f.extend, "extend", 0, "")
	if ok, err := parse(flags, args, replayHelp, s); !ok {
		return err
	}
	switch {
	case flags.NArg() == 0:
		return usageError("replay takes traces or directories of them: cosw replay traces/corpus")
	case f.extend < 0 || f.extend > mostExtended:
		return usageError("--extend %d is out of range: choose from 0 to %d", f.extend, mostExtended)
	}
	files, err := traceFiles(flags.Args())
	if err != nil {
		return err
	}
	r := &replay{replayFlags: f, s: s}
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
	if len(files) > 1 || !f.quiet {
		r.summary()
	}
	return r.failure()
}

// mostExtended is how many further steps cosw replay shows at most: their number grows by a factor of ten or so each.
const mostExtended = 3

// replay judges traces, one after the other. A file that cannot be read does not keep the others from being judged.
type replay struct {
	replayFlags
	s                              streams
	agree, differ, unread, renewed int
	code                           int // of the worst failure to read so far
}

// trace judges the trace of a file.
func (r *replay) trace(file string) {
	t, err := readTrace(file, r.s)
	var wrong []traces.Disagreement
	if err == nil {
		wrong, err = t.Replay()
	}
	if err != nil {
		r.cannot(err)
		return
	}
	if len(wrong) == 0 {
		r.agree++
		if !r.quiet && r.extend == 0 {
			return
		}
	} else {
		r.differ++
		r.tell(wrong)
		if r.update {
			r.renew(t, file)
		}
	}
	if r.extend > 0 {
		r.next(t)
	}
}

// cannot tells that a trace cannot be judged.
func (r *replay) cannot(err error) {
	r.unread++
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
	for _, d := range wrong {
		paragraph(r.s.out, "", d.Error())
		if r.quiet {
			return // the first one tells that the trace is not what it was
		}
		both(r.s.out, "    recorded  ", d.Recorded)
		both(r.s.out, "    now       ", d.Now)
	}
}

// both writes one of two sides of a disagreement.
func both(w io.Writer, head string, texts []string) {
	for _, text := range texts {
		paragraph(w, head, text)
		head = strings.Repeat(" ", len(head))
	}
}

// renew writes a trace as the model tells it now.
func (r *replay) renew(t *traces.Trace, file string) {
	renewed, err := t.Renew()
	if err == nil && file == "-" {
		_, err = r.s.out.Write(renewed.Format())
	} else if err == nil {
		err = writeWhole(file, renewed.Format())
	}
	var system *failure
	switch {
	case errors.As(err, &system):
		r.cannot(err)
	case err != nil:
		paragraph(r.s.out, "    ", "not rewritten: "+notRenewed)
	default:
		r.renewed++
		paragraph(r.s.out, "    ", "rewritten: "+strings.Join(renewal(t, renewed), "; "))
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

// next writes what could happen after a trace.
func (r *replay) next(t *traces.Trace) {
	fmt.Fprintf(r.s.out, "%s: after its last step\n", t.File())
	var step *props.StepError
	if err := t.Extend(r.s.out, r.extend); errors.As(err, &step) {
		paragraph(r.s.out, "    ", err.Error())
	}
}

func (r *replay) summary() {
	text := count(uint64(r.agree+r.differ+r.unread), "trace") + ": "
	if r.differ == 0 && r.unread == 0 {
		fmt.Fprintf(r.s.out, "%sthe model says what %s\n", text, theySay(r.agree))
		return
	}
	parts := []string{fmt.Sprintf("%d as recorded", r.agree), fmt.Sprintf("%d not as recorded", r.differ)}
	if r.renewed > 0 {
		parts = append(parts, fmt.Sprintf("%d of these rewritten", r.renewed))
	}
	if r.unread > 0 {
		parts = append(parts, fmt.Sprintf("%d cannot be read", r.unread))
	}
	fmt.Fprintf(r.s.out, "%s%s\n", text, strings.Join(parts, ", "))
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
