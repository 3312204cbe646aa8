package ui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// atDesk gives a person a home with a 桌面, where books are written.
func atDesk(t testing.TB) (desktop string) {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	desktop = filepath.Join(home, "桌面")
	ok(t, os.Mkdir(desktop, 0o700))
	return desktop
}

func books(t testing.TB, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*.xlsx"))
	ok(t, err)
	return found
}

// selectOf finds the field that shows a choice, to choose another by the
// keyboard.
func (s *station) selectOf(chosen string) *widget.Select {
	s.t.Helper()
	for _, o := range test.LaidOutObjects(s.win.Canvas().Content()) {
		if f, is := o.(*widget.Select); is && f.Selected == chosen {
			return f
		}
	}
	s.t.Fatalf("no field shows %s", chosen)
	return nil
}

// step goes from one choice of a field to the next by the keyboard.
func (s *station) step(chosen string, by int) {
	s.t.Helper()
	f := s.selectOf(chosen)
	s.win.Canvas().Focus(f)
	for range by {
		s.hit(fyne.KeyRight)
	}
}

// Ensure that the quarter's report is two keys: into the room, and Enter; that
// the book lies on the 桌面 under a name that says all, and tells what is new.
func TestSendsTheQuarter(t *testing.T) {
	s := openFew(t)
	folder := atDesk(t)
	var rooms []string
	for _, d := range s.shell.side.doors {
		rooms = append(rooms, d.room.Name)
	}
	s.ctrl(fyne.KeyName(strconv.Itoa(1 + slices.Index(page.Keyed(rooms, 9), page.RoomSend))))
	s.mustSay("上报", "2026年第一季度", "还没有给", "变动 5", "桌面")
	s.hit(fyne.KeyReturn)
	s.mustSay("已写出", "下次从这一次比对", "打开所在文件夹")
	found := books(t, folder)
	if len(found) != 1 || filepath.Base(found[0]) != "星露苏木报旗县区党委组织部2026年第一季度20260302.xlsx" {
		t.Fatalf("wrote %v", found)
	}
	if e := lastEntry(s); e.Sent == nil || e.Sent.Period != "2026Q1" || len(e.Sent.Forms) == 0 {
		t.Errorf("the journal has %+v", e.Sent)
	}
	s.mustSay("没有变动", "零报告")
	s.press("打开所在文件夹")
	if len(s.launched) != 1 || s.launched[0] != folder {
		t.Errorf("opened %v", s.launched)
	}
	s.chinese("sent")
}

// Ensure that what changed since the last report is listed and opens, follows
// the ledger, is none right after a report, and is as before once that report
// is taken back; and that a report of nothing is a 零报告.
func TestChangesSinceTheLastReport(t *testing.T) {
	s := openFew(t)
	atDesk(t)
	s.enter(page.RoomSend)
	s.hit(fyne.KeyReturn)
	person := phone(t, s.desk.DB, "15400007777")
	s.settle()
	s.mustSay("变动 1", "人员 更改1", "白音巴图", "联系电话")
	send := s.shell.Page().(*page.Send)
	s.win.Canvas().Focus(nil)
	s.press("写出")
	s.mustSay("已有同名文件")
	s.press("替换")
	s.mustSay("为什么更正", "第2版")
	s.hit(fyne.Key2)
	s.mustSay("变动 0", "没有变动", "上报数 0")
	s.press("撤销这次上报")
	s.mustSay("变动 1", "已撤销这次上报", "文件没有删除")
	send.Grid.OnOpen("person/" + person)
	s.settle()
	if s.says("报送期") || !s.says("白音巴图") {
		t.Error("the person does not open")
	}
	s.enter(page.RoomSend)
	s.press("写出")
	s.press("替换")
	s.hit(fyne.Key1)
	s.press("写出")
	s.press("替换")
	s.mustSay("零报告")
	if e := lastEntry(s); !e.Sent.Nothing {
		t.Error("the journal has no 零报告")
	}
	s.press("以前收发")
	s.mustSay("已撤销", "零报告", "全部台账", "2026年第一季度", "发出")
}

// Ensure that what is still to be looked at is counted, does not prevent
// writing, and opens by Enter.
func TestProblemsDoNotPreventAReport(t *testing.T) {
	s := open(t)
	folder := atDesk(t)
	s.enter(page.RoomSend)
	var found []check.Problem
	s.view(func(tx *store.Tx) (err error) {
		found, err = check.Run(tx, field.DateAt(s.desk.DB.Now()))
		return err
	})
	s.mustSay(fmt.Sprintf("待核 %d", len(found)))
	s.press("待核")
	s.mustSay("严重", "没有后备力量在库", "不妨碍写出")
	s.press("写出")
	if len(books(t, folder)) != 1 {
		t.Error("nothing was written")
	}
	send := s.shell.Page().(*page.Send)
	send.Grid.Select(send.Grid.Shown()[0])
	s.hit(fyne.KeyReturn)
	if _, still := s.shell.Page().(*page.Send); still {
		t.Error("the problem does not open")
	}
}

