package ui

import (
	"context"
	"errors"
	"path/filepath"

	"touyan/store"
	"touyan/store/backup"
	"touyan/store/examine"
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
	desk  *page.Desk  // of whatever the window shows
	start *page.Start // nil while a ledger is open
	shell *Shell      // nil while none is
	login *page.Login // nil unless the ledger is locked
	away  away        // what waits behind it
	idle  idle

	native page.Native

	backups bool           // copies are made
	keeper  *backup.Keeper // of the open ledger
	copied  bool           // the last copy of it is made

	Post   func(func()) // runs a function on the UI thread: fyne.Do, which tests collect
	Launch page.Launch  // opens a file in the program of the office; nil: the system's

	Examine func(ctx context.Context, path string) examine.Verdict // looks at a ledger before it is opened; nil: that is done without
	Rescue  examine.Rescue                                         // what is offered for one that does not open
}

// startSize fits the laptops of the offices, 1366 × 768, with a task bar.
var startSize = fyne.NewSize(1366, 700)

// The app remembers under these names how large the window was left.
const (
	keptWidth  = "window.width"
	keptHeight = "window.height"
)

// leastSize is below what anything can be done in.
var leastSize = fyne.NewSize(960, 600)

func keptSize(app fyne.App) fyne.Size {
	kept := app.Preferences()
	size := fyne.NewSize(float32(kept.Float(keptWidth)), float32(kept.Float(keptHeight)))
	if size.Width < leastSize.Width || size.Height < leastSize.Height {
		return startSize
	}
	return size
}

// close lets the page settle what it has open, remembers the size and closes
// the window.
func (w *Window) close() {
	end := func() {
		size, kept := w.win.Canvas().Size(), w.app.Preferences()
		kept.SetFloat(keptWidth, float64(size.Width))
		kept.SetFloat(keptHeight, float64(size.Height))
		w.win.Close()
	}
	if w.shell != nil && w.login == nil {
		w.shell.leave(func() { w.part(end) })
		return
	}
	w.part(end)
}

// recent is where the app remembers which ledger was open last.
const recent = "ledger"

// New makes the window. It is shown by Start.
func New(app fyne.App, opts store.Options, who store.Actor) *Window {
	translate()
	dress(app, page.KeptLook(), false)
	if name := page.KeptUser(); name != "" {
		who.Name = name
	}
	if who.Name == "" {
		who.Name = anyone
	}
	w := &Window{app: app, win: app.NewWindow(productName), opts: opts, who: who, Post: fyne.Do}
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.win.Resize(keptSize(app))
	w.win.SetOnDropped(func(_ fyne.Position, dropped []fyne.URI) { w.dropped(dropped) })
	w.win.SetOnClosed(w.leave)
	w.win.SetCloseIntercept(w.close)
	return w
}

// UseSystemDialogs asks for files by the dialogs of the system, where it has
// some.
func (w *Window) UseSystemDialogs() { w.native = systemDialogs(w.win) }

// Start shows the window and opens a ledger; without a path the one that was
// open last, if there was one. What cannot be opened is told, and another
// asked for: a ledger is never made by opening.
func (w *Window) Start(path string) {
	if path == "" {
		path = w.app.Preferences().String(recent)
	}
	w.ask(page.Stop{})
	w.win.Show()
	if path != "" {
		w.Open(path)
	}
}

// Shell returns the frame around the open ledger, nil while none is open.
func (w *Window) Shell() *Shell { return w.shell }

// Asking returns the page that asks for a ledger, nil while one is open.
func (w *Window) Asking() *page.Start { return w.start }

// Desk returns the desk of whatever the window shows.
func (w *Window) Desk() *page.Desk { return w.desk }

// newDesk makes the desk of what the window will show next.
func (w *Window) newDesk(db *store.DB) *page.Desk {
	w.desk = page.NewDesk(db, w.who, w.win)
	desk := w.desk
	w.desk.Post = func(f func()) { // not for a ledger that is closed by then
		w.Post(func() {
			if w.desk == desk {
				f()
			}
		})
	}
	w.desk.Tell = func(page.Notice) {}
	w.desk.Dress, w.desk.Sign, w.desk.Change, w.desk.Anew = w.dress, w.sign, w.change, w.anew
	w.desk.Native = w.native
	if db != nil {
		w.sees(db.Session())
		w.keep(db)
	}
	if w.Launch != nil {
		w.desk.Launch = w.Launch
	}
	return w.desk
}

// ask shows the page that asks for a ledger.
func (w *Window) ask(stop page.Stop) {
	w.login = nil
	w.start = page.NewStart(w.newDesk(nil), w.opts, stop, w.Open, w.openFresh, w.app.Quit)
	w.win.SetTitle(productName)
	w.put(w.start.Content())
}

