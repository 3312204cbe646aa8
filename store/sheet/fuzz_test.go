package sheet

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"touyan/store/record"
	"touyan/store/sheet/byhand"
	"touyan/store/xlsx"
)

// Ensure that what heads fold to stays the same however often they are folded,
// and that brackets left open lose nothing.
func FuzzHead(f *testing.F) {
	for _, s := range []string{"姓  名", "出生年月\n（阳历）", "年报酬(万元)", "工资/元", "学历（在职", "*联系电话：", "）（", "ＡＢ①"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		if once := spell(s); spell(once) != once {
			t.Errorf("%q is spelled %q, then %q", s, once, spell(once))
		}
		if fold(s) == "" && spell(s) != "" && !strings.ContainsAny(s, "([【〔（［{)]】〕）］") {
			t.Errorf("%q folds to nothing", s)
		}
		unitOf(s)
		constant(s)
	})
}

// Ensure that whatever stands in a sheet, reading it ends in tables whose cells
// are values or problems, or in a sentence.
func FuzzTable(f *testing.F) {
	for _, s := range []string{
		"村干部花名册\n序号|姓名|性别|出生年月|联系电话\n1|白音巴图|男|1985.3|13800000000\n2|李秀云|女|七五年|x",
		"姓名|职务\n|村书记\n甲",
		"序号||姓名\n||\n合计|2|",
		"苏木乡镇|嘎查村|姓名|公民身份号码|任职时间\n白音花|一队|甲|15042619850301001X|2021年1月",
	} {
		f.Add(s)
	}
	kinds := record.Kinds()
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 || strings.Count(text, "|") > 200 || strings.Count(text, "\n") > 40 {
			return
		}
		path := filepath.Join(t.TempDir(), "a.xlsx")
		if byhand.Write(path, "", byhand.Sheet{Name: "表", Text: text}) != nil {
			return // what no program can write
		}
		b, err := xlsx.Open(path, xlsx.DefaultLimits())
		if err != nil {
			return
		}
		defer b.Close()
		forms := record.Forms()
		tables, _, err := Read(context.Background(), b, ReadOptions{Kinds: kinds, Forms: forms})
		if err != nil {
			return
		}
		for _, table := range tables {
			if table.Form == nil {
				t.Fatal("a table of no form")
			}
		}
	})
}
