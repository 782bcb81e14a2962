package main

import (
	"encoding/json"
	"io"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// This file holds what reports of several commands are made of, and how they are written as JSON.

// cube is a partial design. Where it is written, it has the syntax of --set.
type cube family.Cube

func (c cube) String() string               { return model.Space.Format(family.Cube(c)) }
func (c cube) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// designSet is a set of designs as a formula: any of the terms.
type designSet struct {
	Designs uint64 `json:"designs"`
	Terms   []cube `json:"terms"`
}

func setOf(c family.Cover, designs uint64) designSet {
	s := designSet{designs, []cube{}}
	for _, t := range c.Terms {
		s.Terms = append(s.Terms, cube(t))
	}
	return s
}

// answer is an answer to a question, by its name, with what it means.
type answer struct{ name, means string }

func (a answer) MarshalText() ([]byte, error) { return []byte(a.name), nil }

// stepKind is a kind of step, as scripts write it.
type stepKind model.Kind

func (k stepKind) MarshalText() ([]byte, error) { return []byte(model.Kind(k).Syntax()), nil }

func stepsOf(lines []props.Told) []traceStep {
	steps := make([]traceStep, len(lines))
	for i, l := range lines {
		steps[i] = traceStep{l.Step, l.Happens}
	}
	return steps
}

func writeJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}
