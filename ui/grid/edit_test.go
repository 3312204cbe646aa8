package grid

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// editing lets people edit all columns but the name and the number, and
// records what they change.
func editing(g *shownGrid) *[][]Change {
	for i := range g.columns {
		g.columns[i].Edit = i != 0 && i != 4
	}
	told := &[][]Change{}
	g.OnEdit = func(c []Change) { *told = append(*told, c) }
	return told
}

// editor is the entry being typed into, nil if there is none.
func (g *shownGrid) editor() *plain {
	if g.edit == nil {
		return nil
	}
	return g.edit.editor.(*plain)
}

func typeKey(e *plain, name fyne.KeyName) { e.TypedKey(&fyne.KeyEvent{Name: name}) }

func ctrl(g *shownGrid, key fyne.KeyName, more fyne.KeyModifier) {
	g.body.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl | more})
}

// Ensure that F2 edits the cell at the cursor with its text selected, that
// Enter takes what was typed and edits the cell below, so that a column is
// typed in one stroke a cell, and that the last one ends it.
func TestTypingAColumn(t *testing.T) {
	g, w := open(t, people(), usual)
	told := editing(g)
	click(g, 2, 0)
	g.stand(3)
	key(g, fyne.KeyF2)
	want(t, "focus", w.Canvas().Focused() == fyne.Focusable(g.editor()), true)
	want(t, "text", g.editor().Text, "12000")
	want(t, "footer", g.foot.Text, "正在改“月报酬”：回车确认并往下，按 Esc 放弃。")
	test.Type(g.editor(), "1300")
	typeKey(g.editor(), fyne.KeyReturn)
	want(t, "told", *told, [][]Change{{{"p3", "pay", "1300"}}})
	want(t, "selected", g.Selected(), []string{"p4"})
	test.Type(g.editor(), "1400")
	typeKey(g.editor(), fyne.KeyReturn)
	want(t, "told", (*told)[1], []Change{{"p4", "pay", "1400"}})
	want(t, "ended", g.edit == nil, true)
	want(t, "keyboard back", w.Canvas().Focused() == fyne.Focusable(g.body), true)
}

// Ensure that Escape leaves a cell as it was and that a text nobody changed is
// not told.
func TestNothingTyped(t *testing.T) {
	g, _ := open(t, people(), usual)
	told := editing(g)
	click(g, 0, 0)
	g.stand(5)
	key(g, fyne.KeyF2)
	test.Type(g.editor(), "作废")
	typeKey(g.editor(), fyne.KeyEscape)
	want(t, "ended", g.edit == nil, true)
	key(g, fyne.KeyReturn)
	typeKey(g.editor(), fyne.KeyDown)
	g.commit()
	want(t, "told", len(*told), 0)
}

// Ensure that a click into another row selects that row, though what was typed
// before sorts the rows anew.
func TestClickAfterTypingWhereSorted(t *testing.T) {
	g, _ := open(t, people(), usual)
	editing(g)
	g.OnEdit = func(changes []Change) {
		rows := people()
		for i := range rows {
			if rows[i].ID == changes[0].ID {
				rows[i].Cells[5], rows[i].Keys[5] = changes[0].Text, changes[0].Text
			}
		}
		g.SetRows(rows)
	}
	g.SortBy("note", Ascending)
	click(g, 3, 0)
	g.stand(5)
	key(g, fyne.KeyF2)
	test.Type(g.editor(), "a")
	click(g, 1, 0)
	want(t, "sorted", names(g), []string{"王建国", "白音巴图", "单晓梅", "李秀英"})
	want(t, "selected", g.Selected(), []string{"p2"})
}

// Ensure that a text which cannot be taken stays in its cell when one clicks
// into another row, and has the keyboard again.
func TestRefusedTextStays(t *testing.T) {
	g, w := open(t, people(), usual)
	told := editing(g)
	g.Check = func([]string, string, string) string { return "不是数。" }
	click(g, 0, 0)
	g.stand(5)
	key(g, fyne.KeyF2)
	test.Type(g.editor(), "1o2")
	click(g, 2, 0)
	want(t, "told", len(*told), 0)
	want(t, "in the cell", g.editor().Text, "1o2")
	want(t, "keyboard", w.Canvas().Focused() == fyne.Focusable(g.editor()), true)
	want(t, "foot", g.foot.Text, "不是数。")
	want(t, "settled", g.Settle(), false)
	typeKey(g.editor(), fyne.KeyEscape)
	want(t, "settled after Escape", g.Settle(), true)
}

