package check

import "touyan/store/record"

// Limits that no office sets; those that one may want otherwise are rules
// (store/rule).
const (
	TermYears   = 5  // 村组法 (2018), 党内规定
	RefusedDays = 30 // for which rows a book could not bring wait on the 工作台
	wholeTeam   = 3  // people who took office together, from which they are a team
)

const (
	sourceHome      = "1" // 人员来源：本土摸排
	sourceFound     = "2" // 动态发现补入
	directionLeader = "1" // 培养方向：党组织书记
	yes             = "1"
)

// Singles are the positions a village has one of: 书记, 主任, 村监委主任.
var Singles = []string{record.Secretary, record.Head, record.Overseer}
