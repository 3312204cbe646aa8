package ui

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/ui/form"
	"touyan/ui/page"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// bench goes to the 工作台 of a ledger with a record of each kind.
func bench(t *testing.T) *station {
	s := openFew(t)
	s.win.Resize(fyne.NewSize(1366, 768))
	s.enter(page.RoomHome)
	return s
}

// told is the text an object is.
func told(o fyne.CanvasObject) string {
	if t, is := o.(*canvas.Text); is {
		return t.Text
	}
	return ""
}

// hover brings the mouse to a text, or takes it away.
func (s *station) hover(text string, on bool) {
	s.t.Helper()
	driver := fyne.CurrentApp().Driver()
	objects := test.LaidOutObjects(s.win.Canvas().Content())
	at := fyne.NewPos(-1, -1)
	for _, o := range objects {
		if told(o) == text { // not the hint about it, which comes later
			at = driver.AbsolutePositionForObject(o)
			break
		}
	}
	for _, o := range objects {
		from := driver.AbsolutePositionForObject(o)
		to := from.Add(o.Size())
		h, can := o.(desktop.Hoverable)
		switch {
		case !can || at.X < from.X || at.Y < from.Y || at.X >= to.X || at.Y >= to.Y:
		case on:
			h.MouseIn(&desktop.MouseEvent{})
		default:
			h.MouseOut()
		}
	}
	s.settle()
}

func surveyed(t testing.TB, tx *store.Tx) *check.Survey {
	t.Helper()
	s, err := check.Look(tx, field.DateAt(clock()))
	ok(t, err)
	return s
}

// waitingNow is what the ledger says of today.
func (s *station) waitingNow() (out []check.Wait) {
	s.view(func(tx *store.Tx) error {
		drafts, err := tx.Drafts()
		if err == nil {
			out, err = surveyed(s.t, tx).Waiting(drafts, 0)
		}
		return err
	})
	return out
}

// Ensure that a ledger opens at the bench where no other place is remembered,
// that the bench is the first room without a caption, and that the count beside
// it is that of the things that wait.
func TestOpensAtTheBench(t *testing.T) {
	path := filepath.Join(t.TempDir(), "示例.touyan")
	build(t, path, sample.OfficeAt(field.Township), true)
	s := newStation(t)
	s.app.Preferences().SetString(keptRoom, "")
	s.Start(path)
	s.settle()
	door := s.shell.side.doors[0]
	if s.shell.Page().Title() != "工作台" || door.room.Name != page.RoomHome || door.room.Group.Word() != "" {
		t.Errorf("opens %s, the first room is %s", s.shell.Page().Title(), door.room.Name)
	}
	all := s.waitingNow()
	if door.count.Text != fmt.Sprint(len(all)) {
		t.Errorf("%s beside the bench, %d things wait", door.count.Text, len(all))
	}
	s.mustSay("待办", fmt.Sprintf("共 %d 件，还有 %d 件", len(all), len(all)-8), all[0].For, "已逾期", "去选配", "去核对")
	if s.says(all[8].What + all[8].For) {
		t.Error("more than eight things stand on the page")
	}
}

// Ensure that nothing to do is one calm sentence, and an empty ledger has no
// figures but a way to fill it.
func TestAnEmptyBench(t *testing.T) {
	s := openAt(t, false)
	s.enter(page.RoomHome)
	s.mustSay("没有等着办的事", "还没有嘎查村", "导入")
	if s.says("平均年龄") {
		t.Error("nobody has an average age")
	}
	s.key(fyne.KeySpace)
	if s.desk.Panel() == nil {
		t.Error("the keyboard is not on 导入")
	}
}

