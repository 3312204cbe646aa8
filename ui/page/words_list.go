package page

import (
	"fmt"
	"strings"
)

// What the lists of the kinds say.

const (
	closeMark = "×"

	headDuties       = "职务"
	headSince        = "任现职"
	headFiling       = "备案"
	headRole         = "身份"
	headAge          = "年龄"
	headSecretaryNow = "书记"
	headHeadNow      = "主任"
	headTeam         = "班子人数"
	headReserves     = "后备人数"
	headTermEnd      = "届满"
	headInOffice     = "在任"
	headInPool       = "在库"

	wordBoth      = "一肩挑"
	wordSecretary = "书记"
	wordHead      = "主任"
	wordTeam      = "两委成员"
	wordOtherPost = "其他在任"
	wordReserve   = "后备"
	wordLeft      = "离任"
	wordInOffice  = "在任"
	wordYes       = "是"
	wordNo        = "否"

	viewInOffice   = "在任"
	viewSecretary  = "书记"
	viewBoth       = "一肩挑"
	viewYoung      = "35岁以下"
	viewNoReserve  = "没有后备的村"
	viewTermEnds   = "本年届满"
	viewNoLeader   = "没有书记的村"
	viewEntry      = "填报"
	viewUnfiled    = "书记待备案"
	viewInPool     = "在库"
	youngest       = "35"
	doPrintSeen    = "现在看到的 %d 行"
	doTakeCells    = "写入这 %d 格"
	doFillDown     = "向下填充 Ctrl+D"
	doAsBefore     = "同上期 Ctrl+Shift+D"
	titlePaste     = "粘贴到表里"
	titleSeen      = "名单"
	wordToday      = "今天"
	sayGone        = "这条记录刚被撤销或作废了，没有改动。请看现在的列表再改。"
	sayNothingSeen = "表里没有行，没有打印。请先去掉一些条件。"
)

// units are what the records of a kind are counted in.
var units = map[string]string{"person": "人", "village": "个村", "post": "条", "reserve": "人", "office": "个单位", RoomBatches: "批", "hire": "人", "away": "人", "secondment": "人", "nominee": "人",
	"survey": "次", "conduct": "件", "lax": "个", "midterm": "份", "filing": "件"}

func sayNarrowed(title string, n int) string { return fmt.Sprintf("%s %d", title, n) }

// sayHowMany counts a list beside its title.
func sayHowMany(kind string, all, shown int) string {
	unit := units[kind]
	if unit == "" {
		unit = "条"
	}
	text := fmt.Sprintf("%d %s", all, unit)
	if shown != all {
		text += fmt.Sprintf(" · 已筛选 %d", shown)
	}
	return text
}

func sayByStep(label string) string {
	return "“" + label + "”由任免、出入库等手续登记，不能在表里直接改。请双击打开这条记录，从办理手续的按钮做。"
}

func sayInRecord(label string) string {
	return "“" + label + "”要从已有的记录里选，不能在表里直接改。请双击打开这条记录再改。"
}

func sayReckoned(label string) string {
	return "“" + label + "”是从别的记录算出来的，不能在表里直接改。"
}

func sayNeeded(label string) string { return "“" + label + "”不能为空，请填写。" }

// sayChangedCells says what was stored at once.
func sayChangedCells(records int, labels []string) string {
	what := "“" + strings.Join(labels, "”“") + "”"
	if len(labels) > 3 {
		what = fmt.Sprintf("%d 栏", len(labels))
	}
	return fmt.Sprintf("已改 %d 条记录的%s。", records, what)
}

func sayMoreReasons(n int) string {
	return fmt.Sprintf("另有 %d 种问题，选中标红的格子就能看到。", n)
}
