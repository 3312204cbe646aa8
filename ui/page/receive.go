package page

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/backup"
	"touyan/store/disk"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/paper"
	"touyan/store/xlsx"
	"touyan/ui/entry"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// ChooseBook asks for a book and takes it in.
func (d *Desk) ChooseBook() {
	d.chooseOpen(titleChooseBook, append(slices.Clone(bookEndings), paper.CompanionTail), d.Receive)
}

// Receive takes in a book: gathers it, holds it against the ledger and shows
// what it would do. Nothing is written before a person accepts.
func (d *Desk) Receive(path string) {
	if isCompanion(path) {
		d.takeCompanions([]string{path})
		return
	}
	d.receive(path, exchange.Options{})
}

func (d *Desk) receive(path string, o exchange.Options) {
	var r *reading
	var m *merging
	d.Attempt(sayReading(filepath.Base(path)), func(ctx context.Context, tell func(done, total int64)) (err error) {
		r, err = d.readBook(ctx, path, o, tell)
		if err == nil && r.book != nil && r.book.Stamped() {
			m, err = holdReturned(ctx, d.DB, r.book, nil)
		}
		return err
	}, func(err error) {
		refusal, carrier := (*xlsx.Error)(nil), (*exchange.CarrierError)(nil)
		switch {
		case err == nil && m != nil:
			RecentBooks.Note(path)
			d.Open(newReview(d, r.book, m))
		case err == nil:
			RecentBooks.Note(path)
			d.Open(newWizard(d, path, o, r))
		case errors.Is(err, context.Canceled):
			d.Tell(Notice{Text: sayNothingWritten})
		case errors.As(err, &refusal) && (refusal.Code == xlsx.Encrypted || refusal.Code == xlsx.WrongPassword):
			d.askPassword(path, o, refusal.Code == xlsx.WrongPassword)
		case errors.As(err, &carrier):
			d.askAsRoster(path, o, err)
		default:
			d.Fail(err)
		}
	})
}

// readBook reads a book and holds it against the ledger, but for a returned one,
// which is held otherwise. Where no table is
// recognised it looks for the sheets a person may choose among.
func (d *Desk) readBook(ctx context.Context, path string, o exchange.Options, tell func(done, total int64)) (*reading, error) {
	o.Progress = func(_ string, done, total int64) { tell(done, total) }
	book, err := exchange.Open(ctx, d.DB, path, o)
	if err == nil {
		r := &reading{book: book}
		if book.Stamped() {
			return r, nil
		}
		return r, r.hold(ctx, d.DB)
	}
	if ctx.Err() != nil || errors.As(err, new(*xlsx.Error)) || errors.As(err, new(*exchange.CarrierError)) || errors.As(err, new(*disk.Error)) {
		return nil, err
	}
	sheets, again := exchange.Sheets(ctx, path, o.Password)
	if again != nil || !slices.ContainsFunc(sheets, func(s exchange.Sheet) bool { return len(s.Top) > 0 }) {
		return nil, err
	}
	return &reading{sheets: sheets}, nil
}

// askAsRoster tells that a book has lost its stamps, what reading it without
// them means, and asks.
func (d *Desk) askAsRoster(path string, o exchange.Options, err error) {
	o.AsRoster = true
	d.Show(titleCarrier, prose(sentence(err)+"\n"+sayAsRoster, theme.Current().Dialog), narrow,
		Choice{Text: doCancel}, Choice{Text: doAsRoster, Do: func() { d.receive(path, o) }})
}

// askPassword asks for what opens a book.
func (d *Desk) askPassword(path string, o exchange.Options, again bool) {
	says := sayPassword
	if again {
		says = sayPasswordAgain
	}
	typed := entry.New()
	typed.Password = true
	p := d.Show(titlePassword(filepath.Base(path)), container.NewVBox(prose(says, theme.Current().Dialog), typed), narrow,
		Choice{Text: doCancel}, Choice{Text: doOpen, Main: true, Do: func() {
			o.Password = typed.Text
			d.receive(path, o)
		}})
	typed.OnSubmitted = func(string) { p.enter() }
	d.Window.Canvas().Focus(typed)
}

// accept writes a plan, closes its page and tells what it did. again holds the book against a
// ledger that has moved meanwhile.
func (d *Desk) accept(from Page, plan *exchange.Plan, again func()) {
	var came arrival
	d.Attempt(sayWriting(plan.Book), func(ctx context.Context, tell func(done, total int64)) (err error) {
		came, err = d.apply(ctx, plan, backup.Import, tell)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			d.Tell(Notice{Text: sayNothingWritten})
		case errors.Is(err, store.ErrStale):
			d.Show(titleStale, prose(sentence(err), theme.Current().Dialog), narrow, Choice{Text: doCancel},
				Choice{Text: doAgain, Main: true, Do: again})
		case err != nil:
			d.Fail(err)
		default:
			d.closes(from)
			d.accepted(came)
		}
	})
}

