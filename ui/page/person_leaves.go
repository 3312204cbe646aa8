package page

import (
	"slices"
	"strings"

	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/screen"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// personLeaves are the tabs only a person's page has: the life as a line in
// time, posts, the pool.
type personLeaves struct {
	of     *Dossier
	life   *fyne.Container
	posts  *listing
	pool   *listing
	reveal map[string]*press // the words that show and hide private items
}

// postColumns and poolColumns are the columns of the two lists.
var (
	postColumns = []string{"position", "village", "from", "to", "term", "manner", "document", "terms", "filing", "reason", "flaw"}
	poolColumns = []string{"village", "state", "entered", "left", "source", "manner", "maturity", "direction", "contact", "exit"}
)

// villageWidth has room for the long names of villages.
const villageWidth = 152

func newPersonLeaves(x *Dossier) *personLeaves {
	l := &personLeaves{of: x, reveal: map[string]*press{}}
	l.remake()
	return l
}

// remake makes the lists in the present look.
func (l *personLeaves) remake() {
	l.life = container.New(layout.NewCustomPaddedVBoxLayout(0))
	l.posts = l.list("post", postColumns, sayNoPosts)
	l.pool = l.list("reserve", poolColumns, sayNoPool)
}

func (l *personLeaves) list(name string, columns []string, empty string) *listing {
	d := l.of.desk
	k := d.DB.Kinds().Kind(name)
	var fields []field.Field
	for _, c := range columns {
		fields = append(fields, *k.Field(c))
	}
	shown := grid.Columns(fields)
	for i := range shown {
		shown[i].Width = columnWidth(&fields[i])
		if fields[i].Type == field.Ref {
			shown[i].Width = villageWidth
		}
	}
	g := &listing{Grid: grid.New(shown)}
	g.Grid.SetEmpty(empty, "", nil)
	g.Grid.OnOpen = func(id string) { d.openRecord(k, id) }
	g.content = card(g.Grid)
	return g
}

func (l *personLeaves) leaves() []leaf {
	return []leaf{
		{name: leafLife, label: tabLife, body: func() fyne.CanvasObject {
			look := theme.Current()
			inset := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, look.Gap), container.NewVScroll(l.life))
			return container.New(besides{}, card(inset), l.of.missing.body())
		}, focus: l.focusLife},
		{name: leafPosts, label: tabPosts, body: l.posts.Content, focus: l.posts.Focus, find: l.posts.Grid.Find},
		{name: leafPool, label: tabPool, body: l.pool.Content, focus: l.pool.Focus, find: l.pool.Grid.Find},
	}
}

func (l *personLeaves) focusLife() {
	if c := screen.Of(l.life); c != nil && len(l.life.Objects) > 0 {
		if p, ok := l.life.Objects[0].(*press); ok {
			c.Focus(p)
		}
	}
}

// fill shows what was read.
func (l *personLeaves) fill(f *personFacts) {
	for i, list := range []struct {
		to    *listing
		rows  []field.Row
		leaf  string
		label string
	}{{l.posts, f.posts, leafPosts, tabPosts}, {l.pool, f.reserves, leafPool, tabPool}} {
		var rows []grid.Row
		for n, row := range list.rows {
			rows = append(rows, grid.Row{ID: row.ID, Cells: f.shown[i][n]})
		}
		list.to.fill(rows)
		l.of.tabs.relabel(list.leaf, sayTab(list.label, len(rows)))
	}
	l.drawLife(f.life)
	for _, b := range l.of.buttons {
		switch {
		case b.Text == doLeave && !f.inPost, b.Text == doRelease && !f.pool:
			b.Disable()
		default:
			b.Enable()
		}
	}
}

// event is one stretch of a life: a post, a time in the pool.
type event struct {
	kind, id   string
	from, to   string // canonical
	open       bool   // goes on
	what, tell string
}

