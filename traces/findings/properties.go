package findings

import (
	"fmt"
	"strings"

	"cosw/props"
)

// properties writes what each property claims, how much it weighs, and who would give it up.
func (d *document) properties() {
	d.heading(2, propertiesTitle)
	d.paragraph("%d properties, each raised by a line of the draft. A *must* harms users when it is broken, whatever one thinks of the design; a "+
		"*want* may be given up for something else, and its critic says why. `cosw properties NAME` tells how one is checked, `cosw check --property "+
		"NAME --verbose` which designs break it.", len(d.Verdicts))
	d.falls()
	for _, weight := range []struct {
		title  string
		weight props.Weight
	}{{"musts", props.Must}, {"wants", props.Want}} {
		var list []*props.Verdict
		for i := range d.Verdicts {
			if v := &d.Verdicts[i]; v.Property.Weight == weight.weight {
				list = append(list, v)
			}
		}
		d.details(fmt.Sprintf("The %d %s", len(list), weight.title), func() {
			head := []string{"property", "line", "claims that"}
			if weight.weight == props.Want {
				head = append(head, "its critic")
			}
			t := d.table(head...)
			for _, v := range list {
				p := &v.Property
				t.row(code(p.ID), itoa(p.Place.Line), p.Claims, p.Critic)
			}
			t.end()
		})
	}
}

// falls says which properties count as one, and which are given up with others.
func (d *document) falls() {
	var same, takes []string
	for _, f := range d.Falls() {
		if len(f.Same) > 0 {
			same = append(same, codes(append([]string{f.Property}, f.Same...)))
		}
		if len(f.With) > 0 {
			takes = append(takes, code(f.Property)+" takes "+codes(f.With))
		}
	}
	text := ""
	if same != nil {
		text = "Some are one interest with several names, as just the same designs have them; above, the first is named for all: " +
			strings.Join(same, "; ") + ". "
	}
	if takes != nil {
		text += "No design has some without others, and to give up these is to give up those: " + strings.Join(takes, "; ") + "."
	}
	d.paragraph("%s", text)
}
