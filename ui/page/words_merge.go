package page

import (
	"fmt"
	"strings"
	"time"

	"touyan/store/field"
)

// What people read while a returned book is merged and conflicts are decided.

const (
	titleConflicts      = "待裁定"
	titleReconciliation = "数据核对情况表"

	doPrintReconciliation = "打印核对情况"

	stepLook   = "看变化"
	stepDecide = "裁定"
	stepMerge  = "合并"

	doNotMerge        = "不合并"
	doMergeNow        = "合并"
	doMergeAllTheSame = "看过了，仍要合并"
	doGoDecide        = "回去裁定"
	doLeaveMerge      = "不合并，离开"
	doChangeTo        = "改为…"
	doPrevious        = "上一条"
	doNextOne         = "下一条"
	doRestAlike       = "其余同样…"
	doUseThis         = "就用这个"
	doReplaceBy       = "换人"

	headBase   = "原值"
	headOwn    = "本级"
	headTheirs = "对方"
	headAdopt  = "采用"
	headEffect = "变化"
	headName   = "名称"

	wordOwn      = "本级"
	wordShown    = "现显示的"
	wordTheirs   = "对方"
	wordCorrects = "更正"
	wordReplaces = "换人"
	wordSamePers = "同一个人"
	wordTwoPers  = "是两个人"
	wordRefused  = "未导入"
	wordToDecide = "需要决定"

	titleReason  = "为什么这样定"
	titleAlike   = "其余的也这样定"
	titleValues  = "采用对方的哪一个值"
	titleMerge   = "合并"
	titleHeld    = "这一本先不要合并"
	titleLeaving = "还没有合并"
	titleTakes   = "接任"

	labelOvertyped = "换人还是更正"
	labelNamesake  = "是不是同一个人"
	labelTypedWhy  = "其他原因"

	opDecide = "裁定"

	sayConflicts     = "两边都改过、互不知情的栏目：选定一边，写明原因，再点“裁定”；裁定可以撤销。"
	sayNoConflicts   = "没有待裁定的栏目。合并工作簿时，两边都改过又没有当场决定的会列在这里。"
	sayNothingToDo   = "没有需要决定的，可以直接合并。"
	sayHeldLook      = "没有交回的行可以在“未读入的内容”里看到。"
	sayNoneFound     = "没有查到，请换一个名字、嘎查村或栏目再查。"
	sayDocketKeys    = "1 本级　2 对方　3 改为　4 原因　5 显示　0 不定　↑↓ 上下　←→ 换一条　回车 下一处未定的"
	sayAlikeKeys     = "Ctrl+D 其余同样"
	sayReasonKeys    = "按数字选定；都不合适的，在下面另写。"
	sayNumberKeys    = "按数字选定。"
	sayOnlyTheirs    = "只有对方改过"
	sayOnlyOwn       = "以本级为准"
	sayOtherHint     = "写下两边以外的值"
	sayBlankMeans    = "这一栏会清空。"
	sayWriteValue    = "请写下要采用的值；要清空这一栏，写“清空”。"
	wordClear        = "清空"
	sayDecideOneLine = "请先给这一处选定本级或对方，再让其余同样。"
	sayNoRest        = "没有别的未定之处了。"
	sayNobodysPosts  = "没有在任职务，不用登记离任；接任的人作为新人员登记。"
	sayReplaceWhen   = "离任和接任从哪一天起、因何离任？合并时一并登记。"
	sayLaterDecides  = "没有决定的会列入“待裁定”，两边的值都保留，以后再定也不迟。"
	sayReplanned     = "台账刚有改动，已按现在的样子重新核对；选好的都还在，请再看一眼后合并。"
	sayMovedAway     = "台账刚有改动，有 %d 处和刚才看到的不一样，请重新决定。"
)

// mergeSteps are the steps of a merge, in order.
var mergeSteps = []string{stepLook, stepDecide, stepMerge}

func sayDiffering(all, open int) string {
	text := fmt.Sprintf("%d 处不同", all)
	if open > 0 {
		return text + between + fmt.Sprintf("%d 处需要决定", open)
	}
	return text + between + "都已选定"
}

func sayOf(n, all int) string { return fmt.Sprintf("%d / %d", n, all) }

func sayFolded(fresh, updated, same int) string {
	return fmt.Sprintf("不需要决定的 %d 条：新增 %d，更新 %d，相同 %d", fresh+updated+same, fresh, updated, same)
}

func sayUndecided(n int, questions bool) string {
	if questions {
		return fmt.Sprintf("合并，%d 处暂不决定", n)
	}
	return fmt.Sprintf("合并，%d 处留待裁定", n)
}

func doDecideNow(n int) string {
	if n == 0 {
		return opDecide
	}
	return fmt.Sprintf("裁定 %d 处", n)
}

func sayOwner(l field.Level) string {
	return "由" + map[field.Level]string{field.Township: "苏木乡镇", field.County: "旗县区", field.City: "盟市"}[l] + "填写"
}

