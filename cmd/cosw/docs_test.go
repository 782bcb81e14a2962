package main

import (
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	flag "github.com/spf13/pflag"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"cosw/model/golden"
)

const (
	root   = "../.."
	readme = root + "/README.md"
)

// pages returns the files of the documentation: the README, and a page for each topic.
func pages(t *testing.T) []string {
	t.Helper()
	topics, err := filepath.Glob("docs/*.md")
	if err != nil || len(topics) == 0 {
		t.Fatal("there is no page in docs", err)
	}
	return append([]string{readme}, topics...)
}

func readPage(t *testing.T, page string) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// documentation returns all pages in one.
func documentation(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, page := range pages(t) {
		all.WriteString(readPage(t, page))
	}
	return all.String()
}

// TestTranscripts runs every command that a page shows with a "$ " before it, and compares what follows.
func TestTranscripts(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and its commands have tests of their own")
	}
	commands := 0
	for _, page := range pages(t) {
		t.Run(filepath.Base(page), func(t *testing.T) {
			var out []string
			lines := strings.Split(readPage(t, page), "\n")
			for i := 0; i < len(lines); i++ {
				out = append(out, lines[i])
				command, found := strings.CutPrefix(lines[i], "    $ ")
				if !found {
					continue
				}
				commands++
				out = append(out, transcript(t, command)...)
				for i+1 < len(lines) && (lines[i+1] == "" && strings.HasPrefix(next(lines, i+2), "    ") || strings.HasPrefix(lines[i+1], "    ")) {
					i++ // what it showed before
				}
			}
			golden.Compare(t, page, strings.Join(out, "\n"))
		})
	}
	if commands == 0 {
		t.Error("no page shows a transcript")
	}
}

func next(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// transcript runs a command of the shell in the root of the project, and returns what it prints, indented. What it prints is
// what counts, not its exit code: pages show designs and recordings that are found wanting.
func transcript(t *testing.T, command string) []string {
	shell := exec.Command("sh", "-c", command)
	shell.Dir = root
	shell.Env = append(os.Environ(), "COLUMNS=")
	output, err := shell.CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatalf("%s: %v", command, err)
	}
	lines := strings.Split(strings.TrimRight(string(output), "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "    " + line
		}
	}
	return lines
}

// TestReadmeIsShort: a new user reads the README to the end.
func TestReadmeIsShort(t *testing.T) {
	if lines := strings.Count(readPage(t, readme), "\n"); lines > 250 {
		t.Errorf("it has %d lines: what does not fit into 250 belongs on a page of its topic in docs", lines)
	}
}

// TestLinks: every relative link of every page of the tree leads to a file, and to a heading where it names one; and the
// README leads to every topic.
func TestLinks(t *testing.T) {
	for page := range markdownFiles(t) {
		for _, l := range links(readPage(t, page)) {
			if err := follow(t, page, l); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
	from := links(readPage(t, readme))
	for _, page := range pages(t)[1:] {
		if !slices.Contains(from, "cmd/cosw/"+page) {
			t.Errorf("the README does not lead to %s", page)
		}
	}
	// What leads nowhere must be told.
	for _, l := range []string{"docs/missing.md", "README.md#missing", "cmd/cosw/docs/check.md#missing"} {
		if follow(t, readme, l) == nil {
			t.Errorf("%s is taken for a link that leads somewhere", l)
		}
	}
}

// markdownFiles returns the pages of the whole tree, but for what npm installs.
func markdownFiles(t *testing.T) map[string]bool {
	files := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if filepath.Ext(path) == ".md" {
			files[path] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages(t)[1:] {
		if !files[filepath.Join(root, "cmd/cosw", page)] {
			t.Errorf("%s was not found in the tree", page)
		}
	}
	return files
}

// links returns the relative addresses that a page leads to or shows, in its text.
func links(page string) (found []string) {
	parsed := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader([]byte(page)))
	_ = ast.Walk(parsed, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		var address []byte
		switch n := n.(type) {
		case *ast.Link:
			address = n.Destination
		case *ast.Image:
			address = n.Destination
		}
		if u, err := url.Parse(string(address)); entering && len(address) > 0 && (err != nil || u.Scheme == "") {
			found = append(found, string(address))
		}
		return ast.WalkContinue, nil
	})
	return found
}

var (
	heading  = regexp.MustCompile(`(?m)^#+ (.*)$`)
	anchor   = regexp.MustCompile(`id="([^"]+)"`)
	unlinked = regexp.MustCompile(`[^\p{L}\p{N}_ -]`) // what GitHub drops from a heading
)

// follow looks for what a link leads to. Headings have the anchors that GitHub gives them.
func follow(t *testing.T, page, link string) error {
	file, fragment, _ := strings.Cut(link, "#")
	target := page
	if file != "" {
		target = filepath.Join(filepath.Dir(page), file)
	}
	if _, err := os.Stat(target); err != nil || fragment == "" {
		return err
	}
	body := readPage(t, target)
	for _, m := range heading.FindAllStringSubmatch(body, -1) {
		if strings.ReplaceAll(unlinked.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-") == fragment {
			return nil
		}
	}
	for _, m := range anchor.FindAllStringSubmatch(body, -1) {
		if m[1] == fragment {
			return nil
		}
	}
	return errors.New("nothing in " + target + " is called #" + fragment)
}

// shownCommand finds the commands that a text shows, each as far as a shell takes it for one command: what explains it stands two blanks
// to the right.
var shownCommand = regexp.MustCompile(`(?m)^ +(?:\$ )?(cosw [a-z]+(?: (?:'[^'\n]*'|[^ '|\n])+)*)(\|?)`)

// TestShownCommands: each command that a page or a help shows is one that there is, with flags that it has, and a shell passes it
// on as it stands.
func TestShownCommands(t *testing.T) {
	text := documentation(t)
	for _, c := range commands() {
		if _, examples, found := strings.Cut(c.help, "\nexamples\n"); found {
			text += examples
		}
	}
	checked := 0
	for _, match := range shownCommand.FindAllStringSubmatch(text, -1) {
		words := strings.Fields(match[1])
		name := words[1]
		if name == "lab" && len(words) > 2 {
			name = strings.Join(words[1:3], " ")
		}
		if !slices.Contains(allCommands(), name) && name != "lab" && name != "help" {
			t.Errorf("%s: no such command", match[1])
			continue
		}
		if match[2] == "|" {
			t.Errorf("%s: a shell takes | for a pipe", match[1])
		}
		known := []string{"help"}
		eachFlag(name, func(f *flag.Flag) { known = append(known, f.Name) })
		for _, word := range words {
			if of, found := strings.CutPrefix(word, "--"); found && !slices.Contains(known, of) {
				t.Errorf("%s: %s is no flag of it", match[1], word)
			}
		}
		checked++
	}
	if checked < 50 {
		t.Errorf("only %d commands were found", checked)
	}
}
