package render

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cosw/model/golden"
	"cosw/props"
	"cosw/traces"
)

// seen is what a reader of a picture's XML finds.
type seen struct {
	area    area
	title   string
	desc    string
	style   string
	classes []string
	texts   []written
	boxes   []area
}

// written is a line of text with what it takes up at most.
type written struct {
	area
	text string
}

// faces by class, as the style of the template has them; TestSVGFaces holds both to be the same.
var faces = map[string]face{
	"title": faceTitle, "body": faceBody, "strong": faceStrong, "muted": faceMuted, "because": faceBecause,
	"label": faceLabel, "head": faceHead, "about": faceAbout, "legend": faceLegend,
}

// look reads a picture. It fails unless it is well-formed XML with what an accessible picture has.
func look(data []byte) (*seen, error) {
	s := &seen{}
	d := xml.NewDecoder(bytes.NewReader(data))
	var open []xml.StartElement
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			open = append(open, e.Copy())
			if err := s.element(e); err != nil {
				return nil, err
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				s.text(open[len(open)-1], string(e))
			}
		}
	}
	if s.title == "" || s.desc == "" || s.style == "" {
		return nil, fmt.Errorf("no title, no desc or no style")
	}
	return s, nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func intAttribute(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attribute(e, name))
	if err != nil {
		return -1 << 20 // outside of any picture
	}
	return n
}

func (s *seen) element(e xml.StartElement) error {
	s.classes = append(s.classes, strings.Fields(attribute(e, "class"))...)
	switch e.Name.Local {
	case "svg":
		if attribute(e, "role") != "img" || attribute(e, "aria-labelledby") == "" {
			return fmt.Errorf("no role, or no label")
		}
		_, err := fmt.Sscanf(attribute(e, "viewBox"), "0 0 %d %d", &s.area.W, &s.area.H)
		return err
	case "rect":
		a := area{0, 0, intAttribute(e, "width"), intAttribute(e, "height")}
		if attribute(e, "x") != "" {
			a.X, a.Y = intAttribute(e, "x"), intAttribute(e, "y")
		}
		s.boxes = append(s.boxes, a)
	case "text", "title", "desc", "style", "path":
	default:
		return fmt.Errorf("the element %s", e.Name.Local)
	}
	return nil
}

func (s *seen) text(e xml.StartElement, text string) {
	switch e.Name.Local {
	case "title":
		s.title += text
	case "desc":
		s.desc += text
	case "style":
		s.style += text
	case "text":
		class := strings.Fields(attribute(e, "class"))
		f := faces[class[0]]
		w := f.width(text)
		a := area{intAttribute(e, "x"), intAttribute(e, "y") - f.size, w, f.size + 3}
		if len(class) > 1 && class[1] == "middle" {
			a.X -= w / 2
		}
		s.texts = append(s.texts, written{a, text})
	}
}

// wrong returns what a reader could not read: text outside of the picture, or text on text.
func (s *seen) wrong() []string {
	var wrong []string
	inside := func(a area) bool { return a.X >= 0 && a.Y >= 0 && a.right() <= s.area.W && a.bottom() <= s.area.H }
	for i, t := range s.texts {
		if !inside(t.area) {
			wrong = append(wrong, fmt.Sprintf("%q is cut off", t.text))
		}
		for _, other := range s.texts[:i] {
			if overlap(t.area, other.area) {
				wrong = append(wrong, fmt.Sprintf("%q lies on %q", t.text, other.text))
			}
		}
	}
	for _, b := range s.boxes {
		if !inside(b) {
			wrong = append(wrong, fmt.Sprintf("a box at %v is cut off", b))
		}
	}
	return wrong
}

func overlap(a, b area) bool {
	return a.X < b.right() && b.X < a.right() && a.Y < b.bottom() && b.Y < a.bottom()
}

// pictured are the scenes that pictures are tested with: all counterexamples, cut and whole, and a crowd.
func pictured(t *testing.T) []*Scene {
	t.Helper()
	found, err := looked()
	if err != nil {
		t.Fatal(err)
	}
	whole := []*Scene{mustScene(t, crowd(t))}
	for _, c := range found {
		whole = append(whole, c.scene)
	}
	all := slices.Clone(whole)
	for _, s := range whole {
		if n := len(s.Steps); n > 6 {
			all = append(all, s.Until(n-2), s.Around(n/2))
		}
	}
	return all
}

