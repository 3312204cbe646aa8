package page

import (
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// narrowing is which records of a kind a list shows, and the words that say
// why. It lasts until its chip is pressed or the ledger is closed.
type narrowing struct {
	title string
	ids   []string
}

// narrowings are those of the lists of one window, by kind, with who shows
// them.
type narrowings struct {
	by    map[string]narrowing
	lists map[string]*List // the room of each kind, as it was last made
}

// Names goes to the list of a kind and shows exactly these records there, in
// this order where the list is not sorted, with a chip that says why and takes
// the narrowing away. What was found or filtered before is put aside. A kind
// without a list is passed over.
func (d *Desk) Names(kind, title string, ids []string) {
	if d.narrow.by == nil {
		d.narrow.by = map[string]narrowing{}
	}
	d.narrow.by[kind] = narrowing{title, once(ids)}
	if l := d.narrow.lists[kind]; l != nil {
		l.setAside()
		l.refill()
	}
	d.Room(kind)
}

// once leaves out what was there before.
func once(ids []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// listed notes which list shows a kind.
func (d *Desk) listed(l *List) {
	if d.narrow.lists == nil {
		d.narrow.lists = map[string]*List{}
	}
	d.narrow.lists[l.kind.Name] = l
}

// widen shows all records of a kind again.
func (l *List) widen() {
	delete(l.desk.narrow.by, l.kind.Name)
	l.refill()
	l.Grid.Focus()
}

// narrowed keeps of all rows those the list is narrowed to.
func (l *List) narrowed(all []grid.Row) []grid.Row {
	n, is := l.desk.narrow.by[l.kind.Name]
	if !is {
		return all
	}
	at := make(map[string]int, len(all))
	for i := range all {
		at[all[i].ID] = i
	}
	rows := make([]grid.Row, 0, len(n.ids))
	for _, id := range n.ids {
		if i, there := at[id]; there {
			rows = append(rows, all[i])
		}
	}
	return rows
}

// placeChip shows what the list is narrowed to.
func (l *List) placeChip() {
	l.chip.RemoveAll()
	if n, is := l.desk.narrow.by[l.kind.Name]; is {
		look := theme.Current()
		text := words(sayNarrowed(n.title, len(n.ids)), look.Ink, look.Text)
		mark := words(closeMark, look.Ink2, look.Text)
		l.chip.Add(newPress(container.NewHBox(text, mark), l.widen))
	}
	l.chip.Refresh()
}

// newChipPlace is where that is said.
func newChipPlace() *fyne.Container { return container.NewHBox() }

// NamesOf is Names for records of any kind: lines of others, which have no room
// of their own, are shown by whose they are.
func (d *Desk) NamesOf(kind, title string, ids []string) {
	k := d.DB.Kinds().Kind(kind)
	if k == nil || !isPart(k) {
		d.Names(kind, title, ids)
		return
	}
	var ref *field.Field
	for i := range k.Fields {
		if k.Fields[i].Part {
			ref = &k.Fields[i]
			break
		}
	}
	read(d, &d.asking, func(tx *store.Tx) (owners []string, err error) {
		for _, id := range ids {
			row, _, err := tx.Row(kind, id)
			if err != nil {
				return nil, err
			}
			if owner := k.Value(row, ref.Name); owner != "" && !slices.Contains(owners, owner) {
				owners = append(owners, owner)
			}
		}
		return owners, nil
	}, func(owners []string) { d.NamesOf(ref.Target, title, owners) })
}
