package linearize

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"cosw/linearize/recording"
)

//go:embed testdata/*.jsonl testdata/*/*.jsonl
var kept embed.FS

// Kept returns the recordings of real browsers that are kept with the project, in the order of their names. A recording's
// name is that of its file in testdata, such as stop.jsonl or firefox/stop.jsonl.
func Kept() []*recording.Recording {
	var all []*recording.Recording
	err := fs.WalkDir(kept, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		f, err := kept.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		rec, err := recording.Read(f, strings.TrimPrefix(name, "testdata/"))
		all = append(all, rec)
		return err
	})
	if err != nil {
		panic(fmt.Sprintf("linearize: the recordings that are kept cannot be read: %v", err))
	}
	return all
}
