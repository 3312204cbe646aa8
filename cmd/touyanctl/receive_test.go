package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sheet/byhand"

	"github.com/xuri/excelize/v2"
)

// disputed makes a person of an office whose phone its county has changed, and
// the office too meanwhile. up is the book sent, down the one that came back: it
// brings a conflict.
func disputed(t *testing.T, d *desk, dir string) (up, down string) {
	t.Helper()
	d.importPeople(&record.Person{Name: "巴特尔", Birth: field.Date{Year: 1985, Month: 3}, Phone: "15400000001"})
	up, down = filepath.Join(dir, "上报.xlsx"), filepath.Join(dir, "退回.xlsx")
	d.run(exitDone, nil, "export", "--to", "150426", "--out", up)
	county := &desk{t: t, ledger: filepath.Join(dir, "旗.touyan"), people: d.people}
	county.run(exitDone, nil, "init", "--level", "county", "--office", "150426", "--name", "云杉旗")
	county.run(exitDone, nil, "merge", up)
	for _, c := range []struct {
		at    *desk
		phone string
	}{{county, "15400001111"}, {d, "15400002222"}} {
		c.at.do("更正", func(tx *store.Tx) error {
			p, err := store.Get[record.Person](tx, d.people["巴特尔"])
			if err != nil {
				return err
			}
			p.Phone = c.phone
			return tx.Put(p)
		})
	}
	county.run(exitDone, nil, "export", "--to", "own", "--out", down)
	return up, down
}

// Ensure that --dry-run lists each conflict the book would bring, as lines and
// as JSON, with the place in the book, and writes none.
func TestDryRunListsConflicts(t *testing.T) {
	d, dir := newDesk(t), t.TempDir()
	_, down := disputed(t, d, dir)
	var answer struct {
		Batches []struct {
			Batch     string
			Conflicts int
			Coming    []conflictEntry
		}
	}
	said := d.run(exitRefused, &answer, "merge", "--dry-run", down)
	if len(answer.Batches) != 1 || len(answer.Batches[0].Coming) != 1 || answer.Batches[0].Conflicts != 1 || answer.Batches[0].Batch != "" {
		t.Fatalf("answers %+v", answer)
	}
	got := answer.Batches[0].Coming[0]
	if got.Sheet != "人员" || got.Cell == "" || got.When == "" {
		t.Errorf("it stands at %q %q, written %q", got.Sheet, got.Cell, got.When)
	}
	want := conflictEntry{ID: got.ID, Kind: "person", Record: d.people["巴特尔"], Name: "巴特尔", Field: "phone", Label: "联系电话",
		Base: "15400000001", Ours: "15400002222", Own: true, OursBy: "张敏", OursWhen: got.OursWhen, OursOffice: "星露苏木",
		Theirs: "15400001111", By: "张敏", When: got.When, Office: "云杉旗", Sheet: "人员", Cell: got.Cell}
	if a, b := mustJSON(got), mustJSON(want); a != b {
		t.Errorf("foresees %s\nwant     %s", a, b)
	}
	for _, part := range []string{"人员 巴特尔的“联系电话”：现显示“15400002222”（本级 张敏", "对方“15400001111”（云杉旗 张敏", "原值“15400000001”；见“人员”表 " + got.Cell} {
		if !strings.Contains(said, part) {
			t.Errorf("does not say %q, but %s", part, said)
		}
	}
	if open := d.conflicts(); len(open) != 0 || d.cell("巴特尔", "phone") != "15400002222" {
		t.Errorf("a dry run wrote %+v", open)
	}
	d.run(exitRefused, nil, "merge", down)
	open := d.conflicts()
	if len(open) != 1 || open[0].ID != got.ID {
		t.Fatalf("merged, the conflicts are %+v", open)
	}
	if _, out, _ := call(t, "conflicts", "--ledger", d.ledger); !strings.Contains(out, "现显示") || !strings.Contains(out, "本级 张敏") {
		t.Errorf("conflicts says %s", out)
	}
}

// Ensure that merge says how many conflicts --conflicts decided and how many it
// left open, beforehand and once done, as a sentence and as JSON.
func TestMergeSaysWhatItDecided(t *testing.T) {
	for _, c := range []struct {
		side, dry, done, phone string
	}{
		{"ours", "冲突按“以本级为准”将裁定1处。", "冲突按“以本级为准”已裁定1处。", "15400002222"},
		{"theirs", "冲突按“以对方为准”将裁定1处。", "冲突按“以对方为准”已裁定1处。", "15400001111"},
	} {
		d, dir := newDesk(t), t.TempDir()
		_, down := disputed(t, d, dir)
		for _, how := range []struct{ says, flag string }{{c.dry, "--dry-run"}, {c.done, "--strict"}} {
			var answer struct {
				Batches []struct{ Conflicts, Decided int }
			}
			said := d.run(exitDone, &answer, "merge", down, "--conflicts", c.side, how.flag)
			if b := answer.Batches[0]; b.Decided != 1 || b.Conflicts != 0 {
				t.Errorf("%s %s answers %+v", c.side, how.flag, b)
			}
			if !strings.Contains(said, how.says) {
				t.Errorf("%s %s does not say %q, but %s", c.side, how.flag, how.says, said)
			}
		}
		if got := d.cell("巴特尔", "phone"); got != c.phone || len(d.conflicts()) != 0 {
			t.Errorf("%s: the phone is %s", c.side, got)
		}
	}
}

