package ui

import (
	"slices"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/report"
	"touyan/ui/page"

	"fyne.io/fyne/v2"
)

// puts writes records as an operation.
func (s *station) puts(recs ...field.Record) {
	s.t.Helper()
	ok(s.t, s.desk.DB.Do("录入", tester, func(tx *store.Tx) error {
		for _, r := range recs {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		return nil
	}))
	s.settle()
}

// Ensure that a case is begun from the person's page with the person filled in,
// and that its page offers the steps of its state and no others.
func TestStepsFollowTheState(t *testing.T) {
	s := openFew(t)
	id := s.person()
	s.press("登记负面情形")
	s.mustSay("登记负面情形", "白音巴图")
	s.key(fyne.KeyEscape)
	village := sunny(s)
	c := &record.Conduct{Person: id, Village: village, Class: "带富能力弱", State: record.ConductSign, Noticed: field.Date{Year: 2026, Month: 1, Day: 10}}
	s.puts(c)
	s.only("conduct")
	if !s.offers("核实") || s.offers("归档") || s.offers("组织处理") {
		t.Errorf("a sign is offered: %s", s.told())
	}
	s.press("核实")
	s.write("2026.02.01")
	s.key(fyne.KeyTab)
	s.write("成立")
	s.key(fyne.KeyTab, fyne.KeyTab)
	s.write("两年没有新增收入")
	s.key(fyne.KeyTab)
	s.mustSay("听取本人的说明")
	s.tap("完成")
	if got := s.lastOp(); got != "核实" {
		t.Fatalf("the last operation is %s: %s", got, s.told())
	}
	if s.offers("核实…") && !s.offers("谈话提醒") {
		t.Errorf("what was found is offered: %s", s.told())
	}
	if got := s.value("conduct", c.ID, "finding"); got != "1" {
		t.Errorf("found %q", got)
	}
}

// Ensure that a step that cannot be is refused with its sentence, and what was
// typed stays.
func TestStepRefused(t *testing.T) {
	s := openFew(t)
	id, village := s.person(), sunny(s)
	s.puts(&record.Post{Person: id, Village: village, Position: "23", Statutory: record.ElectedPost, From: field.Date{Year: 2024, Month: 3}},
		&record.Conduct{Person: id, Village: village, Class: "带富能力弱", State: record.ConductVerify, Finding: "1", Verified: field.Date{Year: 2026, Month: 1, Day: 20}})
	change(s, func(p *record.Post) {
		if p.Position == record.Secretary {
			p.To = field.Date{Year: 2026, Month: 1}
		}
	})
	s.only("conduct")
	s.press("组织处理")
	s.write("免职")
	s.key(fyne.KeyTab)
	s.write("2026.02.01")
	s.key(fyne.KeyTab)
	s.write("星露苏木党委")
	s.key(fyne.KeyTab)
	s.tap("完成")
	s.mustSay("不能用“免职”", "依法罢免", "星露苏木党委")
}

// Ensure that a line is added to a list inside a record, counted on its tab, and
// opened as a record of its own.
func TestListsInsideARecord(t *testing.T) {
	s := openFew(t)
	s.only("reserve")
	s.tap("培养记录")
	s.mustSay("还没有培养记录")
	s.tap("新增培养记录…")
	s.write("2026.01.15")
	s.key(fyne.KeyTab)
	s.write("谈心谈话")
	s.key(fyne.KeyTab)
	s.write("列席两委会议")
	s.key(fyne.KeyTab)
	s.tap("完成")
	s.mustSay("培养记录 1", "列席两委会议", "谈心谈话")
	ids := s.ids("coaching")
	if len(ids) != 1 || s.value("coaching", ids[0], "reserve") == "" {
		t.Fatalf("written %v", ids)
	}
}

// Ensure that a rule is set from the year that is shown, that the other year
// keeps its own, and that what is not a number is refused.
func TestRulesRoom(t *testing.T) {
	s := openFew(t)
	p := s.enter("rule").(*page.RulesPage)
	s.mustSay("在任人员年龄线", "60 周岁", "默认值")
	p.Grid.OnOpen("limit/age-limit")
	s.settle()
	s.replace("六十")
	s.key(fyne.KeyTab)
	s.tap("完成")
	s.mustSay("不小于0的数")
	s.tap("放弃")
	p.Grid.OnOpen("limit/age-limit")
	s.settle()
	s.replace("58")
	s.key(fyne.KeyTab)
	s.tap("完成")
	s.mustSay("58 周岁", "60 周岁", "更改", "2026 年起")
	if got := s.lastOp(); got != "改规则" {
		t.Errorf("the last operation is %s", got)
	}
}

// Ensure that an indicator shows its parts and opens to exactly its records.
func TestIndicatorsOpen(t *testing.T) {
	s := open(t)
	p := s.enter(page.RoomFigures).(*page.FiguresPage)
	s.mustSay("村均本土后备", "时点", "比率")
	p.Grid.Select("pool")
	s.settle()
	s.mustSay("在库总数", "35岁以下", "各季度末")
	var want []string
	s.view(func(tx *store.Tx) error {
		list, err := report.Select(tx, field.DateAt(s.desk.DB.Now()))
		for _, f := range list {
			if f.Name == "blank" {
				want = f.IDs
			}
		}
		return err
	})
	p.Grid.OnOpen("blank")
	s.settle()
	list, is := s.shell.Page().(*page.List)
	if !is || !slices.Equal(list.Rows(), want) || len(want) == 0 {
		t.Fatalf("opens %v, want %v", s.shell.Page().Title(), want)
	}
}

// Ensure that leaving for good tells what it ends before it does, and ends it by
// one operation that is taken back as one.
func TestDepartFromThePage(t *testing.T) {
	s := openFew(t)
	s.person()
	s.press("去世、调离、退休")
	s.write("退休")
	s.key(fyne.KeyTab)
	s.write("2026.02.20")
	s.key(fyne.KeyTab)
	s.mustSay("一并结束", "前进嘎查党组织书记")
	s.tap("完成")
	if s.desk.Panel() != nil {
		s.tap("完成")
	}
	if got := s.lastOp(); got != "离开" {
		t.Fatalf("the last operation is %s: %s", got, s.told())
	}
	for _, id := range s.ids("post") {
		if got := s.value("post", id, "to"); got != "2026-02-20" {
			t.Errorf("a post ends %q", got)
		}
	}
	s.link("撤销")
	if s.offers("离任") != true {
		t.Error("not taken back")
	}
}

// Ensure that the lawful ways out of a post are told with their thresholds.
func TestRoutesAreTold(t *testing.T) {
	s := openFew(t)
	change(s, func(p *record.Post) { p.Position, p.Statutory = record.Head, record.ElectedPost })
	s.only("post")
	s.press("退出程序")
	s.mustSay("依法罢免", "五分之一以上", "罢免结果公告")
	if s.says("免职 ·") {
		t.Error("免职 of an elected post is offered")
	}
}

// Ensure that a village is merged into another from its page.
func TestMergeFromThePage(t *testing.T) {
	s := openFew(t)
	s.puts(&record.Village{Name: "后河嘎查"})
	for _, id := range s.ids("village") {
		if s.value("village", id, "name") == "前进嘎查" {
			s.desk.Record("village", id)
		}
	}
	s.settle()
	s.press("撤并")
	s.mustSay("并入嘎查村", "在新村接着任职")
	s.write("后河嘎查")
	s.key(fyne.KeyTab)
	s.write("2026.02.20")
	s.key(fyne.KeyTab)
	s.tap("完成")
	if s.desk.Panel() != nil {
		s.tap("完成")
	}
	if got := s.lastOp(); got != "撤并" {
		t.Fatalf("the last operation is %s: %s", got, s.told())
	}
}

// Ensure that a person's dossier tells what this person must have and has not,
// and that a material in the cabinet is entered from there.
func TestDossierOfAPerson(t *testing.T) {
	s := openFew(t)
	change(s, func(p *record.Person) { p.Politics, p.Joined = record.PartyMember, field.Date{Year: 2001, Month: 7} })
	id := s.person()
	s.shell.Page().(*page.Dossier).Leaf("dossier")
	s.settle()
	s.mustSay("入党志愿书", "政治面貌是中共党员，应有", "合格线 90 分", "缺一份应有材料")
	s.press("登记材料")
	s.write("入党志愿书")
	s.key(fyne.KeyTab)
	s.write("党团材料")
	s.key(fyne.KeyTab)
	s.tap("完成")
	s.mustSay("有纸质件", "档案 1 份")
	if s.says("政治面貌是中共党员，应有") {
		t.Error("what was entered is still missing")
	}
	if got := s.titles(id); !slices.Equal(got, []string{"入党志愿书"}) {
		t.Errorf("papers %q", got)
	}
}

// Ensure that the list offers the steps of the record selected, and says so where
// none is, or none is left.
func TestStepsFromTheList(t *testing.T) {
	s := openFew(t)
	id := s.person()
	c := &record.Conduct{Person: id, Village: sunny(s), Class: "带富能力弱", State: record.ConductSign}
	s.puts(c)
	list := s.enter("conduct").(*page.List)
	s.press("办理")
	s.mustSay("请先在表里选一条")
	list.Grid.Select(c.ID)
	s.press("办理")
	if !s.desk.Pick("核实") {
		t.Fatal("the step is not offered")
	}
	s.settle()
	s.mustSay("核实时间", "核实结论")
	s.press("放弃")
	change(s, func(c *record.Conduct) { c.State = record.ConductFiled })
	list.Grid.Select(c.ID)
	s.press("办理")
	s.mustSay("已经办完")
}
