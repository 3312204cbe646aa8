package xlsx

import (
	"bytes"
	"errors"
)

// rawCell is what the file says of a cell before it is understood.
type rawCell struct {
	kind    cellKind
	style   int
	from    int // of its text in rowReader.text
	value   bool
	inline  bool
	formula bool
	picture bool
}

// cellKind is the t attribute.
type cellKind int

const (
	kindNumber cellKind = iota
	kindShared
	kindString
	kindInline
	kindBool
	kindError
	kindDate
)

func (r *rowReader) readCell() error {
	if err := r.place(r.attr("r")); err != nil {
		return err
	}
	raw := rawCell{from: len(r.text)}
	switch kind := r.attr("t"); string(kind) {
	case "", "n":
	case "s":
		raw.kind = kindShared
	case "str":
		raw.kind = kindString
	case "inlineStr":
		raw.kind = kindInline
	case "b":
		raw.kind = kindBool
	case "e":
		raw.kind = kindError
	case "d":
		raw.kind = kindDate
	default:
		return r.badCell(r.col, "类型“%s”无法理解", printable(kind))
	}
	var err error
	if raw.style, err = r.attrInt("s", 0); err != nil {
		return err
	}
	for {
		kind, err := r.next()
		if err != nil {
			return err
		}
		if kind == tokenEnd {
			return r.understand(raw)
		}
		if kind == tokenText {
			err = r.noText()
		} else {
			err = r.readValue(&raw)
		}
		if errors.Is(err, errTextTooLong) {
			return tooLong(r.entry, CellName(r.col, r.row), r.book.lim.Text)
		}
		if err != nil {
			return err
		}
	}
}

// readPlainCell reads the cell at hand if it is of the form nearly all have,
//
//	<c r="F12" s="3" t="s"><v>40</v></c>
//
// with s and t there or not, and lies whole in the buffer. That halves the time
// of a sheet. Any other is left untouched to readCell, and read is false.
func (r *rowReader) readPlainCell() (read bool, err error) {
	const longest = 120
	b := r.buf[r.pos:min(r.end, r.pos+longest)]
	name, rest, ok := quoted(b, `<c r="`)
	if !ok || r.closes || r.prefix != "" {
		return false, nil
	}
	raw := rawCell{from: len(r.text), value: true}
	if style, after, found := quoted(rest, ` s="`); found {
		if raw.style, ok = parseUint(style); !ok {
			return false, nil
		}
		rest = after
	}
	if after, found := bytes.CutPrefix(rest, []byte(` t="s"`)); found {
		raw.kind, rest = kindShared, after
	}
	if rest, ok = bytes.CutPrefix(rest, []byte(`><v>`)); !ok {
		return false, nil
	}
	n := bytes.IndexByte(rest, '<')
	if n < 0 || !IsNumber(rest[:n]) {
		return false, nil
	}
	value, after := rest[:n], rest[n:]
	if after, ok = bytes.CutPrefix(after, []byte(`</v></c>`)); !ok {
		return false, nil
	}
	r.pos += len(b) - len(after)
	if err := r.place(name); err != nil {
		return true, err
	}
	r.text = append(r.text, value...)
	return true, r.understand(raw)
}

// quoted gives what lies between the mark at the head of b and the next quote,
// and what follows that.
func quoted(b []byte, mark string) (value, rest []byte, ok bool) {
	if rest, ok = bytes.CutPrefix(b, []byte(mark)); !ok {
		return nil, nil, false
	}
	n := bytes.IndexByte(rest, '"')
	if n < 0 {
		return nil, nil, false
	}
	return rest[:n], rest[n+1:], true
}

// place finds the column of the cell, from its name or as the one after the last.
func (r *rowReader) place(name []byte) error {
	last := r.col
	r.col++
	if len(name) > 0 {
		col, row, ok := parseCell(name)
		if !ok {
			return r.bad("第 %d 行里的格名“%s”无法理解", r.row+1, printable(name))
		}
		if row != r.row {
			return r.bad("第 %d 行里混进了 %s 格", r.row+1, printable(name))
		}
		r.col = col
	}
	if r.col >= maxColumns {
		return r.badCell(r.col, "超出了最后一列")
	}
	if r.col <= last {
		r.sorted = false
	}
	return nil
}

