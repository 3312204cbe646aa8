package exchange

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/field"
	"touyan/store/sheet"
)

// FillOrder is which blank is to be filled with what (套表).
type FillOrder struct {
	Blank   string // the form somebody else made; never written to
	Out     string
	Form    *field.Form
	Mapping map[string]string // head → path, as a person corrected it; remembered for every blank with the same heads
	Where   []field.Condition
	Copy    Copy
	AsOf    field.Date
}

// Filled tells what was filled.
type Filled struct {
	File  string   `json:"file"`
	Sheet string   `json:"sheet"`
	Form  string   `json:"form"`
	Rows  int      `json:"rows"`
	Left  []string `json:"left,omitempty"`    // what a blank whose rows are named beforehand has no row for
	Empty []string `json:"empty,omitempty"`   // names of its rows that the ledger does not know
	Open  []string `json:"open,omitempty"`    // heads nothing fills, with what they may be
	Lacks []string `json:"lacking,omitempty"` // what the form has and the blank has no column for
	Other []string `json:"others,omitempty"`  // sheets that were left as they are
}

// Fill writes a filled copy of a blank. The heads are matched like those of any
// book, as the mapping says or as a person once said of a blank with the same
// heads; the rest of the blank stays as it is.
func Fill(ctx context.Context, db *store.DB, who store.Actor, o FillOrder) (Filled, error) {
	switch {
	case sameFile(o.Blank, o.Out):
		return Filled{}, fmt.Errorf("“%s”是空白表本身，不会写在它上面，请另写一个文件名", filepath.Base(o.Out))
	case sameFile(o.Out, db.Path()):
		return Filled{}, fmt.Errorf("“%s”是正在用的台账，请另写一个文件名", filepath.Base(o.Out))
	}
	if err := disk.MayWrite(o.Out); err != nil {
		return Filled{}, err
	}
	blank, err := OpenBlank(ctx, db, o.Blank, o.Form.Name, o.Mapping)
	if err != nil {
		return Filled{}, err
	}
	out := Filled{File: filepath.Base(o.Out), Other: blank.skipped}
	f := sheet.Filling{Table: blank.Tables[0], Kinds: db.Kinds(), Unit: db.Office().Name, Day: db.Now().Format("2006年1月2日")}
	for _, t := range blank.Tables[1:] {
		if t.Sheet != f.Table.Sheet {
			out.Other = append(out.Other, t.Sheet)
		}
	}
	out.Sheet, out.Form = f.Table.Sheet, o.Form.Title
	if err := blank.matched(&out, o); err != nil {
		return out, err
	}
	var names []string
	if err := db.View(func(tx *store.Tx) (err error) {
		names, err = o.lines(tx, &f)
		return err
	}); err != nil {
		return out, err
	}
	f.Before = func() error {
		return db.Do("套表", who, func(tx *store.Tx) error {
			if len(o.Mapping) > 0 {
				if err := Remember(tx, f.Table, o.Mapping); err != nil {
					return err
				}
			}
			tx.NoteSent(store.Sent{File: out.File, Rows: len(f.Lines), Copy: o.Copy.String()})
			return nil
		})
	}
	unplaced, err := sheet.Fill(ctx, o.Blank, o.Out, f)
	for _, i := range unplaced.Lines {
		out.Left = append(out.Left, names[i])
	}
	out.Empty, out.Rows = unplaced.Rows, len(f.Lines)-len(unplaced.Lines)
	if err != nil && ctx.Err() == nil && !errors.As(err, new(*disk.Error)) {
		err = about(o.Blank, err)
	}
	return out, err
}

// OpenBlank reads a blank: its heads, and which column fills each. An empty form
// is found out by them.
func OpenBlank(ctx context.Context, db *store.DB, path, form string, mapping map[string]string) (*Book, error) {
	return Open(ctx, db, path, Options{Form: form, Mapping: mapping, AsRoster: true})
}

// lines draws the rows, and what people call each. What the copy must not show
// stays empty.
func (o *FillOrder) lines(tx *store.Tx, f *sheet.Filling) (names []string, err error) {
	s, err := scopeOf(tx, tx.Office())
	if err != nil {
		return nil, err
	}
	form := f.Table.Form
	lines, err := tx.Lines(form, o.Where, o.AsOf)
	if err != nil {
		return nil, err
	}
	shows := map[int]bool{}
	for _, i := range shownColumns(tx.Kinds(), form, o.Copy) {
		shows[i] = true
	}
	for _, l := range lines {
		if !s.has(tx.Kinds().Kind(form.Kind), l.Rows[0]) {
			continue
		}
		cells := make([]string, len(form.Columns))
		for i := range form.Columns {
			if o.Copy == Full || shows[i] {
				cells[i] = l.Shown(i)
			}
		}
		f.Lines = append(f.Lines, sheet.Line{Cells: cells})
		names = append(names, tx.NameOf(tx.Kinds().Kind(form.Kind), l.Rows[0]))
	}
	return names, nil
}

// matched tells which heads nothing fills, and what of the form has no column.
func (b *Book) matched(out *Filled, o FillOrder) error {
	heads, err := b.Heads(0)
	if err != nil {
		return err
	}
	for _, h := range heads {
		if h.Path != "" || h.Label != "" || h.Sure == sheet.Told {
			continue
		}
		says := h.Head
		var guesses []string
		for _, g := range h.Guesses {
			guesses = append(guesses, g.Label)
		}
		if len(guesses) > 0 {
			says += "（可能是" + strings.Join(guesses, "、") + "）"
		}
		out.Open = append(out.Open, says)
	}
	t := b.Tables[0]
	for i := range o.Form.Columns {
		if c := &t.Form.Columns[i]; c.Path != "" && !t.Has[i] {
			f, err := b.field(t, i)
			if err != nil {
				return err
			}
			out.Lacks = append(out.Lacks, c.Label(f))
		}
	}
	return nil
}
