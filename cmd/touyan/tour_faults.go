package main

import (
	"os"

	"touyan/store"
	"touyan/store/pages"
	"touyan/ui/page"
)

// trust shows what makes a ledger one to rely on: who did what, that nothing of
// it was changed, and the copies.
func (g *guide) trust() {
	g.do(g.w.Desk().Change)
	g.do(func() { g.w.Open(g.ledger) })
	g.come("张敏", tourWord)
	g.link("显示号码")
	g.room("person")
	g.shot("numbers")
	g.link("隐藏号码")
	g.room(page.RoomJournal)
	on(g, func(j *page.Journal) { j.Grid.Select(j.Rows()[g.lastBatch()]) })
	g.press("看这一条")
	g.shot("journal-entry")
	g.do(g.w.Desk().Close)
	g.press("核验")
	g.shot("verified")
	g.do(g.w.Desk().Close)
	g.room(page.RoomBackups)
	g.press("立即备份")
	on(g, func(b *page.Backups) { b.Grid.Select(b.Rows()[0]) })
	g.shot("backups")
	g.press("核对这一份")
	g.shot("backup-checked")
	g.press("恢复…")
	g.shot("restore")
	g.press("恢复 ")
}

// lastBatch is how many entries the journal has after the newest of a book.
func (g *guide) lastBatch() (n int) {
	g.w.Desk().DB.View(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil || e.Batch != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n
}

// torn shows a ledger whose last operation did not reach the disk whole.
func (g *guide) torn() {
	g.do(g.w.Desk().Change)
	f, err := os.OpenFile(g.ledger, os.O_RDWR, 0)
	must(err)
	last := pages.Roots(f)[0]
	_, err = f.WriteAt(make([]byte, last.PageSize), int64(last.Tree)*int64(last.PageSize))
	must(err)
	must(f.Close())
	g.do(func() { g.w.Open(g.ledger) })
	g.shot("damaged-last")
	g.press("恢复到最后一步之前")
	g.press("恢复")
	g.come("张敏", tourWord)
	g.shot("damaged-last-restored")
}

// rescue shows what is said of a ledger that was damaged, and what helps.
func (g *guide) rescue() {
	g.do(g.w.Desk().Change)
	f, err := os.OpenFile(g.ledger, os.O_RDWR, 0)
	must(err)
	_, err = f.WriteAt(make([]byte, 20_000), 0) // as a disk that fails leaves it
	must(err)
	must(f.Close())
	g.do(func() { g.w.Open(g.ledger) })
	g.shot("damaged")
	g.press("恢复这份备份")
	g.shot("damaged-restore")
	g.press("恢复")
	g.come("张敏", tourWord)
	g.room(page.RoomBackups)
	g.shot("damaged-restored")
}
