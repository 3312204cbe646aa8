package page

import (
	"errors"
	"image/color"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// missing lists what a record lacks and what contradicts itself; each line
// leads to the field.
type missing struct {
	of    *Dossier
	empty []finding
	wrong []finding
	known bool // wrong was read
	box   *fyne.Container
	turn  int
}

// finding is one line of the list.
type finding struct {
	level    check.Level // empty: a cell is empty
	text     string
	kind, id string
	field    string
}

// usual are the cells, beside those required, that an office's tables of a kind
// always ask for.
var usual = map[string][]string{
	"person":  {"idno", "sex", "ethnic", "birth", "politics", "education", "phone"},
	"post":    {"from", "manner", "term"},
	"reserve": {"source", "entered", "maturity", "direction"},
	"village": {"code", "type", "elected", "party_seats", "committee_seats"},
	"office":  {"code", "parent", "committee"},
}

// emptied are the rules about empty cells, which stand in the list one by one.
var emptied = map[string]bool{"required": true, "missing": true}

func newMissing(x *Dossier) *missing { return &missing{of: x, box: container.NewVBox()} }

// body is the right part of the page.
func (m *missing) body() fyne.CanvasObject {
	look := theme.Current()
	inset := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Margin-look.Gap, look.Gap), container.NewVScroll(m.box))
	m.draw()
	return least(card(inset), fyne.NewSize(20*look.Text, 0))
}

// showEmpty lists the cells that should not be empty.
func (m *missing) showEmpty(row field.Row) {
	m.empty = nil
	kind := m.of.kind
	asked := map[string]bool{}
	for _, name := range usual[kind.Name] {
		asked[name] = true
	}
	for i := range kind.Fields {
		f := &kind.Fields[i]
		if (f.Required || asked[f.Name]) && row.Values[i] == "" {
			m.empty = append(m.empty, finding{text: f.Label, kind: kind.Name, id: row.ID, field: f.Name})
		}
	}
	m.draw()
}

// refresh looks anew for contradictions, of a person's posts and places in the
// pool too.
func (m *missing) refresh() {
	d, kind, id := m.of.desk, m.of.kind, m.of.id
	read(d, &m.turn, func(tx *store.Tx) ([]finding, error) {
		all, err := d.findings(tx)
		if err != nil {
			return nil, err
		}
		about := map[string]bool{kind.Name + "/" + tx.Canonical(id): true}
		if kind.Name == "person" {
			links, err := tx.Referring(id)
			if err != nil {
				return nil, err
			}
			for _, l := range links {
				about[l.Kind+"/"+l.ID] = true
			}
		}
		place := "" // as sentences on a village begin
		if kind.Name == "village" {
			f, err := readVillage(tx, id, field.DateAt(d.DB.Now()))
			if errors.Is(err, store.ErrNoRecord) {
				return nil, nil // the page goes with it
			}
			if err != nil {
				return nil, err
			}
			villagePeople(f, about)
			place = f.light.Place
		}
		var out []finding
		for _, p := range all {
			own := p.Kind == kind.Name
			if !about[p.Kind+"/"+p.Record] || own && emptied[p.Rule] {
				continue
			}
			text := p.Message
			if own {
				text = strings.TrimPrefix(strings.TrimPrefix(text, p.Name+"："), place)
			}
			out = append(out, finding{level: p.Level, text: text, kind: p.Kind, id: p.Record, field: p.Field})
		}
		return out, nil
	}, func(found []finding) {
		m.wrong, m.known = found, true
		m.draw()
	})
}

func (m *missing) draw() {
	look := theme.Current()
	m.box.RemoveAll()
	width := m.width()
	if m.of.id == "" {
		m.box.Add(prose(sayNewHelp(m.of.kind.Label), width))
		return
	}
	m.box.Add(container.New(layout.NewCustomPaddedLayout(0, look.Space, look.Gap, 0), heading(sayFindings(len(m.wrong), len(m.empty)), look.Subheading)))
	if m.known && len(m.wrong)+len(m.empty) == 0 {
		m.box.Add(container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, 0), words(sayComplete, look.Good, look.Text)))
	}
	for _, f := range append(m.wrong[:len(m.wrong):len(m.wrong)], m.empty...) {
		m.box.Add(m.line(f, width))
	}
	m.box.Refresh()
}

// width is what a line of the list may take: the window is no narrower than
// this allows for.
func (m *missing) width() float32 {
	look := theme.Current()
	inside := m.of.desk.Window.Canvas().Size().Width - look.Sidebar - 2*look.Margin
	return max(inside*asideShare-2*look.Margin-2*look.Gap, 16*look.Text)
}

func (m *missing) line(f finding, width float32) fyne.CanvasObject {
	look := theme.Current()
	mark, c := wordEmpty, color.Color(look.Warn)
	switch f.level {
	case check.Notice:
		mark, c = string(f.level), look.Info
	case check.Fault, check.Grave:
		mark, c = string(f.level), look.Bad
	}
	label := words(mark, c, look.Text)
	label.TextStyle.Bold = true
	left := 3 * look.Text
	text := container.New(layout.NewCustomPaddedVBoxLayout(look.Space / 2))
	for _, line := range wrapped(f.text, width-left, look.Text) {
		text.Add(words(line, look.Ink, look.Text))
	}
	row := container.NewBorder(nil, nil, least(container.NewVBox(label), fyne.NewSize(left, 0)), nil, text)
	return newPress(container.New(layout.NewCustomPaddedLayout(look.Space, look.Space, look.Gap, look.Gap), row), func() { m.lead(f) })
}

// lead goes to the field, of this record or of another.
func (m *missing) lead(f finding) {
	x := m.of
	if f.kind == x.kind.Name {
		x.toField(f.field)
		return
	}
	if k := x.desk.DB.Kinds().Kind(f.kind); k != nil {
		x.desk.Open(x.desk.pageOf(k, f.id, f.field))
	}
}
