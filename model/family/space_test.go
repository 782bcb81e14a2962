package family_test

import (
	"strings"
	"testing"

	"cosw/model/family"
)

// space returns a space of questions given as "id: answer answer ...".
func space(t testing.TB, questions ...string) *family.Space {
	t.Helper()
	return split(t, 64, questions...)
}

// split returns a space of which only so many bits of a cube's first word are in use, so that a small one stands in both.
func split(t testing.TB, first int, questions ...string) *family.Space {
	t.Helper()
	qs := make([]family.Question, len(questions))
	for i, text := range questions {
		id, answers, _ := strings.Cut(text, ":")
		id, assumed := strings.CutPrefix(id, "if ")
		qs[i] = family.Question{ID: id, Answers: strings.Fields(answers), Assumption: assumed}
	}
	s, err := family.NewSplitSpace(first, qs...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// draft returns a space of the size that the package is made for: 19 questions with 47 answers.
func draft(t testing.TB) *family.Space {
	t.Helper()
	return space(t,
		"match: script scope scope-2014", "bind: pinned rematch", "errors: distinct uniform uniform-timed",
		"page-notice: none event state", "handle: port connection", "request: param none", "page-list: none list",
		"suspend: sever keepalive wake", "interrupt: hang reject retry", "not-ready: reject wait",
		"update: sever pin transfer reaccept", "unregister: sever drain", "client: full url origin none",
		"worker-list: none list", "delivery: port global", "close: none close", "worker-notice: none event",
		"same-origin: implicit ask", "no-answer: reject accept")
}

// numbered returns n answers.
func numbered(n int) []string {
	return strings.Fields("a b c d e f g h i j k l m n o p q")[:n]
}

func TestNewSpaceErrors(t *testing.T) {
	nine := family.Question{ID: "q", Answers: numbered(9)}
	two := family.Question{ID: "q", Answers: numbered(2)}
	var crowded []family.Question
	for _, id := range numbered(17) {
		crowded = append(crowded, family.Question{ID: id, Answers: numbered(8)})
	}
	tests := []struct {
		why  string
		qs   []family.Question
		want string
	}{
		{"a family needs something to ask", nil, "no questions: give at least one"},
		{"a question needs a name", []family.Question{{Answers: numbered(2)}}, "empty question id: name it"},
		{"names tell questions apart", []family.Question{two, two}, "question q is given twice: rename or remove one"},
		{"without answers there is no design", []family.Question{{ID: "q"}}, "question q has 0 answers: give 2 to 8"},
		{"one answer is no question", []family.Question{{ID: "q", Answers: numbered(1)}},
			"question q has 1 answers: give 2 to 8"},
		{"Bits has eight", []family.Question{nine}, "question q has 9 answers: give 2 to 8"},
		{"a Cube has two words", crowded, "question q does not fit any more: all questions together have room for some 128 answers"},
		{"diagrams ask what is assumed last", []family.Question{{ID: "a", Answers: numbered(2), Assumption: true}, two},
			"question q comes after the assumption a: put assumptions last"},
		{"what is assumed is assumed of designs", []family.Question{{ID: "a", Answers: numbered(2), Assumption: true}},
			"no questions but assumptions: give at least one"},
		{"an answer needs a name", []family.Question{{ID: "q", Answers: []string{"a", ""}}},
			"empty answer of question q: name it"},
		{"names tell answers apart", []family.Question{{ID: "q", Answers: []string{"a", "a"}}},
			"question q has answer a twice: rename or remove one"},
		{"Parse drops blanks", []family.Question{{ID: " q", Answers: numbered(2)}},
			`question id " q" has blanks around it: remove them`},
		{"Parse splits at punctuation", []family.Question{{ID: "q", Answers: []string{"a|b", "c"}}},
			`answer of question q "a|b" contains one of "=,|": use other characters`},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			s, err := family.NewSpace(tt.qs...)
			if err == nil || err.Error() != tt.want || s != nil {
				t.Errorf("got %v, %v, want error %s", s, err, tt.want)
			}
		})
	}
}

func TestNewSpaceAtItsLimits(t *testing.T) {
	var qs []family.Question
	for _, id := range numbered(16) {
		qs = append(qs, family.Question{ID: id, Answers: numbered(8)})
	}
	s, err := family.NewSpace(qs...)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.Size(), uint64(1<<48); got != want {
		t.Errorf("size of 16 questions with 8 answers = %d, want %d", got, want)
	}
	if s.IsEmpty(s.Full()) || s.Literals(s.Full()) != 0 || s.Format(s.Full()) != "any design" {
		t.Error("the full cube of 128 answers is not taken as full")
	}
	a := family.NewAlgebra(s)
	got, want := a.Complement(a.Cube(s.Literal(15, 7))), s.Literal(15, 0, 1, 2, 3, 4, 5, 6)
	if a.Count(got) != 7<<45 || a.Hull(got) != want {
		t.Errorf("all but the last answer: count %d, hull %x, want %d, %x", a.Count(got), a.Hull(got), uint64(7<<45), want)
	}
}

func TestSpaceKeepsItsOwnAnswers(t *testing.T) {
	answers := []string{"a", "b"}
	s, err := family.NewSpace(family.Question{ID: "q", Answers: answers})
	if err != nil {
		t.Fatal(err)
	}
	answers[0] = "changed"
	if got := s.Question(0).Answers[0]; got != "a" {
		t.Errorf("answer changed to %s with the caller's slice", got)
	}
}

func TestSpaceLookup(t *testing.T) {
	s := draft(t)
	if s.Len() != 19 {
		t.Errorf("%d questions, want 19", s.Len())
	}
	if q, ok := s.Index("suspend"); !ok || q != 7 || s.Question(q).ID != "suspend" {
		t.Errorf("suspend is question %d, %t", q, ok)
	}
	if _, ok := s.Index("none"); ok {
		t.Error("an answer was found as a question")
	}
	if a, ok := s.AnswerIndex(7, "wake"); !ok || a != 2 {
		t.Errorf("wake is answer %d, %t", a, ok)
	}
	if _, ok := s.AnswerIndex(7, "drain"); ok {
		t.Error("another question's answer was found")
	}
}

func TestDraftSize(t *testing.T) {
	s := draft(t)
	designs := uint64(1)
	for q := range s.Len() {
		designs *= uint64(len(s.Question(q).Answers))
	}
	if got := s.Size(); got != designs {
		t.Errorf("Size() = %d, want %d", got, designs)
	}
	if got := family.NewAlgebra(s).Count(family.All); got != designs {
		t.Errorf("Count(All) = %d, want %d", got, designs)
	}
}
