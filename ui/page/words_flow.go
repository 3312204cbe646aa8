package page

// Words of the declared steps and of the small tables in a record.

const (
	doSteps    = "办理…"
	doMore     = "更多…"
	asksMore   = "…" // stands behind what asks before it is done
	sayPickOne = "请先在表里选一条。"
	saySettled = "这一条已经办完，或者要由别的一级接着办。"
)

func sayStepDone(name, step string) string {
	if name == "" {
		return "已办“" + step + "”。"
	}
	return "已办" + name + "的“" + step + "”。"
}

func doAddPart(label string) string    { return "新增" + label + "…" }
func sayAddedPart(label string) string { return "已新增一条" + label + "。" }
func sayNoPart(label string) string    { return "还没有" + label + "。" }

// Words of leaving for good, and of villages that change.
const (
	doDepart        = "去世、调离、退休…"
	opDepart        = "离开"
	labelEndDay     = "日期"
	labelCause      = "哪一种"
	doRoutes        = "退出程序…"
	titleRoutes     = "可以走的退出程序"
	doMergeVillage  = "撤并…"
	doRenameVillage = "更名…"
	opMergeVillage  = "撤并"
	opRenameVillage = "更名"
	labelInto       = "并入嘎查村"
	labelMergedOn   = "撤并日期"
	labelRenamedOn  = "更名日期"
	labelNewName    = "新的村名"
	labelBasis      = "依据"
	labelCarry      = "在新村接着任职"
)

func titleDepart(name string) string { return name + "去世、迁出、调离或退休" }
func titleUnite(name string) string  { return name + "撤并" }
func titleRename(name string) string { return name + "更名" }

func sayEndsAll(what string) string { return "办完以后一并结束：" + what + "。" }
func sayDeparted(name, cause string) string {
	return "已登记" + name + cause + "，名下各项一并结束。"
}
func sayMerged(from, into string) string     { return from + "已并入" + into + "。" }
func sayRenamed(before, after string) string { return before + "已更名为" + after + "。" }
func sayPapersNeeded(papers string) string   { return "要有的材料：" + papers + "。" }

func sayRoutesOf(name, position, statutory string) string {
	return name + "的" + position + "属于“" + statutory + "”，只有下面这些程序合法；数字在“规则”里改。"
}
