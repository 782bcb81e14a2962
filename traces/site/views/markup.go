package views

import (
	"html"
	"strings"
)

// markup is HTML. It is made by text, which escapes, and by element, whose names are the package's own; nothing else turns
// text into markup, but for pictures of package render.
type markup string

// text returns words as markup.
func text(words ...string) markup { return markup(html.EscapeString(strings.Join(words, ""))) }

// attributes are names and values in turn. One with an empty name is left out.
type attributes []string

// element returns an element with what is in it.
func element(name string, given attributes, inner ...markup) markup {
	var b strings.Builder
	b.Grow(len("<></>") + 2*len(name) + size(given, len(` =""`)) + size(inner, 0))
	b.WriteByte('<')
	b.WriteString(name)
	for i := 0; i+1 < len(given); i += 2 {
		if given[i] != "" {
			b.WriteByte(' ')
			b.WriteString(given[i])
			b.WriteString(`="`)
			b.WriteString(html.EscapeString(given[i+1]))
			b.WriteByte('"')
		}
	}
	b.WriteByte('>')
	for _, m := range inner {
		b.WriteString(string(m))
	}
	b.WriteString("</")
	b.WriteString(name)
	b.WriteByte('>')
	return markup(b.String())
}

// size returns how many bytes pieces have, with some more for each.
func size[T ~string](pieces []T, more int) int {
	n := 0
	for _, p := range pieces {
		n += len(p) + more
	}
	return n
}

// classed returns an element of a class.
func classed(name, class string, inner ...markup) markup {
	return element(name, attributes{"class", class}, inner...)
}

// code returns a name of the model.
func code(name string) markup { return element("code", nil, text(name)) }

// codes returns names with a separator between them.
func codes(names []string, separator string) markup { return joined(each(names, code), separator) }

// joined puts a separator between pieces.
func joined(pieces []markup, separator string) markup {
	between := string(text(separator))
	var b strings.Builder
	b.Grow(size(pieces, len(between)))
	for i, m := range pieces {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(string(m))
	}
	return markup(b.String())
}

// each makes a piece of each of some things.
func each[T any](things []T, piece func(T) markup) []markup {
	all := make([]markup, len(things))
	for i, t := range things {
		all[i] = piece(t)
	}
	return all
}

// concat puts pieces one behind the other.
func concat(pieces ...markup) markup { return joined(pieces, "") }

// link returns a link to a state of the page it stands on.
func link(id, class string, to fragment, inner ...markup) markup {
	return element("a", attributes{"id", id, "class", class, "href", "#" + string(to)}, inner...)
}

// toggle returns a switch: a link to the state in which it is the other way round.
func toggle(id, class, label string, on bool, to fragment, inner ...markup) markup {
	checked := "false"
	if on {
		checked = "true"
	}
	return element("a", attributes{"id", id, "class", class, "href", "#" + string(to), "role", "switch", "aria-checked", checked,
		"aria-label", label}, inner...)
}
