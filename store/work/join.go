package work

import (
	"strings"

	"touyan/store"
)

// Joining is 合并为同一人: two records were found to be one person (or one place).
// Nothing of either is lost: what both say differently becomes a conflict to be
// decided, and Split takes it back.
type Joining struct {
	Kind string
	A, B string // ids
	Why  string
}

// Join makes two records one.
func Join(tx *store.Tx, j Joining) error {
	k := tx.Kinds().Kind(j.Kind)
	if k == nil || strings.TrimSpace(j.Why) == "" {
		return refuse("", "请写明凭什么认定是同一个。")
	}
	for _, id := range []string{j.A, j.B} {
		row, ok, err := tx.Row(j.Kind, id)
		switch {
		case err != nil:
			return err
		case !ok:
			return refuse("", "台账里没有这条%s记录，它可能刚被合并或撤销。", k.Label)
		case row.Void != "":
			return refuse("", "“%s”已经作废，不能合并。", tx.NameOf(k, row))
		}
	}
	if tx.Canonical(j.A) == tx.Canonical(j.B) {
		return refuse("", "这两条已经是同一条记录了。")
	}
	tx.NoteWhy(j.Why)
	return tx.Same(j.Kind, j.A, j.B)
}

// Split parts what was joined by mistake: each goes under its own id again, with
// what was written in it, and equal numbers do not join them again.
func Split(tx *store.Tx, kind, id, why string) error {
	switch {
	case strings.TrimSpace(why) == "":
		return refuse("", "请写明为什么不是同一个。")
	case len(tx.Aliases(tx.Canonical(id))) == 0:
		return refuse("", "这条记录没有和别的记录合并过，没有什么可以分开。")
	}
	tx.NoteWhy(why)
	return tx.Apart(kind, id)
}
