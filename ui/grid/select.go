package grid

import "touyan/ui/screen"

// Focus gives the grid the keyboard, or the cell that is being edited.
func (g *Grid) Focus() {
	c := screen.Of(g.body)
	switch {
	case c == nil:
	case g.edit != nil:
		c.Focus(g.edit.editor)
	default:
		c.Focus(g.body)
	}
}

// Selected returns the ids of the selected rows, in the order shown.
func (g *Grid) Selected() []string {
	ids := make([]string, 0, g.pick.count)
	for at, chosen := range g.pick.chosen {
		if chosen {
			ids = append(ids, g.row(at).ID)
		}
	}
	return ids
}

// Shown returns the ids of all rows shown, in their order: what is printed
// when one prints what one sees.
func (g *Grid) Shown() []string {
	ids := make([]string, len(g.shown))
	for at := range g.shown {
		ids[at] = g.row(at).ID
	}
	return ids
}

// Select selects the shown rows with these ids, and brings the first of them
// into sight. Without ids nothing is selected.
func (g *Grid) Select(ids ...string) {
	wanted := make(map[string]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	g.pick.none()
	for at := range g.shown {
		if !wanted[g.row(at).ID] {
			continue
		}
		if g.pick.cursor < 0 {
			g.pick.only(at)
		}
		g.pick.set(at, true)
	}
	if g.pick.cursor >= 0 {
		g.reveal(g.pick.cursor)
	}
	g.picked()
}

// Cell returns the record and the column at the cursor, empty if there is no
// cursor yet.
func (g *Grid) Cell() (id, column string) {
	if at := g.pick.cursor; at >= 0 && at < len(g.shown) {
		return g.row(at).ID, g.columns[g.current].Name
	}
	return "", ""
}

// SelectCell selects one row and takes the cursor to a column of it. What is
// not shown is left alone.
func (g *Grid) SelectCell(id, column string) {
	if c := index(g.columns, column); c >= 0 {
		g.stand(g.place(c))
	}
	g.Select(id)
}

// picked shows a new selection and tells of it.
func (g *Grid) picked() {
	g.body.mark()
	g.tell()
	g.tip.cursor()
	g.selectionChanged()
}

func (g *Grid) selectionChanged() {
	if g.OnSelect != nil {
		g.OnSelect(g.Selected())
	}
}

func (g *Grid) open(at int) {
	if g.OnOpen != nil && at >= 0 && at < len(g.shown) {
		g.OnOpen(g.row(at).ID)
	}
}

// reach says what moving the cursor does to the selection.
type reach int

const (
	alone  reach = iota // only the row it comes to is selected
	extend              // all from the anchor to it
	pass                // the selection stays
)

// moveTo takes the cursor to a row, as near as there is one.
func (g *Grid) moveTo(at int, how reach) {
	if len(g.shown) == 0 {
		return
	}
	at = min(max(at, 0), len(g.shown)-1)
	switch how {
	case extend:
		g.pick.extend(at, false)
	case pass:
		g.pick.cursor = at
	default:
		g.pick.only(at)
	}
	g.reveal(at)
	g.picked()
}

// stand takes the cursor to the column at a place, as near as there is one.
func (g *Grid) stand(place int) {
	place = min(max(place, 0), len(g.seen)-1)
	g.current = g.seen[place]
	g.revealColumn(place)
	g.body.placeRing()
	g.tip.cursor()
}
