package sheet

import (
	"fmt"
	"slices"
	"strings"

	"touyan/store/field"
)

// A blank may have its rows named beforehand: each village, or each person, has
// the row it is to be filled into.

// named finds the rows of such a blank and the line that each takes; a row of
// which no line is known takes none. It has none where the first row below the
// heads says nothing, or says something of the blank itself: a sum, a foot.
func (x *filler) named() error {
	key := -1
	over := "" // what the rows above say in the key's column: merged, or said once for several
	taken := make([]bool, len(x.Lines))
	number := x.numberColumn()
	for i := range x.rows {
		r := &x.rows[i]
		if r.number < x.first {
			continue
		}
		said := x.saidBy(r)
		if r.number != x.first+len(x.rowLines) || len(r.cells) == 0 || x.isSumRow(r) || len(said) == 0 && x.says(r, number) {
			break
		}
		if key < 0 {
			if key = firstOf(said); key < 0 {
				return nil
			}
		}
		if said[key] != "" {
			over = said[key]
		} else {
			said[key] = over
		}
		line := slices.IndexFunc(x.Lines, func(l Line) bool { return x.sameLine(&l, said) })
		for line >= 0 && taken[line] {
			next := slices.IndexFunc(x.Lines[line+1:], func(l Line) bool { return x.sameLine(&l, said) })
			if next < 0 {
				line = -1
				break
			}
			line += 1 + next
		}
		if line >= 0 {
			taken[line] = true
		} else if name := strings.TrimSpace(x.saidBy(r)[key]); name != "" {
			x.unplaced.Rows = append(x.unplaced.Rows, name)
		}
		x.rowLines = append(x.rowLines, line)
	}
	if len(x.rowLines) == 0 {
		return nil
	}
	x.last = x.first + len(x.rowLines) - 1
	if !slices.Contains(taken, true) {
		return fmt.Errorf("“%s”的各行已经写好名称（%s等），在台账里都找不到，没有套填；请核对名称，或删去这些行的名称再试", x.Table.Sheet, over)
	}
	for i := range x.Lines {
		if !taken[i] {
			x.unplaced.Lines = append(x.unplaced.Lines, i)
		}
	}
	return nil
}

// saidBy is what a row of the blank says in the columns that records fill, by
// column of the form.
func (x *filler) saidBy(r *wsRow) map[int]string {
	out := map[int]string{}
	for i := range x.Table.Form.Columns {
		col := x.Table.cols[i]
		if col < 0 || x.Table.Form.Columns[i].Path == "" {
			continue
		}
		if c := r.at(col); c != nil && c.formula == "" && strings.TrimSpace(c.text) != "" {
			out[i] = strings.TrimSpace(c.text)
		}
	}
	return out
}

// firstOf is the first column of those said, -1 if there is none.
func firstOf(said map[int]string) int {
	first := -1
	for i := range said {
		if first < 0 || i < first {
			first = i
		}
	}
	return first
}

// sameLine reports whether a line is what a row says: names of places may be
// written longer or shorter.
func (x *filler) sameLine(l *Line, said map[int]string) bool {
	for i, text := range said {
		shown := l.cell(i)
		_, holder, last, err := x.Kinds.Resolve(x.Table.Form.Kind, x.Table.Form.Columns[i].Path)
		if err == nil && last.Name == holder.Named && holder.FoldName(shown) == holder.FoldName(text) {
			continue
		}
		if field.TidyName(shown) != field.TidyName(text) {
			return false
		}
	}
	return true
}

// fillNamed fills the rows named beforehand. What they say stays as it is written.
func (x *filler) fillNamed() error {
	for n, line := range x.rowLines {
		r := x.row(x.first + n)
		if line < 0 {
			continue
		}
		if err := x.fillRow(r, line, true); err != nil {
			return err
		}
	}
	return nil
}
