package record

import (
	"strings"

	"touyan/store/field"
)

// Village is a 嘎查, 村, 社区 or 分场 under a 苏木乡镇. A village that is merged
// or renamed keeps its record with an end date: earlier years show it.
type Village struct {
	field.Head
	Office          string
	Name            string
	Code            string // 12 digits
	Type            string
	Former          string
	Households      *int64
	Population      *int64
	Members         *int64 // 党员
	Representatives *int64 // 村民代表
	Income          *int64 // of the collective, last full year, in 分
	Class           string
	Lead            string
	FirstSecretary  string
	Elected         field.Date // the day this term's 两委 were elected
	PartySeats      *int64     // 应配 of the party organisation
	CommitteeSeats  *int64     // 应配 of the 村委会
	From, To        field.Date
	Note            string
}

const most = 1_000_000 // people or households no village exceeds

// Fields lists the cells of a village.
func (v *Village) Fields() []field.Field {
	return []field.Field{
		field.Link(&v.Office, "office", "苏木乡镇", "office", field.Match, field.Alias("乡镇", "苏木", "苏木镇", "乡镇街道", "所属乡镇", "所在乡镇", "所属苏木乡镇", "乡镇名称", "苏木乡镇名称", "苏木（乡镇）")),
		field.Words(&v.Name, "name", "嘎查村", field.Required, field.Match, field.Proper, field.Max(30), field.Alias(villageHeads...)),
		field.Words(&v.Code, "code", "嘎查村代码", field.Max(12), field.Alias("村代码", "区划代码", "统计用区划代码", "行政区划代码")),
		field.Coded(&v.Type, "type", "嘎查村类型", villageTypes, field.Alias("类型", "村类型")),
		field.Words(&v.Former, "former", "曾用村名", field.Proper, field.Max(60), field.Alias("原村名", "曾用名", "撤并前村名")),
		field.Count(&v.Households, "households", "户数", field.Range(0, most), field.Alias("总户数", "农牧户数", "户籍户数")),
		field.Count(&v.Population, "population", "人口", field.Range(0, most), field.Alias("总人口", "人口数", "户籍人口", "总人口数")),
		field.Count(&v.Members, "members", "党员数", field.Range(0, most), field.Alias("党员人数", "党员总数", "党员")),
		field.Count(&v.Representatives, "representatives", "村民代表数", field.Range(0, 10_000), field.Alias("村民代表人数", "村民代表", "嘎查村民代表数")),
		field.Amount(&v.Income, "income", "集体经济收入", field.Alias("村集体经济收入", "集体经济年收入", "嘎查村集体经济收入", "集体收入", "村集体收入")),
		field.Coded(&v.Class, "class", "村类别", villageClasses, field.Alias("村庄分类", "村庄类别", "嘎查村类别")),
		field.Words(&v.Lead, "lead", "包联领导", field.Max(60), field.Alias("包村领导", "包联干部", "包联领导及职务", "联系领导", "包村干部")),
		field.Words(&v.FirstSecretary, "first_secretary", "驻村第一书记", field.Max(60), field.Alias("第一书记", "第一书记姓名")),
		field.On(&v.Elected, "elected", "本届两委产生日期", field.Alias("换届时间", "换届日期", "本届两委产生时间", "两委产生时间", "本届“两委”产生时间")),
		field.Count(&v.PartySeats, "party_seats", "党组织应配职数", field.Range(0, 30), field.Alias("党组织职数", "支委应配", "党组织委员职数")),
		field.Count(&v.CommitteeSeats, "committee_seats", "村委会应配职数", field.Range(0, 30), field.Alias("村委会职数", "村委应配", "嘎查委员会应配职数")),
		field.On(&v.From, "from", "设立日期", field.Alias("启用日期")),
		field.On(&v.To, "to", "撤并日期", field.Alias("停用日期", "撤销日期")),
		field.Words(&v.Note, "note", "备注", field.Alias("说明")),
	}
}

// villageHeads are the heads over a column of village names, whichever kind
// the column leads to.
var villageHeads = []string{"村", "嘎查", "村名", "所在村", "行政村", "嘎查村名称", "村名称", "所在嘎查村", "所在嘎查", "嘎查（村）", "嘎查/村", "嘎查村（社区）", "嘎查村社区", "村（社区）", "任职村", "任职嘎查村", "所属嘎查村", "所属村", "嘎查名称", "行政村名称", "嘎查村名", "任职嘎查", "工作嘎查村", "村组织名称", "所在行政村"}

// Check reports what no single cell of a village can show.
func (v *Village) Check() []field.Problem {
	var out []field.Problem
	if v.Code != "" && !isCode(v.Code, 12) {
		out = append(out, field.Problem{Field: "code", Message: "嘎查村代码“" + v.Code + "”应为12位数字，请核对；不清楚可以不填。"})
	}
	for _, part := range []struct {
		name, label string
		n           *int64
	}{{"households", "户数", v.Households}, {"members", "党员数", v.Members}, {"representatives", "村民代表数", v.Representatives}} {
		if part.n != nil && v.Population != nil && *part.n > *v.Population {
			out = append(out, field.Problem{Field: part.name, Message: part.label + "比人口还多，请核对这两个数。"})
		}
	}
	return append(out, period("from", "设立日期", v.From, "to", "撤并日期", v.To)...)
}

// placeTails are what offices add to a village's name or leave out, longest
// first, and what stays of them in its key.
var placeTails = []struct{ tail, keep string }{
	{"社区居民委员会", "社区"}, {"社区居委会", "社区"}, {"居民委员会", "社区"}, {"居委会", "社区"},
	{"嘎查村民委员会", ""}, {"嘎查委员会", ""}, {"村民委员会", ""}, {"行政村", ""}, {"嘎查村", ""}, {"村委会", ""}, {"嘎查", ""}, {"村", ""},
}

// PlaceKey folds the ways of writing one village: 前进, 前进村 and 前进嘎查 have
// the same key. A 社区 and a 分场 keep theirs, for they stand beside villages of
// the same name.
func PlaceKey(name string) string {
	s := strings.ToLower(strings.ReplaceAll(field.TidyName(name), " ", ""))
	for _, t := range placeTails {
		if rest, ok := strings.CutSuffix(s, t.tail); ok && rest != "" {
			return rest + t.keep
		}
	}
	return s
}
