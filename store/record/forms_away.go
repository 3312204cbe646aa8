package record

import (
	"slices"
	"strings"

	"touyan/store/field"
)

// The 表 of people who come to the villages from elsewhere: 乡招村用, 引凤还巢,
// 机关选派.

func personColumns(names ...string) []field.Column {
	var out []field.Column
	for _, c := range slices.Concat(faceColumns(), schoolColumns()) {
		name := strings.TrimPrefix(c.Path, "person.")
		if c.Path != "" && slices.Contains(names, name) {
			out = append(out, c)
		}
	}
	return out
}

func placed(heads ...string) []field.Column {
	return []field.Column{
		number(),
		{Head: "旗县区", Path: "village.office.parent.name", Width: 10},
		{Head: "苏木乡镇", Aliases: townshipHeads, Path: "village.office.name", Width: 12},
		{Head: heads[0], Aliases: append(heads[1:], villageHeads...), Path: "village.name", Width: 12},
	}
}

// hireForm is 《“乡招村用”人员花名册》: everybody ever taken on, with where they
// went; who serves now is told by the state.
func hireForm() *field.Form {
	own := []field.Column{
		{Path: "year", Width: 7}, {Path: "batch", Width: 10}, {Path: "reported", Width: 11}, {Path: "quota", Width: 12}, {Path: "unit", Width: 16},
		{Head: "村内职务", Compute: roleNow, Width: 12},
		{Head: "历年跟踪评价", Compute: trackedGrades, Width: 16},
		{Head: "是否入库", Compute: func(l field.Line) string { return yesOr(entered(l) != "") }, Width: 6},
		{Head: "入库时间", Compute: entered, Width: 10},
		{Path: "state", Width: 8}, {Path: "left", Width: 11}, {Path: "where", Width: 14},
		{Path: "until", Width: 11}, {Head: "电话", Path: "person.phone", Width: 13}, remark(),
	}
	return &field.Form{
		Name: "hire", Title: "“乡招村用”人员花名册", Kind: "hire", Called: []string{"乡招村用"}, Titled: true,
		Columns: slices.Concat(placed("服务嘎查村", "服务村"), personColumns("name", "sex", "ethnic", "birth", "idno", "politics", "education", "school"), own),
		Sort:    byVillage("year", "person.name"),
	}
}

// roleNow is what somebody does in the village served now.
func roleNow(l field.Line) string {
	for _, s := range l.Referring("", "service", "hire") {
		if s.Value("to") == "" {
			return s.Value("role")
		}
	}
	return ""
}

// trackedGrades are the last three ratings of the trackings, the newest first.
func trackedGrades(l field.Line) string {
	all := l.Referring("", "tracking", "hire")
	slices.SortFunc(all, func(a, b field.Line) int { return strings.Compare(b.Value("date"), a.Value("date")) })
	var out []string
	for _, t := range all[:min(len(all), 3)] {
		if r := t.Value("rating"); r != "" {
			out = append(out, t.Value("period")+grades.Word(r))
		}
	}
	return strings.Join(out, "；")
}

// entered is when the line's person came into the pool he is in now, as offices
// write it; empty if he is in none.
func entered(l field.Line) string {
	for _, r := range l.Referring("person", "reserve", "person") {
		if r.Value("left") == "" && (r.Value("state") == Admitted || r.Value("state") == InTraining) {
			if d, err := field.DateOf(r.Value("entered")); err == nil {
				return d.Office()
			}
		}
	}
	return ""
}

