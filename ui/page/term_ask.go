package page

import (
	"cmp"
	"slices"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
	"touyan/ui/form"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
)

// ChangeTerm opens 换届 of a village; without one it asks of which first.
func (d *Desk) ChangeTerm(village string) {
	if village != "" {
		d.Open(newTermChange(d, village))
		return
	}
	drafts, err := d.DB.Drafts() // not inside the reading below: that would wait for itself
	if err != nil {
		d.Fail(err)
		return
	}
	read(d, &d.asking, func(tx *store.Tx) ([]pickItem, error) {
		return termVillages(tx, drafts, field.DateAt(d.DB.Now()))
	}, func(items []pickItem) { d.pickFrom(titleTermVillage, items, d.ChangeTerm) })
}

// termVillages lists the villages there are: those whose table was begun, those
// with the roster of a new team, then by when their term ends.
func termVillages(tx *store.Tx, drafts []string, today field.Date) ([]pickItem, error) {
	found, err := work.RecogniseTerm(tx)
	if err != nil {
		return nil, err
	}
	type due struct {
		item pickItem
		end  string
	}
	var all []due
	for v, err := range store.All[record.Village](tx) {
		if err != nil {
			return nil, err
		}
		if !v.To.IsZero() {
			continue
		}
		one := due{item: pickItem{id: v.ID, text: check.Place(tx, v.ID)}, end: "9"}
		end, over := termOver(v, today)
		switch {
		case slices.Contains(drafts, termKey(v.ID)):
			one.item.hint, one.end = hintTermDraft, ""
		case slices.ContainsFunc(found, func(t *work.TermTable) bool { return t.Village == v.ID }):
			one.item.hint, one.end = hintNewRoster, "0"
		case !end.IsZero():
			one.item.hint, one.end = sayTermEnd(end.Office(), over), end.String()
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b due) int { return cmp.Compare(a.end, b.end) })
	items := make([]pickItem, len(all))
	for i, one := range all {
		items[i] = one.item
	}
	return items, nil
}

// termOver reports when a village's term ends, and whether it has.
func termOver(v *record.Village, today field.Date) (end field.Date, over bool) {
	if v.Elected.IsZero() {
		return field.Date{}, false
	}
	end = check.After(v.Elected, 12*check.TermYears)
	return end, end.Before(today)
}

// askPlace adds a place nobody held.
func (x *TermChange) askPlace() {
	if x.found == nil {
		return
	}
	var items []*fyne.MenuItem
	for _, it := range x.desk.DB.Kinds().Kind("post").Field("position").Codes.Items {
		if check.Elected(it.Code) && !it.Retired && !slices.Contains(check.Singles, it.Code) {
			items = append(items, fyne.NewMenuItem(it.Word, func() { x.addPlace(it.Code) }))
		}
	}
	x.desk.menuBelow(x.buttons[1], items)
}

func (x *TermChange) addPlace(position string) {
	n := 0
	for _, p := range withSeats(x.found.rows, x.seats) {
		if p.id == seatID(position, n) {
			n++
		}
	}
	x.seats = append(x.seats, seatID(position, n))
	x.showLines()
	x.form.FocusLine(seatID(position, n), "who")
}

// newcomerFields are the few facts asked of somebody the ledger lacks.
var newcomerFields = []string{"name", "idno", "sex", "birth", "ethnic", "politics", "joined", "education", "phone"}

// makePerson asks for somebody the ledger lacks. They are written with the table.
func (x *TermChange) makePerson(_, name string, then func(id string)) {
	look := theme.Current()
	d := x.desk
	kind := d.DB.Kinds().Kind("person")
	var p *Panel
	var f *form.Form
	f = form.New(kind, form.Options{
		Sections: []form.Section{{Fields: newcomerFields}},
		Today:    field.DateAt(d.DB.Now()),
		Derive:   derive(kind),
		Step:     true,
		Foot:     sayNewcomerFoot,
		Post:     d.Post,
		Bares:    d.bares,
		OnSave: func(form.Edit) {
			row := f.Row()
			f.Saved(nil)
			p.Hide()
			who, err := newcomerID(kind, row)
			if err != nil {
				d.Fail(err)
				return
			}
			if !slices.ContainsFunc(x.fresh, func(c form.Choice) bool { return c.ID == who }) {
				x.fresh = append(x.fresh, form.Choice{ID: who, Text: kind.Value(row, "name"), Hint: hintNewcomer})
			}
			then(who)
		},
	})
	p = d.ShowStep(titleNewcomer(name), f, least(f, fyne.NewSize(look.WideDialog, 9*look.Row)), Choice{Text: doCancel})
	f.SetRow(blankRow(kind, map[string]string{"name": name}))
	f.Focus("idno")
}

// offerTerm says after an import that a village has the roster of a new team,
// and offers to register it. Nothing is ended by itself.
func (d *Desk) offerTerm(report exchange.Report, n Notice) {
	seq, ok := batchSeq(report.Batch)
	if !ok {
		return
	}
	read(d, new(int), func(tx *store.Tx) ([]*work.TermTable, error) { return newTeams(tx, seq) }, func(found []*work.TermTable) {
		if len(found) == 0 {
			return
		}
		var names []string
		for _, t := range found {
			names = append(names, t.Name)
		}
		village := ""
		if len(found) == 1 {
			village = found[0].Village
		}
		n.Text += sayNewTeams(names)
		n.Choices = append([]Choice{{Text: doRegisterNew, Do: func() { d.ChangeTerm(village) }}}, n.Choices...)
		d.Tell(n)
	})
}

// newTeams are the villages with a new team whose posts an operation touched.
func newTeams(tx *store.Tx, seq uint64) ([]*work.TermTable, error) {
	changes, err := tx.Changes(seq)
	if err != nil {
		return nil, err
	}
	touched := map[string]bool{}
	for _, c := range changes {
		if c.Kind != "post" {
			continue
		}
		p, err := store.Get[record.Post](tx, c.ID)
		if err != nil {
			return nil, err
		}
		touched[p.Village] = true
	}
	if len(touched) == 0 {
		return nil, nil
	}
	found, err := work.RecogniseTerm(tx)
	return slices.DeleteFunc(found, func(t *work.TermTable) bool { return !touched[t.Village] }), err
}
