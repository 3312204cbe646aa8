//go:build race

package xlsx

// stride is how many bits the exhaustive test advances: under the race detector,
// which is slow and has nothing to find there, only some are flipped.
const stride = 13
