package family_test

import (
	"errors"
	"strings"
	"testing"

	"cosw/model/family"
)

func TestParse(t *testing.T) {
	s := draft(t)
	tests := []struct{ why, text, want string }{
		{"nothing is restricted", "", "any design"},
		{"blanks are nothing", " \t\n", "any design"},
		{"one literal", "suspend=sever", "suspend=sever"},
		{"several answers", "update=transfer|reaccept", "update=transfer|reaccept"},
		{"the order of the space, not of the text", "update=reaccept|pin,match=scope", "match=scope, update=pin|reaccept"},
		{"blanks around every word", " suspend\t= sever | wake , close = none ", "suspend=sever|wake, close=none"},
		{"all answers are no restriction", "close=none|close", "any design"},
		{"the same answer twice", "close=none|none", "close=none"},
		{"literals that agree are intersected", "suspend=sever|wake, suspend=wake|keepalive", "suspend=wake"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			c, err := s.Parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Format(c); got != tt.want {
				t.Errorf("Format(Parse(%q)) = %s, want %s", tt.text, got, tt.want)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	s := draft(t)
	ids := "match, bind, errors, page-notice, handle, request, page-list, suspend, interrupt, not-ready, update, " +
		"unregister, client, worker-list, delivery, close, worker-notice, same-origin, no-answer"
	tests := []struct{ why, text, want string }{
		{"a slip in a question", "suspnd=wake", `unknown question "suspnd": did you mean suspend?`},
		{"no question is near", "colour=red", `unknown question "colour": choose from ` + ids},
		{"a slip in an answer", "suspend=waek", `unknown answer to suspend "waek": did you mean wake?`},
		{"no answer is near", "suspend=red",
			`unknown answer to suspend "red": choose from sever, keepalive, wake`},
		{"another question's answer", "suspend=pin",
			`unknown answer to suspend "pin": choose from sever, keepalive, wake`},
		{"no sign", "suspend", `"suspend" has no "=": write question=answer`},
		{"no answer", "suspend=", "question suspend has an empty answer: choose from sever, keepalive, wake"},
		{"no answer after a bar", "suspend=wake| ",
			"question suspend has an empty answer: choose from sever, keepalive, wake"},
		{"no question", " =wake ", `"=wake" names no question: write question=answer`},
		{"a comma too many", "suspend=wake,", "nothing beside a comma: write question=answer there, or remove the comma"},
		{"two signs", "suspend=wake=sever",
			`unknown answer to suspend "wake=sever": choose from sever, keepalive, wake`},
		{"no answer in common", "suspend=wake, suspend=sever",
			"contradiction: suspend=wake and suspend=sever leave no answer"},
		{"what is left so far is shown", "suspend=wake|sever, suspend=wake|keepalive, suspend=sever|keepalive",
			"contradiction: suspend=wake and suspend=sever|keepalive leave no answer"},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			c, err := s.Parse(tt.text)
			if err == nil || err.Error() != tt.want || c != (family.Cube{}) {
				t.Errorf("Parse(%q) = %x, %v\nwant error %s", tt.text, c, err, tt.want)
			}
		})
	}
}

func TestUnknownWordErrorCarriesItsEvidence(t *testing.T) {
	_, err := draft(t).Parse("suspend=waek")
	var unknown *family.UnknownWordError
	if !errors.As(err, &unknown) {
		t.Fatalf("got %T, want *UnknownWordError", err)
	}
	if unknown.Word != "waek" || strings.Join(unknown.Valid, " ") != "sever keepalive wake" {
		t.Errorf("got %+v", unknown)
	}
}

func TestFormatAndParseAgreeOnEveryCube(t *testing.T) {
	for _, s := range []*family.Space{small(t), space(t, "p: 0 1", "if q: 0 1 2", "if r: 0 1")} {
		testFormatAndParse(t, s)
	}
}

func testFormatAndParse(t *testing.T, s *family.Space) {
	for _, c := range everyCube(s) {
		text := s.Format(c)
		switch {
		case emptyByLooking(s, c):
			if text != "no design" {
				t.Errorf("Format(%v) = %s, want no design", c, text)
			}
			continue
		}
		if got, err := s.Parse(text); got != c || err != nil {
			t.Errorf("Parse(Format(%v)) = %v, %v by way of %q", c, got, err, text)
		}
	}
}

func TestNearest(t *testing.T) {
	words := strings.Fields("suspend sever Pin reaccept transfer none close")
	tests := []struct{ why, word, want string }{
		{"the word itself", "sever", "sever"},
		{"a letter missing", "suspnd", "suspend"},
		{"a letter too many", "clozse", "close"},
		{"another letter", "nune", "none"},
		{"two letters swapped count once", "pni", "Pin"},
		{"letter case is no difference", "SUSPEND", "suspend"},
		{"three slips in a long word", "traansfr", "transfer"},
		{"a short word has no room for slips", "x", ""},
		{"too far", "keepalive", ""},
		{"nothing is near nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			got, ok := family.Nearest(tt.word, words)
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("Nearest(%q) = %q, %t, want %q", tt.word, got, ok, tt.want)
			}
		})
	}
	if got, _ := family.Nearest("ab", []string{"cb", "ac"}); got != "cb" {
		t.Errorf("of two equally near words got %q, want the first", got)
	}
	if got, ok := family.Nearest("a", nil); ok {
		t.Errorf("nearest of no words is %q", got)
	}
}
