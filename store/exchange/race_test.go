//go:build race

package exchange_test

// slack is by how much more a process may take under the race detector.
const slack = 20

const raceDetector = true
