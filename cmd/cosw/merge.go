package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/props"
	"cosw/props/explore"
)

func runMerge(ctx context.Context, args []string, s streams) (err error) {
	f := checkFlags{in: s}
	flags := flag.NewFlagSet("merge", flag.ContinueOnError)
	f.registerReport(flags)
	if ok, err := parse(flags, args, mergeHelp, s); !ok {
		return err
	}
	if flags.NArg() == 0 {
		return usageError("merge takes the files that cosw check --part writes: cosw merge part-*.json")
	}
	files, err := partsIn(flags.Args())
	if err != nil {
		return err
	}
	parts, err := readParts(files, s)
	if err != nil {
		return err
	}
	f.bounds = model.DefaultBounds // those of the parts count
	if checked := parts.Properties(); len(checked) < len(props.IDs()) {
		f.properties = strings.Join(checked, ",")
	}
	o, err := f.options()
	if err != nil {
		return err
	}
	if o.Scope != model.Space.Full() && o.Scope != parts.Scope() {
		return usageError("the parts are of %s, and not of %s: leave out what chooses designs", model.Space.Format(parts.Scope()), model.Space.Format(o.Scope))
	}
	o.Scope = parts.Scope()
	defer func() { // the files tell of something that the model does not do
		if p := recover(); p != nil {
			if unfounded, ok := p.(error); !ok || !errors.Is(unfounded, explore.ErrUnfounded) {
				panic(p)
			}
			err = &failure{exitSyntax, errors.New("the parts tell of what the model does not do: they were changed, or written by another version")}
		}
	}()
	return f.finish(o, s, func(o props.Options) (*props.Report, error) {
		r, err := parts.Check(ctx, o)
		if err == nil {
			searched, different := parts.Worlds()
			fmt.Fprintf(s.err, "%d of %d parts: %s worlds were searched, and about %s of them differ: each was searched %.1f times\n",
				parts.Count(), parts.Of(), number(searched), number(different), float64(searched)/float64(max(1, different)))
		}
		return r, err
	})
}

// partsIn returns the files that arguments name: files as they are, and of folders all that end in .json.
func partsIn(names []string) (files []string, err error) {
	for _, name := range names {
		if info, err := os.Stat(name); err != nil || !info.IsDir() {
			files = append(files, name)
			continue
		}
		err := filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(path) != ".json" {
				return err
			}
			files = append(files, path)
			return checkRegular(os.Stat(path))
		})
		if err != nil {
			return nil, &failure{exitSystem, fmt.Errorf("cannot read %s: %w", name, withoutPath(err))}
		}
	}
	if files == nil {
		return nil, usageError("there is no part in %s: cosw check --part 1/16 --out %s writes one there", names[0], names[0])
	}
	return files, nil
}

// readParts reads parts of one family, searched by one version.
func readParts(names []string, s streams) (*props.Portions, error) {
	var portions []*props.Portion
	var first *partFile
	for _, name := range names {
		file, err := readPart(name, s)
		if err != nil {
			return nil, err
		}
		if first == nil {
			first = file
		}
		if file.Cosw != first.Cosw {
			return nil, &failure{exitSyntax, fmt.Errorf("%s was written by %s, and %s by %s: search one of them again", names[0], first.Cosw, name, file.Cosw)}
		}
		portions = append(portions, &file.Portion)
	}
	parts, err := props.Join(portions)
	if err != nil {
		return nil, &failure{exitSyntax, fmt.Errorf("these are not parts of one check: %w", err)}
	}
	return parts, nil
}
