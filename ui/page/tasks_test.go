package page_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"

	"golang.org/x/text/width"
)

// counted says, above the table of tasks, how they were counted.
const counted = `按键加点击的次数。两边用同一把尺子：
  敲一下键算一次，组合键算一次，一个汉字、字母、数字都算一次（拼音输入法多敲的键两边一样，都不算）；
  鼠标点一下算一次，双击算两次，拖放算两次；看、找、核对、滚动都不算。
  程序从打开后的第一个画面数起，数到内容存进台账为止；每一步都真的敲在窗口里。
  工作簿按同一件事最熟练、一次不错的做法数：一本花名册工作簿已经打开，停在目录页，
  各表是花名册（含离任的人，一人一行）、后备力量、村情况；数到按 Ctrl+S 存盘为止。`

// task is a thing clerks do, done in the window and counted beside the same in
// a workbook.
type task struct {
	name string
	ours func(h *hand)
	book []motion
}

// motion is one thing done in the workbook.
type motion struct {
	what  string
	count int
}

// typed is a text typed into a cell, and the key that leaves it.
func typed(text string) motion { return motion{text + "⏎", utf8.RuneCountInString(text) + 1} }

// found is going to the row of somebody or something by name.
func found(name string) motion {
	return motion{"Ctrl+F " + name + " ⏎ Esc", 1 + utf8.RuneCountInString(name) + 2}
}

var (
	sheetTab = motion{"点工作表标签", 1}
	saved    = motion{"Ctrl+S", 1}
)

func right(columns int) motion { return motion{"→ 到那一栏", columns} }

// Ensure that ten things clerks do often take fewer keys and clicks in the
// window than in a plain workbook.
func TestTasks(t *testing.T) {
	var table strings.Builder
	fmt.Fprintf(&table, "\n%s\n\n%s%8s%8s%10s\n", counted, padded("", 34), "按键", "点击", "工作簿")
	for _, k := range tasks() {
		t.Run(k.name, func(t *testing.T) {
			h := sit(t)
			k.ours(h)
			theirs := 0
			for _, m := range k.book {
				theirs += m.count
			}
			if ours := h.keys + h.clicks; ours >= theirs {
				t.Errorf("%d keys and %d clicks, in the workbook %d", h.keys, h.clicks, theirs)
			}
			fmt.Fprintf(&table, "%s%10d%10d%12d\n", padded(k.name, 34), h.keys, h.clicks, theirs)
		})
	}
	t.Log(table.String())
}

// padded is a text as wide as so many Latin letters.
func padded(text string, columns int) string {
	for _, r := range text {
		columns--
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			columns--
		}
	}
	return text + strings.Repeat(" ", max(columns, 0))
}

