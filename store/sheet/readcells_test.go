package sheet_test

import (
	"path/filepath"
	"strings"
	"testing"

	"touyan/store/sheet"

	"github.com/xuri/excelize/v2"
)

// Ensure that a cell is read for what its writer meant: dates, numbers, ID
// numbers and phones in all the ways a table keeps them. A cell nobody can read
// is refused, and costs only itself.
func TestReadsCells(t *testing.T) {
	for _, c := range []struct {
		head, cell, path, want string
	}{
		{"出生年月", "1985.03", "birth", "1985-03"},
		{"出生年月", "1985.10", "birth", "1985-10"},
		{"出生年月", "1985.1", "birth", "!1985.1"},
		{"出生年月", "#1985.1", "birth", "!1985.1"},
		{"出生年月", "#1985.03", "birth", "1985-03"},
		{"出生年月", "#1985.1199999999999", "birth", "1985-12"},
		{"出生年月", "#198503", "birth", "1985-03"},
		{"出生年月", "#19850307", "birth", "1985-03-07"},
		{"出生年月", "197503", "birth", "1975-03"},
		{"出生年月", "1975年3月", "birth", "1975-03"},
		{"出生年月", "1975年3月8日", "birth", "1975-03-08"},
		{"出生年月", "1975/3/1", "birth", "1975-03-01"},
		{"出生年月", "1975-3", "birth", "1975-03"},
		{"出生年月", "75.3", "birth", "1975-03"},
		{"出生年月", "#75.3", "birth", "1975-03"},
		{"出生年月", "１９７５．０３", "birth", "1975-03"},
		{"出生年月", "1975。03", "birth", "1975-03"},
		{"出生年月", "1975", "birth", "1975"},
		{"出生年月", "#31113;yyyy/m/d", "birth", "1985-03-07"},
		{"出生年月", `#31107;yyyy"年"m"月"`, "birth", "1985-03"},
		{"出生年月", `#31107;[DBNum1][$-804]yyyy"年"m"月";@`, "birth", "1985-03"},
		{"出生年月", `#31107;yyyy\.mm`, "birth", "1985-03"},
		{"出生年月", "#31107;mmm-yy", "birth", "1985-03"},
		{"出生年月", "#31113", "birth", "!31113"},
		{"出生年月", "1985.13", "birth", "!1985.13"},
		{"出生年月", "不详", "birth", "!不详"},
		{"出生年月", "/", "birth", ""},
		{"出生年月", "—", "birth", ""},
		{"联系电话", "无", "phone", ""},
		{"身份证号", "150426198503074517", "idno", "150426198503074517"},
		{"身份证号", "１５０４２６１９８５０３０７４５１７", "idno", "150426198503074517"},
		{"身份证号", " 150426 19850307 4517", "idno", "150426198503074517"},
		{"身份证号", "'150426198503074517", "idno", "150426198503074517"},
		{"身份证号", "#150426198503074000", "idno", "!1.50426E+17"},
		{"身份证号", "#1.50426198503074E+17", "idno", "!1.50426E+17"},
		{"身份证号", "1.50426E+17", "idno", "!1.50426E+17"},
		{"身份证号", "150426850307451", "idno", "!150426850307451"},
		{"身份证号", "#150426850307451", "idno", "!150426850307451"},
		{"身份证号", "150426198503074519", "idno", "!150426198503074519"},
		{"联系电话", "#13800000001", "phone", "13800000001"},
		{"联系电话", "#1.3800000001E10", "phone", "13800000001"},
		{"联系电话", "138 0000 0001", "phone", "13800000001"},
		{"联系电话", "138-0000-0001", "phone", "13800000001"},
		{"联系电话", "0476-1234567", "phone", "0476-1234567"},
		{"联系电话", "１３８００００００01", "phone", "13800000001"},
		{"联系电话", "13800000001/13900000002", "phone", "!13800000001/13900000002"},
		{"民族", "蒙", "ethnic", "02"},
		{"民族", "蒙古", "ethnic", "02"},
		{"民族", "蒙古族", "ethnic", "02"},
		{"民族", "汉", "ethnic", "01"},
		{"民族", "火星族", "ethnic", "!火星族"},
		{"学历", "大专", "education", "31"},
		{"学历", "大学专科", "education", "31"},
		{"学历", "专科", "education", "31"},
		{"性别", "男", "sex", "1"},
		{"性别", " 女 ", "sex", "2"},
		{"政治面貌", "党员", "politics", "01"},
		{"是否退役军人", "√", "veteran", "1"},
		{"家庭年收入（元）", "#52000", "income", "5200000"},
		{"家庭年收入（元）", "52,000.00", "income", "5200000"},
		{"家庭年收入", "5.2万", "income", "5200000"},
		{"家庭年收入", "约5万", "income", "!约5万"},
		{"家庭年收入", "3+2", "income", "!3+2"},
		{"联系电话", "!#N/A", "phone", "!#N/A"},
		{"联系电话", "=B9", "phone", "!公式"},
		{"备注", "#45352;yyyy/m/d", "note", "2024.03.01"},
		{"备注", "#12", "note", "12"},
		{"备注", "   ", "note", ""},
	} {
		t.Run(c.head+" "+c.cell, func(t *testing.T) {
			m := newBook(t).rows(1, "姓名|性别|籍贯|"+c.head, "巴特尔|男|云杉旗")
			if c.head == "性别" {
				m = newBook(t).rows(1, "姓名|民族|籍贯|性别", "巴特尔|汉|云杉旗")
			}
			m.cell("D2", c.cell)
			if got := dump(m.read(sheet.ReadOptions{}), "name", c.path); got != strings.TrimRight("Sheet1 person 1\n2 巴特尔|"+c.want, "|") {
				t.Errorf("read\n%s\nwant %s", got, c.want)
			}
		})
	}
}

