package render

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// fits reads a type annotation of Apalache (its ADR-002, as far as it is used here) and tells whether a value is of that
// type. It returns the rest of the annotation.
func fits(annotation string, v any) (rest string, err error) {
	annotation = strings.TrimSpace(annotation)
	object, _ := v.(map[string]any)
	word := annotation[:len(annotation)-len(strings.TrimLeft(annotation, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))]
	rest = annotation[len(word):]
	ok := false
	switch word {
	case "Int":
		_, ok = object["#bigint"]
	case "Bool":
		_, ok = v.(bool)
	case "Str":
		if strings.HasPrefix(rest, " -> ") {
			return fitsMap(rest[len(" -> "):], object)
		}
		_, ok = v.(string)
	case "Seq":
		var list []any
		list, ok = v.([]any)
		if ok {
			return fitsAll(rest, list)
		}
	case "Set":
		var list []any
		list, ok = object["#set"].([]any)
		if ok {
			return fitsAll(rest, list)
		}
	case "":
		return fitsRecord(annotation, object)
	}
	if !ok {
		err = fmt.Errorf("%v is no %s", v, annotation)
	}
	return rest, err
}

// fitsAll reads "(T)", the type of the members of a list.
func fitsAll(annotation string, list []any) (rest string, err error) {
	inner := annotation[1:]
	rest = skipType(inner)
	for _, v := range list {
		if _, err = fits(inner, v); err != nil {
			return rest, err
		}
	}
	return strings.TrimPrefix(rest, ")"), nil
}

// skipType returns what comes after the type that an annotation begins with: up to a bracket that it does not open, or to
// a comma between fields.
func skipType(annotation string) string {
	depth := 0
	for i, r := range annotation {
		switch {
		case strings.ContainsRune("({", r):
			depth++
		case strings.ContainsRune(")}", r) && depth == 0, r == ',' && depth == 0:
			return annotation[i:]
		case strings.ContainsRune(")}", r):
			depth--
		}
	}
	return ""
}

func fitsMap(annotation string, object map[string]any) (rest string, err error) {
	pairs, ok := object["#map"].([]any)
	if !ok {
		return "", fmt.Errorf("%v is no map", object)
	}
	rest = skipType(annotation)
	for _, pair := range pairs {
		p := pair.([]any)
		if _, ok := p[0].(string); !ok {
			return rest, fmt.Errorf("the key %v is no text", p[0])
		}
		if _, err = fits(annotation, p[1]); err != nil {
			return rest, err
		}
	}
	return rest, nil
}

// fitsRecord reads "{ name: T, … }". All fields must be there, and no others.
func fitsRecord(annotation string, object map[string]any) (rest string, err error) {
	rest = strings.TrimPrefix(annotation, "{")
	for n := 0; ; n++ {
		name, after, found := strings.Cut(strings.Trim(rest, " ,"), ": ")
		if strings.HasPrefix(strings.TrimSpace(rest), "}") || !found {
			if n != len(object) {
				err = fmt.Errorf("%v has other fields than %s", object, annotation)
			}
			return strings.TrimPrefix(strings.TrimSpace(rest), "}"), err
		}
		v, ok := object[name]
		if !ok {
			return "", fmt.Errorf("%v has no field %s", object, name)
		}
		if _, err := fits(after, v); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		rest = skipType(after)
	}
}

// typedITF returns the annotations and states of a trace in the format.
func typedITF(t *testing.T, data []byte) (types map[string]string, states []map[string]any) {
	t.Helper()
	var read struct {
		Meta struct {
			VarTypes map[string]string
		} `json:"#meta"`
		States []map[string]any
	}
	if err := json.Unmarshal(data, &read); err != nil {
		t.Fatal(err)
	}
	return read.Meta.VarTypes, read.States
}

// TestITFTypes: each value in each state is of the type that the trace says it has.
func TestITFTypes(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	for _, trace := range append(someBroken(t), crowd(t)) {
		data, err := mustScene(t, trace).ITF()
		if err != nil {
			t.Fatal(err)
		}
		types, states := typedITF(t, data)
		for i, state := range states {
			for name, v := range state {
				if name == "#meta" {
					continue
				}
				if types[name] == "" {
					t.Fatalf("%s has no type", name)
				}
				if _, err := fits(types[name], v); err != nil {
					t.Fatalf("state %d, %s: %v", i, name, err)
				}
			}
		}
	}
}

// TestFits holds the reader of types to what it must refuse.
func TestFits(t *testing.T) {
	for _, row := range []struct {
		annotation, value string
		fits              bool
	}{
		{"Int", `{"#bigint": "1"}`, true},
		{"Int", `"1"`, false},
		{"Seq(Int)", `[{"#bigint": "1"}]`, true},
		{"Seq(Int)", `[true]`, false},
		{"Set(Str)", `{"#set": ["a"]}`, true},
		{"Set(Str)", `["a"]`, false},
		{"Str -> Set(Str)", `{"#map": [["a", {"#set": []}]]}`, true},
		{"Str -> Set(Str)", `{"#map": [["a", "b"]]}`, false},
		{"{ a: Int, b: Seq({ c: Bool }) }", `{"a": {"#bigint": "1"}, "b": [{"c": true}]}`, true},
		{"{ a: Int, b: Seq({ c: Bool }) }", `{"a": {"#bigint": "1"}, "b": [{"c": "x"}]}`, false},
		{"{ a: Int, b: Bool }", `{"a": {"#bigint": "1"}}`, false},
		{"{ a: Int }", `{"a": {"#bigint": "1"}, "b": true}`, false},
		{"{ a: { b: Int }, c: Bool }", `{"a": {"b": {"#bigint": "1"}}, "c": 1}`, false},
	} {
		var v any
		if err := json.Unmarshal([]byte(row.value), &v); err != nil {
			t.Fatal(err)
		}
		if _, err := fits(row.annotation, v); (err == nil) != row.fits {
			t.Errorf("%s: %s: got the error %v", row.annotation, row.value, err)
		}
	}
}
