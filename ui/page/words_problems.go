package page

// Words of the room of problems.

const (
	titleProblems = "问题"
	doOpenProblem = "打开去改"
	headWeight    = "轻重"
	headWhose     = "谁"
	headSentence  = "有什么不对"
	headRemedy    = "怎么办"
	headRule      = "检查项目"

	sayLooking     = "正在检查台账…"
	sayAllFindings = "检查台账发现的全部问题，重的在前；按回车打开那条记录，光标停在要改的栏目。"
	sayNoFindings  = "没有发现问题。"
	joinName       = "："
	askPlease      = "请"
)

// joints are the signs between what is wrong and what is to be done.
var joints = []string{"，", "；", "。"}
