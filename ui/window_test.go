package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sample"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Ensure that an open ledger shows its people, whose it is, how much there is,
// and that it is invented.
func TestOpensALedger(t *testing.T) {
	s := open(t)
	people := 0
	s.view(func(tx *store.Tx) error {
		for _, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			people++
		}
		return nil
	})
	list := s.shell.Page().(*page.List)
	if all, shown, _ := list.Grid.Counts(); all != people || shown != people {
		t.Errorf("lists %d and shows %d of %d people", all, shown, people)
	}
	s.mustSay("头雁", s.desk.DB.Office().Name, "示例数据", "24 村", "已保存 09:30", "人员", "任现职")
	if s.says("单位名称") {
		t.Error("a township has no use for a list of offices")
	}
}

// Ensure that a ledger named from within its folder is remembered so that it is
// found from any.
func TestRemembersTheWholePath(t *testing.T) {
	dir := t.TempDir()
	ok(t, store.Create(filepath.Join(dir, "前进.touyan"), sample.OfficeAt(field.Township), false, options()))
	t.Chdir(dir)
	s := newStation(t)
	s.Start("前进.touyan")
	s.settle()
	if got := s.app.Preferences().String(recent); s.shell == nil || !filepath.IsAbs(got) {
		t.Errorf("remembers %q, open %v", got, s.shell != nil)
	}
}

// Ensure that what is private is masked in the list and in the detail.
func TestMasksWhatIsPrivate(t *testing.T) {
	s := open(t)
	list := s.shell.Page().(*page.List)
	var numbers []string
	s.view(func(tx *store.Tx) error {
		k := tx.Kinds().Kind("person")
		for row, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			for _, name := range []string{"idno", "phone"} {
				if v := k.Value(row, name); v != "" {
					numbers = append(numbers, v)
				}
			}
		}
		return nil
	})
	list.Grid.OnOpen(list.Rows()[0])
	s.settle()
	s.mustSay("••••")
	screen := strings.Join(s.texts(), " ")
	for _, n := range numbers {
		if strings.Contains(screen, n) {
			t.Fatalf("%s can be read", n)
		}
	}
}

// Ensure that the find box narrows the list by characters, pinyin and
// initials, and that Escape empties it.
func TestFinds(t *testing.T) {
	s := open(t)
	list := s.shell.Page().(*page.List)
	all, _, _ := list.Grid.Counts()
	for _, query := range []string{"白音", "baiyin", "by"} {
		s.ctrl(fyne.KeyF)
		box := s.win.Canvas().Focused()
		test.Type(box, query)
		s.settle()
		if _, shown, _ := list.Grid.Counts(); shown == 0 || shown == all {
			t.Errorf("%s finds %d of %d", query, shown, all)
		}
		box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.settle()
		if _, shown, _ := list.Grid.Counts(); shown != all || s.says(query) {
			t.Errorf("after Escape %d of %d are shown", shown, all)
		}
	}
}

// Ensure that every room opens and fills, and shows the button of what can be
// done there.
func TestRooms(t *testing.T) {
	s := open(t)
	for _, d := range s.shell.side.doors {
		p := s.enter(d.room.Name)
		if !d.open || p.Title() != d.room.Label {
			t.Errorf("room %s: the door is open: %v, the page is %s", d.room.Name, d.open, p.Title())
		}
		if l, isList := p.(*page.List); isList {
			if all, _, _ := l.Grid.Counts(); all == 0 {
				t.Errorf("room %s is empty", d.room.Name)
			}
		}
	}
}

// Ensure that a ledger that cannot be opened is told in a sentence with what
// to do, that another is asked for, and that nothing is made in its place.
func TestTellsWhatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "没有.touyan")
	damaged := filepath.Join(dir, "坏的.touyan")
	held := filepath.Join(dir, "占用.touyan")
	ok(t, os.WriteFile(damaged, []byte(strings.Repeat("这不是台账", 4000)), 0o600))
	build(t, held, sample.OfficeAt(field.Township), false)
	other := reopen(t, held)
	defer other.Close()
	for path, want := range map[string]string{missing: "找不到台账文件", damaged: "不是头雁台账", held: "正在另一个窗口或程序里打开着"} {
		s := newStation(t)
		s.Start(path)
		s.settle()
		if s.shell != nil {
			t.Fatalf("%s opened", path)
		}
		s.mustSay(want, filepath.Base(path), "退出", "另选台账")
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("the missing ledger was made")
	}
}

// Ensure that a start without a ledger offers a sample, which opens, and that
// the next start opens the same ledger.
func TestStartsWithASample(t *testing.T) {
	s := newStation(t)
	s.Start("")
	s.settle()
	s.mustSay("打开台账", "看示例")
	path := filepath.Join(t.TempDir(), "示例.touyan")
	s.start.MakeSample(path)
	s.settle()
	if s.shell == nil {
		t.Fatal("the sample did not open")
	}
	s.mustSay("示例数据", "24 村")
	if got := s.app.Preferences().String(recent); got != path {
		t.Errorf("remembers %q", got)
	}
}

// Ensure that an operation from elsewhere shows at once, and in other rooms
// when they are entered.
func TestFollowsTheLedger(t *testing.T) {
	s := open(t)
	id := phone(t, s.desk.DB, "15400007777")
	s.settle()
	list := s.shell.Page().(*page.List)
	list.Grid.OnOpen(id)
	s.settle()
	s.mustSay("154••••7777")
}

// Ensure that a ledger that was closed for another is asked nothing more:
// neither by its keys, which the canvas keeps, nor by what was still posted.
func TestAClosedLedgerIsLeftAlone(t *testing.T) {
	s := open(t)
	old := s.shell
	phone(t, s.desk.DB, "15400007777") // posts that the ledger has changed
	s.change()
	s.settle()
	for _, key := range []fyne.KeyName{fyne.KeyK, fyne.KeyZ, fyne.Key2} {
		old.pressed.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
		s.settle()
	}
	if top := s.win.Canvas().Overlays().Top(); top != nil {
		t.Errorf("over the page that asks for a ledger: %s", strings.Join(s.texts(), " "))
	}
	s.mustSay("打开台账")
}
