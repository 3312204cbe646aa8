package grid

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
)

// Ensure that the keys move one selected row through the list, scroll it into
// sight and stop at the ends.
func TestKeysMoveSelection(t *testing.T) {
	g, w := open(t, many(300), fyne.NewSize(600, 360)) // ten rows in sight
	w.Canvas().Focus(g.body)
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyDown, 0}, {fyne.KeyDown, 1}, {fyne.KeyUp, 0}, {fyne.KeyUp, 0},
		{fyne.KeyPageDown, 9}, {fyne.KeyPageDown, 18}, {fyne.KeyPageUp, 9},
		{fyne.KeyEnd, 299}, {fyne.KeyDown, 299}, {fyne.KeyHome, 0},
	} {
		key(g, c.key)
		want(t, string(c.key), g.Selected(), []string{g.row(c.want).ID})
		top, bottom := float32(c.want)*g.look.Row, float32(c.want+1)*g.look.Row
		if g.scroll.Offset.Y > top || g.scroll.Offset.Y+g.scroll.Size().Height < bottom {
			t.Errorf("%s: row %d is out of sight at offset %v", c.key, c.want, g.scroll.Offset.Y)
		}
	}
}

// Ensure that Shift extends from where the selection began, with keys and with
// the mouse, and that Ctrl adds and takes away.
func TestShiftExtendsCtrlToggles(t *testing.T) {
	g, _ := open(t, many(20), usual)
	shift := func(down bool) {
		if down {
			g.body.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
			return
		}
		g.body.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
	count := func() int { _, _, n := g.Counts(); return n }

	click(g, 3, 0)
	shift(true)
	key(g, fyne.KeyDown)
	key(g, fyne.KeyDown)
	want(t, "3 to 5", g.Selected(), []string{"p00003", "p00004", "p00005"})
	key(g, fyne.KeyUp)
	key(g, fyne.KeyUp)
	key(g, fyne.KeyUp)
	want(t, "3 back to 2", g.Selected(), []string{"p00002", "p00003"})
	shift(false)
	key(g, fyne.KeyDown)
	want(t, "without Shift", g.Selected(), []string{"p00003"})

	click(g, 8, fyne.KeyModifierShift)
	want(t, "Shift and click", count(), 6)
	click(g, 5, fyne.KeyModifierControl)
	want(t, "Ctrl and click takes away", count(), 5)
	click(g, 15, fyne.KeyModifierControl)
	want(t, "Ctrl and click adds", count(), 6)
	click(g, 17, fyne.KeyModifierControl|fyne.KeyModifierShift)
	want(t, "Ctrl, Shift and click", count(), 8)
	click(g, 1, 0)
	want(t, "click", g.Selected(), []string{"p00001"})
	g.body.TypedShortcut(&fyne.ShortcutSelectAll{})
	want(t, "Ctrl+A", count(), 20)
	want(t, "footer", g.foot.Text, "共 20 条，已选 20 条")
}

// Ensure that the selection follows its rows when they are sorted, loses those
// that are no longer shown, and that the listener is told.
func TestSelectionFollowsRows(t *testing.T) {
	g, _ := open(t, people(), usual)
	var told []string
	g.OnSelect = func(ids []string) { told = ids }
	click(g, 0, 0)
	click(g, 2, fyne.KeyModifierControl)
	want(t, "told", told, []string{"p1", "p3"})
	g.SortBy("born", Descending)
	want(t, "sorted", g.Selected(), []string{"p3", "p1"})
	g.Find("秀英")
	want(t, "found", g.Selected(), []string{"p3"})
	want(t, "told of the loss", told, []string{"p3"})
	g.Find("")
	g.SetRows(people()[:2])
	want(t, "gone", len(g.Selected()), 0)
	g.Select("p2")
	want(t, "asked for", told, []string{"p2"})
}

// Ensure that sorting and finding show the selected row, or the first one, and
// that rows replaced while a person reads do not scroll away.
func TestPlaceScrolledTo(t *testing.T) {
	g, _ := open(t, many(300), usual)
	var told string
	g.OnShow = func(all, shown int) { told = fmt.Sprint(all, shown) }
	g.scroll.ScrollToOffset(fyne.NewPos(0, 3000))
	g.scrolled()
	g.SetRows(many(300))
	want(t, "new rows", g.scroll.Offset.Y, float32(3000))
	g.SortBy("pay", Ascending)
	want(t, "sorted", g.scroll.Offset.Y, float32(0))
	g.Select("p00290")
	at := g.scroll.Offset.Y
	g.SortBy("", Unsorted)
	if g.scroll.Offset.Y <= at || g.lineAt(290) == nil {
		t.Errorf("the selected row is out of sight at offset %v", g.scroll.Offset.Y)
	}
	g.Find("单晓梅")
	want(t, "told", told, fmt.Sprint(300, len(g.shown)))
}

// Ensure that a click on a row the edge cuts off scrolls nothing.
func TestClickScrollsNothing(t *testing.T) {
	g, _ := open(t, many(300), usual)
	g.scroll.ScrollToOffset(fyne.NewPos(0, 100))
	g.scrolled()
	click(g, 3, 0)
	want(t, "offset", g.scroll.Offset.Y, float32(100))
}

// Ensure that a double click and Enter open the row, and that two clicks on
// two rows open none.
func TestOpen(t *testing.T) {
	g, _ := open(t, people(), usual)
	var opened []string
	g.OnOpen = func(id string) { opened = append(opened, id) }
	click(g, 1, 0)
	click(g, 1, 0)
	g.body.DoubleTapped(&fyne.PointEvent{})
	key(g, fyne.KeyDown)
	key(g, fyne.KeyReturn)
	click(g, 0, 0)
	click(g, 3, 0)
	g.body.DoubleTapped(&fyne.PointEvent{})
	want(t, "opened", opened, []string{"p2", "p3"})
}

// Ensure that shortcuts of the window work while the grid has the keyboard.
func TestWindowShortcutsPass(t *testing.T) {
	test.NewTempApp(t)
	window := software.NewCanvas()
	find := &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl}
	called := false
	window.AddShortcut(find, func(fyne.Shortcut) { called = true })
	passOn(window, find)
	want(t, "called", called, true)
}

