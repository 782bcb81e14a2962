package traces

import (
	"embed"
	"io/fs"
)

//go:embed corpus/*.trace
var corpusFiles embed.FS

// Corpus returns the files of the corpus, whose README says which traces these are, and why.
func Corpus() fs.FS {
	files, err := fs.Sub(corpusFiles, "corpus")
	if err != nil {
		panic("traces: " + err.Error()) // the name of the folder is a good one
	}
	return files
}
