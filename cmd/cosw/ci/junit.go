package ci

import (
	"encoding/xml"
	"io"
	"strings"
)

// The elements of JUnit XML that are used. There is no standard; these follow the schema of Jenkins' xUnit plugin
// (junit-10.xsd), which other services understand too. No time is given, as it would differ each time.
type (
	junitSuites struct {
		XMLName  xml.Name   `xml:"testsuites"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Errors   int        `xml:"errors,attr"`
		Suite    junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string          `xml:"name,attr"`
		Tests      int             `xml:"tests,attr"`
		Failures   int             `xml:"failures,attr"`
		Errors     int             `xml:"errors,attr"`
		Skipped    int             `xml:"skipped,attr"`
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitCase struct {
		Name    string      `xml:"name,attr"`
		Class   string      `xml:"classname,attr"`
		Failure *junitWrong `xml:"failure"`
		Error   *junitWrong `xml:"error"`
		Skipped *junitWrong `xml:"skipped"`
		Output  *junitText  `xml:"system-out"`
	}
	junitWrong struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",cdata"`
	}
	junitText struct {
		Text string `xml:",cdata"`
	}
)

// WriteJUnit writes a report as JUnit XML. A case that failed has a failure, one without a verdict an error, and one that
// is exempt is skipped; each with all there is to read.
func WriteJUnit(w io.Writer, r *Report) error {
	name := tool + " " + r.Name
	suite := junitSuite{
		Name: name, Tests: len(r.Cases), Failures: r.Count(Failed), Errors: r.Count(Unknown), Skipped: r.Count(Exempt),
	}
	for _, f := range r.Facts {
		suite.Properties = append(suite.Properties, junitProperty(f))
	}
	for i := range r.Cases {
		suite.Cases = append(suite.Cases, r.junitCase(&r.Cases[i]))
	}
	all := junitSuites{Name: name, Tests: suite.Tests, Failures: suite.Failures, Errors: suite.Errors, Suite: suite}
	content, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(content)+"\n")
	return err
}

func (r *Report) junitCase(c *Case) junitCase {
	out := junitCase{Name: c.Name, Class: tool + "." + r.Name}
	text := valid(r.text(c))
	wrong := &junitWrong{c.Result.String(), c.Summary, text}
	switch c.Result {
	case Failed:
		out.Failure = wrong
	case Exempt:
		out.Skipped = wrong
	case Passed:
		out.Output = &junitText{text}
	case Unknown:
		out.Error = wrong
	}
	return out
}

// valid replaces what no XML document may contain (XML 1.0, production Char). encoding/xml does so for attributes, but
// not for CDATA, which stays readable.
func valid(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\t' || c == '\n' || c >= ' ' && c < 0xD800 || c >= 0xE000 && c < 0xFFFE || c >= 0x10000:
			return c
		case c == '\r':
			return -1
		}
		return 0xFFFD
	}, text)
}
