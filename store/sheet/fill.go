package sheet

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"touyan/store/field"
)

// Filling is what goes into a blank: a form of somebody else's, whose heads were
// found like those of any book.
type Filling struct {
	Table *Table // the blank as it was read: which column takes what
	Kinds field.Kinds
	Lines []Line // Cells by column of Table.Form
	Unit  string // 填报单位, where the blank asks for it and has nothing
	Day   string // 填报时间, likewise

	// Before, if set, runs once the copy is written and checked, just before it
	// takes its name.
	Before func() error
}

// Unplaced is what found no place in a blank whose rows are named beforehand.
type Unplaced struct {
	Lines []int    // by index, those that have no row
	Rows  []string // names of the rows that no line is for, which stay empty
}

// Fill writes a filled copy of a blank. The blank itself is read only. Of the
// copy everything is as its makers wrote it but the cells that were filled, the
// rows that came in where it had too few, and what counts over them. The copy is
// read back and compared before it takes its name. Errors are Chinese sentences,
// but for a cancelled ctx.
func Fill(ctx context.Context, blank, path string, f Filling) (Unplaced, error) {
	p, err := openPackage(ctx, blank, f.Table.Index)
	if err != nil {
		return Unplaced{}, err
	}
	defer p.close()
	w, err := readWorksheet(p.sheet, p.texts)
	if err != nil {
		return Unplaced{}, fmt.Errorf("“%s”里的表拆不开，没有套填；请用 WPS 打开另存为 .xlsx 再试：%w", f.Table.Sheet, err)
	}
	x := &filler{Filling: &f, worksheet: w, p: p, want: map[[2]int]string{}}
	x.place()
	if x.last < x.first {
		if err := x.named(); err != nil {
			return Unplaced{}, err
		}
	}
	if len(x.rowLines) > 0 {
		if err := x.fillNamed(); err != nil {
			return Unplaced{}, err
		}
		x.finish()
		return x.unplaced, p.save(ctx, path, x)
	}
	if bytes.Contains(w.tail, []byte("tablePart ")) && len(f.Lines) > x.last-x.first+1 {
		return Unplaced{}, fmt.Errorf("“%s”套用了“表格”，行不够又加不了行，没有套填；请在表头下多留几行，或把它转换为普通区域再试", f.Table.Sheet)
	}
	if len(f.Lines) > 0 && x.last < x.first {
		return Unplaced{}, fmt.Errorf("“%s”的表头下面没有可以填的行，没有套填；请在表头下留一行空白的格子", f.Table.Sheet)
	}
	x.makeRoom()
	for i := range f.Lines {
		if err := ctx.Err(); err != nil {
			return Unplaced{}, err
		}
		if err := x.fillRow(x.row(x.first+i), i, false); err != nil {
			return Unplaced{}, err
		}
	}
	x.finish()
	return Unplaced{}, p.save(ctx, path, x)
}

// finish completes what stands around the rows.
func (x *filler) finish() {
	x.fillLabels()
	x.sums()
	x.forget()
}

// filler is a blank being filled. Rows count from 1.
type filler struct {
	*Filling
	*worksheet
	p *parcel

	first, last int // the rows the blank has for data; last < first: none
	in          inserted
	want        map[[2]int]string // what was filled in, by row and 0-based column

	rowLines []int // of rows named beforehand: the line each takes, -1 for none
	unplaced Unplaced
}

// place finds the rows the blank has for data: from the heads down to the first
// row that says something, or where nothing is ruled any more.
func (x *filler) place() {
	x.first = x.Table.HeadRow + x.Table.HeadRows
	x.last = x.first - 1
	number := x.numberColumn()
	for i := range x.rows {
		r := &x.rows[i]
		if r.number < x.first {
			continue
		}
		if r.number > x.last+1 || len(r.cells) == 0 || x.says(r, number) {
			break
		}
		x.last = r.number
	}
	if x.last < x.first {
		x.begin()
	}
}

// begin gives a blank that ends with its heads a first row.
func (x *filler) begin() {
	at := 0
	for at < len(x.rows) && x.rows[at].number < x.first {
		at++
	}
	if at < len(x.rows) && x.rows[at].number == x.first {
		if x.says(&x.rows[at], -1) {
			return // a sum or a foot right below the heads
		}
	} else {
		x.rows = slices.Insert(x.rows, at, wsRow{number: x.first})
	}
	x.last = x.first
}

// says reports a row in which something stands that is no place for data: a sum,
// a foot. The number of a row and formulas are none.
func (x *filler) says(r *wsRow, number int) bool {
	for i := range r.cells {
		c := &r.cells[i]
		if text := strings.TrimSpace(c.text); c.formula == "" && text != "" && (c.column != number || !isCount(text)) {
			return true
		}
	}
	return false
}

// numberColumn is the column of 序号, -1 if the blank has none.
func (x *filler) numberColumn() int {
	for i := range x.Table.Form.Columns {
		if c := &x.Table.Form.Columns[i]; c.Path == "" && c.Head == "序号" {
			return x.Table.cols[i]
		}
	}
	return -1
}