// Ensure that a book that counts its days from 1904 is read so.
func TestReadsDatesFrom1904(t *testing.T) {
	m := newBook(t).rows(1, "姓名|性别|出生年月", "巴特尔|男|#29651;yyyy/m/d")
	yes := true
	m.must(m.f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	if got := dump(m.read(sheet.ReadOptions{}), "birth"); got != "Sheet1 person 1\n2 1985-03-07" {
		t.Error(got)
	}
}

// Ensure that names lose the spaces put in to make them as long as others, and
// keep those between words of another script.
func TestReadsNames(t *testing.T) {
	m := newBook(t).rows(1, "姓名|性别", "张  敏|女", "张　敏|女", "呼和.那日苏|男", "呼和•那日苏|男", "Bataar  Bayan|男", "ᠪᠠᠭᠠᠲᠤᠷ|男")
	want := "Sheet1 person 1\n2 张敏\n3 张敏\n4 呼和·那日苏\n5 呼和·那日苏\n6 Bataar Bayan\n7 ᠪᠠᠭᠠᠲᠤᠷ"
	if got := dump(m.read(sheet.ReadOptions{}), "name"); got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
}

// Ensure that the book of bad rows is read again as the table it came from:
// same heads, the row it had there, what was wrong passed over.
func TestReadsBadRowsAgain(t *testing.T) {
	m := newBook(t).rows(1, "两委成员花名册", "嘎查村|姓名|学历||职务|微信号", "||全日制|在职", "前进嘎查|巴特尔|高中|大专|支书|bt01", "前进嘎查|李秀云|高中||大队长|lxy").
		merge("A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3")
	ts := m.read(sheet.ReadOptions{})
	row := ts[0].Row(1)
	bad := sheet.Problem{Cell: "E5", Label: "职务", Value: "大队长", Message: "职务不认识", Proposal: "村委会主任"}
	path := filepath.Join(t.TempDir(), "待改.xlsx")
	if err := sheet.WriteErrors(t.Context(), path, []sheet.BadSheet{{Table: ts[0], Rows: []sheet.Bad{{Row: row, Problems: []sheet.Problem{bad}}}}}); err != nil {
		t.Fatal(err)
	}
	again, err := tables(t, path, sheet.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := "Sheet1 committee 2\n3 前进嘎查|李秀云|61||!大队长"
	if got := dump(again, "village.name", "person.name", "person.education", "person.later_education", "position"); got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
	r := again[0].Row(0)
	if r.Source != 5 || len(r.Extra) != 1 || strings.Join(again[0].HeadTexts(), "|") != strings.Join(ts[0].HeadTexts(), "|") {
		t.Errorf("source %d, extra %v, heads %v, were %v", r.Source, r.Extra, again[0].HeadTexts(), ts[0].HeadTexts())
	}
}

// Ensure that a book of bad rows says no more than the book it came from: an ID
// number that lost its last digits stays lost, and money keeps its unit.
func TestBadRowsStayBad(t *testing.T) {
	m := newBook(t).rows(1, "嘎查村基本情况表", "单位：户、人、万元", "嘎查村|苏木乡镇|户数|集体经济收入|书记身份证号", "前进嘎查|幸福苏木|#120|15.5|#150499197003051000")
	ts := m.read(sheet.ReadOptions{})
	path := filepath.Join(t.TempDir(), "待改.xlsx")
	if err := sheet.WriteErrors(t.Context(), path, []sheet.BadSheet{{Table: ts[0], Rows: []sheet.Bad{{Row: ts[0].Row(0)}}}}); err != nil {
		t.Fatal(err)
	}
	again, err := tables(t, path, sheet.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, got := range []string{dump(ts, "name", "income"), dump(again, "name", "income")} {
		if !strings.HasSuffix(got, "前进嘎查|15500000") {
			t.Errorf("reading %d: %s", i+1, got)
		}
	}
	p := newBook(t).rows(1, "姓名|性别|身份证号", "巴特尔|男|#150499197003051000")
	ts = p.read(sheet.ReadOptions{})
	if err := sheet.WriteErrors(t.Context(), path, []sheet.BadSheet{{Table: ts[0], Rows: []sheet.Bad{{Row: ts[0].Row(0)}}}}); err != nil {
		t.Fatal(err)
	}
	again, err = tables(t, path, sheet.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := dump(again, "idno"); !strings.HasSuffix(got, "!1.50499E+17") {
		t.Error(got)
	}
}
