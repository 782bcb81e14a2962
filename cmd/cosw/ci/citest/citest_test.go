package citest_test

import (
	"strings"
	"testing"

	"cosw/cmd/cosw/ci/citest"
)

const sarifLog = `{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "version": "2.1.0",
  "runs": [{
    "tool": {"driver": {"name": "cosw", "rules": [{"id": "settles", "defaultConfiguration": {"level": "error"}}]}},
    "invocations": [{"executionSuccessful": true}],
    "results": [{
      "ruleId": "settles", "ruleIndex": 0, "kind": "fail", "level": "error", "message": {"text": "a promise hangs"},
      "locations": [{"physicalLocation": {"artifactLocation": {"uri": "draft.md"}, "region": {"startLine": 31}}}]
    }]
  }]
}`

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
	for _, format := range []struct {
		name, document string
		judge          func([]byte) error
		damage         []struct{ why, from, to string }
	}{
		{"SARIF", sarifLog, citest.SARIF, []struct{ why, from, to string }{
			{"a level that there is not", `"kind": "fail", "level": "error"`, `"kind": "fail", "level": "fatal"`},
			{"a kind that there is not", `"kind": "fail"`, `"kind": "bad"`},
			{"a level of a rule that there is not", `{"level": "error"}`, `{"level": "high"}`},
			{"a result without a message", `, "message": {"text": "a promise hangs"}`, ``},
			{"a message without a text", `"text": "a promise hangs"`, `"markdown": "a promise hangs"`},
			{"a tool without a name", `"name": "cosw", `, ``},
			{"a run without a tool", `"tool": {"driver"`, `"tools": {"driver"`},
			{"a rule without an id", `"id": "settles", `, ``},
			{"another version", `"version": "2.1.0"`, `"version": "2.0.0"`},
			{"no version", `"version": "2.1.0",`, ``},
			{"a key that SARIF does not know", `"ruleId"`, `"severity": "high", "ruleId"`},
			{"a region without a beginning", `"startLine": 31`, `"endLine": 31`},
			{"a line before the first", `"startLine": 31`, `"startLine": 0`},
			{"an index below none", `"ruleIndex": 0`, `"ruleIndex": -2`},
			{"a line that is a word", `"startLine": 31`, `"startLine": "31"`},
			{"a run that does not say whether it came to its end", `"executionSuccessful": true`, ``},
			{"half of it", `"results"`, "\x00"},
		}},
		{"JUnit", junitDocument, citest.JUnit, []struct{ why, from, to string }{
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
		}},
	} {
		if err := format.judge([]byte(format.document)); err != nil {
			t.Errorf("%s that is as it should be: %v", format.name, err)
		}
		for _, d := range format.damage {
			damaged := strings.Replace(format.document, d.from, d.to, 1)
			if damaged == format.document {
				t.Errorf("%s, %s: nothing was changed", format.name, d.why)
			}
			if format.judge([]byte(damaged)) == nil {
				t.Errorf("%s: %s was not refused", format.name, d.why)
			}
		}
	}
	for _, empty := range []string{"", " ", "<!-- nothing -->"} {
		if citest.JUnit([]byte(empty)) == nil || citest.SARIF([]byte(empty)) == nil {
			t.Errorf("%q was not refused", empty)
		}
	}
}
