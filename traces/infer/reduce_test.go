package infer

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
)

// inferBoth infers with and without the reduction, and fails if that makes a difference: to the designs, or to how many
// lines each design explains.
func inferBoth(t *testing.T, a *family.Algebra, rec *recording.Recording, o Options) (reduced, plain *Inference) {
	t.Helper()
	reduced, err := Infer(t.Context(), a, rec, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	o.plain = true
	if plain, err = Infer(t.Context(), a, rec, o, nil); err != nil {
		t.Fatal(err)
	}
	if reduced.Designs != plain.Designs {
		t.Errorf("%s: %s with the reduction, %s without", rec.Name, formula(reduced), formula(plain))
	}
	for i, p := range reduced.parts {
		further, same := family.None, family.None
		for b := buckets - 1; b >= 0; b-- {
			further = a.Union(further, p.result.Marked(markReached+b))
			same = a.Union(same, plain.parts[i].result.Marked(markReached+b))
			if further != same {
				t.Errorf("%s: in bucket %d, other designs come as far with the reduction", rec.Name, b)
			}
		}
	}
	return reduced, plain
}

// TestReduction: the reduction changes nothing but the number of worlds.
func TestReduction(t *testing.T) {
	a := family.NewAlgebra(model.Space)
	for _, file := range recordingFiles(t) {
		rec, err := recording.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		inferBoth(t, a, rec, DefaultOptions)
	}
	rec := traffic(t, 40, Options{Error: 20 * time.Millisecond})
	reduced, plain := inferBoth(t, a, rec, Options{Error: 20 * time.Millisecond})
	if reduced.Worlds*9 > plain.Worlds {
		t.Errorf("%d worlds with the reduction, %d without: it reduces too little", reduced.Worlds, plain.Worlds)
	}
	long, err := Infer(t.Context(), a, traffic(t, 400, DefaultOptions), DefaultOptions, nil)
	if err != nil || long.Designs == family.None {
		t.Fatal(err, long)
	}
	if long.Worlds > 5*uint64(long.Lines) {
		t.Errorf("%d worlds for %d lines: the cost of a long recording is not that of its lines", long.Worlds, long.Lines)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range golden.Fewer(80) {
		design := a.Nth(family.All, rng.Uint64N(a.CountAll(family.All)))
		script := randomScript(rng, design, model.Bounds{Pages: 3, Connections: 3, Versions: 2, Messages: 4, Faults: 1, Kills: 1}, 40)
		o := Options{Error: 8 * time.Millisecond, Late: 20 * time.Millisecond}
		text, _, err := Simulate(strings.NewReader(script), Simulation{
			Design: design, Name: fmt.Sprint("random ", i), Error: o.Error, Late: o.Late, Pause: 10 * time.Millisecond, Seed: uint64(i),
		})
		if err != nil {
			t.Fatal(err)
		}
		rec, err := recording.Read(bytes.NewReader(weaken(rng, text)), fmt.Sprint("random ", i))
		if err != nil {
			t.Fatal(err)
		}
		inferBoth(t, a, rec, o)
	}
}

// weaken makes a recording like those of a real browser: it no longer promises to be complete, the environment's steps
// are left out, and with luck the last lines of an instance or a page that ends.
func weaken(rng *rand.Rand, text []byte) []byte {
	s := strings.Replace(string(text), `"complete":true,`, "", 1)
	for _, op := range []string{"ignore", "skipWaiting", "controlled", "uncontrolled", "cannot"} {
		s = without(s, `"op":"`+op+`"`)
	}
	lines := strings.SplitAfter(s, "\n")
	runs, ends := map[int]bool{}, map[string]float64{} // by version, and by party
	stops := map[int]int{}
	for _, l := range lines {
		var page, version int
		if n, _ := fmt.Sscanf(after(l, `"op":"gone","page":`), "%d,", &page); n == 1 {
			ends[fmt.Sprintf("page/%d", page)] = timeOf(l)
		}
		if n, _ := fmt.Sscanf(after(l, `"version":"`), "%d", &version); n != 1 {
			continue
		}
		switch {
		case strings.Contains(l, `"running":"running"`):
			runs[version] = true
		case strings.Contains(l, `"running":"stopped"`) && runs[version]: // and not if a start fails
			runs[version] = false
			stops[version]++
			ends[fmt.Sprintf("worker/v%d/%c%d", version+1, 'a'+version, stops[version])] = timeOf(l)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(ends)) {
		for i, l := range slices.Backward(lines) {
			if !strings.Contains(l, `"`+name+`"`) {
				continue
			}
			if !strings.Contains(l, `"op":"post"`) && !strings.Contains(l, `"op":"receive"`) || sent(lines, l) < ends[name]-recent || rng.IntN(3) == 0 {
				break
			}
			lines[i] = ""
		}
	}
	return []byte(strings.Join(lines, ""))
}

// recent is how long before the end of a party, in ms, what is sent to it may still be on its way under all options of the tests.
const recent = 100

// sent returns when the message of l was posted, if that is recorded; otherwise when l was written.
func sent(lines []string, l string) float64 {
	for _, other := range lines {
		if strings.Contains(other, `"op":"post"`) && named(other) == named(l) {
			return timeOf(other)
		}
	}
	return timeOf(l)
}

func named(line string) string {
	name, _, _ := strings.Cut(after(line, `"msg":"`), `"`)
	return name
}

func after(text, part string) string {
	_, rest, _ := strings.Cut(text, part)
	return rest
}
