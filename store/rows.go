package store

import (
	"cmp"
	"iter"
	"slices"

	"touyan/store/field"
)

// RowOf shows a state as this ledger sees it.
func (tx *Tx) RowOf(k *field.Kind, id string, s State) field.Row {
	office := tx.Office().Code
	row := field.Row{ID: id, Values: make([]string, len(k.Fields))}
	for name, cell := range s {
		tx.place(k, &row, name, cell.Value(tx.owner(k.Name, name), office))
	}
	return row
}

func (tx *Tx) place(k *field.Kind, row *field.Row, name, value string) {
	switch i := k.Index(name); {
	case i >= 0:
		if k.Fields[i].Type == field.Ref && len(tx.aliases) > 0 {
			value = tx.Canonical(value)
		}
		row.Values[i] = value
	case name == VoidCell:
		row.Void = value
	case name == SameCell:
	case value != "":
		if row.Extra == nil {
			row.Extra = map[string]string{}
		}
		row.Extra[name] = value
	}
}

// Row returns one record as texts, voided or not.
func (tx *Tx) Row(kind, id string) (field.Row, bool, error) {
	k, err := tx.kind(kind)
	if err != nil {
		return field.Row{}, false, err
	}
	id = tx.Canonical(id)
	packed, ok, err := tx.packed(kind, id)
	if err != nil || !ok && len(tx.Aliases(id)) == 0 {
		return field.Row{}, false, err
	}
	row, err := tx.rowAt(k, id, packed)
	return row, err == nil, err
}

// rowAt reads a record that lies under its canonical id.
func (tx *Tx) rowAt(k *field.Kind, id, packed string) (field.Row, error) {
	if len(tx.Aliases(id)) == 0 {
		if row, alone, err := tx.read(k, id, packed); alone || err != nil {
			return row, err
		}
	}
	s, _, err := tx.State(k.Name, id)
	return tx.RowOf(k, id, s), err
}

// read cuts a packed record into a row. alone is false if versions in it speak
// of other records, and the row says too much.
func (tx *Tx) read(k *field.Kind, id, packed string) (row field.Row, alone bool, err error) {
	layout := tx.layout(k)
	office := ""
	row, alone = field.Row{ID: id, Values: make([]string, len(k.Fields))}, true
	_, _, err = visitCells(packed, func(number uint64, value string, versions Cell) {
		i := -1
		if number < uint64(len(layout)) {
			i = layout[number]
		}
		if versions != nil {
			if office == "" {
				office = tx.Office().Code
			}
			owner := field.NoLevel
			if i >= 0 {
				owner = k.Fields[i].Owner
			}
			value = versions.Value(owner, office)
			alone = alone && !slices.ContainsFunc(versions, func(v Version) bool { return v.Record != "" })
		}
		if i >= 0 && k.Fields[i].Type != field.Ref {
			row.Values[i] = value
			return
		}
		tx.place(k, &row, tx.db.names.name(number), value)
	})
	return row, alone, err
}

// layout maps the file's numbers of names to the places of a kind's fields.
func (tx *Tx) layout(k *field.Kind) []int {
	if l, ok := tx.layouts[k.Name]; ok {
		return l
	}
	tx.db.names.mu.RLock()
	l := make([]int, len(tx.db.names.list))
	for i, name := range tx.db.names.list {
		l[i] = k.Index(name)
	}
	tx.db.names.mu.RUnlock()
	tx.layouts[k.Name] = l
	return l
}

// Rows visits the records of a kind that count, in the order of their making:
// not the voided, and a record that goes under several ids once.
func (tx *Tx) Rows(kind string) iter.Seq2[field.Row, error] {
	return func(yield func(field.Row, error) bool) {
		for row, err := range tx.EveryRow(kind) {
			if (err != nil || row.Void == "") && !yield(row, err) {
				return
			}
		}
	}
}

// EveryRow is Rows with the voided records among them.
func (tx *Tx) EveryRow(kind string) iter.Seq2[field.Row, error] {
	return func(yield func(field.Row, error) bool) {
		k, err := tx.kind(kind)
		if err != nil {
			yield(field.Row{}, err)
			return
		}
		bucket := recordBucket(kind)
		c := tx.bolt.Bucket([]byte(bucket)).Cursor()
		count := uint64(0)
		for key, v := c.First(); key != nil; key, v = c.Next() {
			count++
			id := idText([16]byte(key))
			if _, alias := tx.aliases[id]; alias {
				continue
			}
			packed, ok, err := tx.unpacked(bucket, key, v)
			if err == nil && !ok {
				continue
			}
			var row field.Row
			if err == nil {
				row, err = tx.rowAt(k, id, packed)
			}
			if !yield(row, err) {
				return
			}
		}
		// A list cut short by a damaged page must not pass for a short list.
		if m, err := tx.sums(); err != nil || m.of(bucket).count != count {
			yield(field.Row{}, cmp.Or(err, ErrDamaged))
		}
	}
}

// Written returns the number of the operation that wrote a record last, zero
// if the ledger has none of that id.
func (tx *Tx) Written(kind, id string) (uint64, error) {
	var last uint64
	for _, id := range tx.group(tx.Canonical(id)) {
		packed, ok, err := tx.packed(kind, id)
		if err != nil {
			return 0, err
		}
		if ok {
			u := unpacker{s: packed}
			last = max(last, u.number())
		}
	}
	return last, nil
}
