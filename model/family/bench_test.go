package family_test

import (
	"math/rand/v2"
	"testing"

	"cosw/model/family"
)

// operands returns sets and cubes such as a search works with: few of them, met again and again.
func operands(b *testing.B) (*family.Algebra, []family.Set, []family.Cube) {
	b.Helper()
	a, r := family.NewAlgebra(draft(b)), rand.New(rand.NewPCG(1, 1))
	var sets []family.Set
	var cubes []family.Cube
	for range 16 {
		sets = append(sets, randomUnion(a, r, 6, 6))
		cubes = append(cubes, randomCube(a.Space(), r, 2))
	}
	return a, sets, cubes
}

func BenchmarkRestrictAgain(b *testing.B) {
	a, sets, cubes := operands(b)
	for i := 0; b.Loop(); i++ {
		a.Restrict(sets[i%16], cubes[i/16%16])
	}
}

func BenchmarkUnionAgain(b *testing.B) {
	a, sets, _ := operands(b)
	for i := 0; b.Loop(); i++ {
		a.Union(sets[i%16], sets[i/16%16])
	}
}

func BenchmarkMinusAgain(b *testing.B) {
	a, sets, _ := operands(b)
	for i := 0; b.Loop(); i++ {
		a.Minus(sets[i%16], sets[i/16%16])
	}
}

func BenchmarkMembership(b *testing.B) {
	a, sets, _ := operands(b)
	design := a.First(sets[0])
	for i := 0; b.Loop(); i++ {
		a.Includes(sets[i%16], design)
	}
}

func BenchmarkWith(b *testing.B) {
	s := draft(b)
	c := s.Full()
	for i := 0; b.Loop(); i++ {
		if s.IsEmpty(s.With(c, i%16, 0)) {
			b.Fatal("empty")
		}
	}
}

// BenchmarkNewUnions makes sets that were not seen before: the cost of a miss, nodes included.
func BenchmarkNewUnions(b *testing.B) {
	a, r := family.NewAlgebra(draft(b)), rand.New(rand.NewPCG(2, 2))
	for b.Loop() {
		randomUnion(a, r, 6, 6)
	}
	b.ReportMetric(float64(a.Nodes()), "nodes")
}

func BenchmarkCover(b *testing.B) {
	s := draft(b)
	for b.Loop() {
		a, r := family.NewAlgebra(s), rand.New(rand.NewPCG(3, 3))
		a.Cover(randomUnion(a, r, 8, 6))
	}
}
