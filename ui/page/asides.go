package page

import (
	"slices"
	"strings"

	"touyan/store/exchange"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// asides are what a book holds and the ledger will not, and the other way
// round: a line for each.
func asides(plan *exchange.Plan, stamped bool) []string {
	var out []string
	if len(plan.Missing) > 0 {
		out = append(out, sayMissing(plan.Missing))
	}
	if len(plan.Absent) > 0 {
		out = append(out, sayAbsent(plan.Absent))
	}
	if len(plan.Unclaimed) > 0 {
		out = append(out, sayUnclaimed(plan.Unclaimed))
	}
	left := slices.Clone(plan.Left)
	if stamped { // a ledger wrote the foot itself
		left = slices.DeleteFunc(left, func(l exchange.Left) bool { return l.Why == leftFoot })
	}
	if len(left) > 0 {
		out = append(out, sayLeft(left))
	}
	if len(plan.Skipped) > 0 {
		out = append(out, saySkipped(plan.Skipped))
	}
	return out
}

// listAsides shows them in full.
func (d *Desk) listAsides(lines []string) { d.listLines(titleAside, lines) }

// listLines shows sentences that may be many.
func (d *Desk) listLines(title string, lines []string) {
	look := theme.Current()
	text := prose(strings.Join(lines, "\n"), look.WideDialog-look.Margin)
	scroll := container.NewVScroll(text)
	scroll.SetMinSize(fyne.NewSize(look.WideDialog, min(text.MinSize().Height, 14*look.Row)))
	d.Show(title, scroll, wide, Choice{Text: doClose, Main: true})
}