// TestSVG: whatever the trace, the picture is well-formed, nothing is cut off, no text lies on another, it is no wider than
// can be shown, and each step, answer and verdict is in it in words.
func TestSVG(t *testing.T) {
	for _, s := range pictured(t) {
		data := s.SVG()
		picture, err := look(data)
		if err != nil {
			t.Fatalf("%s: %v\n%s", s.Verdict.names(), err, data)
		}
		if wrong := picture.wrong(); wrong != nil {
			t.Errorf("%s:\n%s", s.Verdict.names(), strings.Join(wrong, "\n"))
		}
		if picture.area.W > largest {
			t.Errorf("%d px are wider than can be shown", picture.area.W)
		}
		words := picture.words()
		for _, step := range s.Shown() {
			for _, a := range step.Because {
				if !strings.Contains(words, squeeze(becauseText([]Answer{a}))) {
					t.Errorf("step %d depends on %s, which is not in the picture", step.Number, a)
				}
			}
			if !strings.Contains(words, squeeze(step.Text)) {
				t.Errorf("step %d is not in the picture", step.Number)
			}
		}
		for _, p := range s.Verdict.Properties {
			if s.Verdict.Broken && strings.Contains(words, squeeze("So "+p.Broken)) != s.Ends() {
				t.Errorf("that %s is broken stands in the picture, or not, and the end is shown: %v", p.ID, s.Ends())
			}
		}
	}
}

// words returns all text of a picture, without blanks: lines may have been broken anywhere.
func (s *seen) words() string {
	var b strings.Builder
	for _, t := range s.texts {
		b.WriteString(squeeze(t.text))
	}
	return b.String()
}

func squeeze(text string) string { return strings.Join(strings.Fields(text), "") }

// TestSVGGolden shows one picture, which a reviewer looks at when it changes.
func TestSVGGolden(t *testing.T) {
	data := mustScene(t, breaking(t, "fresh-acceptance")).SVG()
	golden.Compare(t, filepath.Join("testdata", "fresh-acceptance.svg"), string(data))
}