// Ensure that Tab goes right over columns that cannot be edited and on to the
// next row, and Shift+Tab back.
func TestTabGoesAcross(t *testing.T) {
	g, _ := open(t, people(), usual)
	editing(g)
	click(g, 0, 0)
	g.stand(3)
	key(g, fyne.KeyF2)
	want(t, "keeps Tab", g.editor().AcceptsTab(), true)
	for _, c := range []string{"p1 note", "p2 village", "p2 born"} {
		typeKey(g.editor(), fyne.KeyTab)
		id, column := g.Cell()
		want(t, "Tab", id+" "+column, c)
	}
	for _, c := range []string{"p2 village", "p1 note"} {
		e := g.editor()
		e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		typeKey(e, fyne.KeyTab)
		id, column := g.Cell()
		want(t, "Shift+Tab", id+" "+column, c)
	}
}

// Ensure that a column is edited over the whole selection as one deed.
func TestEditingManyRows(t *testing.T) {
	g, _ := open(t, people(), usual)
	told := editing(g)
	click(g, 0, 0)
	click(g, 2, fyne.KeyModifierShift)
	g.stand(5)
	key(g, fyne.KeyF2)
	want(t, "footer", g.foot.Text, "同时改 3 行的“备注”：回车确认，按 Esc 放弃。")
	test.Type(g.editor(), "已核实")
	typeKey(g.editor(), fyne.KeyReturn)
	want(t, "told", *told, [][]Change{{{"p1", "note", "已核实"}, {"p2", "note", "已核实"}, {"p3", "note", "已核实"}}})
	want(t, "ended", g.edit == nil, true)
	want(t, "still selected", g.Selected(), []string{"p1", "p2", "p3"})
}

// Ensure that what cannot be edited opens instead, by Enter and by a double
// click, and that a double click on an editable cell edits it.
func TestEditOrOpen(t *testing.T) {
	g, _ := open(t, people(), usual)
	editing(g)
	var opened []string
	g.OnOpen = func(id string) { opened = append(opened, id) }
	click(g, 1, 0)
	key(g, fyne.KeyReturn)
	g.stand(4)
	key(g, fyne.KeyReturn)
	want(t, "opened", opened, []string{"p2", "p2"})
	for range 2 {
		e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
		e.Position = fyne.NewPos(g.edges[3]+10, 1.5*g.look.Row)
		g.body.MouseDown(e)
	}
	g.body.DoubleTapped(&fyne.PointEvent{})
	want(t, "edited", g.edit != nil, true)
	want(t, "opened", len(opened), 2)
	g.OnEdit = nil
	g.leave()
	want(t, "nobody takes it", g.startEdit(), false)
}

// Ensure that typing a column goes on to the row that stood below, also where
// the change sorts or filters the row just typed away.
func TestTypingMovesRows(t *testing.T) {
	g, _ := open(t, people(), usual)
	rows := people()
	editing(g)
	g.OnEdit = func(c []Change) { // a host that carries changes out at once
		for i := range rows {
			if rows[i].ID == c[0].ID {
				rows[i].Cells[3], rows[i].Keys[3] = c[0].Text, c[0].Text+"00"
			}
		}
		g.SetRows(append([]Row{}, rows...))
	}
	g.SortBy("pay", Ascending) // 单晓梅 950, 白音巴图 3200, 李秀英 12000, 王建国
	g.SelectCell("p2", "pay")
	key(g, fyne.KeyF2)
	for _, c := range []struct{ typed, next string }{{"99999", "p1"}, {"88888", "p3"}} {
		test.Type(g.editor(), c.typed)
		typeKey(g.editor(), fyne.KeyReturn)
		id, _ := g.Cell()
		want(t, "next", id, c.next)
	}
	g.leave()
	g.SetFilters([]Filter{{Column: "pay", From: "20000"}})
	g.SelectCell("p1", "pay") // 白音巴图 88888, 单晓梅 99999
	key(g, fyne.KeyF2)
	test.Type(g.editor(), "1")
	typeKey(g.editor(), fyne.KeyReturn)
	id, _ := g.Cell()
	want(t, "after one that is filtered away", id, "p2")
	want(t, "still editing", g.editor().Text, "99999")
}

