package model

import (
	"fmt"
	"strings"
)

// Bounds limit a model: how many pages, connections and worker versions there can be, how many messages are under way
// at once per connection and direction (lost ones included), and how often a running worker is killed.
type Bounds struct {
	Pages       int
	Connections int
	Versions    int
	Messages    int
	Kills       int
}

// DefaultBounds are small enough to be explored in seconds with every question open.
var DefaultBounds = Bounds{Pages: 2, Connections: 1, Versions: 2, Messages: 1, Kills: 1}

// Limits returns the smallest and the largest value that each bound may have, for messages and for flags.
func Limits() (smallest, largest Bounds) {
	return Bounds{Pages: 1, Connections: 1, Versions: 1},
		Bounds{MaxPages, MaxConnections, MaxVersions, MaxMessages, MaxKills}
}

// Validate returns an error that names the first bound that is out of range, and the range.
func (b Bounds) Validate() error {
	smallest, largest := Limits()
	low, high := smallest.named(), largest.named()
	for i, n := range b.named() {
		if n.value < low[i].value || n.value > high[i].value {
			return fmt.Errorf("%d %s is out of range: choose from %d to %d", n.value, n.name, low[i].value, high[i].value)
		}
	}
	return nil
}

type namedBound struct {
	name  string
	value int
}

func (b Bounds) named() [5]namedBound {
	return [...]namedBound{
		{"pages", b.Pages}, {"connections", b.Connections}, {"versions", b.Versions},
		{"messages", b.Messages}, {"kills", b.Kills},
	}
}

// Within tells whether no bound of b is larger than the same bound of other.
func (b Bounds) Within(other Bounds) bool {
	ours, theirs := b.named(), other.named()
	for i := range ours {
		if ours[i].value > theirs[i].value {
			return false
		}
	}
	return true
}

// String returns b as in "2 pages, 1 connection, 2 versions, 1 message, 1 kill".
func (b Bounds) String() string {
	parts := make([]string, 0, 5)
	for _, n := range b.named() {
		name := n.name
		if n.value == 1 {
			name = strings.TrimSuffix(name, "s")
		}
		parts = append(parts, fmt.Sprintf("%d %s", n.value, name))
	}
	return strings.Join(parts, ", ")
}
