package family_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cosw/model/family"
)

// TestWritten: sets that were written are the same ones when they are read into another algebra, which has made other
// diagrams before.
func TestWritten(t *testing.T) {
	space := mustSpace(t, family.Question{ID: "a", Answers: []string{"0", "1", "2"}}, family.Question{ID: "b", Answers: []string{"0", "1"}},
		family.Question{ID: "c", Answers: []string{"0", "1", "2", "3"}}, family.Question{ID: "x", Answers: []string{"0", "1"}, Assumption: true})
	from, to := family.NewAlgebra(space), family.NewAlgebra(space)
	to.Cube(space.Literal(1, 1)) // so that handles differ
	random := rand.New(rand.NewPCG(1, 2))
	sets := []family.Set{family.None, family.All}
	for range 40 {
		x := family.None
		for design := range from.Designs(family.All) {
			if random.IntN(3) == 0 {
				x = from.Union(x, from.Cube(design))
			}
		}
		sets = append(sets, x)
	}
	read, err := to.Read(from.Write(sets))
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range sets {
		if !slices.Equal(slices.Collect(from.Designs(x)), slices.Collect(to.Designs(read[i]))) {
			t.Errorf("set %d has other designs", i)
		}
	}
	if again := to.Write(read); !slices.Equal(again.Nodes, from.Write(sets).Nodes) {
		t.Error("the same sets are written in another way by an algebra that made them in another way")
	}
}

// TestWrittenWrong: numbers that Write never writes are refused.
func TestWrittenWrong(t *testing.T) {
	space := mustSpace(t, family.Question{ID: "a", Answers: []string{"0", "1", "2"}}, family.Question{ID: "b", Answers: []string{"0", "1"}})
	for _, row := range []struct {
		why   string
		given family.Written
		want  string
	}{
		{"a question too many", family.Written{Nodes: []uint32{2, 0, 1}}, "no question 2"},
		{"a node that is cut off", family.Written{Nodes: []uint32{0, 0, 1}}, "3 answers, and 2 are left"},
		{"a child that comes later", family.Written{Nodes: []uint32{1, 0, 3}}, "node 3 cannot be asked"},
		{"a child that asks an earlier question", family.Written{Nodes: []uint32{0, 0, 1, 0, 1, 0, 2}}, "node 2 cannot be asked"},
		{"a node that tells nothing apart", family.Written{Nodes: []uint32{1, 1, 1}}, "makes no difference"},
		{"a set that is no node", family.Written{Sets: []uint32{2}}, "set 0 is node 2"},
	} {
		if _, err := family.NewAlgebra(space).Read(row.given); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", row.why, err, row.want)
		}
	}
}

func mustSpace(t *testing.T, qs ...family.Question) *family.Space {
	t.Helper()
	s, err := family.NewSpace(qs...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
