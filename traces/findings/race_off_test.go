//go:build !race

package findings

// raceEnabled tells that the race detector is at work, which makes everything many times slower.
const raceEnabled = false
