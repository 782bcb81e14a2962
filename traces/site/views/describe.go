package views

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"cosw/props"
	"cosw/traces/typeset"
)

// This file holds words that several parts share.

var number = typeset.Number

// count returns as in "1 design" and "2 designs"; a word whose plural is of another kind comes with it.
func count(n uint64, words ...string) string {
	if n == 1 || len(words) == 1 {
		return typeset.Count(n, words[0])
	}
	return number(n) + " " + words[1]
}

func have(n uint64) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// sentence begins a clause with a capital and ends it with a full stop.
func sentence(clause string) string {
	first, n := utf8.DecodeRuneInString(clause)
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(clause[n:], ".") + "."
}

// firmnessTexts say what a firmness means.
var firmnessTexts = map[props.Firmness]string{
	props.IsFirm:     "whichever single property is given up, and whichever single assumption is made",
	props.IsSettled:  "by all properties together",
	props.IsTradeOff: "each answer costs something",
	props.IsTaste:    "each answer keeps whatever can be kept",
	props.IsFixed:    "your choice leaves one answer",
}

// share says how many of some designs do something.
func share(r *props.Report, n uint64) string {
	switch all := r.Algebra.Count(r.Scope); {
	case n == 0:
		return "no design"
	case n == all:
		return "every design"
	case 1000*n < all:
		return "less than 0.1 % of designs"
	default:
		return percent(float64(n)/float64(all)) + " of designs"
	}
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }
