package grid

// SetWidth makes a column as wide, at theme.BaseText, as it was left: the other
// half of OnResize, which is not told.
func (g *Grid) SetWidth(column string, width float32) {
	for i, c := range g.columns {
		if c.Name == column {
			g.setWidth(i, width)
		}
	}
}
