package exchange_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sheet/byhand"
)

// march is the day on which the boards of these tests are drawn: the first
// quarter of 2026 is still under way.
var march = field.Date{Year: 2026, Month: 3, Day: 2}

// quarter is what the offices of these tests report on.
const quarter = exchange.Period("2026Q1")

// report writes a report on the quarter to the county.
func report(t failer, db *store.DB, path string) string {
	t.Helper()
	forms := must(exchange.Registers(db.Kinds(), nil))
	_, err := exchange.Send(context.Background(), db, clerk, path, exchange.Order{To: county, Forms: forms, Cover: true, AsOf: march, Period: quarter}, nil)
	if err != nil {
		t.Fatalf("send: %v", err)
	}
	return path
}

// expecting gives a county two townships that are to report.
func expecting(t failer, db *store.DB) {
	t.Helper()
	do(t, db, func(tx *store.Tx) error {
		for i, name := range []string{township.Name, "查干诺尔镇"} {
			code := fmt.Sprint("15042620", i+1)
			if err := tx.Put(&record.Office{Head: field.Head{ID: store.OfficeID(code)}, Code: code, Name: name, Level: "1", Parent: store.OfficeID(county.Code)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// board is the board of the quarter, a line an office.
func board(t failer, db *store.DB, today field.Date) string {
	t.Helper()
	var lines []string
	view(t, db, func(tx *store.Tx) error {
		b, err := exchange.BoardOf(tx, today, quarter)
		if err != nil {
			return err
		}
		for _, o := range b.Offices {
			r := o.Reports[0]
			lines = append(lines, fmt.Sprintf("%s %s 第%d版 冲突%d 迟%d天", o.Office.Name, r.Standing, r.Version, r.Conflicts, r.Late))
		}
		return nil
	})
	return strings.Join(lines, "\n")
}

// Ensure that the board tells of every office whether it reported, with which
// version, and what became of it.
func TestBoard(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db, up := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, db, up)
	threeVillages(t, db)
	expecting(t, up)
	other := "\n查干诺尔镇 未报 第0版 冲突0 迟0天"
	compare(t, "before anything came", board(t, up, march), "白音花苏木 未报 第0版 冲突0 迟0天"+other)
	first := report(t, db, filepath.Join(dir, "first.xlsx"))
	batch := receive(t, up, first)
	compare(t, "merged", board(t, up, march), "白音花苏木 已合并 第1版 冲突0 迟0天"+other)

	rename := func(db *store.DB, phone string) {
		do(t, db, func(tx *store.Tx) error {
			for p, err := range store.All[record.Person](tx) {
				if err != nil {
					return err
				}
				if p.Name == "李秀云" {
					p.Phone = phone
					return tx.Put(p)
				}
			}
			return nil
		})
	}
	rename(up, "13911110000")
	rename(db, "13922220000")
	second := receive(t, up, report(t, db, filepath.Join(dir, "second.xlsx")))
	compare(t, "in conflict", board(t, up, march), "白音花苏木 有冲突 第2版 冲突1 迟0天"+other)
	do(t, up, func(tx *store.Tx) error {
		open, err := tx.Conflicts()
		if err != nil {
			return err
		}
		return tx.Decide(open[0].Kind, open[0].Record, open[0].Field, "13922220000")
	})
	compare(t, "decided", board(t, up, march), "白音花苏木 已合并 第2版 冲突0 迟0天"+other)
	receive(t, up, first)
	compare(t, "an older book comes again", board(t, up, march), "白音花苏木 已合并 第2版 冲突0 迟0天"+other)
	receive(t, up, report(t, db, filepath.Join(dir, "third.xlsx")))
	compare(t, "nothing changed", board(t, up, march), "白音花苏木 零报告 第3版 冲突0 迟0天"+other)
	if batch.Batch == second.Batch {
		t.Error("two books are one batch")
	}
}

// Ensure that a batch that is taken back does not count as a report.
func TestBoardForgetsWhatWasTakenBack(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db, up := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, db, up)
	threeVillages(t, db)
	expecting(t, up)
	receive(t, up, report(t, db, filepath.Join(dir, "a.xlsx")))
	var seq uint64
	view(t, up, func(tx *store.Tx) error { seq = tx.Seq(); return nil })
	if _, err := up.Undo(seq, clerk, false); err != nil {
		t.Fatal(err)
	}
	if got := board(t, up, march); !strings.HasPrefix(got, "白音花苏木 未报 第0版") {
		t.Error(got)
	}
}

// Ensure that days are counted after the due day, which an office may set.
func TestBoardCountsDaysLate(t *testing.T) {
	dir := t.TempDir()
	up := newOffice(t, dir, county, clock())
	closeAll(t, up)
	expecting(t, up)
	late := func(on field.Date) string { return strings.Split(board(t, up, on), "\n")[0] }
	compare(t, "on the due day", late(field.Date{Year: 2026, Month: 4, Day: 20}), "白音花苏木 未报 第0版 冲突0 迟0天")
	compare(t, "in May", late(field.Date{Year: 2026, Month: 5, Day: 1}), "白音花苏木 未报 第0版 冲突0 迟11天")
	if err := exchange.SetDue(up, clerk, quarter, field.Date{Year: 2026, Month: 3, Day: 31}); err != nil {
		t.Fatal(err)
	}
	compare(t, "with a due day of its own", late(field.Date{Year: 2026, Month: 4, Day: 20}), "白音花苏木 未报 第0版 冲突0 迟20天")
}

// Ensure that of several books each is a batch of its own, one that cannot be
// read stops none, and the very same file is recognised.
func TestTakesInManyBooks(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db, up := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, db, up)
	threeVillages(t, db)
	expecting(t, up)
	good := report(t, db, filepath.Join(dir, "good.xlsx"))
	later := report(t, db, filepath.Join(dir, "later.xlsx"))
	bad := filepath.Join(dir, "bad.xlsx")
	if err := os.WriteFile(bad, []byte("PK\x03\x04 and no more"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := exchange.TakeIn(t.Context(), up, clerk, []string{later, bad, good, later}, exchange.Intake{})
	var lines []string
	for _, r := range got {
		lines = append(lines, fmt.Sprintf("%s %s new=%d again=%q older=%t failed=%t", r.Book, r.Office.Name, r.New, r.Again, r.Older, r.Err != nil))
	}
	compare(t, "receipts", strings.Join(lines, "\n"), fmt.Sprintf(`later.xlsx 白音花苏木 new=10 again="" older=false failed=false
bad.xlsx  new=0 again="" older=false failed=true
good.xlsx 白音花苏木 new=0 again="" older=true failed=false
later.xlsx  new=0 again=%q older=false failed=false`, got[0].Batch))
}

// rosterBy is a roster of two people of one township.
func rosterBy(t *testing.T, dir, phone string) string {
	t.Helper()
	path := filepath.Join(dir, fmt.Sprint("roster", phone, ".xlsx"))
	text := "苏木乡镇|嘎查村|姓名|身份证号|职务|电话\n" +
		"查干诺尔镇|胜利嘎查|" + strings.Join([]string{"陈志远", person("", field.Date{Year: 1980, Month: 2, Day: 1}, 77, "").IDNo, "党组织书记", phone}, "|") + "\n" +
		"查干诺尔镇|胜利嘎查|" + strings.Join([]string{"苏日娜", person("", field.Date{Year: 1982, Month: 2, Day: 1}, 78, "").IDNo, "村委会委员", "13800000078"}, "|")
	if err := byhand.Write(path, "", byhand.Sheet{Name: "花名册", Text: text}); err != nil {
		t.Fatal(err)
	}
	return path
}

// Ensure that an ordinary roster is accepted under the township whose villages
// it speaks of: its words are that office's, replace what it said before, leave
// what the county put right, and stand against what the county says otherwise.
func TestRosterIsAcceptedUnderItsOffice(t *testing.T) {
	dir := t.TempDir()
	up := newOffice(t, dir, county, clock())
	closeAll(t, up)
	expecting(t, up)
	take := func(phone string) exchange.Receipt {
		r := exchange.TakeIn(t.Context(), up, clerk, []string{rosterBy(t, dir, phone)}, exchange.Intake{Period: quarter})[0]
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		return r
	}
	phone := func() (text string) {
		view(t, up, func(tx *store.Tx) error {
			for p, err := range store.All[record.Person](tx) {
				if p.Name == "陈志远" {
					text = p.Phone
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		return text
	}
	first := take("13800000001")
	if first.Office.Name != "查干诺尔镇" || first.Period != quarter || first.New == 0 {
		t.Errorf("the first: %+v", first)
	}
	if got := board(t, up, march); !strings.Contains(got, "查干诺尔镇 已合并 第1版 冲突0") {
		t.Error(got)
	}
	if r := take("13800000002"); r.Updated != 1 || r.Conflicts != 0 || phone() != "13800000002" {
		t.Errorf("its own word is replaced: %+v, %s", r.Report, phone())
	}
	do(t, up, func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			if p.Name == "陈志远" {
				p.Phone = "13900000003"
				return tx.Put(p)
			}
		}
		return nil
	})
	again := filepath.Join(dir, "again.xlsx")
	if err := os.Rename(rosterBy(t, dir, "13800000002"), again); err != nil {
		t.Fatal(err)
	}
	if err := byhand.Change(again, func(b byhand.Book) error { return b.Set("花名册", 2, 5, "13800000079") }); err != nil {
		t.Fatal(err)
	}
	r := exchange.TakeIn(t.Context(), up, clerk, []string{again}, exchange.Intake{Period: quarter})[0]
	if r.Conflicts != 0 || r.Updated != 1 || phone() != "13900000003" {
		t.Errorf("what the county put right stays: %+v, %s", r.Report, phone())
	}
	if r := take("13800000004"); r.Conflicts != 1 || phone() != "13900000003" {
		t.Errorf("another word is a conflict: %+v, %s", r.Report, phone())
	}
	if got := board(t, up, march); !strings.Contains(got, "查干诺尔镇 有冲突 第4版 冲突1") {
		t.Error(got)
	}
}

// Ensure that one press writes one book for each office below, each with its
// own rows only.
func TestIssuesOneBookPerOffice(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db, up := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, db, up)
	threeVillages(t, db)
	expecting(t, up)
	receive(t, up, report(t, db, filepath.Join(dir, "a.xlsx")))
	exchange.TakeIn(t.Context(), up, clerk, []string{rosterBy(t, dir, "13800000001")}, exchange.Intake{Period: quarter})
	folder := filepath.Join(dir, "下发")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	sent, err := exchange.SendEach(context.Background(), up, clerk, folder, exchange.Order{Forms: must(exchange.Registers(up.Kinds(), nil)), Cover: true, AsOf: march}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range sent {
		names = append(names, s.File)
	}
	if want := []string{"下发-150426201白音花苏木-0302.xlsx", "下发-150426202查干诺尔镇-0302.xlsx"}; !slices.Equal(names, want) {
		t.Errorf("wrote %q", names)
	}
	r := receive(t, db, filepath.Join(folder, sent[0].File))
	if r.New+r.Conflicts != 0 || r.Updated > 1 { // it learns what it is under
		t.Errorf("the township has it all: %+v", r)
	}
	text := ledger(t, db)
	if strings.Contains(text, "陈志远") {
		t.Error("a township got another's people")
	}
}

// Ensure that a report freezes its numbers, that what changed since stands
// beside them, and that a second report on the period is a correction that says
// of which book, why, and what differs.
func TestReportedNumbersAreFrozen(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db, up := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, db, up)
	threeVillages(t, db)
	expecting(t, up)
	then := func() string {
		var lines []string
		view(t, db, func(tx *store.Tx) error {
			list, _, err := exchange.ReportedThen(tx, county, quarter, march)
			for _, f := range list {
				if f.N+f.Now > 0 {
					lines = append(lines, fmt.Sprintf("%s %d %d", f.Label, f.N, f.Now))
				}
			}
			return err
		})
		return strings.Join(lines, "\n")
	}
	if got := then(); got != "" {
		t.Errorf("nothing was reported, but %s", got)
	}
	report(t, db, filepath.Join(dir, "a.xlsx"))
	do(t, db, func(tx *store.Tx) error { return tx.Put(&record.Person{Name: "孟和"}) })
	compare(t, "after a change", then(), `《嘎查村“两委”成员花名册》行数 3 3
《嘎查村党组织书记花名册》行数 3 3
《人员基本信息花名册》行数 3 4
《嘎查村基本情况表》行数 3 3`)
	second := filepath.Join(dir, "b.xlsx")
	sent, err := exchange.Send(t.Context(), db, clerk, second, exchange.Order{To: county, Forms: must(exchange.Registers(db.Kinds(), nil)), Cover: true, AsOf: march, Period: quarter, Why: "漏报一人"}, nil)
	if err != nil || sent.Version != 2 {
		t.Fatalf("sent %+v, %v", sent, err)
	}
	sheets, err := exchange.Sheets(t.Context(), second, "")
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, row := range sheets[0].Top {
		said += strings.Join(row, " ") + "\n"
	}
	for _, want := range []string{"更正（第2版），更正批次", "更正原因 漏报一人", "《人员基本信息花名册》行数 上报数3，现数4"} {
		if !strings.Contains(said, want) {
			t.Errorf("the cover does not say %q, but %s", want, said)
		}
	}
	receive(t, up, second)
	view(t, up, func(tx *store.Tx) error {
		e, _, err := tx.Entry(tx.Seq())
		if e.Batch.Version != 2 || e.Batch.Why != "漏报一人" {
			t.Errorf("the county's journal has %+v", e.Batch)
		}
		return err
	})
}
