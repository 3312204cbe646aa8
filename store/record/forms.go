package record

import (
	"slices"
	"strconv"
	"strings"

	"touyan/store/field"
)

// Forms returns the 表 that offices know, in the order of menus.
func Forms() []*field.Form {
	base := []*field.Form{committeeForm(), secretaryForm(), reserveForm(), personForm(), villageForm()}
	return slices.Concat(base, selectForms(), fileForms())
}

// FormNamed finds a form by its name, its title (《》 and quotation marks or
// not), or the label of its kind where that is the plain form of it; nil if
// there is none.
func FormNamed(text string) *field.Form {
	fold := strings.NewReplacer("《", "", "》", "", "“", "", "”", "", "\"", "", " ", "")
	want := fold.Replace(field.Tidy(text))
	for _, f := range Forms() {
		if want == f.Name || want == fold.Replace(f.Title) {
			return f
		}
	}
	for _, f := range Forms() {
		if k := Kinds().Kind(f.Kind); f.Name == f.Kind && want == k.Label {
			return f
		}
	}
	return nil
}

// committeeForm is 《嘎查村“两委”成员花名册》: who is in office now. 一肩挑 is one
// row of two posts.
func committeeForm() *field.Form {
	return &field.Form{
		Name: "committee", Title: "嘎查村“两委”成员花名册", Kind: "post", Called: []string{"两委", "班子", "村干部"},
		Group:   []string{"person", "village"},
		Where:   inOffice(),
		Columns: append(teamColumns(), remark()),
		Sort:    teamOrder(),
	}
}

// secretaryForm is 《嘎查村党组织书记花名册》: the rows of the committee form
// that have a 书记, with what only they are asked.
func secretaryForm() *field.Form {
	own := []field.Column{
		{Head: "任书记时间", Path: "first", Width: 10},
		{Path: "filing_no", Width: 14},
		{Path: "filed", Width: 10},
		{Path: "person.appraisals", Width: 16},
		{Path: "person.income", Head: "家庭年收入（元）", Width: 12},
		{Path: "person.industry", Width: 20},
	}
	return &field.Form{
		Name: "secretary", Title: "嘎查村党组织书记花名册", Kind: "post", Called: []string{"书记"},
		Group:   []string{"person", "village"},
		Where:   inOffice(),
		Having:  []field.Condition{{Path: "position", Values: []string{Secretary}}},
		Columns: slices.Concat(teamColumns(), own, []field.Column{remark()}),
		Sort:    teamOrder(),
	}
}

// inOffice keeps the posts of the 两委 that have not ended.
func inOffice() []field.Condition {
	return []field.Condition{
		{Path: "position", Values: TeamPositions()},
		{Path: "to", Values: []string{""}},
	}
}

func teamOrder() []string {
	return []string{"village.office.code", "village.office.name", "village.code", "village.name", "position", "person.birth", "person.name"}
}

// teamColumns are the columns the two rosters of the 两委 share, up to the
// phone.
func teamColumns() []field.Column {
	own := []field.Column{
		{Path: "position", Each: true, Width: 16},
		{Head: "是否一肩挑", Compute: holdsBoth, Width: 6},
		{Path: "from", Each: true, Width: 10},
		{Path: "terms", Each: true, Width: 6},
		{Path: "again", Each: true, Width: 6},
		{Path: "person.rich", Head: "致富能手", Over: "是否", Width: 6},
		{Path: "person.veteran", Head: "退役军人", Over: "是否", Width: 6},
		{Path: "person.recruited", Head: "乡招村用", Over: "是否", Width: 6},
		{Path: "person.honours", Width: 18},
		{Head: "电话", Path: "person.phone", Width: 13},
	}
	return slices.Concat(placeColumns(), faceColumns(), schoolColumns(), own)
}

// placeColumns begin every roster of people: number, county, township, village.
func placeColumns() []field.Column {
	return []field.Column{
		number(),
		{Head: "旗县区", Aliases: []string{"旗县", "旗县（区）", "县区", "县（市、区）", "旗（县、区）", "旗县市区"}, Path: "village.office.parent.name", Width: 10},
		{Head: "苏木乡镇", Aliases: townshipHeads, Path: "village.office.name", Width: 12},
		{Head: "嘎查村", Aliases: villageHeads, Path: "village.name", Width: 12},
	}
}

