package page

import (
	"slices"
	"strings"

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

// steps are what can be done with a person.
func (l *personLeaves) steps() []Choice {
	d, id := l.of.desk, l.of.id
	return []Choice{
		{Text: doAppoint, Do: func() { d.askAppoint(id) }},
		{Text: doLeave, Do: func() { d.askLeave(id, l.chosenPosts()) }},
		{Text: doAdmit, Do: func() { d.askAdmit(id) }},
		{Text: doRelease, Do: func() { d.askRelease(id, "") }},
		{Text: doMore, Do: func() {
			items := []*fyne.MenuItem{fyne.NewMenuItem(doDepart, func() { d.askDepart(id) })}
			items = append(items, d.moreSteps(map[string]string{"person": id})...)
			l.of.below(doMore, append(items, fyne.NewMenuItem(doSame, l.of.askSame), fyne.NewMenuItem(doVoid, l.of.askVoid)))
		}},
	}
}

// chosenPosts are the rows selected in the list of posts, if it is shown.
func (l *personLeaves) chosenPosts() []string {
	if l.of.tabs.name() != leafPosts {
		return nil
	}
	return l.posts.Grid.Selected()
}

// blankRow is a row of a kind with some cells.
func blankRow(kind *field.Kind, cells map[string]string) field.Row {
	row := field.Row{Values: make([]string, len(kind.Fields))}
	for name, v := range cells {
		row.Values[kind.Index(name)] = v
	}
	return row
}

// starting is what a step begins with: what may be chosen, and the village one
// most likely means.
type starting struct {
	choices                   map[string][]form.Choice
	person, village, position string
}

// read finds what is not given. Of a village's step those come first who are in
// its pool.
func (s starting) read(tx *store.Tx, kind *field.Kind, today field.Date) (starting, error) {
	if s.village == "" {
		person := s.person
		s, err := startOf(tx, kind, person)
		s.person = person
		return s, err
	}
	var err error
	if s.choices, err = choicesOf(tx, kind); err != nil {
		return s, err
	}
	s.choices["person"], err = poolFirst(tx, s.village, s.choices["person"], today)
	return s, err
}

// key is where the draft of a step lies.
func (s starting) key(step string) string {
	if s.person == "" && s.village != "" {
		return "village/" + s.village + "/" + step + s.position
	}
	return keyOf(s.person, step)
}

func startOf(tx *store.Tx, kind *field.Kind, person string) (s starting, err error) {
	if s.choices, err = choicesOf(tx, kind); err != nil || person == "" {
		return s, err
	}
	posts, pool, err := work.Open(tx, person)
	for _, r := range pool {
		s.village = r.Village
	}
	for _, p := range posts {
		s.village = p.Village
	}
	return s, err
}

// onlyPerson keeps the person of a step as it was chosen.
func onlyPerson(person string) func(*field.Field) bool {
	if person == "" {
		return nil
	}
	return func(f *field.Field) bool { return f.Name == "person" }
}

// keyOf is where a draft of a step with somebody lies.
func keyOf(person, step string) string { return "person/" + person + "/" + step }

// appointing are the questions beside 任命: does who held the place leave it,
// does the one appointed leave the pool.
type appointing struct {
	desk    *Desk
	places  map[string]string // the texts offered, and the posts they stand for
	ends    *widget.CheckGroup
	reason  *widget.Select
	reasons map[string]string // codes by word
	release *widget.Check
	pooled  bool // leaving the pool has been offered
	box     *fyne.Container
}

// askAppoint fills in 任命 of somebody, or of whoever is chosen in it.
func (d *Desk) askAppoint(person string) { d.appoint(starting{person: person}) }

// appoint fills in 任命 with the person, the village or the position given.
func (d *Desk) appoint(given starting) {
	kind := d.DB.Kinds().Kind("post")
	read(d, &d.asking, func(tx *store.Tx) (starting, error) { return given.read(tx, kind, field.DateAt(d.DB.Now())) }, func(from starting) {
		found := from.choices
		q := newAppointing(d, kind)
		var shown *tasking
		t := &task{
			title: opAppoint, op: opAppoint, key: from.key("appoint"), kind: kind, choices: found,
			fields: []string{"person", "village", "position", "from", "manner", "document", "term", "statutory", "note"},
			start:  blankRow(kind, map[string]string{"person": from.person, "village": from.village, "position": from.position}), fixed: onlyPerson(from.person),
			extra: q.box,
			look:  q.look,
			plan:  func(row field.Row, why string) verb { return q.plan(kind, row, why) },
			done: func(row field.Row) string {
				return sayAppointed(textOfChoice(found["person"], kind.Value(row, "person")), textOfChoice(found["village"], kind.Value(row, "village")), kind.Field("position").Show(kind.Value(row, "position")))
			},
		}
		again := func() {
			if shown != nil {
				shown.recheck(shown.form.Row())
			}
		}
		q.ends.OnChanged = func([]string) { again() }
		q.reason.OnChanged = func(string) { again() }
		q.release.OnChanged = func(bool) { again() }
		shown = d.begin(t)
	})
}

func textOfChoice(list []form.Choice, id string) string {
	for _, c := range list {
		if c.ID == id {
			return c.Text
		}
	}
	return ""
}

func newAppointing(d *Desk, kind *field.Kind) *appointing {
	q := &appointing{desk: d, ends: widget.NewCheckGroup(nil, nil), release: widget.NewCheck(askOutOfPool, nil), reasons: map[string]string{}}
	codes := kind.Field("reason").Codes
	for _, it := range codes.Items {
		q.reasons[it.Word] = it.Code
	}
	q.reason = newSelect(codes.Words(), nil)
	q.reason.Selected = codes.Word(record.LeftByElection)
	q.box = container.NewVBox()
	return q
}

// look finds who holds the place now, and whether the one appointed is in the
// pool of the village.
func (q *appointing) look(tx *store.Tx, row field.Row) (func(), error) {
	kind := tx.Kinds().Kind("post")
	person, village, position := kind.Value(row, "person"), kind.Value(row, "village"), kind.Value(row, "position")
	var places []option
	pooled := false
	if village != "" && slices.Contains(check.Singles, position) {
		posts, err := store.Referrers[record.Post](tx, village, "village")
		if err != nil {
			return nil, err
		}
		for _, p := range posts {
			if p.To.IsZero() && p.Position == position && p.Person != person {
				places = append(places, option{p.ID, sayEnds(tx.Name("person", p.Person), kind.Field("position").Show(position)), beganOn(p.From)})
			}
		}
	}
	if person != "" && village != "" && record.InTeam(position) { // other posts take nobody out of the pool
		_, pool, err := work.Open(tx, person)
		if err != nil {
			return nil, err
		}
		pooled = slices.ContainsFunc(pool, func(r *record.Reserve) bool { return r.Village == village })
	}
	_, ids := byText(places)
	return func() { q.offer(ids, pooled) }, nil
}

// offer shows the questions there are. What was ticked stays so; a place just
// found, in office or in the pool, is ticked, for that is what one most likely
// wants.
func (q *appointing) offer(places map[string]string, pooled bool) {
	look := theme.Current()
	var texts, ticked []string
	for text, id := range places {
		texts = append(texts, text)
		if _, known := q.places[text]; !known || slices.Contains(q.ends.Selected, text) || q.places[text] != id {
			ticked = append(ticked, text)
		}
	}
	slices.Sort(texts)
	slices.Sort(ticked)
	fresh := len(q.places) == 0 && len(texts) > 0 || pooled && !q.pooled
	q.places = places
	q.ends.Options, q.ends.Selected = texts, ticked
	q.box.RemoveAll()
	if len(texts) > 0 {
		q.box.Add(flush(q.ends))
		q.box.Add(labelled(labelLeaveWhy, container.NewHBox(least(q.reason, fyne.NewSize(12*look.Text, 0)))))
	}
	if pooled {
		q.release.Checked = q.release.Checked || !q.pooled
		q.box.Add(flush(q.release))
	} else {
		q.release.Checked = false
	}
	q.pooled = pooled
	q.box.Refresh()
	if fresh && q.ends.OnChanged != nil {
		q.ends.OnChanged(ticked)
	}
}

func (q *appointing) plan(kind *field.Kind, row field.Row, why string) verb {
	p := &record.Post{}
	kind.Fill(p, row)
	a := work.Appointment{Person: p.Person, Village: p.Village, Position: p.Position, Statutory: p.Statutory, Term: p.Term,
		From: p.From, To: p.To, Manner: p.Manner, Document: p.Document, Note: p.Note, Release: q.release.Checked, Why: why}
	for _, text := range q.ends.Selected {
		if id := q.places[text]; id != "" {
			a.InPlaceOf = append(a.InPlaceOf, id)
			a.Reason = q.reasons[q.reason.Selected]
		}
	}
	return verb{a.Check, func(tx *store.Tx) error {
		_, _, err := work.Appoint(tx, a)
		return err
	}}
}

// askLeave fills in 离任 of somebody: of the posts chosen, else of all held.
func (d *Desk) askLeave(person string, chosen []string) {
	kind := d.DB.Kinds().Kind("post")
	type held struct {
		name  string
		texts []string
		posts map[string]string
	}
	read(d, &d.asking, func(tx *store.Tx) (held, error) {
		h := held{name: tx.Name("person", person)}
		posts, _, err := work.Open(tx, person)
		var all []option
		for _, p := range posts {
			all = append(all, option{p.ID, tx.Name("village", p.Village) + " " + kind.Field("position").Show(p.Position),
				strings.TrimSpace(asideOf(tx, p.Village) + " " + beganOn(p.From))})
		}
		h.texts, h.posts = byText(all)
		return h, err
	}, func(h held) {
		which := widget.NewCheckGroup(h.texts, nil)
		for _, text := range h.texts {
			if slices.Contains(chosen, h.posts[text]) {
				which.Selected = append(which.Selected, text)
			}
		}
		if len(which.Selected) == 0 {
			which.Selected = slices.Clone(h.texts)
		}
		var shown *tasking
		ticked := func() (ids []string) {
			for _, text := range which.Selected {
				ids = append(ids, h.posts[text])
			}
			return ids
		}
		t := &task{
			title: titleLeave(h.name), op: opLeave, key: keyOf(person, "leave"), kind: kind,
			fields: []string{"to", "reason", "note"}, start: blankRow(kind, nil),
			extra: container.New(layout.NewCustomPaddedVBoxLayout(0), flush(which)),
			plan: func(row field.Row, why string) verb {
				p := &record.Post{}
				kind.Fill(p, row)
				l := work.Leaving{Posts: ticked(), On: p.To, Reason: p.Reason, Note: p.Note, Why: why}
				return verb{l.Check, func(tx *store.Tx) error {
					_, err := work.Leave(tx, l)
					return err
				}}
			},
			done: func(field.Row) string { return sayLeftPosts(h.name, which.Selected) },
		}
		which.OnChanged = func([]string) {
			if shown != nil {
				shown.recheck(shown.form.Row())
			}
		}
		shown = d.begin(t)
	})
}

// askAdmit fills in 入库 of somebody.
func (d *Desk) askAdmit(person string) { d.admit(starting{person: person}) }

// admit fills in 入库 of the person, or for the village, given.
func (d *Desk) admit(given starting) {
	kind := d.DB.Kinds().Kind("reserve")
	read(d, &d.asking, func(tx *store.Tx) (starting, error) { return given.read(tx, kind, field.DateAt(d.DB.Now())) }, func(from starting) {
		found := from.choices
		d.begin(&task{
			title: opAdmit, op: opAdmit, key: from.key("admit"), kind: kind, choices: found,
			fields: []string{"person", "village", "entered", "round", "source", "manner", "maturity", "direction", "contact", "measures"},
			start:  blankRow(kind, map[string]string{"person": from.person, "village": from.village}), fixed: onlyPerson(from.person),
			plan: func(row field.Row, why string) verb {
				r := &record.Reserve{}
				kind.Fill(r, row)
				a := work.Admission{Person: r.Person, Village: r.Village, Round: r.Round, Source: r.Source, Manner: r.Manner, Entered: r.Entered,
					Maturity: r.Maturity, Direction: r.Direction, Contact: r.Contact, Measures: r.Measures, Note: r.Note, Why: why}
				return verb{a.Check, func(tx *store.Tx) error {
					_, _, err := work.AdmitReserve(tx, a)
					return err
				}}
			},
			done: func(row field.Row) string {
				return sayAdmitted(textOfChoice(found["person"], kind.Value(row, "person")), textOfChoice(found["village"], kind.Value(row, "village")))
			},
		})
	})
}

// askRelease fills in 出库 of somebody; of several places in the pool the one
// chosen, else the first.
func (d *Desk) askRelease(person, chosen string) {
	kind := d.DB.Kinds().Kind("reserve")
	type pooled struct {
		name  string
		texts []string
		ids   map[string]string
	}
	read(d, &d.asking, func(tx *store.Tx) (pooled, error) {
		p := pooled{name: tx.Name("person", person)}
		_, reserves, err := work.Open(tx, person)
		var all []option
		for _, r := range reserves {
			all = append(all, option{r.ID, sayPool(tx.Name("village", r.Village)) + between + r.Entered.Office(), asideOf(tx, r.Village)})
		}
		p.texts, p.ids = byText(all)
		return p, err
	}, func(p pooled) {
		which := widget.NewRadioGroup(p.texts, nil)
		which.Required = true
		if len(p.texts) > 0 {
			which.Selected = p.texts[0]
		}
		for _, text := range p.texts {
			if p.ids[text] == chosen {
				which.Selected = text
			}
		}
		d.begin(&task{
			title: titleRelease(p.name), op: opRelease, key: keyOf(person, "release"), kind: kind,
			fields: []string{"left", "exit", "note"}, start: blankRow(kind, nil), extra: container.NewVBox(flush(which)),
			plan: func(row field.Row, _ string) verb {
				r := &record.Reserve{}
				kind.Fill(r, row)
				l := work.Release{Reserve: p.ids[which.Selected], On: r.Left, Exit: r.Exit, Note: r.Note}
				return verb{l.Check, func(tx *store.Tx) error {
					_, err := work.ReleaseReserve(tx, l)
					return err
				}}
			},
			done: func(field.Row) string { return sayReleased(p.name) },
		})
	})
}
