package views

import (
	"cosw/model"
	"cosw/model/family"
	"cosw/props/references"
)

// graph says what keeps what alive in the world where the page stands, and what is orphaned or leaked. Only the lifecycle
// has such a graph. Where it depends on a question that is still open, it is that of the first answer which is left.
func (c *stepping) graph() (markup, error) {
	world, ok := c.scene.Worlds[len(c.scene.Worlds)-1].(*model.World)
	if !ok {
		return element("p", nil, text("This part of the model has no references.")), nil
	}
	assumed := model.Space.Full()
	graph := references.Build(world, func(q model.Question) model.Answer {
		a := model.AnswerOf(c.design, q)
		if model.Space.Open(c.design, int(q)) {
			assumed = assumed.And(model.Where(q, a))
		}
		return a
	})
	found := graph.Defects()
	drawn := element("div", attributes{"class", "picture", "tabindex", "0", "role", "group", "aria-label", "drawing, which can be scrolled"},
		newDrawing(graph, found).svg())
	return concat(defects(found), drawnFor(assumed), drawn,
		element("details", attributes{"class", "told", "id", "told-graph"}, element("summary", nil, text("The same in words")), listed(graph)),
		classed("p", "soft", text("An arrow leads from what keeps something alive to what it keeps; dotted, it only reaches it. "+
			"Orphaned (dashed): its other side is gone. Leaked (two outlines): kept in vain."))), nil
}

func drawnFor(assumed family.Cube) markup {
	if assumed == model.Space.Full() {
		return ""
	}
	return classed("p", "soft", text("The history leaves open what this depends on; it is that of "), codes(literals(assumed), " "), text("."))
}

// defects lists what is orphaned or leaked.
func defects(found []references.Defect) markup {
	var all []markup
	for _, d := range found {
		names := make([]string, len(d.Nodes))
		for i, n := range d.Nodes {
			names[i] = n.String()
		}
		all = append(all, element("li", nil, element("strong", nil, text(d.Trouble.String())), text(": "), joined(each(names, func(s string) markup { return text(s) }), ", "), text(" ("+d.Missing+")")))
	}
	if all == nil {
		return element("p", nil, text("Nothing is orphaned and nothing is leaked."))
	}
	return classed("ul", "defects", all...)
}

// listed lists what refers to what, by source.
func listed(g *references.Graph) markup {
	var all []markup
	edges := g.Edges()
	for _, n := range g.Nodes() {
		var targets []markup
		for _, e := range edges {
			if e.Source == n {
				targets = append(targets, element("li", nil, text("→ "+e.Target.String()+" "), classed("span", "soft", text(e.Reason.String()))))
			}
		}
		if targets != nil {
			all = append(all, element("li", nil, text(n.String()), element("ul", nil, targets...)))
		}
	}
	return classed("ul", "references", all...)
}