// Ensure that a value this office never wrote is not called 本级, and that
// 以本级为准 leaves such a conflict open and says so.
func TestOursLeavesOpenWhatIsNotOurs(t *testing.T) {
	d, dir := newDesk(t), t.TempDir()
	d.importPeople(&record.Person{Name: "巴特尔", Birth: field.Date{Year: 1985, Month: 3}})
	d.hear("\x80sevenby", "巴特尔", "note", "甲")
	d.hear("\x81sevenby", "巴特尔", "note", "乙")
	if open := d.conflicts(); len(open) != 1 || open[0].Own || open[0].OursOffice != "云杉旗" {
		t.Fatalf("conflicts %+v", open)
	}
	if out := wantCall(t, "conflicts", "--ledger", d.ledger); strings.Contains(out, "本级") || !strings.Contains(out, "现显示") {
		t.Errorf("says %s", out)
	}
	both := filepath.Join(dir, "交接.xlsx")
	d.run(exitDone, nil, "export", "--to", "own", "--out", both)
	next := &desk{t: t, ledger: filepath.Join(dir, "邻.touyan"), people: d.people}
	next.run(exitDone, nil, "init", "--level", "township", "--office", "150426202", "--name", "查干镇")
	for flag, want := range map[string]string{
		"--dry-run": "冲突按“以本级为准”将裁定0处；本级没有写过的1处将留待裁定。", "--strict": "按要求没有写入任何内容",
	} {
		if said := next.run(exitRefused, nil, "merge", both, "--conflicts", "ours", flag); !strings.Contains(said, want) {
			t.Errorf("%s says %s", flag, said)
		}
	}
	if said := next.run(exitRefused, nil, "merge", both, "--conflicts", "ours"); !strings.Contains(said, "冲突按“以本级为准”已裁定0处；本级没有写过的1处留待裁定。") {
		t.Errorf("says %s", said)
	}
}

// Ensure that a book that cannot be merged stops none of the others, is told
// with its name, and that the command exits 1.
func TestOneBadBookStopsNone(t *testing.T) {
	d, dir := newDesk(t), t.TempDir()
	up, down := disputed(t, d, dir)
	bad := filepath.Join(dir, "坏.xlsx")
	write(t, bad, "", goodLines...)
	code, out, said := call(t, "merge", down, bad, up, "--ledger", d.ledger, "--json")
	if code != exitRefused {
		t.Errorf("exits %d", code)
	}
	for _, want := range []string{"冲突1处", "“坏.xlsx”没有交接信息", "没有合并的簿：“坏.xlsx”。"} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q, but %s", want, said)
		}
	}
	var answer struct{ Batches []struct{ Book string } }
	if err := json.Unmarshal([]byte(out), &answer); err != nil || len(answer.Batches) != 2 || answer.Batches[0].Book != "退回.xlsx" || answer.Batches[1].Book != "上报.xlsx" {
		t.Errorf("answers %s, %v", out, err)
	}
}

// Ensure that a password not given exits 2, also where books before that one are
// in, and that nothing waits for one.
func TestPasswordNotGiven(t *testing.T) {
	dir := t.TempDir()
	ledger := newLedger(t, dir)
	first, locked := filepath.Join(dir, "印.xlsx"), write(t, filepath.Join(dir, "加密.xlsx"), "秘密1", goodLines...)
	wantCall(t, "import", write(t, filepath.Join(dir, "好.xlsx"), "", goodLines...), "--ledger", ledger)
	wantCall(t, "print", "--form", "committee", "--out", first, "--ledger", ledger)
	code, out, said := call(t, "merge", first, locked, "--ledger", ledger, "--json")
	var answer struct{ Batches []struct{ Book string } }
	if err := json.Unmarshal([]byte(out), &answer); err != nil || len(answer.Batches) != 1 || answer.Batches[0].Book != "印.xlsx" {
		t.Errorf("answers %s, %v", out, err)
	}
	if code != exitUsage || !strings.Contains(said, "TOUYAN_BOOK_PASSWORD") || !strings.Contains(said, "没有合并的簿：“加密.xlsx”") || strings.Contains(said, "用法") {
		t.Errorf("exit %d: %s", code, said)
	}
}

