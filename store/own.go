package store

import (
	"slices"

	"touyan/store/field"

	"go.etcd.io/bbolt"
)

// OwnRow defines a field of an office's own (自定义项), as a record of the kind
// that holds such.
type OwnRow struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`

	Cells map[string]string `json:"cells"`
}

// With returns the transaction as one in which the kinds have the fields, too,
// that such definitions add: what a book shows may have come before its
// definitions are the ledger's. It is for reading.
func (tx *Tx) With(more []OwnRow) (*Tx, error) {
	return tx.defining(nil, more)
}

// Showing returns the transaction as one in which the kinds have only those of
// the fields that offices added whose definitions pass; what lies under the
// names of the others is kept like that of a newer program. It is for reading.
func (tx *Tx) Showing(shown func(id string) bool) (*Tx, error) {
	return tx.defining(shown, nil)
}

func (tx *Tx) defining(shown func(id string) bool, more []OwnRow) (*Tx, error) {
	kinds, err := tx.defined(shown, more)
	if err != nil {
		return nil, err
	}
	with := *tx
	with.kinds, with.layouts = kinds, map[string][]int{}
	return &with, nil
}

// Unlisted returns the cells of a record's state that its kind does not list: of
// fields that an office added and took out again, or that only a newer program
// or another office knows. Those that are not for everyone stay out, for nobody
// here can tell whom they are for.
func (tx *Tx) Unlisted(k *field.Kind, id string, s State) (map[string]Cell, error) {
	var out map[string]Cell
	for name, cell := range s {
		if k.Index(name) >= 0 || ownCell(name) {
			continue
		}
		class, err := tx.classOf(k.Name, id, name)
		if err != nil {
			return nil, err
		}
		if class != field.Ordinary {
			continue
		}
		if out == nil {
			out = map[string]Cell{}
		}
		out[name] = cell
	}
	return out, nil
}

// classOf is the strictest class under which a record has a cell of that name.
func (tx *Tx) classOf(kind, id, name string) (class field.Class, err error) {
	for _, member := range tx.group(tx.Canonical(id)) {
		key, err := idBytes(member)
		if err != nil {
			return class, err
		}
		parts, err := tx.parts(recordBucket(kind), key[:])
		if err != nil {
			return class, err
		}
		of, err := tx.classes(kind, parts)
		if err != nil {
			return class, err
		}
		class = class.Stricter(of(name))
	}
	return class, nil
}

// Own lists the definitions of the fields that a kind has beyond those it was
// opened with.
func (tx *Tx) Own() ([]OwnRow, error) {
	var out []OwnRow
	for _, k := range tx.db.opts.Kinds {
		if k.Own == nil {
			continue
		}
		for row, err := range tx.Rows(k.Name) {
			if err != nil {
				return nil, err
			}
			cells := map[string]string{}
			for i := range k.Fields[:k.Bound()] {
				if row.Values[i] != "" {
					cells[k.Fields[i].Name] = row.Values[i]
				}
			}
			out = append(out, OwnRow{k.Name, row.ID, cells})
		}
	}
	return out, nil
}

// defined are the kinds as those of the definitions have it that are shown, and
// more of them.
func (tx *Tx) defined(shown func(id string) bool, more []OwnRow) (field.Kinds, error) {
	return tx.db.opts.Kinds.With(func(kind string) (rows []field.Row, err error) {
		for row, err := range tx.Rows(kind) {
			if err != nil {
				return nil, err
			}
			if shown == nil || shown(row.ID) {
				rows = append(rows, row)
			}
		}
		k := tx.db.opts.Kinds.Kind(kind)
		for _, o := range more {
			if o.Kind != kind || slices.ContainsFunc(rows, func(r field.Row) bool { return r.ID == o.ID }) {
				continue
			}
			row := field.Row{ID: o.ID, Values: make([]string, len(k.Fields))}
			for i := range k.Fields {
				row.Values[i] = o.Cells[k.Fields[i].Name]
			}
			rows = append(rows, row)
		}
		return rows, nil
	})
}

// define takes up what an operation changed of the definitions.
func (tx *Tx) define() error {
	changed := func(k recordKey) bool {
		kind := tx.db.opts.Kinds.Kind(k.kind)
		return kind != nil && kind.Own != nil
	}
	staged := tx.firstBlock > 0 // such records may be among them
	if staged || slices.ContainsFunc(tx.order, changed) || slices.ContainsFunc(tx.gone, changed) {
		kinds, err := tx.defined(nil, nil)
		if err != nil {
			return err
		}
		if !sameFields(tx.kinds, kinds) {
			tx.kinds = kinds
		}
	}
	return nil
}

// sameFields reports whether kinds have the same fields of the office's own, and
// the same words to choose from: then those who hold them need not take them
// anew.
func sameFields(a, b field.Kinds) bool {
	return slices.EqualFunc(a, b, func(k, l *field.Kind) bool {
		return k == l || slices.EqualFunc(k.Fields, l.Fields, func(f, g field.Field) bool {
			codes := f.Codes == g.Codes || f.Codes != nil && g.Codes != nil && slices.Equal(f.Codes.Words(), g.Codes.Words())
			return f.Name == g.Name && f.Label == g.Label && f.Type == g.Type && f.Private == g.Private && codes
		})
	})
}

// learn takes up the fields that the ledger's records define. Where these cannot
// be read, which verifying tells, such fields are kept like those of a newer
// program.
func (db *DB) learn() {
	db.view(func(b *bbolt.Tx) error {
		tx, err := db.begin(b)
		if err == nil {
			tx.learn()
		}
		return err
	})
}

func (tx *Tx) learn() {
	kinds, err := tx.defined(nil, nil)
	if err != nil {
		kinds = tx.db.opts.Kinds
	}
	if !sameFields(tx.kinds, kinds) {
		tx.kinds = kinds
		tx.db.kinds.Store(&kinds)
	}
}
