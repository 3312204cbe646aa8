package page

import (
	"cmp"
	"strings"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2/container"
)

// RoomRequests is the room of 退回事项; it bears the name of their kind.
const RoomRequests = "request"

// Requests is what an office was asked to look at again, and what this one asked
// others: each line leads to its cell, and is done with once the cell says
// something else or somebody said why it stays.
type Requests struct {
	listing

	desk *Desk
	turn int
	by   map[string]askedLine
}

// askedLine is one request with what its cell shows now.
type askedLine struct {
	exchange.Request
	office, now string
}

// NewRequests makes the page.
func NewRequests(d *Desk) *Requests {
	r := &Requests{desk: d, by: map[string]askedLine{}}
	r.Grid = grid.New([]grid.Column{
		{Name: "state", Label: headState, Type: field.Code, Width: 72},
		{Name: "name", Label: headName, Type: field.Text, Width: 150, Find: true},
		{Name: "sheet", Label: headKind, Type: field.Code, Width: 84},
		{Name: "column", Label: headField, Type: field.Code, Width: 110, Find: true},
		{Name: "now", Label: headNowSays, Type: field.Text, Width: 160},
		{Name: "reason", Label: headReason, Type: field.Text, Width: 280, Find: true},
		{Name: "answer", Label: headAnswer, Type: field.Text, Width: 170},
		{Name: "office", Label: headAskedOf, Type: field.Text, Width: 120, Find: true},
		{Name: "asked", Label: headAsked, Type: field.Day, Width: 96},
	})
	r.Grid.SetEmpty(sayNoRequests, "", nil)
	r.Grid.OnSelect = func([]string) { r.enable() }
	r.Grid.OnOpen = func(string) { r.open() }
	r.buttons = buttons([]Choice{
		{Text: doGoMend, Main: true, Do: r.open},
		{Text: doExplain, Do: r.explain},
	})
	r.content = sheet(titleRequests, sayRequests, r.buttons, r.filter(), card(r.Grid), nil)
	r.enable()
	return r
}

// Remake makes the page in another look.
func (r *Requests) Remake() Page {
	n := NewRequests(r.desk)
	n.take(&r.listing)
	return n
}

// Projects says that values of people are hidden here on a wall.
func (r *Requests) Projects() {}

// Title is the room's name.
func (r *Requests) Title() string { return titleRequests }

// Refresh reads the requests anew.
func (r *Requests) Refresh() {
	read(r.desk, &r.turn, r.desk.askedLines, func(found []askedLine) {
		clear(r.by)
		var rows []grid.Row
		for _, l := range found {
			r.by[l.ID] = l
			state := wordDealt
			if l.Open {
				state = wordOpen
			}
			rows = append(rows, grid.Row{ID: l.ID, Cells: []string{state, l.Name, l.Sheet, l.Column, l.now, l.Reason, l.Answer, l.office, l.Asked.Office()}})
		}
		r.fill(rows)
		r.enable()
	})
}

// askedLines reads the requests, each with what its cell shows now.
func (d *Desk) askedLines(tx *store.Tx) ([]askedLine, error) {
	list, err := exchange.Requests(tx)
	if err != nil {
		return nil, err
	}
	var out []askedLine
	for _, one := range list {
		l := askedLine{Request: one, office: tx.Name("office", one.Office)}
		k := tx.Kinds().Kind(one.Kind)
		if k != nil {
			row, _, err := tx.Row(one.Kind, one.Record)
			if err != nil {
				return nil, err
			}
			if f := k.Field(one.Field); f != nil {
				l.now = cmp.Or(d.Shown(f, k.Value(row, one.Field)), wordBlank)
				if f.Type == field.Ref {
					l.now = tx.Name(f.Target, k.Value(row, one.Field))
				}
			}
		}
		out = append(out, l)
	}
	return out, nil
}

// requestsOpen counts what this office was asked and has not answered.
func requestsOpen(tx *store.Tx) (n int, err error) {
	list, err := exchange.Requests(tx)
	for _, r := range list {
		if r.Open && r.Ours {
			n++
		}
	}
	return n, err
}

func (r *Requests) selected() (askedLine, bool) {
	ids := r.Grid.Selected()
	if len(ids) != 1 {
		return askedLine{}, false
	}
	l, ok := r.by[ids[0]]
	return l, ok
}

func (r *Requests) enable() {
	l, ok := r.selected()
	enable(r.buttons[0], ok && l.Kind != "")
	enable(r.buttons[1], ok && l.Open && l.Ours)
}

// open leads to the cell the selected request is about.
func (r *Requests) open() {
	if l, ok := r.selected(); ok && l.Kind != "" {
		r.desk.goTo(l.Kind, l.Record, l.Field)
		r.desk.Tell(Notice{Text: sayAskedHere(l.Column, l.Reason)})
	}
}

// explain asks why a cell stays as it is, and answers the request with that.
func (r *Requests) explain() {
	l, ok := r.selected()
	if !ok || !l.Open {
		return
	}
	why := newKeyEntry()
	why.SetPlaceHolder(hintExplain)
	p := r.desk.Show(titleExplain(l.Name, l.Column), container.NewVBox(prose(sayExplain, theme.Current().Dialog), why), narrow,
		Choice{Text: doCancel}, Choice{Text: doExplainNow, Main: true, Do: func() { r.answer(l.ID, strings.TrimSpace(why.Text)) }})
	why.OnSubmitted = func(string) { p.enter() }
	r.desk.Window.Canvas().Focus(why)
}

func (r *Requests) answer(id, why string) {
	if why == "" {
		r.desk.Say(titleRequests, sayExplainNothing)
		return
	}
	r.desk.do(opExplain, func(tx *store.Tx) error {
		one, err := store.Get[record.Request](tx, id)
		if err != nil {
			return err
		}
		one.Answer = why
		return tx.Put(one)
	}, func(_ Operation, err error) {
		if err != nil {
			r.desk.Fail(err)
			return
		}
		r.Refresh()
	})
}
