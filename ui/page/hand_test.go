package page_test

import (
	"context"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/ui"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// clerk works in all tasks, on the same morning.
var clerk = store.Actor{Name: "张敏"}

func clock() time.Time { return time.Date(2026, 3, 2, 9, 30, 0, 0, time.Local) }

// hand is somebody at keyboard and mouse before the window, who counts. It
// knows nothing of what the window is made of: keys go where the keyboard is,
// as the toolkit's driver hands them out, and clicks to what can be seen.
type hand struct {
	t      *testing.T
	win    *ui.Window
	canvas fyne.Canvas
	db     *store.DB
	posted chan func()

	keys, clicks int
	opened       []string // books opened in the program of the office
}

// sit opens the program on an invented township of 24 villages, as it opens in
// the morning.
func sit(t *testing.T) *hand {
	t.Helper()
	path := filepath.Join(t.TempDir(), "台账.touyan")
	opts := store.Options{Kinds: record.Kinds(), Now: clock}
	must(t, store.Create(path, sample.OfficeAt(field.Township), true, opts))
	db, err := store.Open(path, opts)
	must(t, err)
	must(t, sample.Build(context.Background(), db, clerk, 1))
	must(t, db.Close())

	h := &hand{t: t, posted: make(chan func(), 1<<12)}
	h.win = ui.New(test.NewTempApp(t), opts, clerk)
	h.win.Post = func(f func()) { h.posted <- f }
	h.win.Launch = func(path string, then func(error)) {
		h.opened = append(h.opened, path)
		then(nil)
	}
	h.win.Start(path)
	h.settle()
	h.db, h.canvas = h.win.Desk().DB, h.win.Desk().Window.Canvas()
	h.win.Desk().Window.Resize(fyne.NewSize(1366, 768))
	h.settle()
	t.Cleanup(func() {
		h.win.Desk().Stop()
		must(t, h.win.Desk().DB.Close())
	})
	return h
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// settle waits until nothing more happens by itself.
func (h *hand) settle() {
	for {
		h.win.Desk().Wait()
		select {
		case f := <-h.posted:
			f()
		default:
			return
		}
	}
}

// press presses keys one after another, each as "Ctrl+K", "Shift+Down" or
// "Return". A combination is one press.
func (h *hand) press(keys ...string) {
	h.t.Helper()
	for _, key := range keys {
		h.keys++
		parts := strings.Split(key, "+")
		name := fyne.KeyName(parts[len(parts)-1])
		var held fyne.KeyModifier
		for _, m := range parts[:len(parts)-1] {
			held |= modifiers[m]
		}
		if s := shortcut(name, held); s != nil {
			h.shortcut(s)
		} else {
			h.key(name, held == fyne.KeyModifierShift)
		}
		h.settle()
	}
}

var modifiers = map[string]fyne.KeyModifier{
	"Ctrl": fyne.KeyModifierControl, "Alt": fyne.KeyModifierAlt, "Shift": fyne.KeyModifierShift,
}

func shortcut(name fyne.KeyName, held fyne.KeyModifier) fyne.Shortcut {
	if held == 0 || held == fyne.KeyModifierShift {
		return nil
	}
	if held == fyne.KeyModifierControl {
		board := fyne.CurrentApp().Clipboard()
		switch name {
		case fyne.KeyZ:
			return &fyne.ShortcutUndo{}
		case fyne.KeyY:
			return &fyne.ShortcutRedo{}
		case fyne.KeyV:
			return &fyne.ShortcutPaste{Clipboard: board}
		case fyne.KeyC:
			return &fyne.ShortcutCopy{Clipboard: board}
		case fyne.KeyX:
			return &fyne.ShortcutCut{Clipboard: board}
		case fyne.KeyA:
			return &fyne.ShortcutSelectAll{}
		}
	}
	return &desktop.CustomShortcut{KeyName: name, Modifier: held}
}

// shortcut hands one to where the keyboard is, and the window's own to the
// window: the toolkit's canvas for tests hides that it takes them, so widgets
// cannot pass them on as they do on a screen.
func (h *hand) shortcut(s fyne.Shortcut) {
	f, takes := h.canvas.Focused().(fyne.Shortcutable)
	if takes {
		f.TypedShortcut(s)
	}
	if _, own := s.(*desktop.CustomShortcut); own || !takes {
		inner := reflect.ValueOf(h.canvas).Elem().FieldByName("WindowlessCanvas").Interface()
		inner.(fyne.Shortcutable).TypedShortcut(s)
	}
}

func (h *hand) key(name fyne.KeyName, shift bool) {
	e := &fyne.KeyEvent{Name: name}
	f := h.canvas.Focused()
	hears, both := f.(desktop.Keyable)
	if shift && both {
		hears.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		defer hears.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
	tabs, has := f.(fyne.Tabbable)
	switch {
	case name == fyne.KeyTab && !(has && tabs.AcceptsTab()) && shift:
		h.canvas.FocusPrevious()
	case name == fyne.KeyTab && !(has && tabs.AcceptsTab()):
		h.canvas.FocusNext()
	case f == nil:
		h.canvas.OnTypedKey()(e)
	default:
		if both {
			hears.KeyDown(e)
			defer hears.KeyUp(e)
		}
		f.TypedKey(e)
	}
}

// write types a text. Each letter, digit and Chinese character is one press:
// what an input method asks beyond that is the same in any program.
func (h *hand) write(text string) {
	h.t.Helper()
	for _, r := range text {
		h.keys++
		f := h.canvas.Focused()
		if f == nil {
			h.t.Fatalf("the keyboard is nowhere, typing %q on a screen that says: %s", text, h.screen())
		}
		f.TypedRune(r)
	}
	h.settle()
}

// click clicks the text that can be seen, the last drawn if it is there twice.
func (h *hand) click(text string) {
	h.t.Helper()
	at, seen := h.find(text)
	if !seen {
		h.t.Fatalf("nothing says %q on a screen that says: %s", text, h.screen())
	}
	h.clicks++
	h.tap(h.under(at), at)
}

// tap presses a thing at a place, as the toolkit's driver does.
func (h *hand) tap(under fyne.CanvasObject, at fyne.Position) {
	if m, is := under.(desktop.Mouseable); is {
		e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
		e.AbsolutePosition, e.Position = at, at.Subtract(h.place(under))
		m.MouseDown(e)
		defer m.MouseUp(e)
	}
	test.TapCanvas(h.canvas, at)
	h.settle()
}

// top is what lies over everything else.
func (h *hand) top() fyne.CanvasObject {
	if over := h.canvas.Overlays().Top(); over != nil {
		return over
	}
	return h.canvas.Content()
}

func (h *hand) place(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}

// visible are all things on top that can be seen, in the order they are drawn:
// nothing hidden, and nothing scrolled out of sight.
func (h *hand) visible() (out []fyne.CanvasObject) {
	var walk func(o fyne.CanvasObject, low, high fyne.Position)
	walk = func(o fyne.CanvasObject, low, high fyne.Position) {
		at := h.place(o)
		end := at.AddXY(o.Size().Width, o.Size().Height)
		if !o.Visible() || end.X < low.X || end.Y < low.Y || at.X >= high.X || at.Y >= high.Y {
			return
		}
		out = append(out, o)
		switch o := o.(type) {
		case *fyne.Container:
			for _, inside := range o.Objects {
				walk(inside, low, high)
			}
		case fyne.Widget:
			if _, clips := o.(*container.Scroll); clips {
				low, high = fyne.NewPos(max(low.X, at.X), max(low.Y, at.Y)), fyne.NewPos(min(high.X, end.X), min(high.Y, end.Y))
			}
			for _, inside := range test.WidgetRenderer(o).Objects() {
				walk(inside, low, high)
			}
		}
	}
	size := h.canvas.Size()
	walk(h.top(), fyne.Position{}, fyne.NewPos(size.Width, size.Height))
	return out
}

// find is the middle of a text on the screen.
func (h *hand) find(text string) (at fyne.Position, seen bool) {
	for _, o := range h.visible() {
		if t, is := o.(*canvas.Text); is && strings.TrimSpace(t.Text) == text {
			at, seen = h.place(t).Add(fyne.NewPos(t.MinSize().Width/2, t.Size().Height/2)), true
		}
	}
	return at, seen
}

// under is the innermost thing at a place that takes clicks.
func (h *hand) under(at fyne.Position) (found fyne.CanvasObject) {
	for _, o := range h.visible() {
		_, taps := o.(fyne.Tappable)
		_, doubles := o.(fyne.DoubleTappable)
		_, hears := o.(desktop.Mouseable)
		p := at.Subtract(h.place(o))
		if (taps || doubles || hears) && p.X >= 0 && p.Y >= 0 && p.X < o.Size().Width && p.Y < o.Size().Height {
			found = o
		}
	}
	return found
}

// screen is all text that can be seen.
func (h *hand) screen() string {
	var out []string
	for _, o := range h.visible() {
		if t, is := o.(*canvas.Text); is && t.Text != "" {
			out = append(out, t.Text)
		}
	}
	return strings.Join(out, " | ")
}

// sees fails the task if the screen does not say so.
func (h *hand) sees(parts ...string) {
	h.t.Helper()
	for _, p := range parts {
		if s := h.screen(); !strings.Contains(s, p) {
			h.t.Fatalf("the screen does not say %q, but: %s", p, s)
		}
	}
}

// into puts the keyboard into the field of a form that has this label.
func (h *hand) into(label string) {
	h.t.Helper()
	at, seen := h.find(label)
	if !seen {
		h.t.Fatalf("no field %q on a screen that says: %s", label, h.screen())
	}
	var found fyne.CanvasObject
	for _, o := range h.visible() {
		f, takes := o.(fyne.Focusable)
		p := h.place(o)
		if right := p.X > at.X && at.Y >= p.Y && at.Y < p.Y+o.Size().Height; takes && right && (found == nil || p.X < h.place(found).X) {
			found = f.(fyne.CanvasObject)
		}
	}
	if found == nil {
		h.t.Fatalf("nothing to type into beside %q", label)
	}
	h.clicks++
	h.tap(found, h.place(found).Add(fyne.NewPos(4, found.Size().Height/2)))
}

// drop takes a book from the desktop into the window: the button goes down
// there and up here.
func (h *hand) drop(path string) {
	h.clicks += 2
	h.win.Shell().Receive(path)
	h.settle()
}
