// Package program is the program of the site's pages as a file: package wasm, compiled for WebAssembly, with the script of
// the Go distribution that runs it in a browser.
//
// A checkout compiles it when it is asked for, and needs Go for that. A release carries it:
//
//	go generate ./traces/site/program && go build -tags carried ./cmd/cosw
package program

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:generate go run ./carry

// Files are the program and the script that runs it.
type Files struct {
	Wasm    []byte // the program
	Runtime []byte // wasm_exec.js of the same Go distribution
}

// source is the package of the program.
const source = "cosw/traces/site/wasm"

// ErrNoSource is why the program cannot be compiled: there is no Go, or no source.
var ErrNoSource = errors.New("the program of the pages has to be compiled: run cosw in a checkout of its source, with Go installed, " +
	"or build one that carries it with go generate ./traces/site/program && go build -tags carried ./cmd/cosw")

// Get returns the program: the one that this binary carries or, if it carries none, one that it compiles from the checkout in
// whose directory it runs.
func Get(ctx context.Context) (*Files, error) {
	if carried != nil {
		return carried, nil
	}
	return Compile(ctx)
}

// Compile compiles the program from the checkout in whose directory it runs.
func Compile(ctx context.Context) (*Files, error) {
	root, err := goCommand(ctx, "env", "GOROOT")
	if err != nil {
		return nil, ErrNoSource
	}
	if _, err := goCommand(ctx, "list", "-e=false", "-f", "{{.Dir}}", "cosw/traces/site/views"); err != nil {
		return nil, ErrNoSource
	}
	folder, err := os.MkdirTemp("", "cosw-site-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	out := filepath.Join(folder, "cosw.wasm")
	if _, err := goCommand(ctx, "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out, source); err != nil {
		return nil, fmt.Errorf("the program of the pages does not compile: %w", err)
	}
	var f Files
	if f.Wasm, err = os.ReadFile(out); err != nil {
		return nil, err
	}
	f.Runtime, err = os.ReadFile(filepath.Join(strings.TrimSpace(root), "lib", "wasm", "wasm_exec.js"))
	return &f, err
}

// goCommand runs the go command for a browser, and returns what it prints. The error has the first line of what it says.
func goCommand(ctx context.Context, args ...string) (string, error) {
	command := exec.CommandContext(ctx, "go", args...)
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOFLAGS=")
	var says bytes.Buffer
	command.Stderr = &says
	out, err := command.Output()
	if err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(says.String()), "\n")
		return "", fmt.Errorf("%w: %s", err, first)
	}
	return string(out), nil
}
