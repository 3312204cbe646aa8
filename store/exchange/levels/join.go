package levels

import (
	"touyan/store"
	"touyan/store/field"
)

// join has an office find two people to be one.
func (w *world) join(o *office) error {
	return o.do(func(tx *store.Tx) error {
		rows, err := rowsOf(tx, "person")
		if err != nil || len(rows) < 2 {
			return err
		}
		a, b := rows[w.pick(len(rows))], rows[w.pick(len(rows))]
		w.counts.Joins++
		return tx.Same("person", a.ID, b.ID)
	})
}

// part has an office take back that somebody was found to be one with others.
func (w *world) part(o *office) error {
	return o.do(func(tx *store.Tx) error {
		rows, err := rowsOf(tx, "person")
		if err != nil {
			return err
		}
		for _, row := range rows {
			if len(tx.Aliases(row.ID)) > 0 {
				w.counts.Parts++
				return tx.Apart("person", row.ID)
			}
		}
		return nil
	})
}

func rowsOf(tx *store.Tx, kind string) (rows []field.Row, err error) {
	for row, err := range tx.Rows(kind) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
