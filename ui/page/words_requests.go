package page

import "fmt"

// What people read where cells are sent back to be looked at again.

const (
	titleRequests = "退回事项"
	titleWhose    = "退回哪一条记录"
	titleWhich    = "退回哪一栏"

	opSendBack = "退回"
	opExplain  = "答复退回"

	doSendBack   = "退回"
	doAddAsk     = "加一处…"
	doGoMend     = "去改"
	doExplain    = "不改，说明理由…"
	doExplainNow = "答复"
	doReturn     = "退回…"
	doSeeAsked   = "看退回事项"

	headNowSays = "现在的内容"
	headReason  = "退回原因"
	headAnswer  = "不改的理由"
	headAskedOf = "退回给"
	headAsked   = "退回日期"

	wordOpen  = "待办"
	wordDealt = "已办"
	wordBlank = "（空白）"

	hintExplain = "为什么这一栏不改"

	sayRequests          = "上级退回、请再核一次的栏目：按回车到那一栏去改；改了就算办结，核实无误的写明理由。答复随下一次上报带给上级。"
	sayNoRequests        = "没有退回的事项。"
	sayExplain           = "核实过、不用改的，写明理由；理由随下一次上报带给上级。"
	sayExplainNothing    = "请写明原因。"
	saySendBack          = "选中要退回的行（可以多选），每一行就是请对方再核一次的一栏和原因；写出的簿里只有这些记录，原因批注在格子上。"
	sayNothingFoundThere = "在它的记录里没有查出问题。要请它再核某一栏，可以自己加。"
	sayAskWhy            = "写明原因，对方在这一格上看得到。"
)

func titleSendBack(office string) string { return "退回给" + office }

func titleExplain(name, column string) string { return name + " · " + column }

func titleAskWhy(column string) string { return "为什么退回“" + column + "”" }

func doSendBackNow(n int) string {
	if n == 0 {
		return doSendBack
	}
	return fmt.Sprintf("退回 %d 处…", n)
}

func saySentBack(office string, n int, file string) string {
	return fmt.Sprintf("已写出给%s的退回簿“%s”，请它再核%d处。", office, file, n)
}

func sayAskedHere(column, reason string) string {
	return fmt.Sprintf("“%s”被退回：%s", column, reason)
}

func sayAskedOf(n int) string { return fmt.Sprintf("上级退回%d处，等着核对。", n) }
