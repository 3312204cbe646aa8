package page

import (
	"cmp"
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"

	"fyne.io/fyne/v2"
)

// steps are what can be done with a record that is neither a person nor a
// village, and the way to whose it is.
func (x *Dossier) steps() []Choice {
	d := x.desk
	var out []Choice
	switch x.kind.Name {
	case "post":
		out = []Choice{
			{Text: doLeave, Do: func() { d.askLeave(x.of("person"), []string{x.id}) }},
			{Text: doRoutes, Do: func() { d.showRoutes(x.id) }},
		}
	case "paper":
		return append(x.paperSteps(), Choice{Text: doVoid, Do: func() { d.askVoidPaper(x.id, x.name, nil) }})
	case "reserve":
		here := func() starting { return starting{person: x.of("person"), village: x.of("village")} }
		out = []Choice{
			{Text: doAdmit, Do: func() { d.admit(here()) }},
			{Text: doTakeUp, Do: func() { d.appoint(here()) }},
			{Text: doRelease, Do: func() { d.askRelease(x.of("person"), x.id) }},
		}
	}
	if x.found != nil {
		for _, s := range d.fitting(x.kind, x.found.row) {
			out = append(out, Choice{Text: s.Name + "…", Do: func() { d.askStep(s, x.id, nil) }})
		}
	}
	if x.kind.Field("person") != nil {
		out = append(out, Choice{Text: doPerson, Do: x.openPerson})
	}
	return append(out, Choice{Text: doVoid, Do: x.askVoid})
}

// offer shows the steps that fit the record as it was read.
func (x *Dossier) offer() {
	if x.person == nil && x.village == nil && x.id != "" {
		x.buttons = buttons(x.folded(x.steps()))
		x.bar.Objects = []fyne.CanvasObject{x.buttons.row()}
		x.bar.Refresh()
	}
	x.showSteps()
}

// mostSteps is how many steps stand as buttons; the others are in a menu.
const mostSteps = 4

// folded puts what there is no room for into a menu.
func (x *Dossier) folded(all []Choice) []Choice {
	if len(all) <= mostSteps+1 {
		return all
	}
	return append(slices.Clone(all[:mostSteps]), x.more(all[mostSteps:]))
}

// more is the button of a menu.
func (x *Dossier) more(rest []Choice) Choice {
	return Choice{Text: doMore, Do: func() {
		var items []*fyne.MenuItem
		for _, c := range rest {
			items = append(items, fyne.NewMenuItem(c.Text, c.Do))
		}
		x.below(doMore, items)
	}}
}

// below opens a menu below a button of the page.
func (x *Dossier) below(text string, items []*fyne.MenuItem) {
	for _, b := range x.buttons {
		if b.Text == text {
			x.desk.menuBelow(b, items)
		}
	}
}

// of is a value of the record as it was read.
func (x *Dossier) of(name string) string {
	if x.found == nil {
		return ""
	}
	return x.kind.Value(x.found.row, name)
}

// showSteps shows the steps that fit how things stand: nobody leaves a post that
// has ended, and who is only a clue is admitted before being taken up.
func (x *Dossier) showSteps() {
	if x.id == "" || x.kind.Name != "post" && x.kind.Name != "reserve" {
		return
	}
	on := x.found != nil && lasts(x.kind, x.found.row)
	clue := on && x.kind.Name == "reserve" && isClue(x.of("state"))
	for _, b := range x.buttons {
		switch b.Text {
		case doAdmit:
			b.Hidden = !clue
		case doTakeUp:
			b.Hidden = !on || clue
		case doLeave, doRelease:
			b.Hidden = !on
		}
	}
}

// isClue reports somebody looked at for the pool who is not in it yet. What
// rosters bring has no state: it is in the pool.
func isClue(state string) bool {
	return state != "" && state != record.Admitted && state != record.InTraining && !record.Gone(state)
}

// lasts reports a post that has not ended, or a place in the pool that is not
// closed.
func lasts(kind *field.Kind, row field.Row) bool {
	switch kind.Name {
	case "post":
		return kind.Value(row, "to") == ""
	case "reserve":
		return kind.Value(row, "left") == "" && !record.Gone(kind.Value(row, "state"))
	}
	return false
}

// listSteps are the steps in the head of a kind's list: with what is selected
// there, else with what is then picked.
func (d *Desk) listSteps(kind *field.Kind, selected func() []string) []Choice {
	switch kind.Name {
	case "post":
		return []Choice{{Text: doLeave, Do: func() { d.leaveAmong(selected()) }}}
	case "reserve":
		return []Choice{
			{Text: doAdmit, Do: func() { d.askAdmit("") }},
			{Text: doRelease, Do: func() { d.releaseAmong(selected()) }},
		}
	}
	return nil
}

// stepCommands are the same steps from anywhere.
func (d *Desk) stepCommands(kind *field.Kind) []Command {
	switch kind.Name {
	case "post":
		return []Command{
			{Text: cmdAppoint, Do: func() { d.askAppoint("") }},
			{Text: cmdLeave, Do: func() { d.leaveAmong(nil) }},
		}
	case "reserve":
		return []Command{
			{Text: cmdAdmit, Do: func() { d.askAdmit("") }},
			{Text: cmdRelease, Do: func() { d.releaseAmong(nil) }},
		}
	}
	return nil
}

func (d *Desk) leaveAmong(ids []string) {
	d.among("post", ids, titlePickPost, sayNobodyInPost, d.askLeave)
}

func (d *Desk) releaseAmong(ids []string) {
	d.among("reserve", ids, titlePickReserve, sayNobodyInPool, func(person string, ids []string) { d.askRelease(person, ids[0]) })
}

// ongoing is a record that lasts, and whose it is.
type ongoing struct {
	person  string
	village string
	item    pickItem
}

// among takes a step with records that last: those given, if they are one
// person's, else with the one picked.
func (d *Desk) among(name string, ids []string, title, nobody string, do func(person string, ids []string)) {
	kind := d.DB.Kinds().Kind(name)
	read(d, &d.asking, func(tx *store.Tx) ([]ongoing, error) { return ongoingOf(tx, kind) }, func(all []ongoing) {
		person := map[string]string{}
		var items []pickItem
		for _, o := range all {
			person[o.item.id] = o.person
			items = append(items, o.item)
		}
		switch {
		case len(all) == 0:
			d.Tell(Notice{Text: nobody})
		case len(ids) > 0 && person[ids[0]] != "" && !slices.ContainsFunc(ids, func(id string) bool { return person[id] != person[ids[0]] }):
			do(person[ids[0]], ids)
		default:
			d.pickFrom(title, items, func(id string) { do(person[id], []string{id}) })
		}
	})
}

// ongoingOf lists what lasts of a kind, village by village.
func ongoingOf(tx *store.Tx, kind *field.Kind) ([]ongoing, error) {
	hint := "position"
	if kind.Name == "reserve" {
		hint = "entered"
	}
	names := nameBook{tx: tx, known: map[string]string{}}
	var out []ongoing
	for row, err := range tx.Rows(kind.Name) {
		if err != nil {
			return nil, err
		}
		if !lasts(kind, row) {
			continue
		}
		village := names.show(kind.Field("village"), kind.Value(row, "village"))
		out = append(out, ongoing{person: kind.Value(row, "person"), village: village, item: pickItem{
			id:   row.ID,
			text: names.show(kind.Field("person"), kind.Value(row, "person")) + between + village,
			hint: kind.Field(hint).Show(kind.Value(row, hint)),
		}})
	}
	slices.SortStableFunc(out, func(a, b ongoing) int { return cmp.Compare(a.village, b.village) })
	return out, nil
}
