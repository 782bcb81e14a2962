// Package wpt writes traces as web platform tests, for testharness.js, of navigator.connect(): that of package connect or a
// native one.
//
// A test plays what pages, the worker and those who deploy the service do in a trace, in the same order, and compares what
// pages and workers see with what the model says that they see under the design that connect.js claims. That is not the
// design of the trace: a counterexample is of a design that goes wrong, and an implementation passes because what the page
// of the counterexample does comes out well. What the browser does by itself is left to it: before each step, and at the end,
// everybody comes to rest. In the model a handler of a connect event that is given no answer hangs then.
//
// Begin with [Test]. How a trace becomes the steps of a test is in play.go (lifecycle) and match.go (matching), and what runs
// in the browser in the folder resources.
package wpt

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html"
	"path/filepath"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces"
	"cosw/traces/lab/connect"
)

// Resources is the folder that stands beside tests. Beside it stands the folder connect, with the scripts of package
// connect, for browsers that have no navigator.connect() of their own.
//
//go:embed resources
var Resources embed.FS

// ImpossibleError says why there is no test of a trace.
type ImpossibleError struct{ step, why string }

func (e *ImpossibleError) Error() string {
	if e.step == "" {
		return "there is no web platform test of this trace: " + e.why
	}
	return fmt.Sprintf("there is no web platform test of this trace, because of %q: %s", e.step, e.why)
}

// Because returns the reason without the step, as a clause.
func (e *ImpossibleError) Because() string { return e.why }

// test is what resources/trace.js plays.
type test struct {
	installed bool // from the beginning
	steps     []step
	lists     map[string][]string // the connections that each party has at the end
}

// step is what is done, and what is to be seen of it.
type step struct {
	do   string
	sees []string
}

// Test returns the test of a trace: a page. If there is none, the error is an [*ImpossibleError].
func Test(t *traces.Trace) ([]byte, error) {
	design := claimed()
	p, err := newPlan(t, design)
	if err != nil {
		return nil, err
	}
	return p.page(t)
}

// claimed returns the design that connect.js claims, where scripts do as they are told.
func claimed() family.Cube {
	a := family.NewAlgebra(model.Space)
	scripts := model.Where(model.Scripts, model.MayHang).And(model.Where(model.Listens, model.AtOnce)).And(model.Where(model.Lists, model.AtOnce))
	return a.First(a.Cube(connect.Design().And(scripts)))
}

// page writes the test.
func (p *test) page(t *traces.Trace) ([]byte, error) {
	name := strings.TrimSuffix(filepath.Base(t.File()), ".trace")
	if name == "-" || name == "." {
		name = "a trace"
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "<!doctype html>\n<meta charset=\"utf-8\">\n<meta name=\"timeout\" content=\"long\">\n<title>navigator.connect(): %s</title>\n", html.EscapeString(name))
	for _, script := range []string{"/resources/testharness.js", "/resources/testharnessreport.js", "/common/get-host-info.sub.js", "resources/trace.js"} {
		fmt.Fprintf(&out, "<script src=\"%s\"></script>\n", script)
	}
	out.WriteString("<body>\n<script>\n")
	for line := range strings.Lines(about(t)) {
		out.WriteString(strings.TrimRight("// "+strings.ReplaceAll(line, "</", "<\\/"), " \n") + "\n")
	}
	quote := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			panic("wpt: strings cannot be written: " + err.Error())
		}
		return string(text)
	}
	fmt.Fprintf(&out, "trace_test(%s, {\n  installed: %t,\n  steps: [\n", quote(name), p.installed)
	for _, s := range p.steps {
		var all []string
		for _, text := range append([]string{s.do}, s.sees...) {
			all = append(all, quote(text))
		}
		fmt.Fprintf(&out, "    [%s],\n", strings.Join(all, ", "))
	}
	fmt.Fprintf(&out, "  ],\n  lists: %s,\n});\n</script>\n", quote(p.lists))
	return out.Bytes(), nil
}

// about is what a reader of the test is told first.
func about(t *traces.Trace) string {
	return strings.TrimSpace(t.Why) + "\n\n" + `This is a test of an implementation of the design that connect.js claims. Each step is what somebody does, and what pages
("p1"), versions of the worker ("v1") and the browser ("state") show of it; the last one waits until nothing is left to happen.
`
}