// lifeOf puts posts and the pool in one line, newest first, what goes on before
// what ended.
func lifeOf(names *nameBook, f *personFacts) []event {
	var out []event
	kinds := names.tx.Kinds()
	add := func(name string, row field.Row, from, to string, what string, tell ...string) {
		k := kinds.Kind(name)
		e := event{kind: name, id: row.ID, from: k.Value(row, from), to: k.Value(row, to), what: what}
		e.open = e.to == ""
		var told []string
		for _, t := range tell {
			if text := names.show(k.Field(t), k.Value(row, t)); text != "" {
				told = append(told, text)
			}
		}
		e.tell = strings.Join(told, between)
		out = append(out, e)
	}
	show := func(name string, row field.Row, cell string) string {
		k := kinds.Kind(name)
		return names.show(k.Field(cell), k.Value(row, cell))
	}
	for _, row := range f.posts {
		add("post", row, "from", "to", show("post", row, "village")+" "+show("post", row, "position"), "term", "manner", "document", "filing", "reason", "flaw")
	}
	for _, row := range f.reserves {
		add("reserve", row, "entered", "left", sayPool(show("reserve", row, "village")), "source", "maturity", "state", "exit")
	}
	slices.SortStableFunc(out, func(a, b event) int {
		if a.open != b.open {
			if a.open {
				return -1
			}
			return 1
		}
		return strings.Compare(b.from, a.from)
	})
	return out
}

// drawLife draws the line in time: what goes on has a full mark, what ended an
// empty one.
func (l *personLeaves) drawLife(events []event) {
	look := theme.Current()
	l.life.RemoveAll()
	if len(events) == 0 {
		l.life.Add(container.New(layout.NewCustomPaddedLayout(look.Gap, 0, look.Gap, 0), words(sayNoLife, look.Ink2, look.Text)))
	}
	for i, e := range events {
		l.life.Add(newPress(eventLine(e, i == 0, i == len(events)-1), func() {
			if k := l.of.desk.DB.Kinds().Kind(e.kind); k != nil {
				l.of.desk.openRecord(k, e.id)
			}
		}))
	}
	l.life.Refresh()
}

func eventLine(e event, first, last bool) fyne.CanvasObject {
	look := theme.Current()
	c := look.Ink2
	if e.open {
		c = look.Ink
	}
	time := words(sayPeriod(dateText(e.from), dateText(e.to)), c, look.Text)
	what := words(e.what, look.Ink, look.Text)
	what.TextStyle.Bold = e.open
	text := container.New(layout.NewCustomPaddedVBoxLayout(look.Space/2), what)
	if e.tell != "" {
		text.Add(words(e.tell, look.Ink2, look.Caption))
	}
	dot := canvas.NewCircle(look.Surface)
	dot.StrokeColor, dot.StrokeWidth = look.Accent, look.Bar-look.Hairline
	if e.open {
		dot.FillColor = look.Accent
	}
	above, below := canvas.NewRectangle(look.Line), canvas.NewRectangle(look.Line)
	above.Hidden, below.Hidden = first, last
	rail := container.New(railLayout{}, above, below, dot)
	return container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap),
		container.NewBorder(nil, nil, container.NewHBox(least(container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), container.NewVBox(time)), fyne.NewSize(11*look.Text, 0)), rail), nil,
			container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, 0), text)))
}

// railLayout draws a piece of the line in time: the mark beside the first line
// of text, the line above and below it.
type railLayout struct{}

// MinSize is for the toolkit.
func (railLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Current().Margin, 0)
}

// Layout is for the toolkit.
func (railLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	look := theme.Current()
	d := look.Gap + look.Space/2
	middle, y := size.Width/2, look.Gap+look.Text*0.7
	place := func(o fyne.CanvasObject, from, to float32) {
		o.Move(fyne.NewPos(middle-look.Hairline/2, from))
		o.Resize(fyne.NewSize(look.Hairline, max(to-from, 0)))
	}
	place(objects[0], 0, y-d/2)
	place(objects[1], y+d/2, size.Height)
	objects[2].Move(fyne.NewPos(middle-d/2, y-d/2))
	objects[2].Resize(fyne.NewSize(d, d))
}

// dateText is a canonical date as offices write it.
func dateText(canonical string) string {
	d, err := field.DateOf(canonical)
	if err != nil {
		return canonical
	}
	return d.Office()
}
