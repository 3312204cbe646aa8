package check

import (
	"touyan/store"
	"touyan/store/field"
)

// Level says how much a problem matters, in office words.
type Level string

// The levels, from what to keep in mind to what cannot stay.
const (
	Notice Level = "提醒"
	Fault  Level = "问题"
	Grave  Level = "严重"
)

// Problem is something the office should look at, tied to the record to open.
type Problem struct {
	Rule    string // name of the rule, for programs
	Level   Level
	Kind    string // of the record
	Record  string // its id
	Name    string // what people call it
	Field   string // to mend, if it is one
	Message string // a sentence with the remedy
}

// Rule is one thing that is looked for.
type Rule struct {
	Name  string // lower-case English, for programs
	Title string // in office words
	find  func(*facts) []Problem
}

// Rules are all of them, in the order of the list.
func Rules() []Rule {
	return []Rule{
		{"blank-village", "后备空白村", blankVillages},
		{"vacancy", "书记空缺", vacancies},
		{"two-teams", "新旧两班并存", twoTeams},
		{"two-holders", "一职多人", twoHolders},
		{"secretary-member", "书记不是党员", laySecretaries},
		{"same-id", "身份证号重复", sameID},
		{"two-townships", "同一人在两个乡镇", twoTownships},
		{"maybe-same", "疑似同一人", maybeSame},
		{"dangling", "引用无效", dangling},
		{"required", "缺必填内容", required},
		{"record", "内容矛盾", contradictions},
		{"term", "届满", terms},
		{"age", "超龄", aged},
		{"missing", "内容不全", incomplete},
		{"two-pools", "重复入库", twoPools},
		{"lay-reserve", "后备不是党员", layReserves},
		{"no-local-reserve", "没有本土后备", noLocal},
		{"unfiled", "书记没有备案", unfiled},
		{"unvetted", "备案没有联审", unvetted},
		{"barred", "一票否决", barredPeople},
		{"uncanvassed", "没有摸排", uncanvassed},
		{"uncoached", "后备没有培养", uncoached},
		{"untracked", "乡招村用没有跟踪", untracked},
		{"overdue", "逾期", overdue},
		{"kin", "村监委回避", kin},
		{"audit", "离任审计", audits},
		{"loose-person", "人员没有去处", loose},
	}
}

// Run looks over the ledger as of a day.
func Run(tx *store.Tx, asOf field.Date) ([]Problem, error) {
	f, err := gather(tx, asOf)
	if err != nil {
		return nil, err
	}
	return f.problems(), nil
}

func (f *facts) problems() []Problem {
	var out []Problem
	for _, r := range Rules() {
		for _, p := range r.find(f) {
			p.Rule = r.Name
			out = append(out, p)
		}
	}
	return out
}
