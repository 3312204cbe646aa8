package exchange_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"

	"github.com/xuri/excelize/v2"
)

// many is how many people the township has whose book is handled below.
const many = 40

// crowded fills an office with a village and many people in it.
func crowded(t failer, db *store.DB) {
	t.Helper()
	do(t, db, func(tx *store.Tx) error {
		v := &record.Village{Office: store.OfficeID(township.Code), Name: "向阳嘎查"}
		if err := tx.Put(v); err != nil {
			return err
		}
		for i := range many {
			p := person(fmt.Sprintf("牧民%c%c", '甲'+i%10, '子'+i/10), field.Date{Year: 1960 + i, Month: 1 + i%12, Day: 5}, 200+i, fmt.Sprintf("138000001%02d", i))
			if err := tx.Put(p); err != nil {
				return err
			}
			if err := tx.Put(&record.Reserve{Person: p.ID, Village: v.ID, Round: "2025年", Entered: field.Date{Year: 2025, Month: 7}}); err != nil {
				return err
			}
		}
		return nil
	})
}

// A way of handling a book, and what must come of it at the office that sent it:
// how many records change, how many rows are told as 未返回, and, where nothing
// may come in without a person, a part of the sentence that says why.
var hands = []struct {
	name    string
	hand    func(h *hand)
	updated int
	missing int
	held    string
	says    string
}{
	{name: "nothing was done to it", hand: func(*hand) {}},
	{name: "one phone was changed", hand: func(h *hand) { h.set(3, "联系电话", "15500000000") }, updated: 1},
	{name: "the rows were turned upside down", hand: func(h *hand) { h.order(func(i int) int { return many + 1 - i }) }},
	{name: "two rows were deleted", hand: func(h *hand) { h.blank(7); h.blank(8) }, missing: 2},
	{name: "five rows were deleted", hand: func(h *hand) {
		for i := 5; i < 10; i++ {
			h.blank(i)
		}
	}, missing: 5, held: "发出40行，交回的簿里缺了5行"},
	{name: "the row codes were cleared, and a phone changed", hand: func(h *hand) {
		for i := 1; i <= many; i++ {
			h.set(i, "行码", "")
		}
		h.set(3, "联系电话", "15500000000")
	}, updated: 1},
	{name: "half of the row codes were cleared and the rows sorted", hand: func(h *hand) {
		for i := 1; i <= many; i += 2 {
			h.set(i, "行码", "")
		}
		h.order(func(i int) int { return many + 1 - i })
	}},
	{name: "half of the row codes were typed over", hand: func(h *hand) {
		for i := 1; i <= many; i += 2 {
			h.set(i, "行码", fmt.Sprint("看不清", i))
		}
	}, held: "40个行码里只有20个对得上"},
	{name: "a row was copied with its code and is somebody new", hand: func(h *hand) {
		for head := range h.cols {
			h.set(many+1, head, h.get(4, head))
		}
		p := stranger(901)
		h.set(many+1, "姓名", p.Name)
		h.set(many+1, "公民身份号码", p.IDNo)
		h.set(many+1, "出生年月", p.Birth.Office())
	}},
	{name: "a column was cleared", hand: func(h *hand) {
		for i := 1; i <= many; i++ {
			h.set(i, "联系电话", "")
		}
	}, says: "整列是空的"},
	{name: "dates and words were typed otherwise", hand: func(h *hand) {
		year, month, _ := strings.Cut(h.get(2, "出生年月"), ".")
		h.set(2, "出生年月", year+"年"+strings.TrimPrefix(month, "0")+"月")
		h.set(3, "出生年月", strings.Replace(h.get(3, "出生年月"), ".", "-", 1))
		h.set(4, "民族", strings.TrimSuffix(h.get(4, "民族"), "族"))
		h.set(5, "公民身份号码", " "+h.get(5, "公民身份号码")+" ")
	}},
	{name: "an ID number became 1.5E+17", hand: func(h *hand) { h.number(6, "公民身份号码") }},
	{name: "the sheet was copied, and a phone changed in the copy", hand: func(h *hand) {
		h.copySheet("人员 (2)")
		h.set(3, "联系电话", "15500000000")
	}, updated: 1},
	{name: "the sheet was renamed and columns added", hand: func(h *hand) {
		if err := h.f.InsertCols(h.sheet, "C", 1); err != nil {
			h.t.Fatalf("%v", err)
		}
		if err := h.f.SetSheetName(h.sheet, "县里改过"); err != nil {
			h.t.Fatalf("%v", err)
		}
	}},
	{name: "a sheet was deleted", hand: func(h *hand) {
		if err := h.f.DeleteSheet("后备力量"); err != nil {
			h.t.Fatalf("%v", err)
		}
	}, missing: many, held: "交回的簿里没有这张表"},
	{name: "a column was deleted", hand: func(h *hand) {
		name, _ := excelize.ColumnNumberToName(h.cols["联系电话"])
		if err := h.f.RemoveCol(h.sheet, name); err != nil {
			h.t.Fatalf("%v", err)
		}
	}, says: "这一列发出时有，交回的表里没有"},
	{name: "two columns changed places, and a phone", hand: func(h *hand) {
		h.swapColumns("联系电话", "性别")
		h.set(3, "联系电话", "15500000000")
	}, updated: 1},
	{name: "a head was written otherwise, and a phone changed", hand: func(h *hand) {
		h.set(0, "联系电话", "手机号码")
		h.set(3, "联系电话", "15500000000")
	}, updated: 1},
	{name: "columns and rows were hidden, filtered and frozen", hand: func(h *hand) {
		err := errors.Join(h.f.SetColVisible(h.sheet, "D:F", false), h.f.SetRowVisible(h.sheet, h.head+5, false),
			h.f.AutoFilter(h.sheet, "A"+strconv.Itoa(h.head)+":H"+strconv.Itoa(h.head+many), nil),
			h.f.SetPanes(h.sheet, &excelize.Panes{Freeze: true, XSplit: 3, YSplit: h.head, TopLeftCell: "D" + strconv.Itoa(h.head+1), ActivePane: "bottomRight"}))
		if err != nil {
			h.t.Fatalf("%v", err)
		}
		h.set(5, "联系电话", "15500000000")
	}, updated: 1},
	{name: "the office's own sheets were put beside it", hand: func(h *hand) {
		if _, err := h.f.NewSheet("统计"); err != nil {
			h.t.Fatalf("%v", err)
		}
		if err := h.f.SetSheetRow("统计", "A1", &[]string{"本季度人数", "40"}); err != nil {
			h.t.Fatalf("%v", err)
		}
		if err := h.f.MoveSheet("统计", h.sheet); err != nil {
			h.t.Fatalf("%v", err)
		}
	}},
}

