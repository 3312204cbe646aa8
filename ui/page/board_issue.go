package page

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"touyan/store"
	"touyan/store/backup"
	"touyan/store/disk"
	"touyan/store/exchange"
	"touyan/store/field"
)

// issue writes every office below ours a book of its own into a folder.
func (b *Board) issue(folder string, locked bool) {
	d := b.desk
	forms, err := exchange.Registers(d.DB.Kinds(), nil)
	if err == nil {
		if e := os.MkdirAll(folder, 0o700); e != nil {
			err = disk.CannotWrite(folder, e)
		}
	}
	if err != nil {
		d.Fail(err)
		return
	}
	o := exchange.Order{Forms: forms, Copy: exchange.Full, Cover: true, Protect: locked, AsOf: field.DateAt(d.DB.Now())}
	var sent []exchange.Sent
	d.work(sayWritingBook, func(ctx context.Context, tell func(done, total int64)) (err error) {
		sent, err = exchange.SendEach(ctx, d.DB, d.Who, folder, o, func(done, total int) { tell(int64(done), int64(total)) })
		return err
	}, func() {
		d.Tell(Notice{Text: sayIssued(len(sent), filepath.Base(folder)), Choices: []Choice{{Text: doOpenFolder, Do: func() { d.OpenFile(folder) }}}})
		b.Refresh()
	})
}

// TakesMany reports whether books that come in together are reports of the
// offices below ours.
func (d *Desk) TakesMany(paths []string) bool {
	return len(paths) > 1 && d.DB.Office().Level > field.Township && !slices.ContainsFunc(paths, isCompanion)
}

// TakeInAll takes in reports on the period at hand.
func (d *Desk) TakeInAll(paths []string) {
	d.takeIn(paths, exchange.Periods(field.DateAt(d.DB.Now()))[0])
}

// takeIn takes in books that offices sent and shows what became of each.
func (d *Desk) takeIn(paths []string, p exchange.Period) {
	var got []exchange.Receipt
	d.work(sayTakingIn(len(paths)), func(ctx context.Context, tell func(done, total int64)) error {
		in := exchange.Intake{Period: p, Progress: func(book int, _ string, done, total int64) {
			tell(int64(book)*wholeBook+done*wholeBook/max(1, total), int64(len(paths))*wholeBook)
		}}
		err := d.backedUp(ctx, backup.Import, func() error {
			got = exchange.TakeIn(ctx, d.DB, d.Who, paths, in)
			return nil
		})
		if err == nil && len(got) == 0 {
			return ctx.Err()
		}
		return err
	}, func() {
		r := newReceipts(d, got, len(paths))
		d.Open(r)
		r.Refresh()
	})
}

// wholeBook is what one of several books counts for while they are taken in.
const wholeBook = 1000

// sortSticks puts the memory sticks first.
func sortSticks(places []place) {
	slices.SortStableFunc(places, func(a, b place) int {
		switch one, other := isStick(a.path), isStick(b.path); {
		case one == other:
			return 0
		case one:
			return -1
		}
		return 1
	})
}

// boardWaits counts the offices whose report on the period at hand is late, or
// waits for a person.
func boardWaits(d *Desk) func(*store.Tx) (int, error) {
	return func(tx *store.Tx) (n int, err error) {
		today := field.DateAt(d.DB.Now())
		b, err := exchange.BoardOf(tx, today, exchange.Periods(today)[0])
		if err != nil {
			return 0, err
		}
		for _, o := range b.Offices {
			if r := &o.Reports[0]; r.Standing == exchange.Arrived || r.Standing == exchange.Unreported && r.Late > 0 {
				n++
			}
		}
		return n, nil
	}
}