// makeRoom brings in rows like the last one where the blank has too few.
func (x *filler) makeRoom() {
	x.in = inserted{x.last, max(0, len(x.Lines)-(x.last-x.first+1))}
	if x.in.more == 0 {
		return
	}
	var rows []wsRow
	for _, r := range x.rows {
		r = x.moved(r)
		rows = append(rows, r)
		if r.number != x.last {
			continue
		}
		for n := range x.in.more {
			rows = append(rows, x.like(r, n+1))
		}
	}
	x.rows = rows
	x.head = x.in.attributes(x.head)
	x.tail = x.in.attributes(x.tail)
	x.p.move(x.in, x.Table.Sheet)
}

// moved is a row where it stands now, with its formulas.
func (x *filler) moved(r wsRow) wsRow {
	r.number = x.in.row(r.number)
	for i := range r.cells {
		if c := &r.cells[i]; c.formula != "" {
			c.formula = x.in.move(c.formula, x.Table.Sheet, true)
		}
	}
	return r
}

// like is a copy of the last data row, so many rows below it.
func (x *filler) like(r wsRow, below int) wsRow {
	out := wsRow{number: r.number + below, attrs: r.attrs}
	for _, c := range r.cells {
		if c.formula != "" {
			c.formula = copied(c.formula, below, 0)
		}
		out.cells = append(out.cells, c)
	}
	return out
}

// row is the row of a number, which the blank has.
func (x *filler) row(number int) *wsRow {
	for i := range x.rows {
		if x.rows[i].number == number {
			return &x.rows[i]
		}
	}
	return &wsRow{number: number}
}

// fillRow fills one row; keep leaves alone what it says already. A formula of the
// blank's stays where the column is one the program would only reckon.
func (x *filler) fillRow(r *wsRow, line int, keep bool) error {
	form := x.Table.Form
	for i := range form.Columns {
		col := x.Table.cols[i]
		if col < 0 {
			continue
		}
		text, number := x.cell(i, x.Lines[line].cell(i))
		c := r.cell(col)
		if form.Columns[i].Path == "" && c.formula != "" || keep && strings.TrimSpace(c.text) != "" {
			continue
		}
		switch {
		case text == "":
			c.clear()
			continue
		case number:
			c.setNumber(text)
		default:
			if fault := textFault(lineEnds(text)); fault != "" {
				return fmt.Errorf("第%d行的“%s”%s", line+1, x.Table.HeadTexts()[0], fault)
			}
			text = lineEnds(text)
			c.setText(text)
		}
		x.want[[2]int{r.number, col}] = text
	}
	return nil
}

// cell is what is filled into a column, and whether it is a number: of money in
// the unit the blank asks for.
func (x *filler) cell(i int, text string) (string, bool) {
	col := &x.Table.Form.Columns[i]
	if col.Path == "" {
		_, shown, ok := exact(text)
		return or(shown, text, ok), ok
	}
	_, _, last, err := x.Kinds.Resolve(x.Table.Form.Kind, col.Path)
	if err != nil || last.Type != field.Number && last.Type != field.Money || col.Each {
		return text, false
	}
	if last.Type == field.Money && x.unit(x.Table.cols[i]) == "万元" {
		text = tenThousandths(text)
	}
	_, shown, ok := exact(text)
	return or(shown, text, ok), ok
}

func or(a, b string, first bool) string {
	if first {
		return a
	}
	return b
}

// unit is the unit of a column of money.
func (x *filler) unit(col int) string {
	for i := range x.Table.Heads {
		if h := &x.Table.Heads[i]; h.Col == col {
			if u := unitOf(h.Text); u != "" {
				return u
			}
		}
	}
	return x.Table.Unit
}

// tenThousandths turns an amount in 元 into one in 万元; what is no amount stays.
func tenThousandths(text string) string {
	yuan, fen, _ := strings.Cut(strings.ReplaceAll(text, ",", ""), ".")
	if yuan == "" || strings.Trim(yuan, "0123456789") != "" || strings.Trim(fen, "0123456789") != "" {
		return text
	}
	digits := strings.Repeat("0", max(0, 5-len(yuan))) + yuan
	whole, part := digits[:len(digits)-4], digits[len(digits)-4:]+fen
	part = strings.TrimRight(part, "0")
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if part == "" {
		return whole
	}
	return whole + "." + part
}

// fillLabels completes what the lines above the heads ask for and leave open.
func (x *filler) fillLabels() {
	for i := range x.rows {
		r := &x.rows[i]
		if r.number >= x.Table.HeadRow {
			return
		}
		for n := range r.cells {
			c := &r.cells[n]
			text := strings.TrimSpace(c.text)
			for label, value := range map[string]string{"填报单位": x.Unit, "填报时间": x.Day, "填表时间": x.Day, "填报日期": x.Day, "填表日期": x.Day} {
				if value != "" && c.formula == "" && openLabel(text, label) {
					c.setText(text + value)
					x.want[[2]int{r.number, c.column}] = text + value
				}
			}
		}
	}
}

var labelEnd = regexp.MustCompile(`^(?:（[^）]*）|\([^)]*\))?\s*[：:]$`)

// openLabel reports a label behind which nothing stands: 填报单位（盖章）：
func openLabel(text, label string) bool {
	rest, ok := strings.CutPrefix(text, label)
	return ok && labelEnd.MatchString(rest)
}
