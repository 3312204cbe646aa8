package page

import (
	"fmt"
	"strings"

	"touyan/store/exchange"
)

// What people read while a book is taken in.

const (
	stepSheets = "选表"
	stepHeads  = "对列"
	stepRows   = "核对"
	stepArrow  = "›"

	doReadSheet   = "读取这张表"
	doKnownTables = "读取全部认识的表"
	doAsRoster    = "按普通花名册读取"
	doChooseHead  = "改对应栏目…"
	doGoOn        = "继续核对"
	doMendThis    = "改这一行"
	doLeaveOut    = "不导入这一行"
	doTakeBackRow = "恢复这一行"
	doMended      = "改好"
	doPick        = "选…"
	doAllMended   = "全部改好后接受"
	doTake        = "选定"

	headResult  = "结果"
	headRowNo   = "行"
	headForm    = "按哪种表读"
	headHead    = "书中表头"
	headSamples = "下面写的是"
	headTarget  = "对应栏目"
	headSure    = "把握"
	headOption  = "选项"
	headHint    = "说明"
	headTop     = "表头"

	wordAllRows   = "全部"
	wordNoTarget  = "不导入这一列"
	wordNoTable   = "没有认识的表"
	wordHidden    = "（隐藏）"
	wordTaken     = "已有另一列"
	wordLikely    = "像是这一栏"
	wordUnmatched = "没有对上"
	wordLikelyTo  = "大概是"
	wordSure      = "确定"
	wordTold      = "已指定"
	wordAutomatic = "自动辨认"

	titleCarrier = "交接信息读不出来"
	titleSheets  = "选表"
	titleHeads   = "对列"

	captionWrong = "要改的栏目"
	captionOther = "其余栏目"

	labelForm = "这是哪种表："

	sayPickSheet    = "这个工作簿里哪些表要读。通常不必选：认识的表都会读；只读其中一张，请选中它。"
	sayNoTable      = "没有认出表头。请选中要读的那张表，再指明它是哪种表；表头里要有姓名、嘎查村这样的栏目。"
	sayMatchHeads   = "书中的表头各对应台账的哪一栏。没有对上和拿不准的在最前面；按回车改，改过的下次会记得。"
	sayNoHeads      = "这份表没有表头。"
	sayAsRoster     = "也可以按普通花名册读取：书中写的都当作本级填报，看不出对方改过哪些栏目，也不会报出冲突，请逐行核对。"
	sayRereading    = "正在按新的对应重新读取"
	wordHeld        = "核对中"
	sayHeld         = "这一行刚改过，正在重新核对；可以接着改别的行。"
	sayHolding      = "正在重新核对"
	saySelectRow    = "选中一行，这里说明问题出在哪里；按回车在这里改，原来的工作簿不会动。"
	sayFine         = "这一行没有问题。"
	sayNoRows       = "没有这样的行。"
	sayMendsKept    = "已取消，改过的内容都还在；接受之前会重新核对。"
	sayWholeRow     = "这一行"
	sayWillBe       = "可以导入："
	sayWillBlank    = "空白，不改动台账里的内容。"
	sayHeadless     = "这一列没有表头，不能指定；请在原表里补上表头再导入。"
	sayPartlyComing = "这一行里没有问题的栏目照常导入。"
	sayRefused      = "改好之前，这一行整行不导入。"
	sayFilterPick   = "输入名称、拼音或首字母"
)

// steps are the steps of taking a book in, in order.
var steps = []string{stepSheets, stepHeads, stepRows}

func doAcceptGood(rows int) string { return fmt.Sprintf("接受无误的 %d 行", rows) }
func doAcceptAll(rows int) string  { return fmt.Sprintf("接受全部 %d 行", rows) }

func sayStep(n int, name string) string { return fmt.Sprintf("%d %s", n+1, name) }

func sayState(s string, n int) string { return fmt.Sprintf("%s %d", s, n) }

func sayTableOf(sheet, form string, faulty int) string {
	text := sheet
	if faulty > 0 {
		text += fmt.Sprintf("（有问题 %d）", faulty)
	}
	if form != sheet {
		text += between + form
	}
	return text
}

func titleMendRow(sheet string, number int, name string) string {
	return strings.TrimSpace(fmt.Sprintf("%s 第 %d 行 %s", sheet, number, name))
}

func titleChooseHead(head string) string { return "“" + head + "”对应哪一栏" }
func titleChooseWord(label string) string {
	return "选择" + label
}

func sayInBook(raw string) string { return "书中写的是“" + raw + "”" }

func sayRowState(sheet string, number int, name, state string) string {
	return titleMendRow(sheet, number, name) + "：" + state
}

// sayRowProblem is a problem of a row that is named already: its cell, what
// stands there if the sentence does not say so, and what to do.
func sayRowProblem(p *exchange.Problem) string {
	text := p.Message
	_, _, column := p.At()
	switch {
	case column >= 0 && p.Value != "" && !strings.Contains(text, p.Value):
		text = p.Cell + " " + p.Label + "“" + p.Value + "”：" + text
	case column >= 0:
		text = p.Cell + " " + p.Label + "：" + text
	case p.Label != "" && !strings.HasPrefix(text, p.Label):
		text = p.Label + "：" + text
	}
	if p.Proposal != "" {
		text += sayProposal(p.Proposal)
	}
	return text
}

func doPropose(text string) string { return "改为“" + text + "”" }

func saySheetRows(n int) string { return fmt.Sprintf("%d 行", n) }
