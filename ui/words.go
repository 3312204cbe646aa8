package ui

import (
	"fmt"
	"time"
)

// All that people read on the frame of the window stands in this file, but for
// the labels of kinds.

const (
	productName = "头雁"

	groupLedger   = "台账"
	groupExchange = "收发"

	roomBatches   = "批次"
	roomConflicts = "冲突"

	hintFind = "查找：汉字、拼音或首字母（Ctrl+K）"

	sayOpening   = "正在打开台账"
	sayOneBook   = "一次收一个工作簿，已打开第一个。"
	sayBusyFirst = "请先完成眼前的这一步，再拖入工作簿。"
	saySample    = "示例数据"
	sayNew       = "新台账"
	pathArrow    = "  ›  "
	between      = " · "
	doDismiss    = "知道了"
)

func saySaved(at, now time.Time) string {
	at, now = at.Local(), now.Local()
	switch {
	case at.IsZero():
		return sayNew
	case at.Format(time.DateOnly) == now.Format(time.DateOnly):
		return "已保存 " + at.Format("15:04")
	}
	return "已保存 " + at.Format("2006.01.02 15:04")
}

func sayCounts(villages, people int) string { return fmt.Sprintf("%d 村 · %d 人", villages, people) }

// toolkitWords are the toolkit's own words, as in the menu of a text field. It
// follows the language of the system, which is English on many office
// machines, and its Chinese reads stiffly.
const toolkitWords = `{
	"Cancel": "取消", "Confirm": "确定", "Copy": "复制", "Cut": "剪切", "Paste": "粘贴",
	"Redo": "重做", "Undo": "撤销", "Select all": "全选", "Error": "出错了",
	"Yes": "是", "No": "否", "OK": "确定", "Open": "打开", "Save": "保存", "Quit": "退出"
}`
