package conform_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/infer"
	"cosw/traces/lab"
	"cosw/traces/lab/conform"
	"cosw/traces/lab/connect"
)

const script = `p1 connect c1
quiesce
browser suspend
quiesce
p1 post c1
quiesce
service unregister
quiesce
`

// TestJudgeModel: what the model records under the claimed design keeps the claim, and under a design with another answer it does
// not, and that question is named.
func TestJudgeModel(t *testing.T) {
	a := family.NewAlgebra(model.Space)
	s := lab.Scenario{Name: "test"}
	for _, c := range []struct {
		name    string
		another family.Cube
		blamed  string // "": nothing is broken
	}{
		{"as claimed", model.Space.Full(), ""},
		{"an idle worker cuts its connections", model.Where(model.Suspend, model.Sever), "suspend"},
		{"a page is not told", model.Where(model.PageNotice, model.None), "page-notice"},
	} {
		t.Run(c.name, func(t *testing.T) {
			design := connect.Design()
			for _, q := range model.Questions() {
				if model.Space.Restricts(c.another, int(q)) {
					design = model.Space.Free(design, int(q)).And(c.another)
				}
			}
			text, _, err := infer.Simulate(strings.NewReader(script), infer.Simulation{Design: a.First(a.Cube(design)), Name: "test", Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			v, err := conform.Judge(t.Context(), a, &s, text)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case c.blamed == "" && len(v.Broken) > 0:
				t.Errorf("broken: %+v\n%s", v.Broken, text)
			case c.blamed != "" && (len(v.Broken) == 0 || len(v.Broken[0].Questions) != 1 || v.Broken[0].Questions[0] != c.blamed || v.Broken[0].Trace == nil):
				t.Errorf("broken: %+v, and %s is to blame\n%s", v.Broken, c.blamed, text)
			}
		})
	}
}

// TestJudgePrivacy: a worker that learns more of a page than its origin is named, although no history of the model differs.
func TestJudgePrivacy(t *testing.T) {
	a := family.NewAlgebra(model.Space)
	text, _, err := infer.Simulate(strings.NewReader(script), infer.Simulation{Design: a.First(a.Cube(connect.Design())), Name: "test", Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`("actor":"worker/[^\n]*"op":"connect",)`)
	leaks := asked.ReplaceAllString(string(text), `$1"url":"http://a.test/page.html",`)
	if leaks == string(text) {
		t.Fatalf("the worker is asked in no line\n%s", text)
	}
	v, err := conform.Judge(t.Context(), a, &lab.Scenario{Name: "test"}, []byte(leaks))
	if err != nil || len(v.Broken) != 1 || v.Broken[0].Questions[0] != "client" || !strings.Contains(v.Broken[0].What, "connection 1") {
		t.Errorf("broken: %+v, %v", v.Broken, err)
	}
}

// TestJudgeTraffic: a recording with more messages than the model holds is judged by their order.
func TestJudgeTraffic(t *testing.T) {
	text, err := os.ReadFile("testdata/traffic.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what, text string
		broken     bool
	}{
		{"as it was recorded", string(text), false},
		{"the page gets a message that nobody posted", strings.Replace(string(text), `"msg":"w1.2@`, `"msg":"w1.999@`, 1), true},
	} {
		v, err := conform.Judge(t.Context(), family.NewAlgebra(model.Space), &lab.Scenario{Name: "traffic"}, []byte(c.text))
		if err != nil || (len(v.Broken) > 0) != c.broken || !c.broken && !strings.Contains(v.Beyond, "more than 8 messages") {
			t.Errorf("%s: %+v, %v", c.what, v, err)
		}
	}
}

// TestJudgeNothing: what is no recording is no proof of anything.
func TestJudgeNothing(t *testing.T) {
	s := lab.Scenario{Name: "test"}
	for _, text := range []string{"", "{}", "no recording"} {
		v, err := conform.Judge(t.Context(), family.NewAlgebra(model.Space), &s, []byte(text))
		if err != nil || len(v.Broken) != 1 {
			t.Errorf("%q: %+v, %v", text, v, err)
		}
	}
}
