package render

import (
	"cosw/traces/typeset"
)

// A picture does not know the font of its reader. It measures text by the widths of DejaVu Sans, which is wider than what
// system-ui stands for on any system, so that nothing overlaps or is cut off.

// advances are the widths of the characters from ' ' to '~' in DejaVu Sans, in thousandths of the size.
var advances = [...]int{
	318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
	636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
	603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
	634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
}

// wide is the width of every other character: that of a square, such as a Chinese sign.
const wide = 1000

// face is how a text is set.
type face struct {
	class string
	size  int  // in px
	bold  bool // a little wider
}

// The faces of a picture. The template gives each its looks.
var (
	faceTitle   = face{"title", 18, true}
	faceBody    = face{"body", 13, false}
	faceStrong  = face{"strong", 13, true}
	faceMuted   = face{"muted", 12, false}
	faceBecause = face{"because", 12, true}
	faceLabel   = face{"label", 12, false}
	faceHead    = face{"head", 13, true}
	faceAbout   = face{"about", 11, false}
	faceLegend  = face{"legend", 11, false}
)

// line is the distance from one line of text to the next.
func (f face) line() int { return f.size + 4 }

// width returns how wide text is at most, in px.
func (f face) width(text string) int {
	sum := 0
	for _, r := range text {
		switch {
		case r >= ' ' && r <= '~':
			sum += advances[r-' ']
		default:
			sum += wide
		}
	}
	if f.bold {
		sum += sum * 15 / 100
	}
	return (sum*f.size + 999) / 1000
}

// wrap breaks text into lines that are at most so many px wide. A word that is wider by itself is broken, too.
func (f face) wrap(text string, width int) []string { return typeset.Ruler(f.width).Fit(text, width) }

// widthOf returns the width of the widest of several lines.
func (f face) widthOf(lines []string) int {
	width := 0
	for _, line := range lines {
		width = max(width, f.width(line))
	}
	return width
}
