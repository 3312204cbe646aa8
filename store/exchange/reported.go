package exchange

import (
	"fmt"
	"slices"
	"strconv"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sheet"
)

// FigureThen is a number as it was reported (上报数, frozen with the book) and as
// the ledger has it now (现数).
type FigureThen struct {
	store.Figure // as it was reported

	Now int64
}

// ReportedThen holds what an office was told of a period, with the last of its
// books, against what the ledger has now. sent is zero where nothing was
// reported on that period.
func ReportedThen(tx *store.Tx, to store.Office, p Period, asOf field.Date) (list []FigureThen, sent store.Entry, err error) {
	sent, _, err = lastReport(tx, to, p)
	if err != nil || sent.Seq == 0 {
		return nil, sent, err
	}
	s, err := scopeOf(tx, to)
	if err != nil {
		return nil, sent, err
	}
	now, err := s.figures(tx, asOf)
	for _, f := range sent.Sent.Figures {
		then := FigureThen{Figure: f}
		if i := slices.IndexFunc(now, func(n store.Figure) bool { return n.Label == f.Label }); i >= 0 {
			then.Now = now[i].N
		}
		list = append(list, then)
	}
	return list, sent, err
}

// lastReport is the newest book that reported on a period to an office, and how
// many did. One that was taken back is none.
func lastReport(tx *store.Tx, to store.Office, p Period) (last store.Entry, versions int, err error) {
	for e, err := range tx.Standing() {
		if err != nil {
			return last, 0, err
		}
		if p == "" || e.Sent == nil || stem(e.Sent.To) != stem(to.Code) || Period(e.Sent.Period) != p || len(e.Sent.Forms) == 0 {
			continue
		}
		if versions++; last.Seq == 0 {
			last = e
		}
	}
	return last, versions, nil
}

// figures are the numbers a report freezes: of each form how many rows it has,
// and the sums of the numbers of what drives it that everybody may read.
func (s *scope) figures(tx *store.Tx, asOf field.Date) (out []store.Figure, err error) {
	for _, f := range record.Forms() {
		k := tx.Kinds().Kind(f.Kind)
		lines, err := tx.Lines(f, nil, asOf)
		if err != nil {
			return nil, err
		}
		rows := store.Figure{Label: "《" + f.Title + "》行数"}
		var sums []store.Figure
		var of []int
		for i := range k.Fields {
			if fd := &k.Fields[i]; (fd.Type == field.Number || fd.Type == field.Money) && fd.Class == field.Ordinary && !fd.Private && f.Group == nil {
				sum := store.Figure{Label: k.Label + "“" + fd.Label + "”合计"}
				if sum.Money = fd.Type == field.Money; sum.Money {
					sum.Label += "（元）"
				}
				sums, of = append(sums, sum), append(of, i)
			}
		}
		for _, l := range lines {
			if !s.has(k, l.Rows[0]) {
				continue
			}
			rows.N++
			for n, i := range of {
				if v, err := strconv.ParseInt(l.Rows[0].Values[i], 10, 64); err == nil {
					sums[n].N += v
				}
			}
		}
		out = append(append(out, rows), sums...)
	}
	return out, nil
}

// corrects makes the book of a period that was reported on before a 更正: it says
// which version it is, of which book, and which numbers differ.
func (s *Sent) corrects(tx *store.Tx, o Order) error {
	last, versions, err := lastReport(tx, o.To, o.Period)
	s.Version = versions + 1
	if err != nil || last.Seq == 0 {
		return err
	}
	s.correction = [][2]string{{"性质", fmt.Sprintf("更正（第%d版），更正批次%s的上报数", s.Version, sheet.RowCode(last.Sent.Book))}}
	if o.Why != "" {
		s.correction = append(s.correction, [2]string{"更正原因", o.Why})
	}
	for _, then := range last.Sent.Figures {
		i := slices.IndexFunc(s.figures, func(f store.Figure) bool { return f.Label == then.Label })
		if i >= 0 && s.figures[i].N != then.N {
			s.correction = append(s.correction, [2]string{then.Label, fmt.Sprintf("上报数%s，现数%s", then.Show(then.N), then.Show(s.figures[i].N))})
		}
	}
	return nil
}
