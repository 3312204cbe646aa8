package page

import (
	"fmt"
	"strings"
	"time"

	"touyan/store/check"
)

// Words of the 工作台.

const (
	titleHome     = "工作台"
	titleWaits    = "待办"
	titleLights   = "嘎查村"
	titleFindings = "核对"

	sayNothingWaits = "没有等着办的事。台账里发现的问题、到期的届期和没有办完的草稿会出现在这里。"
	sayNoVillages   = "还没有嘎查村。导入一份花名册，其中的嘎查村会自动建立。"
	sayAllWell      = "没有发现问题。"
	sayAllWaits     = "等着办的事，有期限的在前；按回车去办。"
	sayMendThere    = "按回车打开那一条，直接改。"

	doMend       = "去核对"
	wordLate     = " 已逾期"
	wordNoOffice = "（未填苏木乡镇）"
	headWhat     = "事项"
	headFor      = "对象"
	headUntil    = "期限"
	headCause    = "原因"
	headCount    = "数量"
	headLevel    = "轻重"
	headWhere    = "哪一条"
	headSays     = "说明"
)

// roomWords are on the button that leads to what waits.
var roomWords = map[check.Room]string{
	check.Conflicts: "去裁定", check.Drafts: "接着填", check.Vacancies: "去选配", check.Terms: "去登记",
	check.Batches: "去看看", check.Reserves: "去摸排", check.Problems: doMend,
}

// lightWords say what a colour means.
var lightWords = map[check.Colour]string{check.Red: "断档", check.Yellow: "预警", check.Green: "正常"}

// figureWords are the figures and their parts.
var figureWords = map[string]string{
	check.InPost: "在任", check.Secretaries: "党组织书记", check.SoleHolders: "一肩挑", check.Women: "女性", check.Members: "中共党员",
	check.College: "大专以上", check.Young: "35岁及以下",
	check.Ages: "平均年龄", check.Age45: "36—45岁", check.Age55: "46—55岁", check.AgeUnder: "56—59岁", check.AgeOver: "60岁及以上", check.AgeUnknown: "年龄不详",
	check.Educations: "学历", check.Graduate: "研究生", check.Bachelor: "大学本科", check.Junior: "大学专科",
	check.Secondary: "高中、中专", check.Basic: "初中及以下", check.NoEducation: "学历不详",
	check.Pool: "后备力量", check.Blanks: "没有后备的村",
}

// sayFigure is the number a card begins with, and what it counts.
func sayFigure(f check.Figure) (number, unit string) {
	switch f.Name {
	case check.Ages:
		if f.Mean == 0 {
			return "—", "岁"
		}
		return fmt.Sprintf("%.1f", f.Mean), "岁"
	case check.Educations:
		if f.Of == 0 {
			return "—", ""
		}
		high := 0
		for _, p := range f.Parts[:3] {
			high += len(p.IDs)
		}
		return fmt.Sprintf("%d%%", (high*100+f.Of/2)/f.Of), "大专以上"
	case check.Pool:
		return fmt.Sprint(len(f.IDs)), fmt.Sprintf("人 · 每村%.1f名", f.Mean)
	}
	return fmt.Sprint(len(f.IDs)), "人"
}

// titleOfPart is the list of those behind a part of a figure.
func titleOfPart(whole, part string) string {
	if figureWords[part] == "" || whole == part {
		return figureWords[whole]
	}
	if part == check.Blanks {
		return figureWords[part]
	}
	first := figureWords[whole]
	if whole == check.Ages || whole == check.Educations {
		first = figureWords[check.InPost]
	}
	return first + between + figureWords[part]
}

var weekdays = [...]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

func sayDay(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日 %s", t.Year(), int(t.Month()), t.Day(), weekdays[t.Weekday()])
}

func sayThings(n int) string { return fmt.Sprintf("%d 件", n) }

func sayMoreWaits(all, more int) string {
	return fmt.Sprintf("共 %d 件，还有 %d 件", all, more)
}

func sayBefore(w check.Wait) string {
	if w.Until.IsZero() {
		return ""
	}
	if w.Late {
		return w.Until.Office() + wordLate
	}
	return w.Until.Office() + "前"
}

func sayLights(c check.Colour, n int) string { return fmt.Sprintf("%s %d", lightWords[c], n) }

func titleOfLight(c check.Colour) string {
	return titleLights + between + c.String() + " " + lightWords[c]
}

func titleOfRule(rule string) string {
	for _, r := range check.Rules() {
		if r.Name == rule {
			return titleFindings + "：" + r.Title
		}
	}
	return titleFindings
}

func sayVillages(n int) string { return fmt.Sprintf("%d 个", n) }

func sayCount(c check.Colour, n int) string { return fmt.Sprintf("%s%d", c, n) }

// sayVillagesOf names the villages of a colour, as many as one reads.
func sayVillagesOf(c check.Colour, names []string) string {
	const most = 8
	text := c.String() + " " + strings.Join(names[:min(len(names), most)], "、")
	if len(names) > most {
		text += fmt.Sprintf("等%d个嘎查村", len(names))
	}
	return text + "。"
}
