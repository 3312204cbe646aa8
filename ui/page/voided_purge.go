package page

import (
	"context"
	"errors"

	"touyan/store"
	"touyan/store/paper"
	"touyan/ui/theme"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// purging is what a purge of a record would take out, for the question.
type purging struct {
	count   map[string]int // records, by kind
	seconds int            // the writing anew takes
}

// askPurge asks why a voided record is to go for good, and then whether.
func (v *Voided) askPurge(l voidLine) {
	d := v.desk
	read(d, &d.asking, func(tx *store.Tx) (p purging, err error) {
		p.count, err = tx.Purging(l.kind.Name, l.id)
		p.seconds = rewriteSeconds(tx)
		return p, err
	}, func(p purging) {
		d.pickNumbered(titlePurge(l.called()), sayPurgeWhy, purgeReasons, labelOtherWhy, func(_ int, why string) { v.confirmPurge(l, p, why) }, v.Focus)
	})
}

// confirmPurge says what goes, what stays and for how long. Enter does nothing:
// this is not to be done by a key too many.
func (v *Voided) confirmPurge(l voidLine, p purging, why string) {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Gap))
	add := func(text string, strong bool) {
		ink := look.Ink2
		if strong {
			ink = look.Ink
		}
		box.Add(paragraph(text, look.WideDialog, ink))
	}
	add(sayPurgeTakes(l.called(), l.what(), p.count["paper"], l.kind.Name == "paper"), true)
	if l.kind.Name == "person" || l.kind.Name == "village" {
		add(sayPurgeLeaves(l.kind.Label), false)
	}
	add(sayPurgeJournal, false)
	add(sayPurgeBackups, false)
	add(sayPurgeRewrites(p.seconds), false)
	v.desk.Show(titlePurge(l.called()), box, wide, Choice{Text: doCancel, Do: v.Focus},
		Choice{Text: doPurgeNamed(l.called()), Do: func() { v.desk.purge(l, why) }})
}

// purge takes a record out for good.
func (d *Desk) purge(l voidLine, why string) {
	var done paper.Purged
	d.Attempt(sayPurging, func(ctx context.Context, _ func(done, total int64)) (err error) {
		done, err = paper.Purge(ctx, d.DB, d.Who, l.kind.Name, l.id, why)
		return err
	}, func(err error) {
		left, stays := errors.AsType[*store.CompactError](err)
		switch {
		case stays:
			d.Tell(Notice{Text: titlePurged + "。"}) // and no more what was told before, which may offer to take it back
			d.askCompact(left)
		case errors.Is(err, context.Canceled):
			d.Tell(Notice{Text: sayCancelled})
		case err != nil:
			d.Fail(err)
		default:
			d.Tell(Notice{Text: sayPurged(done.Records, done.Files)})
		}
		if done.Left != nil {
			d.Say(titlePurged, sayFilesLeft(sentence(done.Left)))
		}
	})
}

// askCompact tells that a purge is done but for the writing anew, and offers it.
func (d *Desk) askCompact(left *store.CompactError) {
	why := sayStopped
	if !errors.Is(left, context.Canceled) {
		why = sentence(left.Err)
	}
	d.Show(titlePurged, prose(sayNotCompacted(why), theme.Current().Dialog), narrow, Choice{Text: doLater},
		Choice{Text: doCompact, Main: true, Do: func() {
			d.Attempt(sayCompacting, func(ctx context.Context, _ func(done, total int64)) error { return d.DB.Compact(ctx) }, func(err error) {
				if err != nil {
					d.askCompact(&store.CompactError{Err: err})
					return
				}
				d.Tell(Notice{Text: sayCompacted})
			})
		}})
}
