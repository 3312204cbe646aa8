package oldbook

import "touyan/store/xlsx"

// reach is how far down merged cells reach, by column: the last row each covers.
// Columns beyond those that may hold anything are left out.
type reach []int

// covers reports whether a cell that begins above the row covers its column.
func (r reach) covers(row, col int) bool { return col < len(r) && r[col] >= row }

// add notes a merged range.
func (r *reach) add(area xlsx.Range, columns int) {
	for col := area.FirstCol; col <= min(area.LastCol, columns-1); col++ {
		for len(*r) <= col {
			*r = append(*r, -1)
		}
		(*r)[col] = area.LastRow
	}
}

// shown is the cell of a format that has texts alone, as people see them: an
// error of a formula is told by its text.
func shown(col int, text string) xlsx.Cell {
	c := xlsx.Cell{Col: col, Type: xlsx.Text, Text: text}
	for _, e := range errorValues {
		if text == e {
			c.Type = xlsx.ErrorValue
		}
	}
	return c
}