func yesOr(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

// trackingForm is 《“乡招村用”人员跟踪培养登记表》.
func trackingForm() *field.Form {
	return &field.Form{
		Name: "tracking", Title: "“乡招村用”人员跟踪培养登记表", Kind: "tracking", Called: []string{"跟踪培养"}, Titled: true,
		Columns: []field.Column{
			number(), {Head: "苏木乡镇", Aliases: townshipHeads, Path: "hire.village.office.name", Width: 12},
			{Head: "服务嘎查村", Aliases: villageHeads, Path: "hire.village.name", Width: 12},
			{Path: "hire.person.name", Width: 10}, {Path: "hire.person.birth", Width: 10}, {Path: "hire.year", Width: 8}, {Path: "period", Width: 12}, {Path: "date", Width: 11},
			{Path: "state", Width: 10}, {Path: "work", Width: 36}, {Path: "rating", Width: 8}, {Path: "by", Width: 10},
		},
		Sort: []string{"date", "hire.village.code", "hire.village.name", "hire.person.name"},
	}
}

// awayForm is 《在外优秀人才台账》: who is away, or has not taken a post yet.
func awayForm() *field.Form {
	return &field.Form{
		Name: "away", Title: "在外优秀人才台账", Kind: "away", Called: []string{"在外人才", "在外优秀人才"}, Titled: true,
		Columns: []field.Column{
			number(), {Head: "苏木乡镇", Aliases: townshipHeads, Path: "village.office.name", Width: 12},
			{Head: "户籍村", Aliases: villageHeads, Path: "village.name", Width: 12},
			{Path: "person.name", Width: 10}, {Path: "person.sex", Width: 5}, {Path: "person.birth", Width: 10}, {Path: "person.education", Head: "学历", Width: 10},
			{Path: "type", Head: "类型", Width: 14}, {Path: "person.residence", Width: 16}, {Path: "person.workplace", Head: "单位职务/产业", Width: 20},
			{Path: "willing", Width: 8}, {Path: "needs", Width: 20}, {Path: "contact", Width: 14},
			{Head: "最近联系时间", Compute: lastTouch, Width: 11}, {Path: "state", Width: 10},
			{Head: "电话", Path: "person.phone", Width: 13}, remark(),
		},
		Sort: byVillage("person.name"),
	}
}

func lastTouch(l field.Line) string {
	last := ""
	for _, t := range l.Referring("", "touch", "away") {
		last = max(last, t.Value("date"))
	}
	d, err := field.DateOf(last)
	if err != nil {
		return ""
	}
	return d.Office()
}

// returnedForm is 《回引人才到村任职花名册》: who came back and holds a post. A
// returnee without one is none of them.
func returnedForm() *field.Form {
	own := []field.Column{
		{Path: "type", Head: "类型", Width: 14}, {Path: "returned", Width: 11}, {Head: "到村职务", Compute: positionsNow, Width: 16},
		{Head: "政策兑现", Compute: promisesKept, Width: 10}, {Head: "电话", Path: "person.phone", Width: 13}, remark(),
	}
	return &field.Form{
		Name: "returned", Title: "回引人才到村任职花名册", Kind: "away", Called: []string{"回引人才"}, Titled: true,
		Where:   []field.Condition{{Path: "state", Values: []string{AwayServing}}},
		Columns: slices.Concat(placed("户籍村"), personColumns("name", "sex", "ethnic", "birth", "idno", "politics", "education", "school"), own),
		Sort:    byVillage("returned", "person.name"),
	}
}

// positionsNow are the words of what the line's person holds on the form's day.
func positionsNow(l field.Line) string {
	var out []string
	for _, p := range l.Referring("person", "post", "person") {
		if on(p, "from", "to") && Body(p.Value("position")) != Outside {
			out = append(out, p.Value("village.name")+positions.Word(p.Value("position")))
		}
	}
	return strings.Join(out, "、")
}

func promisesKept(l field.Line) string {
	return keptOf(l.Referring("", "promise", "away"), "kept")
}

// keptOf is how many of the lines have a date, out of how many: 2/3.
func keptOf(lines []field.Line, date string) string {
	kept := 0
	for _, p := range lines {
		if p.Value(date) != "" {
			kept++
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.Join([]string{digits(kept), digits(len(lines))}, "/")
}

// readyForm is 《机关企事业单位储备人选花名册》.
func readyForm() *field.Form {
	own := []field.Column{
		{Path: "unit", Width: 18}, {Path: "unit_type", Width: 9}, {Path: "former", Width: 14}, {Path: "document", Width: 14},
		{Path: "state", Width: 9}, {Path: "village.name", Head: "拟派往嘎查村", Width: 12}, {Path: "position", Width: 12},
		{Head: "电话", Path: "person.phone", Width: 13}, remark(),
	}
	return &field.Form{
		Name: "ready", Title: "机关企事业单位储备人选花名册", Kind: "secondment", Called: []string{"储备人选"}, Titled: true,
		Where:   []field.Condition{{Path: "state", Values: []string{SecondProposed, SecondReady, SecondMatched}}},
		Columns: slices.Concat([]field.Column{number()}, personColumns("name", "sex", "ethnic", "birth", "idno", "politics", "education", "school"), own),
		Sort:    []string{"unit", "person.name"},
	}
}

// secondedForm is 《选派到村任职台账》.
func secondedForm() *field.Form {
	own := []field.Column{
		{Path: "unit", Width: 18}, {Path: "unit_type", Width: 9}, {Path: "former", Width: 14}, {Path: "position", Width: 12}, {Path: "document", Width: 14},
		{Path: "from", Width: 11}, {Path: "to", Width: 11}, {Path: "midway", Width: 9}, {Path: "state", Width: 9},
		{Head: "四优兑现", Compute: func(l field.Line) string { return keptOf(l.Referring("", "benefit", "secondment"), "done") }, Width: 9},
		{Head: "电话", Path: "person.phone", Width: 13}, remark(),
	}
	return &field.Form{
		Name: "seconded", Title: "选派到村任职台账", Kind: "secondment", Called: []string{"选派到村"}, Titled: true,
		Where:   []field.Condition{{Path: "state", Values: []string{SecondServing, SecondStayed, SecondBack, SecondRaised}}},
		Columns: slices.Concat(placed("派往村", "派往嘎查村"), personColumns("name", "sex", "birth", "politics", "education"), own),
		Sort:    byVillage("from", "person.name"),
	}
}

// benefitForm is 《“四优”兑现台账》.
func benefitForm() *field.Form {
	return &field.Form{
		Name: "benefit", Title: "“四优”兑现台账", Kind: "benefit", Called: []string{"四优兑现", "四优"}, Titled: true,
		Columns: []field.Column{
			number(), {Path: "secondment.person.name", Width: 10}, {Path: "secondment.person.birth", Width: 10}, {Path: "secondment.unit", Width: 18},
			{Path: "secondment.village.name", Head: "派往村", Width: 12}, {Path: "type", Width: 14}, {Path: "text", Head: "应兑现", Width: 24},
			{Path: "due", Width: 11}, {Path: "done", Width: 11}, {Path: "amount", Head: "金额（元）", Width: 10}, {Path: "document", Head: "依据", Width: 16}, remark(),
		},
		Sort: []string{"secondment.unit", "secondment.person.name", "type", "due"},
	}
}
