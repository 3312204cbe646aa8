package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"touyan/store/field"
	"touyan/store/xlsx"
)

// sums has what counts over the rows right: plain sums over filled columns get
// their value, and a row of 合计 that leaves a column of numbers open gets its
// sum.
func (x *filler) sums() {
	bottom := x.in.row(x.last)
	if len(x.rowLines) == 0 {
		bottom = max(x.first+len(x.Lines)-1, bottom)
	}
	for i := range x.rows {
		r := &x.rows[i]
		if r.number <= bottom || r.number > bottom+2 || !x.isSumRow(r) {
			continue
		}
		for n := range x.Table.Form.Columns {
			col := x.Table.cols[n]
			if col < 0 || !x.summed(n) {
				continue
			}
			c := r.cell(col)
			if c.formula != "" || strings.TrimSpace(c.text) != "" {
				continue
			}
			letters := strings.TrimRight(xlsx.CellName(col, 0), "1")
			c.setFormula(fmt.Sprintf("SUM(%s%d:%s%d)", letters, x.first, letters, bottom), "")
		}
	}
}

func (x *filler) isSumRow(r *wsRow) bool {
	for i := range r.cells {
		if text := r.cells[i].text; isSum(fold(text)) || isSum(spell(text)) {
			return true
		}
	}
	return false
}

// summed reports a column of amounts or counts, which a sum says something of.
func (x *filler) summed(i int) bool {
	col := &x.Table.Form.Columns[i]
	if col.Path == "" || col.Each {
		return false
	}
	_, _, last, err := x.Kinds.Resolve(x.Table.Form.Kind, col.Path)
	return err == nil && (last.Type == field.Money || last.Type == field.Number && last.Name != "terms")
}

var plainSum = regexp.MustCompile(`^SUM\(\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})\)$`)

// forget drops the values formulas had before: a plain sum over a filled column
// gets its own, and whatever opens the book reckons the others.
func (x *filler) forget() {
	for i := range x.rows {
		for n := range x.rows[i].cells {
			c := &x.rows[i].cells[n]
			if c.formula == "" {
				continue
			}
			value := ""
			if m := plainSum.FindStringSubmatch(strings.ToUpper(c.formula)); m != nil && m[1] == m[3] {
				value = x.sumOf(m)
			}
			c.setFormula(c.formula, value)
		}
	}
}

// sumOf is the sum of the numbers of a column, exactly as decimal.
func (x *filler) sumOf(m []string) string {
	col, _ := columnIndex(m[1])
	from, _ := strconv.Atoi(m[2])
	to, _ := strconv.Atoi(m[4])
	sum := decimal{}
	for i := range x.rows {
		if r := &x.rows[i]; r.number >= from && r.number <= to {
			if c := r.at(col); c != nil && c.kind != "inlineStr" {
				sum.add(c.text)
			}
		}
	}
	return sum.String()
}
