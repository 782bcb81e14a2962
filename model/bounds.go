package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cosw/model/family"
)

// Bounds limit a model: how many pages, connections and worker versions there can be, how many messages are under way
// at once per connection and direction (lost ones included), and how many faults there are: a running worker is killed, a
// worker fails to start, a handler hangs, a page is frozen. Kills is how many of them can be kills, which matters only
// where it is less than Faults.
type Bounds struct {
	Pages       int `json:"pages"`
	Connections int `json:"connections"`
	Versions    int `json:"versions"`
	Messages    int `json:"messages"`
	Faults      int `json:"faults"`
	Kills       int `json:"kills"`
}

// boundRecords has a record for each field of [Bounds], in their order. The names are those of flags, scripts and trace files.
var boundRecords = [...]struct {
	name                     string
	field                    func(*Bounds) *int
	smallest, usual, largest int
}{
	{"pages", func(b *Bounds) *int { return &b.Pages }, 1, 2, MaxPages},
	{"connections", func(b *Bounds) *int { return &b.Connections }, 1, 1, MaxConnections},
	{"versions", func(b *Bounds) *int { return &b.Versions }, 1, 2, MaxVersions},
	{"messages", func(b *Bounds) *int { return &b.Messages }, 0, 1, MaxMessages},
	{"faults", func(b *Bounds) *int { return &b.Faults }, 0, 1, MaxFaults},
	{"kills", func(b *Bounds) *int { return &b.Kills }, 0, MaxFaults, MaxFaults},
}

// Bound is a field of [Bounds] with its name.
type Bound struct {
	Name  string
	Value *int
}

// All returns the fields of b, in their order.
func (b *Bounds) All() []Bound {
	all := make([]Bound, len(boundRecords))
	for i, record := range boundRecords {
		all[i] = Bound{record.name, record.field(b)}
	}
	return all
}

// BoundNames returns the names of all bounds, in their order.
func BoundNames() []string {
	names := make([]string, len(boundRecords))
	for i, record := range boundRecords {
		names[i] = record.name
	}
	return names
}

// DefaultBounds are small enough to be explored in seconds with every question open.
var DefaultBounds = func() (b Bounds) {
	for _, record := range boundRecords {
		*record.field(&b) = record.usual
	}
	return b
}()

// Limits returns the smallest and the largest value that each bound may have, for messages and for flags.
func Limits() (smallest, largest Bounds) {
	for _, record := range boundRecords {
		*record.field(&smallest), *record.field(&largest) = record.smallest, record.largest
	}
	return smallest, largest
}

// Validate returns an error that names the first bound that is out of range, and the range.
func (b Bounds) Validate() error {
	for _, record := range boundRecords {
		if n := *record.field(&b); n < record.smallest || n > record.largest {
			return fmt.Errorf("%d %s is out of range: choose from %d to %d", n, record.name, record.smallest, record.largest)
		}
	}
	return nil
}

// Within tells whether no bound of b is larger than the same bound of other.
func (b Bounds) Within(other Bounds) bool {
	for _, record := range boundRecords {
		if *record.field(&b) > *record.field(&other) {
			return false
		}
	}
	return true
}

// Lacks returns what of least is more than b has, as in "2 pages, 1 fault"; nothing if b has it all.
func (b Bounds) Lacks(least Bounds) string {
	var parts []string
	for _, record := range boundRecords {
		if n := *record.field(&least); n > *record.field(&b) {
			parts = append(parts, count(record.name, n))
		}
	}
	return strings.Join(parts, ", ")
}

// count returns as in "1 page" and "2 pages".
func count(name string, n int) string {
	if n == 1 {
		name = strings.TrimSuffix(name, "s")
	}
	return fmt.Sprintf("%d %s", n, name)
}

// String returns b as in "2 pages, 1 connection, 2 versions, 1 message, 1 fault". Like the other forms, it names kills only
// where fewer than all faults can be kills.
func (b Bounds) String() string {
	return b.join(", ", count)
}

// Short returns b as in "2·1·2·1·1", for tables that explain it.
func (b Bounds) Short() string {
	return b.join("·", func(_ string, n int) string { return strconv.Itoa(n) })
}

// Flags returns b as in "--pages 2 --connections 1 --versions 2 --messages 1 --faults 1".
func (b Bounds) Flags() string {
	return b.join(" ", func(name string, n int) string { return fmt.Sprintf("--%s %d", name, n) })
}

// Format returns b as in "pages=2 connections=1 versions=2 messages=1 faults=1", which [ParseBounds] reads.
func (b Bounds) Format() string {
	return b.join(" ", func(name string, n int) string { return fmt.Sprintf("%s=%d", name, n) })
}

// MarshalJSON writes all bounds by their names, and of kills no more than there can be.
func (b Bounds) MarshalJSON() ([]byte, error) {
	type plain Bounds
	b.Kills = min(b.Kills, b.Faults)
	return json.Marshal(plain(b))
}

func (b Bounds) join(separator string, format func(name string, n int) string) string {
	var parts []string
	for _, record := range boundRecords {
		field := record.field(&b)
		if field == &b.Kills && b.Kills >= b.Faults {
			continue
		}
		parts = append(parts, format(record.name, *field))
	}
	return strings.Join(parts, separator)
}

// ParseBounds returns b with the bounds changed that text names, as in "pages=1 faults=0".
func ParseBounds(text string, b Bounds) (Bounds, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return b, wrongBound(text)
	}
	all := b.All()
	for _, word := range words {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return b, wrongBound(word)
		}
		i := slices.Index(BoundNames(), name)
		if i < 0 {
			return b, &family.UnknownWordError{What: "bound", Word: name, Valid: BoundNames()}
		}
		n, err := strconv.Atoi(value)
		if err != nil {
			return b, wrongBound(word)
		}
		*all[i].Value = n
	}
	return b, b.Validate()
}

func wrongBound(word string) error {
	names := BoundNames()
	last := len(names) - 1
	return fmt.Errorf("%q is no bound; expected %s or %s, each as in pages=2", word, strings.Join(names[:last], ", "), names[last])
}
