package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cosw/model/golden"
	"cosw/props"
)

// validateITF checks data against the text of the format (Apalache ADR-015), rule by rule; it shares nothing with the
// writer. The rules in quotes are those of the text.
func validateITF(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var trace map[string]any
	if err := d.Decode(&trace); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("more than one value")
	}
	for key := range trace {
		if !slices.Contains([]string{"#meta", "params", "vars", "states", "loop"}, key) {
			return fmt.Errorf("a trace object has no field %q", key)
		}
	}
	if meta, ok := trace["#meta"]; ok { // "optional object"
		if _, ok := meta.(map[string]any); !ok {
			return fmt.Errorf("#meta is no object")
		}
	}
	params := []string{}
	if _, ok := trace["params"]; ok { // "optional array of strings"
		var err error
		if params, err = itfNames(trace, "params"); err != nil {
			return err
		}
	}
	vars, err := itfNames(trace, "vars")
	if err != nil {
		return err
	}
	states, ok := trace["states"].([]any)
	if !ok || len(states) == 0 {
		return fmt.Errorf("states is no array of states")
	}
	for i, s := range states {
		must := vars
		if i == 0 { // "names that must be set in the initial state"
			must = append(slices.Clone(vars), params...)
		}
		if err := validateITFState(s, must); err != nil {
			return fmt.Errorf("state %d: %w", i, err)
		}
	}
	if loop, ok := trace["loop"]; ok { // "the index of the state … that starts the loop"
		n, isNumber := loop.(json.Number)
		at, err := n.Int64()
		if !isNumber || err != nil || at < 0 || int(at) >= len(states) {
			return fmt.Errorf("loop %v is no index of a state", loop)
		}
	}
	return nil
}

func itfNames(trace map[string]any, key string) ([]string, error) {
	list, ok := trace[key].([]any)
	if !ok {
		return nil, fmt.Errorf("%s is no array", key)
	}
	var names []string
	for _, v := range list {
		name, ok := v.(string)
		if !ok || strings.HasPrefix(name, "#") || slices.Contains(names, name) {
			return nil, fmt.Errorf("%s has %v, which is no name, or twice", key, v)
		}
		names = append(names, name)
	}
	return names, nil
}

