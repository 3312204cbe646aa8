package record

import "touyan/store/field"

// Kinds is the registry of kinds, in the order of menus and sheets: what a
// kind refers to stands before it.
func Kinds() field.Kinds {
	kinds := field.Kinds{
		field.NewKind("office", "单位", "name", func() field.Record { return new(Office) }),
		field.NewKind("village", "嘎查村", "name", func() field.Record { return new(Village) }),
		field.NewKind("person", "人员", "name", func() field.Record { return new(Person) }),
		field.NewKind("post", "任职", "", func() field.Record { return new(Post) }),
		field.NewKind("reserve", "后备力量", "", func() field.Record { return new(Reserve) }),
		field.NewKind("review", "研判记录", "", func() field.Record { return new(Review) }),
		field.NewKind("coaching", "培养记录", "", func() field.Record { return new(Coaching) }),
		field.NewKind("survey", "摸排", "name", func() field.Record { return new(Survey) }),
		field.NewKind("canvass", "村摸排情况", "", func() field.Record { return new(Canvass) }),
		field.NewKind("conduct", "负面情形", "", func() field.Record { return new(Conduct) }),
		field.NewKind("midterm", "届中分析", "", func() field.Record { return new(Midterm) }),
		field.NewKind("lax", "软弱涣散整顿", "", func() field.Record { return new(Lax) }),
		field.NewKind("hire", "乡招村用", "", func() field.Record { return new(Hire) }),
		field.NewKind("service", "服务经历", "", func() field.Record { return new(Service) }),
		field.NewKind("tracking", "跟踪记录", "", func() field.Record { return new(Tracking) }),
		field.NewKind("away", "在外人才", "", func() field.Record { return new(Away) }),
		field.NewKind("touch", "联系记录", "", func() field.Record { return new(Touch) }),
		field.NewKind("promise", "政策兑现", "name", func() field.Record { return new(Promise) }),
		field.NewKind("secondment", "机关选派", "", func() field.Record { return new(Secondment) }),
		field.NewKind("benefit", "四优兑现", "", func() field.Record { return new(Benefit) }),
		field.NewKind("nominee", "换届人选", "", func() field.Record { return new(Nominee) }),
		field.NewKind("filing", "任职备案", "", func() field.Record { return new(Filing) }),
		field.NewKind("vetting", "联审意见", "", func() field.Record { return new(Vetting) }),
		field.NewKind("relative", "家庭成员", "name", func() field.Record { return new(Relative) }),
		field.NewKind("career", "简历", "", func() field.Record { return new(Career) }),
		field.NewKind("loan", "查借阅", "", func() field.Record { return new(Loan) }),
		field.NewKind("transfer", "档案转递", "", func() field.Record { return new(Transfer) }),
		field.NewKind("request", "退回事项", "name", func() field.Record { return new(Request) }),
		field.NewKind("paper", "附件", "title", func() field.Record { return new(Paper) }),
		field.NewKind("rule", "规则", "label", func() field.Record { return new(Rule) }),
		field.NewKind("custom", "自定义项", "label", func() field.Record { return new(Custom) }),
	}
	kinds.Kind("office").Fold = PlaceKey
	kinds.Kind("village").Fold = PlaceKey
	kinds.Kind("custom").Own = customFields
	kinds.Kind("rule").Own = ruleWords
	return kinds
}
