package props

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// spinModel is a second model of the lifecycle, of one design.
const spinModel = "testdata/lifecycle.pml"

// TestSpin: a model that shares no line with package model, in another language and searched by another program, has as many
// worlds, steps between them and levels of breadth, and the same verdicts. It takes every step that is not left out at once.
func TestSpin(t *testing.T) {
	notRaced(t)
	for _, program := range []string{"spin", "cc"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed: the model for Spin is not tried", program)
		}
	}
	design, bounds := readSpinModel(t)
	for _, test := range []struct {
		pages, connections int
		why                string
	}{
		{1, 1, "a page of either origin"},
		{2, 1, "pages of both origins"},
		{1, 2, "two connections to tell apart, of one page"},
		{2, 2, "all that the model for Spin has, and what speed is compared by"},
	} {
		t.Run(fmt.Sprintf("%d pages, %d connections", test.pages, test.connections), func(t *testing.T) {
			t.Log(test.why)
			b := bounds
			b.Pages, b.Connections = test.pages, test.connections
			r := promptRun(t, family.NewAlgebra(model.Space), b, design)
			want := spun{r.worlds, r.moves, r.depth, verdicts(r.seen)}
			if got := spin(t, b); got != want {
				t.Errorf("Spin has %+v\nwant %+v", got, want)
			}
		})
	}
}

// readSpinModel returns the design and the bounds that the head of the model for Spin names.
func readSpinModel(t testing.TB) (family.Cube, model.Bounds) {
	t.Helper()
	text, err := os.ReadFile(spinModel)
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`(?s)\n \* design: (.+)\n \* bounds: ([^\n]+)\n`).FindSubmatch(text)
	if named == nil {
		t.Fatalf("%s does not say what it is of", spinModel)
	}
	design, bounds := strings.ReplaceAll(string(named[1]), "\n *", ""), string(named[2])
	b, err := model.ParseBounds(bounds, model.DefaultBounds)
	if err != nil {
		t.Fatal(err)
	}
	c := parse(t, design)
	a := family.NewAlgebra(model.Space)
	if n := a.CountAll(a.Cube(c)); n != 1 {
		t.Fatalf("%s is a family of %d designs and environments, and the model for Spin is of one", design, n)
	}
	return c, b
}

// spun is what a search found, by Spin or here.
type spun struct {
	worlds, steps uint64
	depth         int
	verdicts      string
}

// verdicts writes what was seen as the model for Spin does.
func verdicts(seen explore.Marks) string {
	var text strings.Builder
	for i, p := range lifecycleProperties {
		fmt.Fprintf(&text, "property %s:", p.ID)
		if seen&premise(i) != 0 {
			text.WriteString(" applies")
		}
		if seen&violation(i) != 0 {
			text.WriteString(" broken")
		}
		text.WriteString("\n")
	}
	return text.String()
}

// spin searches the model for Spin within bounds, breadth first.
func spin(t *testing.T, b model.Bounds) spun {
	t.Helper()
	file, err := filepath.Abs(spinModel)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	run := func(name string, args ...string) []byte {
		command := exec.CommandContext(t.Context(), name, args...)
		command.Dir = dir
		out, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", command, err, out)
		}
		return out
	}
	run("spin", fmt.Sprintf("-DPAGES=%d", b.Pages), fmt.Sprintf("-DCONNECTIONS=%d", b.Connections), "-a", file)
	run("cc", "-DSAFETY", "-DNOFAIR", "-DNOREDUCE", "-DBFS", "-o", "pan", "pan.c")
	out := run(filepath.Join(dir, "pan"))
	if !bytes.Contains(out, []byte("errors: 0")) || bytes.Contains(out, []byte("not completed")) {
		t.Fatalf("Spin did not search all of its model:\n%s", out)
	}
	number := func(pattern string) uint64 {
		m := regexp.MustCompile(pattern).FindSubmatch(out)
		if m == nil {
			t.Fatalf("Spin does not print %q:\n%s", pattern, out)
		}
		n, err := strconv.ParseUint(string(m[1]), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	m, _ := mustModel(t, b)
	begun := uint64(len(m.Initial()))
	return spun{
		// Spin's first state is none of the worlds: steps lead to those in which a history can begin.
		worlds: number(`(\d+) states, stored`) - 1,
		steps:  number(`(\d+) transitions`) - 1 - begun, // it counts its first state as one
		depth:  int(number(`depth reached (\d+)`)) - 1,

		verdicts: strings.Join(regexp.MustCompile(`(?m)^property .*\n`).FindAllString(string(out), -1), ""),
	}
}
