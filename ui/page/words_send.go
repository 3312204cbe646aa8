package page

import (
	"fmt"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
)

// What people read where books are sent, and in the list of what came and went.

const (
	doWriteBook = "写出工作簿"
	doElsewhere = "另选位置…"

	titleNotice = "公示件"
	titleSecret = "打开密码"

	labelNoticePeriod = "公示期"
	labelNoticeOffice = "受理单位"
	labelNoticePhone  = "监督电话"
	labelSecret       = "密码"
	labelSecretAgain  = "再输一遍"

	sayWithSecret    = "加打开密码"
	sayNotice        = "公示件上写明公示到哪一天、向谁反映；姓名写全，证件号、电话等不写。"
	saySecret        = "打开这一本要输这个密码。请另外告诉对方，不要写在文件名或邮件里；忘了就打不开，只能重新写一本。"
	saySecretEmpty   = "请输入密码；不要密码的，去掉“加打开密码”。"
	saySecretDiffers = "两遍输得不一样，请重新输。"

	labelPeriod  = "报送期"
	labelWhat    = "内容"
	labelCopy    = "栏目"
	labelPlace   = "写到"
	labelVillage = "嘎查村"

	headHow         = "变动"
	headWhichFields = "改了哪些栏目"
	headWay         = "收发"

	headFigure  = "数字"
	headThen    = "上报数"
	headNowIs   = "现数"
	headDiffers = "相差"

	wordVoided       = "作废"
	wordChanged      = "更改"
	wordNoPeriod     = "不分期"
	wordAllRegisters = "全部台账"
	wordAllVillages  = "全部嘎查村"
	wordPublic       = "公示件"
	wordNothing      = "零报告"
	wordCame         = "收进"
	wordWent         = "发出"

	sayLock           = "锁住表头、行码，对方不会误改"
	sayComesBack      = "对方改完交回，拖进这个窗口就能逐格合并。"
	sayOneVillage     = "只发一个嘎查村：可以合并，但不算一次报送，下次仍与上一次比对。"
	sayPublicCopy     = "公示件不含证件号、电话等，没有交接信息：收回来不能合并，也不算一次报送。"
	sayComparing      = "正在与上次报送比对…"
	sayNoChanges      = "没有变动。照样可以写出：这一本就是零报告，带全部台账。"
	sayNoneToCheck    = "没有发现问题。"
	sayNonePassed     = "还没有收过或发过工作簿。"
	sayCheckLeaf      = "要发的内容里还没有办妥的，不妨碍写出；按回车打开那一条去改。"
	sayNotReportedYet = "这一期还没有报过。报出以后，当时的数字留在这里，与现在的数字对照。"
	sayFiguresLeaf    = "这一期报出去的数字（上报数）不再变；现在的数字不同的，再报一次就是更正。"
	sayPastLeaf       = "发出和收进的工作簿，最近的在前；按回车看是哪一批、收了什么。"
)

// daysOfNotice is how many days a copy hangs on the wall. 默认值.
const daysOfNotice = 7

// sayNoticePeriod proposes the days from now on which one may object.
func sayNoticePeriod(from time.Time) string {
	return from.Format("2006.01.02") + "至" + from.AddDate(0, 0, daysOfNotice-1).Format("2006.01.02")
}

// sayNoticeSigned is the 落款 of a copy for the wall.
func sayNoticeSigned(office string, at time.Time) string {
	return office + "　" + at.Format("2006年1月2日")
}

// copyWords are the copies offered, in the order of copies.
var copyWords = [...]string{"全部栏目（内部全量）", "上报（不含纪检、报酬）", "公示（不含证件号、电话）"}

// leafWords stand above the tables beside the choices.
var leafWords = [...]string{"变动", "待核", "以前收发", "上报数"}

// correctionReasons are why a report is corrected, offered before one is typed.
var correctionReasons = [...]string{"核实后更正", "漏报补报", "报送后人员有变动", "按上级退回意见修改"}

func titleCorrection(p exchange.Period) string { return "更正" + p.String() + "的上报数" }

func sayCorrection(version int) string {
	return fmt.Sprintf("这一期已经报过，这一本是第%d版，算作更正：封面写明原因，和上报数、现数不同的地方。为什么更正？", version)
}

func titleOfSend(level field.Level) string {
	if level <= field.Township {
		return titleSend
	}
	return "发送"
}

// doSend leads to where books are sent from.
func doSend(d *Desk) string { return titleOfSend(d.DB.Office().Level) + "…" }

func labelOfTo(level field.Level) string {
	if level <= field.Township {
		return "报给"
	}
	return "发给"
}

// sayReportName is for whom a book is, in its name.
func sayReportName(own, to store.Office) string {
	if to.Level < own.Level {
		return "发" + to.Name
	}
	return "报" + to.Name
}

func doUndoSent(op string) string    { return "撤销" + stepSent(op) }
func stepSent(op string) string      { return "这次" + op }
func saySentUndone(op string) string { return "已撤销这次" + op }

func saySentUndoneLong(op string) string {
	return saySentUndone(op) + "，下次仍与再前一次比对；文件没有删除，请不要交出去。"
}

func sayWhat(label string) string {
	if label == "" {
		return wordAllRegisters
	}
	return label
}

