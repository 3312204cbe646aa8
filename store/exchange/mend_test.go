package exchange_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
)

// wizard is a book on its way in, as the import screen has it.
type wizard struct {
	t    failer
	db   *store.DB
	book *exchange.Book
	plan *exchange.Plan
}

func openWizard(t failer, db *store.DB, path string) *wizard {
	t.Helper()
	w := &wizard{t: t, db: db, book: must(exchange.Open(context.Background(), db, path, exchange.Options{}))}
	w.again()
	return w
}

func (w *wizard) again() {
	w.t.Helper()
	view(w.t, w.db, func(tx *store.Tx) (err error) {
		w.plan, err = w.book.Plan(context.Background(), tx)
		return err
	})
}

// mend types a text into the cell below a head.
func (w *wizard) mend(row int, label, text string) {
	w.t.Helper()
	for _, c := range must(w.plan.Columns(0)) {
		if c.Label == label {
			if err := w.book.Mend(0, row, c.Column, text); err != nil {
				w.t.Fatalf("mend: %v", err)
			}
			w.again()
			return
		}
	}
	w.t.Fatalf("no column %s", label)
}

func (w *wizard) apply() exchange.Report {
	w.t.Helper()
	r, err := exchange.Apply(context.Background(), w.db, clerk, w.plan, nil)
	if err != nil {
		w.t.Fatalf("apply: %v", err)
	}
	return r
}

// tally says how many rows are in which state.
func (w *wizard) tally() string {
	t := w.plan.Tally()
	return fmt.Sprintf("新增%d 更新%d 相同%d 有问题%d 不导入%d", t[exchange.RowNew], t[exchange.RowUpdated], t[exchange.RowSame], t[exchange.RowFaulty], t[exchange.RowSkipped])
}

// cell is the cell of a row below a label.
func (w *wizard) cell(row int, label string) exchange.ReviewCell {
	w.t.Helper()
	columns := must(w.plan.Columns(0))
	i := slices.IndexFunc(columns, func(c exchange.ReviewColumn) bool { return c.Label == label || c.Head == label })
	if i < 0 {
		w.t.Fatalf("no column %s", label)
	}
	return w.plan.Row(exchange.RowAt{Row: row}, columns).Cells[i]
}

const mistakes = `嘎查村“两委”成员花名册
序号|嘎查村|姓名|性别|出生年月|身份证号|政治面貌|职务|任现职时间|联系方式|爱好
1|向阳嘎查|巴特尔|男|1980.03||中共党员|党支部书记|2021.01|13800001111|摔跤
2|向阳嘎查|李秀云|女|1985.1||群众|村委会委员|2021.01|13800002222|
3|向阳嘎查||男|1990.05||群众|村委会委员|2021.01||
4|向阳嘎查|王建业|男|1979.05||群众|放羊|2021.01||
5|向阳嘎查|空缺|||||村委会主任|||
6|向阳嘎查|巴特尔|男|1980.03||中共党员|党支部书记|2021.01|13800001111|
`

