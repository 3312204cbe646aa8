package exchange

import (
	"strconv"

	"touyan/store"
	"touyan/store/sheet"
)

// cover is the first sheet of a book: whose it is, for whom, of which period,
// and how much there is in it.
func cover(doc sheet.Doc, o Order, sent *Sent) [][2]string {
	lines := [][2]string{
		{"填报单位", doc.Unit},
		{"报送单位", o.To.Name},
		{"填报时间", doc.Made.Format("2006年1月2日")},
		{"批次码", doc.Code},
		{"行数合计", strconv.Itoa(sent.Rows)},
	}
	if o.Period != "" {
		lines = append(lines, [2]string{"报送期", o.Period.String()}, [2]string{"本期变动", sent.changes})
	}
	lines = append(lines, sent.correction...)
	for _, s := range doc.Sheets {
		lines = append(lines, [2]string{s.Name, strconv.Itoa(len(s.Lines)) + " 行"})
	}
	return lines
}

// freeze keeps the numbers a report tells, and makes it a correction if the
// period was reported on before.
func (s *Sent) freeze(tx *store.Tx, o Order, scope *scope) (err error) {
	if o.Period == "" || wholeForms(o) == nil {
		return nil
	}
	if s.figures, err = scope.figures(tx, o.AsOf); err != nil {
		return err
	}
	return s.corrects(tx, o)
}

// compare tells what the addressee of a report does not know yet. What is sent
// of a part only, or to nobody who answers, is held against nothing.
func (s *Sent) compare(tx *store.Tx, o Order) error {
	if o.Period == "" || wholeForms(o) == nil {
		s.changes = "只报一部分，不与上次比对"
		return nil
	}
	since, err := ChangedSince(tx, o.To, o.Forms)
	if err != nil {
		return err
	}
	s.Nothing, s.changes = since.Nothing(), since.String()
	return nil
}
