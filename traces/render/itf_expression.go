package render

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// Expressions of ITF: string, bool, int, []any for a list, and these. Records keep the order of their fields, which a
// map of Go would not.
type (
	field struct {
		name  string
		value any
	}
	record  []field
	set     []any
	mapping [][2]any
)

func (r record) names() []any {
	names := make([]any, len(r))
	for i, f := range r {
		names[i] = f.name
	}
	return names
}

func anyOf(texts []string) []any {
	all := make([]any, len(texts))
	for i, text := range texts {
		all[i] = text
	}
	return all
}

// writeFields writes fields of an object, each on a line of its own.
func writeFields(b *bytes.Buffer, indent string, fields []field) {
	for i, f := range fields {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString(indent)
		writeExpression(b, f.name)
		b.WriteString(": ")
		writeExpression(b, f.value)
	}
}

// writeExpression writes an expression in one line. All integers are written in the form that keeps them whole in
// every reader.
func writeExpression(b *bytes.Buffer, value any) {
	switch v := value.(type) {
	case int:
		b.WriteString(`{"#bigint": "` + strconv.Itoa(v) + `"}`)
	case []any:
		writeList(b, v)
	case set:
		b.WriteString(`{"#set": `)
		writeList(b, v)
		b.WriteString("}")
	case mapping:
		pairs := make([]any, len(v))
		for i, pair := range v {
			pairs[i] = pair[:]
		}
		b.WriteString(`{"#map": `)
		writeList(b, pairs)
		b.WriteString("}")
	case record:
		b.WriteString("{")
		for i, f := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			writeFields(b, "", []field{f})
		}
		b.WriteString("}")
	default: // a string or a bool
		e := json.NewEncoder(b)
		e.SetEscapeHTML(false)
		if err := e.Encode(v); err != nil {
			panic("render: no expression of ITF: " + err.Error())
		}
		b.Truncate(b.Len() - 1) // the line that an encoder ends
	}
}

func writeList(b *bytes.Buffer, list []any) {
	b.WriteString("[")
	for i, v := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		writeExpression(b, v)
	}
	b.WriteString("]")
}
