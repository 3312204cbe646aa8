package ui

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
	"touyan/ui/page"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// hits presses keys where the keyboard is, one after the other.
func (s *station) hits(names ...fyne.KeyName) {
	s.t.Helper()
	for _, name := range names {
		s.hit(name)
	}
}

// fillDown has Ctrl+D go where the keyboard is.
func (s *station) fillDown() {
	s.t.Helper()
	s.win.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyD, Modifier: fyne.KeyModifierShortcutDefault})
	s.settle()
}

// firstPerson changes the first person of a ledger.
func firstPerson(t testing.TB, db *store.DB, change func(*record.Person)) (id string) {
	t.Helper()
	ok(t, db.Do("更正", tester, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			id = p.ID
			change(p)
			return tx.Put(p)
		}
		return nil
	}))
	return id
}

func personOf(t testing.TB, db *store.DB, id string) (p *record.Person) {
	t.Helper()
	ok(t, db.View(func(tx *store.Tx) (err error) {
		p, err = store.Get[record.Person](tx, id)
		return err
	}))
	return p
}

// returned is a township shown a book of its county, after each has changed its
// own ledger.
func returned(t *testing.T, there, here func(*store.DB)) *station {
	s := openFew(t)
	dir := t.TempDir()
	up, down := filepath.Join(dir, "上报.xlsx"), filepath.Join(dir, "回传.xlsx")
	county := sample.OfficeAt(field.County)
	sendTo(t, s.desk.DB, up, county)
	path := filepath.Join(dir, "旗.touyan")
	build(t, path, county, false)
	other := reopen(t, path)
	defer other.Close()
	merge(t, other, up)
	there(other)
	here(s.desk.DB)
	sendTo(t, other, down, s.desk.DB.Office())
	s.settle()
	s.drop(down)
	return s
}

// firstPost changes the first post of a ledger.
func firstPost(t testing.TB, db *store.DB, change func(*record.Post)) {
	t.Helper()
	ok(t, db.Do("更正", tester, func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			change(p)
			return tx.Put(p)
		}
		return nil
	}))
}

// threeConflicts is a township shown a book of its county that says otherwise of
// three cells of a person, and has filed a post by the way.
func threeConflicts(t *testing.T) (s *station, person string) {
	s = returned(t, func(county *store.DB) {
		firstPerson(t, county, func(p *record.Person) {
			p.Phone, p.Note, p.Skill, p.Workplace = "15400001111", "旗里记的", "电焊", "前进合作社"
		})
		firstPost(t, county, func(p *record.Post) { p.Filing, p.Note = "1", "旗里" })
	}, func(own *store.DB) {
		person = firstPerson(t, own, func(p *record.Person) { p.Phone, p.Note, p.Skill = "15400002222", "本级记的", "瓦工" })
	})
	return s, person
}

// Ensure that a cell of the county's own is shown as decided, with whose word it
// is, beside what is to be decided of the same record.
func TestOwnersWordIsDecided(t *testing.T) {
	s := returned(t, func(county *store.DB) {
		firstPost(t, county, func(p *record.Post) { p.Filing, p.Note = "1", "旗里" })
	}, func(own *store.DB) {
		firstPost(t, own, func(p *record.Post) { p.Filing, p.Note = "2", "本级" })
	})
	s.mustSay("任职", "2 处不同 · 1 处需要决定", "备案结论", "同意备案", "由旗县区填写")
	s.hits(fyne.Key1, fyne.Key1, fyne.KeyReturn, fyne.KeyReturn)
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil || p.Filing != "1" || p.Note != "本级" {
				t.Errorf("the ledger has %+v, %v", p, err)
			}
		}
		return nil
	})
}

