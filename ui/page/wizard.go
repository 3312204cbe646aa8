package page

import (
	"context"
	"errors"
	"image/color"
	"path/filepath"

	"touyan/store/exchange"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Wizard takes a roster in, in three steps: which sheets, which columns, and
// the rows as they will be, mended in place. Nothing is written before a person
// accepts, and the book itself is never touched.
type Wizard struct {
	Grid *grid.Grid // of the step shown

	*reading
	desk    *Desk
	path    string
	options exchange.Options
	replanning

	at      int // index in steps
	check   *checking
	buttons Buttons
	find    *findBox
	content *fyne.Container
}

// The steps.
const (
	atSheets = iota
	atHeads
	atRows
)

func newWizard(d *Desk, path string, o exchange.Options, r *reading) *Wizard {
	w := &Wizard{reading: r, desk: d, path: path, options: o, content: container.NewStack()}
	switch {
	case r.book == nil:
		w.showSheets()
	case w.unsure():
		w.showHeads()
	default:
		w.showRows()
	}
	return w
}

// Title is what is done with the book, and its name.
func (w *Wizard) Title() string { return verbImport + " " + filepath.Base(w.path) }

// Content is the page; what stands in it changes with the steps.
func (w *Wizard) Content() fyne.CanvasObject { return w.content }

// Buttons are those of the step.
func (w *Wizard) Buttons() Buttons { return w.buttons }

// Find narrows the table of the step, as if typed into its find box.
func (w *Wizard) Find(text string) { w.find.SetText(text) }

// FocusFind gives the find box the keyboard.
func (w *Wizard) FocusFind() { w.desk.Window.Canvas().Focus(w.find) }

// Focus gives the table of the step the keyboard.
func (w *Wizard) Focus() { w.Grid.Focus() }

// Refresh does nothing: a plan that the ledger has overtaken is refused when it
// is accepted.
func (w *Wizard) Refresh() {}

// stage is what a step shows.
type stage struct {
	at          int
	says        string
	grid        *grid.Grid
	choices     Buttons // at the top right
	more        Buttons // elsewhere on the page
	over, under fyne.CanvasObject
}

// show shows a step.
func (w *Wizard) show(s stage) {
	w.at, w.Grid = s.at, s.grid
	line, doors := w.stepLine()
	w.buttons = append(append(append(Buttons{}, s.choices...), s.more...), doors...)
	w.find = newFindBox(s.grid.Find, s.grid.Focus)
	s.grid.OnFind = w.FocusFind
	over := container.NewVBox(container.NewBorder(nil, nil, line, least(w.find, fyne.NewSize(22*theme.Current().Text, 0))))
	if s.over != nil {
		over.Add(s.over)
	}
	w.content.Objects = []fyne.CanvasObject{sheet(verbImport+"“"+filepath.Base(w.path)+"”", s.says, s.choices, over, card(s.grid), s.under)}
	w.content.Refresh()
}

// stepLine shows the steps, and goes back to those already gone.
func (w *Wizard) stepLine() (fyne.CanvasObject, Buttons) {
	turns := []func(){w.askSheets, w.showHeadsAgain, w.showRowsAgain}
	for i, turn := range turns {
		turns[i] = func() {
			if !w.desk.busy { // else the book is being read beside the UI thread
				w.settled(turn)
			}
		}
	}
	line, doors := stepLine(steps, w.at, turns)
	for _, b := range doors {
		enable(b, w.book != nil)
	}
	return line, doors
}

// reread reads the book anew, with heads matched or sheets chosen otherwise.
func (w *Wizard) reread(read func(ctx context.Context, tell func(done, total int64)) (*reading, error), then func()) {
	var r *reading
	w.desk.Attempt(sayRereading, func(ctx context.Context, tell func(done, total int64)) (err error) {
		r, err = read(ctx, tell)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			w.desk.Tell(Notice{Text: sayCancelled})
		case err != nil:
			w.desk.Fail(err)
		default:
			w.reading, w.check = r, nil
			then()
		}
	})
}

// accept writes the book, as it was mended.
func (w *Wizard) accept() {
	w.settled(func() {
		w.desk.accept(w, w.plan, func() {
			w.replan()
			w.settled(w.showRowsAgain)
		})
	})
}

// sentences is text of several lines in a colour.
func sentences(text string, width float32, ink color.Color) fyne.CanvasObject {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	for _, line := range wrapped(text, width, look.Text) {
		box.Add(words(line, ink, look.Text))
	}
	return box
}

// flushLeft takes away the gap at the left of a button without a ground.
func flushLeft(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, -theme.Current().Gap, 0), o)
}

// pickListRows is how many things to pick from are seen at once.
const pickListRows = 11

// listBelow stands a list below the entry that narrows it.
func listBelow(entry fyne.CanvasObject, g *grid.Grid) fyne.CanvasObject {
	look := theme.Current()
	return container.NewBorder(entry, nil, nil, nil, least(card(g), fyne.NewSize(look.Dialog, pickListRows*look.Row)))
}
