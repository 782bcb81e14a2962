// Package citest judges, for tests, whether a document is JUnit XML by the schema of Jenkins' xUnit plugin. Start at
// [JUnit].
package citest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// element is what the schema says of an element: which attributes it must and may have, which elements may stand in it,
// in any order, and whether text may.
type element struct {
	must, may, children []string
	text                bool
}

// junit10 is junit-10.xsd of Jenkins' xUnit plugin (src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd), in
// so far as a program that runs each case once can use it: without reruns and flaky cases. All values are strings there;
// times, which have a pattern, are left out, as what depends on the clock has no place in what cosw writes.
var junit10 = map[string]element{
	"testsuites": {may: []string{"name", "tests", "failures", "errors"}, children: []string{"testsuite"}},
	"testsuite": {
		must:     []string{"name", "tests", "failures", "errors"},
		may:      []string{"group", "skipped", "hostname", "id", "package", "file", "log", "url"},
		children: []string{"testsuite", "properties", "testcase", "system-out", "system-err"},
	},
	"properties": {children: []string{"property"}},
	"property":   {must: []string{"name", "value"}},
	"testcase": {
		must: []string{"name"}, may: []string{"classname", "group"},
		children: []string{"skipped", "error", "failure", "system-out", "system-err"},
	},
	"failure":    {may: []string{"type", "message"}, text: true},
	"error":      {may: []string{"type", "message"}, text: true},
	"skipped":    {may: []string{"type", "message"}, text: true},
	"system-out": {text: true},
	"system-err": {text: true},
}

// JUnit returns what is wrong with a document of JUnit XML.
func JUnit(document []byte) error {
	decoder := xml.NewDecoder(bytes.NewReader(document))
	var open []string
	roots := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if len(open) == 0 {
				roots++
			}
			if err := allowed(open, token); err != nil {
				return err
			}
			open = append(open, token.Name.Local)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 && !junit10[open[len(open)-1]].text && strings.TrimSpace(string(token)) != "" {
				return fmt.Errorf("<%s> has text", open[len(open)-1])
			}
		}
	}
	if roots != 1 {
		return fmt.Errorf("%d elements at the top", roots)
	}
	return nil
}

// allowed returns why an element may not stand where it does, or not with its attributes.
func allowed(open []string, e xml.StartElement) error {
	name := e.Name.Local
	known, ok := junit10[name]
	switch {
	case !ok || e.Name.Space != "":
		return fmt.Errorf("<%s> is unknown", name)
	case len(open) == 0 && name != "testsuites" && name != "testsuite":
		return fmt.Errorf("<%s> at the top", name)
	case len(open) > 0 && !slices.Contains(junit10[open[len(open)-1]].children, name):
		return fmt.Errorf("<%s> in <%s>", name, open[len(open)-1])
	}
	var given []string
	for _, a := range e.Attr {
		switch {
		case slices.Contains(given, a.Name.Local):
			return fmt.Errorf("<%s> has %s twice", name, a.Name.Local)
		case !slices.Contains(known.must, a.Name.Local) && !slices.Contains(known.may, a.Name.Local):
			return fmt.Errorf("<%s> has %s", name, a.Name.Local)
		}
		given = append(given, a.Name.Local)
	}
	for _, must := range known.must {
		if !slices.Contains(given, must) {
			return fmt.Errorf("<%s> lacks %s", name, must)
		}
	}
	return nil
}
