package sheet

import (
	"fmt"
	"math/big"
	"strings"

	"touyan/store/field"
	"touyan/store/xlsx"
)

// reader reads the cells of one column of a book.
type reader struct {
	field  *field.Field // nil: computed, only kept raw
	each   bool
	scale  bool // the head says 万元
	naming bool // the column without which a row names nothing
}

func newReader(r *reading, f *field.Form, h Head) (*reader, error) {
	c := &f.Columns[h.Column]
	rd := &reader{each: c.Each}
	if c.Path == "" {
		return rd, nil
	}
	_, holder, last, err := r.o.Kinds.Resolve(f.Kind, c.Path)
	if err != nil {
		return nil, fmt.Errorf("form %s: %w", f.Name, err)
	}
	rd.field = last
	rd.naming = last.Name == holder.Named && (holder.Name == f.Kind || holder.Name == "person") || last.Type == field.Ref && last.Required
	rd.scale = last.Type == field.Money && unitOf(h.Text) == "万元"
	return rd, nil
}

// value reads a cell. A cell nobody can read has a Problem; the others of its
// row are read all the same.
func (rd *reader) value(c xlsx.Cell, name string, date1904 bool) Value {
	v := Value{Cell: name, Raw: strings.TrimSpace(c.Text)}
	if c.Picture || rd.field == nil {
		return v
	}
	if c.Type == xlsx.ErrorValue || c.Formula && v.Raw == "" {
		if v.Raw == "" {
			v.Raw = "公式"
		}
		v.Problem = &field.Problem{Field: rd.field.Name, Message: "这一格是公式错误“" + v.Raw + "”，没有可用的值，请直接填写内容。"}
		return v
	}
	in := rd.input(c, date1904)
	if rd.scale && in.Text != "" && !strings.Contains(in.Text, "万") {
		in.Text = strings.TrimSuffix(in.Text, "元") + "万"
	}
	if rd.each {
		rd.list(&v, in)
		return v
	}
	v.Text, v.Problem = rd.field.Read(in)
	return v
}

// input is a cell as the field reads it: a date that the spreadsheet keeps as
// a number becomes the text its format shows, a whole number the digits.
func (rd *reader) input(c xlsx.Cell, date1904 bool) field.Input {
	switch {
	case c.Type == xlsx.DateISO:
		return field.Input{Text: strings.SplitN(c.Text, "T", 2)[0]}
	case c.Type != xlsx.Number:
		return field.Input{Text: c.Text}
	case c.IsDate && rd.field.Type == field.Day:
		if y, m, d, ok := xlsx.Serial(c.Text, date1904); ok {
			if showsDay(c.Format) {
				return field.Input{Text: fmt.Sprintf("%04d-%02d-%02d", y, m, d)}
			}
			return field.Input{Text: fmt.Sprintf("%04d-%02d", y, m)}
		}
	}
	return field.Input{Text: plainNumber(c.Text), Number: true}
}

// showsDay reports whether a date format shows the day: yyyy"年"m"月" does not,
// and then nobody meant one.
func showsDay(format string) bool {
	quoted := false
	for _, r := range strings.ToLower(format) {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && r == 'd':
			return true
		}
	}
	return false
}

// plainNumber writes a number as people read it: 1.3800000001E10 is
// 13800000001. Numbers of sixteen digits and more stay as they are: their last
// digits are lost.
func plainNumber(text string) string {
	if !strings.ContainsAny(text, "eE.") || len(text) > 40 {
		return text
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok || !n.IsInt() || len(n.Num().String()) > 15 {
		return text
	}
	return n.Num().String()
}

// list reads a cell that names several values.
func (rd *reader) list(v *Value, in field.Input) {
	if rd.field.Split != nil {
		v.Each, v.Problem = rd.field.Split(in.Text)
		v.Text = strings.Join(v.Each, "、")
		return
	}
	for _, part := range strings.FieldsFunc(in.Text, func(r rune) bool { return strings.ContainsRune("、，,;；\n", r) }) {
		text, p := rd.field.Read(field.Input{Text: part, Number: in.Number})
		if p != nil {
			v.Each, v.Problem = nil, p
			return
		}
		v.Each = append(v.Each, text)
	}
	v.Text = strings.Join(v.Each, "、")
}