// swapColumns has two columns change places, heads and all.
func (h *hand) swapColumns(a, b string) {
	for i := 0; i <= many; i++ {
		one, other := h.get(i, a), h.get(i, b)
		h.set(i, a, other)
		h.set(i, b, one)
	}
	h.cols[a], h.cols[b] = h.cols[b], h.cols[a]
}

// copySheet copies the sheet within the book, and goes on with the copy.
func (h *hand) copySheet(name string) {
	from, err := h.f.GetSheetIndex(h.sheet)
	if err != nil {
		h.t.Fatalf("%v", err)
	}
	to, err := h.f.NewSheet(name)
	if err == nil {
		err = h.f.CopySheet(from, to)
	}
	if err != nil {
		h.t.Fatalf("%v", err)
	}
	h.sheet = name
}

// order puts the rows in another order: from gives the row that comes to stand
// in each.
func (h *hand) order(from func(i int) int) {
	old := map[int]map[string]string{}
	for i := 1; i <= many; i++ {
		old[i] = map[string]string{}
		for head := range h.cols {
			old[i][head] = h.get(i, head)
		}
	}
	for i := 1; i <= many; i++ {
		for head := range h.cols {
			h.set(i, head, old[from(i)][head])
		}
	}
}

// number turns a text into the number Excel makes of it.
func (h *hand) number(row int, head string) {
	n, err := strconv.ParseFloat(strings.TrimSuffix(h.get(row, head), "X"), 64)
	if err != nil {
		h.t.Fatalf("%v", err)
	}
	if err := h.f.SetCellFloat(h.sheet, h.cell(row, head), n, -1, 64); err != nil {
		h.t.Fatalf("%v", err)
	}
}

