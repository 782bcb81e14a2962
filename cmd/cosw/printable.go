package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// longestWord is how many characters of a word an error repeats. What somebody passed by mistake, such as the content of a file
// in place of its name, must not push the error itself off the screen.
const longestWord = 120

// longestMessage is how many characters an error has. The longest of its own, which list the steps that are enabled, have fewer;
// what somebody passed by mistake may have blanks.
const longestMessage = 2000

// oneLine returns a message for a terminal: a single line, without control characters, and with no endless words, or too many.
func oneLine(message string) string {
	words := strings.Split(message, " ")
	for i, w := range words {
		w = printable(strings.ReplaceAll(w, "\n", `\n`))
		words[i] = shortened(w, longestWord)
	}
	return shortened(strings.Join(words, " "), longestMessage)
}

// shortened returns text without its middle if it has more characters than there is room for.
func shortened(text string, room int) string {
	if r := []rune(text); len(r) > room {
		return string(r[:room/2]) + "…" + string(r[len(r)-room/2:])
	}
	return text
}

// printable returns text with its control characters written out, so that no input can steer a terminal that it is printed on.
// Line ends and tabs stay. The rest is written as JSON has it, where it can be part of strings: what is JSON stays valid.
func printable(text string) string {
	if strings.IndexFunc(text, steers) < 0 && utf8.ValidString(text) {
		return text
	}
	var out strings.Builder
	for i, r := range text {
		switch _, width := utf8.DecodeRuneInString(text[i:]); {
		case r == utf8.RuneError && width == 1:
			out.WriteString(`\x` + strconv.FormatUint(uint64(text[i]), 16))
		case steers(r) && r < ' ':
			out.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		case steers(r):
			for _, unit := range utf16.AppendRune(nil, r) {
				fmt.Fprintf(&out, `\u%04x`, unit)
			}
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// steers tells whether a character does something else than to be drawn: control and formatting characters, such as those that
// change the direction of text.
func steers(r rune) bool {
	return r != '\n' && r != '\t' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// page is the output of a command: it writes what is printable, and says how wide lines may be. Each call of Write must write
// whole characters.
type page struct {
	w        io.Writer
	width    int
	coloured bool                     // colours are wanted
	paint    func(text string) string // puts them there; nil: none are written
}

func (p page) Write(b []byte) (int, error) {
	text := printable(string(b))
	if p.paint != nil {
		text = p.paint(text)
	}
	if _, err := io.WriteString(p.w, text); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Width returns how wide lines may be.
func (p page) Width() int { return p.width }