var townshipHeads = []string{"乡镇", "苏木", "所属乡镇", "所在乡镇", "所属苏木乡镇", "乡镇名称", "苏木（乡镇）", "苏木乡镇名称", "苏木镇", "镇", "街道", "乡镇街道", "苏木乡镇街道", "所在苏木乡镇", "所属苏木镇", "所在苏木镇", "苏木镇名称"}

// faceColumns tell who a person is, from the name to 入党时间.
func faceColumns() []field.Column {
	return []field.Column{
		{Path: "person.name", Width: 10},
		{Path: "person.sex", Width: 5},
		{Path: "person.ethnic", Width: 8},
		{Path: "person.birth", Width: 10},
		age("person.birth"),
		{Head: "身份证号", Path: "person.idno", Width: 20},
		{Path: "person.politics", Width: 10},
		{Path: "person.joined", Width: 10},
	}
}

func schoolColumns() []field.Column {
	return []field.Column{
		{Path: "person.education", Width: 10},
		{Path: "person.later_education", Width: 10},
		{Path: "person.school", Width: 20},
	}
}

// reserveForm is 《后备力量花名册》: who is in the pool now.
func reserveForm() *field.Form {
	own := []field.Column{
		{Path: "person.workplace", Width: 18},
		{Path: "source", Width: 12},
		{Path: "person.skill", Width: 14},
		{Path: "entered", Width: 10},
		{Path: "maturity", Width: 10},
		{Path: "direction", Width: 12},
		{Path: "contact", Width: 16},
		{Path: "measures", Width: 18},
		{Path: "person.phone", Width: 13},
		remark(),
	}
	return &field.Form{
		Name: "reserve", Title: "后备力量花名册", Kind: "reserve", Called: []string{"后备"},
		Where:   []field.Condition{{Path: "left", Values: []string{""}}},
		Columns: slices.Concat(placeColumns(), faceColumns(), schoolColumns(), own),
		Sort:    []string{"village.office.code", "village.office.name", "village.code", "village.name", "entered", "person.birth", "person.name"},
	}
}

// personForm is 《人员基本信息花名册》: everyone in the ledger, with every cell.
func personForm() *field.Form {
	columns := []field.Column{number()}
	for _, f := range new(Person).Fields() {
		columns = append(columns, field.Column{Path: f.Name})
		if f.Name == "birth" {
			columns = append(columns, age("birth"))
		}
	}
	return &field.Form{Name: "person", Title: "人员基本信息花名册", Kind: "person", Columns: columns, Sort: []string{"name", "birth"}}
}

// villageForm is 《嘎查村基本情况表》.
func villageForm() *field.Form {
	columns := []field.Column{
		number(),
		{Head: "旗县区", Path: "office.parent.name", Width: 10},
		{Head: "苏木乡镇", Aliases: townshipHeads, Path: "office.name", Width: 12},
	}
	for _, f := range new(Village).Fields() {
		switch f.Name {
		case "office":
		case "income":
			columns = append(columns, field.Column{Head: "集体经济收入（元）", Path: f.Name, Width: 12})
		default:
			columns = append(columns, field.Column{Path: f.Name})
		}
	}
	return &field.Form{Name: "village", Title: "嘎查村基本情况表", Kind: "village", Columns: columns,
		Sort: []string{"office.code", "office.name", "code", "name"}}
}

func number() field.Column {
	return field.Column{Head: "序号", Aliases: []string{"编号", "序"}, Width: 5,
		Compute: func(l field.Line) string { return strconv.Itoa(l.Number()) }}
}

func remark() field.Column { return field.Column{Path: "note", Width: 14} }

// age counts full years at the form's 计算年龄时间.
func age(birth string) field.Column {
	return field.Column{Head: "年龄", Aliases: []string{"周岁", "年龄（周岁）"}, Width: 5, Compute: func(l field.Line) string {
		born, err := field.DateOf(l.Value(birth))
		if err != nil {
			return ""
		}
		years, ok := born.Age(l.AsOf())
		if !ok || years < 0 {
			return ""
		}
		return strconv.Itoa(years)
	}}
}

// holdsBoth tells 一肩挑: the row's person is 书记 and 主任 of the village.
func holdsBoth(l field.Line) string {
	held := l.Each("position")
	if slices.Contains(held, Secretary) && slices.Contains(held, Head) {
		return "是"
	}
	return "否"
}
