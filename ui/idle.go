package ui

import (
	"time"

	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// idle tells how long nobody has touched the window. The toolkit reports input
// to what it is meant for alone; here it is gathered from the keys, from the
// mouse where it passes over the page, and from what the two change.
type idle struct {
	since  time.Time // the last input
	ticked time.Time // the last look at the clock
	focus  fyne.Focusable
	page   page.Page
	panel  *page.Panel
}

// slept is how far the clock may jump between two looks before the machine must
// have slept, or the program stood still: whoever is there now may be another.
// 默认值.
const slept = 2 * time.Minute

// KeepTime looks at the clock every second: it locks a ledger nobody works with,
// and counts down on the login page. It ends with the window.
func (w *Window) KeepTime() {
	tick := time.NewTicker(time.Second)
	end := make(chan struct{})
	w.win.SetOnClosed(func() {
		close(end)
		tick.Stop()
		w.leave()
	})
	go func() {
		for {
			select {
			case <-tick.C:
				w.Post(w.tick)
			case <-end:
				return
			}
		}
	}()
}

// stir notes that somebody is there.
func (w *Window) stir() { w.idle.since = w.now() }

// now is the clock on the wall: the one inside stands still while a machine
// sleeps.
func (w *Window) now() time.Time {
	if w.opts.Now != nil {
		return w.opts.Now().Round(0)
	}
	return time.Now().Round(0)
}

// tick looks at the clock.
func (w *Window) tick() {
	now, last := w.now(), w.idle.ticked
	w.idle.ticked = now
	if w.desk != nil && w.desk.DB != nil {
		w.desk.ForgetOld()
	}
	if w.login != nil {
		w.login.Tick()
		return
	}
	if w.shell == nil || w.desk.Lock == nil {
		return
	}
	focus, top, panel := w.win.Canvas().Focused(), w.shell.Page(), w.desk.Panel()
	if focus != w.idle.focus || top != w.idle.page || panel != w.idle.panel || now.Before(w.idle.since) {
		w.stir()
	}
	w.idle.focus, w.idle.page, w.idle.panel = focus, top, panel
	if now.Sub(w.idle.since) >= w.desk.LockAfter() || !last.IsZero() && now.Sub(last) > slept {
		w.lock()
	}
}

// put shows something in the window and hears of the mouse over it, and of keys
// nothing else has.
func (w *Window) put(content fyne.CanvasObject) {
	w.stir()
	w.win.SetContent(newGroundwork(content, w.stir))
	if c, is := w.win.Canvas().(desktop.Canvas); is {
		c.SetOnKeyDown(func(*fyne.KeyEvent) { w.stir() })
	}
}

// groundwork lies below everything the window shows and hears the mouse where
// nothing above it listens.
type groundwork struct {
	widget.BaseWidget

	content fyne.CanvasObject
	stir    func()
}

var _ desktop.Hoverable = (*groundwork)(nil)

func newGroundwork(content fyne.CanvasObject, stir func()) *groundwork {
	g := &groundwork{content: content, stir: stir}
	g.ExtendBaseWidget(g)
	return g
}

// MouseIn hears the mouse.
func (g *groundwork) MouseIn(*desktop.MouseEvent) { g.stir() }

// MouseMoved hears the mouse.
func (g *groundwork) MouseMoved(*desktop.MouseEvent) { g.stir() }

// MouseOut hears it go to what listens itself.
func (g *groundwork) MouseOut() { g.stir() }

// CreateRenderer is for the toolkit.
func (g *groundwork) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(g.content)
}