// Ensure that the arrows take the cursor from column to column and bring it
// into sight beside the first one, and that Ctrl goes to the ends.
func TestCellCursor(t *testing.T) {
	g, w := open(t, people(), fyne.NewSize(420, 400))
	w.Canvas().Focus(g.body)
	click(g, 1, 0)
	for _, column := range []string{"village", "born", "pay", "idno", "note", "note"} {
		key(g, fyne.KeyRight)
		id, at := g.Cell()
		want(t, "right", id+" "+at, "p2 "+column)
		place := g.place(g.current)
		left, right := g.edges[place]-g.scroll.Offset.X, g.edges[place+1]-g.scroll.Offset.X
		if left < g.edges[1]-1 || right > g.scroll.Size().Width {
			t.Errorf("%s is out of sight", column)
		}
		want(t, "ring", g.body.ring.Position().X, g.edges[place])
	}
	ctrl(g, fyne.KeyLeft, 0)
	_, column := g.Cell()
	want(t, "Ctrl+Left", column, "name")
	want(t, "ring", g.body.ring.Size(), fyne.NewSize(g.wide(0), g.look.Row))
	ctrl(g, fyne.KeyRight, 0)
	_, column = g.Cell()
	want(t, "Ctrl+Right", column, "note")
}

// Ensure that Ctrl and arrows move the cursor over a selection, that Ctrl+Space
// and Space take rows in and out, and that Ctrl+Shift+End extends.
func TestSelectingByKeys(t *testing.T) {
	g, _ := open(t, many(20), usual)
	click(g, 1, 0)
	ctrl(g, fyne.KeyDown, 0)
	ctrl(g, fyne.KeyDown, 0)
	want(t, "only moved", g.Selected(), []string{"p00001"})
	ctrl(g, fyne.KeySpace, 0)
	want(t, "Ctrl+Space", g.Selected(), []string{"p00001", "p00003"})
	key(g, fyne.KeySpace)
	want(t, "Space", g.Selected(), []string{"p00001"})
	ctrl(g, fyne.KeyEnd, fyne.KeyModifierShift)
	want(t, "to the end", len(g.Selected()), 17)
}

// Ensure that Ctrl+F asks for the find box, that letters do nothing where
// nothing is edited, and begin to edit where something is.
func TestFindAndLetters(t *testing.T) {
	g, _ := open(t, people(), usual)
	asked := false
	g.OnFind = func() { asked = true }
	ctrl(g, fyne.KeyF, 0)
	want(t, "asked", asked, true)
	click(g, 0, 0)
	g.stand(1)
	g.body.TypedRune('d')
	want(t, "edited", g.edit == nil, true)
	editing(g)
	g.body.TypedRune(' ')
	want(t, "edited by a space", g.edit == nil, true)
	g.body.TypedRune('前')
	want(t, "selected", g.Selected(), []string{"p1"})
	want(t, "typed", g.edit.editor.Value(), "前")
}
