package page

import (
	"fmt"
	"strings"
	"time"

	"touyan/store/exchange"
	"touyan/store/field"
)

// All that people read on the pages stands in this file, but for labels of
// kinds and fields and the sentences of the packages below.

const (
	doCancel      = "取消"
	doUnderstood  = "知道了"
	doClose       = "关闭"
	doOpen        = "打开"
	doSave        = "保存"
	doUp          = "上一级"
	doImport      = "导入…"
	doPrint       = DoPrint + "…"
	doUndo        = "撤销"
	doUndoBatch   = "撤销这一批"
	doDecide      = "去裁定"
	doAgain       = "重新核对"
	doNotTake     = "不导入"
	doSaveBad     = "另存有问题的行…"
	doKeepLater   = "撤销其余，保留后来改的"
	doListAside   = "未读入的内容…"
	doChoosePlace = "选择保存位置…"

	doQuit         = "退出"
	doOpenLedger   = "打开台账…"
	doOtherLedger  = "另选台账…"
	doMakeSample   = "看示例"
	doMakeLedger   = "新建台账…"
	doImportFirst  = "导入花名册…"
	doImportLater  = "以后再说"
	doChangeLedger = "换一本台账…"
	doChooseBook   = "选择工作簿…"
	doOpenFolder   = "打开所在文件夹"

	doProject       = "开始投影"
	doProjectNoMore = "结束投影"
	cmdImport       = "导入工作簿"
	cmdSend         = "上报"
	cmdUndo         = "撤销上一步"
	cmdChange       = "换一本台账"

	// DoNew and DoPrint begin the texts of the buttons that Ctrl+N and Ctrl+P press.
	DoNew   = "新增"
	DoPrint = "打印"

	// KeysWall and KeysBack are pressed for what they name.
	KeysWall = "F11"
	KeysBack = "Ctrl+Z"

	productName = "头雁"
	sampleName  = "示例台账"

	titleChooseLedger = "选择台账"
	titleMakeSample   = "示例台账存到哪里"
	titleFailed       = "没有完成"
	titleStale        = "台账刚有改动"
	titleReplace      = "已有同名文件"
	titleChooseBook   = "选择要导入的工作簿"
	titleSaveBad      = "另存有问题的行"
	titleSaved        = "已保存"
	titleSend         = "上报"
	titleAside        = "没有读入和不会改动的内容"
	titleSettings     = "设置"
	titleKeys         = "快捷键"
	titleLook         = "显示"
	titleUser         = "经办人"
	titleLedger       = "台账"
	titleNoProgram    = "打不开文件"
	titleMakeLedger   = "台账存到哪里"
	titleMade         = "台账建好了"
	titleNewLedger    = "新建本单位的台账"
	titleOldLedger    = "打开已有的台账"
	titleSampleLedger = "先看看示例"
	titleBatches      = "批次"

	verbImport = "导入"
	verbMerge  = "合并"

	opMakeLedger = "建立台账"

	stepBatch    = "这一批"
	stepDecision = "这次裁定"

	countNew     = "新增"
	countUpdated = "更新"
	countSame    = "相同"
	countRefused = "未导入"

	headVillage  = "嘎查村"
	headSheet    = "工作表"
	headField    = "栏目"
	headRecord   = "记录"
	headKind     = "类别"
	headLaterOp  = "后来的操作"
	headBatch    = "批次"
	headAt       = "时间"
	headOp       = "事项"
	headBook     = "文件"
	headOffice   = "单位"
	headRows     = "行数"
	headWho      = "经办人"
	headState    = "状态"
	headFileName = "名称"
	headChanged  = "修改时间"
	headSize     = "大小"

	labelFileName = "文件名"
	labelDensity  = "疏密"
	labelWall     = "投影"
	labelName     = "您的姓名"
	labelOffice   = "单位"
	labelFile     = "文件"
	labelPages    = "页面"
	labelDoings   = "操作"
	labelLevel    = "层级"
	labelCode     = "区划代码"
	labelUnit     = "单位名称"
	hintUnit      = "如：前进苏木"
	hintUser      = "记入每一步操作"
	hintSelect    = "请选择"
	hintFind      = "在本表中查找：汉字、拼音、首字母"

	folderPrinted = "打印"
	wordIn        = "　在 "

	placeDesktop   = "桌面"
	placeDocuments = "文档"
	placeDownloads = "下载"
	placeHome      = "个人文件夹"
	placeLedger    = "台账所在处"
	placeDrive     = "磁盘 %c"

	sayFault          = "程序出了意外，这一步没有做完，台账保持原样。请再试一次；仍然不行，请联系维护人员。"
	sayNothing        = "—"
	sayBlank          = "（空白）"
	sayUnknown        = "不知何人"
	sayCancelled      = "已取消，台账没有改动。"
	sayNothingWritten = "已取消，没有写入任何内容。"
	sayNoFiles        = "这个文件夹里没有可选的文件，请换一个文件夹。"
	sayNoneYet        = "这个文件夹里没有同类的文件，可以存在这里。"
	sayClosedFolder   = "打不开这个文件夹：没有权限，或者U盘已经拔出。请换一个文件夹。"
	sayNoBatches      = "还没有收过或报过工作簿。导入花名册、合并报回的工作簿、上报，都会记在这里。"
	sayBatches        = "收进来和报出去的工作簿，最近的在前；收进来的可以整批撤销。"
	sayTakenBack      = "已撤销"
	sayUndoing        = "正在撤销"
	sayDeciding       = "正在裁定"
	sayBusy           = "上一步还没有做完，请等它做完再试。"
	sayWritingBook    = "正在写出工作簿"
	sayPassword       = "请输入打开这个工作簿的密码。"
	sayPasswordAgain  = "密码不对，请再输一次；大小写也要一致。"
	sayWholeRecord    = "整条记录"
	saySend           = "把台账写成一个工作簿，用U盘等交给对方。平常不用改什么，按回车就写出。"
	sayOwnMachine     = "本单位另一台电脑"
	sayCopyName       = "台账副本"

	sayProduct      = "嘎查村带头人台账"
	saySampleLedger = "一个虚构的苏木乡镇，里面的人和村都是编的，可以随意改。"
	sayMakingLedger = "正在新建台账"
	sayMade         = "现有的花名册是什么样子都可以直接导入，先核对、后写入；也可以把它拖进窗口。"
	sayNoRecent     = "这台电脑上还没有打开过台账。"
	sayNoUnit       = "请填写单位名称。"
	sayNoUser       = "请填写您的姓名，每一步操作都会记下是谁做的。"

	saySettings     = "选了就生效。“显示”只管这台电脑，不改台账。"
	sayStrong       = "高对比（黑字黑线，适合看不清或反光的屏幕）"
	sayWall         = "按 F11 开始和结束：放大字号，遮住证件号、电话、住址等个人信息。"
	saySign         = "记入每一步操作，别的单位合并时也看得到。"
	sayKeys         = "在任何页面按 F1 到这里。"
	sayCounting     = "请稍候…"
	sayInSystem     = "请在弹出的窗口里选择"
	sayMakingSample = "正在生成示例台账"

	tailBad = "（待改）"

	leftSum  = "合计行" // why store/sheet leaves a row out
	leftFoot = "表尾"
)