// Ensure that a disputed date is typed over, a text cleared by 改为…, and that what cannot stand is told and not taken.
func TestChangesToAThirdValue(t *testing.T) {
	var person string
	s := returned(t, func(county *store.DB) {
		firstPerson(t, county, func(p *record.Person) { p.Birth, p.Skill = field.Date{Year: 1979, Month: 4}, "电焊" })
	}, func(own *store.DB) {
		person = firstPerson(t, own, func(p *record.Person) { p.Birth, p.Skill = field.Date{Year: 1980, Month: 5}, "瓦工" })
	})
	s.hit(fyne.Key3)
	s.mustSay("要清空这一栏，写“清空”")
	s.replace("八五年春")
	s.hit(fyne.KeyReturn)
	if s.desk.Panel() == nil {
		t.Fatal("takes what is no date")
	}
	s.hit(fyne.KeyEscape)
	s.hit(fyne.Key3)
	s.replace("1981.6")
	s.mustSay("将写入：1981.06")
	s.hits(fyne.KeyReturn, fyne.Key1)
	s.hit(fyne.Key3)
	s.replace("清空")
	s.mustSay("这一栏会清空")
	s.hit(fyne.KeyReturn)
	s.press("合并")
	if p := personOf(t, s.desk.DB, person); p.Birth.Office() != "1981.06" || p.Skill != "" {
		t.Errorf("the ledger has %s %q", p.Birth.Office(), p.Skill)
	}
}

// Ensure that three conflicts, decided one for each side and one by a value of
// its own, each with its reason, are written with the merge by ten keys, and
// that one 撤销 gives the ledger back.
func TestDecidesThreeConflictsBeforeMerging(t *testing.T) {
	s, person := threeConflicts(t)
	before := s.everything()
	if _, is := s.shell.Page().(*page.Review); !is {
		t.Fatalf("shows %T", s.shell.Page())
	}
	s.mustSay("2 裁定", "需要决定 3", "白音巴图", "前进嘎查", "4 处不同 · 3 处需要决定", "原值", "本级", "对方", "采用",
		"154••••0001", "3月2日 发出", "154••••2222", "154••••1111", "瓦工", "电焊", "前进合作社", "只有对方改过", "合并，3 处留待裁定")
	s.hit(fyne.Key1) // 特长 stands before the phone
	s.mustSay("为什么这样定", "核实后以本级为准", "本人提供证件")
	s.hit(fyne.Key1)
	s.mustSay("原因：核实后以本级为准", "4 处不同 · 2 处需要决定")
	s.hit(fyne.Key2)
	s.mustSay("以云杉旗为准", "以上级文件为准")
	s.hit(fyne.Key1)
	s.hit(fyne.Key3)
	s.mustSay("白音巴图的“备注”改为")
	s.replace("以本人说的为准")
	s.mustSay("将写入：以本人说的为准")
	s.hits(fyne.KeyReturn, fyne.Key2)
	s.mustSay("都已选定", "原因：本人提供证件", "以本人说的为准")
	if !slices.Equal(s.everything(), before) {
		t.Fatal("deciding wrote something before 合并")
	}
	s.hit(fyne.KeyReturn)
	s.mustSay("当场裁定 3 处", "白音巴图的联系电话：采用对方“154••••1111”，以云杉旗为准", "可以一次撤销")
	s.hit(fyne.KeyReturn)
	s.mustSay("已写入", "裁定 3")
	p := personOf(t, s.desk.DB, person)
	if p.Skill != "瓦工" || p.Phone != "15400001111" || p.Note != "以本人说的为准" || p.Workplace != "前进合作社" {
		t.Errorf("the ledger has %+v", p)
	}
	why := lastEntry(s).Why
	for _, part := range []string{"核实后以本级为准（白音巴图的特长）", "以云杉旗为准（白音巴图的联系电话）", "本人提供证件（白音巴图的备注）"} {
		if !strings.Contains(why, part) {
			t.Errorf("the journal says why %q, without %q", why, part)
		}
	}
	s.view(func(tx *store.Tx) error {
		open, err := tx.Conflicts()
		if len(open) > 0 {
			t.Errorf("still open: %v", open)
		}
		return err
	})
	s.link("撤销")
	if !slices.Equal(s.everything(), before) {
		t.Error("undo did not give the ledger back")
	}
}

