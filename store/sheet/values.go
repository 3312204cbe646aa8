package sheet

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"touyan/store/field"
	"touyan/store/xlsx"
)

// reader reads the cells of one column of a book.
type reader struct {
	field  *field.Field // nil: computed, only kept raw
	also   []*field.Field
	each   bool
	scale  bool // the head says 万元
	naming bool // the column without which a row names nothing

	read map[string]string // texts read before, for columns that repeat few
}

// newReader makes the reader of a head's column, nil if the form has none.
// unit is what the lines above the heads say of all money.
func newReader(kinds field.Kinds, f *field.Form, h *Head, unit string) (*reader, error) {
	rd := &reader{}
	for _, i := range append(slices.Clone(h.Also), h.Column) {
		if i < 0 {
			continue
		}
		c := &f.Columns[i]
		if c.Path == "" {
			return rd, nil
		}
		_, holder, last, err := kinds.Resolve(f.Kind, c.Path)
		if err != nil {
			return nil, fmt.Errorf("form %s: %w", f.Name, err)
		}
		rd.field, rd.each = last, c.Each
		rd.naming = last.Name == holder.Named && (holder.Name == f.Kind || holder.Name == "person") || last.Type == field.Ref && last.Required
		if h.Also != nil {
			rd.also = append(rd.also, last)
		}
	}
	if rd.field == nil {
		return nil, nil
	}
	if u := unitOf(h.Text); u != "" {
		unit = u
	}
	rd.scale = rd.field.Type == field.Money && unit == "万元"
	if rd.field.Type == field.Code || rd.field.Type == field.Day || rd.field.Type == field.Ref || rd.field.Type == field.Text {
		rd.read = map[string]string{}
	}
	return rd, nil
}

// value reads a cell. A cell nobody can read has a Problem; the others of its
// row are read all the same.
func (rd *reader) value(c xlsx.Cell, date1904 bool) Value {
	v := Value{Raw: strings.TrimSpace(c.Text)}
	if c.Picture || rd.field == nil {
		return v
	}
	if p := rd.faulty(&v, c); p != nil {
		v.Problem = p
		return v
	}
	if c.Type == xlsx.Text && rd.read != nil && !rd.each {
		if text, ok := rd.read[v.Raw]; ok {
			v.Text = text
			return v
		}
	}
	in := rd.input(c, date1904)
	switch {
	case c.IsDate:
		v.Raw = in.Text
	case c.Type == xlsx.Number && rd.field.Type == field.IDNumber:
		v.Raw = asShown(v.Raw)
	}
	if rd.scale && in.Text != "" && !strings.ContainsAny(in.Text, "万元") {
		in.Text, in.Number = in.Text+"万", false
	}
	if rd.each {
		rd.list(&v, in)
		return v
	}
	v.Text, v.Problem = rd.field.Read(in)
	if v.Problem == nil && c.Type == xlsx.Text && rd.read != nil && len(rd.read) < mostRead {
		rd.read[v.Raw] = v.Text
	}
	return v
}

// asShown writes a number too long for a spreadsheet as it shows it:
// 1.50499E+17. Written out it would look like an ID number that is whole.
func asShown(text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n < 1e15 {
		return text
	}
	return strconv.FormatFloat(n, 'E', 5, 64)
}

// mostRead bounds the texts a column remembers: beyond it stand names, which
// do not come again.
const mostRead = 500

// faulty reports a cell that holds an error or a formula nobody computed.
func (rd *reader) faulty(v *Value, c xlsx.Cell) *field.Problem {
	if c.Type != xlsx.ErrorValue && (!c.Formula || v.Raw != "") {
		return nil
	}
	if v.Raw == "" {
		v.Raw = "公式"
		return &field.Problem{Field: rd.field.Name, Message: "这一格是没有算出结果的公式，请直接填写内容。"}
	}
	return &field.Problem{Field: rd.field.Name, Message: "这一格是公式错误“" + v.Raw + "”，没有可用的值，请直接填写内容。"}
}

// input is a cell as the field reads it: a date that the spreadsheet keeps as
// a number becomes the text its format shows, a whole number the digits.
func (rd *reader) input(c xlsx.Cell, date1904 bool) field.Input {
	switch {
	case c.Type == xlsx.DateISO:
		return field.Input{Text: strings.SplitN(c.Text, "T", 2)[0]}
	case c.Type != xlsx.Number:
		return field.Input{Text: c.Text}
	case c.IsDate && (rd.field.Type == field.Day || rd.field.Type == field.Text):
		if y, m, d, ok := xlsx.Serial(c.Text, date1904); ok {
			sep := map[bool]string{true: "-", false: "."}[rd.field.Type == field.Day]
			if showsDay(c.Format) {
				return field.Input{Text: fmt.Sprintf("%04d%s%02d%s%02d", y, sep, m, sep, d)}
			}
			return field.Input{Text: fmt.Sprintf("%04d%s%02d", y, sep, m)}
		}
	}
	return field.Input{Text: plainNumber(c.Text), Number: true}
}

