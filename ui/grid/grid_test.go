package grid

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
)

func villagers() []Column {
	return []Column{
		{Name: "name", Label: "姓名", Type: field.Text},
		{Name: "village", Label: "嘎查村", Type: field.Ref},
		{Name: "born", Label: "出生年月", Type: field.Day},
		{Name: "pay", Label: "月报酬", Type: field.Money},
		{Name: "idno", Label: "公民身份号码", Type: field.IDNumber},
		{Name: "note", Label: "备注", Type: field.Text},
	}
}

func person(id, name, village, born, bornKey, pay, payKey, idno string) Row {
	masked := idno
	if len(idno) == 18 {
		masked = idno[:4] + strings.Repeat("•", 10) + idno[14:]
	}
	return Row{ID: id,
		Cells: []string{name, village, born, pay, masked, ""},
		Keys:  []string{name, "v-" + id, bornKey, payKey, idno, ""}}
}

func people() []Row {
	return []Row{
		person("p1", "白音巴图", "前进嘎查", "1978.03", "1978-03", "3200", "320000", "150426197803121234"),
		person("p2", "单晓梅", "红旗嘎查", "1985", "1985", "950", "95000", "150426198505052222"),
		person("p3", "李秀英", "前进嘎查", "1985.10", "1985-10", "12000", "1200000", "150426198510103333"),
		person("p4", "王建国", "新胜村", "1969.01.02", "1969-01-02", "", "", "150426196901024444"),
	}
}

// many makes n invented people whose names and villages repeat.
func many(n int) []Row {
	surnames := []string{"白", "包", "王", "李", "张", "赵", "单", "韩"}
	given := []string{"音巴图", "秀英", "建国", "晓梅", "志强", "其其格", "玉兰"}
	rows := make([]Row, n)
	for i := range rows {
		year, month := 1950+i%50, 1+i%12
		rows[i] = person(fmt.Sprintf("p%05d", i),
			surnames[i%len(surnames)]+given[i%len(given)], fmt.Sprintf("第%d嘎查", i%120),
			fmt.Sprintf("%d.%02d", year, month), fmt.Sprintf("%d-%02d", year, month),
			fmt.Sprint(800+i*37%9000), fmt.Sprint((800+i*37%9000)*100),
			fmt.Sprintf("150426%d%02d01%04d", year, month, i%10000))
	}
	return rows
}

// open shows a grid in a window of the given size.
func open(t testing.TB, rows []Row, size fyne.Size) (*Grid, fyne.Window) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(nil, nil, theme.Roomy, false))
	g := New(villagers())
	w := test.NewTempWindow(t, g)
	w.SetPadded(false)
	w.Resize(size)
	g.SetRows(rows)
	g.work.Wait()
	return g, w
}

var usual = fyne.NewSize(1000, 600)

// names lists the first column as shown.
func names(g *Grid) []string {
	var out []string
	for at := range g.shown {
		out = append(out, g.row(at).cell(0))
	}
	return out
}

func tapHead(g *Grid, column int) {
	test.TapAt(g.head, fyne.NewPos(g.at(column)-g.scroll.Offset.X+g.wide(column)/2, 10))
	g.work.Wait()
}

func key(g *Grid, name fyne.KeyName) { g.body.TypedKey(&fyne.KeyEvent{Name: name}) }

func click(g *Grid, at int, modifier fyne.KeyModifier) {
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: modifier}
	e.Position = fyne.NewPos(20, (float32(at)+0.5)*g.look.Row)
	g.body.MouseDown(e)
	g.body.MouseUp(e)
}

func want(t *testing.T, what string, got, wanted any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(wanted) {
		t.Errorf("%s: got %v, want %v", what, got, wanted)
	}
}

// Ensure that a click on a head sorts up, then down, then not at all, by the
// canonical value, and that empty cells come last both ways.
func TestHeadSorts(t *testing.T) {
	g, _ := open(t, people(), usual)
	given := names(g)
	for _, c := range []struct {
		column   int
		up, down []string
	}{
		{0, []string{"白音巴图", "单晓梅", "李秀英", "王建国"}, []string{"王建国", "李秀英", "单晓梅", "白音巴图"}},
		{2, []string{"王建国", "白音巴图", "单晓梅", "李秀英"}, []string{"李秀英", "单晓梅", "白音巴图", "王建国"}},
		{3, []string{"单晓梅", "白音巴图", "李秀英", "王建国"}, []string{"李秀英", "白音巴图", "单晓梅", "王建国"}},
	} {
		label := g.columns[c.column].Label
		tapHead(g, c.column)
		want(t, label+" up", names(g), c.up)
		want(t, label+" mark", strings.HasSuffix(g.head.texts[c.column].Text, "▲"), true)
		tapHead(g, c.column)
		want(t, label+" down", names(g), c.down)
		tapHead(g, c.column)
		want(t, label+" as given", names(g), given)
	}
}

