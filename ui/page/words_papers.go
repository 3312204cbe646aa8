package page

import (
	"fmt"

	"touyan/store/paper"
)

// Words of the papers attached to a record.

const (
	tabPapers = "附件"

	doAttach      = "添加附件…"
	doCheckPapers = "核对原件"
	doSetAside    = "移到“无主”文件夹"
	doPaperBefore = "上一份 ←"
	doPaperAfter  = "下一份 →"
	doZoom        = "放大"
	doFit         = "看整页"
	doEditPaper   = "改登记…"
	doReplaceFile = "替换…"
	doSeePaper    = "看原件"
	doSeeOwner    = "看所属"
	doExport      = "另存为…"
	doOpenOutside = "用系统程序打开…"
	doExportOpen  = "写出副本并打开"
	doExportAs    = "写出副本…"

	titleChoosePaper = "选择照片、扫描件或 PDF"
	titleVerdicts    = "附件添加结果"
	titleChecked     = "核对附件原件"
	titleExport      = "写出没有加密的副本"
	titleVoidPaper   = "作废附件"

	wordPDF     = "PDF"
	wordClosed  = "仅负责人"
	wordLacking = "缺原件"
	wordNoClass = "类别未填"

	sayPapers       = "把照片、扫描件或 PDF 拖进窗口，一次可以拖几份；“添加附件…”一次选一份。原件加密存放，不带拍摄时间和地点。"
	sayNoPapers     = "还没有附件。把照片、扫描件或 PDF 拖进窗口，一次可以拖几份，或点“添加附件…”。"
	sayAttaching    = "正在添加附件"
	sayChecking     = "正在核对附件原件"
	sayReplacing    = "正在替换附件"
	sayExporting    = "正在写出副本"
	sayLoading      = "正在打开原件…"
	sayDropElsewise = "照片和 PDF 请先打开某个人或某个嘎查村的页面，再拖进来。"
	sayPDFOutside   = "PDF 不在这里显示。要看内容，请点“用系统程序打开…”。"
	sayVoidPaper    = "作废后不再列出，原件仍然加密留存，可以撤销。请选择原因，按数字键也可以："
	labelOtherWhy   = "其他原因"
	sayExportAs     = "附件在头雁里是加密的。写出的副本没有加密，谁拿到都能看，请只存到放心的地方，用完删除。这一步会记入留痕。"
)

// paperVoidReasons are what papers are void for. 默认值.
var paperVoidReasons = []string{"放错了人或嘎查村", "内容看不清，已重新扫描", "与另一份重复", "不应归档"}

// stateWords mark a paper whose file is not whole.
var stateWords = map[paper.State]string{paper.NotReceived: "原件未收到", paper.NoFolder: "附件文件夹不在", paper.Missing: "原件不在", paper.Altered: "原件有变", paper.Foreign: "原件有变", paper.Unreadable: "原件读不出",
	paper.Closed: "只有负责人能看", paper.OnPaper: "只有纸质件"}

func sayExportOpen(folder string) string {
	return sayExportAs + "\n副本放在台账旁边的“" + folder + "”文件夹里。"
}

func sayPages(n int) string { return fmt.Sprintf("%d 页", n) }

func sayPlace(i, of int) string { return fmt.Sprintf("第 %d 份，共 %d 份", i+1, of) }

func sayAttached(titles []string) string {
	if len(titles) == 1 {
		return "已添加附件“" + titles[0] + "”。"
	}
	return fmt.Sprintf("已添加 %d 份附件。", len(titles))
}

func sayVerdicts(good, refused int) string {
	if refused == 0 {
		return fmt.Sprintf("添加了 %d 份，请留意下面的提醒。", good)
	}
	return fmt.Sprintf("添加了 %d 份，%d 份没有添加。", good, refused)
}

func sayFileReplaced(title string) string { return "已替换“" + title + "”的原件。" }

func sayExported(file string) string {
	return "已写出没有加密的副本“" + file + "”，用完请删除。"
}

func sayAllWhole(files int, bytes int64, closed int) string {
	if files == 0 {
		return "这本台账还没有附件。"
	}
	if closed > 0 {
		return fmt.Sprintf("台账共有 %d 份原件，其中 %d 份是处理处分材料，由负责人登录后核对；其余的（%s）逐一核对过，都在原处，没有改动。", files, closed, sayBytes(bytes))
	}
	return fmt.Sprintf("台账共有 %d 份原件（%s），逐一核对过，都在原处，没有改动。", files, sayBytes(bytes))
}

func sayNotWhole(wrong, files int) string {
	return fmt.Sprintf("台账共有 %d 份原件，下面 %d 份有问题：", files, wrong)
}

func sayOrphans(n int) string {
	return fmt.Sprintf("附件文件夹里还有 %d 个文件不属于任何附件。移开以后仍然保留，不会删除：", n)
}

func sayOrphan(name, why string) string { return "“" + name + "”" + why }

func sayMore(n int) string { return fmt.Sprintf("……另有 %d 项。", n) }

func sayAside(n int) string {
	return fmt.Sprintf("已把 %d 个文件移到“无主”文件夹。", n)
}