// Ensure that a book is mended cell by cell in place: each plan tells what
// becomes of every row, what stands in the book stays to be seen, the file is
// not touched, and what comes in is what was mended.
func TestMend(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	path := typed(t, filepath.Join(dir, "花名册.xlsx"), mistakes)
	before := must(os.ReadFile(path))
	w := openWizard(t, db, path)
	compare(t, "as it came", w.tally(), "新增1 更新0 相同0 有问题4 不导入1")

	if c := w.cell(1, "出生年月"); c.Raw != "1985.1" || c.Shown != "" || c.Problem == nil || c.Problem.Proposal == "" {
		t.Errorf("the bad cell is %+v", c)
	}
	if c := w.cell(0, "职务"); c.Shown != "党组织书记" || c.Problem != nil {
		t.Errorf("a good cell is %+v", c)
	}
	if c := w.cell(0, "爱好"); c.Raw != "摔跤" || c.Shown != "" {
		t.Errorf("a cell nothing takes is %+v", c)
	}
	w.mend(1, "出生年月", "1985.10")
	if c := w.cell(1, "出生年月"); c.Raw != "1985.1" || c.Text != "1985.10" || c.Shown != "1985.10" || !c.Mended || c.Problem != nil {
		t.Errorf("mended it is %+v", c)
	}
	compare(t, "one mended", w.tally(), "新增2 更新0 相同0 有问题3 不导入1")
	w.mend(2, "姓名", "孟和")
	w.mend(3, "职务", "村委委员、妇联主席")
	if c := w.cell(3, "职务"); c.Shown != "村委会委员、妇联主席" {
		t.Errorf("two posts are %+v", c)
	}
	compare(t, "all but the double", w.tally(), "新增4 更新0 相同0 有问题1 不导入1")
	row := w.plan.Row(w.plan.RowsIn(exchange.RowFaulty)[0], nil)
	if row.Number != 8 || !row.Refused || len(row.Problems) != 1 || !strings.Contains(row.Problems[0].Message, "重复") {
		t.Errorf("the double is %+v", row)
	}
	if err := w.book.LeaveOut(0, row.Row, true); err != nil {
		t.Fatal(err)
	}
	w.again()
	compare(t, "left out", w.tally(), "新增4 更新0 相同0 有问题0 不导入2")
	if !w.plan.Clean() || w.plan.LeftOut != 1 || w.book.Mended() != 3 {
		t.Errorf("%+v, %d mended", w.plan.Report, w.book.Mended())
	}
	w.apply()
	compare(t, "the ledger", listed(t, db, "post", []string{"姓名", "职务"}), "姓名|职务\n孟和|村委会委员\n巴特尔|党组织书记\n李秀云|村委会委员\n王建业|妇联主席\n王建业|村委会委员")
	if after := must(os.ReadFile(path)); string(after) != string(before) {
		t.Error("the file was touched")
	}
	view(t, db, func(tx *store.Tx) error {
		e, _, err := tx.Entry(tx.Seq())
		if err == nil && (e.Batch.Mended != 3 || e.Batch.LeftOut != 1) {
			t.Errorf("the journal has %+v", e.Batch)
		}
		return err
	})

	w.again() // the same book once more
	compare(t, "again", w.tally(), "新增0 更新0 相同4 有问题0 不导入2")
	w.mend(0, "电话", "13900000000")
	compare(t, "one changed", w.tally(), "新增0 更新1 相同3 有问题0 不导入2")
	w.book.Restore(0, 0, slices.IndexFunc(w.book.Tables[0].Form.Columns, func(c field.Column) bool { return c.Path == "person.phone" }))
	w.again()
	compare(t, "restored", w.tally(), "新增0 更新0 相同4 有问题0 不导入2")
}

// Ensure that a cell that is not in the book cannot be mended, and is said so.
func TestMendRefuses(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	w := openWizard(t, db, typed(t, filepath.Join(dir, "花名册.xlsx"), mistakes))
	terms := slices.IndexFunc(w.book.Tables[0].Form.Columns, func(c field.Column) bool { return c.Path == "terms" })
	for _, at := range [][3]int{{1, 0, 0}, {0, 6, 0}, {0, -1, 0}, {0, 0, 99}, {0, 0, terms}} {
		if err := w.book.Mend(at[0], at[1], at[2], "x"); err == nil {
			t.Errorf("%v was mended", at)
		}
	}
	if err := w.book.LeaveOut(0, 6, true); err == nil {
		t.Error("a row that is not there was left out")
	}
}

// Ensure that what is mended in a book that came back counts as this office's
// word, is the same whenever it is mended so, and that rows say what merging
// does to them.
func TestMendReturned(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db := newOffice(t, dir, township, now)
	closeAll(t, db)
	threeVillages(t, db)
	path := filepath.Join(dir, "up.xlsx")
	send(t, db, county, path)
	h := openByHand(t, path, "人员")
	h.set(1, "联系电话", "13911112222")
	h.set(2, "出生年月", "去年")
	h.save(path)
	people := func(w *wizard) (table, birth int) {
		for i, t := range w.book.Tables {
			if t.Form.Kind == "person" {
				table = i
				birth = slices.IndexFunc(t.Form.Columns, func(c field.Column) bool { return c.Path == "birth" })
			}
		}
		return table, birth
	}
	w := openWizard(t, db, path)
	compare(t, "as it came", w.tally(), "新增0 更新1 相同9 有问题1 不导入0")
	table, birth := people(w)
	if err := w.book.Mend(table, 1, birth, "1971.04"); err != nil {
		t.Fatal(err)
	}
	w.again()
	compare(t, "it contradicts the ID number", w.tally(), "新增0 更新1 相同9 有问题1 不导入0")
	number := slices.IndexFunc(w.book.Tables[table].Form.Columns, func(c field.Column) bool { return c.Path == "idno" })
	if err := w.book.Mend(table, 1, number, field.CompleteID("15049919710405102")); err != nil {
		t.Fatal(err)
	}
	w.again()
	compare(t, "mended", w.tally(), "新增0 更新2 相同9 有问题0 不导入0")
	w.apply()
	view(t, db, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			s, _, err := tx.State("person", p.ID)
			if err != nil {
				return err
			}
			switch office := func(name string) string { return s[name].Shown(field.NoLevel, township.Code).Office }; p.Name {
			case "白音达来":
				if office("phone") != county.Code {
					t.Errorf("what was typed into the book is %s's", office("phone"))
				}
			case "李秀云":
				if p.Birth != (field.Date{Year: 1971, Month: 4}) || office("birth") != township.Code {
					t.Errorf("%s of %s", p.Birth.Office(), office("birth"))
				}
			}
		}
		return nil
	})
	w.again()
	compare(t, "again", w.tally(), "新增0 更新0 相同11 有问题0 不导入0")
}

