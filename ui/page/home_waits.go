package page

import (
	"strings"

	"touyan/store/check"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// mostWaits is how many of the things that wait stand on the page: fewer where
// the text is large, for the villages should be in sight below.
func mostWaits() int {
	if theme.Current().Scale > 1 {
		return 5
	}
	return 8
}

// waitColumns are the widths of a line, in text sizes: what, for whom, until
// when, why, the way there.
var waitColumns = inColumns{[]float32{12, 17, 9, 0, 4}}

// waitsCard is what waits, the most urgent first.
func (h *Home) waitsCard() fyne.CanvasObject {
	look := theme.Current()
	day := container.NewCenter(words(sayDay(h.desk.DB.Now()), look.Ink2, look.Text))
	right := container.NewHBox(day, h.buttons.row())
	all := h.found.waits
	if len(all) == 0 {
		return homeCard(titleWaits, nil, right, container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, 0, 0), words(sayNothingWaits, look.Ink2, look.Text)))
	}
	lines := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, w := range all[:min(len(all), mostWaits())] {
		lines.Add(h.waitLine(w))
	}
	aside := beside(sayThings(len(all)), look.Ink2)
	if more := len(all) - mostWaits(); more > 0 {
		aside = h.press(beside(sayMoreWaits(len(all), more), look.Info), func() { h.desk.Open(newAllWaits(h.desk)) })
	}
	return homeCard(titleWaits, aside, right, lines)
}

// waitLine is one thing that waits; the whole line leads to where it is done.
func (h *Home) waitLine(w check.Wait) fyne.CanvasObject {
	look := theme.Current()
	t := h.desk.waitTexts(w)
	until := look.Ink2
	if w.Late {
		until = look.Bad
	}
	do := words(roomWords[w.Room], look.Info, look.Text)
	do.Alignment = fyne.TextAlignTrailing
	why := short(t.why, look.Ink2, fyne.TextAlignLeading)
	row := container.New(waitColumns, short(t.what, look.Ink, fyne.TextAlignLeading), short(t.whom, look.Ink, fyne.TextAlignLeading),
		short(t.until, until, fyne.TextAlignLeading), why, do)
	padded := container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), row)
	p := h.press(least(padded, fyne.NewSize(0, look.Row-look.Space/2)), func() { h.desk.goWait(w) })
	reveal := p.told
	p.told = func(by comer, on bool) {
		reveal(by, on)
		h.hint.hide()
		if on && by == byMouse && cutOff(why) {
			h.hint.at(p, h.content, t.what+"："+t.whom, []string{t.why})
		}
	}
	return p
}

// waitTexts are a thing that waits as the screen may show it.
type waitTexts struct{ what, whom, until, why string }

// waitTexts leaves out on a wall what is personal.
func (d *Desk) waitTexts(w check.Wait) waitTexts {
	t := waitTexts{w.What, w.For, sayBefore(w), w.Reason}
	if !d.Projecting() {
		return t
	}
	if k := d.DB.Kinds().Kind(w.Kind); k != nil {
		if f := k.Field(k.Named); f != nil {
			t.whom = d.Shown(f, t.whom)
		}
	}
	if w.Plain != "" {
		t.why = w.Plain
	}
	return t
}

// goWait leads to where a thing that waits is done.
func (d *Desk) goWait(w check.Wait) {
	switch {
	case w.Room == check.Conflicts:
		d.Room(RoomConflicts)
	case w.Room == check.Requests:
		d.Room(RoomRequests)
	case w.Room == check.Batches:
		d.Room(RoomBatches)
	case w.Room == check.Drafts:
		d.resume(w.Draft)
	case w.Room == check.Terms && w.ID != "":
		d.ChangeTerm(w.ID)
	case len(w.IDs) > 0:
		d.Names(w.Kind, w.What, w.IDs)
	case w.ID == "":
		d.Open(newFindings(d, w.Rule))
	default:
		d.goTo(w.Kind, w.ID, w.Field)
	}
}

// goTo shows a record at a field of it, if one is named.
func (d *Desk) goTo(kind, id, at string) {
	k := d.DB.Kinds().Kind(kind)
	switch {
	case k == nil:
	case kind == "village" && at == "":
		d.Record(kind, id)
	default:
		d.Open(newDossier(d, k, id, at))
	}
}

// resume goes on with a draft: a step with somebody, or a record.
func (d *Desk) resume(key string) {
	kind, rest, _ := strings.Cut(key, "/")
	id, step, _ := strings.Cut(rest, "/")
	switch step {
	case "appoint":
		d.askAppoint(id)
	case "leave":
		d.askLeave(id, nil)
	case "admit":
		d.askAdmit(id)
	case "release":
		d.askRelease(id, "")
	case "term":
		d.ChangeTerm(id)
	default:
		if k := d.DB.Kinds().Kind(kind); k != nil {
			d.goTo(kind, id, k.Named)
		}
	}
}
