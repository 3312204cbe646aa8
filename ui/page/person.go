package page

import (
	"cmp"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// personFacts are what the ledger knows of a person beside the cells.
type personFacts struct {
	today    field.Date
	posts    []field.Row // newest first
	reserves []field.Row
	stays    []stay  // what is held now, by village
	life     []event // newest first
	shown    [2][][]string
	pool     bool // in the pool of some village
	inPost   bool
}

// stay is what somebody holds now in one village, and until when.
type stay struct {
	village, positions string
	both               bool       // 书记 and 主任 at once
	until              field.Date // zero: no elected post, or the election is not known
	left               int        // months until then
	soon               bool       // few enough to be told
}

// readPerson gathers posts and places in the pool.
func readPerson(tx *store.Tx, id string, today field.Date) (*personFacts, error) {
	f := &personFacts{today: today}
	links, err := tx.Referring(id)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if l.Kind != "post" && l.Kind != "reserve" || l.Field != "person" {
			continue
		}
		row, ok, err := tx.Row(l.Kind, l.ID)
		if err != nil {
			return nil, err
		}
		if !ok || row.Void != "" {
			continue
		}
		if l.Kind == "post" {
			f.posts = append(f.posts, row)
		} else {
			f.reserves = append(f.reserves, row)
		}
	}
	posts, reserves := tx.Kinds().Kind("post"), tx.Kinds().Kind("reserve")
	newest(posts, f.posts, "from", "position")
	newest(reserves, f.reserves, "entered", "village")
	names := nameBook{tx: tx, known: map[string]string{}}
	f.shown[0], f.shown[1] = cellsOf(&names, posts, postColumns, f.posts), cellsOf(&names, reserves, poolColumns, f.reserves)
	f.pool = slices.ContainsFunc(f.reserves, func(r field.Row) bool {
		return reserves.Value(r, "left") == "" && !record.Gone(reserves.Value(r, "state"))
	})
	f.life = lifeOf(&names, f)
	return f, f.stay(tx, &names)
}

// newest sorts rows by a date, the latest first, what has none last.
func newest(k *field.Kind, rows []field.Row, date, then string) {
	slices.SortStableFunc(rows, func(a, b field.Row) int {
		return cmp.Or(cmp.Compare(k.Value(b, date), k.Value(a, date)), cmp.Compare(k.Value(a, then), k.Value(b, then)))
	})
}

func cellsOf(names *nameBook, k *field.Kind, columns []string, rows []field.Row) (out [][]string) {
	for _, row := range rows {
		var cells []string
		for _, name := range columns {
			cells = append(cells, names.show(k.Field(name), k.Value(row, name)))
		}
		out = append(out, cells)
	}
	return out
}

// stay finds what the person holds now.
func (f *personFacts) stay(tx *store.Tx, names *nameBook) error {
	k := tx.Kinds().Kind("post")
	rules, err := rule.Of(tx, f.today)
	if err != nil {
		return err
	}
	by := map[string][]*record.Post{}
	var order []string
	for _, row := range f.posts {
		if k.Value(row, "to") != "" {
			continue
		}
		p := &record.Post{}
		k.Fill(p, row)
		if by[p.Village] == nil {
			order = append(order, p.Village)
		}
		by[p.Village] = append(by[p.Village], p)
	}
	f.inPost = len(order) > 0
	for _, id := range order {
		list := by[id]
		slices.SortStableFunc(list, func(a, b *record.Post) int { return cmp.Compare(a.Position, b.Position) })
		s := stay{village: names.show(k.Field("village"), id)}
		var positions []string
		held, elected := map[string]bool{}, false
		for _, p := range list {
			positions = append(positions, names.show(k.Field("position"), p.Position))
			held[p.Position] = true
			elected = elected || check.Elected(p.Position)
		}
		s.positions, s.both = strings.Join(positions, "、"), held[record.Secretary] && held[record.Head]
		v, err := store.Get[record.Village](tx, id)
		if err == nil && elected && !v.Elected.IsZero() {
			s.until = check.After(v.Elected, 12*check.TermYears)
			s.left = months(f.today, s.until)
			s.soon = s.left <= rules.Limit(rule.TermNotice)
		}
		f.stays = append(f.stays, s)
	}
	return nil
}

// months are the full months from one day to another, negative if it has
// passed. A missing month counts as the first.
func months(from, to field.Date) int {
	n := 12*(to.Year-from.Year) + max(to.Month, 1) - max(from.Month, 1)
	if to.Day > 0 && from.Day > to.Day {
		n--
	}
	return n
}

// head draws who the person is: three lines that answer most questions.
func (l *personLeaves) head(box *fyne.Container) {
	look := theme.Current()
	x := l.of
	row, value := x.found.row, func(name string) string { return x.kind.Value(x.found.row, name) }
	show := func(name string) string { return x.kind.Field(name).Show(value(name)) }
	about := []string{show("sex"), show("ethnic")}
	if birth, err := field.DateOf(value("birth")); err == nil && !birth.IsZero() {
		text := birth.Office()
		if years, ok := birth.Age(x.found.person.today); ok {
			text += sayAge(years)
		}
		about = append(about, text)
	}
	about = append(about, strings.TrimSpace(show("politics")+" "+show("joined")))
	about = slices.DeleteFunc(about, func(s string) bool { return s == "" })
	box.Add(container.NewHBox(heading(x.kind.Value(row, "name"), look.Heading), beside(strings.Join(about, between), look.Ink2)))
	for _, s := range x.found.person.stays {
		box.Add(stayLine(s))
	}
	if len(x.found.person.stays) == 0 {
		box.Add(words(sayNoPost(x.found.person.pool), look.Ink2, look.Text))
	}
	box.Add(container.NewHBox(l.hidden("idno"), l.hidden("phone")))
}

// stayLine is what is held in one village, and how long it still runs.
func stayLine(s stay) fyne.CanvasObject {
	look := theme.Current()
	held := s.village + " " + s.positions
	if s.both {
		held += sayBoth
	}
	line := container.New(layout.NewCustomPaddedHBoxLayout(look.Margin), words(held, look.Ink, look.Text))
	if s.until.IsZero() {
		return line
	}
	term := words(sayUntil(s.until.Office()), look.Ink2, look.Text)
	line.Add(term)
	if s.soon {
		c := look.Warn
		if s.left < 0 {
			c = look.Bad
		}
		warn := words(sayTermLeft(s.left), c, look.Text)
		warn.TextStyle.Bold = true
		line.Add(warn)
	}
	return line
}

// hidden is a private item with the word that shows or hides it: on this page
// only, and until it is left.
func (l *personLeaves) hidden(name string) fyne.CanvasObject {
	look := theme.Current()
	x := l.of
	f, value := x.kind.Field(name), x.kind.Value(x.found.row, name)
	text := container.NewHBox(words(f.Label, look.Ink2, look.Text))
	if value == "" {
		text.Add(words(sayNotGiven, look.Warn, look.Text))
		return container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Margin), text)
	}
	shown, do := x.desk.Shown(f, value), doShow
	if x.open[name] {
		shown, do = f.Show(value), doHide
	}
	text.Add(words(shown, look.Ink, look.Text))
	if x.desk.veil().bares(f) {
		return container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Margin), text)
	}
	l.reveal[name] = pressWord(do, func() {
		if x.open[name] = !x.open[name]; x.open[name] {
			x.desk.noteRevealed(x.kind, x.id, x.name)
		}
		x.showHead()
		if c := screen.Of(x.content); c != nil {
			c.Focus(l.reveal[name])
		}
	})
	text.Add(l.reveal[name])
	return container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Margin), text)
}
