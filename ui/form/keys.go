package form

import (
	"touyan/ui/screen"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// canvas is the window the form is in, nil if it is in none.
func (f *Form) canvas() fyne.Canvas {
	return screen.Of(f)
}

// order lists the cells one goes through.
func (f *Form) order() []*cell {
	var all []*cell
	take := func(cells []*cell) {
		for _, c := range cells {
			if c.input != nil && !c.off {
				all = append(all, c)
			}
		}
	}
	for _, b := range f.blocks {
		take(b.cells)
		if b.part != nil {
			for _, r := range b.part.records {
				take(r.cells)
			}
		}
	}
	return all
}

// step goes to the next cell, with Shift to the one before. Beyond the last
// Tab and Enter go on to what follows the form; but Enter at the end of the
// last line of a table begins another, unless that line is empty.
func (f *Form) step(c *cell, enter bool) {
	f.drop(nil, nil)
	if p := c.rec.part(); p != nil && enter && !f.shift && p.ends(c) && !c.rec.empty() && p.add() {
		return
	}
	all := f.order()
	for i, other := range all {
		if other != c {
			continue
		}
		to := i + 1
		if f.shift {
			to = i - 1
		}
		if to >= 0 && to < len(all) {
			f.focus(all[to])
			all[to].selectAll()
			return
		}
	}
	window := f.canvas()
	switch {
	case window == nil:
	case f.shift:
		window.FocusPrevious()
	default:
		window.FocusNext()
	}
}

// focus gives a cell the keyboard.
func (f *Form) focus(c *cell) {
	window := f.canvas()
	if window == nil || c == nil || c.input == nil {
		return
	}
	f.moving = true
	window.Focus(c.input)
	f.moving = false
}

func (c *cell) selectAll() { c.input.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// escape takes a cell back. Where there is nothing to take back the key is the
// window's.
func (f *Form) escape(c *cell, e *fyne.KeyEvent) {
	if c.altered() {
		c.restore()
		return
	}
	f.passKey(e)
}

// passKey hands a key to whatever the window has for it.
func (f *Form) passKey(e *fyne.KeyEvent) {
	if window := f.canvas(); window != nil && window.OnTypedKey() != nil {
		window.OnTypedKey()(e)
	}
}

// release gives the keyboard back after a press that came to nothing: the mouse
// went down on a part of the form and elsewhere before it was let go.
func (f *Form) release() {
	if f.held {
		f.held = false
		f.focus(f.now)
	}
}

func (f *Form) shifted(key fyne.KeyName, down bool) {
	if key == desktop.KeyShiftLeft || key == desktop.KeyShiftRight {
		f.shift = down
	}
}

// entered is told that a cell has the keyboard.
func (f *Form) entered(c *cell) {
	f.held = false
	if f.now != nil && f.now != c {
		f.close(f.now)
	}
	if f.now != c {
		c.enter()
	}
	f.now = c
	if window := f.canvas(); window != nil {
		f.overlay = window.Overlays().Top()
	}
	c.style()
	f.reveal(c)
}

// lost is told that a cell has it no longer. Whether the form is left is not
// known before the next one has it.
func (f *Form) lost(c *cell) {
	if f.held {
		c.style()
		return
	}
	f.drop(nil, nil)
	f.close(c)
	if !f.moving {
		f.shift = false
		f.o.Post(func() {
			if !f.inside() {
				f.Leave()
			}
		})
	}
}

// close is for a cell that is left.
func (f *Form) close(c *cell) {
	altered := c.altered()
	if f.now == c {
		f.now = nil
	}
	c.finish()
	if altered && c.bad == nil && c.rec == f.owner && f.o.Derive != nil {
		follows := f.o.Derive(f.owner.row(), c.field.Name)
		for _, other := range f.owner.cells {
			if v := follows[other.field.Name]; v != "" && other.value == "" && other.bad == nil {
				other.put(v)
			}
		}
	}
	c.rec.check()
	c.style()
	f.redo()
}

// inside reports whether the keyboard is still in the form: in one of its
// cells, or with something that lies over the window and will give it back.
func (f *Form) inside() bool {
	window := f.canvas()
	if window == nil {
		return false
	}
	if in, ok := window.Focused().(*input); ok && in.cell.rec.form == f {
		return true
	}
	return f.held || window.Overlays().Top() != f.overlay
}

// edited is told that a cell was typed into.
func (f *Form) edited(c *cell) {
	f.keepFound()
	if f.o.OnEdit != nil {
		f.o.OnEdit()
	}
	f.ask()
	c.rec.check()
	if f.o.Asks != nil {
		f.restyle()
	}
	f.redo()
	f.keepSoon()
}

// typing is told the text of a cell as it is typed: a list opens by itself.
func (f *Form) typing(c *cell) {
	switch {
	case f.float != nil && f.under == c:
		f.float.typed(c.text)
	case c.choosable() && f.now == c:
		l := newList(c)
		f.drop(c, l)
		l.typed(c.text)
	}
}
