package grid

import (
	"fmt"
	"strings"
)

// What people read, in one place. A mark may stand where it is drawn.
const (
	sayBusy       = "正在整理…"
	sayEmptyCell  = "（空）"
	sayNoneFit    = "没有符合筛选条件的记录，请去掉一个条件。"
	sayNoValue    = "没有这个内容，请换一个词。"
	sayFirstStays = "始终在最前"
	sayRange      = "从"
	sayTo         = "到"
	sayAges       = "年龄"
	sayViews      = "视图"
	sayChanged    = "（有改动）"
	sayEarlier    = "%s及以前"
	sayLater      = "%s及以后"
	sayAtMost     = "不超过%s"
	sayAtLeast    = "不低于%s"
	sayNameView   = "给这个视图起个名字，例如：书记、缺后备的嘎查。"
	sayNameless   = "请填写视图的名字。"
	sayFindValues = "查找：汉字、拼音或首字母"

	doAll         = "全选"
	doNone        = "清空"
	doClearAll    = "全部清除"
	doColumns     = "列"
	doReset       = "恢复默认"
	doSaveAs      = "另存为…"
	doSaveTo      = "保存到“%s”"
	doRename      = "改名…"
	doDelete      = "删除…"
	doAsGiven     = "默认视图"
	doSave        = "保存"
	doClose       = "关闭"
	doOnlyRefused = "只看不能填的行"
	doShowAll     = "显示全部"
	doCancel      = "取消"
	doDeleteFor   = "删除视图“%s”"

	joinValues = "、"
	joinRange  = "–"
	joinLabel  = "："
)

func sayCount(all int) string { return fmt.Sprintf("共 %d 条", all) }

func sayFound(shown, all int) string { return fmt.Sprintf("查到 %d 条，共 %d 条", shown, all) }

func sayFiltered(shown, all int) string { return fmt.Sprintf("已筛选 %d / 共 %d", shown, all) }

func saySelected(n int) string { return fmt.Sprintf("，已选 %d 条", n) }

func sayNotFound(query string) string {
	return "没有查到“" + query + "”，请换一个词，或清空查找。"
}

// sayValues names the texts a column is filtered by; of many only the first.
func sayValues(values []string) string {
	const most = 3
	texts := make([]string, 0, most)
	for _, v := range values[:min(len(values), most)] {
		texts = append(texts, sayValue(v))
	}
	text := strings.Join(texts, joinValues)
	if len(values) > most {
		text += fmt.Sprintf("等 %d 项", len(values))
	}
	return text
}

func sayMoreChips(n int) string { return fmt.Sprintf("另有 %d 个条件", n) }

func sayTicked(n int) string { return fmt.Sprintf("已选 %d 项", n) }

func sayValueCount(n int) string { return fmt.Sprintf("共 %d 项", n) }

func sayEditingMany(rows int, label string) string {
	return fmt.Sprintf("同时改 %d 行的“%s”：回车确认，按 Esc 放弃。", rows, label)
}

func sayEditing(label string) string {
	return "正在改“" + label + "”：回车确认并往下，按 Esc 放弃。"
}

func sayDeleteView(name string) string {
	return "删除视图“" + name + "”后，表里的记录不受影响。"
}

func sayNameTaken(name string) string {
	return "已经有视图“" + name + "”，请换一个名字。"
}

// sayPreview counts what pasting would do.
func sayPreview(change, rows, refused, same, beyond int) string {
	parts := []string{fmt.Sprintf("将改 %d 格，涉及 %d 行", change, rows)}
	if refused > 0 {
		parts = append(parts, fmt.Sprintf("%d 格不能填，不会写入", refused))
	}
	if same > 0 {
		parts = append(parts, fmt.Sprintf("%d 格没有变化", same))
	}
	if beyond > 0 {
		parts = append(parts, fmt.Sprintf("有 %d 行超出表尾，没有地方放", beyond))
	}
	return strings.Join(parts, "；") + "。"
}

// sayValue is a text of a column as one filters by it.
func sayValue(text string) string {
	if text == "" {
		return sayEmptyCell
	}
	return text
}

func sayRows(n int) string { return fmt.Sprint(n) }

func sayBecomes(old, new string) string { return sayValue(old) + " → " + sayValue(new) }

func sayRefused(text string) string { return "× " + sayValue(text) }

func sayNotEditable(label string) string {
	return "“" + label + "”这一栏不能在这里改，请打开记录修改。"
}
