package page

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"touyan/store"
	"touyan/store/backup"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Page is what fills the window beside the sidebar.
type Page interface {
	Title() string // for the path above the page
	Content() fyne.CanvasObject
	Buttons() Buttons
	Find(text string) // narrows what the page lists
	Focus()           // gives what the page lists the keyboard
	Refresh()         // the ledger may have changed
}

// Remaker is a page that can make itself anew, for another look: what is typed,
// selected and scrolled to should come along. A room without it is made by its
// Room; a page over a room keeps the look it was made in.
type Remaker interface{ Remake() Page }

// Projector is a page that may be shown on a wall: every value of a person on
// it goes through Desk.Shown or shown. Other pages are covered meanwhile.
type Projector interface{ Projects() }

// Leaver is a page that has something to settle before it is left, as a form
// its last field. It calls then once it may be left, or not at all.
type Leaver interface{ Leave(then func()) }

// Opener is a room that shows one of its records by itself.
type Opener interface{ OpenRecord(id string) }

// Filterer is a page with a find box of its own, for Ctrl+F.
type Filterer interface{ FocusFind() }

// Desk is what the pages of one window share.
type Desk struct {
	DB     *store.DB
	Who    store.Actor
	Window fyne.Window

	Post   func(func())          // runs a function on the UI thread: fyne.Do, which tests collect
	Open   func(Page)            // shows a page over the present one
	Close  func()                // goes back to the page below it
	Top    func() Page           // the page shown; nil: it is not known
	Room   func(name string)     // goes to a room
	Record func(kind, id string) // goes to the room of a kind and opens a record there
	Tell   func(Notice)          // shows a line at the foot of the window
	Idle   func()                // what was in the way of other things is done; may be nil
	Begun  func()                // a draft was begun or is there no more, which is no operation; may be nil

	Wall    func()                    // begins or ends projecting
	Back    func()                    // asks, at the foot, whether to take the last operation back
	Dress   func(Look)                // shows the window in another look, and remembers it
	Sign    func(name string)         // who works here from now on, and remembers it
	Change  func()                    // closes the ledger and asks for another
	Anew    func()                    // makes everything anew for who is in now
	Lock    func()                    // hides everything until somebody logs in; nil: the ledger is open to everybody
	Key     func(*fyne.KeyEvent) bool // a function key that nothing else took; reports whether it means something
	Keeper  *backup.Keeper            // makes the copies of the ledger; nil: none are made
	PutBack func(backup.Copy)         // puts a copy in the ledger's place and opens it; nil: it cannot be done here
	Native  Native                    // the system's own file dialogs; nil: there are none, and ours are used
	Launch  Launch                    // opens a file in the program of the office

	running    jobs
	leaving    jobs // takes the keys away once nothing runs
	covered    bool // the ledger is locked, or about to be
	whenGone   func()
	form       *userForm   // asked last
	copied     [32]byte    // digest of what was last put into the clipboard
	copiedAt   time.Time   // when, if it is to leave it by itself; else zero
	numbers    atomic.Bool // numbers of persons are shown until the ledger is locked
	revealed   map[string]bool
	lockAfter  time.Duration // zero: not read yet
	busy       bool
	cancel     func() // of the work that runs
	panels     []*Panel
	menu       []*fyne.MenuItem // opened last
	menuShown  *widget.PopUpMenu
	folder     string // where a file was chosen last
	projecting atomic.Bool
	box        draftBox
	narrow     narrowings
	surveyed   surveyed
	examined   examined
	asking     int // counts the readings for a question to ask, as a page counts its own
}

// Notice is a line at the foot of the window that says what was done, and
// what may be done about it.
type Notice struct {
	Text    string
	Choices []Choice
}

// Choice is a button of a panel, a page or a notice.
type Choice struct {
	Text string
	Main bool // what one most likely wants; Enter does it
	Do   func()
}

// NewDesk makes the desk of a window. The caller sets what leads elsewhere:
// Open, Close, Room and Tell.
func NewDesk(db *store.DB, who store.Actor, window fyne.Window) *Desk {
	d := &Desk{DB: db, Who: who, Window: window, Post: fyne.Do, Launch: launch}
	window.Canvas().SetOnTypedKey(d.typedKey)
	return d
}

// Turned says that the window shows another page, or the same in another look:
// a question still being read for is not asked over it.
func (d *Desk) Turned() { d.asking++ }

// closes goes back from a page. Where another is shown by now, that stays: what
// took its time has ended behind it.
func (d *Desk) closes(p Page) {
	if d.Top == nil || d.Top().Content() == p.Content() {
		d.Close()
	}
}

// Wait waits for all that runs beside the UI thread. What it has posted is not
// done yet when Wait returns.
func (d *Desk) Wait() {
	d.running.Wait()
	d.leaving.Wait()
}

// Stop ends the work that runs, as its own cancelling would, and waits for it.
func (d *Desk) Stop() {
	if d.cancel != nil {
		d.cancel()
	}
	d.Wait()
}

// read runs a reading beside the UI thread and shows what it found. turn counts
// the readings of a page: one overtaken by the next shows nothing.
func read[T any](d *Desk, turn *int, f func(*store.Tx) (T, error), show func(T)) {
	*turn++
	mine := *turn
	d.running.Go(func() {
		var found T
		err := d.DB.View(func(tx *store.Tx) (err error) {
			found, err = f(tx)
			return err
		})
		d.Post(func() {
			switch {
			case mine != *turn:
			case err != nil:
				d.Fail(err)
			default:
				show(found)
			}
		})
	})
}

// shownAfter is how long work may take before a panel says that it goes on.
const shownAfter = 300 * time.Millisecond

// work runs f beside the UI thread, one at a time, and then runs then on it if
// all went well. What takes long shows how far it is and can be cancelled.
func (d *Desk) work(says string, f func(ctx context.Context, tell func(done, total int64)) error, then func()) {
	d.Attempt(says, f, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			d.Tell(Notice{Text: sayCancelled})
		case err != nil:
			d.Fail(err)
		default:
			then()
		}
	})
}

// Attempt is work for who looks at the error. What is asked for while other
// work goes on is not done, and that is told.
func (d *Desk) Attempt(says string, f func(ctx context.Context, tell func(done, total int64)) error, then func(error)) {
	if d.busy {
		d.Tell(Notice{Text: sayBusy})
		return
	}
	d.busy = true
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	p := d.newProgress(says, cancel)
	soon := time.AfterFunc(shownAfter, func() { d.Post(p.show) })
	d.running.Go(func() {
		err := f(ctx, p.tell)
		soon.Stop()
		d.Post(func() {
			cancel()
			d.busy = false
			p.end()
			then(err)
			d.idle()
		})
	})
}

// Working reports whether work goes on.
func (d *Desk) Working() bool { return d.busy }

// Busy reports whether work goes on or a question waits for its answer.
func (d *Desk) Busy() bool { return d.busy || len(d.panels) > 0 }

func (d *Desk) idle() {
	if d.Idle != nil && !d.Busy() {
		d.Idle()
	}
}
