package wpt

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"cosw/model/golden"
	"cosw/traces"
)

// corpus returns the traces of the corpus, by name.
func corpus(t *testing.T) map[string]*traces.Trace {
	files, err := fs.Glob(traces.Corpus(), "*.trace")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	all := map[string]*traces.Trace{}
	for _, file := range files {
		text, err := fs.ReadFile(traces.Corpus(), file)
		if err != nil {
			t.Fatal(err)
		}
		trace, err := traces.Read(bytes.NewReader(text), file)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(file, ".trace")] = trace
	}
	return all
}

// distinct returns the tests of the corpus by name; of those that come to the same, the one whose name is first.
func distinct(t *testing.T) map[string][]byte {
	names := map[string]string{}
	all := corpus(t)
	for name, trace := range all {
		p, err := newPlan(trace, claimed())
		var none *ImpossibleError
		if errors.As(err, &none) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := names[p.String()]; !ok || name < other {
			names[p.String()] = name
		}
	}
	tests := map[string][]byte{}
	for _, name := range names {
		text, err := Test(all[name])
		if err != nil {
			t.Fatal(err)
		}
		tests[name] = text
	}
	return tests
}

// TestCorpus: what the tests of the corpus do and expect, and of which traces there is none. Traces that come to the same stand
// together.
func TestCorpus(t *testing.T) {
	groups := map[string][]string{}
	for name, trace := range corpus(t) {
		p, err := newPlan(trace, claimed())
		var none *ImpossibleError
		switch {
		case errors.As(err, &none):
			groups["none: "+none.Because()] = append(groups["none: "+none.Because()], name)
		case err != nil:
			t.Error(err)
		default:
			groups[p.String()] = append(groups[p.String()], name)
		}
	}
	var out strings.Builder
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		slices.Sort(groups[key])
		fmt.Fprintf(&out, "%s\n%s\n\n", strings.Join(groups[key], " "), strings.TrimSpace(key))
	}
	golden.Compare(t, "testdata/corpus.golden", out.String())
}

// String returns all that a test does and expects, but for its name.
func (p *test) String() string {
	var out strings.Builder
	if p.installed {
		out.WriteString("installed\n")
	}
	for _, s := range p.steps {
		fmt.Fprintf(&out, "%s → %s\n", s.do, strings.Join(s.sees, ", "))
	}
	for _, party := range slices.Sorted(maps.Keys(p.lists)) {
		fmt.Fprintf(&out, "%s has %s\n", party, strings.Join(p.lists[party], ", "))
	}
	return out.String()
}