// readValue reads a child of a cell: formula, value or inline text.
func (r *rowReader) readValue(raw *rawCell) (err error) {
	limit := r.book.lim.Text
	switch {
	case r.is("f"):
		raw.formula = true
		r.formula, err = r.content(r.formula[:0], rawLimit(limit))
		raw.picture = bytes.Contains(r.formula, []byte("DISPIMG("))
	case r.is("v"):
		if raw.value {
			return r.badCell(r.col, "有两个值")
		}
		raw.value = true
		r.text, err = r.content(r.text, rawLimit(limit))
	case r.is("is"):
		if raw.inline || raw.value {
			return r.badCell(r.col, "有两个值")
		}
		raw.inline = true
		r.text, err = r.richText(r.text, limit)
	case r.is("extLst"):
		err = r.skip()
	default:
		err = r.badCell(r.col, "里面有不认识的内容 %s", printable(r.name))
	}
	return err
}

// understand turns what was read into a Cell, or into nothing if it is blank.
func (r *rowReader) understand(raw rawCell) error {
	c := Cell{Col: r.col, Formula: raw.formula}
	shared, err := r.interpret(&c, raw)
	if err != nil {
		return err
	}
	if c.Type == Blank && !c.Picture {
		r.text = r.text[:raw.from]
		return nil
	}
	if c.Col >= r.book.lim.Columns {
		e := tooWide(r.sheet, c.Col, r.row, r.book.lim.Columns)
		e.Entry = r.entry
		return e
	}
	if len(r.cells) >= r.book.lim.Columns {
		return r.badCell(r.col, "它所在的行有重复的单元格")
	}
	styles := r.book.styles
	switch {
	case raw.style < len(styles):
		c.Format = styles[raw.style].format
		c.IsDate = c.Type == Number && styles[raw.style].isDate
	case raw.style == 0:
		c.Format = "General"
	default:
		return r.badCell(r.col, "它的格式（%d 号）不在格式表里", raw.style)
	}
	at := span{raw.from, len(r.text) - raw.from}
	if shared {
		at.length = -1
		r.text = r.text[:raw.from]
	}
	r.cells = append(r.cells, c)
	r.spans = append(r.spans, at)
	return nil
}

// interpret finds the type of a cell and checks its value, which it leaves at
// raw.from in r.text unless it is a shared string.
func (r *rowReader) interpret(c *Cell, raw rawCell) (shared bool, err error) {
	if raw.picture {
		c.Picture, c.Formula = true, false
		r.text = r.text[:raw.from]
		return false, nil
	}
	if raw.inline || raw.kind == kindInline || raw.kind == kindString {
		return false, r.interpretText(c, raw)
	}
	value := bytes.TrimSpace(r.text[raw.from:])
	r.text = append(r.text[:raw.from], value...)
	value = r.text[raw.from:]
	if len(value) == 0 {
		if raw.formula {
			c.Type = ErrorValue
		}
		return false, nil
	}
	switch raw.kind {
	case kindShared:
		i, ok := parseUint(value)
		if !ok || i >= r.book.strings.count {
			return false, r.badCell(r.col, "它的文字（%s 号）不在字符串表里", printable(value))
		}
		c.Type, c.Text = Text, r.book.strings.at(i)
		return true, nil
	case kindBool:
		c.Type = Bool
		switch string(value) {
		case "1", "true", "TRUE":
			r.text = append(r.text[:raw.from], "TRUE"...)
		case "0", "false", "FALSE":
			r.text = append(r.text[:raw.from], "FALSE"...)
		default:
			return false, r.badCell(r.col, "真假值“%s”无法理解", printable(value))
		}
	case kindError:
		c.Type = ErrorValue
	case kindDate:
		c.Type = DateISO
	default:
		c.Type = Number
		if !IsNumber(value) {
			c.Type = Text // some writers forget to say so; the field it goes to will judge it
		}
	}
	return false, nil
}

// interpretText is interpret for a text in the cell itself.
func (r *rowReader) interpretText(c *Cell, raw rawCell) (err error) {
	switch {
	case raw.inline:
		c.Type = Text
	case raw.value:
		c.Type = Text
		r.text, err = finishText(r.text, raw.from, r.book.lim.Text)
	case raw.formula:
		c.Type = ErrorValue
	}
	if errors.Is(err, errTextTooLong) {
		return tooLong(r.entry, CellName(r.col, r.row), r.book.lim.Text)
	}
	return err
}
