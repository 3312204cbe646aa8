package form

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Ensure that a visit to the form is saved once, when the keyboard goes
// elsewhere, with what was changed and nothing else.
func TestSavesOnceWhenLeft(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.in("name", "白音那")
	s.in("phone", "15400000009")
	s.in("birth", "1978.3") // as it was
	s.keys("Tab", "Tab")
	s.press(opens) // the mark of the first field that has one
	s.click(s.body.Objects[0].(fyne.Tappable), fyne.NewPos(1, 1))
	if len(s.saved) > 0 {
		t.Fatalf("saved on the way: %v", s.saved)
	}
	s.leave()
	s.savedOnce(map[string]string{"name": "白音那", "phone": "15400000009"})
	s.Leave()
	s.Focus("sex")
	s.leave()
	if len(s.saved) > 0 {
		t.Errorf("saved without a change: %v", s.saved)
	}
}

// Ensure that a window that is left for another program, and a menu or a
// question over it, do not leave the form.
func TestStaysWhileTheWindowIsAway(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.in("name", "白音那")
	s.cell("name").input.FocusLost()
	s.settle()
	s.cell("name").input.FocusGained()
	over := widget.NewModalPopUp(widget.NewLabel("问"), s.win.Canvas())
	over.Show()
	s.cell("name").input.FocusLost()
	s.settle()
	over.Hide()
	if len(s.saved) > 0 {
		t.Errorf("saved: %v", s.saved)
	}
	s.Leave()
	s.savedOnce(map[string]string{"name": "白音那"})
}

// Ensure that leaving while a save goes on saves what came after it once it has
// ended, and that after an error the next leaving tries again.
func TestSavesAgain(t *testing.T) {
	var edits []Edit
	s := newMember(t, Options{OnSave: func(e Edit) { edits = append(edits, e) }})
	s.SetRow(known("m1"))
	s.in("name", "白音那")
	s.leave()
	s.in("note", "甲")
	s.leave()
	if len(edits) != 1 {
		t.Fatalf("%d saves at a time", len(edits))
	}
	s.Saved(nil)
	if len(edits) != 2 || !maps.Equal(edits[1].Values, map[string]string{"note": "甲"}) {
		t.Fatalf("then saved were %v", edits)
	}
	s.Saved(errors.New("disk full"))
	s.holds("note", "甲", "甲")
	s.Leave()
	if len(edits) != 3 || !maps.Equal(edits[2].Values, map[string]string{"note": "甲"}) {
		t.Errorf("after the error saved were %v", edits)
	}
}

// Ensure that what changes in the ledger meanwhile is shown, and what is typed
// stays.
func TestRefreshKeepsWhatIsTyped(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.in("name", "白音那")
	s.in("birth", "三月")
	row := known("m1")
	row.Values[0], row.Values[4], row.Values[11] = "别名", "1979-01", "别处写的"
	s.SetRow(row)
	s.holds("name", "白音那", "白音那")
	s.holds("birth", "三月", "1979-01")
	s.holds("note", "别处写的", "别处写的")
	s.SetRow(known("m2"))
	s.holds("name", "白音巴图", "白音巴图")
	s.holds("birth", "1978.03", "1978-03")
}

// Ensure that a record saved for the first time keeps what could not be saved.
func TestBornRecordKeepsWrongCells(t *testing.T) {
	s := newMember(t, Options{})
	s.in("name", "白音那")
	s.in("birth", "三月")
	s.leave()
	s.savedOnce(map[string]string{"name": "白音那"})
	s.SetRow(field.Row{ID: "m9", Values: []string{"白音那"}})
	s.holds("birth", "三月", "")
	s.wait()
	if !slices.Equal(slices.Sorted(maps.Keys(s.drafts)), []string{"member/m9"}) {
		t.Errorf("drafts: %v", s.drafts)
	}
}

