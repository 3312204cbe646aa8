package record

import (
	"slices"
	"strconv"
	"strings"

	"touyan/store/field"
)

// The 表 of 选: who was looked over, who must go, who came from elsewhere.

func selectForms() []*field.Form {
	return []*field.Form{canvassForm(), midtermForm(), conductForm(), laxForm(), hireForm(), trackingForm(),
		awayForm(), returnedForm(), readyForm(), secondedForm(), benefitForm()}
}

// byVillage is the order of villages, then of what follows.
func byVillage(then ...string) []string {
	return append([]string{"village.office.code", "village.office.name", "village.code", "village.name"}, then...)
}

// canvassForm is 《摸排情况统计表》, a row for each village.
func canvassForm() *field.Form {
	return &field.Form{
		Name: "canvass", Title: "摸排情况统计表", Kind: "canvass", Called: []string{"摸排情况"}, Titled: true,
		Columns: []field.Column{
			number(), {Head: "苏木乡镇", Aliases: townshipHeads, Path: "village.office.name", Width: 12},
			{Head: "嘎查村", Aliases: villageHeads, Path: "village.name", Width: 12},
			{Head: "摸排批次", Path: "survey.name", Width: 16}, {Path: "date", Width: 11},
			{Path: "team", Head: "“两委”成员", Width: 8}, {Path: "rich", Head: "致富能手", Width: 8},
			{Path: "returned", Head: "外出务工经商返乡", Width: 8}, {Path: "veterans", Head: "退役军人", Width: 8},
			{Path: "graduates", Head: "大学毕业生", Width: 8}, {Path: "others", Head: "其他能人", Width: 8},
			{Head: "摸排合计", Compute: canvassed, Width: 8},
			{Head: "研判通过", Compute: judged, Width: 8},
			{Head: "在库人数", Compute: pooledHere, Width: 8},
			{Path: "by", Width: 10}, remark(),
		},
		Sort: append([]string{"survey.from"}, byVillage()...),
	}
}

// canvassed adds up who was looked at.
func canvassed(l field.Line) string {
	sum := 0
	for _, name := range []string{"team", "rich", "returned", "veterans", "graduates", "others"} {
		n, _ := strconv.Atoi(l.Value(name)) // empty: nobody
		sum += n
	}
	return strconv.Itoa(sum)
}

// judged counts those of the village whom the township's committee passed.
func judged(l field.Line) string {
	n := 0
	for _, r := range l.Referring("village", "reserve", "village") {
		if slices.ContainsFunc(r.Referring("", "review", "reserve"), func(v field.Line) bool {
			return v.Value("stage") == ByTownship && v.Value("verdict") == Passed
		}) {
			n++
		}
	}
	return strconv.Itoa(n)
}

// pooledHere counts who is in the pool of the village on the form's day.
func pooledHere(l field.Line) string { return strconv.Itoa(len(poolOf(l))) }

func poolOf(l field.Line) []field.Line {
	return slices.DeleteFunc(l.Referring("village", "reserve", "village"), func(r field.Line) bool {
		return !on(r, "entered", "left") || r.Value("state") != "" && r.Value("state") != Admitted && r.Value("state") != InTraining
	})
}

// on reports whether the day of a line lies in a period of its record; the last
// day does not belong to it.
func on(l field.Line, from, to string) bool {
	begin, err1 := field.DateOf(l.Value(from))
	end, err2 := field.DateOf(l.Value(to))
	return err1 == nil && err2 == nil && !l.AsOf().Before(begin) && (end.IsZero() || l.AsOf().Before(end))
}

// midtermForm is 《“两委”班子届中分析研判表》. Its numbers are those of the posts
// on the form's day.
func midtermForm() *field.Form {
	return &field.Form{
		Name: "midterm", Title: "“两委”班子届中分析研判表", Kind: "midterm", Called: []string{"届中分析"}, Titled: true,
		Columns: []field.Column{
			number(), {Head: "苏木乡镇", Aliases: townshipHeads, Path: "village.office.name", Width: 12},
			{Head: "嘎查村", Aliases: villageHeads, Path: "village.name", Width: 12}, {Path: "term", Width: 8},
			{Head: "应配/实配", Compute: seatsTaken, Width: 9},
			{Head: "书记", Compute: func(l field.Line) string { return heldBy(l, Secretary) }, Width: 9},
			{Head: "一肩挑", Compute: oneForBoth, Width: 6},
			{Head: "平均年龄", Compute: meanAge, Width: 6},
			{Head: "35岁以下", Compute: teamCount(func(p field.Line) bool { n, ok := ageOf(p); return ok && n <= 35 }), Width: 6},
			{Head: "女性", Compute: teamCount(func(p field.Line) bool { return p.Value("person.sex") == "2" }), Width: 6},
			{Head: "大专以上", Compute: teamCount(func(p field.Line) bool {
				return college(p.Value("person.education")) || college(p.Value("person.later_education"))
			}), Width: 6},
			{Head: "少数民族", Compute: teamCount(func(p field.Line) bool { return p.Value("person.ethnic") != "" && p.Value("person.ethnic") != "01" }), Width: 6},
			{Path: "rating", Width: 7}, {Path: "problems", Width: 22}, {Path: "unfit", Width: 14}, {Path: "advice", Width: 18},
			{Head: "接替后备", Compute: followers, Width: 12},
			{Path: "team", Width: 12}, {Path: "date", Width: 11}, remark(),
		},
		Sort: byVillage("date"),
	}
}

