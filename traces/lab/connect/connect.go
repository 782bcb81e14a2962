// Package connect has navigator.connect() as scripts for today's browsers: connect.js for pages, the bridge, and
// connect-worker.js for service workers. The design that they carry out stands at the beginning of connect.js, and [Claims]
// reads it there.
package connect

import (
	"embed"
	"fmt"
	"regexp"
	"strings"

	"cosw/model"
	"cosw/model/family"
)

// Files has what a service and its users serve.
//
//go:embed *.js *.html
var Files embed.FS

// Claim is an answer that the scripts carry out.
type Claim struct {
	Question model.Question
	Answer   model.Answer
	InPart   bool // not everywhere: connect.js says where not
}

var claimed = regexp.MustCompile(`(?m)^// {5}([a-z-]+)=([a-z0-9-]+) +(done|in part)\b`)

// Claims returns what connect.js says that it carries out, in the order of the questions.
func Claims() []Claim {
	text, err := Files.ReadFile("connect.js")
	if err != nil {
		panic("connect: the scripts are broken: " + err.Error())
	}
	head, _, _ := strings.Cut(string(text), "\n\n")
	how := map[string]string{}
	for _, m := range claimed.FindAllStringSubmatch(head, -1) {
		how[m[1]+"="+m[2]] = m[3]
	}
	var all []Claim
	for _, q := range model.Questions() {
		for _, a := range q.Answers() {
			if is, ok := how[fmt.Sprintf("%s=%s", q.ID(), a)]; ok {
				all = append(all, Claim{q, a, is == "in part"})
			}
		}
	}
	return all
}

// Design returns the design that the scripts carry out.
func Design() family.Cube {
	design := model.Space.Full()
	for _, c := range Claims() {
		design = design.And(model.Where(c.Question, c.Answer))
	}
	return design
}
