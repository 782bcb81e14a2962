// Package render shows traces to people who never saw the model: as text in columns, as prose that argues like a proof,
// as a Mermaid sequence diagram, as a picture and as a page. It also hands them to other tools.
//
// Begin with [NewScene]. A [Scene] is a trace as plain data: the parties, for each step what goes from one party to
// another, what changes, what comes of it and why, and the verdict. Every format is written from the scene alone; all but
// those for tools can also show a part of it, see [Scene.Until] and [Scene.Around].
//
// Words stand with what they describe: those about a history where its scene is built (lifecycle.go, presence.go,
// matching.go), those of one format in its writer, those of several in words.go.
package render
