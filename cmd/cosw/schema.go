package main

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	flag "github.com/spf13/pflag"

	"cosw/model/family"
)

// schemaFiles describe what commands print with --format json.
//
//go:embed schema/*.json
var schemaFiles embed.FS

func runSchema(_ context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("schema", flag.ContinueOnError)
	if ok, err := parse(flags, args, schemaHelp, s); !ok {
		return err
	}
	names := schemaNames()
	if flags.NArg() == 0 {
		for _, name := range names {
			fmt.Fprintln(s.out, name)
		}
		return nil
	}
	if flags.NArg() > 1 {
		return usageError("schema takes one name: leave out %q", flags.Arg(1))
	}
	text, err := schemaFiles.ReadFile("schema/" + flags.Arg(0) + ".json")
	if err != nil {
		return usageError("%v", &family.UnknownWordError{What: "schema", Word: flags.Arg(0), Valid: names})
	}
	_, err = s.out.Write(text)
	return err
}

// schemaNames returns the names of the schemas.
func schemaNames() []string {
	files, err := fs.Glob(schemaFiles, "schema/*.json")
	if err != nil {
		panic("cosw: the schemas are broken: " + err.Error())
	}
	for i, file := range files {
		files[i] = strings.TrimSuffix(strings.TrimPrefix(file, "schema/"), ".json")
	}
	return files
}