// sayFromBelow is told of a field whose owner has not spoken yet.
func sayFromBelow(l field.Level) string {
	return "下级填报：这一栏" + sayOwner(l) + "，它填了就以它的为准。"
}

func sayWhyLine(why string) string { return "原因：" + why }

// reasonsFor are why a side's word is taken; office is the other side's name.
func reasonsFor(s side, office string) []string {
	switch s {
	case ours:
		return []string{"核实后以本级为准", "本人提供证件", "以档案记载为准", "本级填报时间较新"}
	case theirs:
		out := []string{"核实后以对方为准", "本人提供证件", "以档案记载为准", "以上级文件为准", "对方填报时间较新"}
		if office != "" {
			out = append([]string{"以" + office + "为准"}, out...)
		}
		return out
	}
	return []string{"核实后两边都不对", "本人提供证件", "以档案记载为准"}
}

func sayAlikeRecord(name string, n int) string { return fmt.Sprintf("%s其余 %d 处", name, n) }
func sayAlikeField(label string, n int) string {
	return fmt.Sprintf("各条的“%s”，其余 %d 处", label, n)
}
func sayAlikeAll(n int) string { return fmt.Sprintf("全部其余 %d 处", n) }

func sayAlikeHow(taken, why string) string {
	return "采用" + taken + "，原因“" + why + "”。" + sayNumberKeys
}

func sayFurther(n int) string { return fmt.Sprintf("另有 %d 个值", n) }

func sayValues(name, label string, n int) string {
	return fmt.Sprintf("%s的“%s”，别的单位说了 %d 个不同的值，请选定一个。", name, label, n)
}

func titleChangeTo(name, label string) string { return name + "的“" + label + "”改为" }

func sayOvertyped(was, now, place string) string {
	return fmt.Sprintf("%s：“%s”整行改写成了“%s”。", place, was, now)
}

func sayCorrects(was string, labels []string) string {
	return fmt.Sprintf("更正：还是%s本人，改他的%s；履历和任职不动。", was, strings.Join(labels, "、"))
}

func sayReplaces(was, now string) string {
	return fmt.Sprintf("换人：%s离任，%s接任；%s的档案原样保留。", was, now, was)
}

func sayNamesakes(fresh, held string) string {
	return fmt.Sprintf("书中新来的“%s”，台账里已有“%s”。", fresh, held)
}

const (
	sayOne = "同一个人：并成一条，各处所记都归到一起。"
	sayTwo = "是两个人：各记一条；以后可以补上证件号码分清。"
)

func titleReplacing(was, now string) string { return now + "接替" + was }

func sayReplacement(was, now, on string) string {
	if on == "" {
		return now + "登记为新人员"
	}
	return fmt.Sprintf("%s %s离任，%s接任", on, was, now)
}

func sayRowAt(sheet string, number int) string {
	return fmt.Sprintf("“%s”表第 %d 行", sheet, number)
}

func sayToDecide(labels []string) string { return "要决定：" + strings.Join(labels, "、") }

func sayCellChange(label, was, now string) string { return label + "：" + was + " → " + now }

func sayMergeCounts(fresh, updated, decided, left, questions int) string {
	text := fmt.Sprintf("新增 %d 条，更新 %d 条；当场裁定 %d 处", fresh, updated, decided)
	if questions > 0 {
		text += fmt.Sprintf("，换人、更正等 %d 处", questions)
	}
	if left > 0 {
		text += fmt.Sprintf("；还有 %d 处没有决定", left)
	}
	return text + "。整个合并可以一次撤销。"
}

func sayNotMergedYet(n int) string {
	return fmt.Sprintf("已选好的 %d 处还没有写入台账。离开后要从头再选，台账不变。", n)
}

func sayDecided(n int) string { return fmt.Sprintf("已裁定 %d 处。", n) }

func sayDecidedBefore(name, label string) string {
	return name + "的“" + label + "”已经裁定过了，这次没有裁定任何一处；请看现在的列表再选。"
}

func sayOthersCame(name, label string) string {
	return name + "的“" + label + "”刚才又来了别的值，这次没有裁定任何一处；请看现在的列表再选。"
}

func sayAbout(name, label string) string { return name + "的" + label }

func sayDigit(n int) string { return fmt.Sprint(n) }

func sayWillStand(text string) string { return "将写入：" + text }

const (
	wordOther    = "另一个人"
	sayPickPosts = "请选择换人的职务。"
)

func sayWhoTakes(name string) string {
	return "台账里已有叫“" + name + "”的人，接任的是谁？" + sayNumberKeys
}

func sayMoved(n int) string { return fmt.Sprintf(sayMovedAway, n) }

func sayChosen(name, label, taken, value, why string) string {
	return name + "的" + label + "：采用" + taken + "“" + value + "”，" + why
}

func saySentOn(t time.Time) string { return t.Local().Format("1月2日") + " 发出" }
