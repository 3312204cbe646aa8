package sheet_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store/record"
	"touyan/store/sheet"
	"touyan/store/xlsx"

	"github.com/xuri/excelize/v2"
)

// maker writes the books that clerks have.
type maker struct {
	t     *testing.T
	f     *excelize.File
	sheet string
}

func newBook(t *testing.T) *maker {
	t.Helper()
	m := &maker{t: t, f: excelize.NewFile(), sheet: "Sheet1"}
	t.Cleanup(func() { m.f.Close() })
	return m
}

func (m *maker) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

// row writes cells parted by |, from column A. A cell may be
//
//	text                 as text
//	#12.5                as a number
//	#27470;yyyy/m/d      as a number with a format
//	=A1+1                as a formula that was never computed
//	!#N/A                as an error
//
// and stays blank if it is empty.
func (m *maker) row(n int, line string) *maker {
	m.t.Helper()
	for i, text := range strings.Split(line, "|") {
		if text != "" {
			m.cell(cellAt(i, n), text)
		}
	}
	return m
}

func cellAt(col, row int) string { return xlsx.CellName(col, row-1) }

func (m *maker) cell(name, text string) *maker {
	m.t.Helper()
	switch rest := text[1:]; {
	case text[0] == '#':
		number, format, _ := strings.Cut(rest, ";")
		m.must(m.f.SetCellDefault(m.sheet, name, number))
		if format != "" {
			style, err := m.f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			m.must(err)
			m.must(m.f.SetCellStyle(m.sheet, name, name, style))
		}
	case text[0] == '=':
		m.must(m.f.SetCellFormula(m.sheet, name, rest))
	case text[0] == '!':
		m.must(m.f.SetCellDefault(m.sheet, name, rest))
	default:
		m.must(m.f.SetCellStr(m.sheet, name, text))
	}
	return m
}

// rows writes lines one below the other, from row n; a blank line is a blank
// row.
func (m *maker) rows(n int, lines ...string) *maker {
	m.t.Helper()
	for i, l := range lines {
		m.row(n+i, l)
	}
	return m
}

func (m *maker) merge(ranges ...string) *maker {
	m.t.Helper()
	for _, r := range ranges {
		from, to, _ := strings.Cut(r, ":")
		m.must(m.f.MergeCell(m.sheet, from, to))
	}
	return m
}

// on goes on with another sheet, new or not.
func (m *maker) on(name string) *maker {
	m.t.Helper()
	if m.sheet == "Sheet1" && len(m.f.GetSheetList()) == 1 {
		if rows, _ := m.f.GetRows("Sheet1"); len(rows) == 0 {
			m.must(m.f.SetSheetName("Sheet1", name))
		}
	}
	if _, err := m.f.NewSheet(name); err != nil {
		m.t.Fatal(err)
	}
	m.sheet = name
	return m
}

func (m *maker) hide() *maker {
	m.t.Helper()
	m.must(m.f.SetSheetVisible(m.sheet, false))
	return m
}

func (m *maker) save() string {
	m.t.Helper()
	path := filepath.Join(m.t.TempDir(), "花名册.xlsx")
	m.must(m.f.SaveAs(path))
	return path
}

