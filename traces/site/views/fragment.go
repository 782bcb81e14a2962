package views

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"cosw/model/family"
)

// fragment is a state of a page as its address has it, without the sign #.
type fragment string

const (
	version     = "v1"
	longestPart = 1 << 14 // of an address: no page writes one that is nearly as long
)

var (
	errTooLong  = errors.New("the address is too long for a state of this page")
	errNoState  = errors.New("the address has no version: a state of this page begins with " + version)
	errTwice    = errors.New("is given twice")
	errNoFields = errors.New("has no \"=\"")
)

// field is a part of a state.
type field struct{ name, value string }

// fragmentOf writes a state. Fields without a value are left out.
func fragmentOf(fields ...field) fragment {
	var b strings.Builder
	b.WriteString(version)
	for _, f := range fields {
		if f.value != "" {
			b.WriteString(";" + f.name + "=" + f.value)
		}
	}
	return fragment(b.String())
}

// list writes words as the value of a field.
func list(words []string) string {
	escaped := make([]string, len(words))
	for i, w := range words {
		escaped[i] = escape(w)
	}
	return strings.Join(escaped, ",")
}

// escape writes a word so that it has none of the signs that separate, and nothing that an address cannot have.
func escape(word string) string {
	if !strings.ContainsFunc(word, special) {
		return word // as nearly all are, and a page has many
	}
	return unescaped.Replace(url.QueryEscape(word))
}

// special tells whether a sign may have to be escaped.
func special(r rune) bool {
	return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '=')
}

// unescaped leaves as they are some signs that an address can have, and a state has no other use for.
var unescaped = strings.NewReplacer("%3D", "=", "%3A", ":", "%2F", "/")

// words reads what list wrote. The error is about the escapes.
func words(value string) ([]string, error) {
	if value == "" {
		return nil, nil
	}
	var all []string
	for part := range strings.SplitSeq(value, ",") {
		word, err := url.QueryUnescape(part)
		if err != nil {
			return nil, err
		}
		all = append(all, word)
	}
	return all, nil
}

// fields reads a state that is not empty: the value of each of the fields that there can be.
func (f fragment) fields(valid ...string) (map[string]string, error) {
	if len(f) > longestPart {
		return nil, errTooLong
	}
	parts := strings.Split(string(f), ";")
	switch first := parts[0]; {
	case first == version:
	case strings.HasPrefix(first, "v") && !strings.Contains(first, "="):
		return nil, fmt.Errorf("the address has a state of version %q, and this page knows %s", first, version)
	default:
		return nil, errNoState
	}
	found := map[string]string{}
	for _, part := range parts[1:] {
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			return nil, fmt.Errorf("%q %w", part, errNoFields)
		}
		if !slices.Contains(valid, name) {
			return nil, &family.UnknownWordError{What: "part of a state", Word: name, Valid: valid}
		}
		if _, twice := found[name]; twice {
			return nil, fmt.Errorf("%s %w", name, errTwice)
		}
		found[name] = value
	}
	return found, nil
}
