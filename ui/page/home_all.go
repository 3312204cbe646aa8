package page

import (
	"fmt"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/grid"
)

// leads is a list whose rows each lead somewhere: all that waits, or all that a
// rule finds.
type leads struct {
	listing

	desk  *Desk
	title string
	make  func() *leads // anew, in another look
	rows  func(tx *store.Tx) (ways, error)
	do    []func()
	turn  int
}

// ways are rows with where each leads.
type ways struct {
	rows []grid.Row
	do   []func()
}

func newLeads(d *Desk, title, says string, columns []grid.Column, rows func(*store.Tx) (ways, error)) *leads {
	l := &leads{desk: d, title: title, rows: rows}
	l.make = func() *leads { return newLeads(d, title, says, columns, rows) }
	l.Grid = grid.New(columns)
	l.Grid.SetEmpty(sayNothingWaits, "", nil)
	l.Grid.OnOpen = func(id string) {
		for i := range l.ids {
			if l.ids[i] == id {
				l.do[i]()
				return
			}
		}
	}
	l.content = sheet(title, says, nil, l.filter(), card(l.Grid), nil)
	l.Refresh()
	return l
}

// newAllWaits is all that waits.
func newAllWaits(d *Desk) *leads {
	return newLeads(d, titleWaits, sayAllWaits, []grid.Column{
		{Name: "what", Label: headWhat, Type: field.Text, Width: 180, Find: true},
		{Name: "for", Label: headFor, Type: field.Text, Width: 220, Find: true},
		{Name: "until", Label: headUntil, Type: field.Text, Width: 130},
		{Name: "count", Label: headCount, Type: field.Number, Width: 60},
		{Name: "why", Label: headCause, Type: field.Text, Width: 520, Find: true},
	}, func(tx *store.Tx) (out ways, err error) {
		f, err := d.survey(tx)
		if err != nil {
			return out, err
		}
		for i, w := range f.waits {
			t := d.waitTexts(w)
			out.rows = append(out.rows, grid.Row{ID: fmt.Sprint(i), Cells: []string{t.what, t.whom, t.until, fmt.Sprint(w.Count), t.why}})
			out.do = append(out.do, func() { d.goWait(w) })
		}
		return out, nil
	})
}

// newFindings is all that a rule finds.
func newFindings(d *Desk, rule string) *leads {
	return newLeads(d, titleOfRule(rule), sayMendThere, []grid.Column{
		{Name: "who", Label: headWhere, Type: field.Text, Width: 200, Find: true},
		{Name: "kind", Label: headKind, Type: field.Text, Width: 90},
		{Name: "level", Label: headLevel, Type: field.Text, Width: 70},
		{Name: "says", Label: headSays, Type: field.Text, Width: 740, Find: true},
	}, func(tx *store.Tx) (out ways, err error) {
		found, err := d.findings(tx)
		if err != nil {
			return out, err
		}
		for _, p := range found {
			if p.Rule != rule {
				continue
			}
			out.rows = append(out.rows, grid.Row{ID: fmt.Sprint(len(out.rows)), Cells: []string{p.Name, tx.Kinds().Kind(p.Kind).Label, string(p.Level), p.Message}})
			out.do = append(out.do, func() { d.goTo(p.Kind, p.Record, p.Field) })
		}
		return out, nil
	})
}

// Remake makes the list in another look.
func (l *leads) Remake() Page {
	n := l.make()
	n.take(&l.listing)
	return n
}

// Title says what is listed.
func (l *leads) Title() string { return l.title }

// Refresh reads the rows anew.
func (l *leads) Refresh() {
	read(l.desk, &l.turn, l.rows, func(w ways) {
		l.do = w.do
		l.fill(w.rows)
	})
}
