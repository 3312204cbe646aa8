package print

import (
	"context"
	"path/filepath"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/paper"
	"touyan/store/record"
	"touyan/store/sheet"
)

// OpPrint is the operation's name, as the journal shows it.
const OpPrint = "打印"

// Write makes the pages of records and writes them into a workbook, one sheet
// each; the journal says so. Photos that cannot be read leave their box empty.
func (p *Paper) Write(ctx context.Context, db *store.DB, who store.Actor, path string, ids []string, asOf field.Date, progress func(done, total int)) error {
	photos, err := p.photos(db, ids)
	if err != nil {
		return err
	}
	doc := sheet.Doc{Unit: db.Office().Name, Made: db.Now(), Sample: db.Sample()}
	if err := db.View(func(tx *store.Tx) (err error) {
		doc.Boxes, err = p.Pages(tx, ids, Options{AsOf: asOf, Photo: func(person string) []byte { return photos[person] }})
		return err
	}); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := sheet.Write(ctx, path, doc, progress); err != nil {
		return err
	}
	return db.Note(OpPrint, p.Title, filepath.Base(path), who)
}

// photos are those of the people the records are about, read before the pages
// are made: a reading does not wait inside another.
func (p *Paper) photos(db *store.DB, ids []string) (map[string][]byte, error) {
	if p.Kind != "filing" && p.Kind != "reserve" {
		return nil, nil
	}
	people := map[string]bool{}
	if err := db.View(func(tx *store.Tx) error {
		k := tx.Kinds().Kind(p.Kind)
		for _, id := range ids {
			row, ok, err := tx.Row(p.Kind, id)
			if err != nil {
				return err
			}
			if ok {
				people[tx.Canonical(k.Value(row, "person"))] = true
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for id := range people {
		c, err := paper.Photo(db, id)
		if err != nil {
			return nil, err
		}
		if c != nil && (c.Type == record.JPEG || c.Type == record.PNG) {
			out[id] = c.Bytes
		}
	}
	return out, nil
}