func sayPeriodOf(p exchange.Period) string {
	if p == "" {
		return wordNoPeriod
	}
	return p.String()
}

// sayPeriodName is a period in the name of a file.
func sayPeriodName(p exchange.Period) string { return p.String() }

// sayPlaceName names a folder, and that it is on a stick.
func sayPlaceName(p place) string {
	if isStick(p.path) {
		return "U盘 " + p.name
	}
	return p.name
}

// sayChangedSince is what the changes come to.
func sayChangedSince(f *sendFacts, now time.Time) string {
	switch {
	case !f.whole:
		return "这一本不算一次报送，不与上次比对；下面是其中还没有报过的变动。"
	case f.last == nil:
		return "还没有给" + f.to.Name + "报送过：全部内容都算新增。"
	}
	was := sayWhen(f.last.At, now)
	if p := exchange.Period(f.last.Sent.Period); p != "" {
		was += "报的" + p.String()
	} else {
		was += "报的那一次"
	}
	if f.nothing {
		return "与" + was + "相比没有变动：这一本是零报告，照样带全部台账。"
	}
	return "与" + was + "相比：" + f.since
}

// sayWritten is the head over the book just written.
func sayWritten(w *written) string {
	text := fmt.Sprintf("已写出 %d 行", w.rows)
	switch {
	case w.nothing:
		text += " · " + wordNothing
	case w.counts:
		text += " · 下次从这一次比对"
	}
	return text
}

func sayWrote(w *written) string {
	return strings.ReplaceAll(sayWritten(w), " · ", "，") + "。"
}

const (
	doOpenBatch  = "看这一批"
	doBackToList = "返回"

	headAfter = "撤销后"

	opIssue       = "下发"
	viewCame      = "收进来的"
	viewWent      = "发出去的"
	viewTakenBack = "已撤销的"

	sayNothingChanged = "这一批没有改动台账：书里的内容台账都有了。"
	sayLookingBatch   = "正在查看这一批改过什么"
	wordConflict      = "冲突"
	sayConflictGoes   = "不变，冲突取消"
	sayMadeThen       = "由这一批新增"
	sayTakenAway      = "（已去掉）"
	sayStays          = "不动，保留后来改的"
)

func sayBatchTitle(p *passage) string {
	return "批次 " + exchange.BatchID(p.Seq) + between + p.Batch.Book
}

// sayBatch is who took which book in, when, and how many records.
func sayBatch(p *passage) string {
	b := p.Batch
	parts := []string{p.Who.Name + " " + sayTime(p.At) + " " + p.Op}
	if p.office != "" {
		parts = append(parts, "来自"+p.office)
	}
	if b.Period != "" {
		parts = append(parts, exchange.Period(b.Period).String())
	}
	text := fmt.Sprintf("共 %d 行：新增 %d，更新 %d，相同 %d", b.Rows, b.New, b.Updated, b.Same)
	if b.Refused > 0 {
		text += fmt.Sprintf("，未导入 %d", b.Refused)
	}
	if b.Mended > 0 {
		text += fmt.Sprintf("；核对时改正 %d 格", b.Mended)
	}
	return strings.Join(append(parts, text), between) + "。"
}

// saySentBook is what is known of a book that left.
func saySentBook(p *passage) string {
	lines := []string{p.Op + "给" + p.office}
	if p.Sent.Period != "" {
		lines = append(lines, labelPeriod+"："+exchange.Period(p.Sent.Period).String())
	}
	if p.holds != "" {
		lines = append(lines, labelWhat+"："+p.holds)
	}
	lines = append(lines, fmt.Sprintf("共 %d 行，%s 于 %s 写出。", p.Sent.Rows, p.Who.Name, sayTime(p.At)))
	if p.undone {
		lines = append(lines, saySentUndone(p.Op)+"。")
	}
	return strings.Join(lines, "\n")
}

func titleUndo(seq uint64) string { return "撤销批次 " + exchange.BatchID(seq) }

func doUndoNamed(book string) string { return "撤销“" + book + "”" }

func sayGoes(sent bool) string {
	if sent {
		return wordVoided
	}
	return "去掉"
}

// sayReturn is what undoing a batch would do, counted.
func sayReturn(r *returning) string {
	var parts []string
	if r.made > 0 {
		text := fmt.Sprintf("新增的 %d 条从台账里去掉", r.made)
		if r.Sent {
			text = fmt.Sprintf("新增的 %d 条作废（这以后报送过，去掉也要让对方知道）", r.made)
		}
		parts = append(parts, text)
	}
	if r.cells > 0 {
		parts = append(parts, fmt.Sprintf("改过的 %d 处恢复原值", r.cells))
	}
	if r.disputes > 0 {
		parts = append(parts, fmt.Sprintf("引起的 %d 处冲突取消", r.disputes))
	}
	if len(parts) == 0 {
		return sayNothingChanged
	}
	text := "撤销后，" + strings.Join(parts, "；") + "。"
	if n := len(r.Later); n > 0 {
		text += fmt.Sprintf("其中 %d 处后来又改过，保持现在的样子。", n)
	}
	return text
}

func sayUndoReport(file string) string {
	return "撤销后，“" + file + "”不再算报过，下次仍与再前一次比对。文件不会删除；已经交出去的，请不要撤销。"
}
