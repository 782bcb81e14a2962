//go:build race

package main

// raceEnabled tells that the race detector is at work, which makes everything many times slower.
const raceEnabled = true
