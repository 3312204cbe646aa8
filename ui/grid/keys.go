package grid

import (
	"strings"

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

// Focus gives the grid the keyboard.
func (g *Grid) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g.body); c != nil {
		c.Focus(g.body)
	}
}

// Selected returns the ids of the selected rows, in the order shown.
func (g *Grid) Selected() []string {
	ids := make([]string, 0, len(g.pick.chosen))
	for at := range g.shown {
		if g.pick.chosen[at] {
			ids = append(ids, g.row(at).ID)
		}
	}
	return ids
}

// Select selects the shown rows with these ids, and brings the first of them
// into sight. Without ids nothing is selected.
func (g *Grid) Select(ids ...string) {
	wanted := make(map[string]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	g.pick.none()
	for at := range g.shown {
		if !wanted[g.row(at).ID] {
			continue
		}
		if g.pick.cursor < 0 {
			g.pick.only(at)
		}
		g.pick.chosen[at] = true
	}
	if g.pick.cursor >= 0 {
		g.reveal(g.pick.cursor)
	}
	g.picked()
}

// Copy returns the selected rows as a worksheet takes them from the clipboard:
// a line of heads, then a line for each row, cells separated by tabs. Cells
// are as shown, so what is masked stays masked.
func (g *Grid) Copy() string {
	if len(g.pick.chosen) == 0 {
		return ""
	}
	var b strings.Builder
	for i, c := range g.columns {
		writeCell(&b, i, c.Label)
	}
	b.WriteByte('\n')
	for at := range g.shown {
		if !g.pick.chosen[at] {
			continue
		}
		for i := range g.columns {
			writeCell(&b, i, g.row(at).cell(i))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func writeCell(b *strings.Builder, column int, text string) {
	if column > 0 {
		b.WriteByte('\t')
	}
	b.WriteString(oneLine(text))
}

// picked shows a new selection and tells of it.
func (g *Grid) picked() {
	g.body.mark()
	g.tell()
	g.selectionChanged()
}

func (g *Grid) selectionChanged() {
	if g.OnSelect != nil {
		g.OnSelect(g.Selected())
	}
}

func (g *Grid) open(at int) {
	if g.OnOpen != nil && at >= 0 && at < len(g.shown) {
		g.OnOpen(g.row(at).ID)
	}
}

// moveTo takes the cursor to a row, as near as there is one.
func (g *Grid) moveTo(at int, extend bool) {
	if len(g.shown) == 0 {
		return
	}
	at = min(max(at, 0), len(g.shown)-1)
	if extend {
		g.pick.extend(at, false)
	} else {
		g.pick.only(at)
	}
	g.reveal(at)
	g.picked()
}

// TypedKey moves the cursor, scrolls sideways and opens.
func (b *body) TypedKey(e *fyne.KeyEvent) {
	g := b.g
	at := g.pick.cursor
	page := max(int(g.scroll.Size().Height/g.look.Row)-1, 1)
	switch e.Name {
	case fyne.KeyDown:
		g.moveTo(at+1, b.shift)
	case fyne.KeyUp:
		g.moveTo(at-1, b.shift)
	case fyne.KeyPageDown:
		g.moveTo(at+page, b.shift)
	case fyne.KeyPageUp:
		g.moveTo(at-page, b.shift)
	case fyne.KeyHome:
		g.moveTo(0, b.shift)
	case fyne.KeyEnd:
		g.moveTo(len(g.shown)-1, b.shift)
	case fyne.KeyLeft:
		b.sideways(-1)
	case fyne.KeyRight:
		b.sideways(1)
	case fyne.KeyReturn, fyne.KeyEnter:
		g.open(at)
	default: // Escape and the function keys are the window's
		if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(e)
		}
	}
}

// sideways scrolls by about the width of a column.
func (b *body) sideways(direction float32) {
	g := b.g
	to := g.scroll.Offset
	most := max(g.content().Width-g.scroll.Size().Width, 0)
	to.X = min(max(to.X+direction*6*g.look.Text, 0), most)
	g.scroll.ScrollToOffset(to)
	g.scrolled()
}

// TypedShortcut copies and selects all. The toolkit hands a focused widget
// every shortcut and asks nobody else, so the window's own are passed on.
func (b *body) TypedShortcut(s fyne.Shortcut) {
	g := b.g
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		if text := g.Copy(); text != "" {
			s.Clipboard.SetContent(text)
		}
		return
	case *fyne.ShortcutSelectAll:
		g.pick.all(len(g.shown))
		g.picked()
		return
	case *desktop.CustomShortcut:
		if s.Modifier == fyne.KeyModifierShortcutDefault && (s.KeyName == fyne.KeyHome || s.KeyName == fyne.KeyEnd) {
			b.TypedKey(&fyne.KeyEvent{Name: s.KeyName})
			return
		}
	}
	pass(fyne.CurrentApp().Driver().CanvasForObject(b), s)
}

// pass hands a shortcut to whatever the window has for it.
func pass(window fyne.Canvas, s fyne.Shortcut) {
	if handler, ok := window.(fyne.Shortcutable); ok {
		handler.TypedShortcut(s)
	}
}

// TypedRune does nothing: letters belong to the input method.
func (b *body) TypedRune(rune) {}

// KeyDown and KeyUp keep track of Shift, which TypedKey is not told of.
func (b *body) KeyDown(e *fyne.KeyEvent) { b.shifted(e.Name, true) }

// KeyUp is the other half of KeyDown.
func (b *body) KeyUp(e *fyne.KeyEvent) { b.shifted(e.Name, false) }

func (b *body) shifted(key fyne.KeyName, down bool) {
	if key == desktop.KeyShiftLeft || key == desktop.KeyShiftRight {
		b.shift = down
	}
}

// FocusGained shows the row the keys move from.
func (b *body) FocusGained() {
	b.focused = true
	b.mark()
}

// FocusLost hides it. Shift may be let go elsewhere.
func (b *body) FocusLost() {
	b.focused, b.shift = false, false
	b.mark()
}

// MouseDown selects: one row, with Shift up to it from the anchor, with Ctrl
// this one too or no longer.
func (b *body) MouseDown(e *desktop.MouseEvent) {
	g := b.g
	g.Focus()
	at := int(e.Position.Y / g.look.Row)
	if e.Button != desktop.MouseButtonPrimary || at < 0 || at >= len(g.shown) {
		return
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

// DoubleTapped opens the row both clicks were on.
func (b *body) DoubleTapped(*fyne.PointEvent) {
	if b.down[0] == b.down[1] {
		b.g.open(b.down[1])
	}
}
