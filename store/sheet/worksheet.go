package sheet

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"touyan/store/xlsx"
)

// worksheet is the part of a blank that holds the sheet to be filled, taken
// apart as far as filling it needs: everything else stays byte for byte as its
// makers wrote it.
type worksheet struct {
	head, tail []byte // before the first row, behind the last
	rows       []wsRow
	prefix     string // of the names of elements, with its colon; mostly empty
}

// wsRow is one row. Its attributes are kept as written, but for its number.
type wsRow struct {
	number int
	attrs  string
	cells  []wsCell
}

// wsCell is one cell. inner is what stands between its tags.
type wsCell struct {
	column  int
	attrs   string // all but r and t
	kind    string // attribute t
	inner   string
	formula string // as it stands there, shared ones spelled out
	text    string // what it says
}

// readWorksheet takes a worksheet part apart. The part was read by store/xlsx
// before, so it is known to be well written; texts is what its cells say, by row
// from 1 and column from 0.
func readWorksheet(part []byte, texts map[[2]int]string) (*worksheet, error) {
	w := &worksheet{}
	dec := xml.NewDecoder(bytes.NewReader(part))
	shared := map[string]sharedFormula{}
	from, to, next := -1, -1, 1
	for {
		at := dec.InputOffset()
		token, err := dec.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read worksheet: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch {
			case t.Name.Local == "sheetData" && from < 0:
				from = int(dec.InputOffset())
				if t.Name.Space != "" {
					w.prefix = t.Name.Space + ":"
				}
				if part[from-2] == '/' { // <sheetData/>: nothing was ever written there
					return nil, fmt.Errorf("read worksheet: no rows")
				}
			case t.Name.Local == "row" && from >= 0 && to < 0:
				row, err := readRow(dec, t, next, shared)
				if err != nil {
					return nil, err
				}
				for i := range row.cells {
					row.cells[i].text = texts[[2]int{row.number, row.cells[i].column}]
				}
				w.rows, next = append(w.rows, row), row.number+1
			}
		case xml.EndElement:
			if t.Name.Local == "sheetData" && to < 0 {
				to = int(at)
			}
		}
	}
	if from < 0 || to < from {
		return nil, fmt.Errorf("read worksheet: no rows")
	}
	w.head, w.tail = part[:from], part[to:]
	return w, nil
}

// sharedFormula is a formula several cells share, as its first cell has it.
type sharedFormula struct {
	text        string
	row, column int
}

func readRow(dec *xml.Decoder, start xml.StartElement, next int, shared map[string]sharedFormula) (wsRow, error) {
	row := wsRow{number: next, attrs: attributes(start, "r", "spans")}
	if r := attribute(start, "r"); r != "" {
		row.number, _ = strconv.Atoi(r)
	}
	column := 0
	for {
		token, err := dec.RawToken()
		if err != nil {
			return row, fmt.Errorf("read row: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				if err := skip(dec); err != nil {
					return row, err
				}
				continue
			}
			cell := wsCell{column: column, attrs: attributes(t, "r", "t"), kind: attribute(t, "t")}
			if letters := strings.TrimRight(attribute(t, "r"), "0123456789"); letters != "" {
				cell.column, _ = columnIndex(letters)
			}
			if err := cell.read(dec, row.number, shared); err != nil {
				return row, err
			}
			row.cells, column = append(row.cells, cell), cell.column+1
		case xml.EndElement:
			return row, nil
		}
	}
}

// read reads what stands in a cell, written anew but the same.
func (c *wsCell) read(dec *xml.Decoder, row int, shared map[string]sharedFormula) error {
	var inner bytes.Buffer
	depth, formula := 0, false
	var kind, index, text string
	for {
		token, err := dec.RawToken()
		if err != nil {
			return fmt.Errorf("read cell: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth == 0 && t.Name.Local == "f" {
				formula, kind, index = true, attribute(t, "t"), attribute(t, "si")
			} else if !formula {
				inner.WriteString("<" + t.Name.Local + attributes(t) + ">")
			}
			depth++
		case xml.EndElement:
			if depth == 0 {
				c.inner, c.formula = inner.String(), text
				if kind == "shared" && text != "" {
					shared[index] = sharedFormula{text, row, c.column}
				} else if kind == "shared" {
					m := shared[index]
					c.formula = copied(m.text, row-m.row, c.column-m.column)
				}
				return nil
			}
			depth--
			if formula && depth == 0 {
				formula = false
			} else {
				inner.WriteString("</" + t.Name.Local + ">")
			}
		case xml.CharData:
			if formula {
				text += string(t)
			} else {
				xml.EscapeText(&inner, t)
			}
		}
	}
}