func validateITFState(s any, must []string) error {
	state, ok := s.(map[string]any)
	if !ok {
		return fmt.Errorf("no object")
	}
	for _, name := range must { // "Each state must define a value for every specified variable"
		if _, ok := state[name]; !ok {
			return fmt.Errorf("%s is not set", name)
		}
	}
	for name, v := range state {
		switch {
		case name == "#meta":
			if _, ok := v.(map[string]any); !ok {
				return fmt.Errorf("#meta is no object")
			}
		case !slices.Contains(must, name):
			return fmt.Errorf("%s is no variable", name)
		default:
			if err := validateITFExpression(v); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

var itfInteger = regexp.MustCompile(`^-?[0-9]+$`)

func validateITFExpression(v any) error {
	switch v := v.(type) {
	case string, bool:
		return nil
	case json.Number: // "JSON integers must be in the range"
		if n, err := v.Int64(); err != nil || n <= -(1<<53) || n >= 1<<53 {
			return fmt.Errorf("%v is no integer in the range", v)
		}
		return nil
	case []any:
		return validateITFList(v)
	case map[string]any:
		return validateITFObject(v)
	}
	return fmt.Errorf("%v is no expression", v)
}

func validateITFList(list []any) error {
	for _, v := range list {
		if err := validateITFExpression(v); err != nil {
			return err
		}
	}
	return nil
}

func validateITFObject(object map[string]any) error {
	for name, v := range object {
		if !strings.HasPrefix(name, "#") {
			if err := validateITFExpression(v); err != nil {
				return err
			}
			continue
		}
		if len(object) != 1 { // "Field names should not start with #"
			return fmt.Errorf("a field %s beside others", name)
		}
		switch list, isList := v.([]any); name {
		case "#bigint":
			if text, ok := v.(string); !ok || !itfInteger.MatchString(text) {
				return fmt.Errorf("#bigint %v", v)
			}
		case "#tup", "#set":
			if !isList {
				return fmt.Errorf("%s is no array", name)
			}
			return validateITFList(list)
		case "#map": // "a JSON array of two-element arrays"
			for _, pair := range list {
				if p, ok := pair.([]any); !ok || len(p) != 2 {
					return fmt.Errorf("#map has %v, which is no pair", pair)
				}
			}
			if !isList {
				return fmt.Errorf("#map is no array")
			}
			return validateITFList(list)
		default:
			return fmt.Errorf("there is no form %s", name)
		}
	}
	return nil
}

// TestITF validates what is written of every trace, and compares how many states and steps it has.
func TestITF(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	for _, trace := range append(someBroken(t), crowd(t)) {
		data, err := mustScene(t, trace).ITF()
		if err != nil {
			t.Fatal(err)
		}
		if err := validateITF(data); err != nil {
			t.Fatalf("%v: %v\n%s", trace.Verdict, err, data)
		}
		var read struct {
			States []struct {
				Step    string
				Happens []string
				Pages   []any
			}
			Loop *int
		}
		if err := json.Unmarshal(data, &read); err != nil {
			t.Fatal(err)
		}
		if len(read.States) != len(trace.Steps)+1 {
			t.Fatalf("%d states for %d steps", len(read.States), len(trace.Steps))
		}
		_, walk, err := trace.Walk()
		if err != nil {
			t.Fatal(err)
		}
		for i, told := range walk.Told {
			s := read.States[i+1]
			if same := len(told.Events) == 0 || slices.Equal(s.Happens, told.Happens); s.Step != told.Step || !same || len(s.Happens) == 0 || len(s.Pages) != trace.Bounds.Pages {
				t.Fatalf("state %d has %v; the trace has %v", i+1, s, told)
			}
		}
		if trace.Verdict.Broken {
			p, err := props.Find(trace.Verdict.Properties[0])
			if err != nil {
				t.Fatal(err)
			}
			if loops := read.Loop != nil; loops != (p.Violation.When == props.AtQuiescence) {
				t.Errorf("%s: that there is a loop is %v", p.ID, loops)
			}
		}
	}
}

// TestITFGolden shows a trace in the format.
func TestITFGolden(t *testing.T) {
	data, err := mustScene(t, breaking(t, "settles")).ITF()
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, filepath.Join("testdata", "settles.itf.json"), string(data))
}

// TestITFDamage damages a valid trace in many ways: the validator must refuse each of them, and for the right reason.
func TestITFDamage(t *testing.T) {
	data, err := mustScene(t, breaking(t, "settles")).ITF()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ why, old, new, want string }{
		{"vars is required", `"vars":`, `"variables":`, "no field"},
		{"a name in vars that no state sets", `"vars": ["step"`, `"vars": ["ghost", "step"`, "ghost is not set"},
		{"a parameter that the first state does not set", `"params": ["design"`, `"params": ["ghost", "design"`, "ghost is not set"},
		{"a state without a variable", "\"kills\": {\"#bigint\": \"1\"}\n", "\"#meta\": {}\n", "kills is not set"},
		{"a variable that is not declared", `"kills"]`, `"kills_left"]`, "kills_left is not set"},
		{"an integer that is none", `{"#bigint": "1"}`, `{"#bigint": "one"}`, "#bigint"},
		{"a fraction", `{"#bigint": "1"}`, `1.5`, "no integer"},
		{"null is no expression", `{"#bigint": "1"}`, `null`, "no expression"},
		{"a set of something else", `{"#set": [`, `{"#sets": [`, "no form"},
		{"a pair of one", `"#map": [["match", `, `"#map": [["match"], [`, "no pair"},
		{"a loop beyond the states", `"loop": `, `"loop": 9`, "no index"},
		{"text after the trace", "\n}\n", "\n}{}", "more than one"},
		{"the file is cut off", "\n}\n", "", "EOF"},
	} {
		damaged := strings.Replace(string(data), row.old, row.new, 1)
		if damaged == string(data) {
			t.Errorf("%s: nothing was damaged", row.why)
		}
		if err := validateITF([]byte(damaged)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got the error %v, want one with %q", row.why, err, row.want)
		}
	}
}
