package exchange

import (
	"strings"

	"touyan/store"
)

// Verdict is what a person chose for a conflict that a plan brings: the value
// that is to stand, and why.
type Verdict struct {
	Kind, Record, Field string // as in the Dispute's Conflict
	Value               string // canonical
	Why                 string
	About               string // what people call the cell, for the journal where reasons differ
}

// Decide has the plan decide conflicts it brings as a person chose, in the same
// batch: undoing that takes the decisions back too. It replaces what was given
// before; conflicts without a verdict are left to Settle's side, else open.
func (p *Plan) Decide(verdicts []Verdict) { p.verdicts = verdicts }

// Also has the batch do something more at its end, when all of the book is in
// and decided: a person's answer that is a step of the work (换人), or that two
// records are one. It replaces what was given before. An error from it writes
// nothing of the book.
func (p *Plan) Also(do ...func(tx *store.Tx) error) { p.also = do }

// judgeAll decides what the verdicts speak of. A plan is applied to the very
// ledger it was made of, so what was seen is what is there.
func (p *Plan) judgeAll(tx *store.Tx) error {
	n, err := judge(tx, p.verdicts)
	p.decided += n
	return err
}

// Judge decides conflicts of a ledger as a person chose, and notes why.
func Judge(tx *store.Tx, verdicts []Verdict) error {
	_, err := judge(tx, verdicts)
	return err
}

// judge counts what it decides: a conflict that found its end meanwhile needs no
// word.
func judge(tx *store.Tx, verdicts []Verdict) (n int, err error) {
	about := map[string][]string{}
	var order []string
	for _, v := range verdicts {
		c, open, err := tx.Conflict(v.Kind, v.Record, v.Field)
		if err != nil {
			return n, err
		}
		if !open {
			continue
		}
		if err := tx.Decide(c.Kind, c.Record, c.Field, v.Value); err != nil {
			return n, err
		}
		n++
		if _, known := about[v.Why]; !known {
			order = append(order, v.Why)
		}
		about[v.Why] = append(about[v.Why], v.About)
	}
	if why := reasons(order, about); why != "" {
		tx.NoteWhy(why)
	}
	return n, nil
}

// reasons is the reason of an operation that decided several cells: one reason
// is said alone, of several each says for which cells it is.
func reasons(order []string, about map[string][]string) string {
	if len(order) == 1 {
		return order[0]
	}
	var parts []string
	for _, why := range order {
		parts = append(parts, why+"（"+strings.Join(about[why], "、")+"）")
	}
	return strings.Join(parts, "；")
}
