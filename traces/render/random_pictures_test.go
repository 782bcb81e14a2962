package render

import (
	"fmt"
	"strings"
	"testing"
)

// TestRandomPictures: what holds for pictures and pages of counterexamples holds for traces that nobody thought of, with as
// many parties, connections and messages as there can be.
func TestRandomPictures(t *testing.T) {
	for seed := range uint64(16) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			s := mustScene(t, randomTrace(t, seed))
			data := s.SVG()
			picture, err := look(data)
			if err != nil {
				t.Fatal(err)
			}
			if wrong := picture.wrong(); wrong != nil || picture.area.W > largest {
				t.Errorf("%d px wide:\n%s", picture.area.W, strings.Join(wrong, "\n"))
			}
			if data, err = s.HTML(); err != nil {
				t.Fatal(err)
			}
			page, err := readPage(string(data))
			if err != nil {
				t.Fatal(err)
			}
			if wrong := page.wrong(); wrong != nil {
				t.Error(strings.Join(wrong, "\n"))
			}
			if data, err = s.ITF(); err != nil {
				t.Fatal(err)
			}
			if err := validateITF(data); err != nil {
				t.Error(err)
			}
		})
	}
}