// arrival is what a book that came in did, and what is left to do.
type arrival struct {
	exchange.Report
	asked  int // cells this office is asked to look at again
	papers taken
}

// apply writes a plan, with copies of the ledger around it, and takes in the
// papers that came beside the book.
func (d *Desk) apply(ctx context.Context, plan *exchange.Plan, w backup.Work, tell func(done, total int64)) (came arrival, err error) {
	err = d.backedUp(ctx, w, func() error {
		came.Report, err = exchange.Apply(ctx, d.DB, d.Who, plan, func(done, total int) { tell(int64(done), int64(total)) })
		return err
	})
	if err != nil {
		return came, err
	}
	came.papers.Unpacked, came.papers.err = plan.TakePapers(ctx, d.DB, d.Who, tell)
	err = d.DB.View(func(tx *store.Tx) error {
		if came.asked, err = requestsOpen(tx); err != nil || !plan.ListsPapers() {
			return err
		}
		return came.papers.count(tx)
	})
	return came, err
}

// accepted tells what a book did, how many cells this office is asked about, and
// what became of its papers.
func (d *Desk) accepted(came arrival) {
	report := came.Report
	n := Notice{Text: sayAccepted(report) + sayTaken(came.papers)}
	if came.papers.waiting > 0 {
		n.Choices = append(n.Choices, Choice{Text: doSeeWaiting, Do: d.openWaiting})
	}
	if came.asked > 0 {
		n.Text += sayAskedOf(came.asked)
		n.Choices = append(n.Choices, Choice{Text: doSeeAsked, Do: func() { d.Room(RoomRequests) }})
	}
	if seq, ok := batchSeq(report.Batch); ok {
		n.Choices = append(n.Choices, Choice{Text: doUndo, Do: func() { d.Undo(seq) }})
	}
	if report.Conflicts > 0 {
		n.Choices = append(n.Choices, Choice{Text: doDecide, Do: func() { d.Room(RoomConflicts) }})
	}
	d.Tell(n)
	d.offerTerm(report, n)
}

// batchSeq is the number of the operation a batch is called after.
func batchSeq(batch string) (uint64, bool) {
	seq, err := strconv.ParseUint(strings.TrimPrefix(batch, "B"), 10, 64)
	return seq, err == nil && exchange.BatchID(seq) == batch
}

// step is an operation that can be taken back, and what people call it.
type step struct {
	seq  uint64
	name string
}

// Undo takes back a batch. Where later work touched the same cells it shows
// them and asks.
func (d *Desk) Undo(seq uint64) { d.undo(step{seq, stepBatch}, false) }

func (d *Desk) undo(s step, keepLater bool) {
	var later []laterCell
	kept := 0
	d.Attempt(sayUndoing, func(context.Context, func(done, total int64)) error {
		found, err := d.DB.Undo(s.seq, d.Who, keepLater)
		kept = len(found)
		if errors.Is(err, store.ErrLater) {
			return errors.Join(err, d.DB.View(func(tx *store.Tx) error {
				later = describeLater(tx, found)
				return nil
			}))
		}
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, store.ErrLater):
			d.askLater(s, later)
		case errors.Is(err, store.ErrUndone):
			d.Say(titleFailed, sayUndoneBefore(s.name))
		case err != nil:
			d.Fail(err)
		default:
			d.Tell(Notice{Text: sayUndone(s, kept)})
		}
	})
}

// laterCell is a cell changed after a step, in words.
type laterCell struct{ record, label, op string }

func describeLater(tx *store.Tx, found []store.Later) []laterCell {
	var out []laterCell
	for _, l := range found {
		c := laterCell{record: tx.Name(l.Kind, l.ID), label: sayWholeRecord, op: l.Op}
		if k := tx.Kinds().Kind(l.Kind); k != nil {
			if f := k.Field(l.Field); f != nil {
				c.label = f.Label
			}
			c.record = strings.TrimSpace(k.Label + " " + c.record)
		}
		out = append(out, c)
	}
	return out
}

// askLater shows what was changed again after a step.
func (d *Desk) askLater(s step, later []laterCell) {
	g := grid.New([]grid.Column{
		{Name: "record", Label: headRecord, Type: field.Text, Width: 260},
		{Name: "label", Label: headField, Type: field.Text, Width: 140},
		{Name: "op", Label: headLaterOp, Type: field.Text, Width: 120},
	})
	var rows []grid.Row
	for i, l := range later {
		rows = append(rows, grid.Row{ID: strconv.Itoa(i), Cells: []string{l.record, l.label, l.op}})
	}
	g.SetRows(rows)
	look := theme.Current()
	body := container.NewVBox(prose(sayLater(s.name), look.Dialog), least(card(g), fyne.NewSize(look.Dialog, 9*look.Row)))
	d.Show(titleLater(s.name), body, narrow,
		Choice{Text: doCancel}, Choice{Text: doKeepLater, Do: func() { d.undo(s, true) }})
}
