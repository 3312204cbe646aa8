package page

import (
	"fmt"
	"strings"
)

// Words of voiding a record, of those that are void and of purging one.

const (
	titleVoided = "作废的记录"
	titlePurged = "已经彻底清除"

	opVoid = "作废"

	doVoid      = "作废…"
	doSeeVoided = "看作废的记录"
	doPurge     = "彻底清除…"
	doCompact   = "现在重写"
	doLater     = "以后再说"

	headVoidWhy = "作废原因"
	headOwner   = "所属"

	sayVoidedRecords = "作废的记录不再列出、不再统计，但还在台账里；“看这一条”可以撤销作废。彻底清除由负责人办。"
	sayNoVoided      = "没有作废的记录。"
	sayPurgeWhy      = "彻底清除以后谁也看不到、找不回，也不能撤销；理由会留在留痕里，请不要写个人信息。请选择理由，按数字键也可以："
	sayPurgeJournal  = "留痕只留下这件事：谁在什么时候清除过一条这样的记录、理由是什么。以后别的单位再报来，也不会恢复。"
	sayPurgeBackups  = "以前的备份里还有它，要等那些备份到期清理以后才没有；U 盘上的副本和报出去的文件，程序管不到。"
	sayPurging       = "正在彻底清除"
	sayCompacting    = "正在重写台账文件"
	sayCompacted     = "台账文件已重写，清除的内容不再留在文件里。"
	sayStopped       = "重写被停了下来。"
	sayPurgedSince   = "它改过的记录已彻底清除，不能撤销"
)

// purgeReasons are what records are purged for. 默认值.
var purgeReasons = []string{"本人要求删除", "录入有误，不应留存", "保存期限已到", "不属于本台账的范围"}

// voidReasons are what records are void for. 默认值.
var voidReasons = []string{"重复登记", "登记有误", "不属于本单位"}

// notVoid says what is done with a record of a kind that was right, and is over.
var notVoid = map[string]string{
	"person":  "离任、调走、去世的不要作废，请办“离任…”或“出库…”。",
	"post":    "任过的职不要作废，请办“离任…”。",
	"reserve": "在过库的不要作废，请办“出库…”。",
	"village": "撤并的嘎查村不要作废，请填“撤并日期”。",
}

func titleVoid(name string) string { return "作废“" + name + "”" }

func sayVoid(kind string, with []string) string {
	text := "登记错了的才作废：以后不再列出、不再统计，可以撤销；已经报出去过的，下次上报时对方也会知道。" + notVoid[kind]
	if len(with) > 0 {
		text += "\n一起作废的有：" + strings.Join(with, "、") + "。"
	}
	return text + "\n请选择原因，按数字键也可以："
}

func sayKindCount(label string, n int) string { return fmt.Sprintf("%s %d 条", label, n) }

func sayVoided(label, name string, with []string) string {
	text := "已作废" + label + "“" + name + "”"
	if len(with) > 0 {
		text += "，一起作废" + strings.Join(with, "、")
	}
	return text + "。"
}

func titlePurge(name string) string { return "彻底清除“" + name + "”" }

func doPurgeNamed(name string) string { return "彻底清除“" + name + "”" }

func sayPartOf(owner, kind string) string { return owner + "的" + kind }

func sayPurgeTakes(name, what string, papers int, isPaper bool) string {
	with := ""
	switch {
	case isPaper:
		with = "和它的原件（别的记录还在用的原件除外）"
	case papers > 0:
		with = fmt.Sprintf("和它的 %d 份附件、原件", papers)
	}
	return fmt.Sprintf("“%s”（%s）%s，连同留痕里记下的内容，从此谁也看不到、找不回，不能撤销。", name, what, with)
}

func sayPurgeLeaves(kind string) string {
	return "任职、后备等别的记录还在，“" + kind + "”一栏空着；要一起清除的，请先把它们作废，再逐条清除。"
}

func sayPurgeRewrites(seconds int) string {
	return fmt.Sprintf("清除后台账文件要重写一遍，旧内容才会从文件里消失，大约要 %d 秒，中途请不要关机。", seconds)
}

func sayPurged(records, files int) string {
	text := fmt.Sprintf("已彻底清除 %d 条记录", records)
	if files > 0 {
		text += fmt.Sprintf("和 %d 份原件", files)
	}
	return text + "，台账文件已重写。"
}

func sayFilesLeft(why string) string {
	return "记录和密钥都已清除，原件没有密钥，再也打不开；只是文件没有删掉：" + why + "它会列在“核对原件”里。"
}

func sayNotCompacted(why string) string {
	return "记录已经清除，看不到也找不回了，但台账文件没有重写成，文件里还留着旧内容的残页，有密码的人用专门的工具读得出来。" + why + "请现在重写一遍；以后再彻底清除别的记录时，也会一起重写。"
}
