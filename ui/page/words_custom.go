package page

import "fmt"

// Of fields that an office adds to its kinds (自定义项).
const (
	sectionOwn = "自定义项"
	opDefine   = "自定义项"
	hintAdd    = "新栏目"
)

func sayDefines(label string) string {
	return "“" + label + "”定下以后不能再改，因为已经填了的内容都在它下面。要改请作废这一项，另加一项。"
}

func doAddTo(kind string) string { return "＋ 加为" + kind + "的自定义项" }

func sayAdded(label, kind string) string {
	return fmt.Sprintf("已给%s加了自定义项“%s”。要改它的类型或可选内容，请到“设置”里的“自定义项”。", kind, label)
}
