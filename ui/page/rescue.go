package page

import (
	"context"

	"touyan/store"
	"touyan/store/examine"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Stop is why a ledger did not open, and what may be done about it.
type Stop struct {
	Text   string // sentences; empty: nothing was to be opened
	Path   string // the ledger
	Lost   bool   // a backup would help
	Offers []examine.Offer

	Restore func(ctx context.Context, ledger string, o examine.Offer, tell func(done, total int64)) error
}

// stopped tells on the start page why there is no ledger, and offers the ways
// on: what it was before its last operation, the newest good backup, or trying
// again.
func (s *Start) stopped(stop Stop) fyne.CanvasObject {
	look := theme.Current()
	box := container.NewVBox(heading(titleStopped, look.Subheading), sentences(stop.Text, look.WideDialog-2*look.Margin, look.Bad))
	var ways []Choice
	for i, o := range stop.Offers {
		box.Add(prose(o.Words(), look.WideDialog-2*look.Margin))
		ways = append(ways, Choice{Text: doRescue(o), Main: i == 0, Do: func() { s.askRescue(stop, o) }})
	}
	if stop.Lost && len(stop.Offers) == 0 {
		box.Add(prose(sayNoOffer, look.WideDialog-2*look.Margin))
	}
	ways = append(ways, Choice{Text: doTryOpen, Do: func() { s.open(stop.Path) }})
	row := buttons(ways)
	s.buttons = append(s.buttons, row...)
	box.Add(spaced(container.NewHBox(row.row(), layout.NewSpacer())))
	margin := look.Margin
	return container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0),
		card(container.New(layout.NewCustomPaddedLayout(margin, margin, margin, margin), box)))
}

// askRescue asks before a file is put in the ledger's place.
func (s *Start) askRescue(stop Stop, o examine.Offer) {
	look := theme.Current()
	s.desk.Show(titleRescue, prose(o.Words()+sayKeptAside, look.Dialog), narrow,
		Choice{Text: doNoRescue}, Choice{Text: doRescueNow, Main: true, Do: func() { s.rescue(stop, o) }})
}

// rescue puts what is offered in the ledger's place and opens it.
func (s *Start) rescue(stop Stop, o examine.Offer) {
	s.desk.work(sayRescuing, func(ctx context.Context, tell func(done, total int64)) error {
		return stop.Restore(ctx, stop.Path, o, tell)
	}, func() { s.open(stop.Path) })
}

// askSettle tells that nobody knows whether the last operation was saved, for
// its file is away, and looks again when asked to.
func (d *Desk) askSettle(err error) {
	look := theme.Current()
	d.Show(titleSettle, prose(sentence(err), look.Dialog), narrow,
		Choice{Text: doSettleNot}, Choice{Text: doSettle, Main: true, Do: d.settle})
}

// TellFindings tells what was found wrong with the file when it was opened, if
// anything was.
func (d *Desk) TellFindings() {
	found := d.DB.Findings()
	if len(found) == 0 {
		return
	}
	look := theme.Current()
	d.Show(titleOdd, prose(sayOdd(found), look.Dialog), narrow,
		Choice{Text: doUnderstood}, Choice{Text: doVerifyNow, Main: true, Do: d.verifyLedger})
}

// TellRestored tells who comes in first after a backup was put back that he sees
// the state of that backup.
func (d *Desk) TellRestored() {
	var e store.Entry
	err := d.DB.View(func(tx *store.Tx) error {
		logins := 0
		for entry, err := range tx.Journal() {
			if entry.Op == store.OpLogin {
				logins++
			}
			if err != nil || logins > 1 || !entry.Event {
				return err
			}
			if entry.Op == store.OpRestored {
				e = entry
				return nil
			}
		}
		return nil
	})
	if err == nil && e.Seq > 0 {
		d.Tell(Notice{Text: sayPutBack(e.Object)})
	}
}

// settle finds out what became of the last operation. That it was saved is
// told by whoever watches the ledger.
func (d *Desk) settle() {
	var op string
	var stored bool
	d.Attempt(saySettling, func(context.Context, func(done, total int64)) error {
		e, found, err := d.DB.Settle()
		op, stored = e.Op, found
		return err
	}, func(err error) {
		switch {
		case err != nil:
			d.askSettle(err)
		case !stored && op != "":
			d.Say(titleFailed, sayNotStored(op))
		}
	})
}
