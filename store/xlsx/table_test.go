package xlsx

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// Ensure that a book put together in memory is read like any other: rows and cells
// in order, whatever order they came in, with sheets, merges and progress.
func TestMemory(t *testing.T) {
	m := NewMemory(DefaultLimits())
	sheet := func(name string) *Table {
		s, err := m.Table(name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := sheet("花名册")
	sheet("空")
	hidden := sheet("藏")
	hidden.State = VeryHidden
	for _, c := range []struct {
		row int
		Cell
	}{
		{2, Cell{Col: 1, Type: Text, Text: "陈某"}}, {0, Cell{Col: 3, Type: Number, Text: "31107", Format: "yyyy/m/d"}}, {2, Cell{Col: 0, Type: Bool, Text: "TRUE", Formula: true}},
		{0, Cell{Col: 0, Type: Text, Text: ""}}, {1_000_000, Cell{Col: 255, Type: ErrorValue, Text: "#N/A"}},
	} {
		if err := first.Put(c.row, c.Cell); err != nil {
			t.Fatal(err)
		}
	}
	first.Hide(2)
	if err := errors.Join(first.Merge(Range{0, 0, 1, 1 << 30}), hidden.Put(0, Cell{Type: Text, Text: "x"})); err != nil {
		t.Fatal(err)
	}
	m.DropBlank()
	b := m.Book(true)
	defer b.Close()
	told := 0
	b.Progress = func(done, total int64) { told++ }
	got, err := bookTable(b)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"花名册", "藏", "31107", "陈某"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
	if merges, err := b.Merges(0); err != nil || len(merges) != 1 || merges[0].LastCol != maxColumns-1 || !b.Date1904() || len(b.Sheets()) != 2 || b.Sheets()[1].State != VeryHidden || told == 0 {
		t.Errorf("merges %v, %v, sheets %v, told %d times", merges, err, b.Sheets(), told)
	}
	var rows []Row
	if err := b.Rows(t.Context(), 0, func(r Row) error {
		r.Cells = append([]Cell(nil), r.Cells...)
		rows = append(rows, r)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || rows[0].Cells[1] != (Cell{Col: 3, Type: Number, Text: "31107", Format: "yyyy/m/d", IsDate: true}) || !rows[1].Hidden || rows[1].Index != 2 ||
		rows[1].Cells[0] != (Cell{Col: 0, Type: Bool, Text: "TRUE", Format: "General", Formula: true}) || rows[1].Cells[1].Text != "陈某" || rows[2].Index != 1_000_000 {
		t.Errorf("%+v", rows)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := b.Rows(ended, 0, func(Row) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("ended: %v", err)
	}
}

// Ensure that what is put into memory is bounded as what is read from a file.
func TestMemoryLimits(t *testing.T) {
	lim := DefaultLimits()
	lim.SharedStrings, lim.Merges = 500, 1
	fill := func(s *Table) (err error) {
		for i := 0; err == nil; i++ {
			err = s.Put(i, Cell{Text: "x"})
		}
		return err
	}
	for name, c := range map[string]struct {
		do   func(m *Memory, s *Table) error
		code Code
	}{
		"column":        {func(_ *Memory, s *Table) error { return s.Put(0, Cell{Col: 256}) }, TooWide},
		"row":           {func(_ *Memory, s *Table) error { return s.Put(maxRows, Cell{}) }, TooMany},
		"text":          {func(_ *Memory, s *Table) error { return s.Put(0, Cell{Text: strings.Repeat("😀", 16384)}) }, TooLong},
		"bytes":         {func(_ *Memory, s *Table) error { return fill(s) }, TooLarge},
		"merges":        {func(_ *Memory, s *Table) error { return errors.Join(s.Merge(Range{}), s.Merge(Range{})) }, TooMany},
		"merge outside": {func(_ *Memory, s *Table) error { return s.Merge(Range{FirstRow: maxRows, LastRow: maxRows}) }, Damaged},
		"cell twice": {func(m *Memory, s *Table) error {
			err := errors.Join(s.Put(0, Cell{}), s.Put(1, Cell{}), s.Put(0, Cell{}))
			_, again := bookTable(m.Book(false))
			return errors.Join(err, again)
		}, Damaged},
		"sheets": {func(m *Memory, _ *Table) (err error) {
			for range maxSheets {
				_, err = m.Table("x")
			}
			return err
		}, TooMany},
	} {
		m := NewMemory(lim)
		s, err := m.Table("花名册")
		if err != nil {
			t.Fatal(err)
		}
		if told, ok := errors.AsType[*Error](c.do(m, s)); !ok || told.Code != c.code {
			t.Errorf("%s: %v", name, told)
		}
	}
}
