package lab

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/traces/infer"
	"cosw/traces/lab/labtest"
)

// soon are limits for browsers that answer at once.
var soon = Limits{Quiet: 30 * time.Millisecond, Event: time.Second, Whole: time.Minute}

// design returns the first design with those answers.
func design(t *testing.T, answers string) family.Cube {
	t.Helper()
	c, err := model.Space.Parse(answers)
	if err != nil {
		t.Fatal(err)
	}
	a := family.NewAlgebra(model.Space)
	return a.First(a.Cube(c))
}

// TestRoundTrip: whatever a browser's design is, it explains what the lab records of that browser, in every scenario.
func TestRoundTrip(t *testing.T) {
	for _, answers := range []string{
		"suspend=sever,update=sever,unregister=sever,delivery=port,close=close,interrupt=reject",
		"suspend=wake,update=transfer,unregister=drain,delivery=global,close=close,interrupt=retry,interrupt-again=retry",
		"suspend=keepalive,update=pin,unregister=run-out,page-notice=state,close=close,interrupt=reject",
		"suspend=reaccept,update=reaccept,unregister=sever,page-notice=event,worker-notice=event,close=none,interrupt=hang",
	} {
		chosen := design(t, answers)
		e := labtest.Engine("model", chosen)
		for _, s := range Scenarios() {
			if s.Cannot(e, Options{}) != "" || s.has(func(st *step) bool { return st.verb == "stream" }) {
				continue // the model posts no streams: its queues are short
			}
			t.Run(answers+"/"+s.Name, func(t *testing.T) {
				t.Parallel()
				text, err := Record(t.Context(), e, &s, Options{Limits: soon})
				if err != nil {
					t.Fatal(err)
				}
				rec, err := recording.Read(bytes.NewReader(text), s.Name)
				if err != nil {
					t.Fatalf("%v\n%s", err, text)
				}
				a := family.NewAlgebra(model.Space) // of its own: an algebra serves one goroutine
				inf, err := infer.Infer(t.Context(), a, rec, infer.DefaultOptions, nil)
				if err != nil {
					t.Fatalf("%v\n%s", err, text)
				}
				if !a.Includes(inf.Designs, chosen) {
					t.Errorf("it is explained by %s alone\n%s", a.Formula(a.Cover(inf.Designs)), text)
				}
			})
		}
	}
}

// TestFaults: what goes wrong with a browser ends the run, and is said.
func TestFaults(t *testing.T) {
	for fault, want := range map[labtest.Fault]string{
		labtest.Dies:  "page/1 went away unasked: the browser may have died",
		labtest.Hangs: "page/1 does not connect within 1s",
		labtest.Never: "the page does not come up within 1s",
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			e := labtest.Engine("model", design(t, "suspend=sever"), fault)
			s := scenario(t, "hello")
			_, err := Record(t.Context(), e, s, Options{Limits: soon})
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
		})
	}
}

func scenario(t *testing.T, name string) *Scenario {
	t.Helper()
	all := Scenarios()
	for i := range all {
		if all[i].Name == name {
			return &all[i]
		}
	}
	t.Fatalf("there is no scenario %s", name)
	return nil
}
