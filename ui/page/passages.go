package page

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
)

// passage is a book that came in or went out.
type passage struct {
	store.Entry
	office string // whose it is, or for whom
	holds  string // which part of the ledger
	undone bool

	approved string // by whom; empty: by nobody
	pending  bool   // waits for it
}

// passages lists the books that came and went, the newest first. An undoing
// that was itself undone does not count.
func passages(tx *store.Tx) ([]passage, error) {
	undone, approved := map[uint64]bool{}, map[uint64]string{}
	forms := formLabels(tx.Kinds())
	offices := map[string]string{}
	var out []passage
	for e, err := range tx.Journal() {
		switch {
		case err != nil:
			return nil, err
		case e.Undid > 0 && !undone[e.Seq]:
			undone[e.Undid] = true
		case e.Batch != nil:
			out = append(out, passage{Entry: e, office: e.Batch.From, holds: e.Batch.Form, undone: undone[e.Seq], approved: approved[e.Seq]})
		case e.Sent != nil && e.Sent.To != "":
			if offices[e.Sent.To] == "" {
				offices[e.Sent.To] = addressee(tx, e.Sent.To)
			}
			out = append(out, passage{Entry: e, office: offices[e.Sent.To], holds: heldBy(tx, e.Sent, forms), undone: undone[e.Seq]})
		default:
			if seq, is := e.Approves(); is {
				approved[seq] = e.Who.Name
			}
		}
	}
	return out, nil
}

// formLabels tells how the forms of books are called, by name; registers by
// their kind.
func formLabels(kinds field.Kinds) map[string]string {
	out := map[string]string{}
	for _, k := range kinds {
		out[field.Register(kinds, k).Name] = k.Label
	}
	return out
}

// heldBy is which part of the ledger a book took along.
func heldBy(tx *store.Tx, s *store.Sent, registers map[string]string) string {
	var parts []string
	if len(s.Forms) == len(registers) {
		parts = append(parts, wordAllRegisters)
	} else {
		for _, name := range s.Forms {
			label := registers[name]
			if f := exchange.FormNamed(tx.Kinds(), name); label == "" && f != nil {
				label = f.Title
			}
			parts = append(parts, label)
		}
	}
	if s.Village != "" {
		parts = append(parts, tx.Name("village", s.Village))
	}
	if s.Copy == exchange.Public.String() {
		parts = append(parts, wordPublic)
	}
	if s.Nothing {
		parts = append(parts, wordNothing)
	}
	return strings.Join(parts, "、")
}

// addressee names an office a book was sent to. One above ours that the ledger
// has no record of is called by its level, as it was when the book was sent.
func addressee(tx *store.Tx, code string) string {
	for _, word := range []string{"own", "county", "city", code} {
		if o, err := exchange.Addressee(tx, word); err == nil && o.Code == code {
			return o.Name
		}
	}
	return code
}

// way is whether a book came or went, and by what it is called.
func (p *passage) way() (word, file string, rows int, period exchange.Period) {
	if p.Sent != nil {
		return wordWent, p.Sent.File, p.Sent.Rows, exchange.Period(p.Sent.Period)
	}
	return wordCame, p.Batch.Book, p.Batch.Rows, exchange.Period(p.Batch.Period)
}

// pastRow is a line of what came and went, beside the choices of a report.
func (p *passage) pastRow() grid.Row {
	word, file, rows, period := p.way()
	r := grid.Row{ID: rowID(p.Seq), Cells: []string{word, period.String(), p.office, p.holds, sayTime(p.At), strconv.Itoa(rows), p.state(), file}}
	r.Keys = slices.Clone(r.Cells)
	r.Keys[1], r.Keys[4] = string(period), momentKey(p.At)
	return r
}

// momentKey is what a moment is sorted and filtered by: its day as dates are
// stored, and the time behind it.
func momentKey(t time.Time) string { return t.Local().Format("2006-01-02 15:04:05.000") }

func (p *passage) state() string {
	switch {
	case p.undone:
		return sayTakenBack
	case p.approved != "":
		return sayApprovedBy(p.approved)
	case p.pending:
		return sayNotApproved
	}
	return ""
}
