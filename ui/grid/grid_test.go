package grid

import (
	"fmt"
	"strings"
	"testing"

	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
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

// shownGrid is a grid in a window, with what it has posted to the UI thread.
type shownGrid struct {
	*Grid
	posted chan func()
}

// settle waits for what is sorted or searched beside the UI thread, which is
// that of the test, and then does what was posted, as the toolkit would.
func (g *shownGrid) settle() {
	g.work.Wait()
	for {
		select {
		case f := <-g.posted:
			f()
		default:
			return
		}
	}
}

// open shows a grid in a window of the given size.
func open(t testing.TB, rows []Row, size fyne.Size) (*shownGrid, fyne.Window) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(nil, nil, theme.Roomy, false))
	g := &shownGrid{New(villagers()), make(chan func(), 16)}
	g.post = func(f func()) { g.posted <- f }
	w := test.NewTempWindow(t, g.Grid)
	w.SetPadded(false)
	w.Resize(size)
	g.SetRows(rows)
	g.settle()
	return g, w
}

var usual = fyne.NewSize(1000, 600)

// names lists the first column as shown.
func names(g *shownGrid) []string {
	var out []string
	for at := range g.shown {
		out = append(out, g.row(at).cell(0))
	}
	return out
}

func tapHead(g *shownGrid, column int) {
	test.TapAt(g.head, fyne.NewPos(g.at(column)-g.scroll.Offset.X+g.wide(column)/2, 10))
	g.settle()
}

func key(g *shownGrid, name fyne.KeyName) { g.body.TypedKey(&fyne.KeyEvent{Name: name}) }

func click(g *shownGrid, at int, modifier fyne.KeyModifier) {
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
