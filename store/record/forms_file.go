package record

import (
	"slices"
	"strconv"

	"touyan/store/field"
)

// The 表 of 换届, 备案 and 一人一档.

func fileForms() []*field.Form {
	return []*field.Form{nomineeForm(), vettingForm(), filingForm(), materialForm(), loanForm(), transferForm()}
}

func digits(n int) string { return strconv.Itoa(n) }

// nomineeForm is 《换届人选花名册》.
func nomineeForm() *field.Form {
	own := []field.Column{
		{Path: "position", Width: 14}, {Path: "term", Width: 8}, {Path: "nominated", Width: 11}, {Path: "manner", Width: 14},
		{Head: "联审情况", Compute: func(l field.Line) string { return vetted(l.Referring("", "vetting", "nominee")) }, Width: 14},
		{Path: "state", Width: 10}, remark(),
	}
	return &field.Form{
		Name: "nominee", Title: "换届人选花名册", Kind: "nominee", Called: []string{"换届人选", "候选人"}, Titled: true,
		Columns: slices.Concat(placed("嘎查村"), personColumns("name", "sex", "ethnic", "birth", "idno", "politics", "joined", "education", "school"), own),
		Sort:    byVillage("position", "person.name"),
	}
}

// vetted tells how many departments have answered, and whether one objects.
func vetted(lines []field.Line) string {
	if len(lines) == 0 {
		return ""
	}
	answered, worst := 0, ""
	for _, v := range lines {
		o := v.Value("opinion")
		if o == "" {
			continue
		}
		answered++
		if o != OpinionClear && (worst == "" || o == OpinionBarred) {
			worst = o
		}
	}
	text := digits(answered) + "/" + digits(len(lines))
	if worst != "" {
		text += " " + opinions.Word(worst)
	}
	return text
}

// vettingForm is 《人选联审表》: one row for each candidate and department, so
// that each department is sent its own rows and sends them back.
func vettingForm() *field.Form {
	own := []field.Column{
		{Path: "position", Width: 14}, {Path: "occasion", Width: 9}, {Path: "sent", Width: 11}, {Path: "opinion", Width: 10}, {Path: "answered", Width: 11},
		{Path: "bar", Width: 14}, {Path: "text", Width: 22}, {Path: "by", Width: 9},
	}
	return &field.Form{
		Name: "vetting", Title: "人选联审表", Kind: "vetting", Called: []string{"联审"}, Titled: true,
		Columns: slices.Concat([]field.Column{number(), {Path: "department", Width: 16}}, placed("嘎查村")[2:],
			personColumns("name", "sex", "ethnic", "birth", "idno", "politics"), own),
		Sort: append([]string{"department"}, byVillage("position", "person.name")...),
	}
}

// filingForm is 《备案花名册》.
func filingForm() *field.Form {
	own := []field.Column{
		{Path: "type", Width: 8}, {Path: "position", Width: 14}, {Path: "release", Width: 14},
		{Head: "联审情况", Compute: func(l field.Line) string { return vetted(l.Referring("", "vetting", "filing")) }, Width: 12},
		{Path: "meeting", Width: 11}, {Path: "submitted", Width: 11}, {Path: "received", Width: 11}, {Path: "outcome", Width: 10},
		{Path: "answered", Width: 11}, {Path: "number", Width: 16}, {Path: "document", Width: 16}, {Path: "remedy", Width: 18}, {Path: "appointed", Width: 11}, {Path: "state", Width: 9}, remark(),
	}
	return &field.Form{
		Name: "filing", Title: "嘎查村党组织书记任职备案花名册", Kind: "filing", Called: []string{"备案花名册"}, Titled: true,
		Columns: slices.Concat(placed("嘎查村"), personColumns("name", "sex", "ethnic", "birth", "idno", "politics", "joined", "education"), own),
		Sort:    byVillage("proposed", "person.name"),
	}
}

// materialForm is 《干部人事档案目录》 of one or several people, by the ten classes.
func materialForm() *field.Form {
	return &field.Form{
		Name: "material", Title: "干部人事档案目录", Kind: "paper", Called: []string{"档案目录"}, Titled: true,
		Where: []field.Condition{{Path: "person"}},
		Columns: []field.Column{
			number(), {Path: "person.name", Width: 10}, {Path: "person.birth", Width: 10}, {Path: "class", Head: "类号", Width: 18}, {Path: "title", Width: 34},
			{Path: "date", Width: 14}, {Path: "pages", Width: 6}, {Path: "copies", Width: 6}, {Path: "origin", Width: 14}, {Path: "receiver", Width: 9}, {Path: "received", Width: 11}, remark(),
		},
		Sort: []string{"person.name", "person", "class", "date", "title"},
	}
}

// loanForm is 《干部人事档案查借阅登记表》.
func loanForm() *field.Form {
	return &field.Form{
		Name: "loan", Title: "干部人事档案查借阅登记表", Kind: "loan", Called: []string{"查借阅", "借阅登记"}, Titled: true,
		Columns: []field.Column{
			number(), {Path: "person.name", Head: "档案所属人", Width: 10}, {Path: "person.birth", Width: 10}, {Path: "borrower", Width: 10}, {Path: "unit", Width: 18}, {Path: "reason", Width: 24},
			{Path: "materials", Width: 18}, {Path: "approved", Width: 10}, {Path: "from", Width: 11}, {Path: "due", Width: 11}, {Path: "returned", Width: 11}, remark(),
		},
		Sort: []string{"from", "person.name"},
	}
}

// transferForm is 《干部人事档案转递登记表》.
func transferForm() *field.Form {
	return &field.Form{
		Name: "transfer", Title: "干部人事档案转递登记表", Kind: "transfer", Called: []string{"档案转递"}, Titled: true,
		Columns: []field.Column{
			number(), {Path: "person.name", Head: "档案所属人", Width: 10}, {Path: "person.birth", Width: 10}, {Path: "direction", Width: 8}, {Path: "unit", Width: 20}, {Path: "number", Width: 14},
			{Path: "date", Width: 11}, {Path: "materials", Width: 20}, {Path: "receipt", Width: 11}, {Path: "by", Width: 9}, remark(),
		},
		Sort: []string{"date", "person.name"},
	}
}
