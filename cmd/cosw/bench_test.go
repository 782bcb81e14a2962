package main

import (
	"os"
	"strings"
	"testing"
)

// TestBenchDesign: the design that cosw bench searches is that of the model for Spin, which its speed is compared with.
func TestBenchDesign(t *testing.T) {
	text, err := os.ReadFile("../../props/testdata/lifecycle.pml")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Join(strings.Fields(strings.ReplaceAll(string(text), "\n *", "\n")), " ")
	if want := "design: " + benchDesign + " bounds: "; !strings.Contains(words, want) {
		t.Errorf("the model for Spin is not of %s", benchDesign)
	}
}
