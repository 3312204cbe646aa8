package page

import (
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/work"
)

// askSame asks which other record is the same person: those of the same name
// first. Of one that was joined before it asks whether it is to be parted again.
func (x *Dossier) askSame() {
	x.Leave(func() { x.desk.askSame(x.kind, x.id, x.name) })
}

// sameFacts are the other records of a kind, and how many this one was joined
// with.
type sameFacts struct {
	others []pickItem
	joined int
}

func (d *Desk) askSame(kind *field.Kind, id, name string) {
	read(d, &d.asking, func(tx *store.Tx) (f sameFacts, err error) {
		f.joined = len(tx.Aliases(tx.Canonical(id)))
		f.others, err = othersOf(tx, kind, id)
		return f, err
	}, func(f sameFacts) {
		if f.joined > 0 {
			d.pickNumbered(titleSame(name), sayJoinedBefore(f.joined), []string{doJoinMore, doPart}, "", func(i int, _ string) {
				if i == 0 {
					d.pickSame(kind, id, name, f.others)
					return
				}
				d.pickNumbered(titlePart(name), sayPart, partReasons[:], labelOtherWhy, func(_ int, why string) {
					d.void(opPart, sayParted(name), func(tx *store.Tx) error { return work.Split(tx, kind.Name, id, why) })
				}, nil)
			}, nil)
			return
		}
		d.pickSame(kind, id, name, f.others)
	})
}

func (d *Desk) pickSame(kind *field.Kind, id, name string, others []pickItem) {
	d.pickFrom(titleSame(name), others, func(other string) {
		d.pickNumbered(titleSame(name), sayJoin, joinReasons[:], labelOtherWhy, func(_ int, why string) {
			d.void(opJoin, sayJoined(name), func(tx *store.Tx) error {
				return work.Join(tx, work.Joining{Kind: kind.Name, A: id, B: other, Why: why})
			})
		}, nil)
	})
}

// othersOf lists the other records of a kind, those of the same name first, each
// with what tells it from its namesakes.
func othersOf(tx *store.Tx, kind *field.Kind, id string) ([]pickItem, error) {
	own, _, err := tx.Row(kind.Name, id)
	if err != nil {
		return nil, err
	}
	name := kind.FoldName(tx.NameOf(kind, own))
	var alike, rest []pickItem
	for row, err := range tx.Rows(kind.Name) {
		if err != nil {
			return nil, err
		}
		if row.ID == own.ID {
			continue
		}
		it := pickItem{row.ID, tx.NameOf(kind, row), kind.Field("birth").Show(kind.Value(row, "birth"))}
		if kind.FoldName(it.text) == name {
			alike = append(alike, it)
		} else {
			rest = append(rest, it)
		}
	}
	return slices.Concat(alike, rest), nil
}
