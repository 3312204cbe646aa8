package page

import (
	"fmt"
	"strings"
	"time"

	"touyan/store/backup"
)

// Words of the backups.

const (
	titleBackups = "备份"
	titleRestore = "恢复备份"

	doBackup    = "立即备份"
	doCheckCopy = "核对这一份"
	doRestore   = "恢复…"

	headMadeWhy = "为什么做"
	headWhole   = "核对"
	headPlace   = "在哪里"

	labelSecond = "另存一份到"
	labelBudget = "最多占用"
	hintSecond  = "U 盘或另一块硬盘上的文件夹"
	hintPlace   = "选一个盘"

	wordHere      = "本机"
	wordSecond    = "第二处"
	wordWhole     = "完好"
	wordBroken    = "损坏"
	wordUnchecked = "做时完好"

	sayBackups      = "退出时、导入和合并前后、有改动时每十分钟自动做一份，做完读回来核对；时间久的自动减少，至少留三份。"
	sayNoBackups    = "还没有备份。有改动以后会自动做，也可以按“立即备份”。"
	sayBackedUp     = "备份做好了，已经读回来核对过。"
	sayMakingBackup = "正在备份"
	sayCheckingCopy = "正在核对这份备份"
	sayBrokenCopy   = "这一份读回来和写的时候不一样，不能用来恢复。"
)

func sayCopyWhole(at string) string { return at + " 的备份是完好的。" }

func sayNoFolder(path string) string {
	return "现在找不到文件夹“" + path + "”。插上 U 盘以后会自动补上一份。"
}

func sayBudget(n int64) string {
	if n < 1<<30 {
		return fmt.Sprintf("%d M", n>>20)
	}
	return fmt.Sprintf("%d G", n>>30)
}

// sayLacks tells what would be missing if the newest copy took the ledger's
// place.
func sayLacks(at time.Time, m backup.Missing, now time.Time) string {
	text := "最近一份是 " + sayWhen(at, now) + "，"
	switch {
	case !m.Known:
		return text + "不知道之后还做过什么。"
	case m.Count == 0:
		return text + "现在台账里的内容它都有。"
	}
	return text + fmt.Sprintf("之后的 %d 步操作还没有备进去：%s。", m.Count, opsWords(m))
}

func opsWords(m backup.Missing) string {
	const most = 4
	text := strings.Join(m.Ops[:min(most, len(m.Ops))], "、")
	if m.Count > most {
		text += " 等"
	}
	return text
}

func sayRestore(at time.Time, m backup.Missing, now time.Time) string {
	text := "台账将回到 " + sayTime(at) + " 的样子。"
	switch {
	case m.Other:
		text += "这份备份属于另一本台账，请先想清楚。"
	case !m.Known:
		text += "那之后做过的操作将不在台账里。"
	case m.Count == 0:
		text += "那之后没有做过别的操作，不会少什么。"
	default:
		text += fmt.Sprintf("那之后的 %d 步操作将不在台账里：%s。", m.Count, opsWords(m))
	}
	return text + "现在的台账不会删除，改名留在原来的文件夹里，恢复错了还可以拿回来。恢复后自动重新打开。"
}

func doRestoreOf(at time.Time) string { return "恢复 " + sayTime(at) + " 的备份" }

// SayLastCopy is told while the copy at the end of the work is made.
const SayLastCopy = "正在做退出前的备份"

// SayPuttingBack is told while a copy takes the ledger's place.
const SayPuttingBack = "正在恢复备份"
