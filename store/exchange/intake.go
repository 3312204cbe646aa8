package exchange

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/paper"
)

// Receipt is what became of one of several books taken in together.
type Receipt struct {
	Report
	Path   string
	Office store.Office // it counts under; no code: under none
	Period Period
	Again  string // the batch that took the very same file in before; then nothing was done
	Older  bool   // its sender has written another since, which came before it
	Held   string // why nothing of it came in
	Err    error  // why it could not be read or written

	Papers    paper.Unpacked // of the companions beside it
	PapersErr error          // why not all of them came in; the book is in
}

// Intake is how several books are taken in together.
type Intake struct {
	Period Period // of plain rosters, which say none
	Settle Side
	// Before runs before each book is written: a copy of the ledger, say.
	Before   func(ctx context.Context, write func() error) error
	Progress func(book int, step string, done, total int64)
}

// TakeIn takes in books that offices sent, each as a batch of its own; one that
// cannot be read, or must not come in without a person, stops none. A plain
// roster is accepted under the one office whose villages it speaks of. The
// receipts stand in the order of the paths; where ctx ends, those of the rest
// are missing.
func TakeIn(ctx context.Context, db *store.DB, who store.Actor, paths []string, in Intake) []Receipt {
	var out []Receipt
	for i, path := range paths {
		if ctx.Err() != nil {
			break
		}
		r := Receipt{Path: path, Report: Report{Book: filepath.Base(path), Problems: []Problem{}}}
		r.Err = in.one(ctx, db, who, i, &r)
		if ctx.Err() != nil && r.Batch == "" {
			break
		}
		out = append(out, r)
	}
	return out
}

// one takes in one book.
func (in *Intake) one(ctx context.Context, db *store.DB, who store.Actor, i int, r *Receipt) error {
	plan, err := in.plan(ctx, db, i, r)
	if err != nil || r.Again != "" {
		return err
	}
	r.Report = plan.Report
	if plan.Held() != "" {
		r.Held = plan.Held()
		seq, err := Hold(db, who, plan, r.Held)
		r.Batch = BatchID(seq)
		return err
	}
	plan.Settle(in.Settle)
	write := func() error {
		if r.Report, err = Apply(ctx, db, who, plan, in.progress(i)); err != nil {
			return err
		}
		r.Papers, r.PapersErr = plan.TakePapers(ctx, db, who, func(done, total int64) {
			if in.Progress != nil {
				in.Progress(i, "附件", done, total)
			}
		})
		return nil
	}
	if in.Before != nil {
		return in.Before(ctx, write)
	}
	return write()
}

func (in *Intake) progress(i int) func(done, total int) {
	if in.Progress == nil {
		return nil
	}
	return func(done, total int) { in.Progress(i, "写入", int64(done), int64(total)) }
}

// plan reads a book and holds it against the ledger; a roster twice, for whose
// it is only its rows tell.
func (in *Intake) plan(ctx context.Context, db *store.DB, i int, r *Receipt) (plan *Plan, err error) {
	o := Options{}
	if in.Progress != nil {
		o.Progress = func(step string, done, total int64) { in.Progress(i, step, done, total) }
	}
	book, err := Open(ctx, db, r.Path, o)
	if err != nil {
		return nil, err
	}
	err = db.View(func(tx *store.Tx) error {
		if r.Again, err = tookBefore(tx, book); err != nil || r.Again != "" {
			return err
		}
		if plan, err = book.Plan(ctx, tx); err != nil {
			return err
		}
		if !book.Stamped() && tx.Office().Level > field.Township {
			from, ok, err := SenderOf(tx, plan)
			switch {
			case err != nil:
				return err
			case !ok:
				return errors.New("看不出这份花名册是哪一个下级单位的（里面的嘎查村不属于同一个单位，或台账里还没有这些嘎查村）；请从“导入”单独导入它")
			}
			book.options.From, book.options.Period = &from, in.Period
			if plan, err = book.Plan(ctx, tx); err != nil {
				return err
			}
		}
		b := plan.arrived()
		if r.Period = Period(b.Period); b.Code != "" { // as this ledger calls it
			if r.Office, _, err = known(tx, store.Office{Code: b.Code, Name: b.From}); err != nil {
				return err
			}
		}
		r.Older, err = cameLater(tx, &b)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("“%s”：%w", book.Name, err)
	}
	return plan, nil
}

// tookBefore is the batch that took the very same file in, empty if none did or
// it was taken back.
func tookBefore(tx *store.Tx, b *Book) (string, error) {
	for e, err := range tx.Standing() {
		if err != nil {
			return "", err
		}
		if e.Batch != nil && e.Batch.Digest == b.Digest && e.Batch.Held == "" {
			return BatchID(e.Seq), nil
		}
	}
	return "", nil
}

// cameLater reports that a book its sender wrote later on the same period is in
// already.
func cameLater(tx *store.Tx, b *store.Batch) (bool, error) {
	board, err := BoardOf(tx, field.Date{}, Period(b.Period))
	if err != nil || b.Made.IsZero() {
		return false, err
	}
	r := board.at(b.Code, Period(b.Period))
	return r != nil && r.Last.Seq > 0 && b.Made.Before(r.Last.Batch.Made), nil
}
