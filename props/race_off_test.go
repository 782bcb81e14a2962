//go:build !race

package props

// RaceEnabled tells that the race detector is at work, which makes everything many times slower.
const RaceEnabled = false
