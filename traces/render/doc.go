// Package render shows traces to people who never saw the model: as text in columns, as prose that argues like a proof,
// as a Mermaid sequence diagram, and in other forms.
//
// Begin with [NewScene]: it makes a [Scene] of a trace, with the parties that take part and, for each step, what goes from
// one to another, what changes at each, and the answers that the step depended on. All forms but those for machines are
// made of the scene, and cut it down first where only a part is wanted: see [Scene.Until] and [Scene.Around].
//
// [Scene.SVG] and [Scene.HTML] are pictures and pages for people; [ITF], [DOT] and [Porcupine] hand a trace to other tools.
//
// Everything here is a pure function of the trace. Wording is in describe.go for scenes, describe_text.go for columns,
// describe_prose.go and describe_ending.go for sentences, describe_pictures.go for pictures and pages.
package render