// copyOf opens a copy of a closed ledger.
func copyOf(t *testing.T, path string, now func() time.Time) *store.DB {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), filepath.Base(path))
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(to, store.Options{Kinds: record.Kinds(), Machine: "test", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	closeAll(t, db)
	return db
}

// blank clears a row, as deleting it does to what reads the book.
func (h *hand) blank(i int) {
	for head := range h.cols {
		h.set(i, head, "")
	}
}

// Ensure that however a returned book was handled no cell is taken for an edit
// that is none, rows that lost their 行码 are known all the same, what did not
// come back is told and not deleted, and a book of which much is gone waits for
// a person.
func TestHandsOnTheBook(t *testing.T) {
	dir := t.TempDir()
	now := clock()
	db := newOffice(t, dir, township, now)
	crowded(t, db)
	sent := filepath.Join(dir, "sent.xlsx")
	send(t, db, county, sent)
	before := ledger(t, db)
	path := db.Path()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for i, way := range hands {
		t.Run(way.name, func(t *testing.T) {
			db := copyOf(t, path, now)
			h := openByHand(t, sent, "人员")
			way.hand(h)
			back := filepath.Join(dir, fmt.Sprint("back", i, ".xlsx"))
			h.save(back)
			p := plan(t, db, back, exchange.Options{})
			if got := p.Held(); (way.held == "") != (got == "") || !strings.Contains(got, way.held) {
				t.Errorf("held because %q, want %q", got, way.held)
			}
			if len(p.Missing) != way.missing {
				t.Errorf("未返回 %q, want %d", p.Missing, way.missing)
			}
			told := fmt.Sprint(p.Problems)
			if way.says != "" && !strings.Contains(told, way.says) {
				t.Errorf("says %s", told)
			}
			if p.Conflicts != 0 || p.Updated != way.updated {
				t.Errorf("%d conflicts, %d updated, want %d; problems %s", p.Conflicts, p.Updated, way.updated, told)
			}
			if _, err := exchange.Apply(context.Background(), db, clerk, p, nil); err != nil {
				t.Fatal(err)
			}
			if after := ledger(t, db); way.updated == 0 && p.New == 0 && after != before {
				t.Errorf("changed:\n%s\nwas:\n%s", after, before)
			}
		})
	}
}

// Ensure that a book edited by hand on its way to an office that never saw its
// records is held to their rules as they would be: what its rows say besides the
// cell typed into counts too, and a cell that contradicts it is told.
func TestHandsOnTheWay(t *testing.T) {
	dir, now := t.TempDir(), clock()
	a, b := newOffice(t, dir, township, now), newOffice(t, dir, county, now)
	closeAll(t, a, b)
	crowded(t, a)
	sent, edited := filepath.Join(dir, "sent.xlsx"), filepath.Join(dir, "edited.xlsx")
	send(t, a, county, sent)
	h := openByHand(t, sent, "人员")
	h.set(3, "联系电话", "15500000000")
	h.set(5, "性别", "女")
	if h.get(5, "公民身份号码")[16]%2 == 0 {
		h.set(5, "性别", "男")
	}
	h.save(edited)
	p := plan(t, b, edited, exchange.Options{})
	if len(p.Problems) != 1 || p.Problems[0].Label != "性别" {
		t.Errorf("problems: %+v", p.Problems)
	}
	if got := receive(t, b, edited); got.New == 0 || got.Conflicts != 0 {
		t.Errorf("%+v", got)
	}
}
