package check

import "touyan/store/record"

// Limits of the rules. Where no source is named they are 默认值, which an
// office may want otherwise.
const (
	AgeLimit      = 60 // full years from which somebody in post is listed
	TermYears     = 5  // 村组法 (2018), 党内规定
	TermNotice    = 12 // months before the end of a term from which it is listed
	VacancyMonths = 3  // of a 书记, after which it counts as a sign of 软弱涣散

	LeaderAge   = 58 // full years of a 书记 from which a successor must be in sight
	TermSoon    = 6  // months before the end of a term from which the light is yellow
	ReserveAge  = 50 // full years from which a reserve is too old to take over
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
