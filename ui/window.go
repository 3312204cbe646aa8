package ui

import (
	"context"

	"touyan/store"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// Window is the program's one window: on a ledger, or on the page that asks
// for one.
type Window struct {
	app   fyne.App
	win   fyne.Window
	opts  store.Options
	who   store.Actor
	post  func(func()) // fyne.Do, which tests collect
	desk  *page.Desk   // of whatever the window shows
	start *page.Start  // nil while a ledger is open
	shell *Shell       // nil while none is
}

// startSize fits the laptops of the offices, 1366 × 768, with a task bar.
var startSize = fyne.NewSize(1366, 700)

// recent is where the app remembers which ledger was open last.
const recent = "ledger"

// New makes the window. It is shown by Start.
func New(app fyne.App, opts store.Options, who store.Actor) *Window {
	dress(app)
	w := &Window{app: app, win: app.NewWindow(productName), opts: opts, who: who, post: fyne.Do}
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.win.Resize(startSize)
	w.win.SetOnDropped(func(_ fyne.Position, dropped []fyne.URI) { w.dropped(dropped) })
	w.win.SetOnClosed(w.leave)
	return w
}

// Start shows the window and opens a ledger; without a path the one that was
// open last, if there was one. What cannot be opened is told, and another
// asked for: a ledger is never made by opening.
func (w *Window) Start(path string) {
	if path == "" {
		path = w.app.Preferences().String(recent)
	}
	w.ask("")
	w.win.Show()
	if path != "" {
		w.Open(path)
	}
}

// Shell returns the frame around the open ledger, nil while none is open.
func (w *Window) Shell() *Shell { return w.shell }

// Desk returns the desk of whatever the window shows.
func (w *Window) Desk() *page.Desk { return w.desk }

// newDesk makes the desk of what the window will show next.
func (w *Window) newDesk(db *store.DB) *page.Desk {
	w.desk = page.NewDesk(db, w.who, w.win)
	w.desk.Post = w.post
	w.desk.Tell = func(page.Notice) {}
	return w.desk
}

// ask shows the page that asks for a ledger.
func (w *Window) ask(trouble string) {
	w.start = page.NewStart(w.newDesk(nil), w.opts, trouble, w.Open, func(string) { w.app.Quit() })
	w.win.SetTitle(productName)
	w.win.SetContent(w.start.Content())
}

// Open opens a ledger in a window that has none yet.
func (w *Window) Open(path string) {
	if w.shell != nil {
		return
	}
	var db *store.DB
	w.desk.Attempt(sayOpening, func(context.Context, func(done, total int64)) (err error) {
		db, err = store.Open(path, w.opts)
		return err
	}, func(err error) {
		if err != nil {
			w.ask(page.Trouble(err))
			return
		}
		w.app.Preferences().SetString(recent, path)
		w.show(db)
	})
}

// show puts a ledger into the window.
func (w *Window) show(db *store.DB) {
	w.start = nil
	w.shell = newShell(w.newDesk(db))
	w.win.SetTitle(productName + between + db.Office().Name)
	w.win.SetContent(w.shell.content)
	w.shell.Show(firstRoom)
}

// leave closes the ledger once nothing writes to it any more.
func (w *Window) leave() {
	if w.shell == nil {
		return
	}
	w.desk.Stop()
	if err := w.desk.DB.Close(); err != nil {
		fyne.LogError("close ledger", err)
	}
}

func (w *Window) dropped(files []fyne.URI) {
	switch {
	case len(files) == 0:
	case w.shell != nil:
		w.shell.Receive(files[0].Path(), len(files))
	case w.desk.Panel() == nil:
		w.Open(files[0].Path())
	}
}
