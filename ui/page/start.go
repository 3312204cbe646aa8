package page

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/ui/button"
	"touyan/ui/entry"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Start is the page of a window without a ledger: it says why there is none,
// if there is a reason, and offers the three ways to one: opening it, making
// that of one's own office, looking at an invented one.
type Start struct {
	desk    *Desk
	opts    store.Options
	open    func(path string)
	made    func(Made)
	content fyne.CanvasObject
	buttons Buttons

	level            *widget.RadioGroup
	code, unit, name *entry.Entry
	trouble          *canvas.Text // what is missing for a new ledger
}

// NewStart makes the page; made shows a ledger that is new and empty.
func NewStart(d *Desk, opts store.Options, stop Stop, open func(path string), made func(Made), quit func()) *Start {
	s := &Start{desk: d, opts: opts, open: open, made: made}
	d.Key = s.key
	look := theme.Current()
	other := doOpenLedger
	if stop.Text != "" {
		other = doOtherLedger
	}
	ledgers := RecentLedgers.Files()
	s.buttons = buttons([]Choice{
		{Text: doQuit, Do: quit},
		{Text: other, Main: len(stop.Offers) == 0 && (len(ledgers) > 0 || stop.Text != ""), Do: func() { d.chooseOpen(titleChooseLedger, []string{ledgerEnding}, open) }},
		{Text: doMakeSample, Do: s.askSample},
		{Text: doMakeLedger, Main: len(ledgers) == 0 && stop.Text == "", Do: s.makeLedger},
	})
	name := heading(productName, look.Figure)
	name.Color = look.Accent
	box := container.NewVBox(name, words(sayProduct, look.Ink2, look.Text))
	if stop.Text != "" {
		box.Add(s.stopped(stop))
	}
	left := container.NewVBox(s.opening(ledgers), s.looking(), container.NewHBox(s.buttons[0]))
	both := container.New(&halves{gap: 2 * look.Margin}, left, s.making())
	box.Add(container.New(layout.NewCustomPaddedLayout(look.Margin, 0, 0, 0), both))
	margin := 2 * look.Margin
	s.content = container.NewCenter(card(container.New(layout.NewCustomPaddedLayout(margin, margin, margin, margin),
		least(box, fyne.NewSize(look.WideDialog, 0)))))
	return s
}

// key is a key no field has a use for: Enter is the main button.
func (s *Start) key(e *fyne.KeyEvent) bool {
	if s.desk.Panel() != nil || e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter {
		return false
	}
	for _, b := range s.buttons {
		if b.Importance == widget.HighImportance && !b.Disabled() {
			b.OnTapped()
			return true
		}
	}
	return false
}

// opening offers the ledgers of this machine.
func (s *Start) opening(ledgers []string) fyne.CanvasObject {
	look := theme.Current()
	box := container.NewVBox(heading(titleOldLedger, look.Subheading))
	if len(ledgers) == 0 {
		box.Add(words(sayNoRecent, look.Ink2, look.Text))
	}
	for _, path := range ledgers {
		b := button.New(ledgerName(path), func() { s.open(path) })
		b.Alignment, b.Importance = widget.ButtonAlignLeading, widget.LowImportance
		box.Add(container.NewVBox(flush(b), words(cutText(filepath.Dir(path), s.half(), look.Caption), look.Ink3, look.Caption)))
		s.buttons = append(s.buttons, b)
	}
	box.Add(spaced(container.NewHBox(s.buttons[1])))
	return below(box)
}

// looking offers an invented ledger.
func (s *Start) looking() fyne.CanvasObject {
	look := theme.Current()
	return below(container.NewVBox(heading(titleSampleLedger, look.Subheading), prose(saySampleLedger, s.half()), spaced(container.NewHBox(s.buttons[2]))))
}

// making asks what a new ledger must know.
func (s *Start) making() fyne.CanvasObject {
	look := theme.Current()
	s.level = widget.NewRadioGroup(levelWords[:], func(string) { s.hint() })
	s.level.Horizontal, s.level.Required = true, true
	s.level.Selected = levelWords[0]
	s.code, s.unit, s.name = entry.New(), entry.New(), entry.New()
	s.unit.PlaceHolder, s.name.PlaceHolder = hintUnit, hintUser
	s.name.SetText(KeptUser())
	for i, e := range []*entry.Entry{s.unit, s.code, s.name} {
		next := append([]*entry.Entry{s.unit, s.code, s.name}[i+1:], nil)[0]
		e.OnSubmitted = func(string) {
			if next == nil {
				s.makeLedger()
				return
			}
			s.desk.Window.Canvas().Focus(next)
		}
	}
	s.hint()
	s.trouble = words("", look.Bad, look.Text)
	return container.NewVBox(heading(titleNewLedger, look.Subheading),
		labelled(labelLevel, flush(s.level)), labelled(labelUnit, s.unit), labelled(labelCode, s.code), labelled(labelName, s.name),
		s.trouble, container.NewHBox(s.buttons[3]))
}

// half is how wide either side of the page is.
func (s *Start) half() float32 {
	look := theme.Current()
	return (look.WideDialog - 2*look.Margin) / 2
}

// spaced keeps a button off the text above it.
func spaced(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(theme.Current().Space, 0, 0, 0), o)
}