// Ensure that a book whose stamps cannot be used is refused with the way there
// is, and that this way works.
func TestAsRoster(t *testing.T) {
	dir := t.TempDir()
	ledger := newLedger(t, dir)
	wantCall(t, "import", write(t, filepath.Join(dir, "好.xlsx"), "", goodLines...), "--ledger", ledger)
	book := filepath.Join(dir, "印.xlsx")
	wantCall(t, "print", "--form", "committee", "--out", book, "--ledger", ledger)
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.SetCellStr("_交接", "A3", "stamp"), f.Save(), f.Close()); err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"import", "merge"} {
		code, _, said := call(t, verb, book, "--ledger", ledger)
		if code != exitRefused || !strings.Contains(said, "交接信息不完整") || !strings.Contains(said, "import --as-roster") {
			t.Errorf("%s exits %d: %s", verb, code, said)
		}
	}
	code, out, said := call(t, "import", book, "--as-roster", "--ledger", ledger, "--json")
	var answer struct{ Rows, New, Updated int }
	if err := json.Unmarshal([]byte(out), &answer); err != nil || code != exitDone || answer.Rows != 2 || answer.New+answer.Updated > 0 || !strings.Contains(said, "只按普通花名册读") {
		t.Errorf("exit %d, %s: %s", code, out, said)
	}
}

// Ensure that --errors does not stop a book whose only problem is one of the
// whole table.
func TestErrorsWithoutBadRows(t *testing.T) {
	dir := t.TempDir()
	ledger := newLedger(t, dir)
	wantCall(t, "import", write(t, filepath.Join(dir, "好.xlsx"), "", goodLines...), "--ledger", ledger)
	book, mend := filepath.Join(dir, "印.xlsx"), filepath.Join(dir, "待改.xlsx")
	wantCall(t, "export", "--to", "parent", "--kinds", "person", "--out", book, "--ledger", ledger)
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("_交接")
	if err != nil {
		t.Fatal(err)
	}
	for n := len(rows); n > 0; n-- { // the stamps are lost, the head of the sheet stays
		if len(rows[n-1]) > 0 && n > 1 {
			if err := f.RemoveRow("_交接", n); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	code, out, said := call(t, "import", book, "--errors", mend, "--ledger", ledger, "--json")
	var answer struct{ Batch string }
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatalf("%s: %s", err, said)
	}
	if code != exitRefused || answer.Batch == "" || !strings.Contains(said, "没有需要另存的行") {
		t.Errorf("exit %d, batch %q: %s", code, answer.Batch, said)
	}
}

// Ensure that the foot under a table that a ledger printed is not told as a row
// left out, while that of anybody else's roster is.
func TestOwnFootIsNoNews(t *testing.T) {
	dir := t.TempDir()
	ledger := newLedger(t, dir)
	lines := append(goodLines[:len(goodLines):len(goodLines)], "填表人：张敏")
	roster, printed := write(t, filepath.Join(dir, "花名册.xlsx"), "", lines...), filepath.Join(dir, "印.xlsx")
	if _, _, said := call(t, "import", roster, "--ledger", ledger); !strings.Contains(said, "表尾") {
		t.Errorf("a roster's foot is not told: %s", said)
	}
	wantCall(t, "print", "--form", "committee", "--out", printed, "--ledger", ledger)
	if code, _, said := call(t, "merge", printed, "--ledger", ledger); code != exitDone || strings.Contains(said, "表尾") {
		t.Errorf("exit %d: %s", code, said)
	}
}

// Ensure that 《数据核对情况表》 is written where there is something in it, and
// refused where there is nothing.
func TestWritesTheReconciliation(t *testing.T) {
	d, dir := newDesk(t), t.TempDir()
	out := filepath.Join(dir, "核对.xlsx")
	if said := d.run(exitRefused, nil, "conflicts", "--out", out); !strings.Contains(said, "没有两边不一致的内容") {
		t.Errorf("says %s", said)
	}
	_, down := disputed(t, d, dir)
	d.run(exitRefused, nil, "merge", down)
	var answer struct{ Lines int }
	d.run(exitDone, &answer, "conflicts", "--out", out)
	if answer.Lines != 1 {
		t.Errorf("wrote %d lines", answer.Lines)
	}
}

// Ensure that a book of which much did not come back waits for somebody who
// looked at it.
func TestShrunkenBookIsNotMergedByItself(t *testing.T) {
	d, book := newDesk(t), filepath.Join(t.TempDir(), "退回.xlsx")
	var people []*record.Person
	for i := range 20 {
		people = append(people, &record.Person{Name: fmt.Sprint("牧民", i), Birth: field.Date{Year: 1960 + i}, Phone: "15400000001"})
	}
	d.importPeople(people...)
	d.run(exitDone, nil, "export", "--to", "150426", "--kinds", "person", "--out", book)
	if err := byhand.Change(book, func(b byhand.Book) error {
		rows, err := b.Rows("人员")
		for n := 6; err == nil && n < 12; n++ {
			for column := range rows[n] {
				if err = b.Set("人员", n, column, ""); err != nil {
					return err
				}
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if said := d.run(exitRefused, nil, "merge", book); !strings.Contains(said, "交回的簿里缺了6行") || !strings.Contains(said, "--confirm") {
		t.Errorf("says %s", said)
	}
	var answer struct{ Batches []struct{ Missing []string } }
	d.run(exitDone, &answer, "merge", book, "--confirm")
	if len(answer.Batches) != 1 || len(answer.Batches[0].Missing) != 6 {
		t.Errorf("answers %+v", answer)
	}
}
