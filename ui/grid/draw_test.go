package grid

import (
	"fmt"
	"slices"
	"testing"

	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Ensure that dragging the edge between two heads changes the width of the
// left one, moves what is right of it, and is told once, at the end.
func TestDragResizes(t *testing.T) {
	g, _ := open(t, people(), usual)
	var told []string
	g.OnResize = func(column string, width float32) { told = append(told, fmt.Sprint(column, width)) }
	before, next := g.wide(1), g.lineAt(0).texts[2].Position().X
	edge := g.edges[2]
	for i := 1; i <= 4; i++ {
		e := &fyne.DragEvent{Dragged: fyne.NewDelta(10, 0)}
		e.Position = fyne.NewPos(edge+float32(10*i), 8)
		g.head.Dragged(e)
	}
	g.head.DragEnd()
	want(t, "width", g.wide(1), before+40)
	want(t, "next cell", g.lineAt(0).texts[2].Position().X, next+40)
	want(t, "told", told, []string{fmt.Sprint("village", before+40)})

	e := &fyne.DragEvent{Dragged: fyne.NewDelta(-2000, 0)}
	e.Position = fyne.NewPos(g.edges[2]-2000, 8)
	g.head.Dragged(e)
	g.head.DragEnd()
	want(t, "narrowest", g.wide(1), narrowest)
	order := g.order
	test.TapAt(g.head, fyne.NewPos(g.edges[2]+1, 8))
	want(t, "a click on an edge sorts nothing", g.order, order)
}

// Ensure that the mouse over an edge says that it can be dragged.
func TestCursorOverEdge(t *testing.T) {
	g, _ := open(t, people(), usual)
	move := func(x float32) desktop.Cursor {
		e := &desktop.MouseEvent{}
		e.Position = fyne.NewPos(x, 8)
		g.head.MouseMoved(e)
		return g.head.Cursor()
	}
	want(t, "over an edge", move(g.edges[1]-1), desktop.HResizeCursor)
	want(t, "over a label", move(g.edges[1]/2), desktop.DefaultCursor)
}

// lineAt returns the line drawn for a place.
func (g *Grid) lineAt(at int) *line {
	i := slices.IndexFunc(g.body.lines, func(l *line) bool { return l.at == at })
	if i < 0 {
		return nil
	}
	return g.body.lines[i]
}

// Ensure that twenty thousand rows have no more lines than the window shows,
// wherever it stands, and that each line shows its row.
func TestOnlyVisibleLines(t *testing.T) {
	g, w := open(t, many(20000), usual)
	most := int(usual.Height/g.look.Row) + 2
	for _, offset := range []float32{0, 5, 4321, 300000, 599000} {
		test.Scroll(w.Canvas(), fyne.NewPos(300, 300), 0, g.scroll.Offset.Y-offset)
		if n := len(g.body.lines) + len(g.body.spare); n > most {
			t.Errorf("offset %v: %d lines", offset, n)
		}
		first := int(g.scroll.Offset.Y / g.look.Row)
		l := g.lineAt(first)
		if l == nil {
			t.Fatalf("offset %v: no line for row %d", offset, first)
		}
		want(t, "first row", l.texts[0].Text, g.row(first).cell(0))
		last := int((g.scroll.Offset.Y + g.scroll.Size().Height - 1) / g.look.Row)
		if g.lineAt(min(last, 19999)) == nil {
			t.Errorf("offset %v: no line for row %d", offset, last)
		}
	}
}

// Ensure that the first column stays in sight, over the others, and that
// columns out of sight are not drawn.
func TestFirstColumnStays(t *testing.T) {
	g, w := open(t, people(), fyne.NewSize(320, 400))
	test.Scroll(w.Canvas(), fyne.NewPos(100, 100), -200, 0)
	x := g.scroll.Offset.X
	if x <= 0 {
		t.Fatal("nothing scrolled")
	}
	l := g.lineAt(0)
	want(t, "name", l.texts[0].Position().X, x+g.look.Gap)
	want(t, "its ground", l.under.Position().X, x)
	want(t, "its head", g.head.texts[0].Position().X, g.look.Gap)
	want(t, "scrolled-out column hidden", l.texts[1].Hidden, g.edges[2] <= x+g.edges[1])
	want(t, "far column hidden", l.texts[5].Hidden, true)
	drawn := l.box.Objects
	name, ground := slices.Index(drawn, fyne.CanvasObject(l.texts[0])), slices.Index(drawn, fyne.CanvasObject(l.under))
	for _, text := range l.texts[1:] {
		if i := slices.Index(drawn, fyne.CanvasObject(text)); i > ground || ground > name {
			t.Error("a cell is drawn over the first column")
		}
	}
}

// Ensure that a taller window shows more rows.
func TestTallerWindow(t *testing.T) {
	g, w := open(t, many(100), fyne.NewSize(600, 300))
	before := len(g.body.lines)
	w.Resize(fyne.NewSize(600, 900))
	if len(g.body.lines) < before+15 {
		t.Errorf("%d lines, then %d", before, len(g.body.lines))
	}
}

// Ensure that an empty grid says what belongs there and offers the way to it,
// and that a search without result says so and offers nothing.
func TestEmpty(t *testing.T) {
	g, _ := open(t, nil, usual)
	called := false
	g.SetEmpty("这里是本苏木的嘎查村干部，可从花名册导入。", "导入", func() { called = true })
	want(t, "shown", g.nobody.Visible(), true)
	want(t, "sentence", g.says.Text, "这里是本苏木的嘎查村干部，可从花名册导入。")
	test.Tap(g.remedy)
	want(t, "called", called, true)
	g.SetRows(people())
	want(t, "gone", g.nobody.Visible(), false)
	g.Find("没有的人")
	want(t, "shown", g.nobody.Visible(), true)
	want(t, "sentence", g.says.Text, "没有查到“没有的人”，请换一个词，或清空查找。")
	want(t, "button", g.remedy.Visible(), false)
}

// Ensure that a grid nobody has filled yet claims nothing.
func TestNotYetFilled(t *testing.T) {
	test.NewTempApp(t)
	g := New(villagers())
	g.SetEmpty("这里还没有人员。", "", nil)
	want(t, "sentence", g.nobody.Visible(), false)
	want(t, "footer", g.foot.Text, "")
}

// Ensure that another density is taken over by a grid already shown.
func TestDensityChanges(t *testing.T) {
	g, _ := open(t, people(), usual)
	wide := g.wide(0)
	fyne.CurrentApp().Settings().SetTheme(theme.New(nil, nil, theme.Large, true))
	l := g.lineAt(1)
	if l == nil {
		t.Fatal("no lines")
	}
	want(t, "row", l.box.Position().Y, float32(38))
	want(t, "text", l.texts[0].TextSize, float32(17))
	if g.wide(0) <= wide {
		t.Errorf("column %v wide, then %v", wide, g.wide(0))
	}
}

// Ensure that columns are made of fields in their order and aligned by type.
func TestColumns(t *testing.T) {
	var s string
	var d field.Date
	var n *int64
	columns := Columns([]field.Field{field.Words(&s, "name", "姓名"), field.On(&d, "born", "出生年月"), field.Count(&n, "hours", "学时")})
	want(t, "labels", columns[0].Label+columns[1].Label+columns[2].Label, "姓名出生年月学时")
	want(t, "name", columns[0].align(), fyne.TextAlignLeading)
	want(t, "date", columns[1].align(), fyne.TextAlignCenter)
	want(t, "number", columns[2].align(), fyne.TextAlignTrailing)
}

// Ensure that a cell that is cut off is told in full under the mouse, one that
// is not is not, and that scrolling and leaving hide it.
func TestTip(t *testing.T) {
	rows := people()
	rows[1].Cells[5] = "2024年起兼任合作社理事长，已报苏木党委备案，任期与村委会相同"
	g, _ := open(t, rows, usual)
	g.tip.delay = 0
	move := func(at, place int) {
		e := &desktop.MouseEvent{}
		pos, _ := g.cellBox(at, place)
		e.Position = pos.AddXY(5, 5)
		g.body.MouseMoved(e)
	}
	move(1, 5)
	want(t, "shown", g.tip.Visible(), true)
	var told string
	for _, line := range g.tip.texts {
		told += line.Text
	}
	want(t, "text", told, rows[1].Cells[5])
	if right := g.tip.Position().X + g.tip.Size().Width; right > g.Size().Width {
		t.Errorf("the tip ends at %v", right)
	}
	move(1, 0)
	want(t, "whole cell", g.tip.Visible(), false)
	move(1, 5)
	g.body.MouseOut()
	want(t, "left", g.tip.Visible(), false)
	move(1, 5)
	g.scrolled()
	want(t, "scrolled", g.tip.Visible(), false)
}

// Ensure that marked cells are tinted and written in the colour of their tone,
// and that a line taken for another row loses that.
func TestMarks(t *testing.T) {
	rows := people()
	rows[1].Marks = map[int]Mark{2: {Refused, "没有这个月。"}, 0: {Doubtful, ""}}
	g, _ := open(t, rows, usual)
	l := g.lineAt(1)
	want(t, "text", l.texts[2].Color, g.look.Bad)
	want(t, "tint", l.spots[2].FillColor, g.look.Tint(g.look.Bad))
	want(t, "name", l.under.FillColor, g.look.Tint(g.look.Warn))
	l.draw(0)
	want(t, "text", l.texts[2].Color, g.look.Ink)
	want(t, "tint", l.spots[2].Hidden, true)
	g.SelectCell("p2", "born")
	g.Focus()
	want(t, "sentence", g.tip.Visible(), true)
	want(t, "its text", g.tip.texts[0].Text, "没有这个月。")
}