// Ensure that private fields are masked until asked for, that nothing on the
// form tells them before, and that asking is told to the page.
func TestMasks(t *testing.T) {
	revealed := 0
	s := newMember(t, Options{OnReveal: func() { revealed++ }})
	s.SetRow(known("m1"))
	for _, text := range s.texts() {
		if strings.Contains(text, "15400000001") || strings.Contains(text, "150426197803121237") {
			t.Errorf("the form says %s", text)
		}
	}
	s.mustSay("1504••••••••••1237", "154••••0001")
	s.press(doReveal)
	s.mustSay("150426197803121237", "15400000001", doConceal)
	s.press(doConceal)
	s.mustSay("1504••••••••••1237")
	s.leave()
	if revealed != 1 || len(s.saved) > 0 {
		t.Errorf("told %d times, saved %v", revealed, s.saved)
	}
}

// Ensure that one types over a mask as a whole, from wherever the caret stands,
// and that Delete empties the field.
func TestTypesOverAMask(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.Focus("phone")
	s.keys("Left", "Left", "1540")
	s.holds("phone", "1540", "15400000001")
	s.keys("0000002")
	s.leave()
	s.holds("phone", "154••••0002", "15400000002")
	s.Focus("idno")
	s.keys("End", "BackSpace")
	s.holds("idno", "", "")
	s.leave()
	if len(s.saved) != 2 {
		t.Errorf("saved: %v", s.saved)
	}
}

// Ensure that what is wrong with a masked value does not tell it.
func TestMaskedProblemTellsNothing(t *testing.T) {
	s := newMember(t, Options{})
	row := known("m1")
	row.Values[1] = "150426197803121230"
	s.SetRow(row)
	s.mustSay("“公民身份号码”有问题")
	s.mustNotSay("150426197803121230")
	s.Reveal(true)
	s.mustSay("“150426197803121230”的校验码不对")
}

// Ensure that a draft is kept a while after the first key, not once a key, and
// dropped when all is saved.
func TestKeepsDrafts(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.in("name", "白音那")
	s.in("birth", "1985.1")
	if len(s.timed) != 1 || len(s.log) > 0 {
		t.Errorf("%d times are running, and %v", len(s.timed), s.log)
	}
	s.wait()
	d := s.drafts["member/m1"]
	if !maps.Equal(d.Values, map[string]string{"name": "白音那"}) || !maps.Equal(d.Wrong, map[string]string{"birth": "1985.1"}) {
		t.Errorf("kept is %+v", d)
	}
	s.keys("Tab")
	s.press("改为“1985.01”")
	s.leave()
	if len(s.drafts) > 0 {
		t.Errorf("after all is saved, kept is still %+v", s.drafts)
	}
	if last := s.log[len(s.log)-1]; last != "drop member/m1" {
		t.Errorf("the last was %s", last)
	}
}

// Ensure that what was typed before a power cut is found in the ledger and
// shown, that it is neither saved nor lost before one has answered, and that
// both answers do what they say.
func TestFindsDrafts(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.in("name", "白音那")
	s.in("birth", "1985.1")
	s.in("village", "红旗村")
	s.in("village", "hq")
	s.keys("Down", "Return")
	s.wait()

	s.again(members, Options{})
	s.SetRow(known("m1"))
	s.mustSay("上次没有保存的内容已经找回。", "可能是1月")
	s.holds("name", "白音那", "白音那")
	s.holds("birth", "1985.1", "1978-03")
	s.holds("village", "红旗村", "v4")
	s.Leave()
	if len(s.saved) > 0 || len(s.drafts) != 1 {
		t.Errorf("unanswered, saved are %v and kept %v", s.saved, s.drafts)
	}
	s.press("放弃")
	s.mustNotSay("已经找回")
	s.holds("name", "白音巴图", "白音巴图")
	s.Leave()
	if len(s.saved) > 0 || len(s.drafts) > 0 {
		t.Errorf("given up, saved are %v and kept %v", s.saved, s.drafts)
	}
}

