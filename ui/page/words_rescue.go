package page

import (
	"strings"

	"touyan/store"
	"touyan/store/examine"
)

// What is said of a ledger that does not open, and of a save in question.
const (
	titleStopped = "台账没有打开"
	titleRescue  = "恢复台账"
	titleSettle  = "还不知道存下没有"

	titleOdd = "打开台账时发现异常"

	doVerifyNow = "核验台账"

	doRescueNow = "恢复"
	doNoRescue  = "不恢复"
	doTryOpen   = "再试一次"
	doSettle    = "再核对一次"
	doSettleNot = "先不核对"

	sayRescuing  = "正在恢复台账"
	saySettling  = "正在核对台账"
	sayKeptAside = "现在的文件会改名留在原处，不会删除。"
	sayNoOffer   = "没有找到可以恢复的备份。备份在别处的（例如 U 盘上），请用“另选台账”打开那一份。"
)

func sayOdd(found []store.Finding) string {
	var b strings.Builder
	for _, f := range found {
		b.WriteString(f.String() + "。\n")
	}
	return b.String() + "这件事已经记入留痕。请告诉负责人，并核验台账；有内容对不上的，可以在“备份”里恢复较早的一份。"
}

func doRescue(o examine.Offer) string {
	if o.Earlier {
		return "恢复到最后一步之前…"
	}
	return "恢复这份备份…"
}

func sayPutBack(from string) string { return "台账已恢复，用的是：" + from + "。" }

func sayNotStored(op string) string {
	return "核对过了，“" + op + "”没有存下，台账还是这一步之前的样子；请再做一次。"
}
