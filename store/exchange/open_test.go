package exchange_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"

	"github.com/xuri/excelize/v2"
)

// Ensure that a book whose stamps cannot be used is refused with a sentence
// that names a way, and that it can be taken in as a plain roster, whole.
func TestAsRoster(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(f *excelize.File) error
		want  string
	}{
		"a line of the stamps is damaged": {func(f *excelize.File) error { return f.SetCellStr("_交接", "A3", "stamp") }, "复制到一个新建的工作簿里，按普通花名册导入"},
		"of a later program":              {func(f *excelize.File) error { return f.SetCellStr("_交接", "B1", "9") }, "请先升级"},
		"of two books": {func(f *excelize.File) error {
			return f.SetCustomProps(excelize.CustomProperty{Name: "TouyanBook", Value: "another"})
		}, "两个不同的批次标记"},
	} {
		dir, now := t.TempDir(), clock()
		up, path := newOffice(t, dir, township, now), filepath.Join(dir, "上报.xlsx")
		threeVillages(t, up)
		do(t, up, func(tx *store.Tx) error {
			return tx.Put(person("巴特尔", field.Date{Year: 1985, Month: 3, Day: 11}, 1, "15400001111"))
		})
		send(t, up, county, path)
		f := must(excelize.OpenFile(path))
		if err := errors.Join(c.spoil(f), f.Save(), f.Close()); err != nil {
			t.Fatal(err)
		}
		db := newOffice(t, dir, county, now)
		closeAll(t, up, db)
		_, err := exchange.Open(context.Background(), db, path, exchange.Options{})
		if !errors.As(err, new(*exchange.CarrierError)) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		p := plan(t, db, path, exchange.Options{AsRoster: true})
		r := must(exchange.Apply(context.Background(), db, clerk, p, nil))
		if r.New == 0 || len(r.Problems) > 0 || r.From != "" {
			t.Errorf("%s: %s, %v", name, counts(r), r.Problems)
		}
		view(t, db, func(tx *store.Tx) error {
			found := 0
			for p, err := range store.All[record.Person](tx) {
				if err != nil {
					return err
				}
				if p.Name == "巴特尔" && p.Phone == "15400001111" {
					found++
				}
			}
			if found != 1 {
				t.Errorf("%s: %d of the one person sent", name, found)
			}
			return nil
		})
	}
}

// Ensure that a book that is not there, or no file, is told by the disk's
// sentence, once and with its name.
func TestOpenNothing(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	closeAll(t, db)
	for path, want := range map[string]string{dir: "“" + filepath.Base(dir) + "”是一个文件夹，请选里面的文件。",
		filepath.Join(dir, "没有.xlsx"): "找不到“没有.xlsx”，它可能被移动或改了名，请核对文件名和所在的文件夹；在 U 盘上的，请看看 U 盘是否已经拔出。"} {
		_, err := exchange.Open(context.Background(), db, path, exchange.Options{})
		if text, _ := disk.Sentence(err); text != want || err.Error() != want {
			t.Errorf("%s is told as %v", path, err)
		}
	}
}

// Ensure that neither the ledger nor the book that is read is ever written
// over, and that nothing is journalled of a book that could not be written.
func TestNothingWrittenOver(t *testing.T) {
	dir := t.TempDir()
	db := newOffice(t, dir, township, clock())
	threeVillages(t, db)
	closeAll(t, db)
	o := exchange.Order{Forms: must(exchange.Registers(db.Kinds(), nil)), AsOf: field.Date{Year: 2026}}
	for _, path := range []string{db.Path(), dir, filepath.Join(dir, "没有", "上报.xlsx")} {
		if _, err := exchange.Send(context.Background(), db, clerk, path, o, nil); err == nil {
			t.Errorf("a book is written to %s", path)
		}
	}
	if got := must(os.ReadDir(dir)); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
	view(t, db, func(tx *store.Tx) error {
		for e := range tx.Journal() {
			if e.Sent != nil {
				t.Errorf("the journal tells of %s", e.Sent.File)
			}
		}
		return nil
	})
	book := typed(t, filepath.Join(dir, "花名册.xlsx"), "姓名|性别|出生年月\n巴特尔|男|去年\n李秀云|女|1990.10\n")
	before := string(must(os.ReadFile(book)))
	p := plan(t, db, book, exchange.Options{})
	if !p.HasBad() {
		t.Fatal("nothing is bad")
	}
	if err := p.WriteBad(context.Background(), book); err == nil || string(must(os.ReadFile(book))) != before {
		t.Errorf("bad rows are written over their book: %v", err)
	}
}