// Open opens a ledger in a window that has none yet, once it has been looked
// at: a file that is damaged is not opened here.
func (w *Window) Open(path string) {
	if w.shell != nil || w.login != nil {
		return
	}
	if whole, err := filepath.Abs(path); err == nil { // it is remembered beyond this folder
		path = whole
	}
	var o opening
	w.desk.Attempt(sayOpening, func(ctx context.Context, _ func(done, total int64)) error {
		return o.open(ctx, w, path)
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			w.ask(page.Stop{})
		case err != nil:
			w.ask(page.Stop{Text: page.Trouble(err), Path: path, Lost: o.seen.Lost(), Offers: o.offers, Restore: w.Rescue.Restore})
		default:
			w.note(path)
			if o.db.Locked() {
				w.greet(o.db)
				return
			}
			w.show(o.db)
			if beside := o.seen.Beside(); beside != "" {
				w.shell.tell(page.Notice{Text: beside})
			}
		}
	})
}

// opening is a ledger being opened beside the UI thread.
type opening struct {
	db     *store.DB
	seen   examine.Verdict
	offers []examine.Offer
}

func (o *opening) open(ctx context.Context, w *Window, path string) (err error) {
	if w.Examine != nil {
		o.seen = w.Examine(ctx, path)
	}
	if err = o.seen.Err(); err == nil {
		if o.db, err = store.Open(path, w.opts); err != nil {
			o.seen = examine.Opened(path, err)
		}
	}
	if err != nil {
		o.offers = w.Rescue.For(ctx, o.seen)
	}
	return err
}

// openFresh shows a ledger that has just been made, and first of all its
// recovery code.
func (w *Window) openFresh(made page.Made) {
	w.note(made.DB.Path())
	w.app.Preferences().SetString(keptUserOf+made.DB.Path(), made.DB.Session().User)
	w.show(made.DB)
	w.desk.ShowRecovery(made.Code, w.desk.OfferImport)
}

// note remembers which ledger was open last.
func (w *Window) note(path string) {
	w.app.Preferences().SetString(recent, path)
	page.RecentLedgers.Note(path)
}

// show puts a ledger into the window.
func (w *Window) show(db *store.DB) {
	w.start = nil
	w.shell = newShell(w.newDesk(db))
	w.win.SetTitle(productName + between + db.Office().Name)
	w.put(w.shell.content)
	w.shell.Show(w.shell.home())
	w.desk.ReadLockAfter()
	w.desk.DropCodes()
	w.desk.TellFindings()
	w.desk.TellRestored()
	if w.who.Name == anyone && db.Session().User == "" {
		w.shell.tell(page.Notice{Text: sayAskName, Choices: []page.Choice{{Text: doSetName, Do: func() { w.shell.Show(page.RoomSettings) }}}})
	}
}

// dress shows everything in another look, and remembers it.
func (w *Window) dress(look page.Look) {
	page.KeepLook(look)
	dress(w.app, look, w.desk.Projecting())
	if w.shell != nil {
		w.shell.remake()
	}
}

// sign notes who works here.
func (w *Window) sign(name string) {
	page.KeepUser(name)
	w.who.Name, w.desk.Who.Name = name, name
	if w.shell != nil {
		w.shell.top.sign(name)
	}
}

// change closes the ledger and asks for another.
func (w *Window) change() {
	if w.shell == nil {
		w.part(w.askAgain)
		return
	}
	w.shell.leave(func() { w.part(w.askAgain) })
}

// askAgain closes the ledger and asks for one.
func (w *Window) askAgain() {
	projecting := w.desk.Projecting()
	w.leave()
	w.shell = nil
	if projecting {
		dress(w.app, page.KeptLook(), false)
	}
	w.ask(page.Stop{})
}

// leave closes the ledger once nothing writes to it any more.
func (w *Window) leave() {
	if w.desk == nil || w.desk.DB == nil {
		return
	}
	if w.shell != nil {
		w.shell.left = true
	}
	w.desk.Forget()
	w.desk.Stop()
	w.endBackups()
	if err := w.desk.DB.Close(); err != nil {
		fyne.LogError("close ledger", err)
	}
}

func (w *Window) dropped(files []fyne.URI) {
	switch {
	case len(files) == 0 || w.login != nil:
	case w.shell != nil:
		var paths []string
		for _, f := range files {
			paths = append(paths, f.Path())
		}
		w.shell.Receive(paths...)
	case w.desk.Panel() == nil:
		w.Open(files[0].Path())
	}
}
