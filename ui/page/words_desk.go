package page

import (
	"fmt"
	"time"
)

// Words of what stands around the pages: looks, levels, groups of rooms, keys,
// work that goes on.

// densityWords are the densities offered, in their order.
var densityWords = [...]string{"紧凑", "标准", "大字"}

// levelWords are the levels of offices, in their order.
var levelWords = [...]string{"苏木乡镇", "旗县区", "市"}

// codeWords say how long the codes of those levels are.
var codeWords = [...]string{"9 位或 12 位数字", "6 位数字", "4 位或 6 位数字"}

var groupWords = [...]string{Ledger: "台账", Choose: "选", Train: "育", Watch: "管", Promote: "促", Exchange: "收发", Figure: "统计", Setup: ""}

// keyGroup is what the keyboard does in one part of the window.
type keyGroup struct {
	title string
	keys  []keyHelp
}

type keyHelp struct{ keys, says string }

var keyGroups = []keyGroup{
	{"各处", []keyHelp{
		{"Ctrl+K", "查找人员、嘎查村、页面和操作"},
		{"Ctrl+1 … Ctrl+9", "到左边的第几个页面"},
		{"F6", "在左边、页面和上方之间换"},
		{"Alt+←", "回到刚才的页面"},
		{"Ctrl+N", "新增"},
		{"Ctrl+P", "打印"},
		{KeysBack, "撤销上一步，先问一声"},
		{KeysWall, "开始或结束投影"},
		{KeysLock, "锁定，等人登录"},
		{"F1", "看这张表"},
		{"Esc", "取消、关闭"},
		{"回车", "确定"},
		{"Ctrl+回车", "完成正在填的一步"},
	}},
	{"列表", []keyHelp{
		{"Ctrl+F", "在本表中查找"},
		{"↑ ↓", "换一行"},
		{"Shift+↑ ↓", "连着多选"},
		{"Ctrl+单击", "加选、去掉一行"},
		{"Ctrl+A", "全选"},
		{"PageUp PageDown", "翻一屏"},
		{"Home End", "到头、到尾"},
		{"← →", "左右移动"},
		{"回车", "打开选中的一行"},
		{"直接键入 F2", "改这一格；选中几行一起改"},
		{"Delete", "清空这一格；选中几行一起清空"},
		{"Ctrl+C", "复制这一格或选中的几行"},
		{"Ctrl+V", "从表格粘贴，先看后写"},
		{"Ctrl+D", "向下填充"},
		{"Ctrl+Shift+D", "填同上期的数"},
	}},
	{"合并和裁定", []keyHelp{
		{"1 2 3", "采用本级、采用对方、改为别的"},
		{"4", "换一个原因"},
		{"0", "不定了"},
		{"回车", "到下一处未定的；都定了就合并"},
		{"↑ ↓ ← →", "换一处、换一条"},
		{"5", "显示遮住的证件号、电话"},
		{"Ctrl+D", "其余的也这样定"},
	}},
}

func saySigned(name string) string { return "以后的操作都记在" + name + "名下。" }

func sayCodeLength(level int) string {
	return levelWords[level] + "的区划代码是 " + codeWords[level] + "，请核对。"
}

// sayProgress is how far work is. Counts beyond a million are bytes, or as good
// as: they are told as a share.
func sayProgress(done, total int64, spent time.Duration) string {
	text := fmt.Sprintf("已处理 %s / %s", thousands(done), thousands(total))
	if total >= 1<<20 {
		text = fmt.Sprintf("已处理 %d%%", done*100/total)
	}
	if left := timeLeft(done, total, spent); left > 0 {
		text += " · 约剩 " + sayDuration(left)
	}
	return text
}

// timeLeft reckons that the rest takes as long as what is done did; in the
// first second and the first hundredth there is nothing to reckon with.
func timeLeft(done, total int64, spent time.Duration) time.Duration {
	if done*100 < total || done >= total || spent < time.Second {
		return 0
	}
	return time.Duration(float64(spent) / float64(done) * float64(total-done))
}

func sayDuration(d time.Duration) string {
	switch s := int(d.Seconds() + 1); {
	case s < 60:
		return fmt.Sprintf("%d 秒", s)
	case s < 3600:
		return fmt.Sprintf("%d 分 %d 秒", s/60, s%60)
	}
	return fmt.Sprintf("%d 小时 %d 分", int(d.Hours()), int(d.Minutes())%60)
}

func thousands(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func sayPrinted(name string) string {
	return "已打印成“" + name + "”，在表格程序里打开。"
}
func sayNumber(n int) string { return fmt.Sprintf("（%d）", n) }

func sayNoProgram(path string) string {
	return "文件已经写好，这台电脑没有能打开它的程序，请装上 WPS 或别的表格程序，或者拷到别的电脑上打开。文件在：\n" + path
}