// Ensure that a draft that is kept, or gone on with, is saved with the visit.
func TestGoesOnWithADraft(t *testing.T) {
	s := newMember(t, Options{})
	s.drafts["member/m1"] = Draft{Values: map[string]string{"name": "白音那"}}
	s.SetRow(known("m1")) // the same record again: nothing is looked for
	s.again(members, Options{})
	s.SetRow(known("m1"))
	s.press("保留")
	s.mustNotSay("已经找回")
	s.Leave()
	s.savedOnce(map[string]string{"name": "白音那"})

	s.drafts["member/m2"] = Draft{Values: map[string]string{"name": "白音那"}}
	s.SetRow(known("m2"))
	s.in("note", "甲")
	s.mustNotSay("已经找回")
	s.leave()
	s.savedOnce(map[string]string{"name": "白音那", "note": "甲"})
	if len(s.drafts) > 0 {
		t.Errorf("kept is still %v", s.drafts)
	}
}

// Ensure that a draft lies in the ledger's file as soon as it is kept, so that
// a copy of the file taken while the program runs has it: no closing is needed.
func TestDraftsOutliveThePowerCut(t *testing.T) {
	kinds := store.Options{Kinds: field.Kinds{members}}
	path := filepath.Join(t.TempDir(), "台账.touyan")
	ok(t, store.Create(path, store.Office{Code: "150426201", Name: "某苏木", Level: field.Township}, false, kinds))
	db, err := store.Open(path, kinds)
	ok(t, err)
	defer db.Close()
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.o.Drafts.Keep = func(key string, d Draft) { ok(t, db.KeepDraft(key, d)) }
	s.in("name", "白音那")
	s.in("birth", "1985.1")
	s.wait()

	file, err := os.ReadFile(path)
	ok(t, err)
	cut := filepath.Join(t.TempDir(), "台账.touyan")
	ok(t, os.WriteFile(cut, file, 0o600))
	after, err := store.Open(cut, kinds)
	ok(t, err)
	defer after.Close()
	s.again(members, Options{})
	s.o.Drafts.Find = func(key string) (d Draft, found bool) {
		found, err := after.Draft(key, &d)
		ok(t, err)
		return d, found
	}
	s.SetRow(known("m1"))
	s.mustSay("已经找回")
	s.holds("name", "白音那", "白音那")
	s.holds("birth", "1985.1", "1978-03")
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Ensure that a step is saved by 完成 alone, and stays a draft until then, also
// when the form is left.
func TestStep(t *testing.T) {
	s := bench(t, members, Options{Step: true, Key: "appoint/v1"})
	s.SetRow(field.Row{})
	s.mustSay("草稿：按“完成”后才记入台账。")
	s.in("name", "白音那")
	s.in("birth", "三月")
	s.leave()
	if len(s.saved) > 0 || s.drafts["appoint/v1"].Values["name"] != "白音那" {
		t.Errorf("left, saved are %v and kept %v", s.saved, s.drafts)
	}
	if s.Finish() || len(s.saved) > 0 {
		t.Error("finished with a wrong cell")
	}
	s.at("birth")
	s.again(members, Options{Step: true, Key: "appoint/v1"})
	s.SetRow(field.Row{})
	s.mustSay("这是上次没有完成的草稿。")
	s.in("birth", "1985.3")
	s.click(s.foot.buttons[0], fyne.NewPos(1, 1))
	s.savedOnce(map[string]string{"name": "白音那", "birth": "1985-03"})
	if len(s.drafts) > 0 {
		t.Errorf("kept is still %v", s.drafts)
	}
}

// Ensure that a step that lacks what it must have says so.
func TestStepWantsWhatItMustHave(t *testing.T) {
	s := bench(t, members, Options{Step: true})
	s.SetRow(field.Row{})
	if s.Finish() {
		t.Error("an empty step is finished")
	}
	s.mustSay("缺“姓名”，请补填。")
	s.at("name")
}