// TestSame makes each view twice: the same trace gives the same bytes.
func TestSame(t *testing.T) {
	views := map[string]func(*Scene) ([]byte, error){
		"svg": func(s *Scene) ([]byte, error) { return s.SVG(), nil }, "html": (*Scene).HTML, "itf": (*Scene).ITF,
		"dot": func(s *Scene) ([]byte, error) { return s.DOT(len(s.Steps)) },
	}
	for _, trace := range append(one(t), crowd(t)) {
		for name, view := range views {
			first, err := view(mustScene(t, trace))
			if name == "dot" && trace.Part != props.Lifecycle {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			second, err := view(mustScene(t, trace))
			if err != nil || !bytes.Equal(first, second) {
				t.Errorf("%v: two of %s for one trace (%v)", trace.Verdict.Properties, name, err)
			}
		}
	}
}

// TestSVGDamage damages a good picture: each damage must be found.
func TestSVGDamage(t *testing.T) {
	data := mustScene(t, breaking(t, "settles")).SVG()
	for _, row := range []struct{ why, pattern, new, want string }{
		{"an element that is not closed", `</desc>`, ``, "element"},
		{"an unknown entity", `connect\(\)`, `&nbsp;`, "entity"},
		{"text out of the picture", `x="\d+" y="(\d+)">connect\(\)`, `x="2000" y="$1">connect()`, "cut off"},
		{"text on text", `x="\d+" y="\d+">connect\(\)`, `x="60" y="40">connect()`, "lies on"},
		{"a picture that is too small", `viewBox="0 0 (\d+) \d+"`, `viewBox="0 0 $1 100"`, "cut off"},
		{"no words for those who do not see it", `<desc(.|\n)*</desc>`, ``, "no desc"},
		{"something to load", `<path `, `<image href="x.png"/><path `, "image"},
	} {
		re := regexp.MustCompile(row.pattern)
		at := re.FindIndex(data)
		if at == nil {
			t.Fatalf("%s: nothing to damage", row.why)
		}
		damaged := string(data[:at[0]]) + re.ReplaceAllString(string(data[at[0]:at[1]]), row.new) + string(data[at[1]:])
		picture, err := look([]byte(damaged))
		found := fmt.Sprint(err)
		if err == nil {
			found = strings.Join(picture.wrong(), "\n")
		}
		if !strings.Contains(found, row.want) {
			t.Errorf("%s: found %q, want %q", row.why, found, row.want)
		}
	}
}

// TestSVGFaces compares the sizes that texts are measured with to those that the style gives them, in light and dark, and
// looks for classes that have no style.
func TestSVGFaces(t *testing.T) {
	style, err := os.ReadFile("picture.css")
	if err != nil {
		t.Fatal(err)
	}
	sizes, bold := map[string]int{}, map[string]bool{}
	for _, rule := range regexp.MustCompile(`(?m)^(\.trace .*) \{ (.*) \}$`).FindAllStringSubmatch(string(style), -1) {
		for selector := range strings.SplitSeq(rule[1], ",") {
			class := strings.TrimPrefix(strings.TrimSpace(selector), ".trace .")
			if size := regexp.MustCompile(`font-size: (\d+)px`).FindStringSubmatch(rule[2]); size != nil {
				sizes[class], _ = strconv.Atoi(size[1])
			}
			bold[class] = bold[class] || strings.Contains(rule[2], "font-weight: 600")
		}
	}
	for class, f := range faces {
		if size := max(sizes[class], 12); f.class != class || f.size != size && sizes[class] != f.size || f.bold != bold[class] {
			t.Errorf("%s is measured with %+v; its style has %d px, bold %v", class, f, sizes[class], bold[class])
		}
	}
	for _, s := range pictured(t) {
		for _, shape := range s.draw(true).Shapes {
			for class := range strings.FieldsSeq(shape.Class) {
				if class != "request" && class != "control" && !strings.Contains(string(style), ".trace ."+class+" {") {
					t.Fatalf("the class %s has no style", class)
				}
			}
		}
	}
}

// TestSVGHostile draws a trace whose words try to be more than words.
func TestSVGHostile(t *testing.T) {
	trace := *breaking(t, "settles")
	trace.Why = "\u00a0<script>alert(1)</script> & ]]> \x00\x1b " + strings.Repeat("long", 200) + " \u202e 漢字漢字漢字漢字"
	data := mustScene(t, &trace).SVG()
	picture, err := look(data)
	if err != nil {
		t.Fatal(err)
	}
	if wrong := picture.wrong(); wrong != nil {
		t.Error(strings.Join(wrong, "\n"))
	}
	if strings.Contains(picture.desc, "\ufffd<script>") || strings.Count(picture.desc, "\ufffd") != 3 {
		t.Errorf("blanks of any kind are blanks, and three characters cannot be written: %q", picture.desc)
	}
}

// TestStuckPicture draws a trace that the model no longer follows: up to there, and with the reason.
func TestStuckPicture(t *testing.T) {
	trace := *breaking(t, "settles")
	trace.Steps = append([]traces.Step{}, trace.Steps...)
	trace.Steps[2] = traces.Step{Name: "browser clear"}
	data := mustScene(t, &trace).SVG()
	picture, err := look(data)
	if err != nil {
		t.Fatal(err)
	}
	if words := picture.words(); !strings.Contains(words, squeeze("No verdict")) ||
		!strings.Contains(words, squeeze("the step is not enabled")) || strings.Contains(words, "Broken:") {
		t.Error("it is not said that the trace ends before its last step")
	}
}

// TestWrap: lines are as wide as they may be, and no character is lost, however narrow.
func TestWrap(t *testing.T) {
	text := "connect https://svc.example/app/chat/room#top 漢字 and so on"
	for width := 1; width < 600; width += 7 {
		lines := faceBody.wrap(text, width)
		for _, line := range lines {
			if faceBody.width(line) > width && len([]rune(line)) > 1 {
				t.Errorf("%q is wider than %d", line, width)
			}
		}
		if squeeze(strings.Join(lines, "")) != squeeze(text) {
			t.Errorf("width %d: %q", width, lines)
		}
	}
}
