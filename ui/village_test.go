package ui

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"

	"fyne.io/fyne/v2"
)

// village opens the page of the first village.
func (s *station) village() (id string) {
	s.t.Helper()
	s.view(func(tx *store.Tx) error {
		for v, err := range store.All[record.Village](tx) {
			id = v.ID
			return err
		}
		return nil
	})
	s.desk.Record("village", id)
	s.settle()
	return id
}

// newcomer puts somebody more into the pool of the village.
func (s *station) newcomer(name string) (id string) {
	s.t.Helper()
	village := s.village()
	ok(s.t, s.desk.DB.Do("录入", tester, func(tx *store.Tx) error {
		p := &record.Person{Name: name, Sex: "2", Birth: field.Date{Year: 1990, Month: 5}, Politics: record.PartyMember}
		err := tx.Put(p)
		id = p.ID
		return errors.Join(err, tx.Put(&record.Reserve{Person: id, Village: village, Maturity: "1", Direction: "1", Entered: field.Date{Year: 2025, Month: 9}}))
	}))
	s.settle()
	return id
}

// Ensure that a village's page says how it stands, who leads it, what is vacant
// and who could follow, that a card opens the person by the keyboard, and that
// the page follows the ledger.
func TestVillagePage(t *testing.T) {
	s := openFew(t)
	s.village()
	s.mustSay("前进嘎查", "户数 未填", "现任班子 1 人", "白音巴图", "党组织书记", "48岁", "2024.03 起", "空缺", "村委会主任", "接班人选 1 人", "班子现状", "本届产生日期未填", "没有乡招村用人员在岗", "概况", "资料", "记录")
	s.newcomer("乌兰其其格")
	s.mustSay("接班人选 2 人", "近期可用")
	s.press("换届")
	if got := s.shell.Page().Title(); !strings.Contains(got, "换届") {
		t.Errorf("换届 opens %s", got)
	}
	s.key(fyne.KeyEscape)
	s.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if got := s.shell.Page().Title(); got != "白音巴图" {
		t.Errorf("the second card opens %s", got)
	}
}

// Ensure that a vacant post is filled from its card, with village and position
// given and the village's reserves before all others.
func TestVacancyIsFilledFromItsCard(t *testing.T) {
	s := openFew(t)
	s.newcomer("乌兰其其格")
	s.tap("空缺")
	s.mustSay("任命", "村委会主任", "前进嘎查")
	s.write("乌兰")
	s.mustSay("后备")
	s.key(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	s.write("2026.02")
	s.key(fyne.KeyTab)
	for s.desk.Panel() != nil && s.lastOp() != "任命" {
		was := s.told()
		s.tap("完成")
		if s.told() == was && s.lastOp() != "任命" {
			t.Fatalf("the step is not done: %s", strings.Join(s.texts(), " | "))
		}
	}
	if s.says("空缺") {
		t.Error("the post is still vacant on the page")
	}
	s.mustSay("现任班子 2 人")
}

// told is all that can be read, as one text.
func (s *station) told() string { return strings.Join(s.texts(), "|") }

// Ensure that changing the 书记 asks who comes, when and why, refuses a day
// before the post began at that field, ends the post and makes the next one in
// one operation, which can be taken back.
func TestReplacingTheSecretary(t *testing.T) {
	s := openFew(t)
	fresh := s.newcomer("乌兰其其格")
	before := s.everything()
	s.press("更换书记")
	s.mustSay("前进嘎查更换书记", "离任", "白音巴图", "交出的职务", "接任人", "离任去向")
	s.tap("完成")
	if s.lastOp() != "录入" {
		t.Fatal("done without saying who comes")
	}
	s.write("wlqqg")
	s.key(fyne.KeyTab)
	s.write("2023.01")
	s.key(fyne.KeyTab)
	s.write("辞职")
	s.key(fyne.KeyTab)
	s.tap("完成")
	s.mustSay("早于")
	s.write("2026.02")
	s.key(fyne.KeyTab, fyne.KeyTab)
	s.write("到旗里工作")
	s.key(fyne.KeyTab)
	for n := 0; n < 2 && s.desk.Panel() != nil; n++ {
		s.tap("完成")
	}
	if got := s.lastOp(); got != "换人" || s.desk.Panel() != nil {
		t.Fatalf("the last operation is %s: %s", got, s.told())
	}
	s.mustSay("已由白音巴图换为乌兰其其格", "接班人选 1 人")
	var left, held int
	s.view(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			switch {
			case err != nil:
				return err
			case p.Person == fresh && p.Position == record.Secretary && p.To.IsZero():
				held++
			case p.Person != fresh && p.To.Office() == "2026.02" && strings.Contains(p.Note, "到旗里工作"):
				left++
			}
		}
		return nil
	})
	if left != 1 || held != 1 {
		t.Errorf("%d posts ended and %d begun, want one each", left, held)
	}
	s.link("撤销")
	if after := s.everything(); strings.Join(after, "\n") != strings.Join(before, "\n") {
		t.Error("taken back, the ledger is another")
	}
}

