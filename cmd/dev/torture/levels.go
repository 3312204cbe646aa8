package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"touyan/store/exchange/levels"
)

// stepsOfHistory is how much happens in a history before the books go up and
// down for the last time.
const stepsOfHistory = 30

// lived lives through histories of offices on three levels until the time is
// over. A promise that was broken counts as silent: a ledger holds something
// else than it should, and nothing says so.
func lived(ctx context.Context, t *tally, j job) error {
	for n := uint64(0); ctx.Err() == nil; n++ {
		dir := filepath.Join(j.dir, fmt.Sprint("history", n))
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		counts, err := levels.Play(ctx, dir, j.seed*1_000_000+uint64(j.first)*10_000+n, stepsOfHistory)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			t.add(silent)
			t.find("%v", err)
		default:
			t.add(opened)
			t.lived.Add(counts)
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return nil
}

// happened is what happened in histories, in a line.
func happened(c levels.Counts) string {
	return fmt.Sprintf("%d books, %d edited by hand, %d merges, %d conflicts, %d decisions, %d taken back, %d joined, %d parted, %d voided, %d rounds",
		c.Books, c.HandEdits, c.Merges, c.Conflicts, c.Decisions, c.Undos, c.Joins, c.Parts, c.Voids, c.Rounds)
}
