package ui

import (
	"fmt"
	"time"
)

// All that people read on the frame of the window stands in this file, but for
// the names of rooms.

const (
	sayNumbers   = "显示号码"
	sayNumbersOn = "隐藏号码"
	productName  = "头雁"

	anyone = "经办人" // who works here, until they say who they are

	byRecovery = "恢复码" // who works here by the code that was printed

	filterName = "可以选的文件"

	hintFind   = "查找"
	keysFind   = "Ctrl+K"
	hintSearch = "人员、嘎查村、页面、操作：汉字、拼音、首字母、证件号、电话"
	doingOf    = "："

	sayOpening     = "正在检查台账…"
	sayNoPassword  = "没有设密码"
	sayReadsNoBook = "您的角色看不到记录，不能收工作簿，请由经办人登录后办理。"
	saySample      = "示例数据"
	sayNew         = "新台账"
	sayLockKey     = " · 锁定"
	sayNotFound    = "没有查到，请换一个词。"
	sayNothingBack = "这次打开台账以后没有可以撤销的操作。更早导入的，可以在“批次”里整批撤销。"
	sayAskName     = "请在设置里填上您的姓名，每一步操作都会记下是谁做的。"
	sayWallKey     = "投影 F11"
	sayOnWall      = "正在投影，按 F11 结束"
	sayCoveredName = "（投影时不显示）"
	sayCovered     = "投影时不显示这一页"
	sayCoveredWhy  = "这里有不便公开的个人信息。按 F11 结束投影，就能接着做。"
	pathArrow      = "›"
	between        = " · "
	doDismiss      = "知道了"
	doBack         = "撤销"
	doNotBack      = "不撤销"
	doSetName      = "去填写"
	doReceiveNext  = "接着收"
	doReceiveNone  = "不收了"
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

func sayMore(group string, more int) string {
	return fmt.Sprintf("%s · 另有 %d 个，多打几个字可以缩小范围", group, more)
}

func sayLast(name string) string { return "上一步：" + name }
func sayBack(name string) string { return "撤销“" + name + "”？" }

func sayBusyFirst(books int) string {
	return fmt.Sprintf("请先完成眼前的这一步，拖入的 %d 个工作簿随后依次打开。", books)
}

func sayQueue(book string, left int) string {
	return fmt.Sprintf("正在收“%s”，后面还有 %d 个工作簿。", book, left)
}

func sayStillWaiting(books int) string {
	return fmt.Sprintf("拖入的工作簿还有 %d 个没有收。", books)
}

// toolkitWords are the toolkit's own words, as in the menu of a text field. It
// follows the language of the system, which is English on many office
// machines, and its Chinese reads stiffly.
const toolkitWords = `{
	"Cancel": "取消", "Confirm": "确定", "Copy": "复制", "Cut": "剪切", "Paste": "粘贴",
	"Redo": "重做", "Undo": "撤销", "Select all": "全选", "Error": "出错了",
	"Yes": "是", "No": "否", "OK": "确定", "Open": "打开", "Save": "保存", "Quit": "退出"
}`