// Ensure that a change that is closed unfinished changes nothing and is found
// again.
func TestReplacingStaysADraft(t *testing.T) {
	s := openFew(t)
	s.newcomer("乌兰其其格")
	before := s.everything()
	s.press("更换书记")
	s.write("wlqqg")
	s.key(fyne.KeyTab)
	s.write("2026.02")
	s.key(fyne.KeyTab)
	s.press("关闭，留作草稿")
	if after := s.everything(); strings.Join(after, "\n") != strings.Join(before, "\n") {
		t.Error("the draft counts")
	}
	s.press("更换书记")
	s.mustSay("2026.02")
}

// Ensure that on a wall a village's page names nobody, tells no age, and offers
// neither the facts nor the history.
func TestVillageOnAWall(t *testing.T) {
	s := openFew(t)
	s.village()
	s.desk.Wall()
	s.settle()
	for _, text := range []string{"白音巴图", "48岁", "资料", "记录", "更换书记"} {
		if s.says(text) {
			t.Errorf("the wall shows %s", text)
		}
	}
	s.mustSay("前进嘎查", "白某某", "党组织书记")
	s.desk.Wall()
	s.settle()
	s.mustSay("白音巴图", "资料")
}

// Ensure that a roster printed from a village's page has that village's people
// alone and is named after it.
func TestVillageIsPrinted(t *testing.T) {
	s := open(t)
	s.village()
	name := s.shell.Page().Title()
	s.shell.Page().(interface{ Print(*field.Form) }).Print(record.FormNamed("committee"))
	s.settle()
	if len(s.launched) != 1 || !strings.Contains(filepath.Base(s.launched[0]), name) {
		t.Fatalf("opened %v", s.launched)
	}
	s.view(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil || e.Sent == nil {
				t.Errorf("the newest operation sent nothing: %v", err)
			} else if e.Sent.Rows == 0 || e.Sent.Rows > 9 {
				t.Errorf("the roster of one village has %d rows", e.Sent.Rows)
			}
			break
		}
		return nil
	})
}

// Ensure that what the rules have against somebody is told while the change is
// typed, before it is done.
func TestReplacingWarns(t *testing.T) {
	s := openFew(t)
	id := s.newcomer("乌兰其其格")
	ok(t, s.desk.DB.Do("更正", tester, func(tx *store.Tx) error {
		p, err := store.Get[record.Person](tx, id)
		if err != nil {
			return err
		}
		p.Politics = "13"
		return tx.Put(p)
	}))
	s.settle()
	s.press("更换书记")
	s.write("wlqqg")
	s.key(fyne.KeyTab)
	s.write("2026.02")
	s.key(fyne.KeyTab)
	s.write("辞职")
	s.key(fyne.KeyTab)
	s.mustSay("党组织书记应是中共正式党员", "为何如此")
}
