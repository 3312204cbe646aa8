package grid

import (
	"strings"

	"touyan/ui/screen"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Change is one cell a person gave another text. The grid shows it once rows
// with it are set.
type Change struct {
	ID     string
	Column string
	Text   string // as typed; "" empties the cell
}

// edit is a cell being edited: the one at the cursor, and with it the same
// column of all other selected rows.
type edit struct {
	g      *Grid
	editor Editor
	ground *canvas.Rectangle // hides the cell below
	column int
	ids    []string // of the rows that will have the text
	was    string
	why    string // what was typed cannot be taken
}

// masks is what stands for the hidden middle of a private value.
const masks = "•"

// editable reports whether a person may change a column here.
func (g *Grid) editable(column int) bool { return g.OnEdit != nil && g.columns[column].Edit }

// textAt is the text of a cell to go on from. A masked one is not the value,
// and must not become it.
func (g *Grid) textAt(at, column int) string {
	row := g.row(at)
	if g.TextOf != nil {
		return g.TextOf(row.ID, g.columns[column].Name)
	}
	text := row.cell(column)
	if strings.Contains(text, masks) {
		return ""
	}
	return text
}

// startEdit lays an editor over the cell at the cursor and reports whether
// that is one to be edited.
func (g *Grid) startEdit() bool {
	at := g.pick.cursor
	if at < 0 || at >= len(g.shown) || !g.editable(g.current) {
		return false
	}
	if !g.Settle() {
		return true
	}
	g.reveal(at)
	g.revealColumn(g.place(g.current))
	e := &edit{g: g, column: g.current, was: g.textAt(at, g.current), ids: []string{g.row(at).ID}}
	if g.pick.has(at) && g.pick.count > 1 {
		e.ids = g.Selected()
	}
	e.ground = canvas.NewRectangle(g.look.Surface)
	if g.NewEditor != nil {
		e.editor = g.NewEditor(g.columns[g.current].Name)
	} else {
		e.editor = newPlain()
	}
	e.editor.SetKeys(e.key)
	e.editor.SetLeft(e.left)
	g.edit = e
	g.tip.hide()
	g.body.placeRing()
	g.body.gather()
	g.tell()
	if c := screen.Of(g.body); c != nil {
		c.Focus(e.editor)
	}
	e.editor.SetValue(e.was)
	return true
}

// typeInto begins editing with a letter typed on a cell, in the place of what
// stands there. The letters of an input method come the same way.
func (g *Grid) typeInto(r rune) {
	if g.startEdit() {
		g.edit.editor.TypedRune(r)
		return
	}
	g.fixed()
}

// fixed tells that the column of the cursor is not changed here.
func (g *Grid) fixed() {
	if at := g.pick.cursor; at >= 0 && at < len(g.shown) && g.OnEdit != nil && g.OnFixed != nil {
		g.OnFixed(g.columns[g.current].Name)
	}
}

// say is what the footer says meanwhile.
func (e *edit) say(g *Grid) string {
	if e.why != "" {
		return e.why
	}
	label := g.columns[e.column].Label
	if len(e.ids) > 1 {
		return sayEditingMany(len(e.ids), label)
	}
	return sayEditing(label)
}

// place lays the editor over its cell, and wider and higher where the cell is
// too narrow to type into.
func (e *edit) place(pos fyne.Position, size fyne.Size) {
	size.Width = max(size.Width, e.editor.MinSize().Width, 6*e.g.look.Text)
	if right := e.g.scroll.Offset.X + e.g.scroll.Size().Width - e.g.look.ScrollBar; pos.X+size.Width > right {
		pos.X = max(right-size.Width, 0)
	}
	if high := e.editor.MinSize().Height; high > size.Height {
		top := e.g.scroll.Offset.Y
		pos.Y = min(max(pos.Y-(high-size.Height)/2, top), max(top+e.g.scroll.Size().Height-high, top))
		size.Height = high
	}
	e.ground.Move(pos)
	e.ground.Resize(size)
	e.editor.Move(pos)
	e.editor.Resize(size)
}

// key is asked about every key typed while editing: Enter takes the text and
// goes on down, Tab right, Escape leaves the cell as it was. Going on, the
// next cell is edited at once, so that a column is typed in as in a worksheet.
func (e *edit) key(key fyne.KeyName, shift bool) bool {
	g := e.g
	if g.edit != e {
		return false
	}
	switch key {
	case fyne.KeyEscape:
		g.leave()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown, fyne.KeyUp:
		if e.refused() {
			return true
		}
		g.goOn(shift || key == fyne.KeyUp)
	case fyne.KeyTab:
		if e.refused() {
			return true
		}
		g.goAcross(shift)
	default:
		return false
	}
	return true
}

// refused says at the foot why what was typed cannot be taken, if so.
func (e *edit) refused() bool {
	g, text := e.g, e.editor.Value()
	e.why = ""
	if g.Check != nil && text != e.was {
		e.why = g.Check(e.ids, g.columns[e.column].Name, text)
	}
	g.tell()
	return e.why != ""
}

// left is called when the editor loses the keyboard. Where it went to another
// part of the window, what was typed is taken, or stays where it cannot be. Where
// the window itself lost it, to an input method or to the paper one copies from, typing goes on later.
func (e *edit) left() {
	e.g.post(func() {
		g := e.g
		c := screen.Of(g.body)
		if g.edit == e && (c == nil || c.Focused() != fyne.Focusable(e.editor)) && !e.refused() {
			g.commit()
		}
	})
}

// commit takes what was typed, if a cell is being edited.
func (g *Grid) commit() {
	e := g.edit
	if e == nil {
		return
	}
	text := e.editor.Value()
	g.leave()
	if text == e.was { // nothing was typed; filling down is another deed
		return
	}
	changes := make([]Change, 0, len(e.ids))
	for _, id := range e.ids {
		changes = append(changes, Change{ID: id, Column: g.columns[e.column].Name, Text: text})
	}
	g.OnEdit(changes)
}

// Settle takes what was typed, if a cell is being edited, and reports whether
// nothing is open any more. What cannot be taken stays in its cell, which has
// the keyboard; the foot says why.
func (g *Grid) Settle() bool {
	if g.edit != nil && g.edit.refused() {
		g.Focus()
		return false
	}
	g.commit()
	return true
}

// leave takes the editor away without taking the text. The keyboard comes back
// to the grid, unless it has gone elsewhere.
func (g *Grid) leave() {
	e := g.edit
	if e == nil {
		return
	}
	g.edit = nil
	if c := screen.Of(g.body); c != nil && c.Focused() == fyne.Focusable(e.editor) {
		c.Focus(g.body)
	}
	g.body.placeRing()
	g.body.gather()
	g.tell()
}

// neighbour is the id of the row next to the cursor, empty if there is none.
// It is asked for before a change is told: the change may sort or filter the
// row edited away to somewhere else.
func (g *Grid) neighbour(step int) string {
	if at := g.pick.cursor + step; at >= 0 && at < len(g.shown) {
		return g.row(at).ID
	}
	return ""
}

// editIn goes to a row and edits its cell in the column at a place.
func (g *Grid) editIn(id string, place int) {
	for at := range g.shown {
		if g.row(at).ID != id {
			continue
		}
		if at != g.pick.cursor {
			g.moveTo(at, alone)
		}
		g.stand(place)
		g.startEdit()
		return
	}
}

// goOn takes the text and edits the cell below, or above; after a change of
// many rows, and at the end, nothing more is edited.
func (g *Grid) goOn(up bool) {
	many, place, step := len(g.edit.ids) > 1, g.place(g.current), 1
	if up {
		step = -1
	}
	next := g.neighbour(step)
	g.commit()
	if !many && next != "" {
		g.editIn(next, place)
	}
}

// goAcross takes the text and edits the next editable cell to the right, or to
// the left; from the last one of a row on that is the first of the next row.
func (g *Grid) goAcross(back bool) {
	many, place, step := len(g.edit.ids) > 1, g.place(g.current), 1
	if back {
		step = -1
	}
	id, _ := g.Cell()
	next := g.neighbour(step)
	g.commit()
	if many {
		return
	}
	for range g.seen {
		if place += step; place < 0 || place >= len(g.seen) {
			place = (place + len(g.seen)) % len(g.seen)
			id = next
		}
		if g.editable(g.seen[place]) {
			g.editIn(id, place)
			return
		}
	}
}
