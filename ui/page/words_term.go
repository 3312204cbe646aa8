package page

import (
	"fmt"
	"strings"
)

// Words of 换届.

const (
	cmdChangeTerm = "换届…"
	opTermChange  = "换届"
	doRegisterNew = "按换届登记…"
	doAddPlace    = "添加职位…"
	doDropTerm    = "放弃这张表"

	labelTermChange   = "换届"
	labelElected      = "换届日期"
	labelTerm         = "届次"
	labelTermDocument = "任职文号"
	labelTermRelease  = "后备当选即出库"
	labelTermWhy      = "瑕疵原因"

	headTermPlace = "职务"
	headHeldBy    = "上一届"
	headHoldsNow  = "新一届"
	headBecomes   = "变动"
	headLeftWhy   = "离任原因"
	headLeftFor   = "去向"

	wordNobody   = "（空缺）"
	wordStays    = "留任"
	wordNew      = "新任"
	wordLeaves   = "离任"
	wordMoves    = "卸任" // of this place alone
	wordVacant   = "空缺"
	wordFlawed   = "程序瑕疵"
	hintNewcomer = "新增"
	hintReserve  = "本村后备"
	hintTeam     = "现任"

	titleTermVillage = "给哪个嘎查村登记换届"
	sayTermHelp      = "留任的不用动；换人的在“新一届”里输入姓名或拼音，没有人的清空。按“完成”一次登记，之前都是草稿。"
	sayTermFilled    = "已按导入的花名册填好，请核对换届日期和离任原因。按“完成”一次登记，之前都不写入。"
	sayTermKept      = "换届没有完成，已留作草稿。"
	sayNewcomerFoot  = "先记在换届表里，换届完成时一并登记。"

	hintNewRoster = "花名册里是新一届"
	hintTermDraft = "有没完成的草稿"
)

func titleTermOf(village string) string { return village + "换届" }

func titleNewcomer(name string) string { return "新增“" + name + "”" }

// sayWas is who held a place and since when.
func sayWas(name, from string) string {
	if from == "" {
		return name
	}
	return name + " " + from + "起"
}

func sayLastElected(day string) string {
	if day == "" {
		return "上次换届日期没有登记"
	}
	return "上次换届 " + day
}

// sayTermCount is what 完成 will write.
func sayTermCount(stays, fresh, gone, vacant int) string {
	parts := []string{fmt.Sprintf("%s%d人", wordStays, stays), fmt.Sprintf("%s%d人", wordNew, fresh), fmt.Sprintf("%s%d人", wordLeaves, gone)}
	text := "完成后登记：" + strings.Join(parts, "、")
	if vacant > 0 {
		text += fmt.Sprintf("，%s%d席", wordVacant, vacant)
	}
	return text + "。"
}

func sayTermDone(village string, stays, fresh, gone int) string {
	return fmt.Sprintf("已登记%s换届：%s%d人、%s%d人、%s%d人。", village, wordStays, stays, wordNew, fresh, wordLeaves, gone)
}

func sayFromRoster(name string) string {
	return "新一届的名单里这一职务是" + name + "；不对的，请先在任职里更正，再登记换届。"
}

func sayTermEnd(day string, over bool) string {
	if over {
		return "已届满 " + day
	}
	return day + " 届满"
}

func sayNewTeams(names []string) string {
	if len(names) == 1 {
		return names[0] + "的名单是新一届班子。"
	}
	return fmt.Sprintf("%s等 %d 个村的名单是新一届班子。", names[0], len(names))
}
