package exchange

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/field"
	"touyan/store/sheet"
)

// Copy is whom a printed form is for.
type Copy int

// The copies of a form: 内部全量 has every column, 上报 leaves out discipline
// and pay, 公示 also what is private. A public copy carries no stamps.
const (
	Full Copy = iota
	Upward
	Public
)

// String is how the journal calls a copy; the whole one has no name.
func (c Copy) String() string { return [...]string{"", "report", "public"}[c] }

// Order is what to write into a book.
type Order struct {
	To      store.Office // addressee; zero for an own print
	Forms   []*field.Form
	Where   []field.Condition // on the driving kind of a single form
	Village string            // id: only that one, and who holds something there; empty: all
	Copy    Copy
	Period  Period     // that it reports on; empty if on none
	AsOf    field.Date // ages count to it
	Cover   bool
	Folder  bool // reserved rows for 填表人 follow each table
	// Protect locks the cells that nobody should type into.
	Protect bool
}

// Sent tells what a book holds.
type Sent struct {
	Book string `json:"book"`
	File string `json:"file"`
	To   string `json:"to"`
	Rows int    `json:"rows"`

	Nothing bool `json:"nothing,omitempty"` // 零报告: the addressee knows all of it

	seen    uint64   // the last operation whose work it holds
	forms   []string // that it shows whole
	changes string   // since the book before, as the cover says it
}

// Registers are the plain forms of kinds, as bundles carry them; nil names
// mean all kinds.
func Registers(kinds field.Kinds, names []string) ([]*field.Form, error) {
	var out []*field.Form
	for _, k := range kinds {
		if len(names) == 0 || slices.Contains(names, k.Name) {
			out = append(out, field.Register(kinds, k))
		}
	}
	for _, n := range names {
		if kinds.Kind(n) == nil {
			return nil, fmt.Errorf("没有名为“%s”的台账，请用 kinds 查看", n)
		}
	}
	return out, nil
}

// Send writes a book and journals that it left. The journal comes first: a
// book the ledger does not know of would be undone as if nobody had it. It is
// never written over the ledger.
func Send(ctx context.Context, db *store.DB, who store.Actor, path string, o Order, progress func(done, total int)) (Sent, error) {
	if sameFile(path, db.Path()) {
		return Sent{}, fmt.Errorf("“%s”是正在用的台账，不能把工作簿写在它上面，请另写一个文件名", filepath.Base(path))
	}
	if err := disk.MayWrite(path); err != nil {
		return Sent{}, err
	}
	doc, sent, err := compose(ctx, db, o)
	if err != nil {
		return sent, err
	}
	sent.File = filepath.Base(path)
	op := opOf(db.Office(), o.To)
	doc.Before = func() error {
		return db.Do(op, who, func(tx *store.Tx) error {
			tx.NoteSent(store.Sent{To: sent.To, Book: sent.Book, File: sent.File, Rows: sent.Rows, Seen: sent.seen, Forms: sent.forms,
				Period: string(o.Period), Copy: o.Copy.String(), Village: o.Village, Nothing: sent.Nothing})
			return nil
		})
	}
	return sent, sheet.Write(ctx, path, doc, progress)
}

// opOf is what sending to an office is called.
func opOf(own, to store.Office) string {
	switch {
	case to.Code == "":
		return "打印"
	case to.Level != field.NoLevel && to.Level < own.Level:
		return "下发"
	}
	return "上报"
}

