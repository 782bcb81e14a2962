// Package site is the static site about the findings: a page that answers what-if questions, one that steps through the
// model, the findings, and what browsers do.
//
// [Files] makes all of its files. What they show is said by package views, which runs in the pages, compiled for WebAssembly
// by package program; until it has been loaded they show what it said when the site was written. A page loads nothing but
// files of the site, and all of them as scripts, so that it works from a folder on disk as well.
package site

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/props"
	"cosw/traces/infer"
	"cosw/traces/render"
	"cosw/traces/site/program"
	"cosw/traces/site/views"
)

//go:embed assets
var assets embed.FS

var templates = template.Must(template.ParseFS(assets, "assets/*.tmpl"))

// Source is what a site is made of.
type Source struct {
	Report     *props.Report // a finished check of the whole family
	Findings   []byte        // findings.md
	Recordings []*recording.Recording
	Browsers   []infer.Platform // what each engine chose, by the recordings
	Program    *program.Files
}

// policy lets a page load scripts, styles and pictures of the site, run WebAssembly, and do nothing else.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"

// pageLink is a page as the others link it.
type pageLink struct{ File, Title string }

var pageLinks = []pageLink{
	{"index.html", "What if"}, {"step.html", "Step"}, {"findings.html", "Findings"}, {"browsers.html", "Browsers"},
}

// page is what the template of all pages writes.
type page struct {
	pageLink
	Program string // the name of the page for package views; empty for one without the program
	Policy  string
	Links   []pageLink
	Body    template.HTML
	Bounds  model.Bounds
}

// Files returns the files of the site by their names.
func Files(s Source) (map[string][]byte, error) {
	data, corpus, err := s.data()
	if err != nil {
		return nil, err
	}
	loaded, err := views.Load(data)
	if err != nil {
		return nil, err
	}
	b := &builder{Source: s, corpus: corpus, program: loaded, files: map[string][]byte{
		"wasm_exec.js": s.Program.Runtime,
		"site.css":     append(asset("site.css"), render.PictureStyle...),
		"site.js":      asset("site.js"),
		"folds.js":     asset("folds.js"),
		"icon.svg":     asset("icon.svg"),
	}}
	for name, content := range map[string][]byte{"coswProgram": s.Program.Wasm, "coswData": data} {
		script, err := packed(name, content)
		if err != nil {
			return nil, err
		}
		b.files[map[string]string{"coswProgram": "program.js", "coswData": "data.js"}[name]] = script
	}
	for _, write := range []func() error{b.whatIf, b.step, b.findings, b.browsers} {
		if err := write(); err != nil {
			return nil, err
		}
	}
	return b.files, nil
}

// builder makes the files.
type builder struct {
	Source
	corpus  []views.Kept
	program *views.Program
	files   map[string][]byte
}

func asset(name string) []byte {
	data, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic(fmt.Sprintf("site: %v", err))
	}
	return data
}

// data returns what the program works with, as it reads it.
func (s *Source) data() ([]byte, []views.Kept, error) {
	saved, err := s.Report.Save()
	if err != nil {
		return nil, nil, err
	}
	corpus, err := keptTraces()
	if err != nil {
		return nil, nil, err
	}
	data, err := json.Marshal(views.Data{Report: saved, Corpus: corpus})
	return data, corpus, err
}

// packed returns a script that sets a global name to content, compressed and written as text: the one form in which pages
// load it from a server and from a folder alike.
func packed(name string, content []byte) ([]byte, error) {
	var b, compressed bytes.Buffer
	w, err := gzip.NewWriterLevel(&compressed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	fmt.Fprintf(&b, "const %s = %q;\n", name, base64.StdEncoding.EncodeToString(compressed.Bytes()))
	return b.Bytes(), nil
}

// add writes a page around a body.
func (b *builder) add(link pageLink, program string, body []byte) error {
	var out bytes.Buffer
	err := templates.ExecuteTemplate(&out, "page.html.tmpl", page{
		pageLink: link, Program: program, Policy: policy, Links: pageLinks, Body: template.HTML(body), Bounds: b.Report.Options.Bounds,
	})
	b.files[link.File] = out.Bytes()
	return err
}

// parts are what the program says of a page when nothing is chosen.
type parts struct {
	markup       map[string]string
	Questions    []model.Question
	Musts, Wants []string
	Corpus       []views.Kept
}

// Properties is how many properties there are.
func (p *parts) Properties() int { return len(p.Musts) + len(p.Wants) }

// Address returns the address of a state on the same page.
func (p *parts) Address(state string) template.URL { return template.URL("#" + state) }

// Part returns the markup of a place.
func (p *parts) Part(id string) template.HTML { return template.HTML(p.markup[id]) }

// shown writes a page that the program shows, with what it says when nothing is chosen.
func (b *builder) shown(link pageLink, name, tmpl string) error {
	view := b.program.Show(name, "")
	if view.Wrong != "" {
		return fmt.Errorf("the page %s cannot be shown: %s", name, view.Wrong)
	}
	p := &parts{markup: view.Parts, Questions: model.Questions(), Corpus: b.corpus}
	for i := range b.Report.Verdicts {
		if property := &b.Report.Verdicts[i].Property; property.Weight == props.Must {
			p.Musts = append(p.Musts, property.ID)
		} else {
			p.Wants = append(p.Wants, property.ID)
		}
	}
	var body bytes.Buffer
	if err := templates.ExecuteTemplate(&body, tmpl, p); err != nil {
		return err
	}
	return b.add(link, name, body.Bytes())
}

func (b *builder) whatIf() error { return b.shown(pageLinks[0], views.WhatIf, "index.html.tmpl") }
func (b *builder) step() error   { return b.shown(pageLinks[1], views.Step, "step.html.tmpl") }
