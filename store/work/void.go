package work

import (
	"fmt"
	"strings"

	"touyan/store"
)

// Voiding is 作废: a record that should never have been made counts no longer,
// and with it goes what is nothing without it: the posts of a person, the places
// in the pool, the papers. What was and has ended is not void: it is left,
// released, dissolved.
type Voiding struct {
	Kind, ID string
	Why      string
}

// Check tells what Void would take along, how many of each kind, and what it
// would refuse.
func (v *Voiding) Check(tx *store.Tx) (map[string]int, error) {
	going, err := v.prepare(tx)
	if err != nil {
		return nil, err
	}
	count := map[string]int{}
	for _, r := range going[1:] {
		count[r.kind]++
	}
	return count, nil
}

// Void marks a record and what goes with it as void, all for the same reason.
func Void(tx *store.Tx, v Voiding) error {
	if strings.TrimSpace(v.Why) == "" {
		return refuse("", "请写明作废的原因。")
	}
	going, err := v.prepare(tx)
	if err != nil {
		return err
	}
	tx.NoteWhy(v.Why)
	for _, r := range going {
		if err := tx.Void(r.kind, r.id, v.Why); err != nil {
			return err
		}
	}
	return nil
}

// named is a record by its kind and id.
type named struct{ kind, id string }

// voiding is a Voiding held against the ledger.
type voiding struct {
	tx    *store.Tx
	going []named
	seen  map[named]bool
	stays map[string]int // records that would point to nothing, by kind
}

func (v *Voiding) prepare(tx *store.Tx) ([]named, error) {
	k := tx.Kinds().Kind(v.Kind)
	if k == nil {
		return nil, fmt.Errorf("void: no kind %q", v.Kind)
	}
	row, ok, err := tx.Row(v.Kind, v.ID)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, refuse("", "台账里没有这条%s记录，它可能刚被合并或撤销。", k.Label)
	case row.Void != "":
		return nil, refuse("", "这条%s记录已经作废（%s）。", k.Label, row.Void)
	case row.ID == store.OfficeID(tx.Office().Code):
		return nil, refuse("", "这是本单位自己的记录，不能作废；名称或代码变了请更正。")
	}
	s := &voiding{tx: tx, seen: map[named]bool{}, stays: map[string]int{}}
	if err := s.take(named{v.Kind, row.ID}); err != nil {
		return nil, err
	}
	for _, other := range tx.Kinds() {
		if n := s.stays[other.Name]; n > 0 {
			return nil, refuse("", "还有%d条%s记录写着“%s”，请先把它们改成别的，或者先把它们作废。", n, other.Label, tx.NameOf(k, row))
		}
	}
	return s.going, nil
}

// take adds a record, and those that count and cannot do without it: their
// reference to it is required, or they are lines of it.
func (s *voiding) take(r named) error {
	if s.seen[r] {
		return nil
	}
	s.seen[r] = true
	s.going = append(s.going, r)
	links, err := s.tx.Referring(r.id)
	if err != nil {
		return err
	}
	for _, l := range links {
		k := s.tx.Kinds().Kind(l.Kind)
		row, ok, err := s.tx.Row(l.Kind, l.ID)
		if err != nil {
			return err
		}
		if !ok || row.Void != "" {
			continue
		}
		if f := k.Field(l.Field); !f.Required && !f.Part {
			s.stays[l.Kind]++
			continue
		}
		if err := s.take(named{l.Kind, l.ID}); err != nil {
			return err
		}
	}
	return nil
}
