package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	flag "github.com/spf13/pflag"

	"cosw/linearize"
	"cosw/linearize/recording"
	"cosw/traces/typeset"
)

// linearizeFlags are the flags of cosw linearize.
type linearizeFlags struct {
	options linearize.Options
	html    string
	format  string
	quiet   bool
}

func (f *linearizeFlags) register(flags *flag.FlagSet) {
	d := linearize.DefaultOptions
	flags.DurationVar(&f.options.Error, "error", d.Error, "")
	flags.DurationVar(&f.options.Late, "late", d.Late, "")
	flags.DurationVar(&f.options.Settle, "settle", d.Settle, "")
	flags.DurationVar(&f.options.Limit, "limit", d.Limit, "")
	flags.StringVar(&f.html, "html", "", "")
	formatVar(flags, &f.format, textFormats...)
	flags.BoolVar(&f.quiet, "quiet", false, "")
}

func runLinearize(ctx context.Context, args []string, s streams) error {
	var f linearizeFlags
	flags := flag.NewFlagSet("linearize", flag.ContinueOnError)
	f.register(flags)
	if ok, err := parse(flags, args, linearizeHelp, s); !ok {
		return err
	}
	if flags.NArg() == 0 {
		return usageError("linearize takes recordings: cosw linearize FILE…")
	}
	if err := f.options.Validate(); err != nil {
		return usageError("--%v", err)
	}
	if err := makeFolder(f.html); err != nil {
		return err
	}
	j := &judge{linearizeFlags: f, s: s, drawn: map[string]bool{}}
	for _, file := range flags.Args() {
		if !j.judge(ctx, file) {
			return &failure{exitUnknown, errors.New("interrupted: the rest of the recordings is not judged")}
		}
	}
	switch {
	case f.format == "json":
		if err := writeJSON(s.out, j.data()); err != nil {
			return err
		}
	case flags.NArg() > 1 && len(j.verdicts) > 0:
		paragraph(s.out, "", linearize.Summary(j.verdicts))
	}
	return j.failure()
}

// judge judges recordings, one after the other. The others are judged even if one cannot be read.
type judge struct {
	linearizeFlags
	s        streams
	drawn    map[string]bool // names of documents
	verdicts []linearize.Verdict
	code     int // of the worst failure to read so far
}

// judge judges a recording, and tells what came of it. It returns false if it was interrupted.
func (j *judge) judge(ctx context.Context, file string) bool {
	rec, err := readRecording(file, j.s)
	var verdict linearize.Verdict
	if err == nil {
		verdict, err = j.decide(ctx, rec)
	}
	if err == nil && j.html != "" {
		err = j.visualize(rec, &verdict)
	}
	switch {
	case ctx.Err() != nil:
		return false
	case err != nil:
		j.code = max(j.code, refuse(err, j.s))
	default:
		j.tell(verdict)
	}
	return true
}

// decide decides on a recording, for which it may have the time of --limit. After an interrupt nobody waits for it: the process
// ends.
func (j *judge) decide(ctx context.Context, rec *recording.Recording) (linearize.Verdict, error) {
	type decision struct {
		verdict linearize.Verdict
		err     error
	}
	decided := make(chan decision, 1)
	go func() {
		verdict, err := linearize.Judge(rec, j.options)
		decided <- decision{verdict, err}
	}()
	select {
	case d := <-decided:
		return d.verdict, d.err
	case <-ctx.Done():
		return linearize.Verdict{}, ctx.Err()
	}
}

// tell says what a recording shows, unless all of them are printed together.
func (j *judge) tell(verdict linearize.Verdict) {
	j.verdicts = append(j.verdicts, verdict)
	switch {
	case j.format == "json":
		return
	case j.quiet:
		fmt.Fprintf(j.s.text(), "%s: %s\n", verdict.Name, verdict.Result)
		return
	}
	typeset.Fold(j.s.text(), verdict.String()+"\n")
}

// visualize writes one document for each connection of a recording into the folder of --html.
func (j *judge) visualize(rec *recording.Recording, verdict *linearize.Verdict) error {
	base := filepath.Base(rec.Name)
	for n := 2; j.drawn[base]; n++ { // recordings of different folders may have one name
		base = fmt.Sprintf("%s-%d", filepath.Base(rec.Name), n)
	}
	j.drawn[base] = true
	for i, history := range linearize.Histories(rec, j.options) {
		c := &verdict.Connections[i]
		head := linearize.Head{
			Title:   fmt.Sprintf("%s, connection %d", base, c.Connection),
			Verdict: c.Result.String(), Says: append([]string{verdict.Scenario + ", " + verdict.Platform}, c.Describe(j.options)...),
		}
		var page bytes.Buffer
		if _, err := linearize.Visualize(&page, history, head, max(j.options.Limit, time.Second)); err != nil {
			return err
		}
		name := fmt.Sprintf("%s.%d.html", base, i+1)
		if err := writeWhole(filepath.Join(j.html, name), page.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// failure returns what the verdicts amount to. That a file could not be read comes first.
func (j *judge) failure() error {
	worst := linearize.Linearizable
	for _, v := range j.verdicts {
		worst = worst.Worse(v.Result)
	}
	switch {
	case j.code != 0:
		return &failure{j.code, nil}
	case worst == linearize.Violated:
		return &failure{exitViolated, nil}
	case worst == linearize.Unknown:
		return &failure{exitUnknown, nil}
	}
	return nil
}
