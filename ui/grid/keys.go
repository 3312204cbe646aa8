package grid

import (
	"slices"

	"touyan/ui/screen"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

var (
	_ fyne.Focusable      = (*body)(nil)
	_ fyne.Shortcutable   = (*body)(nil)
	_ fyne.DoubleTappable = (*body)(nil)
	_ desktop.Mouseable   = (*body)(nil)
	_ desktop.Keyable     = (*body)(nil)
)

// TypedKey moves the cursor, opens and edits. Ctrl+Space belongs to the input
// method on many machines, therefore Space alone takes a row in or out as well.
func (b *body) TypedKey(e *fyne.KeyEvent) {
	g := b.g
	how := alone
	if b.shift {
		how = extend
	}
	switch e.Name {
	case fyne.KeyLeft:
		g.stand(g.place(g.current) - 1)
	case fyne.KeyRight:
		g.stand(g.place(g.current) + 1)
	case fyne.KeySpace:
		g.toggle()
	case fyne.KeyF2:
		if !g.startEdit() {
			g.fixed()
			b.passKey(e)
		}
	case fyne.KeyDelete:
		if !g.clearCells() {
			g.fixed()
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if g.Browse || !g.startEdit() {
			g.open(g.pick.cursor)
		}
	default:
		if !g.walk(e.Name, how) {
			b.passKey(e)
		}
	}
}

// passKey gives the window what is none of the grid's: Escape and the function
// keys.
func (b *body) passKey(e *fyne.KeyEvent) {
	if c := screen.Of(b); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// walk takes the cursor to another row, and reports whether the key is one that
// does.
func (g *Grid) walk(key fyne.KeyName, how reach) bool {
	at := g.pick.cursor
	page := max(int(g.scroll.Size().Height/g.look.Row)-1, 1)
	switch key {
	case fyne.KeyDown:
		g.moveTo(at+1, how)
	case fyne.KeyUp:
		g.moveTo(at-1, how)
	case fyne.KeyPageDown:
		g.moveTo(at+page, how)
	case fyne.KeyPageUp:
		g.moveTo(at-page, how)
	case fyne.KeyHome:
		g.moveTo(0, how)
	case fyne.KeyEnd:
		g.moveTo(len(g.shown)-1, how)
	default:
		return false
	}
	return true
}

func (g *Grid) toggle() {
	if at := g.pick.cursor; at >= 0 && at < len(g.shown) {
		g.pick.toggle(at)
		g.picked()
	}
}

// TypedShortcut does what worksheets do. The toolkit hands a focused widget
// every shortcut and asks nobody else, so the window's own are passed on.
func (b *body) TypedShortcut(s fyne.Shortcut) {
	g := b.g
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		if !g.copyCell(s.Clipboard) {
			g.copyTo(s.Clipboard, false)
		}
		return
	case *fyne.ShortcutPaste:
		if g.OnPaste != nil {
			g.paste(s.Clipboard.Content())
			return
		}
	case *fyne.ShortcutSelectAll:
		g.pick.all(len(g.shown))
		g.picked()
		return
	case *desktop.CustomShortcut:
		if g.shortcut(s) {
			return
		}
	}
	passOn(screen.Of(b), s)
}

// shortcut does what is the grid's own and reports whether it was.
func (g *Grid) shortcut(s *desktop.CustomShortcut) bool {
	const ctrl, shift, alt = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift, fyne.KeyModifierAlt
	type chord struct {
		modifier fyne.KeyModifier
		key      fyne.KeyName
	}
	switch (chord{s.Modifier, s.KeyName}) {
	case chord{ctrl, fyne.KeyHome}, chord{ctrl, fyne.KeyEnd}:
		g.walk(s.KeyName, alone)
	case chord{ctrl | shift, fyne.KeyHome}, chord{ctrl | shift, fyne.KeyEnd}:
		g.walk(s.KeyName, extend)
	case chord{ctrl, fyne.KeyUp}, chord{ctrl, fyne.KeyDown}, chord{ctrl, fyne.KeyPageUp}, chord{ctrl, fyne.KeyPageDown}:
		g.walk(s.KeyName, pass)
	case chord{ctrl, fyne.KeyLeft}:
		g.stand(0)
	case chord{ctrl, fyne.KeyRight}:
		g.stand(len(g.seen) - 1)
	case chord{ctrl, fyne.KeySpace}:
		g.toggle()
	case chord{ctrl | shift, fyne.KeyC}:
		g.copyTo(fyne.CurrentApp().Clipboard(), true)
	case chord{alt, fyne.KeyDown}:
		if g.Bare {
			return false
		}
		g.sieve(g.current)
	case chord{ctrl, fyne.KeyF}:
		if g.OnFind == nil {
			return false
		}
		g.OnFind()
	case chord{ctrl, fyne.KeyD}:
		return g.fillDown()
	case chord{ctrl | shift, fyne.KeyD}:
		return g.fillPrevious()
	default:
		return false
	}
	return true
}

// passOn hands a shortcut to whatever the window has for it.
func passOn(window fyne.Canvas, s fyne.Shortcut) {
	if handler, ok := window.(fyne.Shortcutable); ok {
		handler.TypedShortcut(s)
	}
}

// TypedRune begins editing, as in a worksheet. Space selects. A phrase of an
// input method comes as its letters at once: what follows the first is typed
// on.
func (b *body) TypedRune(r rune) {
	switch e := b.g.edit; {
	case e != nil:
		e.editor.TypedRune(r)
	case r != ' ' && b.g.OnEdit != nil:
		b.g.typeInto(r)
	}
}

// KeyDown and KeyUp keep track of Shift, which TypedKey is not told of.
func (b *body) KeyDown(e *fyne.KeyEvent) { b.shifted(e.Name, true) }

// KeyUp is the other half of KeyDown.
func (b *body) KeyUp(e *fyne.KeyEvent) { b.shifted(e.Name, false) }

func (b *body) shifted(key fyne.KeyName, down bool) {
	if isShift(key) {
		b.shift = down
	}
}

func isShift(key fyne.KeyName) bool {
	return key == desktop.KeyShiftLeft || key == desktop.KeyShiftRight
}

// FocusGained shows the cell the keys move from.
func (b *body) FocusGained() {
	b.focused = true
	b.mark()
	b.g.tip.cursor()
}

// FocusLost hides it. Shift may be let go elsewhere.
func (b *body) FocusLost() {
	b.focused, b.shift = false, false
	b.mark()
	b.g.tip.hide()
}

// MouseDown selects: one row, with Shift up to it from the anchor, with Ctrl
// this one too or no longer. The cursor comes to the column as well.
func (b *body) MouseDown(e *desktop.MouseEvent) {
	g := b.g
	at, place := g.cellAt(e.Position)
	under := ""
	if at >= 0 {
		under = g.row(at).ID
	}
	if !g.Settle() {
		return
	}
	g.Focus()
	if at >= 0 && (at >= len(g.shown) || g.row(at).ID != under) {
		at = slices.Index(g.Shown(), under) // what was typed may have sorted it elsewhere
	}
	if e.Button != desktop.MouseButtonPrimary || at < 0 {
		return
	}
	if place >= 0 {
		g.current = g.seen[place]
	}
	b.down = [2]int{b.down[1], at}
	shift := e.Modifier&fyne.KeyModifierShift != 0
	ctrl := e.Modifier&fyne.KeyModifierShortcutDefault != 0
	b.shift = shift
	switch {
	case shift:
		g.pick.extend(at, ctrl)
	case ctrl:
		g.pick.toggle(at)
	default:
		g.pick.only(at)
	}
	// A row cut off by the edge stays so: scrolling now would put the second
	// click of two on another row.
	g.picked()
}

// MouseUp does nothing: a press has selected already.
func (b *body) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped edits the cell both clicks were on, or opens its row.
func (b *body) DoubleTapped(*fyne.PointEvent) {
	if b.down[0] == b.down[1] && (b.g.Browse || !b.g.startEdit()) {
		b.g.open(b.down[1])
	}
}
