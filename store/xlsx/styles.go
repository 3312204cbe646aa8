package xlsx

import "strings"

// maxStyles is above what Excel can write (65,490 cell formats).
const maxStyles = 100_000

// style is what a cell format tells about its value.
type style struct {
	format string
	isDate bool
}

// builtinFormats are the codes of the formats that files name by number only
// (ECMA-376 part 1, 18.8.30, with the Chinese forms where they depend on the
// country).
var builtinFormats = map[int]string{
	0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	5: `"¥"#,##0;"¥"-#,##0`, 6: `"¥"#,##0;[Red]"¥"-#,##0`, 7: `"¥"#,##0.00;"¥"-#,##0.00`, 8: `"¥"#,##0.00;[Red]"¥"-#,##0.00`,
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: "m-d-yy", 31: `yyyy"年"m"月"d"日"`,
	32: `h"时"mm"分"`, 33: `h"时"mm"分"ss"秒"`, 34: `上午/下午h"时"mm"分"`, 35: `上午/下午h"时"mm"分"ss"秒"`, 36: `yyyy"年"m"月"`,
	37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
	41: `_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ `, 42: `_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ `,
	43: `_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `, 44: `_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ `,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: `yyyy"年"m"月"`, 51: `m"月"d"日"`, 52: `yyyy"年"m"月"`, 53: `m"月"d"日"`, 54: `m"月"d"日"`,
	55: `上午/下午h"时"mm"分"`, 56: `上午/下午h"时"mm"分"ss"秒"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,
}

// Builtin gives the code of a format that files name by number only, General
// for one that has no code.
func Builtin(id int) string {
	if code := builtinFormats[id]; code != "" {
		return code
	}
	return "General"
}

// readStyles reads the cell formats of the style sheet, in their order.
func (b *Book) readStyles(name string) error {
	s, err := b.part(name, 4*b.lim.Part)
	if err != nil {
		return err
	}
	if err := s.root("styleSheet", mainSpaces...); err != nil {
		return err
	}
	custom := map[int]string{}
	var ids []int
	err = s.children(func() error {
		switch {
		case s.is("numFmts"):
			return s.children(func() error { return readFormat(s, custom) })
		case s.is("cellXfs"):
			return s.children(func() error {
				if len(ids) == maxStyles {
					return Refuse(TooMany, "这个工作簿的单元格格式超过 %d 种。请把要用的行只粘贴“值”到新工作簿里另存再试。", maxStyles)
				}
				id, err := s.attrInt("numFmtId", 0)
				ids = append(ids, id)
				return err
			})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := s.finish(); err != nil {
		return err
	}
	b.styles = make([]style, len(ids))
	known := map[int]style{}
	for i, id := range ids {
		st, ok := known[id]
		if !ok {
			if st.format, ok = custom[id]; !ok {
				st.format = Builtin(id)
			}
			if st.format == "" {
				st.format = "General"
			}
			st.isDate = IsDateFormat(st.format)
			known[id] = st
		}
		b.styles[i] = st
	}
	return nil
}

func readFormat(s *scanner, custom map[int]string) error {
	id, err := s.attrInt("numFmtId", -1)
	if err != nil {
		return err
	}
	code, err := s.attrText("formatCode")
	if err != nil {
		return err
	}
	if len(custom) == maxStyles {
		return Refuse(TooMany, "这个工作簿的数字格式超过 %d 种。请把要用的行只粘贴“值”到新工作簿里另存再试。", maxStyles)
	}
	custom[id] = code
	return nil
}

// IsDateFormat tells whether a number format shows a date or a time: its first
// section has one of the letters that stand for a part of it, outside quotes.
func IsDateFormat(code string) bool {
	if strings.EqualFold(code, "general") {
		return false
	}
	lower := strings.ToLower(code)
	for i := 0; i < len(lower); i++ {
		switch c := lower[i]; c {
		case '"':
			end := strings.IndexByte(lower[i+1:], '"')
			if end < 0 {
				return false
			}
			i += 1 + end
		case '[':
			end := strings.IndexByte(lower[i:], ']')
			if end < 0 {
				return false
			}
			if inside := strings.Trim(lower[i+1:i+end], lower[i+1:i+2]); inside == "" && end > 1 && strings.IndexByte("hms", lower[i+1]) >= 0 {
				return true // elapsed time
			}
			i += end
		case '\\', '_', '*':
			i++ // the next character is shown, left out, or repeated
		case ';':
			return false
		case 'y', 'm', 'd', 'h', 's':
			return true
		case 'g':
			if strings.HasPrefix(lower[i:], "general") {
				i += len("general") - 1
			}
		case 'e':
			if i > 0 && strings.IndexByte("0#?.", lower[i-1]) >= 0 {
				continue // exponent
			}
			return true // year of the era
		case 'a':
			if strings.HasPrefix(lower[i:], "aaa") {
				return true // day of the week
			}
		}
	}
	return false
}
