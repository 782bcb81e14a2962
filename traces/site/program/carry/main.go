// Command carry writes the program of the site's pages beside package program, for a release to carry.
package main

import (
	"context"
	"log"
	"os"

	"cosw/traces/site/program"
)

func main() {
	log.SetFlags(0)
	files, err := program.Compile(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	for name, content := range map[string][]byte{"carried.wasm": files.Wasm, "carried.js": files.Runtime} {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
