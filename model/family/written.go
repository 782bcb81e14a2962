package family

import (
	"fmt"
)

// Written is some sets as numbers, for a file: the nodes that their diagrams share.
type Written struct {
	// Nodes has the question of each node and then its children, one per answer. A node comes after its children; it is
	// called by its place, counted from 2, as 0 is None and 1 is All.
	Nodes []uint32 `json:"nodes"`
	Sets  []uint32 `json:"sets"` // the node of each set
}

// Write returns sets as numbers: the same ones for the same sets, whatever else the algebra holds.
func (a *Algebra) Write(sets []Set) Written {
	w := Written{Sets: make([]uint32, len(sets))}
	known := map[Set]uint32{None: uint32(None), All: uint32(All)}
	for i, x := range sets {
		w.Sets[i] = a.writeNode(x, &w, known)
	}
	return w
}

// writeNode appends the nodes of x that are not known yet, and returns how x is called.
func (a *Algebra) writeNode(x Set, w *Written, known map[Set]uint32) uint32 {
	if name, ok := known[x]; ok {
		return name
	}
	record := []uint32{uint32(a.level(x))}
	for _, k := range a.children(x) {
		record = append(record, a.writeNode(k, w, known))
	}
	w.Nodes = append(w.Nodes, record...)
	known[x] = uint32(len(known))
	return known[x]
}

// Read returns the sets that Write wrote, in an algebra of the same space. It refuses numbers that are none of these.
func (a *Algebra) Read(w Written) ([]Set, error) {
	nodes := []Set{None, All}
	for rest := w.Nodes; len(rest) > 0; {
		x, left, err := a.readNode(rest, nodes)
		if err != nil {
			return nil, fmt.Errorf("node %d: %w", len(nodes), err)
		}
		nodes, rest = append(nodes, x), left
	}
	sets := make([]Set, len(w.Sets))
	for i, name := range w.Sets {
		if int(name) >= len(nodes) {
			return nil, fmt.Errorf("set %d is node %d, and there are %d", i, name, len(nodes))
		}
		sets[i] = nodes[name]
	}
	return sets, nil
}

// readNode reads the first node of some numbers, and returns those after it.
func (a *Algebra) readNode(from []uint32, nodes []Set) (Set, []uint32, error) {
	if from[0] >= uint32(a.space.Len()) {
		return None, nil, fmt.Errorf("there is no question %d", from[0])
	}
	q := int(from[0])
	end := 1 + a.width(q)
	if len(from) < end {
		return None, nil, fmt.Errorf("question %d has %d answers, and %d are left", q, a.width(q), len(from)-1)
	}
	var kids [maxAnswers]Set
	for i, name := range from[1:end] {
		if int(name) >= len(nodes) || a.level(nodes[name]) <= q {
			return None, nil, fmt.Errorf("node %d cannot be asked after question %d", name, q)
		}
		kids[i] = nodes[name]
	}
	if allEqual(kids[:a.width(q)]) {
		return None, nil, fmt.Errorf("question %d makes no difference", q)
	}
	return a.branch(q, &kids), from[end:], nil
}
