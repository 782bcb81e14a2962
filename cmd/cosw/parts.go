package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// This file divides a check into parts that several machines search, each into a file of its own; cosw merge reads them.

// partFlags are the flags about parts.
type partFlags struct {
	part, out string
	number    int // of the part, from 1
	of        int // how many there are
}

// partFile is what a file has.
type partFile struct {
	Cosw string `json:"cosw"` // the version that searched
	props.Portion
}

// mostPart limits what is read of a file.
const mostPart = 256 << 20

// searcher says which cosw this is. Where the version does not tell, as it was built from files that were changed, or nothing is known,
// it is told by what the program consists of.
var searcher = sync.OnceValue(func() string {
	v := thisVersion()
	text := v.String()
	if !v.Changed && (v.Version != "" || v.Commit != "") {
		return text
	}
	name, err := os.Executable()
	if err != nil {
		return text
	}
	file, err := os.Open(name)
	if err != nil {
		return text
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return text
	}
	return fmt.Sprintf("%s, SHA-256 %x", text, hash.Sum(nil))
})

// parsePart reads a part such as 3/16.
func parsePart(text string) (part, of int, err error) {
	first, second, ok := strings.Cut(text, "/")
	part, errPart := strconv.Atoi(first)
	of, errOf := strconv.Atoi(second)
	if !ok || errPart != nil || errOf != nil || part < 1 || part > of {
		return 0, 0, usageError("--part %q is no part: write 3/16 for the third of 16", text)
	}
	return part, of, nil
}

// preparePart checks the flags about parts, and that the file can be written.
func (f *checkFlags) preparePart() (err error) {
	switch {
	case f.part == "" && f.out == "":
		return nil
	case f.part == "":
		return usageError("--out names the file of a part: give --part, too, or use > for the report")
	case f.out == "":
		return usageError("--part needs --out, the file to write")
	case f.pairs != "" || f.expect != "" || f.traces != "" || f.require != "" || f.giveUp != "" || f.format != "text" || f.verbose:
		return usageError("--part only searches: give --pairs, --expect, --traces, --require, --give-up, --format and --verbose to cosw merge")
	}
	if f.number, f.of, err = parsePart(f.part); err != nil {
		return err
	}
	if info, err := os.Stat(f.out); err == nil && info.IsDir() {
		f.out = filepath.Join(f.out, f.partName())
	}
	return tryFile(f.out)
}

// partName says what a file holds.
func (f *checkFlags) partName() string {
	bounds := strings.ReplaceAll(f.bounds.Short(), "·", "-")
	return fmt.Sprintf("check-%s-part-%0*d-of-%d.json", bounds, len(strconv.Itoa(f.of)), f.number, f.of)
}

// searchPart searches a part and writes what it found, unless it is written already.
func (f *checkFlags) searchPart(ctx context.Context, o props.Options, s streams) error {
	whole, err := f.narrow(&o)
	if err != nil {
		return err
	}
	there, err := f.there(whole, &o, s)
	switch {
	case err != nil:
		return err
	case there:
		_, err := fmt.Fprintf(s.out, "%s: part %d of %d was searched before: %s\n", f.out, f.number, f.of, model.Space.Format(o.Scope))
		return err
	}
	progress := newProgress(s.err)
	o.Progress = progress.show
	r, err := props.Check(ctx, o)
	progress.clear()
	if err != nil {
		return usageError("%v", err) // bounds that do not fit
	}
	return f.writePart(r, whole, s)
}

// narrow restricts options to the part, and returns the whole family.
func (f *checkFlags) narrow(o *props.Options) (whole family.Cube, err error) {
	whole = o.Scope
	cubes, err := props.Divide(whole, f.of)
	if err != nil {
		return whole, usageError("--part: %v", err)
	}
	o.Scope, o.Histories = cubes[f.number-1], 0 // those are drawn by cosw merge
	return whole, nil
}

// there tells whether the file is there already and holds what is asked for. The error says that it holds something else.
func (f *checkFlags) there(whole family.Cube, o *props.Options, s streams) (bool, error) {
	if _, err := os.Stat(f.out); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	file, err := readPart(f.out, s)
	if err != nil {
		return false, err
	}
	same := file.Cosw == searcher() && file.Bounds.Format() == o.Bounds.Format() && file.Family == model.Space.Format(whole) && file.Part == f.number && file.Of == f.of &&
		file.Holds == model.Space.Format(o.Scope) && props.Checks(*o, file.Properties)
	if !same {
		return false, usageError("%s holds something else: part %d of %d of %s, within %s, by %s: remove it, or name another file",
			f.out, file.Part, file.Of, file.Family, file.Bounds, file.Cosw)
	}
	return true, nil
}

// writePart writes what the search of a part found.
func (f *checkFlags) writePart(r *props.Report, whole family.Cube, s streams) error {
	c := r.Coverage[0]
	if !r.Complete() {
		return &failure{exitUnknown, fmt.Errorf("%w after %s worlds: %s is not written; the more parts, the smaller each is",
			r.Stopped, number(c.Worlds), f.out)}
	}
	portion, err := r.Portion(whole, f.number, f.of)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := json.NewEncoder(&text).Encode(partFile{searcher(), *portion}); err != nil {
		return err
	}
	if err := writeWhole(f.out, text.Bytes()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s: part %d of %d is searched, %s worlds, %s steps: %s\n", f.out, f.number, f.of, number(c.Worlds), number(c.Transitions), portion.Holds)
	return err
}

// readPart reads a file that writePart wrote.
func readPart(name string, s streams) (*partFile, error) {
	src, err := openInput(name, s)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	limited := &io.LimitedReader{R: src, N: mostPart + 1}
	decoder := json.NewDecoder(limited)
	decoder.DisallowUnknownFields()
	var file partFile
	switch err := decoder.Decode(&file); {
	case limited.N == 0:
		return nil, &failure{exitSyntax, fmt.Errorf("%s: larger than 256 MiB, so no part of a check", name)}
	case err != nil || file.Of == 0:
		return nil, &failure{exitSyntax, fmt.Errorf("%s: not a part of a check: cosw check --part 1/16 --out FILE writes one", name)}
	}
	return &file, nil
}
