//go:build !race

package props

// raceEnabled tells that the race detector is at work, which makes everything several times slower: samples are smaller.
const raceEnabled = false
