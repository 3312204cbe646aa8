package page_test

import (
	"context"
	"os"

	"touyan/store/exchange"
	"touyan/store/sample"

	"path/filepath"
	"slices"

	"touyan/store"

	"touyan/store/field"
	"touyan/store/record"

	"touyan/store/sheet"
)

// The tasks that begin or end with a book of another office.

// rosterOf writes the team's roster of the first villages as the ledger has it,
// with a new phone, three cells mistyped and one that contradicts another. It
// carries no stamps: whoever typed it has not got the program.
func (h *hand) rosterOf(rows int) string {
	h.t.Helper()
	form := record.FormNamed("committee")
	table := sheet.Sheet{Form: form, Kinds: h.db.Kinds()}
	h.read(func(tx *store.Tx) error {
		lines, err := tx.Lines(form, nil, field.DateAt(clock()))
		for _, l := range lines[:min(rows, len(lines))] {
			cells := make([]string, len(form.Columns))
			for i := range cells {
				cells[i] = l.Shown(i)
			}
			table.Lines = append(table.Lines, sheet.Line{Cells: cells})
		}
		return err
	})
	set := func(row int, path, text string) {
		i := slices.IndexFunc(form.Columns, func(c field.Column) bool { return c.Path == path })
		table.Lines[row].Cells[i] = text
	}
	set(1, "person.phone", "15400009999")
	set(3, "person.birth", "七四年春")
	set(9, "person.sex", "不详")
	set(14, "person.ethnic", "蒙人")
	path := filepath.Join(h.t.TempDir(), "前进苏木花名册.xlsx")
	must(h.t, sheet.Write(context.Background(), path, sheet.Doc{Sheets: []sheet.Sheet{table}, Unit: "某苏木", Made: clock()}, nil))
	return path
}

// importBook mends what contradicts itself in the sample, too: somebody with a
// day of joining the Party who is said to be none of it.
func importBook(h *hand) {
	h.drop(h.rosterOf(15))
	h.click("全部改好后接受")
	for _, value := range []string{"中共党员", "1973.05", "女", "蒙古族"} {
		h.write(value)
		h.press("Return")
	}
	h.sees("已写入")
	found := false
	h.read(func(tx *store.Tx) error {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return err
			}
			found = found || p.Phone == "15400009999"
		}
		return nil
	})
	if !found {
		h.t.Error("the new phone is not in the ledger")
	}
	if b := h.latest().Batch; b == nil || b.Rows != 15 || b.Mended != 4 || b.Refused != 0 || b.LeftOut != 0 {
		h.t.Errorf("the journal has %+v", b)
	}
}

// latest is the last operation of the journal.
func (h *hand) latest() (last store.Entry) {
	h.read(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			last = e
			return err
		}
		return nil
	})
	return last
}

// sendReport writes the book of the quarter where all books are put.
func sendReport(h *hand) {
	home := h.t.TempDir()
	h.t.Setenv("HOME", home)
	must(h.t, os.Mkdir(filepath.Join(home, "桌面"), 0o700))
	h.click("上报")
	h.press("Return")
	h.sees("已写出")
	found, err := filepath.Glob(filepath.Join(home, "桌面", "*2026年第一季度*.xlsx"))
	if err != nil || len(found) != 1 {
		h.t.Errorf("wrote %v, %v", found, err)
	}
	if e := h.latest(); e.Op != "上报" || e.Sent == nil || e.Sent.Period != "2026Q1" || e.Sent.Rows == 0 {
		h.t.Errorf("the journal has %+v, %+v", e, e.Sent)
	}
}

// returned is a book of the county that says otherwise of three cells this
// office has changed too, and has filed a post by the way.
func (h *hand) returned() (path, person string) {
	h.t.Helper()
	dir := h.t.TempDir()
	up, down := filepath.Join(dir, "上报.xlsx"), filepath.Join(dir, "旗委组织部回传.xlsx")
	county := sample.OfficeAt(field.County)
	h.sendTo(h.db, up, county)
	opts := store.Options{Kinds: record.Kinds(), Now: clock}
	there := filepath.Join(dir, "旗.touyan")
	must(h.t, store.Create(there, county, true, opts))
	other, err := store.Open(there, opts)
	must(h.t, err)
	defer other.Close()
	h.take(other, up)
	h.put(other, func(p *record.Person) {
		p.Phone, p.Note, p.Skill, p.Workplace = "15400001111", "旗里记的", "电焊", "前进合作社"
	})
	person = h.put(h.db, func(p *record.Person) { p.Phone, p.Note, p.Skill = "15400002222", "本级记的", "瓦工" })
	h.sendTo(other, down, h.db.Office())
	h.settle()
	return down, person
}

// put changes the first person of a ledger, as somebody did who sat here before.
func (h *hand) put(db *store.DB, change func(*record.Person)) (id string) {
	h.t.Helper()
	must(h.t, db.Do("更正", clerk, func(tx *store.Tx) error {
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

func (h *hand) sendTo(db *store.DB, path string, to store.Office) {
	h.t.Helper()
	forms, err := exchange.Registers(db.Kinds(), nil)
	must(h.t, err)
	_, err = exchange.Send(context.Background(), db, clerk, path, exchange.Order{To: to, Forms: forms, AsOf: field.DateAt(clock())}, nil)
	must(h.t, err)
}

// take merges a book into a ledger that nobody looks at.
func (h *hand) take(db *store.DB, path string) {
	h.t.Helper()
	ctx := context.Background()
	book, err := exchange.Open(ctx, db, path, exchange.Options{})
	must(h.t, err)
	var plan *exchange.Plan
	must(h.t, db.View(func(tx *store.Tx) (err error) {
		plan, err = book.Plan(ctx, tx)
		return err
	}))
	_, err = exchange.Apply(ctx, db, clerk, plan, nil)
	must(h.t, err)
}

// mergeReturn decides each of three cells: the first for this office, the others
// for the county.
func mergeReturn(h *hand) {
	path, id := h.returned()
	h.drop(path)
	h.sees("需要决定 3", "瓦工", "电焊")
	h.press("1", "1", "2", "1", "2")
	h.press("Return", "Return")
	h.sees("已写入", "裁定 3")
	if p := h.person(id); p.Skill != "瓦工" || p.Phone != "15400001111" || p.Note != "旗里记的" || p.Workplace != "前进合作社" {
		h.t.Errorf("the ledger has %+v", p)
	}
}

// replaceSecretary has somebody of the pool follow the 书记 of a village.
func replaceSecretary(h *hand) {
	h.press("Ctrl+K")
	h.write("cglhs")
	h.press("Return")
	h.click("更换书记…")
	h.write("nszb")
	h.press("Return")
	h.write("2026.3")
	h.press("Return")
	h.write("tx")
	h.press("Return")
	h.press("Ctrl+Return")
	h.read(func(tx *store.Tx) error {
		heir, old := "", 0
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			on := field.Date{Year: 2026, Month: 3}
			switch {
			case p.Position == record.Secretary && p.From == on:
				heir = tx.Name("person", p.Person)
			case p.To == on && tx.Name("person", p.Person) == "乌云塔娜":
				old++
			}
		}
		if heir != "那顺扎布" || old != 2 {
			h.t.Errorf("%q follows, %d posts ended", heir, old)
		}
		return nil
	})
}
