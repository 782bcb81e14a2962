package site

import (
	"io/fs"

	"cosw/traces"
	"cosw/traces/site/views"
)

// keptTraces returns the traces of the corpus, in the order of their names.
func keptTraces() ([]views.Kept, error) {
	names, err := fs.Glob(traces.Corpus(), "*"+traces.Extension)
	if err != nil {
		return nil, err
	}
	var all []views.Kept
	for _, name := range names {
		file, err := fs.ReadFile(traces.Corpus(), name)
		if err != nil {
			return nil, err
		}
		kept, err := views.Open(name, string(file))
		if err != nil {
			return nil, err
		}
		all = append(all, kept)
	}
	return all, nil
}
