package citest_test

import (
	"strings"
	"testing"

	"cosw/cmd/cosw/ci/citest"
)

const junitDocument = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="cosw check" tests="1" failures="1" errors="0">
  <testsuite name="cosw check" tests="1" failures="1" errors="0" skipped="0">
    <properties><property name="seed" value="1"></property></properties>
    <testcase name="settles" classname="cosw.check"><failure type="failed" message="no">a promise hangs</failure></testcase>
  </testsuite>
</testsuites>
`

// TestDamage plants one fault at a time into a document that is as it should be.
func TestDamage(t *testing.T) {
	if err := citest.JUnit([]byte(junitDocument)); err != nil {
		t.Errorf("as it should be: %v", err)
	}
	for _, d := range []struct{ why, from, to string }{
		{"a suite without a count", ` failures="1" errors="0" skipped="0"`, ` errors="0" skipped="0"`},
		{"a case without a name", `name="settles" `, ``},
		{"a property without a value", ` value="1"`, ``},
		{"an attribute that there is not", `<testcase `, `<testcase line="31" `},
		{"an attribute twice", `<testcase `, `<testcase name="again" `},
		{"an element that there is not", `<failure type="failed" message="no">a promise hangs</failure>`, `<broken/>`},
		{"properties of a case", `<failure type="failed" message="no">a promise hangs</failure>`, `<properties></properties>`},
		{"a failure outside of a case", `<properties>`, `<failure></failure><properties>`},
		{"text beside elements", `<properties>`, `all went well<properties>`},
		{"an invalid character", `a promise hangs`, "a promise\x01hangs"},
		{"a reference to an invalid character", `a promise hangs`, "a promise&#1;hangs"},
		{"bytes that are no UTF-8", `a promise hangs`, "a promise\xffhangs"},
		{"a bare <", `a promise hangs`, "a < b"},
		{"a second root", `</testsuites>`, `</testsuites><testsuites></testsuites>`},
		{"an end that is missing", `</testsuites>`, ``},
		{"another root", `<testsuites name="cosw check" tests="1" failures="1" errors="0">`, `<testsuites><report>`},
	} {
		damaged := strings.Replace(junitDocument, d.from, d.to, 1)
		if damaged == junitDocument {
			t.Errorf("%s: nothing was changed", d.why)
		}
		if citest.JUnit([]byte(damaged)) == nil {
			t.Errorf("%s: it was not refused", d.why)
		}
	}
	for _, empty := range []string{"", " ", "<!-- nothing -->"} {
		if citest.JUnit([]byte(empty)) == nil {
			t.Errorf("%q was not refused", empty)
		}
	}
}
