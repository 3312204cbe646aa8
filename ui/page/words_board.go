package page

import (
	"errors"
	"fmt"
	"slices"

	"touyan/store"
	"touyan/store/exchange"
)

// What people read where the offices below report.

const (
	titleBoard    = "收报看板"
	titleReceipts = "收报结果"
	titleIssue    = "下发"

	doTakeIn          = "收报…"
	doIssue           = "下发…"
	doDue             = "报送期限…"
	doKeepDue         = "定为这一天"
	doRegisterOffices = "登记下级单位"
	doOpenAlone       = "单独打开…"

	headUnit    = "单位"
	headVersion = "第几版"
	headLate    = "迟报天数"
	headCame    = "收到"

	countConflicts = "冲突"
	countProblems  = "问题"

	folderIssued = "下发"

	sayBoard        = "下级单位各期报了没有、报了哪一版；把收到的工作簿（可以很多份）一起拖进来。"
	sayNoOffices    = "还没有登记下级单位：先登记它们，看板上才知道等谁的报表。"
	sayDue          = "过了这一天才报的算迟报。没有定过的，按报送期结束后二十天（默认值）。"
	sayKeeping      = "正在保存…"
	sayNoPlace      = "没有找到可以写的文件夹，请插上 U 盘再试。"
	sayReceiptStale = "合并时台账正好被改动，没有写入；请再拖一次。"
)

func titleDue(p exchange.Period) string { return p.String() + "的报送期限" }

func sayNoDay(text string) string {
	return fmt.Sprintf("“%s”不是日期，请写成 2026.04.20 这样，写到日。", text)
}

func sayIssue(n int) string {
	return fmt.Sprintf("给%d个下级单位各写一份工作簿，每份只有它自己的行，放在同一个文件夹里；它们改完交回，拖进看板就能逐格合并。", n)
}

func doIssueNow(n int) string { return fmt.Sprintf("写出 %d 份", n) }

func sayIssued(n int, folder string) string {
	return fmt.Sprintf("已写出 %d 份，在文件夹“%s”里。", n, folder)
}

func sayTakingIn(n int) string { return fmt.Sprintf("正在收 %d 份工作簿…", n) }

// sayReported is what a person should know of a report beside its standing.
func sayReported(r *exchange.Reported) string {
	switch r.Standing {
	case exchange.Unreported:
		if r.Late > 0 {
			return fmt.Sprintf("已过期限%d天", r.Late)
		}
		return ""
	case exchange.Arrived:
		return r.Last.Batch.Held
	case exchange.SentBack:
		return fmt.Sprintf("退回%d处", r.Asked)
	case exchange.Disputed:
		return fmt.Sprintf("%d处等待裁定", r.Conflicts)
	case exchange.NoChange:
		return "与上次相比没有变动"
	}
	b := r.Last.Batch
	if b.Version > 1 && b.Why != "" {
		return fmt.Sprintf("更正：%s", b.Why)
	}
	return fmt.Sprintf("新增%d、更新%d、相同%d", b.New, b.Updated, b.Same)
}

// sayBoardCounts is the board in one line.
func sayBoardCounts(b *exchange.Board, at int) string {
	if len(b.Offices) == 0 {
		return sayBoard
	}
	counts := map[exchange.Standing]int{}
	late := 0
	for i := range b.Offices {
		r := &b.Offices[i].Reports[at]
		counts[r.Standing]++
		if r.Standing == exchange.Unreported && r.Late > 0 {
			late++
		}
	}
	text := fmt.Sprintf("%d个单位", len(b.Offices))
	for _, s := range []exchange.Standing{exchange.MergedIn, exchange.NoChange, exchange.Disputed, exchange.Arrived, exchange.SentBack, exchange.Unreported} {
		if counts[s] > 0 {
			text += fmt.Sprintf("，%s%d", s, counts[s])
		}
	}
	if late > 0 {
		text += fmt.Sprintf("（过期%d）", late)
	}
	return text + "；期限" + b.Due[at].Office() + "。把收到的工作簿一起拖进来。"
}

// sayReceipts is what became of all books, in one line.
func sayReceipts(books []exchange.Receipt, asked int) string {
	in := 0
	for i := range books {
		if b := &books[i]; b.Err == nil && b.Held == "" && b.Again == "" {
			in++
		}
	}
	text := fmt.Sprintf("%d份里合并了%d份，每份是一个批次，可以单独撤销。", asked, in)
	if n := asked - len(books); n > 0 {
		text += fmt.Sprintf("中途取消，还有%d份没有收。", n)
	}
	if slices.ContainsFunc(books, func(b exchange.Receipt) bool { return b.Err != nil || b.Held != "" }) {
		text += "没有合并的可以选中后单独打开。"
	}
	return text
}

// sayReceipt is what became of a book, in a sentence.
func sayReceipt(b *exchange.Receipt) string {
	switch {
	case errors.Is(b.Err, store.ErrStale):
		return sayReceiptStale
	case b.Err != nil:
		return sentence(b.Err)
	case b.Again != "":
		return fmt.Sprintf("这份文件收过了（%s），没有再合并。", b.Again)
	case b.Held != "":
		return b.Held
	}
	text := "已合并。"
	switch {
	case b.Conflicts > 0:
		text = fmt.Sprintf("已合并，%d处留待裁定。", b.Conflicts)
	case b.New+b.Updated == 0:
		text = "已合并，没有变化。"
	}
	if len(b.Problems) > 0 {
		text += fmt.Sprintf("%d处有问题，没有合并的行在批次里。", len(b.Problems))
	}
	text += sayTaken(taken{Unpacked: b.Papers, err: b.PapersErr})
	if b.Older {
		text += "这是较早的一版，后来的一版已经收过；没有盖掉新的内容。"
	}
	return text
}
