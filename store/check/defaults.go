package check

import "touyan/store/record"

// Limits of the rules. Where no source is named they are 默认值, which an
// office may want otherwise.
const (
	AgeLimit        = 60 // full years from which somebody in post is listed
	TermYears       = 5  // 村组法 (2018), 党内规定
	TermNotice      = 12 // months before the end of a term from which it is listed
	VacancyMonths   = 3  // of a 书记, after which it counts as a sign of 软弱涣散
	partyMember     = "01"
	sourceHome      = "1" // 人员来源：本土摸排
	sourceFound     = "2" // 动态发现补入
	directionLeader = "1" // 培养方向：党组织书记
)

// singles are the positions a village has one of: 书记, 主任, 村监委主任.
var singles = []string{record.Secretary, record.Head, "31"}
