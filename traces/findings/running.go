package findings

import (
	"strings"

	"cosw/traces/lab/conform"
)

// running writes what was seen of an implementation, folded away above what is folded away next. Claims of which the same was seen
// in the same engines stand together.
func (d *document) running() {
	if len(d.seen.Rows) == 0 {
		return
	}
	d.printf("<details>\n<summary>What is seen of a design that runs</summary>\n\n")
	d.paragraph("Recordings of [`navigator.connect()`](traces/lab/connect/connect.js) in %s:", join(d.seen.Engines, "and"))
	var observed []string // "where: what"
	claims := map[string][]string{}
	for i := range d.seen.Rows {
		row := &d.seen.Rows[i]
		for _, key := range seenWhere(row.Seen, d.seen.Engines) {
			if claims[key] == nil {
				observed = append(observed, key)
			}
			claims[key] = append(claims[key], code(row.Claim.Question.ID()+"="+row.Claim.Answer.String()))
		}
	}
	t := d.table("claim", "observed", "engine")
	for _, key := range observed {
		where, what, _ := strings.Cut(key, ": ")
		t.row(strings.Join(claims[key], ", "), what, where)
	}
	t.end()
	d.printf("</details>") // the next one follows: the page has a limit of lines
}

// seenWhere returns what was seen of a claim, each with the engines before it.
func seenWhere(seen []conform.Seen, engines []string) []string {
	var all []string
	observed := map[string]bool{}
	for i := range seen {
		what := seen[i].String()
		if seen[i].Excluded == nil || observed[what] {
			continue
		}
		observed[what] = true
		var where []string
		for e := range engines {
			if seen[e].String() == what {
				name, _, _ := strings.Cut(engines[e], " ")
				where = append(where, name)
			}
		}
		if len(where) == len(engines) {
			where = []string{"all"}
		}
		if seen[i].Shown {
			what = "nothing else is left"
		}
		all = append(all, strings.Join(where, ", ")+": "+what)
	}
	return all
}