// someone is the first person in office whose name nobody else has.
func (h *hand) someone() (who *record.Person) {
	h.read(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil || who != nil {
				return err
			}
			if p.To.IsZero() && p.Position == record.Secretary {
				who, err = store.Get[record.Person](tx, p.Person)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return who
}

func (h *hand) read(f func(*store.Tx) error) {
	h.t.Helper()
	must(h.t, h.db.View(f))
}

// villages are the names of all villages, in the order of the list.
func (h *hand) villages() (out []*record.Village) {
	h.read(func(tx *store.Tx) error {
		for v, err := range store.All[record.Village](tx) {
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out
}

func tasks() []task {
	return []task{
		{"新增一名“两委”成员", addMember, []motion{
			sheetTab, found("扎兰尼"), {"插入一行", 2}, {"到村名", 2}, {"Ctrl+D 村名同上", 2},
			typed("苏日娜"), typed("女"), typed("蒙古族"), typed("1990.05"), typed("150499199005120026"), typed("群众"),
			typed("大专"), typed("村委会委员"), typed("2026.03"), typed("15400001234"), saved,
		}},
		{"查一个人的电话", findPhone, []motion{sheetTab, found("宝音毕力格")}},
		{"更正一个出生年月", correctBirth, []motion{sheetTab, found("宝音毕力格"), right(3), typed("1974.11"), saved}},
		{"填24个村的户数", enterFigures, append([]motion{sheetTab, {"点第一格", 1}, saved}, figures()...)},
		{"导入有4处错的花名册", importBook, []motion{
			{"双击打开收到的册子", 2}, {"选中数据行：点第一行、Ctrl+Shift+↓", 2}, {"Ctrl+C", 1}, {"Ctrl+Tab 回台账", 1}, sheetTab,
			{"选中这几个村的旧行：点第一行、Shift+点末行", 2}, {"Ctrl+- 删掉", 1}, {"Ctrl+Shift+= 插入复制的行", 1},
			{"数据→数据验证▾→圈释无效数据", 3}, {"点4处错格", 4},
			typed("中共党员"), typed("1973.05"), typed("女"), typed("蒙古族"), saved,
		}},
		{"上报本季度", sendReport, []motion{{"F12 另存为", 1}, {"文件名里点季度后面、退格", 2}, typed("一")}},
		{"合并有3处冲突的退回表", mergeReturn, []motion{
			{"双击打开退回的表", 2}, sheetTab, // two tables side by side: looking costs nothing
			{"3格采用对方：点那格、Ctrl+C、Ctrl+Tab、点这格、Ctrl+V、Ctrl+Tab", 3*6 - 1}, saved,
		}},
		{"更换一名书记", replaceSecretary, []motion{
			sheetTab, found("乌云塔娜"), right(10), typed("2026.03"), typed("退休"),
			{"插入一行", 2}, {"到村名", 2}, {"Ctrl+D 村名同上", 2},
			{"点后备力量标签", 1}, found("那顺扎布"), {"Shift+→ 选姓名到学历", 5}, {"Ctrl+C", 1}, right(6), typed("任用出库"),
			sheetTab, {"点姓名格、Ctrl+V", 2}, {"到职务", 1}, typed("党组织书记 村委会主任"), typed("2026.03"), saved,
		}},
		{"列出没有后备的村", listWithoutReserves, []motion{
			sheetTab, {"点空白列第一格", 1}, typed(`=COUNTIF(后备力量!C:C,B3)`), {"双击填充柄", 2}, {"Ctrl+Shift+L", 1},
			{"筛选：点▾、全选、0、确定", 4},
		}},
		{"打印在任“两委”花名册", printRoster, []motion{sheetTab, {"Ctrl+Shift+L", 1}, {"离任时间只看空白：点▾、全选、空白、确定", 4}, {"Ctrl+P", 1}}},
	}
}

func addMember(h *hand) {
	h.click("人员")
	h.press("Ctrl+N")
	h.write("苏日娜")
	h.into("公民身份号码")
	h.write("150499199005120026")
	h.press("Return")
	h.sees("1990.05.12", "女")
	h.into("民族")
	h.write("mg")
	h.press("Return")
	h.into("联系电话")
	h.write("15400001234")
	h.into("政治面貌")
	h.write("qz")
	h.press("Return")
	h.into("全日制学历")
	h.write("dz")
	h.press("Return")
	h.click("完成")
	h.sees("苏日娜")
	h.click("任命…")
	h.into("嘎查村＊")
	h.write("zln")
	h.press("Return")
	h.into("职务＊")
	h.write("cwhwy")
	h.press("Return")
	h.into("任现职时间")
	h.write("2026.3")
	h.press("Return")
	h.click("完成")
	h.read(func(tx *store.Tx) error {
		for p, err := range store.All[record.Post](tx) {
			if err != nil {
				return err
			}
			who, err := store.Get[record.Person](tx, p.Person)
			if err != nil {
				return err
			}
			if who.Name == "苏日娜" && who.Birth == (field.Date{Year: 1990, Month: 5, Day: 12}) && who.Phone == "15400001234" && p.From == (field.Date{Year: 2026, Month: 3}) {
				return nil
			}
		}
		h.t.Error("nobody of that name holds a post")
		return nil
	})
}

func findPhone(h *hand) {
	who := h.someone()
	h.press("Ctrl+K")
	h.write("byb")
	h.press("Return")
	h.sees(who.Name)
	h.click("显示")
	h.sees(who.Phone)
}

func correctBirth(h *hand) {
	who := h.someone()
	h.press("Ctrl+K")
	h.write("byb")
	h.press("Return")
	h.click(who.Birth.Office())
	h.press("Ctrl+A")
	h.write("1974.11")
	h.press("Alt+Left")
	if now := h.person(who.ID); now.Birth != (field.Date{Year: 1974, Month: 11}) {
		h.t.Errorf("born %v", now.Birth)
	}
}

func (h *hand) person(id string) (p *record.Person) {
	h.read(func(tx *store.Tx) (err error) {
		p, err = store.Get[record.Person](tx, id)
		return err
	})
	return p
}

// households are the figures to be entered, one for each village.
func households() (out []string) {
	for i := range 24 {
		out = append(out, fmt.Sprint(200+7*i))
	}
	return out
}

func figures() (out []motion) {
	for _, n := range households() {
		out = append(out, typed(n))
	}
	return out
}

func enterFigures(h *hand) {
	first := h.villages()[0]
	h.click("嘎查村")
	h.click(fmt.Sprint(*first.Households))
	for _, n := range households() {
		h.write(n)
		h.press("Return")
	}
	for i, v := range h.villages() {
		if want := households()[i]; fmt.Sprint(*v.Households) != want {
			h.t.Errorf("%s has %d households, want %s", v.Name, *v.Households, want)
		}
	}
}

func listWithoutReserves(h *hand) {
	h.click("嘎查村")
	h.click("视图")
	h.click("没有后备的村")
	h.sees("后备人数：0")
}

func printRoster(h *hand) {
	h.click("任职")
	h.press("Ctrl+P")
	h.click("《嘎查村“两委”成员花名册》")
	if len(h.opened) != 1 || !strings.Contains(h.opened[0], "花名册") {
		h.t.Errorf("opened %v", h.opened)
	}
}
