package linearize

import (
	"time"

	"github.com/anishathalye/porcupine"
)

// This file judges and explains whole histories by search alone, for the tests to compare.

// Check searches for an order that explains h, for at most a time; 0 is without a limit. It returns [Unknown] when time
// ran out before a violation was found. The error is that of [History.Validate].
func Check(h *History, limit time.Duration) (Result, error) {
	if err := h.Validate(); err != nil {
		return 0, err
	}
	return result(porcupine.CheckOperationsTimeout(h.model(), h.operations(h.Connections()...), limit)), nil
}

// Explain returns an explanation for each connection of h that is not linearizable, in ascending order. A connection for
// which the search takes longer than limit has none. The error is that of [History.Validate].
func Explain(h *History, limit time.Duration) ([]Explanation, error) {
	if err := h.Validate(); err != nil {
		return nil, err
	}
	var all []Explanation
	for _, connection := range h.Connections() {
		if s := h.searchConnection(connection, limit); s.result == Violated {
			all = append(all, h.explain(connection, s))
		}
	}
	return all, nil
}