// sameFile reports whether two names are those of one file that is there.
func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// compose draws the book from one moment of the ledger.
func compose(ctx context.Context, db *store.DB, o Order) (sheet.Doc, Sent, error) {
	var id [10]byte
	rand.Read(id[:]) // never fails
	book := hex.EncodeToString(id[:])
	sent := Sent{Book: book, To: o.To.Code}
	doc := sheet.Doc{Unit: db.Office().Name, Made: db.Now(), Sample: db.Sample(), Protect: o.Protect, Code: sheet.RowCode(book)}
	err := db.View(func(tx *store.Tx) error {
		c := &carrying{tx: tx, form: o, carrier: &carrier{
			head:    bookHead{Book: book, Made: db.Now().UTC(), From: db.Office(), To: addressee(db.Office(), o.To), Period: o.Period},
			lines:   map[lineKey]*sentLine{},
			records: map[recordKey]map[string]sentCell{}, origins: map[store.Dot]store.Origin{},
		}, fields: map[recordKey][]string{}}
		scope, err := scopeOfOrder(tx, o)
		if err != nil {
			return err
		}
		if err := sent.compare(tx, o); err != nil {
			return err
		}
		sent.seen, sent.forms = tx.Seq(), wholeForms(o)
		for _, f := range o.Forms {
			if err := ctx.Err(); err != nil {
				return err
			}
			s, err := c.sheet(f, scope)
			if err != nil {
				return err
			}
			sent.Rows += len(s.Lines)
			doc.Sheets = append(doc.Sheets, s)
			if err := c.unlisted(f, scope); err != nil {
				return err
			}
		}
		if o.Cover {
			doc.Cover = cover(doc, o, &sent)
		}
		if o.Copy == Public {
			doc.Code = ""
			return nil
		}
		doc.Carrier, err = c.pack()
		return err
	})
	return doc, sent, err
}

// addressee is whose hand edits a book: for an own print, the office itself.
func addressee(own, to store.Office) store.Office {
	if to.Code == "" {
		return own
	}
	return to
}

// carrying draws tables and notes which cells they show.
type carrying struct {
	*carrier
	tx     *store.Tx
	form   Order
	fields map[recordKey][]string
}

// sheet draws one form.
func (c *carrying) sheet(f *field.Form, scope *scope) (sheet.Sheet, error) {
	kinds := c.tx.Kinds()
	s := sheet.Sheet{Name: sheetName(kinds, f), Title: f.Title, Form: f, Kinds: kinds, Columns: shownColumns(kinds, f, c.form.Copy)}
	number := len(c.head.Sheets)
	c.head.Sheets = append(c.head.Sheets, sentSheet{s.Name, f.Name})
	lines, err := c.tx.Lines(f, c.form.Where, c.form.AsOf)
	if err != nil {
		return s, err
	}
	shape, err := shapeOf(kinds, f)
	if err != nil {
		return s, err
	}
	for _, l := range lines {
		if !scope.has(kinds.Kind(f.Kind), l.Rows[0]) {
			continue
		}
		code := sheet.RowCode(l.ID())
		key := lineKey{number, code}
		if c.lines[key] != nil {
			return s, fmt.Errorf("row code %s names two records", code)
		}
		cells := make([]string, len(f.Columns))
		for i := range f.Columns {
			cells[i] = l.Shown(i)
		}
		c.lines[key] = c.line(shape, l, s.Columns)
		s.Lines = append(s.Lines, sheet.Line{Code: code, Cells: cells})
	}
	return s, nil
}

// shownColumns are the columns of a copy, nil for all.
func shownColumns(kinds field.Kinds, f *field.Form, copy Copy) []int {
	if copy == Full {
		return nil
	}
	var out []int
	for i, col := range f.Columns {
		if col.Path != "" {
			_, _, last, err := kinds.Resolve(f.Kind, col.Path)
			if err != nil || last.Class != field.Ordinary || copy == Public && last.Private {
				continue
			}
		}
		out = append(out, i)
	}
	return out
}

// sheetName is what the tab says: the kind's label for a register, else the
// form's title, at most 31 characters as Excel allows.
func sheetName(kinds field.Kinds, f *field.Form) string {
	name := f.Title
	if k := kinds.Kind(f.Kind); f.Name == k.Name+"-register" {
		name = k.Label
	}
	if r := []rune(name); len(r) > 31 {
		name = string(r[:31])
	}
	return name
}

