package page

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"touyan/store"
)

// Words of the journal and of verifying.

const (
	titleJournal = "留痕"
	headNumber   = "序号"
	headActor    = "谁"
	headObject   = "对象"
	headDetail   = "理由和说明"
	headCounts   = "数量"

	doSeeEntry    = "看这一条"
	doVerify      = "核验"
	doClearFilter = "不筛选"
	doPrintHead   = "打印这一行"
	doSeeBatch    = "看这一批"

	labelFromDay = "从"
	labelToDay   = "到"
	labelDay     = "日期"
	labelWhyDone = "理由"
	labelBook    = "来自的文件"
	labelWent    = "写出的文件"
	labelCounts  = "数量"
	labelDetail  = "说明"
	labelObject  = "对象"
	labelClock   = "时钟"

	hintWho       = "谁"
	hintOp        = "操作"
	hintRecord    = "人名或村名"
	hintDay       = "如：2026.3.1"
	sayEventsOnly = "只看登录与导出"

	sayJournal    = "谁在什么时候做了什么，最近的在前；改不了，也删不掉。双击看改了什么。"
	sayNoEntry    = "没有这样的留痕。请换一个条件，或者按“不筛选”看全部。"
	sayHeadsOnly  = "您的角色看得到这一条的事项、人和时间，看不到它改了什么。"
	sayEventEntry = "这一条只是记下发生过这件事，没有改动记录。"

	wordBatch   = "批次"
	wordAndMore = " 等"

	titleVerify   = "核验"
	sayVerifying  = "正在核验台账"
	sayAllGood    = "没有发现问题：每一项内容都是当初存下的样子，留痕没有被改、被删、被插入，也没有被截去。"
	labelLookedAt = "核验了"
	labelHead     = "留痕到"
	labelRoot     = "指纹"
	sayHeadUse    = "把上面两行抄进值班记录，或者打印出来。以后谁改动过去的留痕，指纹就对不上。"
	opVerify      = "核验台账"
	opShowNumbers = "显示证件号码和电话（本次）"
	opReveal      = "显示隐藏的内容"
	opCopied      = "复制证件号码或电话"
	headFinding   = "发现"
	headPaperHead = "留痕指纹"
	sayVerifier   = "核验人（签字）"
	sayWitness    = "在场人（签字）"
)

func sayJournalSeen(n int, ended bool) string {
	if ended {
		return fmt.Sprintf("%s 条", thousands(int64(n)))
	}
	return fmt.Sprintf("最近 %s 条，往下翻接着读", thousands(int64(n)))
}

func sayActor(a store.Actor) string {
	if a.Role == "" {
		return a.Name
	}
	return a.Name + "（" + a.Role + "）"
}

func sayUndidEntry(seq uint64) string { return fmt.Sprintf("撤销第 %d 条", seq) }

func sayBatchCounts(made, updated, refused int) string {
	text := fmt.Sprintf("新增 %d 更新 %d", made, updated)
	if refused > 0 {
		text += fmt.Sprintf(" 未导入 %d", refused)
	}
	return text
}

func sayRowCount(n int) string { return fmt.Sprintf("%d 行", n) }

// sayClockTurned says in few words by how much a clock was turned.
func sayClockTurned(by time.Duration) string {
	way := "往前"
	if by < 0 {
		way, by = "往回", -by
	}
	return "时钟" + way + "拨 " + saySpan(by)
}

// sayTurnedLong says it in a sentence.
func sayTurnedLong(by time.Duration) string {
	way := "往前"
	if by < 0 {
		way, by = "往回", -by
	}
	return "此前系统时间被" + way + "拨了 " + saySpan(by) + "，这附近的时间不能全信，请按序号看先后。"
}

// saySpan is a length of time in its largest unit.
func saySpan(d time.Duration) string {
	switch day := 24 * time.Hour; {
	case d >= day:
		return fmt.Sprintf("%d 天", (d+day/2)/day)
	case d >= time.Hour:
		return fmt.Sprintf("%d 小时", (d+time.Hour/2)/time.Hour)
	}
	return fmt.Sprintf("%d 分钟", (d+time.Minute/2)/time.Minute)
}

func titleEntry(seq uint64) string { return fmt.Sprintf("第 %d 条", seq) }

func sayEntry(e *store.Entry) string {
	return sayTime(e.At) + between + sayActor(e.Who) + between + e.Op
}

func sayMoreRecords(n int) string {
	return fmt.Sprintf("这里列出前面的，另有 %d 条记录没有列出。", n)
}

func sayUndoEntry(op string) string {
	return "撤销后，它改过的内容恢复到之前的样子；撤销也会记在留痕里。后来又有人改过同样的内容时，会先列出来问您。"
}

func sayLookedAt(r *store.Report) string {
	text := fmt.Sprintf("记录 %s 条，留痕 %s 条，存下的内容 %s 项", thousands(int64(r.Records)), thousands(int64(r.Entries)), thousands(int64(r.Values)))
	if r.Hidden > 0 {
		text += fmt.Sprintf("；其中 %s 处您的角色看不到，只核对了封存的样子", thousands(int64(r.Hidden)))
	}
	return text
}

func sayHead(h store.Head) string {
	return fmt.Sprintf("第 %d 条（%s）", h.Size, sayTime(h.At))
}

func sayFound(n int) string {
	return fmt.Sprintf("发现 %d 处问题。请不要再改动，先把台账文件复制一份留作证据，再从最近的备份恢复。", n)
}

func sayVerified(n int) string {
	if n == 0 {
		return "没有发现问题"
	}
	return fmt.Sprintf("发现 %d 处问题", n)
}

// rootShown is how much of a root is told: nobody finds another journal whose
// root begins so.
const rootShown = 16

// sayRoot is its beginning in groups, to be copied by hand.
func sayRoot(h store.Head) string {
	var groups []string
	for part := range slices.Chunk([]byte(h.Root[:min(rootShown, len(h.Root))]), 4) {
		groups = append(groups, string(part))
	}
	return strings.ToUpper(strings.Join(groups, " "))
}
