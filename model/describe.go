package model

import "fmt"

func page(p uint8) string       { return fmt.Sprintf("page %d", p) }
func connection(c uint8) string { return fmt.Sprintf("connection %d", c) }
func version(v Version) string  { return fmt.Sprintf("version %d", v) }