// Ensure that rows equal in the sorted column keep their order, up and down.
func TestSortIsStable(t *testing.T) {
	g, _ := open(t, people(), usual)
	g.SortBy("village", Ascending)
	want(t, "up", names(g), []string{"单晓梅", "白音巴图", "李秀英", "王建国"})
	g.SortBy("village", Descending)
	want(t, "down", names(g), []string{"王建国", "白音巴图", "李秀英", "单晓梅"})
}

// Ensure that numbers within a text sort by value.
func TestNumbersInTextSortByValue(t *testing.T) {
	rows := []Row{{ID: "a", Cells: []string{"第10组"}}, {ID: "b", Cells: []string{"第2组"}}}
	g, _ := open(t, rows, usual)
	g.SortBy("name", Ascending)
	want(t, "groups", names(g), []string{"第2组", "第10组"})
}

// Ensure that many rows are sorted beside the UI thread, and that the last
// wish wins.
func TestManyRowsSort(t *testing.T) {
	g, _ := open(t, many(20000), usual)
	g.SortBy("pay", Ascending)
	g.SortBy("pay", Descending)
	g.work.Wait()
	last := int64(1 << 62)
	for at := range g.shown {
		var pay int64
		if _, err := fmt.Sscan(g.row(at).key(3), &pay); err != nil {
			t.Fatal(err)
		}
		if pay > last {
			t.Fatalf("row %d: %d after %d", at, pay, last)
		}
		last = pay
	}
	want(t, "footer", g.foot.Text, "共 20000 条")
}

// Ensure that a head tells which column was sorted and how.
func TestSortIsTold(t *testing.T) {
	g, _ := open(t, people(), usual)
	var told string
	g.OnSort = func(column string, order Order) { told = fmt.Sprint(column, order) }
	tapHead(g, 2)
	want(t, "told", told, "born1")
	column, order := g.Sorted()
	want(t, "sorted", fmt.Sprint(column, order), told)
}

// Ensure that 汉字, pinyin, initials, a mixture of them, a rare reading and a
// whole number that is shown masked all find a row.
func TestFind(t *testing.T) {
	g, _ := open(t, people(), usual)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"秀英", []string{"李秀英"}},
		{"lixiu", []string{"李秀英"}},
		{"lxy", []string{"李秀英"}},
		{"lixy", []string{"李秀英"}},
		{"LXY", []string{"李秀英"}},
		{"ｌｘｙ", []string{"李秀英"}},
		{"baiyinb", []string{"白音巴图"}},
		{"bt", []string{"白音巴图"}},
		{"shanxm", []string{"单晓梅"}},
		{"dxm", []string{"单晓梅"}},
		{"qianjin", []string{"白音巴图", "李秀英"}},
		{"qj bai", []string{"白音巴图"}},
		{"前进 ly", nil},
		{"150426196901024444", []string{"王建国"}},
		{"1969.01", []string{"王建国"}},
		{"12000", nil}, // sums are not searched
		{"xyz", nil},
		{"", []string{"白音巴图", "单晓梅", "李秀英", "王建国"}},
	} {
		g.Find(c.text)
		want(t, fmt.Sprintf("%q", c.text), names(g), c.want)
	}
}

// Ensure that finding among many rows happens beside the UI thread and comes
// back with all of them.
func TestFindMany(t *testing.T) {
	g, _ := open(t, many(20000), usual)
	g.Find("lixiuying")
	g.work.Wait()
	wanted := 0
	for _, r := range g.table.rows {
		if r.cell(0) == "李秀英" {
			wanted++
		}
	}
	want(t, "found", len(g.shown), wanted)
	want(t, "footer", g.foot.Text, fmt.Sprintf("查到 %d 条，共 20000 条", wanted))
}

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

// Ensure that Ctrl+C gives heads and selected rows as a worksheet takes them,
// masked where they are masked, each row on one line.
func TestCopy(t *testing.T) {
	rows := people()
	rows[1].Cells[5] = "暂代\n三个月"
	g, _ := open(t, rows, usual)
	clipboard := test.NewClipboard()
	g.body.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
	want(t, "nothing selected", clipboard.Content(), "")
	click(g, 1, 0)
	click(g, 3, fyne.KeyModifierControl)
	g.body.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
	want(t, "copied", clipboard.Content(), "姓名\t嘎查村\t出生年月\t月报酬\t公民身份号码\t备注\n"+
		"单晓梅\t红旗嘎查\t1985\t950\t1504••••••••••2222\t暂代 三个月\n"+
		"王建国\t新胜村\t1969.01.02\t\t1504••••••••••4444\t\n")
}

// Ensure that shortcuts of the window work while the grid has the keyboard.
func TestWindowShortcutsPass(t *testing.T) {
	test.NewTempApp(t)
	window := software.NewCanvas()
	find := &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl}
	called := false
	window.AddShortcut(find, func(fyne.Shortcut) { called = true })
	pass(window, find)
	want(t, "called", called, true)
}

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
	var drawn []fyne.CanvasObject
	for _, o := range l.box.Objects {
		drawn = append(drawn, o)
	}
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
