package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"

	"github.com/xuri/excelize/v2"
)

// Ensure that a book that cannot be merged is told even if one before it left
// something open, with the books that were not read, and that it exits 1.
func TestMergeSaysWhichBooksWereNotRead(t *testing.T) {
	d := newDesk(t)
	d.importPeople(&record.Person{Name: "巴特尔", Birth: field.Date{Year: 1985, Month: 3}, Phone: "15400000001"})
	dir := t.TempDir()
	up, down, bad := filepath.Join(dir, "上报.xlsx"), filepath.Join(dir, "退回.xlsx"), filepath.Join(dir, "坏.xlsx")
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
	write(t, bad, excelize.Options{}, goodLines...)
	code, out, said := call(t, "merge", down, bad, up, "--ledger", d.ledger, "--json")
	if code != exitRefused {
		t.Errorf("exits %d", code)
	}
	for _, want := range []string{"冲突1处", "“坏.xlsx”没有交接信息", "没有合并的簿：“坏.xlsx”、“上报.xlsx”"} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q, but %s", want, said)
		}
	}
	var answer struct{ Batches []struct{ Book string } }
	if err := json.Unmarshal([]byte(out), &answer); err != nil || len(answer.Batches) != 1 || answer.Batches[0].Book != "退回.xlsx" {
		t.Errorf("answers %s, %v", out, err)
	}
}

// Ensure that --errors does not stop a book whose only problem is one of the
// whole table.
func TestErrorsWithoutBadRows(t *testing.T) {
	dir := t.TempDir()
	ledger := newLedger(t, dir)
	wantCall(t, "import", write(t, filepath.Join(dir, "好.xlsx"), excelize.Options{}, goodLines...), "--ledger", ledger)
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
	roster, printed := write(t, filepath.Join(dir, "花名册.xlsx"), excelize.Options{}, lines...), filepath.Join(dir, "印.xlsx")
	if _, _, said := call(t, "import", roster, "--ledger", ledger); !strings.Contains(said, "表尾") {
		t.Errorf("a roster's foot is not told: %s", said)
	}
	wantCall(t, "print", "--form", "committee", "--out", printed, "--ledger", ledger)
	if code, _, said := call(t, "merge", printed, "--ledger", ledger); code != exitDone || strings.Contains(said, "表尾") {
		t.Errorf("exit %d: %s", code, said)
	}
}
