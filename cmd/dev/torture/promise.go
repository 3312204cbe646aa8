package main

import (
	"fmt"
	"slices"
)

// promise is what a ledger must keep after a fault: what it held after the last
// acknowledged step, or, of a step begun and not acknowledged, all or nothing.
type promise struct {
	done  int // steps acknowledged
	begun int // the step begun last; done if none
}

// against holds a digest against those of the steps; the first is of before
// them all.
func (p promise) against(got string, steps []string) (verdict, string) {
	if got == steps[p.done] || p.begun > p.done && p.begun < len(steps) && got == steps[p.begun] {
		return opened, ""
	}
	if at := slices.Index(steps, got); at >= 0 && at < p.done {
		return lost, fmt.Sprintf("the ledger is back at step %d", at)
	}
	return silent, "the ledger holds what no step saved"
}
