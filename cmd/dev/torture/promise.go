package main

import (
	"context"
	"fmt"
	"slices"

	"touyan/store"
	"touyan/store/backup"
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

// copiesIn looks at the copies that count by their names: each is whole, and
// none is missing that the steps done have acknowledged.
func copiesIn(s site, steps []step, done int) (verdict, string) {
	want := 0
	for _, one := range steps[:max(0, done-1)] {
		if one.copies {
			want++
		}
	}
	list, err := backup.List(backup.Folder(s.ledger()))
	if err != nil {
		return told, err.Error()
	}
	for _, c := range list {
		if _, err := store.CheckCopy(context.Background(), c.Path, nil); err != nil {
			return told, "half a copy: " + err.Error()
		}
	}
	if len(list) < want {
		return lost, fmt.Sprintf("of %d copies %d are there", want, len(list))
	}
	return opened, ""
}
