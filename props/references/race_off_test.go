//go:build !race

package references_test

// raceEnabled tells that the race detector is at work, which makes everything several times slower.
const raceEnabled = false