// skip passes over an element that was begun.
func skip(dec *xml.Decoder) error {
	for depth := 1; depth > 0; {
		token, err := dec.RawToken()
		if err != nil {
			return fmt.Errorf("read worksheet: %w", err)
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// attributes writes the attributes of an element but for some, each with a space
// before it.
func attributes(e xml.StartElement, but ...string) string {
	var out bytes.Buffer
	for _, a := range e.Attr {
		name := a.Name.Local
		if a.Name.Space != "" {
			name = a.Name.Space + ":" + name
		}
		if contains(but, name) {
			continue
		}
		out.WriteString(" " + name + `="`)
		xml.EscapeText(&out, []byte(a.Value))
		out.WriteByte('"')
	}
	return out.String()
}

func contains(list []string, name string) bool {
	for _, one := range list {
		if one == name {
			return true
		}
	}
	return false
}

// bytes writes the worksheet.
func (w *worksheet) bytes() []byte {
	var out bytes.Buffer
	out.Write(w.head)
	for i := range w.rows {
		w.rows[i].write(&out, w.prefix)
	}
	out.Write(w.tail)
	return out.Bytes()
}

func (r *wsRow) write(out *bytes.Buffer, prefix string) {
	fmt.Fprintf(out, `<%srow r="%d"%s>`, prefix, r.number, r.attrs)
	for i := range r.cells {
		c := &r.cells[i]
		fmt.Fprintf(out, `<%sc r="%s"%s`, prefix, xlsx.CellName(c.column, r.number-1), c.attrs)
		if c.kind != "" {
			fmt.Fprintf(out, ` t="%s"`, c.kind)
		}
		if c.inner == "" && c.formula == "" {
			out.WriteString("/>")
			continue
		}
		out.WriteByte('>')
		if c.formula != "" {
			fmt.Fprintf(out, "<%sf>", prefix)
			xml.EscapeText(out, []byte(c.formula))
			fmt.Fprintf(out, "</%sf>", prefix)
		}
		out.WriteString(prefixed(c.inner, prefix))
		fmt.Fprintf(out, "</%sc>", prefix)
	}
	fmt.Fprintf(out, "</%srow>", prefix)
}

var tagName = regexp.MustCompile(`<(/?)([a-zA-Z])`)

// prefixed gives the elements of a cell the prefix the part's have.
func prefixed(inner, prefix string) string {
	if prefix == "" {
		return inner
	}
	return tagName.ReplaceAllString(inner, "<${1}"+prefix+"${2}")
}

// at is the cell of a column, nil if the row has none.
func (r *wsRow) at(column int) *wsCell {
	for i := range r.cells {
		if r.cells[i].column == column {
			return &r.cells[i]
		}
	}
	return nil
}

// cell is the cell of a column, made if the row has none.
func (r *wsRow) cell(column int) *wsCell {
	if c := r.at(column); c != nil {
		return c
	}
	at := 0
	for at < len(r.cells) && r.cells[at].column < column {
		at++
	}
	r.cells = append(r.cells, wsCell{})
	copy(r.cells[at+1:], r.cells[at:])
	r.cells[at] = wsCell{column: column}
	return &r.cells[at]
}

// setText puts a text into a cell, never a formula.
func (c *wsCell) setText(text string) {
	var out bytes.Buffer
	out.WriteString(`<is><t xml:space="preserve">`)
	xml.EscapeText(&out, []byte(text))
	out.WriteString("</t></is>")
	c.kind, c.inner, c.formula, c.text = "inlineStr", out.String(), "", text
}

// setNumber puts a number into a cell, as its text.
func (c *wsCell) setNumber(text string) {
	c.kind, c.inner, c.formula, c.text = "", "<v>"+text+"</v>", "", text
}

// clear leaves a cell blank.
func (c *wsCell) clear() { c.kind, c.inner, c.formula, c.text = "", "", "", "" }

// setFormula puts a formula into a cell, with its value if that is known.
func (c *wsCell) setFormula(formula, value string) {
	c.kind, c.formula, c.inner, c.text = "", formula, "", value
	if value != "" {
		c.inner = "<v>" + value + "</v>"
	}
}
