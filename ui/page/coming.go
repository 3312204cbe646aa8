package page

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
)

// merging is a returned book held against the ledger, put in order for people.
// It is made beside the UI thread.
type merging struct {
	plan    *exchange.Plan
	matters []*matter
	asked   map[string]*matter // by record
}

// holdReturned holds a returned book against the ledger. overs are the rows
// typed over that were answered for before: one called 换人 is no part of the
// plan any more.
func holdReturned(ctx context.Context, db *store.DB, book *exchange.Book, overs map[exchange.RowAt]exchange.Overtyping) (*merging, error) {
	m := &merging{}
	err := db.View(func(tx *store.Tx) (err error) {
		if m.plan, err = book.Plan(ctx, tx); err != nil {
			return err
		}
		g := gather(tx)
		all := map[exchange.RowAt]exchange.Overtyping{}
		for at, o := range overs {
			all[at] = o
		}
		for _, o := range m.plan.Overtyped {
			all[o.RowAt] = o
		}
		rows := make([]exchange.RowAt, 0, len(all))
		for at := range all {
			rows = append(rows, at)
		}
		slices.SortFunc(rows, func(a, b exchange.RowAt) int { return cmp.Or(a.Table-b.Table, a.Row-b.Row) })
		for _, at := range rows {
			if err := g.addOvertyped(db.Kinds(), all[at]); err != nil {
				return err
			}
		}
		for _, n := range m.plan.Namesakes {
			if err := g.addNamesake(n); err != nil {
				return err
			}
		}
		if err := g.add(m.plan.Coming); err != nil {
			return err
		}
		g.addTaken(m.plan.News)
		m.matters = g.matters
		m.asked = map[string]*matter{}
		for _, each := range m.matters {
			m.asked[each.key] = each
		}
		return nil
	})
	return m, err
}

// addTaken adds, to records of which something is to be decided, what differs
// besides.
func (g *gathering) addTaken(news []exchange.News) {
	for i := range news {
		n := &news[i]
		m := g.at[keyOfRecord(n.Kind, n.Record)]
		if m == nil {
			continue
		}
		for c := range n.Cells {
			m.points = append(m.points, &point{key: n.Record + n.Cells[c].Label, label: n.Cells[c].Label, taken: &n.Cells[c]})
		}
	}
}

// lookFilter is what of a book is listed.
type lookFilter int

// The filters, in the order of their counts above the table. What is to be
// decided has a table of its own.
const (
	lookAll lookFilter = iota
	lookNew
	lookUpdated
	lookSame
	lookDecide
	lookRefused
)

var lookWords = [...]string{wordAllRows, exchange.RowNew.String(), exchange.RowUpdated.String(), exchange.RowSame.String(), wordToDecide, wordRefused}

// counts are how many there are of each.
func (m *merging) counts() [len(lookWords)]int {
	var out [len(lookWords)]int
	for i := range m.plan.News {
		out[lookAll]++
		out[m.filterOf(&m.plan.News[i])]++
	}
	out[lookRefused] = len(m.plan.Problems)
	decided, open := tallyOf(m.matters)
	out[lookDecide] = decided + open
	return out
}

func lookColumns() []grid.Column {
	return []grid.Column{
		{Name: "state", Label: headResult, Type: field.Code, Width: 76},
		{Name: "kind", Label: headKind, Type: field.Text, Width: 100},
		{Name: "name", Label: headName, Type: field.Text, Width: 250, Find: true},
		{Name: "effect", Label: headEffect, Type: field.Text, Width: 700, Find: true},
	}
}

// filterOf is where a record is counted: one of which something is to be
// decided there, and nowhere else.
func (m *merging) filterOf(n *exchange.News) lookFilter {
	switch {
	case m.asked[keyOfRecord(n.Kind, n.Record)] != nil:
		return lookDecide
	case n.State == exchange.RowNew:
		return lookNew
	case n.State == exchange.RowUpdated:
		return lookUpdated
	}
	return lookSame
}

// rows lists what a filter leaves, what changes first.
func (m *merging) rows(d *Desk, f lookFilter) []grid.Row {
	var out []grid.Row
	for _, like := range []lookFilter{lookDecide, lookNew, lookUpdated, lookSame} {
		if f != lookAll && f != like {
			continue
		}
		for i := range m.plan.News {
			n := &m.plan.News[i]
			if like == m.filterOf(n) {
				effect := append(m.wanted(n), d.effects(n)...)
				out = append(out, grid.Row{ID: strconv.Itoa(i), Cells: []string{lookWords[like], n.Kind.Label, n.Name, strings.Join(effect, "；")}})
			}
		}
	}
	if f != lookRefused {
		return out
	}
	for i, p := range m.plan.Problems {
		message := p.Message
		if p.Proposal != "" {
			message += sayProposal(p.Proposal)
		}
		out = append(out, grid.Row{ID: strconv.Itoa(i), Cells: []string{wordRefused, p.Sheet, strings.TrimSpace(p.Cell + " " + p.Label), message},
			Marks: map[int]grid.Mark{0: {Tone: grid.Refused}}})
	}
	return out
}

// wanted are the cells of a record, and the questions about it, that wait for a
// person or have had their word.
func (m *merging) wanted(n *exchange.News) []string {
	about := m.asked[keyOfRecord(n.Kind, n.Record)]
	if about == nil {
		return nil
	}
	var labels []string
	for _, p := range about.points {
		if p.asks() {
			labels = append(labels, p.label)
		}
	}
	return []string{sayToDecide(labels)}
}

// effects are the changes of a record that need nobody's word, masked as the
// screen must.
func (d *Desk) effects(n *exchange.News) []string {
	var parts []string
	for i := range n.Cells {
		c := &n.Cells[i]
		show := func(s exchange.Saying) string {
			if c.Field == nil || c.Field.Type == field.Ref {
				return or(s.Text, sayBlank)
			}
			return or(d.Shown(c.Field, s.Value), sayBlank)
		}
		if c.TheirsWins {
			parts = append(parts, sayCellChange(c.Label, show(c.Own), show(c.Theirs)))
		}
	}
	return parts
}
