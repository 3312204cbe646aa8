package sheet_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store/sheet"
)

// Ensure that heads are understood however they are written, and that each
// column goes where its head says.
func TestUnderstandsHeads(t *testing.T) {
	for _, c := range []struct {
		name  string
		fill  func(m *maker)
		paths string
		want  string
	}{
		{"two rows, merged sideways and down", func(m *maker) {
			m.row(1, "两委成员花名册").rows(2, "序号|嘎查村|姓名|学历||是否||", "|||全日制|在职|致富能手|退役军人|乡招村用|", "1|前进嘎查|巴特尔|高中|大专|是|否|否").
				cell("I2", "职务").cell("I4", "支书").
				merge("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:H2", "I2:I3")
		}, "person.name person.education person.later_education person.rich person.veteran person.recruited position",
			"Sheet1 committee 2\n4 巴特尔|61|31|1|0|0|11"},
		{"two rows, not merged down", func(m *maker) {
			m.rows(1, "嘎查村|姓名|职务|学历|", "|||全日制教育|在职教育", "前进嘎查|巴特尔|支书|高中|大专").merge("D1:E1")
		}, "person.name person.education person.later_education", "Sheet1 committee 1\n3 巴特尔|61|31"},
		{"line breaks, spaces, stars, brackets, full width", func(m *maker) {
			m.rows(1, "序\n号|嘎查村\n（社区）|*姓　　名|性 别|出生年月\n（岁）|身份证\n号 码*|职务：|联系电话\r\n（手机）|政治\n面貌", "1|前进嘎查|巴特尔|男|1985.03|150426198503074517|支书|13800000001|中共党员")
		}, "village.name person.name person.sex person.birth person.idno position person.phone person.politics",
			"Sheet1 committee 1\n2 前进嘎查|巴特尔|1|1985-03|150426198503074517|11|13800000001|01"},
		{"brackets that matter, in the other order", func(m *maker) {
			m.rows(1, "嘎查村|姓名|职务|学历（在职）|学历（全日制）", "前进嘎查|巴特尔|支书|大专|高中")
		}, "person.education person.later_education", "Sheet1 committee 1\n2 61|31"},
		{"one head for three answers: those that apply", func(m *maker) {
			m.rows(1, "嘎查村|姓名|职务|是否致富能手/退役军人/乡招村用", "前进嘎查|甲一|支书|退役军人", "前进嘎查|乙二|支委|否", "前进嘎查|丙三|支委|致富能手、乡招村用", "前进嘎查|丁四|支委|是/否/是", "前进嘎查|戊五|支委|", "前进嘎查|己六|支委|是")
		}, "person.name person.rich person.veteran person.recruited",
			"Sheet1 committee 1\n2 甲一|0|1|0\n3 乙二|0|0|0\n4 丙三|1|0|1\n5 丁四|1|0|1\n6 戊五\n7 己六|!是"},
		{"the same head twice", func(m *maker) {
			m.rows(1, "嘎查村|姓名|职务|备注|姓名", "前进嘎查|巴特尔|支书|优秀|别的名字")
		}, "person.name note", "Sheet1 committee 1\n2 巴特尔|优秀"},
		{"columns the form does not print", func(m *maker) {
			m.rows(1, "后备力量花名册").rows(2, "嘎查村|姓名|籍贯|户籍所在地|曾用名|成熟度|奖惩情况", "前进嘎查|巴特尔|云杉旗|前进嘎查一组|巴图|近期可用|无")
		}, "person.name person.native person.domicile person.former person.honours", "Sheet1 reserve 2\n3 巴特尔|云杉旗|前进嘎查一组|巴图|无"},
		{"money in 万元 by its head", func(m *maker) {
			m.rows(1, "苏木乡镇|嘎查村|户数|集体经济收入（万元）", "幸福苏木|前进嘎查|120|#12.5", "幸福苏木|团结嘎查|1,200|8", "幸福苏木|红星嘎查|80户|3000元")
		}, "name households income", "Sheet1 village 1\n2 前进嘎查|120|12500000\n3 团结嘎查|1200|8000000\n4 红星嘎查|80|300000"},
		{"money in 万元 by the line above", func(m *maker) {
			m.rows(1, "嘎查村基本情况表", "|||单位：万元", "苏木乡镇|嘎查村|户数|集体经济收入", "幸福苏木|前进嘎查|120|12.5万元", "幸福苏木|团结嘎查|120|#0.3")
		}, "name income", "Sheet1 village 3\n4 前进嘎查|12500000\n5 团结嘎查|300000"},
		{"a row that numbers the columns", func(m *maker) {
			m.rows(1, "嘎查村|姓名|性别|民族|职务", "甲|乙|1|2|3", "前进嘎查|巴特尔|男|蒙|支书", "|")
		}, "person.name", "Sheet1 committee 1\n3 巴特尔\n- 2 栏次"},
		{"书记 by the title, without 职务", func(m *maker) {
			m.rows(1, "云杉旗村党支部书记名册", "序号|乡镇|村|姓名|性别|出生年月|任职时间", "1|幸福苏木|前进嘎查|巴特尔|男|1985.03|2021.03")
		}, "person.name from", "Sheet1 secretary 2\n3 巴特尔|2021-03"},
		{"people without posts or pool", func(m *maker) {
			m.rows(1, "人员名单", "序号|姓名|性别|民族|身份证号|联系电话", "1|巴特尔|男|蒙|150426198503074517|13800000001")
		}, "name ethnic", "Sheet1 person 2\n3 巴特尔|02"},
		{"pool by its columns, under no title", func(m *maker) {
			m.rows(1, "乡镇|村名|姓名|性别|入库时间|成熟度", "幸福苏木|前进嘎查|巴特尔|男|2024.03|近期可用")
		}, "person.name entered maturity", "Sheet1 reserve 1\n2 巴特尔|2024-03|1"},
		{"most columns unknown", func(m *maker) {
			m.rows(1, "村|姓名|性别|职务|电话|A栏|B栏|C栏|D栏|E栏|F栏|G栏", "前进嘎查|巴特尔|男|支书|13800000001|1|2|3|4|5|6|7")
		}, "person.name position", "Sheet1 committee 1\n2 巴特尔|11"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newBook(t)
			c.fill(m)
			if got := dump(m.read(sheet.ReadOptions{}), strings.Fields(c.paths)...); got != c.want {
				t.Errorf("read\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// Ensure that a village written once speaks for all of its people: merged down,
// in a line of its own, in the title or as the name of the sheet.
func TestFindsTheVillage(t *testing.T) {
	paths := []string{"village.office.name", "village.name", "person.name", "position"}
	for _, c := range []struct {
		name string
		fill func(m *maker)
		want string
	}{
		{"merged down", func(m *maker) {
			m.rows(1, "序号|苏木乡镇|嘎查村|姓名|职务", "1|幸福苏木|前进嘎查|巴特尔|支书", "|||李秀云|支委", "2||团结嘎查|王建业|支书", "|||赵永胜|支委").
				merge("A2:A3", "A4:A5", "B2:B5", "C2:C3", "C4:C5")
		}, "Sheet1 committee 1\n2 幸福苏木|前进嘎查|巴特尔|11\n3 幸福苏木|前进嘎查|李秀云|13\n4 幸福苏木|团结嘎查|王建业|11\n5 幸福苏木|团结嘎查|赵永胜|13"},
		{"one person over two rows of posts", func(m *maker) {
			m.rows(1, "嘎查村|姓名|职务", "前进嘎查|巴特尔|支书", "||嘎查达").merge("A2:A3", "B2:B3")
		}, "Sheet1 committee 1\n2 |前进嘎查|巴特尔|11\n3 |前进嘎查|巴特尔|21"},
		{"a merged range ends where it ends", func(m *maker) {
			m.rows(1, "嘎查村|姓名|职务", "前进嘎查|巴特尔|支书", "|李秀云|支委", "|王建业|支委").merge("A2:A3")
		}, "Sheet1 committee 1\n2 |前进嘎查|巴特尔|11\n3 |前进嘎查|李秀云|13\n4 ||王建业|13"},
		{"lines between the rows", func(m *maker) {
			m.rows(1, "序号|姓名|职务", "一、前进嘎查", "1|巴特尔|支书", "二、团结嘎查（3人）", "1|王建业|支书").merge("A2:C2", "A4:C4")
		}, "Sheet1 committee 1\n3 |前进嘎查|巴特尔|11\n5 |团结嘎查|王建业|11"},
		{"the title", func(m *maker) {
			m.rows(1, "幸福苏木红旗嘎查“两委”成员花名册", "姓名|职务", "巴特尔|支书").merge("A1:B1")
		}, "Sheet1 committee 2\n3 |红旗嘎查|巴特尔|11"},
		{"a title that speaks of all villages", func(m *maker) {
			m.rows(1, "幸福苏木嘎查村“两委”成员花名册", "姓名|职务", "巴特尔|支书").merge("A1:B1")
		}, "Sheet1 committee 2\n3 ||巴特尔|11"},
		{"a sheet for each village", func(m *maker) {
			m.on("前进嘎查").rows(1, "花名册", "姓名|职务", "巴特尔|支书").on("2.团结村").rows(1, "花名册", "姓名|职务", "王建业|支书")
		}, "前进嘎查 committee 2\n3 |前进嘎查|巴特尔|11\n2.团结村 committee 2\n3 |团结村|王建业|11"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newBook(t)
			c.fill(m)
			if got := dump(m.read(sheet.ReadOptions{}), paths...); got != c.want {
				t.Errorf("read\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// Ensure that every visible sheet with a table is read, hidden and empty ones
// are not, and two tables of one sheet are both.
func TestFindsTheSheets(t *testing.T) {
	m := newBook(t).on("两委").row(1, faces).rows(2, faceRows...)
	m.on("旧表").row(1, faces).rows(2, faceRows[0]).hide()
	m.on("后备力量").rows(1, "嘎查村|姓名|性别|出生年月|成熟度|入库时间", "前进嘎查|王建业|男|1990.10|近期可用|2024.03")
	m.on("说明").rows(1, "填写说明", "一|请如实填写|每季一次", "二|不要改表头|谢谢").on("Sheet3")
	b := m.save()
	ts, err := tables(t, b, sheet.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := "两委 committee 1\n2 巴特尔\n3 李秀云\n后备力量 reserve 1\n2 王建业"
	if got := dump(ts, "person.name"); got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
	if ts, err = tables(t, b, sheet.ReadOptions{Sheet: "旧表"}); err != nil || dump(ts, "person.name") != "旧表 committee 1\n2 巴特尔" {
		t.Errorf("the hidden sheet by name: %v %s", err, dump(ts, "person.name"))
	}

	m = newBook(t).rows(1, "表一 两委成员", "嘎查村|姓名|职务", "前进嘎查|巴特尔|支书", "合计|1人", "", "表二 后备力量花名册", "嘎查村|姓名|性别|成熟度|入库时间", "前进嘎查|王建业|男|近期可用|2024.03")
	want = "Sheet1 committee 2\n3 巴特尔\n- 4 合计行\n- 6 说明文字\nSheet1 reserve 7\n8 王建业"
	if got := dump(m.read(sheet.ReadOptions{}), "person.name"); got != want {
		t.Errorf("two tables of a sheet:\n%s\nwant\n%s", got, want)
	}
}

// Ensure that a book without a table is refused with what was seen in it.
func TestTellsWhatItSaw(t *testing.T) {
	for name, c := range map[string]struct {
		fill func(m *maker)
		o    sheet.ReadOptions
		want string
	}{
		"another table":   {func(m *maker) { m.rows(1, "物资台账", "品名|数量|单价", "铁锹|3|25") }, sheet.ReadOptions{}, "“Sheet1”，最像表头的一行是：品名、数量、单价"},
		"nothing":         {func(m *maker) {}, sheet.ReadOptions{}, "“Sheet1”，里面没有表格"},
		"no such sheet":   {func(m *maker) { m.row(1, faces) }, sheet.ReadOptions{Sheet: "花名册"}, "没有名为“花名册”的工作表"},
		"a form by force": {func(m *maker) { m.rows(1, "品名|数量", "铁锹|3") }, sheet.ReadOptions{Form: "committee"}, "没有找到认识的表头"},
	} {
		m := newBook(t)
		c.fill(m)
		if _, err := tables(t, m.save(), c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// Ensure that what a person said of the heads goes before what the program
// thinks, now and for the next book with the same heads.
func TestMapping(t *testing.T) {
	fill := func(m *maker) *maker {
		return m.rows(1, "嘎查村|姓名|职务|绰号|联系电话|家里电话", "前进嘎查|巴特尔|支书|老巴|13800000001|13900000002")
	}
	mapping := map[string]string{"绰号": "person.former", "联系电话": "", "家里电话": "person.phone"}
	want := "Sheet1 committee 1\n2 巴特尔|老巴|13900000002"
	paths := []string{"person.name", "person.former", "person.phone"}
	ts := fill(newBook(t)).read(sheet.ReadOptions{Mapping: mapping})
	if got := dump(ts, paths...); got != want {
		t.Errorf("said now:\n%s\nwant\n%s", got, want)
	}
	heads := ts[0].HeadTexts()
	o := sheet.ReadOptions{Remembered: func(h []string) map[string]string {
		if slices.Equal(h, heads) {
			return mapping
		}
		return nil
	}}
	if got := dump(fill(newBook(t)).read(o), paths...); got != want {
		t.Errorf("said before:\n%s\nwant\n%s", got, want)
	}
	o = sheet.ReadOptions{Mapping: map[string]string{"绰号": "曾用名", "联系电话": "", "家里电话": "电话"}}
	if got := dump(fill(newBook(t)).read(o), paths...); got != want {
		t.Errorf("said by heads:\n%s\nwant\n%s", got, want)
	}
}

// Ensure that columns nobody claims are kept beside the row, a column without
// a head too.
func TestKeepsOtherColumns(t *testing.T) {
	m := newBook(t).rows(1, "嘎查村|姓名|职务|微信号", "前进嘎查|巴特尔|支书|bt01|旁注")
	ts := m.read(sheet.ReadOptions{})
	if x := ts[0].Row(0).Extra; x[3] != "bt01" || x[4] != "旁注" {
		t.Errorf("kept %v", x)
	}
	if h := ts[0].Heads; h[3].Text != "微信号" || h[3].Column != -1 || len(h) != 5 || h[4].Text != "" {
		t.Errorf("heads %+v", h)
	}
}

// Ensure that the forms we print are read as themselves, cell by cell.
func TestReadsOurPrints(t *testing.T) {
	for _, f := range allForms() {
		t.Run(f.Name, func(t *testing.T) {
			d, want := printed(3, 12, f)
			path := filepath.Join(t.TempDir(), "打印.xlsx")
			if err := sheet.Write(t.Context(), path, d, nil); err != nil {
				t.Fatal(err)
			}
			for _, o := range []sheet.ReadOptions{{}, {SheetForms: map[string]string{d.Sheets[0].Name: f.Name}}} {
				comparePrint(t, path, o, f.Name, want[0])
			}
		})
	}
}

func comparePrint(t *testing.T, path string, o sheet.ReadOptions, form string, want [][]wanted) {
	t.Helper()
	ts, err := tables(t, path, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(ts) != 1 || ts[0].Form.Name != form || ts[0].Len() != len(want) {
		t.Fatalf("%d tables, form %s, %d rows, %v", len(ts), ts[0].Form.Name, ts[0].Len(), ts[0].Left)
	}
	for n, row := range want {
		for i, w := range row {
			v := ts[0].Row(n).Values[i]
			if v.Problem != nil || ts[0].Form.Columns[i].Path != "" && (v.Text != w.text || w.each != nil && !slices.Equal(slices.Sorted(slices.Values(v.Each)), slices.Sorted(slices.Values(w.each)))) {
				t.Fatalf("row %d, %s: read %q %v (%v), want %+v", n, ts[0].Heads[i].Text, v.Text, v.Each, v.Problem, w)
			}
		}
	}
}
