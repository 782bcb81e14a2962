package main

import (
	"slices"

	flag "github.com/spf13/pflag"

	"cosw/model/family"
)

// choice is the value of a flag that takes one of some words.
type choice struct {
	value *string
	what  string // such words are, in the singular
	words []string
}

// choiceVar adds a flag that takes one of some words, the first of which it has when it is not given.
func choiceVar(flags *flag.FlagSet, value *string, name, what string, words ...string) {
	*value = words[0]
	flags.Var(&choice{value, what, words}, name, "")
}

// textFormats are the values of --format of commands whose output is text or JSON.
var textFormats = []string{"text", "json"}

// formatVar adds the flag --format.
func formatVar(flags *flag.FlagSet, value *string, formats ...string) {
	choiceVar(flags, value, "format", "format", formats...)
}

func (c *choice) Set(word string) error {
	if !slices.Contains(c.words, word) {
		return &family.UnknownWordError{What: c.what, Word: word, Valid: c.words}
	}
	*c.value = word
	return nil
}

func (c *choice) String() string { return *c.value }

// Type returns what a value is called.
func (c *choice) Type() string { return c.what }
