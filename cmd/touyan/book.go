package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sheet"
)

// writeRoster writes a roster as an office might hand it in: mostly what the
// ledger knows, some news and some mistakes.
func writeRoster(db *store.DB, path string) error {
	form := record.FormNamed("committee")
	s := sheet.Sheet{Form: form, Kinds: db.Kinds()}
	err := db.View(func(tx *store.Tx) error {
		lines, err := tx.Lines(form, nil, field.DateAt(db.Now()))
		if err != nil {
			return err
		}
		for _, l := range lines[:min(len(lines), 60)] {
			cells := make([]string, len(form.Columns))
			for i := range cells {
				cells[i] = l.Shown(i)
			}
			s.Lines = append(s.Lines, sheet.Line{Cells: cells})
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.Lines = append(s.Lines, newcomers(form, s.Lines)...)
	spoil(form, s.Lines)
	return sheet.Write(context.Background(), path, sheet.Doc{Sheets: []sheet.Sheet{s}, Unit: db.Office().Name, Made: db.Now(), Sample: true}, nil)
}

// newcomers are people the ledger does not know, each in the place of a row.
func newcomers(form *field.Form, lines []sheet.Line) []sheet.Line {
	var out []sheet.Line
	for i, name := range []string{"苏日娜", "韩铁柱", "乌云毕力格"} {
		l := sheet.Line{Cells: slices.Clone(lines[10*i].Cells)}
		for c, column := range form.Columns {
			switch column.Path {
			case "person.name":
				l.Cells[c] = name
			case "person.idno":
				l.Cells[c] = numbered(fmt.Sprintf("1504991988051%d%03d", i, 211+2*i))
			case "person.birth":
				l.Cells[c] = fmt.Sprintf("1988.05.1%d", i)
			case "person.joined", "person.phone":
				l.Cells[c] = ""
			case "person.sex":
				l.Cells[c] = "男"
			}
		}
		out = append(out, l)
	}
	return out
}

// numbered adds the check digit to an invented ID number.
func numbered(first string) string {
	for _, last := range "0123456789X" {
		if id := first + string(last); field.ValidID(id) {
			return id
		}
	}
	return first
}

// spoil changes rows as people do: a new phone, a digit mistyped, a month that
// lost its zero, a wrong box ticked, a successor written over a predecessor.
func spoil(form *field.Form, lines []sheet.Line) {
	set := func(row int, path, text string) {
		i := slices.IndexFunc(form.Columns, func(c field.Column) bool { return c.Path == path })
		if i >= 0 && row < len(lines) {
			lines[row].Cells[i] = text
		}
	}
	set(1, "person.phone", "15400009999")
	set(4, "person.phone", "1540000888")
	set(6, "person.idno", "150499198305120011")
	set(9, "person.birth", "八五年春")
	set(12, "person.sex", "不详")
	set(15, "from", "2021年13月")
	set(20, "person.name", "陈海青")
	set(23, "village.name", "")
	set(28, "person.education", "大学毕业证")
	set(31, "person.politics", "党员同志")
}

// returned makes the book that comes back from the county: this office sends
// everything, the county merges it, corrects four people and sends its ledger
// down, while here the same people are corrected too.
func returned(db *store.DB, dir string) (string, error) {
	ctx := context.Background()
	county, up, down := filepath.Join(dir, "旗.touyan"), filepath.Join(dir, "上报.xlsx"), filepath.Join(dir, "旗委组织部回传.xlsx")
	var to store.Office
	err := db.View(func(tx *store.Tx) (err error) {
		to, err = exchange.Addressee(tx, "county")
		return err
	})
	if err != nil {
		return "", err
	}
	if err := exchangeBook(ctx, db, up, to); err != nil {
		return "", err
	}
	opts := store.Options{Kinds: record.Kinds()}
	if err := store.Create(county, to, true, opts); err != nil {
		return "", err
	}
	other, err := store.Open(county, opts)
	if err != nil {
		return "", err
	}
	err = errors.Join(takeIn(ctx, other, up),
		correct(other, store.Actor{Name: "王主任"}, "15400001111", "15400003333", "15400005555", "15400007777"),
		correct(db, clerk, "15400002222", "15400004444", "15400006666", "15400008888"),
		exchangeBook(ctx, other, down, db.Office()))
	return down, errors.Join(err, other.Close())
}

func exchangeBook(ctx context.Context, db *store.DB, path string, to store.Office) error {
	forms, err := exchange.Registers(db.Kinds(), nil)
	if err != nil {
		return err
	}
	_, err = exchange.Send(ctx, db, clerk, path, exchange.Order{To: to, Forms: forms, AsOf: field.DateAt(db.Now())}, nil)
	return err
}

func takeIn(ctx context.Context, db *store.DB, path string) error {
	book, err := exchange.Open(ctx, db, path, exchange.Options{})
	if err != nil {
		return err
	}
	var plan *exchange.Plan
	err = db.View(func(tx *store.Tx) (err error) {
		plan, err = book.Plan(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	_, err = exchange.Apply(ctx, db, clerk, plan, nil)
	return err
}

// correct gives the first people of the ledger new phones.
func correct(db *store.DB, who store.Actor, phones ...string) error {
	return db.Do("更正", who, func(tx *store.Tx) error {
		n := 0
		for p, err := range store.All[record.Person](tx) {
			if err != nil || n == len(phones) {
				return err
			}
			p.Phone = phones[n]
			n++
			if err := tx.Put(p); err != nil {
				return err
			}
		}
		return nil
	})
}
