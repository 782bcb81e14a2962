//go:build race

package props

// raceEnabled tells that the race detector is at work, which makes everything many times slower.
const raceEnabled = true