// Ensure that another addressee, period, part and copy are chosen by the
// keyboard, that the name of the file follows them, and that the book holds
// what was chosen: a public copy cannot be merged and counts for nobody.
func TestChoosesWhatIsSent(t *testing.T) {
	s := openFew(t)
	folder := atDesk(t)
	s.enter(page.RoomSend)
	s.step("全部台账", 2)
	s.mustSay("人员20260302", "变动 1")
	s.step("2026年第一季度", 5)
	s.mustSay("报旗县区党委组织部2026年人员20260302")
	s.step("上报（不含纪检、报酬）", 1)
	s.mustSay("人员公示件20260302", "没有交接信息")
	s.press("写出")
	s.press("写出") // after 公示期 and where to object
	found := books(t, folder)
	if len(found) != 1 {
		t.Fatalf("wrote %v", found)
	}
	if e := lastEntry(s); e.Sent.Period != "2026" || e.Sent.Copy != "public" || len(e.Sent.Forms) != 0 {
		t.Errorf("the journal has %+v", e.Sent)
	}
	book, err := exchange.Open(context.Background(), s.desk.DB, found[0], exchange.Options{})
	if err == nil && book.Stamped() {
		t.Error("a public copy carries stamps")
	}
	s.step("旗县区党委组织部", 1)
	s.mustSay("市委组织部")
	s.step("市委组织部", 1)
	s.mustSay("本单位另一台电脑", "不分期", "台账副本")
}

