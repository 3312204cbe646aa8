package page

import (
	"touyan/store"
	"touyan/ui/theme"
)

// mayApprove lets the batch selected be approved, or says on the button why not.
func (b *Batches) mayApprove(p passage, one bool) {
	approves := b.buttons[4]
	approves.SetText(doApprove)
	if !one || p.Batch == nil || p.undone || p.approved != "" {
		approves.Disable()
		return
	}
	err := b.desk.DB.MayApprove(p.Who.Name)
	enable(approves, err == nil)
	if err != nil {
		approves.SetText(doApprove + sayWhyNot(err))
	}
}

// approve asks whether the batch selected is approved.
func (b *Batches) approve() {
	p, ok := b.selected()
	if !ok || p.Batch == nil {
		return
	}
	d := b.desk
	d.Show(doApprove, prose(sayApproves(&p), theme.Current().Dialog), narrow, Choice{Text: doCancel}, Choice{Text: doApproveNamed(&p), Main: true, Do: func() {
		d.running.Go(func() {
			err := d.DB.Do(store.OpApprove, d.Who, func(tx *store.Tx) error { return tx.Approve(p.Seq) })
			d.Post(func() {
				if err != nil {
					d.Fail(err)
					return
				}
				d.Tell(Notice{Text: sayWasApproved(&p)})
			})
		})
	}})
}
