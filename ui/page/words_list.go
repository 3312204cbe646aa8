package page

import (
	"fmt"
	"strings"
)

// What people read in the lists of the kinds, but for what the grid says.

const (
	headPosition  = "现任职务"
	headSecretary = "现任书记"
	headChair     = "现任主任"
	headAge       = "年龄"
	headSince     = "任现职"
	headFiling    = "备案"
	headPool      = "后备"
	headBoth      = "一肩挑"
	headTeam      = "班子人数"
	headReserves  = "后备人数"
	headDue       = "任期届满"
	headPresent   = "在任"
	headSex       = "性别"
	headEducation = "学历"

	wordYes   = "是"
	wordNo    = "否"
	wordWoman = "女" // as the code list of 性别 has it

	sayUnfiled = "未备案"

	viewPresent   = "在任"
	viewSecretary = "书记"
	viewPool      = "在库后备"
	viewYoung     = "35岁以下"
	viewWomen     = "女性"
	viewNoReserve = "没有后备的村"
	viewNoLeader  = "没有书记的村"
	viewDue       = "今年届满"
	viewFigures   = "填报数字"
	viewBothPosts = "书记主任一肩挑"
	viewUnfiled   = "未备案的书记"
	viewInPool    = "在库"

	doPrintSeen  = "眼前的表"
	doFill       = "填入"
	doEverything = "看全部"
	titlePaste   = "从工作簿粘贴"
)

func sayPrintSeen(rows, columns int) string {
	return fmt.Sprintf("%s（%d行、%d栏）", doPrintSeen, rows, columns)
}

func doFillIn(n int) string { return fmt.Sprintf("%s%d处", doFill, n) }

// sayListed is a list's heading: how many there are and how many of them pass
// the filters.
func sayListed(all, shown int, unit string) string {
	if all == shown {
		return fmt.Sprintf("%d%s", all, unit)
	}
	return fmt.Sprintf("%d%s · 已筛选%d", all, unit, shown)
}

// units count the records of a kind.
var units = map[string]string{"person": "人", "village": "个", "reserve": "人", "office": "个"}

func unitOf(kind string) string {
	if u, known := units[kind]; known {
		return u
	}
	return "条"
}

func sayNarrowed(title string, n int) string {
	return fmt.Sprintf("只列出：%s，共%d条。", title, n)
}

// sayCellRefused is why something typed into a cell is not taken.
func sayCellRefused(label, problem string) string { return label + "没有改：" + problem }

func sayEdited(labels []string, rows int) string {
	return fmt.Sprintf("已改%d条的%s。", rows, strings.Join(labels, "、"))
}

func sayCannotChoose(text, label string, words []string) string {
	if len(words) == 0 {
		return "“" + label + "”里没有“" + text + "”，请按选项填写：可以打汉字、拼音首字母或编号。"
	}
	return "“" + text + "”可以是" + strings.Join(words, "、") + "，请再打几个字。"
}