// Ensure that one village can be sent, found by typing its initials, and that
// the book holds its people alone.
func TestSendsAVillage(t *testing.T) {
	s := open(t)
	folder := atDesk(t)
	s.enter(page.RoomSend)
	var village string
	s.view(func(tx *store.Tx) error {
		for v, err := range store.All[record.Village](tx) {
			if v.Name == "鹿衔塘村" {
				village = v.ID
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	s.win.Canvas().Focus(s.selectOf("上报（不含纪检、报酬）"))
	s.win.Canvas().FocusPrevious()
	s.hit(fyne.KeySpace)
	s.replace("lxt")
	s.hit(fyne.KeyReturn)
	s.mustSay("鹿衔塘村20260302", "不算一次报送")
	s.press("写出")
	if e := lastEntry(s); e.Sent.Village != village || e.Sent.Rows == 0 || e.Sent.Rows > 60 {
		t.Fatalf("the journal has %+v", e.Sent)
	}
	path := filepath.Join(t.TempDir(), "旗.touyan")
	build(t, path, sample.OfficeAt(field.County), false)
	other := reopen(t, path)
	defer other.Close()
	merge(t, other, books(t, folder)[0])
	ok(t, other.View(func(tx *store.Tx) error {
		n := 0
		for _, err := range tx.Rows("village") {
			n++
			if err != nil {
				return err
			}
		}
		if n != 1 {
			t.Errorf("%d villages came", n)
		}
		return nil
	}))
}

// Ensure that the system's dialog can be asked instead, that a place nobody can
// write to is told and leaves what was chosen, and that the page is fit for a
// wall: sentences that quote values give way to what they are about.
func TestSendsElsewhere(t *testing.T) {
	s := open(t)
	atDesk(t)
	s.enter(page.RoomSend)
	path := filepath.Join(t.TempDir(), "U盘 一", "季报.xlsx")
	ok(t, os.Mkdir(filepath.Dir(path), 0o700))
	s.desk.Native = func(_ context.Context, a page.Ask) (string, error) {
		if !a.Save || !strings.HasPrefix(a.Name, "星露苏木报云杉旗") {
			t.Errorf("asks %+v", a)
		}
		return path, nil
	}
	s.press("另选位置")
	s.mustSay("已写出", "季报.xlsx", "U盘 一")
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	ok(t, os.RemoveAll(filepath.Dir(path)))
	s.press("写出")
	s.mustSay("没有完成")
	s.press("知道了")
	s.mustSay("2026年第一季度")
	s.press("待核")
	s.mustSay("1995.06")
	s.function(page.KeyWall)
	if s.says("1995.06") || !s.says("后备空白村") {
		t.Error("on a wall the page quotes what is personal")
	}
}

// Ensure that a county sends up and down: the townships below it are offered,
// a book for one holds its villages alone, and the page says so in its words.
func TestCountySendsDown(t *testing.T) {
	folder := atDesk(t)
	path := filepath.Join(t.TempDir(), "旗.touyan")
	build(t, path, sample.OfficeAt(field.County), true)
	s := newStation(t)
	s.Start(path)
	s.settle()
	s.enter(page.RoomSend)
	s.mustSay("发送", "发给")
	f := s.selectOf(sample.OfficeAt(field.City).Name)
	if len(f.Options) < 4 || f.Options[len(f.Options)-1] != "本单位另一台电脑" {
		t.Fatalf("offers %v", f.Options)
	}
	township := f.Options[1]
	s.step(f.Selected, 1)
	s.mustSay("发"+township+"2026年第一季度20260302", "还没有给"+township+"报送过")
	s.press("写出")
	e := lastEntry(s)
	if e.Op != "下发" || e.Sent == nil || len(books(t, folder)) != 1 {
		t.Fatalf("the journal has %+v", e)
	}
	all := 0
	s.view(func(tx *store.Tx) error {
		for _, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			all++
		}
		return nil
	})
	if e.Sent.Rows == 0 || e.Sent.Rows > 2*all {
		t.Errorf("%d rows for one township of %d people in all", e.Sent.Rows, all)
	}
	s.mustSay("没有变动", "撤销这次下发")
	s.chinese("county")
	s.enter("village")
	s.press("发送")
	s.mustSay("发给", township) // remembered
}

// Ensure that the period nobody chose follows the calendar in a window left
// open, that a choice is of what the field offers though the quarters have
// moved on since.
func TestThePeriodFollowsTheCalendar(t *testing.T) {
	atDesk(t)
	path := filepath.Join(t.TempDir(), "示例.touyan")
	build(t, path, sample.OfficeAt(field.Township), false)
	now := time.Date(2026, 3, 31, 17, 0, 0, 0, time.Local)
	s := newStationWith(t, store.Options{Kinds: record.Kinds(), Now: func() time.Time { return now }})
	s.Start(path)
	s.settle()
	s.enter(page.RoomSend)
	s.mustSay("2026年第一季度")
	now = now.AddDate(0, 0, 30)
	s.enter(page.RoomHome)
	s.enter(page.RoomSend)
	s.mustSay("2026年第二季度")
	periods := s.selectOf("2026年第二季度")
	now = now.AddDate(0, 3, 0)
	chosen := periods.Options[1]
	periods.SetSelected(chosen)
	s.settle()
	s.mustSay(chosen)
	s.selectOf(chosen)
}

// Ensure that the folder chosen is the one that was read, though others have
// come meanwhile.
func TestTheFolderChosenIsTheOneRead(t *testing.T) {
	home := filepath.Dir(atDesk(t))
	s := openFew(t)
	s.enter(page.RoomSend)
	ok(t, os.Mkdir(filepath.Join(home, "文档"), 0o700))
	f := s.selectOf("桌面")
	chosen := f.Options[1]
	f.SetSelected(chosen)
	s.settle()
	if f.Selected != chosen {
		t.Errorf("chosen was %s, and it is %s", chosen, f.Selected)
	}
}

// Ensure that a copy for the wall asks until when and where one objects, that a
// locked book asks for a password twice, and that both are in the book.
func TestSendsACopyForTheWallWithAPassword(t *testing.T) {
	s := openFew(t)
	desktop := atDesk(t)
	s.enter(page.RoomSend)
	s.step("上报（不含纪检、报酬）", 1)
	for _, o := range test.LaidOutObjects(s.win.Canvas().Content()) {
		if c, is := o.(*widget.Check); is && c.Text == "加打开密码" {
			test.Tap(c)
		}
	}
	s.press("写出")
	s.mustSay("公示期", "受理单位", "监督电话")
	s.press("写出")
	s.mustSay("打开这一本要输这个密码")
	test.Type(s.win.Canvas().Focused(), "草原2026")
	s.press("写出")
	s.mustSay("两遍输得不一样")
	s.press("知道了")
	found := books(t, desktop)
	if len(found) != 0 {
		t.Fatalf("wrote %q", found)
	}
	s.press("写出") // the questions are asked anew
	s.press("写出")
	test.Type(s.win.Canvas().Focused(), "草原2026")
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.Type(s.win.Canvas().Focused(), "草原2026")
	s.press("写出")
	found = books(t, desktop)
	if len(found) != 1 {
		t.Fatalf("wrote %q", found)
	}
	if _, err := exchange.Sheets(context.Background(), found[0], ""); err == nil {
		t.Error("opens without the password")
	}
	if _, err := exchange.Sheets(context.Background(), found[0], "草原2026"); err != nil {
		t.Error(err)
	}
}