// texts are what a list says of its kind.
type texts struct{ says, empty string }

func kindTexts(kind *field.Kind) texts {
	t, ok := map[string]texts{
		"office":     {"保管或接收台账的单位。", "还没有单位。导入花名册或合并工作簿时会自动建立。"},
		"village":    {"每个嘎查村一条，带基本情况和现任带头人。", "还没有嘎查村。导入一份花名册，其中的嘎查村会自动建立。"},
		"person":     {"在任、曾任和后备的人，一人一条；双击或按回车看全部栏目。", "还没有人员。把现有的花名册拖进窗口，或点“导入”。"},
		"post":       {"谁在哪个嘎查村担任什么职务；一肩挑是两条。", "还没有任职。把“两委”成员花名册拖进窗口，或点“导入”。"},
		"reserve":    {"为每个嘎查村储备的后备人选。", "还没有后备力量。把后备力量花名册拖进窗口，或点“导入”。"},
		"survey":     {"每次全覆盖摸排一条；点开填各嘎查村摸到多少人，零报告也要填。", "还没有摸排。点“新增”登记一个批次，再填各嘎查村的情况。"},
		"conduct":    {"从严管理调整：从线索、核实到处置和归档，一件事一条。", "还没有负面情形。点“新增”登记一条线索；没有核实成立，什么处理都不能作。"},
		"midterm":    {"届中对班子的分析研判；人数和年龄按任职算。", "还没有届中分析。点“新增”登记一个嘎查村的研判。"},
		"lax":        {"软弱涣散基层党组织整顿，到验收销号为止。", "没有软弱涣散整顿。点“新增”登记认定的嘎查村。"},
		"hire":       {"乡招村用人员，累计的一人一条；在岗、借调、调出看状态。", "还没有乡招村用人员。把花名册拖进窗口，或点“新增”登记聘用。"},
		"away":       {"在外人才和回引（引凤还巢）；有任职的才算到村任职。", "还没有在外人才。点“新增”登记，或把在外优秀人才台账拖进窗口。"},
		"secondment": {"机关单位选派：推荐、储备、匹配、派出和“四优”兑现。", "还没有机关选派。点“新增”登记单位推荐的人选。"},
		"nominee":    {"换届人选：提名、联审，到当选或未当选。", "还没有换届人选。点“新增”提名。"},
		"filing":     {"书记任职备案：拟任、联审、党委研究、报送、受理和答复。", "还没有任职备案。点“新增”从拟任开始。"},
		roomCustom:   {"本单位在台账里加的栏目。", "还没有自定义项。点“新增”给人员、嘎查村或任职加一栏，它会出现在列表、表单和上报簿里。"},
	}[kind.Name]
	if !ok {
		return texts{"", "还没有" + kind.Label + "。"}
	}
	return t
}

