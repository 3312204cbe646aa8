package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"touyan/ui"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// guide drives the window over its screens. At each stop it prints a line
// "shot NAME 1366x768", with the size of the window, and waits for a line, so
// that whoever started the program can take the picture. It works as a person would: enters rooms, types into the
// find box, presses buttons.
type guide struct {
	w      *ui.Window
	ledger string
	size   fyne.Size // of the window
	told   *bufio.Reader
	err    error // why the tour ended early
}

func newGuide(w *ui.Window, ledger string) *guide {
	return &guide{w: w, ledger: ledger, told: bufio.NewReader(os.Stdin)}
}

// run makes the tour and then quits, also when something on the way fails.
func (g *guide) run(quit func()) {
	defer func() {
		if r := recover(); r != nil {
			g.err = errors.Join(g.err, fmt.Errorf("the tour: %v", r))
		}
		fyne.Do(quit)
	}()
	g.tour()
}

// do runs a step on the UI thread and waits until all that it set off is done.
func (g *guide) do(step func()) {
	fyne.DoAndWait(step)
	g.settle()
}

// settle waits for work beside the UI thread, for what that posted, and for
// what that set off in turn.
func (g *guide) settle() {
	for range 5 {
		var desk *page.Desk
		fyne.DoAndWait(func() { desk = g.w.Desk() })
		desk.Wait()
		fyne.DoAndWait(func() {})
	}
}

// shot makes a stop.
func (g *guide) shot(name string) {
	g.settle()
	drawn()
	fmt.Printf("shot %s %.0fx%.0f\n", name, g.size.Width, g.size.Height)
	if _, err := g.told.ReadString('\n'); err != nil {
		panic(fmt.Errorf("nobody follows at stop %s: %w", name, err))
	}
}

// frames are how many must begin until the first of them is on the screen for
// certain: a frame that blurs what lies below a panel takes long without a
// graphics card.
const frames = 3

// drawn waits until what the window shows now has been drawn. The toolkit tells
// nobody of its frames but animations, so one counts them.
func drawn() {
	tick := make(chan bool, frames)
	count := fyne.NewAnimation(time.Hour, func(float32) {
		select {
		case tick <- true:
		default:
		}
	})
	fyne.DoAndWait(count.Start)
	for range frames {
		<-tick
	}
	fyne.DoAndWait(count.Stop)
}

// resize makes the window so large, as a person does who drags its corner.
func (g *guide) resize(size fyne.Size) {
	g.size = size
	g.do(func() { g.w.Desk().Window.Resize(size) })
}

// room enters a room.
func (g *guide) room(name string) { g.do(func() { g.w.Shell().Show(name) }) }

// press presses a button of the panel on top, or of the page if there is none.
func (g *guide) press(text string) {
	g.do(func() {
		buttons, where := g.buttons()
		if !buttons.Press(text) && !(buttons.Press("更多…") && g.w.Desk().Pick(text)) {
			panic(fmt.Errorf("%s has no button %s", where, text))
		}
	})
}

// command does what the find box offers under a text.
func (g *guide) command(text string) {
	g.do(func() {
		for _, c := range g.w.Desk().Commands() {
			if c.Text == text {
				c.Do()
				return
			}
		}
		panic(fmt.Errorf("nothing is offered as %s", text))
	})
}

// keys presses keys where the keyboard is.
func (g *guide) keys(names ...fyne.KeyName) {
	for _, name := range names {
		g.do(func() {
			c := g.w.Desk().Window.Canvas()
			if e := (&fyne.KeyEvent{Name: name}); c.Focused() != nil {
				c.Focused().TypedKey(e)
			} else {
				c.OnTypedKey()(e)
			}
		})
	}
}

// shortcut presses one where the keyboard is.
func (g *guide) shortcut(s fyne.Shortcut) {
	g.do(func() {
		if f, takes := g.w.Desk().Window.Canvas().Focused().(fyne.Shortcutable); takes {
			f.TypedShortcut(s)
		}
	})
}

// write types a text where the keyboard is.
func (g *guide) write(text string) {
	g.do(func() {
		for _, r := range text {
			g.w.Desk().Window.Canvas().Focused().TypedRune(r)
		}
	})
}

// link presses a word at the foot of the window, or at its top.
func (g *guide) link(text string) {
	g.do(func() {
		if !g.w.Shell().Press(text) {
			panic(fmt.Errorf("there is no %s at the foot, nor at the top", text))
		}
	})
}

func (g *guide) buttons() (page.Buttons, string) {
	if l := g.w.Login(); l != nil {
		return l.Buttons(), "the login page"
	}
	if p := g.w.Desk().Panel(); p != nil {
		return p.Buttons(), p.Title
	}
	if s := g.w.Asking(); s != nil {
		return s.Buttons(), "the page that asks for a ledger"
	}
	p := g.w.Shell().Page()
	return p.Buttons(), p.Title()
}

// must ends the tour at a fault.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// on runs a step with the page shown, which must be of that type.
func on[P page.Page](g *guide, step func(P)) {
	g.do(func() {
		p, ok := g.w.Shell().Page().(P)
		if !ok {
			panic(fmt.Errorf("the page %s is not the expected one%s", g.w.Shell().Page().Title(), g.trouble()))
		}
		step(p)
	})
}

// trouble is what a panel says, for the message about why the tour ended.
func (g *guide) trouble() string {
	if p := g.w.Desk().Panel(); p != nil {
		return "; over it: " + strings.TrimSpace(p.Title)
	}
	return ""
}
