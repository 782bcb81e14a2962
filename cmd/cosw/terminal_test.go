package main

import (
	"io"
	"testing"

	"cosw/traces/typeset"
)

// TestLineWidth: without a terminal, only COLUMNS changes the usual width. TestWidths has terminals.
func TestLineWidth(t *testing.T) {
	for _, c := range []struct {
		why, columns string
		want         int
	}{
		{"what is piped has the same bytes everywhere", "", typeset.Columns},
		{"somebody asks for another width", "72", 72},
		{"the narrowest page", "20", 60},
		{"the widest page", "300", 120},
		{"no number asks for nothing", "wide", typeset.Columns},
		{"nor does one that no terminal can have", "-80", typeset.Columns},
	} {
		if got := lineWidth(io.Discard, func(string) string { return c.columns }); got != c.want {
			t.Errorf("%s: COLUMNS=%q gives %d, want %d", c.why, c.columns, got, c.want)
		}
	}
}