func sayReading(book string) string { return "正在读取“" + book + "”" }
func sayWriting(book string) string { return "正在写入“" + book + "”" }

func sayTakenFor(form, sheet string, rows int) string {
	if sheet != form {
		form += "》（工作表 " + sheet + "）"
	} else {
		form += "》"
	}
	return fmt.Sprintf("按《%s读取，共 %d 行。现在还没有写入台账。", form, rows)
}

func sayFrom(office string, rows int) string {
	return fmt.Sprintf("由%s写出的工作簿，共 %d 行，逐格对照合并。现在还没有写入台账。", office, rows)
}

func titlePassword(book string) string { return "“" + book + "”设有密码" }

func sayProposal(proposal string) string { return "建议改为“" + proposal + "”。" }

func sayMissing(names []string) string {
	return fmt.Sprintf("发出过、没有交回的 %d 条，不会删除：%s", len(names), strings.Join(names, "、"))
}

func sayAbsent(names []string) string {
	return fmt.Sprintf("台账里有、书中没有的 %d 条，不会改动：%s", len(names), strings.Join(names, "、"))
}

func sayUnclaimed(heads []string) string {
	return fmt.Sprintf("没有对应栏目、不会导入的 %d 列：%s", len(heads), strings.Join(heads, "、"))
}

// sayLeft lists the rows left out that a person might miss; sums and feet are
// only counted.
func sayLeft(left []exchange.Left) string {
	var worth []string
	for _, l := range left {
		if l.Why != leftSum && l.Why != leftFoot {
			worth = append(worth, fmt.Sprintf("%s第 %d 行（%s）%s", l.Sheet, l.Row, l.Why, l.Text))
		}
	}
	switch n := len(left) - len(worth); {
	case len(worth) == 0:
		return fmt.Sprintf("没有当作数据的 %d 行：都是合计行或表尾", n)
	case n > 0:
		worth = append(worth, fmt.Sprintf("其余 %d 行是合计行或表尾", n))
	}
	return fmt.Sprintf("没有当作数据的 %d 行：%s", len(left), strings.Join(worth, "；"))
}

func saySkipped(sheets []string) string {
	return fmt.Sprintf("没有认识的表、不会读的 %d 个工作表：%s", len(sheets), strings.Join(sheets, "、"))
}

func sayAccepted(r exchange.Report) string {
	text := fmt.Sprintf("“%s”已写入：新增 %d，更新 %d，相同 %d", r.Book, r.New, r.Updated, r.Same)
	if r.Refused > 0 {
		text += fmt.Sprintf("，未导入 %d", r.Refused)
	}
	if r.Decided > 0 {
		text += fmt.Sprintf("，裁定 %d", r.Decided)
	}
	if r.Conflicts > 0 {
		text += fmt.Sprintf("，待裁定 %d", r.Conflicts)
	}
	return text + "。"
}

func titleLater(step string) string { return step + "之后又有改动" }

func sayLater(step string) string {
	return "下面这些内容在" + step + "之后又有人改过。可以不撤销；也可以撤销其余的，这些保留现在的样子。"
}

func sayUndoneBefore(step string) string { return step + "已经撤销过了。" }

func sayUndone(s step, kept int) string {
	name, then := s.name, "。"
	switch name {
	case stepBatch:
		name, then = "批次 "+exchange.BatchID(s.seq), "，台账恢复到它之前的样子。"
	case stepDecision:
		then = "，两边的值重新等待裁定。"
	}
	if kept > 0 {
		return fmt.Sprintf("已撤销%s的其余内容。后来又改过的 %d 处保持现在的样子，没有恢复。", name, kept)
	}
	return "已撤销" + name + then
}

func sayReplace(name string) string {
	return "这个文件夹里已经有“" + name + "”。替换后，原来的文件就没有了。"
}

func doReplace(name string) string { return "替换“" + name + "”" }

func saySavedBad(path string) string {
	return "有问题的行已另存到：\n" + path + "\n改好后再导入这个文件，就补齐了这一批。"
}

func sayFolder(name string) string { return "［" + name + "］" }

func sayBytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d K", (n+1023)>>10)
	}
	return fmt.Sprintf("%.1f M", float64(n)/(1<<20))
}

func sayTime(t time.Time) string { return t.Local().Format("2006.01.02 15:04") }

// sayWhen is sayTime for where there is little room: this year is left out.
func sayWhen(t, now time.Time) string {
	if t, now = t.Local(), now.Local(); t.Year() == now.Year() {
		return t.Format("1月2日 15:04")
	}
	return sayTime(t)
}
