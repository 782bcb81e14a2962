package findings

import (
	"slices"

	"cosw/model"
	"cosw/props"
)

// onPartitions are what is to be said of partitioned storage beside the question itself.
var onPartitions = []sentence{
	{text: "Today every engine keeps the storage of a frame by the site of the page around it, and a service worker is found in that " +
		"storage (*SW*, storage key). Tried by hand in Chromium 156, Firefox 153 and WebKitGTK 2.50 (no recording of it is kept): a worker that was installed when the user " +
		"visited the service cannot be reached from a frame of the service on another site in any of them, and one that the frame " +
		"registers itself can be reached in all."},
	{text: "The draft was written before all that, and *an already installed service worker, even if the worker is not installed by the " +
		"page* (21) means the one that the user's own visit made. That is the case which its motivation needs, and the one which " +
		"partitioning was made to end: one registration that two sites reach is one storage that both can read through it, so that the " +
		"service can tell the two that they have the same visitor. Refusals do not help, for a site that wants to be told is not refused; and " +
		"credentials are what a visitor can withhold."},
	{text: "Foreign fetch, which replaced this effort in 2015, fell for it: it was merged in February 2016 and removed in November 2017 " +
		"([w3c/ServiceWorker#1188](https://github.com/w3c/ServiceWorker/issues/1188), " +
		"[#1207](https://github.com/w3c/ServiceWorker/pull/1207)), double-keyed storage being the first of the reasons given; partitioned, it " +
		"gives two instances of a service that do not know of each other, and shared, it lets any site wake the workers of others " +
		"([arewedistributedyet#32](https://github.com/arewedistributedyet/arewedistributedyet/issues/32)). That a worker's mere presence is enough to sniff a " +
		"history was shown by Karami, Ilia and Polakis (*Awakening the Web's Sleeper Agents*, NDSS 2021)."},
	{when{breaks: []breaking{{"presence-hidden", "errors=distinct, partition=shared"}}, keeps: []breaking{{"presence-hidden-timed", "partition=by-site"}}},
		"With `by-site` all that is said below about hiding a service from refused pages falls away: what a page could find out is only " +
			"whether the service is there *for its own site*. With `shared` all of it is needed. A standard would have " +
			"to choose in so many words, or ask the user each time as *Storage Access* does, which is not modelled."},
}

// partitions writes the section about partitioned storage.
func (d *document) partitions() {
	d.heading(2, partitionsTitle)
	for _, text := range d.allOf(onPartitions) {
		d.paragraph("%s", text)
	}
	d.depending()
	d.question(model.Partition)
}

// depending writes which findings are others with either answer.
func (d *document) depending() {
	d.paragraph("Only %s ask which it is. With one of its answers alone in the family, these questions stand otherwise than in the table above, and "+
		"all others as they do there:", codes(d.asking(model.Partition)))
	head := []string{"question"}
	var stand [][]props.Standing
	for _, answer := range model.Partition.Answers() {
		where := model.Where(model.Partition, answer)
		head = append(head, "with "+code(model.Space.Format(where)))
		stand = append(stand, d.Report.Within(where).Stand())
	}
	t := d.table(head...)
	for _, q := range inOrder() {
		if q == model.Partition || !slices.ContainsFunc(stand, func(s []props.Standing) bool { return !sameStanding(s[q], d.standings[q]) }) {
			continue
		}
		row := []string{toQuestion(q)}
		for _, s := range stand {
			row = append(row, list(names(left(s[q])), "or")+", "+d.howFirm(s[q]))
		}
		t.row(row...)
	}
	t.end()
}

// sameStanding tells whether a question has the same answers, and as firmly.
func sameStanding(x, y props.Standing) bool {
	return x.Firmness == y.Firmness && slices.Equal(left(x), left(y))
}

// left returns the answers to a question that are free, or where none is, those that some best designs have.
func left(s props.Standing) []model.Answer {
	if len(s.Free) > 0 {
		return s.Free
	}
	var all []model.Answer
	for _, x := range s.Excluded {
		if x.Best {
			all = append(all, x.Answer)
		}
	}
	return all
}
