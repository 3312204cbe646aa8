package grid

// FillDown does what Ctrl+D does.
func (g *Grid) FillDown() {
	if !g.Settle() {
		return
	}
	if !g.fillDown() {
		g.fixed()
	}
	g.Focus()
}

// FillPrevious does what Ctrl+Shift+D does.
func (g *Grid) FillPrevious() {
	if !g.Settle() {
		return
	}
	if !g.fillPrevious() {
		g.fixed()
	}
	g.Focus()
}

// fillDown copies the cell of the first selected row, in the column of the
// cursor, to the others. It reports whether the column can be edited.
func (g *Grid) fillDown() bool {
	rows := g.chosenRows()
	if !g.editable(g.current) {
		return false
	}
	if len(rows) < 2 {
		return true
	}
	text := g.textAt(rows[0], g.current)
	if text == "" && g.row(rows[0]).cell(g.current) != "" {
		return true // it is masked and not known here
	}
	g.fillWith(rows[1:], func(int) string { return text })
	return true
}

// fillPrevious gives each selected row, in the column of the cursor, what
// stood there in the period before (同上期).
func (g *Grid) fillPrevious() bool {
	previous := g.columns[g.current].Previous
	if !g.editable(g.current) || previous == nil {
		return false
	}
	g.fillWith(g.chosenRows(), func(at int) string { return previous(g.row(at).ID) })
	return true
}

// fillWith tells of the cells that become other ones, if any do, as one deed.
func (g *Grid) fillWith(rows []int, text func(at int) string) {
	var changes []Change
	for _, at := range rows {
		if t := text(at); t != g.textAt(at, g.current) {
			changes = append(changes, Change{ID: g.row(at).ID, Column: g.columns[g.current].Name, Text: t})
		}
	}
	if len(changes) > 0 {
		g.OnEdit(changes)
	}
}

// clearCells takes away what stands in the selected rows, in the column of the
// cursor. It reports whether the column can be edited.
func (g *Grid) clearCells() bool {
	if !g.editable(g.current) {
		return false
	}
	var changes []Change
	for _, at := range g.chosenRows() {
		if g.row(at).cell(g.current) != "" {
			changes = append(changes, Change{ID: g.row(at).ID, Column: g.columns[g.current].Name})
		}
	}
	if len(changes) > 0 {
		g.OnEdit(changes)
	}
	return true
}
