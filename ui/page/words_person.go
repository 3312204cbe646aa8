package page

import (
	"fmt"
	"strings"
)

// Words of the pages of single records, and of the steps taken there.

const (
	between = " · "

	tabFacts = "概况"
	tabLife  = "履历"
	tabPosts = "任职"
	tabPool  = "后备"
	tabPast  = "记录"

	doNew       = DoNew + " Ctrl+N"
	doShow      = "显示"
	doHide      = "隐藏"
	doAppoint   = "任命…"
	doLeave     = "离任…"
	doAdmit     = "入库…"
	doRelease   = "出库…"
	doPerson    = "看本人"
	doCloseKeep = "关闭，留作草稿"
	doDropDraft = "放弃"

	opRegister = "登记"
	opCorrect  = "更正"
	opAppoint  = "任命"
	opLeave    = "离任"
	opAdmit    = "入库"
	opRelease  = "出库"

	headWas       = "原来"
	headNow       = "现在"
	headWhoDid    = "谁"
	headOperation = "操作"
	headSource    = "哪一份表"

	wordEmpty     = "缺"
	wordNotice    = "提醒"
	wordFlaw      = "瑕疵"
	wordCannot    = "不行"
	wordBegun     = "（建立）"
	wordRemoved   = "（撤销建立）"
	wordAllFields = "全部栏目"

	labelWhy      = "为何如此"
	labelLeaveWhy = "前任因何离任"
	hintWhy       = "记入程序瑕疵的原因"
	askOutOfPool  = "同时办理后备出库（任用）"
	sectionRest   = "其他"

	sayBoth      = "（一肩挑）"
	sayNotGiven  = "未填"
	sayComplete  = "没有发现缺项和矛盾。"
	sayNoPast    = "还没有改动的记录。"
	sayPast      = "谁在什么时候、因哪项操作、凭哪一份表改了什么，最近的在前；双击看那次操作和它的批次。"
	sayNoPosts   = "没有任职。点“任命…”登记一条。"
	sayNoPool    = "不在后备库里。点“入库…”登记。"
	sayNoLife    = "还没有任职，也没有进过后备库。"
	sayReadFirst = "请看过上面的提醒，再按一次“完成”。"
)

// factSection is a group of fields under a heading.
type factSection struct {
	title  string
	fields []string
}

// factSections group the facts of each kind; what they leave out comes last.
var factSections = map[string][]factSection{
	"person": {
		{"身份", []string{"name", "former", "idno", "sex", "birth", "ethnic", "affirmed", "native", "birthplace", "health"}},
		{"联系", []string{"phone", "residence", "domicile"}},
		{"政治面貌", []string{"politics", "joined"}},
		{"学历和特长", []string{"education", "school", "later_education", "later_school", "qualification", "skill"}},
		{"工作和产业", []string{"started", "workplace", "income", "veteran", "rich", "recruited", "industry"}},
		{"奖惩考核", []string{"appraisals", "honours", "note"}},
	},
	"post": {
		{"任职", []string{"person", "village", "position", "statutory", "from", "first", "manner", "document", "term", "terms", "again"}},
		{"备案", []string{"filing", "filed", "filing_no"}},
		{"离任", []string{"to", "reason"}},
		{"其他", []string{"flaw", "note"}},
	},
	"reserve": {
		{"后备", []string{"person", "village", "round", "state", "entered", "source", "manner"}},
		{"培养", []string{"maturity", "direction", "contact", "measures"}},
		{"出库", []string{"left", "exit", "note"}},
	},
	"village": {
		{"嘎查村", []string{"name", "office", "code", "type", "former", "class"}},
		{"户和人", []string{"households", "population", "members", "representatives", "income"}},
		{"班子", []string{"elected", "party_seats", "committee_seats", "lead", "first_secretary"}},
		{"起止", []string{"from", "to", "note"}},
	},
}

func titleNew(kind string) string { return DoNew + kind }
func sayNew(kind string) string   { return "填好后按“完成”，记作一条" + kind + "。" }
func sayNewHelp(kind string) string {
	return "带＊的必须填，其余的可以以后再补。\n没有填完就离开的，留作草稿，不计入台账；再点“" + DoNew + "”时可以接着填。"
}

func sayFindings(wrong, empty int) string {
	switch {
	case wrong == 0 && empty == 0:
		return "待补待核"
	case wrong == 0:
		return fmt.Sprintf("待补 %d 项", empty)
	case empty == 0:
		return fmt.Sprintf("待核 %d 处", wrong)
	}
	return fmt.Sprintf("待核 %d 处 · 待补 %d 项", wrong, empty)
}

func sayAge(years int) string { return fmt.Sprintf("（%d 岁）", years) }

func sayNoPost(pool bool) string {
	if pool {
		return "现在没有任职，在后备库里。"
	}
	return "现在没有任职。"
}

func sayUntil(date string) string { return "任期至 " + date }

// sayTermLeft is how long a term still runs, or that it is over.
func sayTermLeft(months int) string {
	switch {
	case months < 0:
		return "！已届满，请安排换届"
	case months == 0:
		return "！本月届满"
	}
	return fmt.Sprintf("！还有 %d 个月", months)
}

func sayTab(label string, n int) string {
	if n == 0 {
		return label
	}
	return fmt.Sprintf("%s %d", label, n)
}

func sayPeriod(from, to string) string {
	if from == "" {
		from = "时间未填"
	}
	if to == "" {
		return from + " 至今"
	}
	return from + " — " + to
}

func sayPool(village string) string { return village + " 后备力量" }

func sayBegun(cells int) string        { return fmt.Sprintf("共填 %d 栏", cells) }
func sayBeside(others []string) string { return "（另有：" + strings.Join(others, "、") + "）" }
func saySavedNew(kind string) string   { return "已登记一条" + kind + "。" }
func sayKeptNew(kind string) string    { return "新增的" + kind + "没有填完，已留作草稿。" }
func sayKeptWrong(labels []string) string {
	return "“" + strings.Join(labels, "”“") + "”填写有误，没有保存，已留作草稿；再打开时可以接着改。"
}
func titleLeave(name string) string        { return name + "离任" }
func titleRelease(name string) string      { return name + "出库" }
func sayEnds(name, position string) string { return name + "同时离任" + position }

// mostLabels is how many labels a line at the foot has room for.
const mostLabels = 3

func saySavedCells(name string, labels []string) string {
	text := strings.Join(labels[:min(len(labels), mostLabels)], "、")
	if len(labels) > mostLabels {
		text += fmt.Sprintf("等 %d 栏", len(labels))
	}
	return "已保存" + name + "的" + text + "。"
}

func sayAppointed(person, village, position string) string {
	return "已任命" + person + "为" + village + position + "。"
}
func sayLeftPosts(person string, posts []string) string {
	return "已登记" + person + "离任" + strings.Join(posts, "、") + "。"
}
func sayAdmitted(person, village string) string {
	return person + "已进入" + village + "的后备库。"
}
func sayReleased(person string) string { return person + "已出库。" }
