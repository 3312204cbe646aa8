package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// prepare makes an empty site with the books that the work takes in: two that
// the county sent one after the other, and a roster.
func prepare(dir string) (site, error) {
	s := site{dir}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(s.folder(), 0o700)); err != nil {
		return s, err
	}
	if err := s.write("乙", firstName, secondName); err != nil {
		return s, fmt.Errorf("prepare books: %w", err)
	}
	if err := s.write("丙", rosterName); err != nil {
		return s, fmt.Errorf("prepare roster: %w", err)
	}
	if err := os.WriteFile(s.book(scanName), scan(), 0o600); err != nil {
		return s, fmt.Errorf("prepare scan: %w", err)
	}
	return s, nil
}

// scan is a page with some strokes on it.
func scan() []byte {
	page := image.NewGray(image.Rect(0, 0, 120, 160))
	for i := range page.Pix {
		page.Pix[i] = byte(i * i / 7)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, page); err != nil {
		panic(err) // into memory
	}
	return b.Bytes()
}

// write has a ledger of the county make books, with new phone numbers in each
// after the first.
func (s site) write(series string, names ...string) (err error) {
	temp, err := os.MkdirTemp(s.dir, "county-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	path := filepath.Join(temp, ledgerName)
	if err := store.Create(path, county, false, options()); err != nil {
		return err
	}
	db, err := store.Open(path, options())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Do("录入", clerk, func(tx *store.Tx) error { return countyPeople(tx, series) }); err != nil {
		return err
	}
	for i, name := range names {
		if i > 0 {
			if err := edited(db, "137", series+"1", series+"3", series+"5"); err != nil {
				return err
			}
		}
		if err := send(db, township, s.book(name)); err != nil {
			return err
		}
	}
	return nil
}

// countyPeople are a village and its people as the county has them.
func countyPeople(tx *store.Tx, series string) error {
	for _, o := range []store.Office{county, township} {
		err := tx.Put(&record.Office{Head: field.Head{ID: store.OfficeID(o.Code)}, Code: o.Code, Name: o.Name, Level: fmt.Sprint(int(o.Level))})
		if err != nil {
			return err
		}
	}
	v := &record.Village{Office: store.OfficeID(township.Code), Name: series + "嘎查"}
	if err := tx.Put(v); err != nil {
		return err
	}
	for n := range 10 {
		p := person(series, n)
		if err := tx.Put(p); err != nil {
			return err
		}
		post := &record.Post{Person: p.ID, Village: v.ID, Position: record.Secretary, From: field.Date{Year: 2021, Month: 1}}
		if err := tx.Put(post); err != nil {
			return err
		}
	}
	return nil
}