// line notes the records a row shows and which of their cells.
func (c *carrying) line(s *shape, l *store.Line, shown []int) *sentLine {
	out := &sentLine{via: map[string]string{}}
	for _, r := range l.Rows {
		out.ids = append(out.ids, r.ID)
	}
	for _, h := range s.holders {
		for _, col := range h.columns {
			if shown != nil && !slices.Contains(shown, col.index) {
				continue
			}
			for n := range l.Rows {
				if n > 0 && !col.each {
					break
				}
				_, row, name, ok := l.Holder(col.index, n)
				if !ok {
					continue
				}
				if h != s.root {
					out.via[h.path] = row.ID
				}
				key := recordKey{h.kind.Name, row.ID}
				if !slices.Contains(c.fields[key], name) {
					if c.fields[key] == nil {
						c.order = append(c.order, key)
					}
					c.fields[key] = append(c.fields[key], name)
				}
			}
		}
	}
	for _, f := range s.root.kind.Fields {
		if f.Type == field.Ref && s.root.kind.Value(l.Rows[0], f.Name) != "" {
			out.via[f.Name] = s.root.kind.Value(l.Rows[0], f.Name)
		}
	}
	return out
}

// pack looks up the stamps of the cells shown, record by record.
func (c *carrying) pack() (*sheet.Carrier, error) {
	office := c.tx.Office().Code
	for _, key := range c.order {
		k := c.tx.Kinds().Kind(key.kind)
		s, _, err := c.tx.State(key.kind, key.id)
		if err != nil {
			return nil, err
		}
		cells := map[string]sentCell{}
		for _, name := range c.fields[key] {
			f := k.Field(name)
			if cell, ok := c.cell(f, s[name], office); ok {
				cells[name] = cell
			}
			if err := c.tell(s[name]); err != nil {
				return nil, err
			}
		}
		maps.Copy(cells, c.records[key])
		c.records[key] = cells
	}
	return c.carrier.pack()
}

// unlisted notes what a register does not show and must travel all the same:
// that a record was voided (or is no longer), and that two were found to be
// one (or are no longer).
func (c *carrying) unlisted(f *field.Form, scope *scope) error {
	k := c.tx.Kinds().Kind(f.Kind)
	if f.Name != field.Register(c.tx.Kinds(), k).Name {
		return nil
	}
	for row, err := range c.tx.EveryRow(k.Name) {
		if err != nil {
			return err
		}
		if !scope.has(k, row) {
			continue
		}
		for _, name := range []string{store.VoidCell, store.SameCell} {
			if err := c.own(k.Name, row.ID, name); err != nil {
				return err
			}
		}
		for _, alias := range c.tx.Aliases(row.ID) {
			if err := c.own(k.Name, alias, store.SameCell); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *carrying) own(kind, id, name string) error {
	cell, err := c.tx.OwnCell(kind, id, name)
	if err != nil || len(cell) == 0 {
		return err
	}
	key := recordKey{kind, id}
	if c.fields[key] == nil && c.records[key] == nil {
		c.order = append(c.order, key)
	}
	if c.records[key] == nil {
		c.records[key] = map[string]sentCell{}
	}
	c.records[key][name] = sentCell{versions: cell}
	return c.tell(cell)
}

// cell is one cell as sent: the version shown first, its value left to the
// table.
func (c *carrying) cell(f *field.Field, held store.Cell, office string) (sentCell, bool) {
	shown := held.Shown(f.Owner, office)
	if shown == nil {
		return sentCell{}, false
	}
	first := *shown
	text := first.Value
	if f.Type == field.Ref {
		text = field.TidyName(c.tx.Name(f.Target, first.Value))
	} else {
		first.Value = ""
	}
	out := sentCell{digest: cellDigest(text), versions: store.Cell{first}}
	for i := range held {
		if !held[i].Is(shown) {
			out.versions = append(out.versions, held[i])
		}
	}
	return out, true
}

// tell adds who wrote what another ledger will see, where it is a conflict or
// was sent by others.
func (c *carrying) tell(held store.Cell) error {
	for _, v := range held {
		if _, told := c.origins[v.Dot]; told {
			continue
		}
		o, err := c.tx.Origin(v.Dot)
		if err != nil {
			return err
		}
		if !o.At.IsZero() {
			c.origins[v.Dot] = o
		}
	}
	return nil
}
