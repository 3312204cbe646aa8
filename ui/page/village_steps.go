package page

import (
	"cmp"
	"errors"
	"slices"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
	"touyan/ui/form"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// steps are what can be done with a village; none on a wall.
func (l *villageLeaf) steps() []Choice {
	d, id := l.of.desk, l.of.id
	if d.Projecting() {
		return nil
	}
	return []Choice{
		{Text: doAppoint, Do: func() { d.appoint(starting{village: id}) }},
		{Text: doSuccession, Do: func() { d.askReplace(id) }},
		{Text: cmdChangeTerm, Do: func() { d.ChangeTerm(id) }},
		{Text: doAdmit, Do: func() { d.admit(starting{village: id}) }},
		{Text: doMore, Do: func() {
			items := []*fyne.MenuItem{fyne.NewMenuItem(doMergeVillage, func() { d.askMerge(id) }), fyne.NewMenuItem(doRenameVillage, func() { d.askRename(id) })}
			items = append(items, d.moreSteps(map[string]string{"village": id})...)
			l.of.below(doMore, append(items, fyne.NewMenuItem(doVoid, l.of.askVoid)))
		}},
		{Text: doPrint, Do: l.offer},
	}
}

// offer shows the rosters that can be narrowed to one village.
func (l *villageLeaf) offer() {
	d := l.of.desk
	var items []*fyne.MenuItem
	for _, name := range []string{"committee", "reserve"} {
		f := record.FormNamed(name)
		items = append(items, fyne.NewMenuItem("《"+f.Title+"》", func() { l.print(f) }))
	}
	d.menuBelow(l.of.buttons[len(l.of.buttons)-1], items)
}

// print writes a roster of this village and opens it.
func (l *villageLeaf) print(f *field.Form) {
	l.of.desk.printOf(f, l.of.Title()+f.Title, field.Condition{Path: "village", Values: []string{l.of.id}})
}

// poolFirst puts those in the pool of a village before all others, and says so.
func poolFirst(tx *store.Tx, village string, people []form.Choice, today field.Date) ([]form.Choice, error) {
	f, err := readVillage(tx, village, today)
	if err != nil {
		return nil, err
	}
	rank := map[string]int{}
	for i, r := range f.pool {
		if r.reserve != "" {
			rank[r.person] = i - len(f.pool)
		}
	}
	out := slices.Clone(people)
	for i := range out {
		if _, in := rank[out[i].ID]; in {
			out[i].Hint = hintPool + " " + out[i].Hint
		}
	}
	slices.SortStableFunc(out, func(a, b form.Choice) int { return rank[a.ID] - rank[b.ID] })
	return out, nil
}

// outgoing is the 书记 who hands over, with all posts held in the village.
type outgoing struct {
	starting

	place  string   // name of the village
	name   string   // of who leaves
	texts  []string // the posts
	posts  map[string]string
	single []string // ticked to begin with: 书记, and 主任 where one holds both
}

func readOutgoing(tx *store.Tx, village string, kind *field.Kind, today field.Date) (o outgoing, err error) {
	o = outgoing{place: tx.Name("village", village)}
	if o.starting, err = (starting{village: village}).read(tx, kind, today); err != nil {
		return o, err
	}
	f, err := readVillage(tx, village, today)
	if err != nil {
		return o, err
	}
	for _, m := range f.team {
		var posts []*record.Post
		leads := false
		for _, id := range m.posts {
			p, err := store.Get[record.Post](tx, id)
			if err != nil {
				return o, err
			}
			posts = append(posts, p)
			leads = leads || p.Position == record.Secretary
		}
		if !leads {
			continue
		}
		o.name = m.name
		slices.SortFunc(posts, func(a, b *record.Post) int { return cmp.Compare(a.Position, b.Position) })
		var all []option
		for _, p := range posts {
			all = append(all, option{p.ID, kind.Field("position").Show(p.Position), beganOn(p.From)})
		}
		o.texts, o.posts = byText(all)
		for i, p := range posts {
			if slices.Contains(check.Singles, p.Position) {
				o.single = append(o.single, o.texts[i])
			}
		}
		return o, nil
	}
	return o, nil
}

// askReplace fills in who follows the 书记 of a village. Where there is none it
// is an appointment.
func (d *Desk) askReplace(village string) {
	kind := d.DB.Kinds().Kind("post")
	read(d, &d.asking, func(tx *store.Tx) (outgoing, error) { return readOutgoing(tx, village, kind, field.DateAt(d.DB.Now())) }, func(o outgoing) {
		if o.name == "" {
			d.appoint(starting{village: village, position: record.Secretary})
			return
		}
		d.replace(o, handingOver(kind))
	})
}

// handingOver is the kind of posts as the step of changing the 书记 calls its
// fields: its note is where the one who leaves goes.
func handingOver(kind *field.Kind) *field.Kind {
	k := *kind
	k.Fields = slices.Clone(kind.Fields)
	for name, label := range map[string]string{"person": labelComes, "from": labelHandover, "note": labelWhereTo} {
		k.Fields[k.Index(name)].Label = label
	}
	return &k
}

func (d *Desk) replace(o outgoing, kind *field.Kind) {
	which := widget.NewCheckGroup(o.texts, nil)
	which.Horizontal = true
	which.Selected = slices.Clone(o.single)
	release := widget.NewCheck(askPoolUse, nil)
	release.Checked = true
	leaves := words(o.name, theme.Current().Ink, theme.Current().Text)
	leaves.TextStyle.Bold = true
	var shown *tasking
	t := &task{
		title: titleSuccession(o.place), op: opReplace, key: o.key("replace"), kind: kind, choices: o.choices,
		fields: []string{"person", "from", "reason", "note", "manner", "document"},
		start:  blankRow(kind, nil),
		extra: container.New(layout.NewCustomPaddedVBoxLayout(0), labelled(labelLeaves, container.NewHBox(leaves)),
			labelled(labelHandsOver, flush(which)), flush(release)),
		plan: func(row field.Row, why string) verb {
			return replacing(o, kind, row, which.Selected, release.Checked, why)
		},
		done: func(row field.Row) string {
			return sayReplaced(o.place, o.name, textOfChoice(o.choices["person"], kind.Value(row, "person")))
		},
	}
	again := func() {
		if shown != nil {
			shown.recheck(shown.form.Row())
		}
	}
	which.OnChanged = func([]string) { again() }
	release.OnChanged = func(bool) { again() }
	shown = d.begin(t)
}

// replacing is the step as filled in. Where the one who leaves goes is noted on
// the posts left.
func replacing(o outgoing, kind *field.Kind, row field.Row, ticked []string, release bool, why string) verb {
	p := &record.Post{}
	kind.Fill(p, row)
	r := work.Replacement{Successor: record.Person{Head: field.Head{ID: p.Person}}, On: p.From, Reason: p.Reason,
		Manner: p.Manner, Document: p.Document, Why: why}
	for _, text := range o.texts {
		if slices.Contains(ticked, text) {
			r.Posts = append(r.Posts, o.posts[text])
		}
	}
	check := func(tx *store.Tx) ([]work.Warning, error) {
		if p.Person == "" {
			return nil, &field.Problem{Field: "person", Message: sayWhoComes}
		}
		if len(r.Posts) == 0 {
			return nil, &field.Problem{Message: sayWhatHandsOver}
		}
		_, pool, err := work.Open(tx, p.Person)
		if err != nil {
			return nil, err
		}
		r.Release = release && slices.ContainsFunc(pool, func(in *record.Reserve) bool { return in.Village == o.village })
		warnings, err := r.Check(tx)
		return warnings, handedOver(err)
	}
	return verb{check, func(tx *store.Tx) error {
		if _, err := work.Replace(tx, r); err != nil || p.Note == "" {
			return err
		}
		for _, id := range r.Posts {
			left, err := store.Get[record.Post](tx, id)
			if err != nil {
				return err
			}
			left.Note = joined(left.Note, labelWhereTo+"："+p.Note)
			if err := tx.Put(left); err != nil {
				return err
			}
		}
		return nil
	}}
}

// handedOver ties what is said of the day somebody left to the field that day
// is typed into here.
func handedOver(err error) error {
	var p *field.Problem
	if !errors.As(err, &p) || p.Field != "to" {
		return err
	}
	here := *p
	here.Field = "from"
	return &here
}

// joined adds a sentence to a note.
func joined(note, more string) string {
	if note == "" {
		return more
	}
	return note + "；" + more
}
