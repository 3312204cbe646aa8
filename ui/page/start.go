package page

import (
	"context"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sample"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Start is the page of a window without a ledger: it says why there is none,
// if there is a reason, and asks for one.
type Start struct {
	desk    *Desk
	opts    store.Options
	open    func(path string)
	content fyne.CanvasObject
	buttons Buttons
}

// NewStart makes the page. trouble is a sentence, or empty.
func NewStart(d *Desk, opts store.Options, trouble string, open, quit func(path string)) *Start {
	s := &Start{desk: d, opts: opts, open: open}
	other := doOpenLedger
	if trouble != "" {
		other = doOtherLedger
	}
	s.buttons = buttons([]Choice{
		{Text: doQuit, Do: func() { quit("") }},
		{Text: doMakeSample, Do: s.askSample},
		{Text: other, Main: true, Do: func() { d.chooseOpen(titleChooseLedger, []string{ledgerEnding}, open) }},
	})
	look := theme.Current()
	name := heading(productName, look.Figure)
	name.Color = look.Accent
	box := container.NewVBox(name, words(sayProduct, look.Ink2, look.Text))
	if trouble == "" {
		trouble = sayStart
	}
	box.Add(container.New(layout.NewCustomPaddedLayout(look.Margin, look.Margin, 0, 0), prose(trouble, look.Dialog)))
	box.Add(container.NewHBox(layout.NewSpacer(), s.buttons.row()))
	margin := 2 * look.Margin
	s.content = container.NewCenter(card(container.New(layout.NewCustomPaddedLayout(margin, margin, margin, margin), box)))
	return s
}

// Content is the page.
func (s *Start) Content() fyne.CanvasObject { return s.content }

// Buttons are the page's actions.
func (s *Start) Buttons() Buttons { return s.buttons }

func (s *Start) askSample() {
	s.desk.chooseSave(titleMakeSample, sampleName+ledgerEnding, s.MakeSample)
}

// MakeSample makes a ledger of an invented office and opens it.
func (s *Start) MakeSample(path string) {
	d := s.desk
	d.work(sayMakingSample, func(ctx context.Context, _ func(done, total int64)) error {
		return makeSample(ctx, path, s.opts, d.Who)
	}, func() { s.open(path) })
}

func makeSample(ctx context.Context, path string, opts store.Options, who store.Actor) error {
	return store.CreateFilled(path, sample.OfficeAt(field.Township), true, opts, func(db *store.DB) error {
		return sample.Build(ctx, db, who, 1)
	})
}

// Trouble is why a ledger could not be opened, as people are told it.
func Trouble(err error) string { return sentence(err) }
