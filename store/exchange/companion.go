package exchange

import (
	"context"
	"crypto/rand"
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/paper"
	"touyan/store/record"
)

// Papers go in a companion beside the workbook (附件包); the workbook says which,
// and carries its keys.

// keyLen is how long a companion's key is, in bytes.
const keyLen = 32

// paperKeys are new keys for the companion of a book that lists papers, one for
// each class that its sender may hand on and its copy is for.
func paperKeys(db *store.DB, o Order) map[field.Class][]byte {
	lists := slices.ContainsFunc(o.Forms, func(f *field.Form) bool { return f.Kind == "paper" })
	if !lists || o.Copy == Public {
		return nil
	}
	out := map[field.Class][]byte{}
	for c := field.Ordinary; c < field.Classes; c++ {
		if db.Session().Reads(c) && (c == field.Ordinary || o.Copy == Full) {
			out[c] = make([]byte, keyLen)
			rand.Read(out[c]) // never fails
		}
	}
	return out
}

// Companion is what the book says of its companion, nil if it lists no papers.
func (b *Book) Companion() *paper.Companion {
	if b.carrier == nil || len(b.carrier.head.Papers) == 0 {
		return nil
	}
	return &paper.Companion{Book: b.carrier.head.Book, Keys: b.carrier.head.Papers}
}

// TakePapers takes in the companions that lie beside the plan's workbook, once it
// is applied. Where none lie there, or the workbook lists no papers, there is
// nothing to do.
func (p *Plan) TakePapers(ctx context.Context, db *store.DB, who store.Actor, progress func(done, total int64)) (paper.Unpacked, error) {
	c := p.book.Companion()
	if c == nil {
		return paper.Unpacked{}, nil
	}
	return paper.Beside(ctx, db, who, p.book.path, c, progress)
}

// ListsPapers reports whether the plan's workbook lists papers.
func (p *Plan) ListsPapers() bool { return p.book.Companion() != nil }

// PackingOf is what goes into the companion of a workbook that a ledger wrote:
// the papers it lists. It has no keys if there are none.
func PackingOf(ctx context.Context, path, password string) (paper.Packing, error) {
	p := paper.Packing{Path: path}
	x, err := openWorkbook(ctx, path, password)
	if err != nil {
		return p, about(path, err)
	}
	defer x.Close()
	b := &Book{}
	if err := b.readCarrier(ctx, x); err != nil {
		return p, about(path, err)
	}
	c := b.Companion()
	if c == nil {
		return p, nil
	}
	p.Companion, p.To = *c, b.carrier.head.To.Code
	for _, key := range b.carrier.order {
		if _, shown := b.carrier.records[key]["content"]; shown && key.kind == "paper" {
			p.Papers = append(p.Papers, key.id)
		}
	}
	return p, nil
}

// papers counts the papers a book lists whose files this ledger has and that the
// book has a key for.
func (c *carrying) papers() (n int, err error) {
	if len(c.head.Papers) == 0 {
		return 0, nil
	}
	for _, key := range c.order {
		if key.kind != "paper" {
			continue
		}
		p, err := store.Get[record.Paper](c.tx, key.id)
		if err != nil {
			return n, err
		}
		k := c.tx.Kinds().Kind("paper")
		_, class := k.FileOf(k.Take(p))
		if _, held, err := c.tx.Paper(p.Content); err == nil && held && p.Void == "" && len(c.head.Papers[class]) > 0 {
			n++
		}
	}
	return n, nil
}