// Ensure that heads are shown with what they were matched to and how surely,
// that a person's word moves a column, and that the next book with these heads
// remembers it; what was mended before stays mended.
func TestRemap(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	text := `序号|村|姓名|身份|职务|手机（本人）|家里电话|备用
1|向阳嘎查|巴特尔|中共党员|书记|13800001111|13800003333|` + field.CompleteID("15049919800312301") + `
2|向阳嘎查|李秀云|群众|放羊|13800002222||
`
	path := typed(t, filepath.Join(dir, "花名册.xlsx"), text)
	w := openWizard(t, db, path)
	heads := func() (out []string) {
		for _, m := range must(w.book.Heads(0)) {
			guess := ""
			for _, g := range m.Guesses {
				guess += " ?" + g.Label
			}
			out = append(out, fmt.Sprintf("%s→%s %s%s", m.Head, m.Path, []string{"未对应", "可能", "确定", "指定"}[m.Sure], guess))
		}
		return out
	}
	compare(t, "as it came", strings.Join(heads(), "\n"), `序号→ 确定
村→village.name 确定
姓名→person.name 确定
身份→ 未对应 ?政治面貌
职务→position 确定
手机（本人）→person.phone 可能
家里电话→ 未对应
备用→ 未对应 ?身份证号`)
	if m := must(w.book.Heads(0))[5]; !slices.Equal(m.Samples, []string{"13800001111", "13800002222"}) || m.Label != "电话" {
		t.Errorf("%+v", m)
	}
	w.mend(1, "职务", "村委委员")
	remap := func(m map[string]string) {
		t.Helper()
		book, err := w.book.Remap(context.Background(), db, m)
		if err != nil {
			t.Fatal(err)
		}
		w.book = book
		w.again()
	}
	remap(map[string]string{"身份": "person.politics", "家里电话": "person.phone"})
	remap(map[string]string{"备用": "person.idno"})
	want := `序号→ 确定
村→village.name 确定
姓名→person.name 确定
身份→person.politics 指定
职务→position 确定
手机（本人）→ 指定
家里电话→person.phone 指定
备用→person.idno 指定`
	compare(t, "remapped", strings.Join(heads(), "\n"), want)
	if c := w.cell(1, "职务"); !c.Mended || c.Text != "村委委员" {
		t.Errorf("the mended cell is %+v", c)
	}
	if _, err := w.book.Remap(context.Background(), db, map[string]string{"没有这一列": "person.idno"}); err == nil {
		t.Error("a head that is not there was matched")
	}
	w.apply()
	w = openWizard(t, db, typed(t, filepath.Join(dir, "又一份.xlsx"), text))
	compare(t, "remembered", strings.Join(heads(), "\n"), want)
	choices := must(w.book.Choices(0))
	taken := slices.IndexFunc(choices, func(c exchange.Choice) bool { return c.Path == "person.politics" })
	if taken < 0 || !choices[taken].Taken || !slices.ContainsFunc(choices, func(c exchange.Choice) bool { return c.Path == "person.native" && !c.Taken }) {
		t.Errorf("%+v", choices)
	}
}

// Ensure that a workbook in which no table is known can still be looked into.
func TestSheets(t *testing.T) {
	path := typed(t, filepath.Join(t.TempDir(), "簿.xlsx"), "甲|乙\n1|2\n")
	list, err := exchange.Sheets(context.Background(), path, "")
	if err != nil || len(list) != 1 || list[0].Name != "Sheet1" || list[0].Hidden || len(list[0].Top) != 2 || list[0].Top[1][1] != "2" {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := exchange.Sheets(context.Background(), filepath.Join(t.TempDir(), "没有.xlsx"), ""); err == nil {
		t.Error("a book that is not there was read")
	}
}

// BenchmarkReview mends one cell of a roster of 20,000 rows, plans it again and
// draws a screen of rows.
func BenchmarkReview(b *testing.B) {
	dir := b.TempDir()
	db := newOffice(b, dir, county, time.Now)
	defer db.Close()
	w := openWizard(b, db, bigRoster(b, 20_000))
	for b.Loop() {
		w.mend(100, "民族", "汉族")
		columns := must(w.plan.Columns(0))
		for _, at := range w.plan.RowsIn(exchange.RowNew)[:40] {
			w.plan.Row(at, columns)
		}
	}
	peak := watchHeap()
	w.again()
	b.ReportMetric(peak(), "MB-peak")
}
