package model

import "fmt"

// PageName names a page in sentences.
func PageName(p uint8) string { return fmt.Sprintf("page %d", p) }

// ConnectionName names a connection in sentences.
func ConnectionName(c uint8) string { return fmt.Sprintf("connection %d", c) }

// VersionName names a version of the worker in sentences.
func VersionName(v Version) string { return fmt.Sprintf("version %d", v) }
