package levels_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"touyan/store/exchange/levels"
)

// histories are lived through by go test; cmd/dev test lives through some hundreds
// (TOUYAN_HISTORIES), and cmd/dev torture through thousands.
const histories = 24

// Ensure that a city, its counties and their townships end with the same
// ledgers, whatever was edited, sent, lost, repeated, taken back or decided
// where, that a book merged twice changes nothing the second time, and that
// nothing anybody entered is lost.
func TestThreeLevelsAgree(t *testing.T) {
	n := uint64(histories)
	switch more, err := strconv.ParseUint(os.Getenv("TOUYAN_HISTORIES"), 10, 64); {
	case raceDetector: // it costs ten times the time
		n = 4
	case err == nil:
		n = more
	}
	for seed := range n {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel() // the disk is slower than they are
			if _, err := levels.Play(t.Context(), t.TempDir(), seed, 15); err != nil {
				t.Error(err)
			}
		})
	}
}

// Ensure that histories that once broke a promise keep it.
func TestHistoriesThatOnceDiffered(t *testing.T) {
	for _, seed := range []uint64{
		2105236520376560163, // a book merged again after merging it had found two people to be one
	} {
		if _, err := levels.Play(t.Context(), t.TempDir(), seed, 30); err != nil {
			t.Error(err)
		}
	}
}
