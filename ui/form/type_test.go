package form

import (
	"testing"

	"touyan/store/field"
)

// Ensure that each type takes what offices write, shows it in their words when
// the field is left, and gives its canonical text.
func TestTypes(t *testing.T) {
	s := newMember(t, Options{})
	for _, c := range []struct{ field, typed, text, value string }{
		{"name", " 白音 巴图 ", "白音巴图", "白音巴图"},
		{"idno", "150426 19780312 123 7", "1504••••••••••1237", "150426197803121237"},
		{"sex", "女", "女", "2"}, {"sex", "女性", "女", "2"}, {"sex", "1", "男", "1"},
		{"nation", "汉", "汉族", "01"}, {"nation", "02", "蒙古族", "02"},
		{"birth", "1985.3", "1985.03", "1985-03"}, {"birth", "198503", "1985.03", "1985-03"}, {"birth", "1985-03-12", "1985.03.12", "1985-03-12"},
		{"birth", "今天", "2026.03.02", "2026-03-02"}, {"birth", "1985", "1985", "1985"}, {"birth", "１９８５年３月", "1985.03", "1985-03"},
		{"village", "前进嘎查", "前进嘎查", "v1"},
		{"phone", "154 0000 0001", "154••••0001", "15400000001"}, {"phone", "0476-8220001", "047•••••0001", "0476-8220001"},
		{"terms", "3届", "3", "3"},
		{"income", "5.2万", "52000", "5200000"}, {"income", "1500.5", "1500.50", "150050"},
		{"note", "第一行 第二行", "第一行 第二行", "第一行 第二行"},
	} {
		s.in(c.field, c.typed)
		s.leave()
		s.holds(c.field, c.text, c.value)
	}
	if p := s.Problems(); len(p) > 0 {
		t.Errorf("problems: %v", p)
	}
}

// Ensure that a wrong cell stays as it was typed and is not saved, that what is
// wrong stands beside it, and that the others are saved.
func TestWrongCellsStay(t *testing.T) {
	s := newMember(t, Options{})
	s.SetRow(known("m1"))
	s.Reveal(true)
	for _, c := range []struct{ field, typed, says string }{
		{"birth", "八五年春", "不是日期"}, {"nation", "外星人", "不在“民族”可填的内容里"}, {"village", "没有的村", "不在“嘎查村”的名单里"},
		{"phone", "154000", "不是电话号码"}, {"terms", "21", "应在1到20之间"}, {"income", "五万", "不是数"}, {"idno", "150426197803121232", "校验码不对"},
	} {
		s.in(c.field, c.typed)
		s.mustNotSay(c.says)
		s.keys("Tab")
		s.mustSay(c.says)
		s.holds(c.field, c.typed, s.kind.Value(known(""), c.field))
	}
	s.in("name", "白音那")
	s.leave()
	s.savedOnce(map[string]string{"name": "白音那"})
	s.holds("birth", "八五年春", "1978-03")
}

// Ensure that nobody is told what is wrong while first typing, but is once the
// field was left, and from then on as it is typed.
func TestSaysWhenLeft(t *testing.T) {
	s := newMember(t, Options{})
	s.Focus("birth")
	s.keys("1985.13")
	s.mustNotSay("不是真实的日期", "缺“姓名”")
	s.keys("Tab")
	s.mustSay("不是真实的日期")
	s.keys("Shift+Tab", "Right", "BackSpace")
	s.mustNotSay("不是真实的日期")
	s.mustSay("可能是1月，也可能是10月")
	s.keys("2")
	s.mustNotSay("可能是1月")
	s.leave()
	s.mustSay("缺“姓名”")
}

// Ensure that what the ledger has and is wrong is told at once, and that an
// empty new record is told nothing.
func TestSaysWhatTheLedgerHas(t *testing.T) {
	s := newMember(t, Options{})
	s.mustNotSay("缺“姓名”")
	row := known("m1")
	row.Values[0] = ""
	s.SetRow(row)
	s.mustSay("缺“姓名”")
}

// Ensure that a proposal is taken by one press and that the keyboard is in its
// field then.
func TestProposals(t *testing.T) {
	s := newMember(t, Options{})
	s.in("birth", "1985.1")
	s.keys("Tab")
	s.mustSay("改为“1985.01”", "改为“1985.10”")
	s.press("改为“1985.10”")
	s.holds("birth", "1985.10", "1985-10")
	s.mustNotSay("改为")
	s.at("birth")
	if len(s.saved) > 0 {
		t.Error("the press left the form")
	}
}

// Ensure that rules over several fields are told at the field they name, a
// warning in its colour and an error in its own.
func TestRulesAcrossFields(t *testing.T) {
	s := newMember(t, Options{})
	s.in("birth", "1990.05")
	s.in("joined", "1989.05")
	s.in("name", "斯琴")
	s.in("sex", "男")
	s.leave()
	s.mustSay("入党时间早于出生年月", "一般是女名")
	look := s.look
	if got := s.cell("joined").frame.StrokeColor; got != look.Bad {
		t.Errorf("the frame of an error is %v", got)
	}
	if got := s.cell("sex").frame.StrokeColor; got != look.Warn {
		t.Errorf("the frame of a warning is %v", got)
	}
	s.saved = nil
	s.press("改为“女”")
	s.leave()
	s.mustNotSay("一般是女名")
	s.savedOnce(map[string]string{"sex": "2"})
}

// Ensure that fields of others are shown as text and passed over.
func TestReadOnly(t *testing.T) {
	s := newMember(t, Options{ReadOnly: func(f *field.Field) bool { return f.Owner == field.County || f.Name == "sex" }})
	row := known("m1")
	row.Values[10] = "同意"
	s.SetRow(row)
	s.mustSay("同意", "男")
	s.Focus("idno")
	s.keys("Tab")
	s.at("nation")
	s.Focus("word")
	s.at("name")
}

// Ensure that empty fields take what follows from the one just left, and that
// what stands is not touched.
func TestDerives(t *testing.T) {
	s := newMember(t, Options{Derive: func(row field.Row, left string) map[string]string {
		if id := members.Value(row, "idno"); left == "idno" && field.ValidID(id) {
			birth := field.BirthOf(id)
			return map[string]string{"birth": birth.String(), "sex": field.SexOf(id)}
		}
		return nil
	}})
	s.in("sex", "女")
	s.in("idno", "150426197803121237")
	s.keys("Tab")
	s.holds("birth", "1978.03.12", "1978-03-12")
	s.holds("sex", "女", "2")
}

// Ensure that a code is found by the initials of another spelling of its word.
func TestFindsOtherSpellings(t *testing.T) {
	c := codeChooser(&field.CodeList{Items: []field.Item{{Code: "1", Word: "大学本科", Synonyms: []string{"本科"}}, {Code: "2", Word: "大学专科", Synonyms: []string{"大专"}}}})
	if found := c.find("dz"); len(found) != 1 || found[0].ID != "2" {
		t.Errorf("dz finds %v", found)
	}
}
