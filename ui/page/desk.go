package page

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"touyan/store"

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

// Desk is what the pages of one window share.
type Desk struct {
	DB     *store.DB
	Who    store.Actor
	Window fyne.Window

	Post  func(func())      // runs a function on the UI thread: fyne.Do, which tests collect
	Open  func(Page)        // shows a page over the present room
	Close func()            // goes back to the room
	Room  func(name string) // goes to a room
	Tell  func(Notice)      // shows a line at the foot of the window

	running sync.WaitGroup
	busy    bool
	cancel  func() // of the work that runs
	panels  []*Panel
	folder  string // where a file was chosen last
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
	d := &Desk{DB: db, Who: who, Window: window, Post: fyne.Do}
	window.Canvas().SetOnTypedKey(d.typedKey)
	return d
}

// Wait waits for all that runs beside the UI thread. What it has posted is not
// done yet when Wait returns.
func (d *Desk) Wait() { d.running.Wait() }

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
		})
	})
}

// progress is the panel of work that goes on.
type progress struct {
	desk   *Desk
	says   string
	cancel func()
	panel  *Panel
	bar    *widget.ProgressBar
	told   atomic.Int64 // when the bar moved last, so that it is not moved for every row
	ended  bool
}

// barSteps keeps the bar from being drawn more often than people can see.
const barSteps = 100 * time.Millisecond

func (d *Desk) newProgress(says string, cancel func()) *progress {
	return &progress{desk: d, says: says, cancel: cancel}
}

func (p *progress) show() {
	if p.ended {
		return
	}
	p.bar = widget.NewProgressBar()
	p.panel = p.desk.Show(p.says, p.bar, narrow, Choice{Text: doCancel, Do: p.cancel})
}

// tell is called from beside the UI thread.
func (p *progress) tell(done, total int64) {
	now := time.Now().UnixNano()
	last := p.told.Load()
	if total <= 0 || now-last < int64(barSteps) || !p.told.CompareAndSwap(last, now) {
		return
	}
	p.desk.Post(func() {
		if p.bar != nil {
			p.bar.SetValue(float64(done) / float64(total))
		}
	})
}

func (p *progress) end() {
	p.ended = true
	if p.panel != nil {
		p.panel.Hide()
	}
}
