package props

import (
	"slices"
	"sync"

	"cosw/model/family"
)

// Headings of the draft.
const (
	motivation = "Motivation"
	concepts   = "Concepts"
	navigator  = "Navigator Extension"
	global     = "ServiceWorkerGlobalScope Extension"
)

// Catalogue returns all properties.
func Catalogue() []Property {
	var all []Property
	for _, p := range parts {
		all = append(all, p.Properties()...)
	}
	return all
}

// IDs returns the names of all properties.
func IDs() []string { return slices.Clone(ids()) }

var ids = sync.OnceValue(func() []string {
	var all []string
	for _, p := range Catalogue() {
		all = append(all, p.ID)
	}
	return all
})

// Find returns the property of that name, or an error that names the nearest one.
func Find(id string) (Property, error) {
	all := Catalogue()
	if i := slices.IndexFunc(all, func(p Property) bool { return p.ID == id }); i >= 0 {
		return all[i], nil
	}
	return Property{}, &family.UnknownWordError{What: "property", Word: id, Valid: IDs()}
}
