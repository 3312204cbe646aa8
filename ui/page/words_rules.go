package page

import "fmt"

// Words of the room of rules.

const (
	titleRules     = "规则"
	sayRules       = "门槛、负面情形、联审部门和档案要求，按年份算；没有另定的用默认值。过去的年份照当年的规则。双击一条改它。"
	sayNoRules     = "没有规则。"
	doSetRule      = "改这一条…"
	ruleUnit       = "规则…"
	titleSetRule   = "本单位的规则"
	opSetRule      = "改规则"
	labelRulesOf   = "年份"
	labelAgainst   = "对照"
	headRuleGroup  = "类别"
	headRuleName   = "名称"
	headRuleChange = "变化"
	headRuleSource = "依据"
	wordOff        = "停用"
	wordNotSet     = "未定"
	wordAdded      = "新增"
	sayRuleSince   = "%d 年起"
)

func headRuleValue(year int) string { return fmt.Sprintf("%d 年", year) }

func sayDefault(source string) string {
	if source == "默认值" {
		return source
	}
	return "默认值" + between + source
}

func sayRuleSet(label, year string) string {
	return "“" + label + "”从 " + year + " 年起照此执行。"
}