func below(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, theme.Current().Margin, 0, 0), o)
}

// ledgerName is what people call a ledger's file.
func ledgerName(path string) string { return strings.TrimSuffix(filepath.Base(path), ledgerEnding) }

// cutText cuts the beginning of a path that is too long: its end tells more.
func cutText(text string, width, size float32) string {
	runes := []rune(text)
	for n := range runes {
		cut := string(runes[n:])
		if n > 0 {
			cut = "…" + cut
		}
		if fyne.MeasureText(cut, size, fyne.TextStyle{}).Width <= width {
			return cut
		}
	}
	return ""
}

// halves stands two objects side by side, equally wide.
type halves struct{ gap float32 }

func (h *halves) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(2*max(a.Width, b.Width)+h.gap, max(a.Height, b.Height))
}

func (h *halves) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	half := (size.Width - h.gap) / 2
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i)*(half+h.gap), 0))
		o.Resize(fyne.NewSize(half, size.Height))
	}
}

// Content is the page.
func (s *Start) Content() fyne.CanvasObject { return s.content }

// Buttons are the page's actions, and the ledgers it offers.
func (s *Start) Buttons() Buttons { return s.buttons }

// Fill types what a new ledger must know, as a person would.
func (s *Start) Fill(level field.Level, unit, code, name string) {
	s.level.SetSelected(levelWords[level-field.Township])
	s.unit.SetText(unit)
	s.code.SetText(code)
	s.name.SetText(name)
}

func (s *Start) hint() { s.code.SetPlaceHolder(codeWords[s.chosen()]) }

// chosen is the place of the level among those offered.
func (s *Start) chosen() int {
	for i, word := range levelWords {
		if s.level.Selected == word {
			return i
		}
	}
	return 0
}

// codeLengths are the digits the code of an office has, by level (GB/T 2260 and
// GB/T 10114).
var codeLengths = [...][2]int{{9, 12}, {6, 6}, {4, 6}}

// office is the office typed in, or what is wrong with it and where.
func (s *Start) office() (o store.Office, wrong string, where *entry.Entry) {
	level := s.chosen()
	o = store.Office{Code: strings.TrimSpace(s.code.Text), Name: strings.TrimSpace(s.unit.Text), Level: field.Level(level) + field.Township}
	fits := strings.Trim(o.Code, "0123456789") == "" && (len(o.Code) == codeLengths[level][0] || len(o.Code) == codeLengths[level][1])
	switch {
	case o.Name == "":
		return o, sayNoUnit, s.unit
	case !fits:
		return o, sayCodeLength(level), s.code
	case strings.TrimSpace(s.name.Text) == "":
		return o, sayNoUser, s.name
	}
	return o, "", nil
}

// makeLedger asks where to, makes the ledger of the office and opens it.
func (s *Start) makeLedger() {
	o, wrong, where := s.office()
	s.trouble.Text = wrong
	s.trouble.Refresh()
	if where != nil {
		s.desk.Window.Canvas().Focus(where)
		return
	}
	s.desk.firstUser(titleFirstUser, doMakeNow, strings.TrimSpace(s.name.Text), func(_ *userForm, a UserAnswers) {
		s.desk.chooseSave(titleMakeLedger, disk.FileName(o.Name)+ledgerEnding, func(path string) { s.Make(path, o, a) })
	})
}

// Make makes an empty ledger of an office with its first user, and opens it.
func (s *Start) Make(path string, o store.Office, first UserAnswers) {
	d := s.desk
	d.Sign(first.Name)
	var made Made
	d.work(sayMakingLedger, func(ctx context.Context, _ func(done, total int64)) error {
		err := store.CreateFilled(path, o, false, s.opts, func(db *store.DB) (err error) {
			if err = enterOffice(db, o, d.Who); err == nil {
				made.Code, err = db.Protect(ctx, first.Name, first.Roles, first.New)
			}
			return err
		})
		if err != nil {
			return err
		}
		if made.DB, err = store.Open(path, s.opts); err != nil {
			return err
		}
		return made.DB.Unlock(ctx, made.DB.Users()[0].ID, first.New)
	}, func() { s.made(made) })
}

// Made is a ledger that has just been made: open, its first user logged in.
type Made struct {
	DB   *store.DB
	Code string // the recovery code, not to be had again
}

// enterOffice records whose ledger it is, under the id every ledger gives that
// office.
func enterOffice(db *store.DB, o store.Office, who store.Actor) error {
	return db.Do(opMakeLedger, who, func(tx *store.Tx) error {
		return tx.Put(&record.Office{Head: field.Head{ID: store.OfficeID(o.Code)}, Code: o.Code, Name: o.Name, Level: strconv.Itoa(int(o.Level))})
	})
}

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

// OfferImport asks, in a ledger that has nobody in it yet, for the roster the
// office has kept so far.
func (d *Desk) OfferImport() {
	d.Show(titleMade, prose(sayMade, theme.Current().Dialog), narrow,
		Choice{Text: doImportLater}, Choice{Text: doImportFirst, Main: true, Do: d.ChooseBook})
}

// Trouble is why a ledger could not be opened, as people are told it.
func Trouble(err error) string { return sentence(err) }