// Ensure that each kind of thing that waits leads to where it is done, and that
// the bench follows what is done there.
func TestWhatWaitsLeadsOn(t *testing.T) {
	for _, c := range []struct {
		name, button string
		spoil        func(s *station)
		arrives      string // title of the page, or of the panel
	}{
		{"no 书记", "去选配", func(s *station) { change(s, func(p *record.Post) { p.To = field.Date{Year: 2025, Month: 10} }) }, "前进嘎查"},
		{"a term that ends", "去登记", func(s *station) {
			change(s, func(v *record.Village) { v.Elected = field.Date{Year: 2021, Month: 5, Day: 1} })
		}, "前进嘎查换届"},
		{"nobody in the pool", "去摸排", func(s *station) { change(s, func(r *record.Reserve) { r.State = record.LeftPool }) }, "前进嘎查"},
		{"one cell empty", "去核对", func(s *station) { change(s, func(p *record.Post) { p.Filing = record.OutcomeAgreed }) }, "白音巴图"},
		{"rows a book could not bring", "去看看", func(s *station) {
			ok(s.t, s.desk.DB.Do("导入", tester, func(tx *store.Tx) error {
				tx.NoteBatch(store.Batch{Book: "花名册.xlsx", Form: "花名册", Refused: 2})
				return nil
			}))
			s.settle()
		}, "批次"},
		{"a draft of a record", "接着填", func(s *station) {
			var id string
			s.view(func(tx *store.Tx) error {
				for row := range tx.Rows("person") {
					id = row.ID
				}
				return nil
			})
			ok(s.t, s.desk.DB.KeepDraft("person/"+id, form.Draft{}))
			phone(s.t, s.desk.DB, "15400009999")
			s.settle()
		}, "白音巴图"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := bench(t)
			c.spoil(s)
			s.mustSay(c.button)
			s.tap(c.button)
			if got := s.shell.Page().Title(); got != c.arrives {
				t.Errorf("leads to %s, want %s", got, c.arrives)
			}
		})
	}
}

// Ensure that a step put aside waits on the bench at once, that its line takes
// it up again, and that it is gone once it is given up.
func TestADraftWaits(t *testing.T) {
	s := bench(t)
	before := len(s.waitingNow())
	s.person()
	s.press("离任")
	s.key(fyne.KeyTab)
	s.write("2026.02")
	s.press("关闭，留作草稿")
	s.enter(page.RoomHome)
	s.mustSay("完成草稿", "接着填")
	if got := s.shell.side.doors[0].count.Text; got != fmt.Sprint(before+1) {
		t.Errorf("%s beside the bench, want %d", got, before+1)
	}
	s.tap("接着填")
	if p := s.desk.Panel(); p == nil || !strings.Contains(p.Title, "离任") {
		t.Fatal("the step is not taken up")
	}
	s.press("放弃")
	if s.says("完成草稿") || s.shell.side.doors[0].count.Text != fmt.Sprint(before) {
		t.Error("what was given up still waits")
	}
}

// Ensure that the bench follows every operation.
func TestTheBenchFollows(t *testing.T) {
	s := bench(t)
	s.mustSay("正常 1", "断档 0")
	change(s, func(p *record.Post) { p.To = field.Date{Year: 2025, Month: 10} })
	s.mustSay("断档 1", "选配党组织书记", "2026.01 已逾期", "自2025.10起空缺")
	s.keys(&fyne.ShortcutUndo{})
	s.link("撤销")
	s.mustSay("正常 1")
	if s.says("选配党组织书记") {
		t.Error("what was taken back still waits")
	}
}

// Ensure that more things than eight stand on a page of their own, that a rule
// with several findings opens them one by one, and each opens its record.
func TestAllThatWaits(t *testing.T) {
	s := open(t)
	s.enter(page.RoomHome)
	all := s.waitingNow()
	s.tap(fmt.Sprintf("共 %d 件，还有 %d 件", len(all), len(all)-8))
	s.mustSay(all[0].What)
	s.shell.Find(all[len(all)-1].What)
	s.mustSay(all[len(all)-1].What)
	s.shell.Find("超龄")
	s.settle()
	s.key(fyne.KeyDown, fyne.KeyReturn)
	s.settle()
	if got := s.shell.Page().Title(); got != "核对：超龄" {
		t.Fatalf("leads to %s", got)
	}
	s.mustSay("周岁", "默认值")
	s.key(fyne.KeyDown, fyne.KeyReturn)
	s.settle()
	s.mustSay("概况", "履历")
}