// showsDay reports whether a date format shows the day: yyyy"年"m"月" does not,
// and then nobody meant one.
func showsDay(format string) bool {
	quoted, bracket, escaped := false, false, false
	for _, r := range strings.ToLower(format) {
		switch {
		case escaped:
			escaped = false
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\\':
			escaped = true
		case r == '[':
			bracket = true
		case r == ']':
			bracket = false
		case !bracket && r == 'd':
			return true
		}
	}
	return false
}

// plainNumber writes a number as a table shows it: 1.3800000001E10 is
// 13800000001, and 1985.1199999999999 is 1985.12, for beyond fifteen digits
// stands what arithmetic left over. Whole numbers of sixteen digits and more
// stay as they are: their last digits are lost.
func plainNumber(text string) string {
	if !strings.ContainsAny(text, "eE.") || len(text) > 40 {
		return text
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok || n.IsInt() && len(n.Num().String()) > 15 {
		return text
	}
	if n.IsInt() {
		return n.Num().String()
	}
	x, err := strconv.ParseFloat(text, 64)
	if err == nil {
		x, err = strconv.ParseFloat(strconv.FormatFloat(x, 'e', 14, 64), 64)
	}
	if err != nil {
		return text
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// separators are what people write for 、.
var separators = strings.NewReplacer("，", "、", ",", "、", ";", "、", "；", "、", "\n", "、")

// list reads a cell that names several values. An empty place between two
// separators stays one.
func (rd *reader) list(v *Value, in field.Input) {
	if rd.field.Split != nil {
		v.Each, v.Problem = rd.field.Split(in.Text)
		v.Text = strings.Join(v.Each, "、")
		return
	}
	parts := []string{in.Text}
	if rd.field.Type != field.Text {
		parts = strings.Split(separators.Replace(in.Text), "、")
	}
	for _, part := range parts {
		text, p := rd.field.Read(field.Input{Text: part, Number: in.Number})
		if p != nil {
			v.Each, v.Problem = nil, p
			return
		}
		v.Each = append(v.Each, text)
	}
	v.Text = strings.Join(v.Each, "、")
}

// several reads a cell under a head that names some columns of 是 and 否: the
// ones that apply are written down, the others do not.
func (rd *reader) several(values []Value, h *Head, c xlsx.Cell) {
	raw := strings.TrimSpace(c.Text)
	set := func(answers []string) {
		for n, i := range h.Also {
			values[i] = Value{Raw: raw, Text: answers[n]}
		}
	}
	answers := make([]string, len(h.Also))
	parts := strings.FieldsFunc(field.Tidy(raw), func(r rune) bool { return strings.ContainsRune("/、，,;； +和及", r) })
	if len(parts) == len(h.Also) && len(parts) > 1 {
		for n, part := range parts {
			answers[n], _ = rd.also[n].Codes.Find(part)
		}
		if !slices.Contains(answers, "") {
			set(answers)
			return
		}
	}
	no, _ := rd.field.Codes.Find("否")
	yes, _ := rd.field.Codes.Find("是")
	for n := range answers {
		answers[n] = no
	}
	for _, part := range parts {
		if code, ok := rd.field.Codes.Find(part); ok && code == no && len(parts) == 1 {
			break
		}
		n := rd.which(part)
		if n < 0 {
			for _, i := range h.Also {
				values[i] = Value{Raw: raw}
			}
			values[h.Also[0]].Problem = &field.Problem{Field: rd.also[0].Name, Message: "“" + raw + "”看不出是“" + strings.Join(rd.labels(), "”“") + "”里的哪一项，请写明是哪几项，都不是的写“否”。"}
			return
		}
		answers[n] = yes
	}
	set(answers)
}

// which of the columns a word means, -1 if none.
func (rd *reader) which(word string) int {
	w := strings.TrimPrefix(spell(word), "是否")
	return slices.IndexFunc(rd.also, func(f *field.Field) bool {
		return slices.ContainsFunc(f.Heads(), func(head string) bool { return strings.TrimPrefix(spell(head), "是否") == w })
	})
}

func (rd *reader) labels() []string {
	var out []string
	for _, f := range rd.also {
		out = append(out, strings.TrimPrefix(f.Label, "是否"))
	}
	return out
}
