package page

import (
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// partsLeaf is a list inside a record: its 研判记录, its family. Cells are changed
// in place as in any list; a line opens as a record of its own.
type partsLeaf struct {
	*List

	of     *Dossier
	kind   string
	ref    string // the field that leads to the owner
	count  int
	button Buttons
}

// partsOf are the lists inside a record of a kind. Papers have a leaf of their
// own.
func partsOf(x *Dossier) []*partsLeaf {
	var out []*partsLeaf
	for _, k := range x.desk.DB.Kinds() {
		for i := range k.Fields {
			if f := &k.Fields[i]; f.Part && f.Target == x.kind.Name && k.Name != "paper" {
				out = append(out, newPartsLeaf(x, k, f.Name))
			}
		}
	}
	return out
}

func newPartsLeaf(x *Dossier, kind *field.Kind, ref string) *partsLeaf {
	p := &partsLeaf{of: x, kind: kind.Name, ref: ref}
	p.remake()
	return p
}

// remake makes the table in the present look.
func (p *partsLeaf) remake() {
	d := p.of.desk
	kind := d.DB.Kinds().Kind(p.kind)
	l := &List{desk: d, kind: kind, chip: newChipPlace(), fills: container.NewStack(), over: container.NewStack()}
	l.slots = slices.DeleteFunc(slotsOf(kind), func(s slot) bool { return s.name == p.ref })
	l.Grid = grid.New(l.columns())
	l.Grid.Today = l.today()
	l.Grid.Browse = true
	l.Grid.OnOpen = l.open
	l.Grid.SetEmpty(sayNoPart(kind.Label), "", nil)
	l.edits()
	l.source = func(tx *store.Tx) ([]field.Row, error) { return linesOf(tx, p.kind, p.ref, p.of.id) }
	l.Grid.OnShow = func(_, _ int) {
		p.count = len(l.all)
		if p.of.tabs != nil {
			p.of.tabs.relabel(p.kind, sayTab(kind.Label, p.count))
		}
	}
	p.List = l
	p.button = buttons([]Choice{{Text: doAddPart(kind.Label), Do: p.add}})
}

// linesOf are the records of a kind that are lines of another, in the order of
// their making.
func linesOf(tx *store.Tx, kind, ref, owner string) ([]field.Row, error) {
	links, err := tx.Referring(owner)
	if err != nil {
		return nil, err
	}
	var out []field.Row
	for _, l := range links {
		if l.Kind != kind || l.Field != ref {
			continue
		}
		row, ok, err := tx.Row(kind, l.ID)
		if err != nil {
			return nil, err
		}
		if ok && row.Void == "" {
			out = append(out, row)
		}
	}
	return out, nil
}

func (p *partsLeaf) leaf() leaf {
	return leaf{name: p.kind, label: sayTab(p.List.kind.Label, p.count), body: p.body, focus: p.Focus, find: p.Grid.Find}
}

func (p *partsLeaf) body() fyne.CanvasObject {
	look := theme.Current()
	head := container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), container.NewBorder(nil, nil, nil, p.button.row()))
	return container.NewBorder(head, nil, nil, nil, card(p.Grid))
}

// add fills in a new line.
func (p *partsLeaf) add() {
	d, owner := p.of.desk, p.of.id
	kind := d.DB.Kinds().Kind(p.kind)
	read(d, &d.asking, func(tx *store.Tx) (f flowStart, err error) {
		f.from.choices, err = choicesOf(tx, kind)
		f.row = blankRow(kind, map[string]string{p.ref: owner})
		for _, name := range []string{"person", "village"} { // whom it is about is whom its owner is about
			if i := kind.Index(name); i >= 0 && f.row.Values[i] == "" {
				f.row.Values[i] = p.of.of(name)
			}
		}
		return f, err
	}, func(f flowStart) {
		var fields []string
		for i := range kind.Fields[:kind.Bound()] {
			if kind.Fields[i].Name != p.ref {
				fields = append(fields, kind.Fields[i].Name)
			}
		}
		d.begin(&task{
			title: p.of.Title() + between + kind.Label, op: opRegister, key: p.of.kind.Name + "/" + owner + "/" + kind.Name, kind: kind,
			fields: fields, start: f.row, choices: f.from.choices,
			plan: func(row field.Row, _ string) verb { return putting(kind, p.ref, owner, row) },
			done: func(field.Row) string { return sayAddedPart(kind.Label) },
		})
	})
}

// putting writes a new line of a record, unless it contradicts itself.
func putting(kind *field.Kind, ref, owner string, row field.Row) verb {
	row = field.Row{Values: slices.Clone(row.Values)}
	row.Values[kind.Index(ref)] = owner
	return verb{noWarnings(func(*store.Tx) error {
		for _, p := range kind.Check(row) {
			if !p.Warning {
				return &p
			}
		}
		return nil
	}), func(tx *store.Tx) error {
		_, err := tx.PutRow(kind.Name, row)
		return err
	}}
}