// Ensure that all tiles of a township are seen on the smallest screen, that the
// arrows walk among them, that the mouse is told why one is yellow, and that
// Enter and a click open the village.
func TestTiles(t *testing.T) {
	s := open(t)
	s.win.Resize(fyne.NewSize(1366, 768))
	s.enter(page.RoomHome)
	var names []string
	var red, yellow check.Light
	s.view(func(tx *store.Tx) error {
		list := surveyed(t, tx).Lights()
		for _, l := range list {
			names = append(names, l.Name)
			switch {
			case l.Colour == check.Red:
				red = l
			case len(l.Reasons) > 0 && strings.Contains(l.Reasons[0].Text, "接不了书记"):
				yellow = l
			}
		}
		return nil
	})
	bottom := s.win.Canvas().Size().Height - theme.Current().Foot
	for _, o := range test.LaidOutObjects(s.win.Canvas().Content()) {
		for i, n := range names {
			if n != "" && told(o) == n {
				names[i] = ""
				if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o); at.Y+o.Size().Height > bottom {
					t.Errorf("%s is out of sight", n)
				}
			}
		}
	}
	if left := strings.Join(names, ""); left != "" {
		t.Errorf("not told in full: %s", left)
	}
	s.hover(yellow.Name, true)
	s.mustSay(yellow.Place, yellow.Reasons[0].Text[:30])
	s.hover(yellow.Name, false)
	if s.says(yellow.Reasons[0].Text[:30]) {
		t.Error("the hint stays")
	}
	for range 8 + 3 { // the things that wait, the three counts
		s.key(fyne.KeyDown)
	}
	s.key(fyne.KeyRight, fyne.KeyDown, fyne.KeyUp, fyne.KeyLeft, fyne.KeyRight)
	s.key(fyne.KeyReturn)
	s.settle()
	first := s.shell.Page().Title()
	s.enter(page.RoomHome)
	s.tap(red.Name)
	if got := s.shell.Page().Title(); got != red.Name || first == "工作台" {
		t.Errorf("Enter opened %s, a click %s", first, got)
	}
}

// Ensure that a county's villages stand together by township with the counts of
// each colour, and that a tile opens them.
func TestTilesOfACounty(t *testing.T) {
	path := filepath.Join(t.TempDir(), "旗.touyan")
	build(t, path, sample.OfficeAt(field.County), true)
	s := newStation(t)
	s.Start(path)
	s.settle()
	s.enter(page.RoomHome)
	counts, office := map[check.Colour]int{}, ""
	s.view(func(tx *store.Tx) error {
		list := surveyed(t, tx).Lights()
		for _, l := range list {
			if l.Office == list[0].Office {
				counts[l.Colour]++
			}
		}
		office = tx.Name("office", list[0].Office)
		return nil
	})
	text := strings.TrimSpace(fmt.Sprintf("红%d 黄%d 绿%d", counts[check.Red], counts[check.Yellow], counts[check.Green]))
	s.mustSay(office, strings.TrimPrefix(text, "红0 "))
	s.tap(office)
	s.mustSay(office)
	if got, want := len(s.shell.Page().(*page.List).Rows()), counts[check.Red]+counts[check.Yellow]+counts[check.Green]; got != want {
		t.Errorf("lists %d villages of %d", got, want)
	}
}

// Ensure that every figure opens the names of those it counts.
func TestFiguresOpenNames(t *testing.T) {
	s := bench(t)
	s.mustSay("48.0", "每村1.0名", "在任", "后备力量")
	for _, c := range []struct {
		part, title string
		rows        int
	}{{"46—55岁", "在任 · 46—55岁", 1}, {"一肩挑", "在任 · 一肩挑", 0}, {"没有后备的村", "没有后备的村", 0}, {"正常 1", "嘎查村 · 绿 正常", 1}} {
		s.tap(c.part)
		s.mustSay(c.title)
		if got := len(s.shell.Page().(*page.List).Rows()); got != c.rows {
			t.Errorf("%s lists %d, want %d", c.part, got, c.rows)
		}
		s.enter(page.RoomHome)
	}
}

// Ensure that on a wall neither a line, a hint nor a list tells anybody's age,
// and that all of it is back afterwards.
func TestTheBenchOnAWall(t *testing.T) {
	s := bench(t)
	change(s, func(p *record.Person) { p.Birth = field.Date{Year: 1962, Month: 3} })
	s.mustSay("核对：超龄", "64岁")
	s.function(page.KeyWall)
	s.win.Resize(fyne.NewSize(1920, 1080))
	s.settle()
	s.hover("前进嘎查", true)
	s.mustSay("正在投影", "核对：超龄", "年龄（默认值）", "64.0")
	if s.says("64岁") || s.says("1962") {
		t.Errorf("an age can be read: %s", strings.Join(s.texts(), " "))
	}
	s.function(page.KeyWall)
	s.mustSay("64岁")
}
