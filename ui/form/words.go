package form

import "fmt"

// All that people read on a form stands in this file, but for the labels of
// fields and what the checks of fields and kinds say.

const (
	sayFound     = "上次没有保存的内容已经找回。"
	sayFoundStep = "这是上次没有完成的草稿。"
	sayDraft     = "草稿：按“完成”后才记入台账。"
	sayNoMatch   = "没有这样的内容"
	sayLost      = "（名单里没有）"
	sayHidden    = "有问题，请按“显示”后核对。"

	doKeep    = "保留"
	doDiscard = "放弃"
	doReveal  = "显示"
	doConceal = "隐藏"
	doFinish  = "完成"
	doAdd     = "添加一行"
	doVoid    = "作废"
	doRemove  = "删除"
	doToday   = "今天"
	doMonth   = "只填年月"

	today      = "今天" // as one may type it
	weekdays   = "一二三四五六日"
	money      = "（元）"
	mustHave   = "＊"
	opens      = "▼"
	yearBack   = "«"
	monthBack  = "‹"
	monthForth = "›"
	yearForth  = "»"
)

func sayMonth(year, month int) string { return fmt.Sprintf("%d年%d月", year, month) }

func sayMore(n int) string { return fmt.Sprintf("还有 %d 项，请再多打几个字", n) }

func doMake(name string) string { return "新增“" + name + "”…" }

func doChange(to string) string { return "改为“" + to + "”" }

func sayNoSuch(text, label string) string {
	return "“" + text + "”不在“" + label + "”的名单里，请从列表中选择。"
}

func saySeveral(text string, n int) string {
	return fmt.Sprintf("名单里有 %d 个“%s”，请从列表中选一个。", n, text)
}
