package record

import "touyan/store/field"

// Office is an office that keeps or receives a ledger: a 苏木乡镇, 旗县区 or 市.
// Its name is what columns of a roster show (幸福苏木); the committee is what a
// paper is signed with.
type Office struct {
	field.Head
	Code      string // 4 or 6 digits of GB/T 2260, 9 with GB/T 10114, or the 12 of statistics
	Name      string
	Short     string
	Level     string // the number of a field.Level
	Parent    string
	Committee string
	From, To  field.Date
	Note      string
}

// Fields lists the cells of an office.
func (o *Office) Fields() []field.Field {
	return []field.Field{
		field.Words(&o.Code, "code", "区划代码", field.Max(12), field.Alias("行政区划代码", "统计用区划代码", "单位代码", "代码")),
		field.Words(&o.Name, "name", "单位名称", field.Required, field.Match, field.Proper, field.Max(40), field.Alias("名称", "单位")),
		field.Words(&o.Short, "short", "单位简称", field.Proper, field.Max(20), field.Alias("简称")),
		field.Coded(&o.Level, "level", "层级", levels, field.Required, field.Alias("级别", "单位层级")),
		field.Link(&o.Parent, "parent", "上级单位", "office", field.Match, field.Alias("上级", "所属旗县区", "主管单位")),
		field.Words(&o.Committee, "committee", "党委全称", field.Max(60), field.Alias("落款单位", "党组织全称")),
		field.On(&o.From, "from", "启用日期", field.Alias("设立日期")),
		field.On(&o.To, "to", "停用日期", field.Alias("撤销日期")),
		field.Words(&o.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of an office can show.
func (o *Office) Check() []field.Problem {
	var out []field.Problem
	if o.Code != "" && !isCode(o.Code, 4, 6, 9, 12) {
		out = append(out, field.Problem{Field: "code", Message: "区划代码“" + o.Code + "”应为6位、9位或12位数字（盟市可为4位），请核对。"})
	}
	return append(out, period("from", "启用日期", o.From, "to", "停用日期", o.To)...)
}

// isCode reports whether s is a run of digits of one of the lengths.
func isCode(s string, lengths ...int) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	for _, n := range lengths {
		if len(s) == n {
			return true
		}
	}
	return false
}

// period finds an end that lies before its beginning.
func period(from, fromLabel string, begin field.Date, to, toLabel string, end field.Date) []field.Problem {
	if !end.Before(begin) {
		return nil
	}
	return []field.Problem{{Field: to, Message: toLabel + "“" + end.Office() + "”早于" + fromLabel + "“" + begin.Office() + "”，请核对两个日期。"}}
}