// Ensure that one reason serves many: Ctrl+D decides the rest of the record, the
// field or the book alike, so that three conflicts take six keys.
func TestDecidesTheRestAlike(t *testing.T) {
	s, person := threeConflicts(t)
	s.hits(fyne.Key2, fyne.Key1)
	s.fillDown()
	s.mustSay("其余的也这样定", "采用对方，原因“以云杉旗为准”", "白音巴图其余 2 处", "全部其余 2 处")
	s.hit(fyne.Key2)
	s.mustSay("都已选定")
	s.hits(fyne.KeyReturn, fyne.KeyReturn)
	p := personOf(t, s.desk.DB, person)
	if p.Skill != "电焊" || p.Phone != "15400001111" || p.Note != "旗里记的" {
		t.Errorf("the ledger has %+v", p)
	}
	if why := lastEntry(s).Why; why != "以云杉旗为准" {
		t.Errorf("the journal says why %q", why)
	}
}

// Ensure that the reason given last serves the next of its side, that a choice
// is changed and taken back, and that a reason is written by hand.
func TestReasonsServeMany(t *testing.T) {
	s, _ := threeConflicts(t)
	s.hits(fyne.Key1, fyne.Key1)
	s.hit(fyne.Key1)
	if s.desk.Panel() != nil {
		t.Fatal("asks for the same reason again")
	}
	s.mustSay("1 处需要决定")
	s.hit(fyne.Key0)
	s.mustSay("2 处需要决定")
	s.hits(fyne.Key1, fyne.Key4)
	s.hits(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	s.replace("电话里问过本人")
	s.hit(fyne.KeyReturn)
	s.mustSay("原因：电话里问过本人")
	s.hits(fyne.Key1, fyne.KeyReturn, fyne.Key1)
	s.mustSay("都已选定")
	s.hit(fyne.Key2)
	s.mustSay("为什么这样定")
	s.hit(fyne.KeyEscape)
	if s.desk.Panel() != nil || !s.says("都已选定") {
		t.Error("Escape does not leave the choice as it was")
	}
}

// Ensure that what needs nobody's word is one line with its counts, that it and
// the counts open to names and changes, and that what was chosen stays meanwhile.
func TestListsWhatABookChanges(t *testing.T) {
	s, _ := threeConflicts(t)
	s.hits(fyne.Key1, fyne.Key1)
	s.mustSay("不需要决定的", "更新 1")
	s.press("更新 1")
	s.mustSay("1 看变化", "白音巴图 前进嘎查 党组织书记", "备案结论：（空白） → ", "备注：（空白） → 旗里")
	s.press("需要决定 3")
	s.mustSay("原因：核实后以本级为准", "2 处需要决定")
	r := s.shell.Page().(*page.Review)
	r.Find("没有这个人")
	s.mustSay("没有查到")
	r.Find("bybt")
	s.mustSay("白音巴图", "2 处需要决定")
}

// Ensure that a book that asks nothing opens with what it changes and is merged
// by Enter, and that Enter on a record with something to decide leads there.
func TestEnterLeadsOn(t *testing.T) {
	var person string
	s := returned(t, func(county *store.DB) {
		firstPerson(t, county, func(p *record.Person) { p.Phone = "15400001111" })
	}, func(own *store.DB) {
		person = firstPerson(t, own, func(p *record.Person) { p.Note = "本级记的" })
	})
	s.mustSay("1 看变化", "更新 1", "联系电话：154••••0001 → 154••••1111")
	s.hits(fyne.KeyReturn)
	s.mustSay("更新 1 条；当场裁定 0 处")
	s.hit(fyne.KeyReturn)
	if p := personOf(t, s.desk.DB, person); p.Phone != "15400001111" || p.Note != "本级记的" {
		t.Errorf("the ledger has %+v", p)
	}
	s, _ = threeConflicts(t)
	s.press("1 看变化")
	s.hit(fyne.KeyReturn)
	s.mustSay("2 裁定", "4 处不同 · 3 处需要决定")
}

// Ensure that leaving asks before choices are given up, that 不合并 then changes
// nothing, and that nothing is asked where nothing was chosen.
func TestLeavingAReviewChangesNothing(t *testing.T) {
	s, _ := threeConflicts(t)
	before := s.everything()
	s.hits(fyne.Key1, fyne.Key1)
	s.enter("village")
	s.mustSay("还没有合并", "已选好的 1 处")
	s.press("回去裁定")
	s.mustSay("2 处需要决定")
	s.press("不合并")
	s.press("不合并，离开")
	if _, still := s.shell.Page().(*page.Review); still || !slices.Equal(s.everything(), before) {
		t.Error("the review stays, or something was written")
	}
	s, _ = threeConflicts(t)
	s.press("不合并")
	if _, still := s.shell.Page().(*page.Review); still || s.desk.Panel() != nil {
		t.Error("asks though nothing was chosen")
	}
}

// Ensure that a book is merged without deciding anything: both values wait, and
// undoing it leaves nothing.
func TestMergesWithoutDeciding(t *testing.T) {
	s, person := threeConflicts(t)
	before := s.everything()
	s.press("合并，3 处留待裁定")
	s.mustSay("待裁定 3", "去裁定")
	if p := personOf(t, s.desk.DB, person); p.Phone != "15400002222" || p.Workplace != "前进合作社" {
		t.Errorf("the ledger has %+v", p)
	}
	s.link("撤销")
	if !slices.Equal(s.everything(), before) {
		t.Error("undo did not give the ledger back")
	}
}

// Ensure that a ledger that moves while one reviews is looked at again before
// anything is written, that choices stay, and that one made of what is no more
// is asked for again.
func TestReviewFollowsTheLedger(t *testing.T) {
	s, person := threeConflicts(t)
	s.hits(fyne.Key2, fyne.Key1)
	s.hit(fyne.Key2)
	s.hit(fyne.KeyReturn)
	s.hit(fyne.Key2)
	firstPerson(t, s.desk.DB, func(p *record.Person) { p.Phone = "15400004444" })
	s.settle()
	s.press("合并")
	s.mustSay("有 1 处和刚才看到的不一样", "154••••4444", "1 处需要决定")
	if p := personOf(t, s.desk.DB, person); p.Skill != "瓦工" {
		t.Error("something was written")
	}
	s.hits(fyne.KeyReturn, fyne.Key1, fyne.Key1)
	s.press("合并")
	s.mustSay("已写入", "裁定 3")
	if p := personOf(t, s.desk.DB, person); p.Skill != "电焊" || p.Phone != "15400004444" {
		t.Errorf("the ledger has %+v", p)
	}
}

// Ensure that private values are masked until asked for, and again for the next
// record; and that a wall shows none, whatever was asked before.
func TestReviewMasks(t *testing.T) {
	s, _ := threeConflicts(t)
	if s.says("15400001111") {
		t.Error("a phone is shown whole")
	}
	s.hit(fyne.Key5)
	s.mustSay("15400001111", "15400002222", "隐藏")
	s.function(page.KeyWall)
	s.mustSay("白音巴图", "联系电话", "需要决定 3")
	if s.says("154") || s.says("旗里记的") {
		t.Errorf("a wall shows %s", strings.Join(s.texts(), " | "))
	}
	s.hits(fyne.Key2, fyne.Key1)
	s.function(page.KeyWall)
	s.mustSay("2 处需要决定", "154••••1111")
}

// Ensure that the answers are given by the mouse as well.
func TestDecidesByMouse(t *testing.T) {
	s, _ := threeConflicts(t)
	s.tap("本级") // of the last cell in dispute
	s.mustSay("为什么这样定")
	s.tap("本人提供证件")
	s.mustSay("原因：本人提供证件", "2 处需要决定")
	s.tap("改为…")
	s.mustSay("白音巴图的“备注”改为")
	s.press("取消")
	s.tap("显示")
	s.mustSay("15400001111")
}

// Ensure that the review fits the smallest screen in every look, on a wall too.
func TestReviewFits(t *testing.T) {
	s, _ := threeConflicts(t)
	for _, l := range []page.Look{{Density: theme.Dense}, {}, {Density: theme.Large, Strong: true}} {
		s.desk.Dress(l)
		for range 2 {
			s.function(page.KeyWall)
			for _, filter := range []string{"全部", "需要决定"} {
				s.press(filter)
				if least := s.win.Content().MinSize(); least.Width > 1366 || least.Height > 768 {
					t.Errorf("%v %s wants %v", l, filter, least)
				}
			}
		}
	}
}