// tables reads the book as import would.
func tables(t *testing.T, path string, o sheet.ReadOptions) ([]*sheet.Table, error) {
	t.Helper()
	b, err := xlsx.Open(path, xlsx.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	o.Kinds, o.Forms = record.Kinds(), allForms()
	ts, _, err := sheet.Read(context.Background(), b, o)
	return ts, err
}

func (m *maker) read(o sheet.ReadOptions) []*sheet.Table {
	m.t.Helper()
	ts, err := tables(m.t, m.save(), o)
	if err != nil {
		m.t.Fatal(err)
	}
	return ts
}

// dump shows what was read: the row's number, the canonical text of each path
// (… behind ! if it was refused), and rows left out behind -.
func dump(ts []*sheet.Table, paths ...string) string {
	var out []string
	for _, t := range ts {
		out = append(out, fmt.Sprintf("%s %s %d", t.Sheet, t.Form.Name, t.HeadRow))
		for n := range t.Len() {
			r := t.Row(n)
			var cells []string
			for _, p := range paths {
				cells = append(cells, shownAt(t, r, p))
			}
			out = append(out, strings.TrimRight(fmt.Sprintf("%d %s", r.Number, strings.Join(cells, "|")), "| "))
		}
		for _, l := range t.Left {
			out = append(out, fmt.Sprintf("- %d %s", l.Number, l.Why))
		}
	}
	return strings.Join(out, "\n")
}

func shownAt(t *sheet.Table, r *sheet.Row, path string) string {
	for i, c := range t.Form.Columns {
		if c.Path != path {
			continue
		}
		if v := r.Values[i]; v.Problem != nil {
			return "!" + v.Raw
		}
		return r.Values[i].Text
	}
	return "?" + path
}

const faces = "序号|苏木乡镇|嘎查村|姓名|性别|民族|出生年月|身份证号|职务|电话"

var faceRows = []string{
	"1|幸福苏木|前进嘎查|巴特尔|男|蒙古族|1985.03|150426198503074517|党支部书记|13800000001",
	"2|幸福苏木|前进嘎查|李秀云|女|汉族|1990.10||妇联主席|13800000002",
}

var facePaths = []string{"village.name", "person.name", "person.sex", "person.ethnic", "person.birth", "position"}

const faceDump = "前进嘎查|巴特尔|1|02|1985-03|11\n%d 前进嘎查|李秀云|2|01|1990-10|44"

// Ensure that the table is found wherever the heads stand and whatever stands
// above, between and below its rows.
func TestFindsTheTable(t *testing.T) {
	for _, c := range []struct {
		name string
		fill func(m *maker)
		want string
	}{
		{"heads on the first row", func(m *maker) { m.row(1, faces).rows(2, faceRows...) },
			"Sheet1 committee 1\n2 " + faceDump2(3)},
		{"a merged title", func(m *maker) {
			m.row(1, "幸福苏木嘎查村“两委”成员花名册").merge("A1:J1").row(2, faces).rows(3, faceRows...)
		}, "Sheet1 committee 2\n3 " + faceDump2(4)},
		{"an attachment mark, a title, a unit line", func(m *maker) {
			m.row(1, "附件1").row(2, "嘎查村“两委”成员花名册").merge("A2:J2").
				row(3, "填报单位（盖章）：幸福苏木党委|||||填报时间：2026年3月1日").merge("A3:E3", "F3:J3").
				row(4, faces).rows(5, faceRows...)
		}, "Sheet1 committee 4\n5 " + faceDump2(6)},
		{"title, blank row, unit line, heads on row 5", func(m *maker) {
			m.row(1, "花 名 册").merge("A1:J2").row(4, "填报单位：幸福苏木|||||填报人：张敏").row(5, faces).rows(6, faceRows...)
		}, "Sheet1 committee 5\n6 " + faceDump2(7)},
		{"the table begins in column C", func(m *maker) {
			m.row(2, "||"+faces).row(3, "||"+faceRows[0]).row(4, "||"+faceRows[1])
		}, "Sheet1 committee 2\n3 " + faceDump2(4)},
		{"sums between and below", func(m *maker) {
			m.row(1, faces).rows(2, faceRows[0], "小计||||1人", faceRows[1], "小  计||1", "合计（2人）||2", "总计：2人")
		}, "Sheet1 committee 1\n2 " + faceDump2(4) + "\n- 3 合计行\n- 5 合计行\n- 6 合计行\n- 7 合计行"},
		{"sums above the rows", func(m *maker) {
			m.row(1, faces).rows(2, "|合计|2|2人", faceRows[0], faceRows[1])
		}, "Sheet1 committee 1\n3 " + faceDump2(4) + "\n- 2 合计行"},
		{"a foot", func(m *maker) {
			m.row(1, faces).rows(2, faceRows...).rows(5, "填表人：张敏||||审核人：王强||||联系电话：0476-1234567", "注：1.出生年月按档案填写；", "   2.职务写全称。", "单位负责人（签字）：").merge("A6:J6", "A7:J7")
		}, "Sheet1 committee 1\n2 " + faceDump2(3) + "\n- 5 表尾\n- 6 表尾\n- 7 说明文字\n- 8 表尾"},
		{"a foot apart", func(m *maker) {
			m.row(1, faces).rows(2, faceRows...).rows(9, "||||||2026年3月1日", "其他需要说明的情况如下")
		}, "Sheet1 committee 1\n2 " + faceDump2(3) + "\n- 9 表后的内容\n- 10 表后的内容"},
		{"notes between title and heads", func(m *maker) {
			m.row(1, "两委成员花名册").row(2, "说明：姓名、性别、民族、出生年月、身份证号必填").merge("A2:J2").row(3, faces).rows(4, faceRows...)
		}, "Sheet1 committee 3\n4 " + faceDump2(5)},
		{"an example row", func(m *maker) {
			m.row(1, "序号|"+faces).row(2, "例|"+faceRows[0]).row(3, "1|"+faceRows[0]).row(4, "2|"+faceRows[1])
		}, "Sheet1 committee 1\n3 " + faceDump2(4) + "\n- 2 示例行"},
		{"blank rows between", func(m *maker) {
			m.row(1, faces).row(3, faceRows[0]).row(7, faceRows[1])
		}, "Sheet1 committee 1\n3 " + faceDump2(7)},
		{"heads again on each page", func(m *maker) {
			m.row(1, "花名册").row(2, faces).row(3, faceRows[0]).row(4, "花名册").merge("A4:J4").row(5, faces).row(6, faceRows[1])
		}, "Sheet1 committee 2\n3 " + faceDump2(6) + "\n- 4 说明文字\n- 5 重复的表头"},
		{"ghost rows of formatted cells and numbers", func(m *maker) {
			m.row(1, faces).rows(2, faceRows...)
			style, err := m.f.NewStyle(&excelize.Style{Border: []excelize.Border{{Type: "left", Style: 1, Color: "000000"}}})
			m.must(err)
			m.must(m.f.SetCellStyle(m.sheet, "A4", "J500", style))
			m.rows(4, "3", "4", "#5", "6|  | ")
		}, "Sheet1 committee 1\n2 " + faceDump2(3)},
		{"columns moved and others put between", func(m *maker) {
			m.row(1, "姓名|微信号|职务|身份证号|出生年月|民族|性别|血型|嘎查村").
				rows(2, "巴特尔|bt01|党支部书记|150426198503074517|1985.03|蒙古族|男|A|前进嘎查", "李秀云||妇联主席||1990.10|汉族|女|B|前进嘎查")
		}, "Sheet1 committee 1\n2 " + faceDump2(3)},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newBook(t)
			c.fill(m)
			if got := dump(m.read(sheet.ReadOptions{}), facePaths...); got != c.want {
				t.Errorf("read\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func faceDump2(second int) string { return fmt.Sprintf(faceDump, second) }
