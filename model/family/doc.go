// Package family holds what a text with open points describes: a family of designs.
//
// A [Question] is one open point with the answers that close it. A design answers every question, a partial design
// leaves some open, and the family is the set of all designs. The package knows nothing of what the questions are
// about.
//
// A newcomer first makes a [Space] from the questions and reads a partial design with [Space.Parse]:
//
//	space, err := family.NewSpace(
//		family.Question{ID: "suspend", Answers: []string{"sever", "keepalive", "wake"}},
//		family.Question{ID: "close", Answers: []string{"none", "close"}},
//	)
//	cube, err := space.Parse("suspend=sever|wake")
//
// and then computes with sets of designs:
//
//	algebra := family.NewAlgebra(space)
//	broken := algebra.Union(algebra.Cube(cube), algebra.Cube(space.Literal(1, 0)))
//	fmt.Println(algebra.Count(broken), algebra.Formula(algebra.Cover(broken)))
//
// Three types carry the work:
//
//   - [Cube]: a product of answer subsets, one machine word. Designs, partial designs and the terms of a formula are
//     cubes.
//   - [Set]: any set of designs, a handle into an [Algebra]. Equal handles are equal sets.
//   - [Cover]: a formula, the union of its terms; [Algebra.Cover] finds a smallest one and checks that it is equivalent
//     to its set.
//
// An answer that a set forces is read off its [Algebra.Hull]: a question with one answer left there has no other.
//
// Sets are reduced ordered decision diagrams (R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation,
// IEEE Transactions on Computers C-35(8), 1986) with one branch per answer (A. Srinivasan, T. Kam, S. Malik and
// R. K. Brayton, Algorithms for Discrete Function Manipulation, ICCAD 1990; D. M. Miller, Multiple-Valued Logic Design
// Tools, ISMVL 1993). Formulas are covers by prime terms, after
// W. V. Quine (1952) and E. J. McCluskey (1956), with primes computed on the diagram as O. Coudert and J. C. Madre do
// (DAC 1992).
//
// Everything is deterministic: the same calls in the same order give the same handles, orders and texts.
package family
