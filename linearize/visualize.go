package linearize

import (
	"io"
	"time"

	"github.com/anishathalye/porcupine"
)

// Visualize writes an HTML document that shows h, linearizable or not: operations are bars, in one row for each party,
// with the order that was found, or the longest ones if there is none, and the notes of h as annotations below. It searches
// for at most limit, and draws what it has found by then. It writes nothing if h is not valid. The document's script comes
// from porcupine; names in h cannot add to it.
func Visualize(w io.Writer, h *History, limit time.Duration) (Result, error) {
	if err := h.Validate(); err != nil {
		return 0, err
	}
	r, info := porcupine.CheckOperationsVerbose(h.model(), h.operations(h.Connections()...), limit)
	info.AddAnnotations(h.annotations())
	return result(r), porcupine.Visualize(h.model(), info, w)
}

// annotations returns the notes of h for porcupine.
func (h *History) annotations() []porcupine.Annotation {
	var all []porcupine.Annotation
	for _, note := range h.Notes {
		all = append(all, porcupine.Annotation{
			Tag: escape(note.Tag), Start: note.At, End: note.Until, Description: escape(note.Text), Details: escape(note.Text),
		})
	}
	return all
}