// teamOf are the posts of the 两委 of a line's village on the form's day, one for
// each person.
func teamOf(l field.Line) []field.Line {
	var out []field.Line
	seen := map[string]bool{}
	for _, p := range l.Referring("village", "post", "village") {
		if InTeam(p.Value("position")) && on(p, "from", "to") && !seen[p.Value("person")] {
			seen[p.Value("person")] = true
			out = append(out, p)
		}
	}
	return out
}

func teamCount(applies func(field.Line) bool) func(field.Line) string {
	return func(l field.Line) string {
		n := 0
		for _, p := range teamOf(l) {
			if applies(p) {
				n++
			}
		}
		return strconv.Itoa(n)
	}
}

func ageOf(l field.Line) (int, bool) {
	born, err := field.DateOf(l.Value("person.birth"))
	if err != nil {
		return 0, false
	}
	return born.Age(l.AsOf())
}

func meanAge(l field.Line) string {
	sum, known := 0, 0
	for _, p := range teamOf(l) {
		if n, ok := ageOf(p); ok {
			sum, known = sum+n, known+1
		}
	}
	if known == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(sum)/float64(known), 'f', 1, 64)
}

// college reports 大专 and more (GB/T 4658: 1x, 2x, 3x).
func college(education string) bool {
	return education != "" && education[0] >= '1' && education[0] <= '3'
}

// seatsTaken is 应配/实配 of both committees together; who holds two seats takes
// both.
func seatsTaken(l field.Line) string {
	taken := 0
	for _, p := range l.Referring("village", "post", "village") {
		b := Body(p.Value("position"))
		if on(p, "from", "to") && (b == Party || b == Committee) && p.Value("statutory") != actingPost {
			taken++
		}
	}
	due := 0
	for _, name := range []string{"village.party_seats", "village.committee_seats"} {
		n, err := strconv.Atoi(l.Value(name))
		if err != nil {
			return "未填/" + strconv.Itoa(taken)
		}
		due += n
	}
	return strconv.Itoa(due) + "/" + strconv.Itoa(taken)
}

// heldBy names who holds a position of the line's village.
func heldBy(l field.Line, position string) string {
	var names []string
	for _, p := range l.Referring("village", "post", "village") {
		if p.Value("position") == position && on(p, "from", "to") {
			names = append(names, p.Value("person.name"))
		}
	}
	return strings.Join(names, "、")
}

func oneForBoth(l field.Line) string {
	heads := map[string]bool{}
	posts := l.Referring("village", "post", "village")
	for _, p := range posts {
		if p.Value("position") == Head && on(p, "from", "to") {
			heads[p.Value("person")] = true
		}
	}
	if slices.ContainsFunc(posts, func(p field.Line) bool {
		return p.Value("position") == Secretary && on(p, "from", "to") && heads[p.Value("person")]
	}) {
		return "是"
	}
	return "否"
}

// followers names who is in the pool of the line's village.
func followers(l field.Line) string {
	var names []string
	for _, r := range poolOf(l) {
		names = append(names, r.Value("person.name"))
	}
	return strings.Join(names, "、")
}

// conductForm is 《负面情形排查台账》.
func conductForm() *field.Form {
	return &field.Form{
		Name: "conduct", Title: "负面情形排查台账", Kind: "conduct", Called: []string{"负面情形"}, Titled: true,
		Columns: []field.Column{
			number(), {Head: "苏木乡镇", Aliases: townshipHeads, Path: "village.office.name", Width: 12},
			{Head: "嘎查村", Aliases: villageHeads, Path: "village.name", Width: 12},
			{Path: "person.name", Width: 10}, {Path: "person.birth", Width: 10}, {Path: "position", Width: 12}, {Path: "class", Head: "类别", Width: 16},
			{Path: "facts", Width: 26}, {Path: "source", Width: 10}, {Path: "noticed", Width: 11}, {Path: "finding", Head: "核实情况", Width: 9},
			{Path: "measure", Width: 10}, {Path: "decided", Width: 11}, {Path: "document", Width: 14}, {Path: "due", Width: 11},
			{Path: "result", Width: 14}, {Path: "successor.name", Head: "接替人选", Width: 10}, {Path: "state", Width: 10}, remark(),
		},
		Sort: byVillage("noticed", "person.name"),
	}
}

// laxForm is 《软弱涣散整顿台账》.
func laxForm() *field.Form {
	return &field.Form{
		Name: "lax", Title: "软弱涣散基层党组织整顿台账", Kind: "lax", Called: []string{"软弱涣散"}, Titled: true,
		Columns: []field.Column{
			number(), {Head: "苏木乡镇", Aliases: townshipHeads, Path: "village.office.name", Width: 12},
			{Head: "嘎查村", Aliases: villageHeads, Path: "village.name", Width: 12}, {Path: "year", Width: 7},
			{Path: "ground", Width: 20}, {Path: "found", Width: 11}, {Path: "lead", Width: 14}, {Path: "measures", Width: 28},
			{Path: "due", Width: 11}, {Path: "result", Width: 18}, {Path: "closed", Width: 11}, {Path: "state", Width: 10}, remark(),
		},
		Sort: append([]string{"year"}, byVillage()...),
	}
}
