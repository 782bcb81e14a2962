package family_test

import (
	"fmt"

	"cosw/model/family"
)

// connection is a space of three questions about a connection to a worker.
func connection() *family.Space {
	s, err := family.NewSpace(
		family.Question{ID: "suspend", Answers: []string{"sever", "keepalive", "wake"}},
		family.Question{ID: "update", Answers: []string{"sever", "transfer", "reaccept"}},
		family.Question{ID: "close", Answers: []string{"none", "close"}},
	)
	if err != nil {
		panic(err)
	}
	return s
}

func ExampleSpace_Parse() {
	s := connection()
	c, err := s.Parse("update = transfer|reaccept, suspend = sever")
	fmt.Println(s.Format(c), "-", s.Count(c), "designs", err)
	_, err = s.Parse("suspend=waek")
	fmt.Println(err)
	// Output:
	// suspend=sever, update=transfer|reaccept - 4 designs <nil>
	// unknown answer to suspend "waek": did you mean wake?
}

// Two searches each found designs that break a property; what is left says which answers are forced.
func ExampleAlgebra() {
	s := connection()
	a := family.NewAlgebra(s)
	first, _ := s.Parse("suspend=sever")
	second, _ := s.Parse("close=none, update=sever|transfer")

	broken := a.Union(a.Cube(first), a.Cube(second))
	holds := a.Complement(broken)
	fmt.Println(a.Count(broken), "break it:", a.Formula(a.Cover(broken)))
	fmt.Println(a.Count(holds), "hold it:", a.Formula(a.Cover(holds)))
	fmt.Println("forced:", s.Format(a.Hull(holds)))
	// Output:
	// 10 break it: suspend=sever or update=sever|transfer, close=none
	// 8 hold it: suspend=keepalive|wake, update=reaccept or suspend=keepalive|wake, close=close
	// forced: suspend=keepalive|wake
}

func ExampleAlgebra_Designs() {
	s := connection()
	a := family.NewAlgebra(s)
	c, _ := s.Parse("suspend=wake, update=sever|transfer, close=close")
	for d := range a.Designs(a.Cube(c)) {
		fmt.Println(s.Format(d))
	}
	// Output:
	// suspend=wake, update=sever, close=close
	// suspend=wake, update=transfer, close=close
}

func ExampleAlgebra_Flip() {
	s := connection()
	a := family.NewAlgebra(s)
	c, _ := s.Parse("suspend=wake, close=close")
	closing, _ := s.Index("close")
	fmt.Println(a.Formula(a.Cover(a.Flip(a.Cube(c), closing, 1)))) // in the set once they close
	fmt.Println(a.Formula(a.Cover(a.Flip(a.Cube(c), closing, 0)))) // in the set once they do not
	// Output:
	// suspend=wake
	// no design
}

func ExampleNearest() {
	fmt.Println(family.Nearest("tranfser", []string{"sever", "transfer", "reaccept"}))
	// Output: transfer true
}
