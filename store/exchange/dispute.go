package exchange

import (
	"touyan/store"
	"touyan/store/field"
)

// Dispute is a conflict as people are told it: whose cell, what each side says
// and who says it. Kind and Field are the cell's; Field is nil for a cell of
// the program's own (作废) or of a newer program.
type Dispute struct {
	Conflict    store.Conflict
	Kind        *field.Kind
	Field       *field.Field
	Name, Label string   // of the record, of the cell
	Base        Saying   // 原值: what the writers saw before; its writer is not told
	Shown       Saying   // what the ledger shows
	Others      []Saying // what stands against it, one for each value, at least one

	// Of a conflict that a book would bring: where in the book the cell stands.
	// Empty where no table shows it.
	Sheet, Cell string
}

// Saying is one value of a cell and who wrote it.
type Saying struct {
	Value  string // canonical
	Text   string // in words: codes and references by name, nothing masked
	Own    bool   // this office wrote it
	Origin store.Origin
}

// Disputes lists the open conflicts of a ledger.
func Disputes(tx *store.Tx) ([]Dispute, error) {
	open, err := tx.Conflicts()
	if err != nil {
		return nil, err
	}
	t := teller{tx, tx.Name, tx.Origin, tx.Canonical}
	var out []Dispute
	for _, c := range open {
		d, err := t.tell(c)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// DisputeOf tells one conflict of a ledger.
func DisputeOf(tx *store.Tx, c store.Conflict) (Dispute, error) {
	t := teller{tx, tx.Name, tx.Origin, tx.Canonical}
	return t.tell(c)
}

// teller puts conflicts in words. What a ledger calls a record, who wrote a
// version and which ids are one record is asked of whoever knows: the ledger,
// or the plan of a book.
type teller struct {
	tx     *store.Tx
	name   func(kind, id string) string
	origin func(store.Dot) (store.Origin, error)
	one    func(id string) string
}

func (t *teller) tell(c store.Conflict) (d Dispute, err error) {
	d = Dispute{Conflict: c, Kind: t.tx.Kinds().Kind(c.Kind), Name: t.name(c.Kind, c.Record)}
	if d.Kind != nil {
		d.Field = d.Kind.Field(c.Field)
	}
	d.Label = LabelOf(d.Field, c.Field)
	if d.Shown, err = t.saying(&d, &c.Shown); err != nil {
		return d, err
	}
	base := c.Shown.Was
	for i, v := range t.against(&d) {
		s, err := t.saying(&d, v)
		if err != nil {
			return d, err
		}
		d.Others = append(d.Others, s)
		if i == 0 && v.Was != "" {
			base = v.Was
		}
	}
	d.Base = Saying{Value: base, Text: t.text(&d, base)}
	return d, nil
}

// against are the versions that say something else than the one shown, one for
// each value.
func (t *teller) against(d *Dispute) []*store.Version {
	said := func(v *store.Version) string {
		if d.Field != nil && d.Field.Type == field.Ref {
			return t.one(v.Value)
		}
		return v.Value
	}
	seen := map[string]bool{said(&d.Conflict.Shown): true}
	var out []*store.Version
	for i := range d.Conflict.Versions {
		if v := &d.Conflict.Versions[i]; !seen[said(v)] {
			seen[said(v)] = true
			out = append(out, v)
		}
	}
	return out
}

func (t *teller) saying(d *Dispute, v *store.Version) (Saying, error) {
	origin, err := t.origin(v.Dot)
	return Saying{Value: v.Value, Text: t.text(d, v.Value), Own: v.Office == t.tx.Office().Code, Origin: origin}, err
}

func (t *teller) text(d *Dispute, canonical string) string {
	switch {
	case d.Conflict.Field == store.SameCell:
		return t.name(d.Conflict.Kind, canonical)
	case d.Field == nil:
		return canonical
	case d.Field.Type == field.Ref:
		return t.name(d.Field.Target, canonical)
	}
	return d.Field.Show(canonical)
}

// LabelOf is what people call a cell, also one of the program's own.
func LabelOf(f *field.Field, name string) string { return store.LabelOf(f, name) }
