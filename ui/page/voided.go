package page

import (
	"cmp"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/grid"
)

// Voided is the page of the records that count no longer (作废), the latest
// first: why, and who wrote them last. From here a 负责人 purges one for good. No
// wall shows it.
type Voided struct {
	listing

	desk  *Desk
	at    string // the row one came for
	lines map[string]voidLine
	turn  int
}

// voidLine is a voided record.
type voidLine struct {
	kind     *field.Kind
	id, name string
	owner    string // what the record is a line of; empty: it is none
	why      string
	entry    store.Entry // the last that wrote it
}

// openVoided shows the voided records on a page over the present one, with one
// of them selected if it is named.
func (d *Desk) openVoided(kind, id string) {
	v := newVoided(d)
	if id != "" {
		v.at = recordRow(kind, id)
	}
	d.Open(v)
	v.Refresh()
}

func newVoided(d *Desk) *Voided {
	v := &Voided{desk: d, lines: map[string]voidLine{}}
	v.Grid = grid.New([]grid.Column{
		{Name: "name", Label: headRecord, Type: field.Text, Width: 220, Find: true},
		{Name: "kind", Label: headKind, Type: field.Code, Width: 80},
		{Name: "owner", Label: headOwner, Type: field.Text, Width: 140, Find: true},
		{Name: "why", Label: headVoidWhy, Type: field.Text, Width: 260, Find: true},
		{Name: "who", Label: headWhoDid, Type: field.Text, Width: 130},
		{Name: "at", Label: headAt, Type: field.Day, Width: 150},
		{Name: "op", Label: headOperation, Type: field.Text, Width: 130},
	})
	v.Grid.SetEmpty(sayNoVoided, "", nil)
	v.Grid.OnSelect = func([]string) { v.enable() }
	v.Grid.OnOpen = func(string) { v.chosen(func(l voidLine) { d.openEntry(l.entry.Seq) }) }
	v.buttons = buttons([]Choice{
		{Text: doBackToList, Do: d.Close},
		{Text: doSeeEntry, Do: func() { v.chosen(func(l voidLine) { d.openEntry(l.entry.Seq) }) }},
		{Text: doPurge, Do: func() { v.chosen(v.askPurge) }},
	})
	v.content = sheet(titleVoided, sayVoidedRecords+d.why(store.Lead), v.buttons, v.filter(), card(v.Grid), nil)
	v.enable()
	return v
}

// Remake makes the page in another look.
func (v *Voided) Remake() Page {
	n := newVoided(v.desk)
	n.take(&v.listing)
	n.Refresh()
	return n
}

// Title is what the page lists.
func (v *Voided) Title() string { return titleVoided }

// Refresh reads the voided records anew.
func (v *Voided) Refresh() {
	read(v.desk, &v.turn, readVoided, func(list []voidLine) {
		clear(v.lines)
		var rows []grid.Row
		for _, l := range list {
			r := grid.Row{ID: recordRow(l.kind.Name, l.id), Cells: []string{l.name, l.kind.Label, l.owner, l.why, sayActor(l.entry.Who), sayTime(l.entry.At), l.entry.Op}}
			r.Keys = slices.Clone(r.Cells)
			r.Keys[5] = momentKey(l.entry.At)
			v.lines[r.ID] = l
			rows = append(rows, r)
		}
		v.fill(rows)
		if v.at != "" {
			v.Grid.Select(v.at)
			v.at = ""
		}
		v.enable()
	})
}

// readVoided lists what is void and was not purged.
func readVoided(tx *store.Tx) (list []voidLine, err error) {
	for _, k := range tx.Kinds() {
		for row, err := range tx.EveryRow(k.Name) {
			if err != nil {
				return nil, err
			}
			if row.Void == "" || tx.WasPurged(row.ID) {
				continue
			}
			l := voidLine{kind: k, id: row.ID, name: tx.NameOf(k, row), owner: ownerOf(tx, k, row), why: row.Void}
			seq, err := tx.Written(k.Name, row.ID)
			if err == nil {
				l.entry, _, err = tx.Entry(seq)
			}
			if err != nil {
				return nil, err
			}
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, func(a, b voidLine) int { return cmp.Compare(b.entry.Seq, a.entry.Seq) })
	return list, nil
}

// ownerOf is what people call the record a row is a line of.
func ownerOf(tx *store.Tx, k *field.Kind, row field.Row) string {
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Part && row.Values[i] != "" {
			return tx.Name(f.Target, row.Values[i])
		}
	}
	return ""
}

func (v *Voided) chosen(do func(voidLine)) {
	if ids := v.Grid.Selected(); len(ids) == 1 {
		do(v.lines[ids[0]])
	}
}

// enable lets be done what who is in may do with the one selected.
func (v *Voided) enable() {
	one := len(v.Grid.Selected()) == 1
	enable(v.buttons[1], one)
	enable(v.buttons[2], one && v.desk.DB.Session().Has(store.Lead))
}

// called is how sentences name the record.
func (l *voidLine) called() string { return cmp.Or(strings.TrimSpace(l.name), l.kind.Label) }

// what says of which sort the record is, and whose.
func (l *voidLine) what() string {
	if l.owner == "" {
		return l.kind.Label
	}
	return sayPartOf(l.owner, l.kind.Label)
}
