package model

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// TestBoundsHaveEveryField: no field of Bounds is without a record, and none has that of another.
func TestBoundsHaveEveryField(t *testing.T) {
	var b Bounds
	for i, bound := range b.All() {
		*bound.Value = i + 10
	}
	fields := reflect.ValueOf(b)
	for i := range fields.NumField() {
		if n := int(fields.Field(i).Int()); n != i+10 {
			t.Errorf("the field %s got %d, not %d", fields.Type().Field(i).Name, n, i+10)
		}
	}
	if n := len(b.All()); n != fields.NumField() {
		t.Errorf("%d records for %d fields", n, fields.NumField())
	}
}

func TestFormatBounds(t *testing.T) {
	b := Bounds{Pages: 2, Connections: 1, Versions: 3, Messages: 0, Faults: 1, Kills: 1}
	fewer := b
	fewer.Faults = 2
	for _, c := range []struct{ got, want string }{
		{b.String(), "2 pages, 1 connection, 3 versions, 0 messages, 1 fault"},
		{b.Short(), "2·1·3·0·1"},
		{b.Flags(), "--pages 2 --connections 1 --versions 3 --messages 0 --faults 1"},
		{b.Format(), "pages=2 connections=1 versions=3 messages=0 faults=1"},
		{fewer.String(), "2 pages, 1 connection, 3 versions, 0 messages, 2 faults, 1 kill"},
		{fewer.Short(), "2·1·3·0·2·1"},
		{fewer.Flags(), "--pages 2 --connections 1 --versions 3 --messages 0 --faults 2 --kills 1"},
		{fewer.Format(), "pages=2 connections=1 versions=3 messages=0 faults=2 kills=1"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}

// TestBoundsAsJSON: there are no more kills than faults.
func TestBoundsAsJSON(t *testing.T) {
	none := DefaultBounds
	none.Faults = 0
	for _, c := range []struct {
		bounds Bounds
		want   string
	}{
		{DefaultBounds, `{"pages":2,"connections":1,"versions":2,"messages":1,"faults":1,"kills":1}`},
		{none, `{"pages":2,"connections":1,"versions":2,"messages":1,"faults":0,"kills":0}`},
		{Bounds{Faults: 3, Kills: 1}, `{"pages":0,"connections":0,"versions":0,"messages":0,"faults":3,"kills":1}`},
	} {
		got, err := json.Marshal(&c.bounds)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: got %s, %v", c.bounds, got, err)
		}
	}
}

// TestLacks: bounds that have all it takes lie around it, and the others say what is missing.
func TestLacks(t *testing.T) {
	b := Bounds{Pages: 2, Connections: 1, Versions: 2, Messages: 1, Faults: 1, Kills: 1}
	for _, c := range []struct {
		reason string
		least  Bounds
		lacks  string
	}{
		{"nothing is needed", Bounds{}, ""},
		{"each bound is just large enough", b, ""},
		{"one is too small", Bounds{Pages: 3, Messages: 1}, "3 pages"},
		{"so are several, in the order of the bounds", Bounds{Connections: 2, Versions: 3, Faults: 2}, "2 connections, 3 versions, 2 faults"},
	} {
		if got := b.Lacks(c.least); got != c.lacks {
			t.Errorf("%s: got %q, want %q", c.reason, got, c.lacks)
		}
		if got := c.least.Within(b); got != (c.lacks == "") {
			t.Errorf("%s: within is %t", c.reason, got)
		}
	}
}

func TestParseBounds(t *testing.T) {
	for _, c := range []struct{ text, want, wrong string }{
		{"pages=3", "pages=3 connections=1 versions=2 messages=1 faults=1", ""},
		{" kills=0  versions=1", "pages=2 connections=1 versions=1 messages=1 faults=1 kills=0", ""},
		{"faults=3", "pages=2 connections=1 versions=2 messages=1 faults=3", ""},
		{"kills=2 faults=3", "pages=2 connections=1 versions=2 messages=1 faults=3 kills=2", ""},
		{"", "", `"" is no bound; expected pages, connections, versions, messages, faults or kills, each as in pages=2`},
		{"pages", "", `"pages" is no bound; expected`},
		{"pages=many", "", `"pages=many" is no bound; expected`},
		{"faces=1", "", `unknown bound "faces"`},
		{"pages=0", "", "0 pages is out of range: choose from 1 to"},
		{"kills=100", "", "100 kills is out of range: choose from 0 to"},
	} {
		b, err := ParseBounds(c.text, DefaultBounds)
		switch {
		case c.wrong != "":
			if err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%q: got %v, want %s", c.text, err, c.wrong)
			}
		case err != nil || b.Format() != c.want:
			t.Errorf("%q: got %s, %v, want %s", c.text, b.Format(), err, c.want)
		}
	}
	if smallest, largest := Limits(); smallest.Validate() != nil || largest.Validate() != nil || !smallest.Within(largest) || largest.Within(smallest) {
		t.Error("the limits are no bounds, or are the wrong way round")
	}
}
