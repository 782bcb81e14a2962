package main

import (
	"fmt"

	"cosw/traces/typeset"
)

// What every file of the command uses, under short names.
const columns = typeset.Columns

var (
	paragraph = typeset.Paragraph
	number    = typeset.Number
	count     = typeset.Count
)

// size writes a number of bytes in MiB or GiB.
func size(bytes uint64) string {
	if bytes >= 1<<30 {
		return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
	}
	return fmt.Sprintf("%d MiB", (bytes+1<<20-1)>>20)
}
