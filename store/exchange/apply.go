package exchange

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"touyan/store"
)

// Clean reports whether nothing in the book needs a person.
func (r *Report) Clean() bool { return len(r.Problems) == 0 && r.Conflicts == 0 }

// Held is why the book must not come in without a person who looked at it,
// empty if it may. Apply does not ask: whoever calls it has.
func (p *Plan) Held() string {
	if p.book.lost {
		return "本簿的交接信息（隐藏的工作表）已经丢失，无法逐格比对；请从“导入”打开它，核对过再导入，或请对方重新导出一份。"
	}
	if len(p.guards) == 0 {
		return ""
	}
	return strings.Join(p.guards, "；") + "。"
}

// Apply writes a plan as one batch. If the ledger has moved since the plan was
// made it writes nothing and returns an error that wraps store.ErrStale.
func Apply(ctx context.Context, db *store.DB, who store.Actor, p *Plan, progress func(done, total int)) (Report, error) {
	op := "导入"
	if p.book.Stamped() {
		op = "合并"
	}
	seq, err := db.Stage(ctx, op, who, func(s *store.Stage) error {
		for i, d := range p.drafts {
			if progress != nil && i%1000 == 0 {
				progress(i, len(p.drafts))
			}
			if err := p.stage(s, d); err != nil {
				return err
			}
		}
		s.Later(p.last)
		return nil
	})
	if err != nil {
		return Report{}, err
	}
	report := p.Report
	report.Batch, report.Decided = BatchID(seq), p.decided
	report.Conflicts -= p.decided
	report.Updated += p.overruled
	report.Same -= p.overruled
	return report, nil
}

// stage writes a new record at once and leaves a known one to the last commit.
func (p *Plan) stage(s *store.Stage, d *draft) error {
	stamped := p.stamps != nil
	if d.body == nil {
		return s.Create(d.kind.Name, p.unpack(d).row)
	}
	switch {
	case stamped && (len(d.in) == 0 || d.quiet):
	case !d.known && stamped && d.in[store.SameCell] == nil:
		for name, cell := range d.in {
			d.in[name] = cell.Join(nil, ownerOf(d.kind, name))
		}
		return s.CreateState(d.kind.Name, d.id, d.in)
	case !d.known && !stamped:
		return s.Create(d.kind.Name, d.row)
	case stamped: // an alias, too, changes what readers see, and waits
		s.Later(func(tx *store.Tx) error {
			if _, err := tx.JoinState(d.kind.Name, d.id, d.in); err != nil {
				return err
			}
			return d.bringBack(tx)
		})
	case d.changed():
		s.Later(func(tx *store.Tx) error {
			_, err := tx.PutRow(d.kind.Name, d.row)
			return err
		})
	}
	return nil
}

// bringBack writes again what an undo of the same book took back.
func (d *draft) bringBack(tx *store.Tx) error {
	if len(d.redo) == 0 {
		return nil
	}
	row, _, err := tx.Row(d.kind.Name, d.id)
	if err != nil {
		return err
	}
	for name, value := range d.redo {
		if name == store.VoidCell {
			row.Void = value
		} else if i := d.kind.Index(name); i >= 0 {
			row.Values[i] = value
		}
	}
	_, err = tx.PutRow(d.kind.Name, row)
	return err
}

// last is the end of the batch: what depends on all of it, and its entry.
func (p *Plan) last(tx *store.Tx) error {
	if tx.Worked() != p.worked {
		return fmt.Errorf("“%s”：%w", p.Book, store.ErrStale)
	}
	for _, j := range p.joins {
		if err := tx.Same(j.kind, j.a, j.b); err != nil {
			return err
		}
	}
	for _, t := range p.book.Tables {
		if len(p.book.mapping) == 0 {
			break
		}
		if err := Remember(tx, t, p.book.mapping); err != nil {
			return err
		}
	}
	if c := p.stamps; c != nil {
		for _, d := range slices.SortedFunc(maps.Keys(c.origins), compareDots) {
			if err := tx.NoteOrigin(d, c.origins[d]); err != nil {
				return err
			}
		}
	}
	if companion := p.book.Companion(); companion != nil {
		if err := companion.KeepKey(tx); err != nil {
			return err
		}
	}
	if err := p.settle(tx); err != nil {
		return err
	}
	for _, do := range p.also {
		if err := do(tx); err != nil {
			return err
		}
	}
	b := p.arrived()
	b.New, b.Updated, b.Same = p.New, p.Updated+p.overruled, p.Same-p.overruled
	b.Refused, b.LeftOut, b.Mended = p.Refused, p.LeftOut, p.book.Mended()
	tx.NoteBatch(b)
	return nil
}

// arrived is what the journal keeps of the book itself. One that this office
// sent out comes from whoever it was for.
func (p *Plan) arrived() store.Batch {
	b := store.Batch{Book: p.Book, Digest: p.book.Digest, ID: p.book.id(), From: p.From, Period: p.book.period(), Form: p.Form, Sheet: p.Sheet, Rows: p.Rows}
	switch c := p.book.carrier; {
	case c != nil:
		b.Code, b.Made, b.Nothing = c.head.From.Code, c.head.Made, c.head.Nothing
		b.Version, b.Why = c.head.Version, c.head.Why
		if to := c.head.To; b.Code == p.office.Code && to.Code != "" && to.Code != b.Code {
			b.From, b.Code = to.Name, to.Code
		}
	case p.book.options.From != nil:
		b.From, b.Code = p.book.options.From.Name, p.book.options.From.Code
	}
	return b
}

// BatchID is what people call the batch of an operation.
func BatchID(seq uint64) string { return fmt.Sprint("B", seq) }

func compareDots(a, b store.Dot) int {
	if c := strings.Compare(a.Ledger, b.Ledger); c != 0 {
		return c
	}
	switch {
	case a.Counter < b.Counter:
		return -1
	case a.Counter > b.Counter:
		return 1
	}
	return 0
}

func sortedDots(m map[store.Dot]store.Origin) []store.Dot {
	return slices.SortedFunc(maps.Keys(m), compareDots)
}

func sortedLines(m map[lineKey]*sentLine) []lineKey {
	return slices.SortedFunc(maps.Keys(m), func(a, b lineKey) int {
		if a.sheet != b.sheet {
			return a.sheet - b.sheet
		}
		return strings.Compare(a.code, b.code)
	})
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
