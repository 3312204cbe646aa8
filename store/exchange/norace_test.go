//go:build !race

package exchange_test

const slack = 1

const raceDetector = false
