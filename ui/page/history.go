package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// pastMost is how many cells a history shows: nobody reads further back here.
const pastMost = 2000

// past is the history of a record cell by cell, newest first: what stood there,
// what stands there now, who changed it, when, in which operation and from
// which book.
type past struct {
	listing

	desk *Desk
	kind *field.Kind
	id   string
	pick *widget.Select
	all  []pastLine
	turn int
}

// pastLine is one line of a history. A record's making is told once as a whole,
// and cell by cell where one field is asked for.
type pastLine struct {
	row   grid.Row
	field string // as the filter offers it
	seq   uint64 // the operation
	whole bool   // the making of a record
	first bool   // a cell of the making
}

func newPast(d *Desk, kind *field.Kind, id string) *past {
	p := &past{desk: d, kind: kind, id: id}
	p.remake()
	return p
}

// remake makes the table and its filter in the present look.
func (p *past) remake() {
	p.Grid = grid.New([]grid.Column{
		{Name: "field", Label: headField, Width: 136, Find: true},
		{Name: "was", Label: headWas, Width: 150, Find: true},
		{Name: "now", Label: headNow, Width: 150, Find: true},
		{Name: "who", Label: headWhoDid, Width: 88, Find: true},
		{Name: "at", Label: headAt, Width: 140},
		{Name: "op", Label: headOperation, Width: 112, Find: true},
		{Name: "book", Label: headSource, Width: 168, Find: true},
		{Name: "record", Label: headRecord, Width: 200, Find: true},
	})
	p.Grid.SetEmpty(sayNoPast, "", nil)
	p.Grid.OnOpen = p.open
	chosen := wordAllFields
	if p.pick != nil {
		chosen = p.pick.Selected
	}
	p.pick = newSelect([]string{wordAllFields}, func(string) { p.sift() })
	p.pick.Selected = chosen
	if p.all != nil {
		p.offer()
		p.sift()
	}
}

// body is the leaf.
func (p *past) body() fyne.CanvasObject {
	look := theme.Current()
	line := container.NewHBox(container.NewCenter(words(headField, look.Ink2, look.Text)), least(p.pick, fyne.NewSize(14*look.Text, 0)), container.NewCenter(words(sayPast, look.Ink2, look.Text)))
	return container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), line), nil, nil, nil, card(p.Grid))
}

// refresh reads the history anew.
func (p *past) refresh() {
	read(p.desk, &p.turn, p.read, func(lines []pastLine) {
		p.all = lines
		p.offer()
		p.sift()
	})
}

// lived are the kinds whose records belong to another's history.
var lived = map[string][]string{"person": {"post", "reserve", "paper"}, "village": {"paper"}}

func (p *past) read(tx *store.Tx) ([]pastLine, error) {
	var out []pastLine
	for past, err := range tx.History(p.kind.Name, p.id, lived[p.kind.Name]...) {
		if err != nil {
			return nil, err
		}
		out = append(out, p.lines(tx, past, len(out))...)
		if len(out) > pastMost {
			break
		}
	}
	return out, nil
}

// lines are those of one operation on one record.
func (p *past) lines(tx *store.Tx, past store.Past, n int) (out []pastLine) {
	k := tx.Kinds().Kind(past.Kind)
	if k == nil {
		return nil
	}
	about := k.Label
	if past.Kind != p.kind.Name {
		name := tx.Name(past.Kind, past.ID)
		about += " " + strings.TrimSpace(strings.TrimPrefix(name, tx.Name(p.kind.Name, p.id)))
	}
	add := func(label, name, was, now string, who string, at string, book string) *pastLine {
		row := grid.Row{ID: fmt.Sprint(n + len(out)), Cells: []string{label, was, now, who, at, past.Entry.Op, book, about}}
		row.Keys = slices.Clone(row.Cells)
		row.Keys[4] = past.Entry.At.UTC().Format("20060102150405.000")
		out = append(out, pastLine{row: row, field: name, seq: past.Entry.Seq})
		return &out[len(out)-1]
	}
	seen := p.desk.veil()
	at, book := sayTime(past.Entry.At), ""
	if past.Entry.Batch != nil {
		book = past.Entry.Batch.Book
	}
	if past.Created || past.Removed {
		label, what := wordBegun, sayBegun(len(past.Cells))
		if past.Removed {
			label, what = wordRemoved, ""
		}
		add(label, "", "", what, past.Entry.Who.Name, at, book).whole = true
	}
	for _, c := range past.Cells {
		f := k.Field(c.Name)
		who, when, from := past.Entry.Who.Name, at, book
		if o := c.Origin; !o.At.IsZero() || o.Book != "" {
			who, from = strings.TrimSpace(o.Name+" "+o.Who), cmp.Or(book, o.Book)
			if !o.At.IsZero() {
				when = sayTime(o.At)
			}
		}
		now := seen.past(f, c.Now, c.NowText)
		if len(c.Beside) > 0 {
			now += sayBeside(seen.beside(f, c.Beside))
		}
		name := c.Label
		if past.Kind != p.kind.Name {
			name = k.Label + between + c.Label
		}
		add(c.Label, name, seen.past(f, c.Was, c.WasText), now, who, when, from).first = past.Created || past.Removed
	}
	return out
}

// offer lists the fields the history speaks of.
func (p *past) offer() {
	options := []string{wordAllFields}
	for _, l := range p.all {
		if l.field != "" && !slices.Contains(options, l.field) {
			options = append(options, l.field)
		}
	}
	p.pick.Options = options
	if !slices.Contains(options, p.pick.Selected) {
		p.pick.Selected = wordAllFields
	}
	p.pick.Refresh()
}

// open shows the operation of a line, from where the batch and the book it came
// from are one press away.
func (p *past) open(id string) {
	for _, l := range p.all {
		if l.row.ID == id {
			p.desk.openEntry(l.seq)
			return
		}
	}
}

// sift shows the lines of the field chosen.
func (p *past) sift() {
	var rows []grid.Row
	for _, l := range p.all {
		if p.pick.Selected == wordAllFields && !l.first || p.pick.Selected != wordAllFields && l.field == p.pick.Selected {
			rows = append(rows, l.row)
		}
	}
	p.fill(rows)
}