// Ensure that clicking elsewhere takes what was typed, and that new rows, as
// come after every change, leave an editor where its row is now.
func TestEditorSurvivesRows(t *testing.T) {
	g, _ := open(t, people(), usual)
	told := editing(g)
	click(g, 2, 0)
	g.stand(3)
	key(g, fyne.KeyF2)
	test.Type(g.editor(), "77")
	g.SetRows(people()[1:])
	want(t, "typed", g.editor().Text, "77")
	want(t, "place", g.editor().Position().Y+g.editor().Size().Height/2, 1.5*g.look.Row)
	click(g, 0, 0)
	want(t, "told", *told, [][]Change{{{"p3", "pay", "77"}}})
	g.stand(3)
	key(g, fyne.KeyF2)
	g.SetRows(people()[:1])
	want(t, "its row is gone", g.edit == nil, true)
}

// Ensure that an editor that loses the keyboard to another part of the window
// gives up what was typed, and one whose window loses it goes on.
func TestEditorLosesFocus(t *testing.T) {
	g, w := open(t, people(), usual)
	told := editing(g)
	click(g, 0, 0)
	g.stand(3)
	key(g, fyne.KeyF2)
	test.Type(g.editor(), "88")
	g.editor().FocusLost() // the window's, not the editor's: the canvas still has it
	g.settle()
	want(t, "goes on", g.edit != nil, true)
	w.Canvas().Unfocus()
	g.settle()
	want(t, "told", *told, [][]Change{{{"p1", "pay", "88"}}})
}

// Ensure that a masked cell begins empty, or with what the host knows of it.
func TestEditingAMaskedCell(t *testing.T) {
	g, _ := open(t, people(), usual)
	told := editing(g)
	g.columns[4].Edit = true
	click(g, 0, 0)
	g.stand(4)
	key(g, fyne.KeyF2)
	want(t, "text", g.editor().Text, "")
	g.leave()
	click(g, 1, fyne.KeyModifierShift)
	g.stand(4)
	ctrl(g, fyne.KeyD, 0)
	want(t, "a mask is not copied", len(*told), 0)
	g.TextOf = func(id, column string) string { return id + column }
	click(g, 0, 0)
	g.stand(4)
	key(g, fyne.KeyF2)
	want(t, "text of the host", g.editor().Text, "p1idno")
}

// Ensure that Ctrl+D copies the first selected cell down and Ctrl+Shift+D
// fills in the period before, each as one deed and without what is the same.
func TestFilling(t *testing.T) {
	g, _ := open(t, people(), usual)
	told := editing(g)
	g.columns[3].Previous = func(id string) string { return map[string]string{"p1": "3200", "p2": "900"}[id] }
	click(g, 0, 0)
	click(g, 2, fyne.KeyModifierShift)
	g.stand(1)
	ctrl(g, fyne.KeyD, 0)
	want(t, "down", *told, [][]Change{{{"p2", "village", "前进嘎查"}}})
	g.stand(3)
	ctrl(g, fyne.KeyD, fyne.KeyModifierShift)
	want(t, "the period before", (*told)[1], []Change{{"p2", "pay", "900"}, {"p3", "pay", ""}})
	g.stand(0)
	ctrl(g, fyne.KeyD, 0)
	g.stand(1)
	ctrl(g, fyne.KeyD, fyne.KeyModifierShift)
	want(t, "not where it cannot be", len(*told), 2)
}

// Ensure that the host's own editor is used, each column having its own.
func TestOwnEditor(t *testing.T) {
	g, w := open(t, people(), usual)
	editing(g)
	var asked []string
	g.NewEditor = func(column string) Editor {
		asked = append(asked, column)
		return newPlain()
	}
	click(g, 0, 0)
	g.stand(2)
	key(g, fyne.KeyF2)
	typeKey(g.editor(), fyne.KeyTab)
	want(t, "asked", fmt.Sprint(asked), "[born pay]")
	want(t, "focused", w.Canvas().Focused() == fyne.Focusable(g.editor()), true)
}
