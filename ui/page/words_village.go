package page

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Words of a village's page.

const (
	tabOverview     = "概况"
	tabVillageFacts = "资料"

	doSuccession = "更换书记…"
	opReplace    = "换人"

	headTeamHere     = "现任班子"
	headFollow       = "接班人选"
	headLight        = "班子现状"
	wordNoTerm       = "本届产生日期未填"
	wordNoLight      = "已撤并"
	sayNoFault       = "书记在任，后备在库，任期未到。"
	sayNobody        = "没有后备力量在库。点“入库…”登记一名。"
	sayWallHidden    = "投影时不列出缺项和问题。"
	labelComes       = "接任人"
	labelHandover    = "交接时间"
	labelLeaves      = "离任"
	sayWhoComes      = "请选择接任人。"
	sayWhatHandsOver = "请选择交出的职务。"
	labelWhereTo     = "离任去向"
	labelHandsOver   = "交出的职务"
	askPoolUse       = "接任人在后备库的，同时出库（任用）"
	hintPool         = "后备"
	veiledRunes      = "某某"
	veiledAge        = "••岁"

	sayVacantAppoint = "点这里任命"
	unitMoney        = " 元"
	wordNoMaturity   = "成熟度未填"
	wordNoDirection  = "培养方向未填"
	wordInTeam       = "现任班子"
)

// ageInText finds somebody's age in a sentence.
var ageInText = regexp.MustCompile(`[0-9]+岁`)

func sayNotYet(why string) string { return "暂不能接任书记：" + why }
func sayPoints(n int) string      { return fmt.Sprintf("%d 分 · ", n) }

func sayRank(n int) string { return fmt.Sprint(n) }

func sayYears(years int) string { return fmt.Sprintf("%d岁", years) }

// sayFact is a figure with its label, empty if it is not known.
func sayFact(label, value string) string {
	if value == "" {
		return label + " 未填"
	}
	return label + " " + value
}

func sayTeam(n int, seats string) string {
	text := fmt.Sprintf("%s %d 人", headTeamHere, n)
	if seats != "" {
		text += between + seats
	}
	return text
}

func saySeats(party, committee string) string {
	var out []string
	if party != "" {
		out = append(out, "党组织应配 "+party)
	}
	if committee != "" {
		out = append(out, "村委会应配 "+committee)
	}
	return strings.Join(out, between)
}

func sayFollow(n int) string {
	if n == 0 {
		return headFollow
	}
	return fmt.Sprintf("%s %d 人", headFollow, n)
}

func sayElected(on, until string) string {
	return "本届 " + on + " 产生，" + sayUntil(until)
}

func saySince(from string) string {
	if from == "" {
		return "任职时间未填"
	}
	return from + " 起"
}

// sayLeft is what is left of a term, in years and months.
func sayTermRest(months int) string {
	if months <= 12 {
		return strings.TrimPrefix(sayTermLeft(months), "！")
	}
	if months%12 == 0 {
		return fmt.Sprintf("还有 %d 年", months/12)
	}
	return fmt.Sprintf("还有 %d 年 %d 个月", months/12, months%12)
}

// sayVeiledName is a person's name on a wall: the first character alone.
func sayVeiledName(name string) string {
	_, n := utf8.DecodeRuneInString(name)
	if n == 0 {
		return name
	}
	return name[:n] + veiledRunes
}

func titleSuccession(village string) string { return village + "更换书记" }

func sayReplaced(village, old, fresh string) string {
	return village + "党组织书记已由" + old + "换为" + fresh + "。"
}
