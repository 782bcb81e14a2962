package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/props"
	"cosw/traces/lab/conform"
)

// TestReadmePicture: the picture in the README shows every node, reference and word of the graph that stands above it.
// Where that is drawn otherwise is up to Graphviz, which is not needed to test.
func TestReadmePicture(t *testing.T) {
	const graph = "cosw graph --format dot props/references/testdata/leak.scenario"
	const draw = graph + " | dot -Tsvg > props/references/testdata/leak.svg"
	text := readPage(t, readme)
	if !strings.Contains(text, "`"+draw+"`") {
		t.Errorf("the README does not say that the picture is drawn with %q", draw)
	}
	want := partsOfDOT(strings.Join(transcript(t, graph), "\n"))
	picture, err := os.ReadFile("../../props/references/testdata/leak.svg")
	if err != nil {
		t.Fatal(err)
	}
	if got := partsOfSVG(t, picture); !slices.Equal(got, want) {
		t.Errorf("the picture shows\n%q\nand the graph has\n%q\nIn the root of the project, %s draws it", got, want, draw)
	}
}

var (
	labelInDOT = regexp.MustCompile(`label=("[^"]*"|\w+)`)
	partInDOT  = regexp.MustCompile(`(?m)^      (\w+(?: -> \w+)?)(?: \[|;)`)
)

// partsOfDOT returns the nodes, the references and the lines of labels in a graph that is indented, sorted.
func partsOfDOT(text string) []string {
	var parts []string
	for _, part := range partInDOT.FindAllStringSubmatch(text, -1) {
		if !slices.Contains([]string{"graph", "node", "edge"}, part[1]) {
			parts = append(parts, strings.ReplaceAll(part[1], " ", ""))
		}
	}
	for _, label := range labelInDOT.FindAllStringSubmatch(text, -1) {
		parts = append(parts, strings.Split(strings.Trim(label[1], `"`), `\n`)...)
	}
	slices.Sort(parts)
	return parts
}

// partsOfSVG returns the same of a picture by Graphviz.
func partsOfSVG(t *testing.T, picture []byte) []string {
	var svg struct {
		Whole struct {
			Labels []string `xml:"text"`
			Parts  []struct {
				Class  string   `xml:"class,attr"`
				Name   string   `xml:"title"`
				Labels []string `xml:"text"`
			} `xml:"g"`
		} `xml:"g"`
	}
	if err := xml.Unmarshal(picture, &svg); err != nil {
		t.Fatal(err)
	}
	parts := svg.Whole.Labels
	for _, part := range svg.Whole.Parts {
		if part.Class != "cluster" {
			parts = append(parts, part.Name)
		}
		parts = append(parts, part.Labels...)
	}
	slices.Sort(parts)
	return parts
}

// TestReadmeClaims: what the README says was seen of navigator.connect() is what the recordings that are kept say. Claims that
// none can tell are left out.
func TestReadmeClaims(t *testing.T) {
	kept, err := conform.Kept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tells := func(s conform.Seen) bool { return s.Excluded != nil }
	rows := slices.DeleteFunc(kept.Rows, func(r conform.Row) bool { return !slices.ContainsFunc(r.Seen, tells) })
	want := ""
	for line := range strings.Lines(claimTable(kept.Engines, rows).String()) {
		want += "    " + line
	}
	if !strings.Contains(readPage(t, readme), want) {
		t.Errorf("the README does not have\n%s", want)
	}
}

// TestReadmeFindings: what the README says was found is what a check finds.
func TestReadmeFindings(t *testing.T) {
	text := readPage(t, readme)
	_, found, _ := strings.Cut(text, "\n## What was found\n")
	found, _, _ = strings.Cut(found, "\n## ")
	r, err := props.Check(t.Context(), props.Options{Bounds: model.DefaultBounds, Scope: model.Space.Full()})
	if err != nil {
		t.Fatal(err)
	}
	musts := 0
	for _, p := range props.Catalogue() {
		if p.Weight == props.Must {
			musts++
		}
	}
	all := len(props.Catalogue())
	counts := fmt.Sprintf("%d questions, %d properties that somebody wants (%d *musts*, which harm users when broken, and %d *wants*), and %d",
		len(model.Questions()), all, musts, all-musts, len(model.Assumptions()))
	if !strings.HasPrefix(strings.TrimSpace(found), counts) {
		t.Errorf("it does not begin with %q", counts)
	}
	firmness := map[string]props.Firmness{}
	is := props.Firmness(0)
	row := regexp.MustCompile("^\\| `([a-z-]+)` \\|")
	for line := range strings.Lines(found) {
		switch {
		case strings.HasPrefix(line, "**Firm**"):
			is = props.IsFirm
		case strings.HasPrefix(line, "**Settled**"):
			is = props.IsSettled
		case strings.HasPrefix(line, "**Trade-offs**"):
			is = props.IsTradeOff
		}
		if q := row.FindStringSubmatch(line); q != nil {
			firmness[q[1]] = is
		}
	}
	_, taste, _ := strings.Cut(found, "\nFor ")
	for _, q := range regexp.MustCompile("`([a-z-]+)`").FindAllStringSubmatch(taste, -1) {
		firmness[q[1]] = props.IsTaste
	}
	for _, s := range r.Stand() {
		if got := firmness[s.Question.ID()]; got != s.Firmness {
			t.Errorf("%s is %s, and the README has %v", s.Question.ID(), s.Firmness, got)
		}
	}
}
