package linearize

import (
	"embed"
	"fmt"
	"path"
)

//go:embed testdata/*.jsonl
var kept embed.FS

// Kept returns the recordings of real browsers that are kept with the project, in the order of their names. A recording's
// name is that of its file in testdata.
func Kept() []*Recording {
	files, err := kept.ReadDir("testdata")
	if err != nil {
		panic(fmt.Sprintf("linearize: the recordings that are kept cannot be listed: %v", err))
	}
	var all []*Recording
	for _, file := range files {
		f, err := kept.Open(path.Join("testdata", file.Name()))
		if err != nil {
			panic(fmt.Sprintf("linearize: a recording that is kept cannot be opened: %v", err))
		}
		rec, err := ReadRecording(f, file.Name())
		f.Close()
		if err != nil {
			panic(fmt.Sprintf("linearize: a recording that is kept cannot be read: %v", err))
		}
		all = append(all, rec)
	}
	return all
}
