package props

import (
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
)

// This file holds what is said of concessions and conflicts, for whoever writes it.

// Phrase is a clause or a sentence: words, and names between them.
type Phrase []Word

// Word is a piece of a phrase: words, or a name that a page may want to set apart.
type Word struct {
	Text string
	Kind WordKind
}

// WordKind is what a piece of a phrase is.
type WordKind uint8

const (
	_        WordKind = iota
	Plain             // words
	Named             // the name of a property
	Supposed          // what is assumed, as in --assume
)

// String returns the phrase as plain text.
func (p Phrase) String() string {
	var b strings.Builder
	for _, w := range p {
		b.WriteString(w.Text)
	}
	return b.String()
}

// phrase puts pieces one behind the other.
func phrase(pieces ...Phrase) Phrase { return slices.Concat(pieces...) }

func plain(text string) Phrase { return Phrase{{text, Plain}} }
func named(id string) Phrase   { return Phrase{{id, Named}} }
func supposed(assumed family.Cube) Phrase {
	return Phrase{{model.Space.FormatAssumed(assumed), Supposed}}
}

// joined puts a separator between phrases.
func joined(all []Phrase, separator string) Phrase {
	var p Phrase
	for i, other := range all {
		if i > 0 {
			p = append(p, plain(separator)...)
		}
		p = append(p, other...)
	}
	return p
}

// names returns the names of properties with a separator between them.
func names(ids []string, separator string) Phrase {
	var all []Phrase
	for _, id := range ids {
		all = append(all, named(id))
	}
	return joined(all, separator)
}

// Joints are what stands between things that it takes together, and between ways of which each is enough.
type Joints struct{ And, Or string }

// The joints that there are: signs, which have to be explained, and words.
var (
	Signs = Joints{" + ", " | "}
	Words = Joints{" and ", ", or "}
)

// Ways says with which concessions the answer can be had, after the words that name it.
func (x *Exclusion) Ways(j Joints) Phrase {
	if len(x.GivesWay) == 0 {
		return plain("stays excluded whichever two concessions are made")
	}
	verb := "gives way "
	if x.Best {
		verb = "free "
	}
	var all []Phrase
	for i := range x.GivesWay {
		all = append(all, x.GivesWay[i].says(j))
	}
	return phrase(plain(verb), joined(all, j.Or))
}

func (c *Concession) says(j Joints) Phrase {
	var all []Phrase
	if len(c.GiveUp) > 0 {
		all = append(all, phrase(plain("without "), names(c.GiveUp, j.And)))
	}
	if len(c.With) > 0 {
		all = append(all, phrase(plain("(and "), names(c.With, ", "), plain(")")))
	}
	if c.Assume != model.Space.Full() {
		all = append(all, phrase(plain("if "), supposed(c.Assume)))
	}
	return joined(all, " ")
}

// Dissolves says what dissolves a conflict, if anything.
func (c *Conflict) Dissolves() Phrase {
	if len(c.Unless) == 0 {
		return plain("whatever is assumed")
	}
	var all []Phrase
	for _, e := range c.Unless {
		all = append(all, supposed(e))
	}
	return phrase(plain("unless "), joined(all, " or "))
}

// Sentence says what cannot be had together, and what would dissolve that.
func (r *Report) Sentence(c Conflict) Phrase {
	if len(c.Properties) == 1 {
		return phrase(plain("No design has "), named(c.Properties[0]), plain(", "), c.Dissolves(), plain("."))
	}
	var ways []Phrase
	for _, id := range c.Properties {
		ways = append(ways, phrase(plain(r.Verdict(id).Property.Broken+" ("), named(id), plain(")")))
	}
	together := "all of them"
	if len(ways) == 2 {
		together = "both"
	}
	return phrase(plain("Either "), joined(ways, ", or "), plain(": no design has "+together+", "), c.Dissolves(), plain("."))
}

// OnlyIfSentence says that no design has a property unless something is assumed, see [Report.OnlyIf].
func OnlyIfSentence(id string, assumed family.Cube) Phrase {
	return phrase(plain("No design has "), named(id), plain(" unless "), supposed(assumed), plain(": it counts as it stands then."))
}
