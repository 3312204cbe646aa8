package work

import (
	"maps"
	"slices"

	"touyan/store"
	"touyan/store/field"
)

// Correction is 更正: the record stays what it is, some cells of it were wrong.
// Cells are canonical texts by field.
type Correction struct {
	Kind, ID string
	Cells    map[string]string
	Why      string
}

// Check tells what Correct would refuse or warn of, and writes nothing.
func (c *Correction) Check(tx *store.Tx) ([]Warning, error) {
	_, warnings, err := c.prepare(tx)
	return warnings, err
}

// Correct writes the cells. It refuses a text the field cannot hold, and a
// contradiction the record did not have before.
func Correct(tx *store.Tx, c Correction) ([]Warning, error) {
	row, warnings, err := c.prepare(tx)
	if err != nil {
		return nil, err
	}
	if c.Why != "" {
		tx.NoteWhy(c.Why)
	}
	_, err = tx.PutRow(c.Kind, row)
	return warnings, err
}

func (c *Correction) prepare(tx *store.Tx) (row field.Row, warnings []Warning, err error) {
	k := tx.Kinds().Kind(c.Kind)
	row, ok, err := tx.Row(c.Kind, c.ID)
	switch {
	case err != nil:
		return row, nil, err
	case !ok:
		return row, nil, refuse("", "台账里没有这条%s记录，它可能刚被合并或撤销，请重新选择。", k.Label)
	case row.Void != "":
		return row, nil, refuse("", "这条%s记录已经作废（%s），不能更正。", k.Label, row.Void)
	}
	bound := k.Bind(k.New())
	before := bound.Check(row)
	row.Values = slices.Clone(row.Values)
	for _, name := range slices.Sorted(maps.Keys(c.Cells)) {
		if err := c.set(tx, k, &row, name); err != nil {
			return row, nil, err
		}
	}
	for _, p := range bound.Check(row) {
		if slices.ContainsFunc(before, func(q field.Problem) bool { return q.Field == p.Field && q.Message == p.Message }) {
			continue
		}
		if !p.Warning {
			return row, nil, &p
		}
		warnings = append(warnings, Warning{Field: p.Field, Message: p.Message})
	}
	return row, warnings, nil
}

func (c *Correction) set(tx *store.Tx, k *field.Kind, row *field.Row, name string) error {
	f, value := k.Field(name), c.Cells[name]
	if f == nil {
		return refuse(name, "%s没有这一栏，请重新选择。", k.Label)
	}
	if f.Type == field.Ref && value != "" {
		target, ok, err := tx.Row(f.Target, value)
		if err != nil {
			return err
		}
		if !ok || target.Void != "" {
			return refuse(name, "“%s”指向的记录不在台账里或已作废，请重新选择。", f.Label)
		}
	}
	if value != "" {
		if p := f.Check(value); p != nil {
			return p
		}
	}
	row.Values[k.Index(name)] = value
	return nil
}
