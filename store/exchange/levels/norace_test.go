//go:build !race

package levels_test

const raceDetector = false
