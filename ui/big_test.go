package ui

import (
	"fmt"
	"path/filepath"
	"testing"

	"touyan/store/field"

	"github.com/xuri/excelize/v2"
)

// bigHeads are those of an ordinary roster, thirty columns wide as offices keep
// them.
var bigHeads = []string{"序号", "旗县区", "苏木乡镇", "嘎查村", "姓名", "性别", "民族", "出生年月", "年龄", "身份证号",
	"政治面貌", "入党时间", "全日制学历", "在职学历", "毕业院校及专业", "现工作单位及职务", "人员来源", "特长", "入库时间", "成熟度",
	"培养方向", "培养联系人及职务", "培养措施", "联系电话", "备注", "籍贯", "户籍地", "现居住地", "产业项目", "奖惩情况"}

// bigRoster types a roster of n people in which the birth dates of some rows,
// every so many, are none.
func bigRoster(tb testing.TB, n, every int) string {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	ok(tb, f.SetSheetName("Sheet1", "后备力量花名册"))
	w, err := f.NewStreamWriter("后备力量花名册")
	ok(tb, err)
	set := func(row int, cells []any) { ok(tb, w.SetRow(fmt.Sprint("A", row), cells)) }
	set(1, []any{"后备力量花名册"})
	var heads []any
	for _, h := range bigHeads {
		heads = append(heads, h)
	}
	set(2, heads)
	for i := range n {
		born := field.Date{Year: 1965 + i%35, Month: 1 + i%12, Day: 1 + i%28}
		birth := fmt.Sprintf("%d.%02d", born.Year, born.Month)
		if i%every == every-1 {
			birth = "八五年春"
		}
		id := field.CompleteID(fmt.Sprintf("150499%04d%02d%02d%03d", born.Year, born.Month, born.Day, i%1000))
		set(i+3, []any{i + 1, "云杉旗", "星露苏木", fmt.Sprint("第", i%24, "嘎查"), fmt.Sprintf("张%c%c", rune(0x4e00+i%5000), rune(0x5e00+i/5000)),
			[]string{"女", "男"}[i%2], "蒙古族", birth, 40, id,
			"中共党员", "2005.07", "大专", "本科", "某某农牧学校畜牧专业", "嘎查会计", "本土摸排", "养殖", "2024.03", "近期可用",
			"党组织书记", "李某 苏木党委委员", "跟班学习、外出观摩", fmt.Sprintf("138%08d", i), "", "云杉旗", "本嘎查", "本嘎查", "肉牛养殖", ""})
	}
	ok(tb, w.Flush())
	path := filepath.Join(tb.TempDir(), "后备力量.xlsx")
	ok(tb, f.SaveAs(path))
	return path
}
