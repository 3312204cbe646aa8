package record

import "touyan/store/field"

// Person is someone who holds, held or may hold a post, once in the ledger
// however many posts there are.
type Person struct {
	field.Head
	Name           string
	IDNo           string
	Sex            string
	Ethnic         string
	Birth          field.Date
	Affirmed       string // 是: the dossier's birth counts, whatever the ID number says
	Former         string
	Native         string
	Birthplace     string
	Politics       string
	Joined         field.Date
	Started        field.Date // 参加工作时间
	Health         string
	Education      string // full-time
	School         string
	LaterEducation string // beside work
	LaterSchool    string
	Qualification  string // 专业技术职务
	Skill          string
	Workplace      string
	Veteran        string
	Rich           string
	Recruited      string
	Domicile       string // 户籍; not read off the ID number
	Residence      string
	Phone          string
	Income         *int64 // of the family in a year, in 分
	Industry       string
	Honours        string
	Appraisals     string // the last three years, as the office writes them
	Note           string
}

// Fields lists the cells of a person.
func (p *Person) Fields() []field.Field {
	return []field.Field{
		field.Words(&p.Name, "name", "姓名", field.Required, field.Match, field.Proper, field.Max(60), field.Alias("名字", "人员姓名", "干部姓名")),
		field.Identity(&p.IDNo, "idno", "公民身份号码", field.Private, field.Alias("身份证号", "身份证号码", "居民身份证号码", "居民身份证号", "证件号码", "证件号", "身份证", "公民身份证号码", "公民身份证号", "公民身份号")),
		field.Coded(&p.Sex, "sex", "性别", sexes),
		field.Coded(&p.Ethnic, "ethnic", "民族", nations, field.Alias("族别")),
		field.On(&p.Birth, "birth", "出生年月", field.Match, field.Alias("出生日期", "出生时间", "出生年月日", "出生", "生日")),
		field.YesNo(&p.Affirmed, "affirmed", "出生日期以档案认定为准", field.Alias("档案认定", "出生日期档案认定")),
		field.Words(&p.Former, "former", "曾用名", field.Proper, field.Max(60), field.Alias("别名", "其他写法")),
		field.Words(&p.Native, "native", "籍贯", field.Max(60)),
		field.Words(&p.Birthplace, "birthplace", "出生地", field.Max(60)),
		field.Coded(&p.Politics, "politics", "政治面貌", politics, field.Alias("政治身份", "党派")),
		field.On(&p.Joined, "joined", "入党时间", field.Alias("入党年月", "入党日期", "加入中国共产党时间", "加入党组织时间")),
		field.On(&p.Started, "started", "参加工作时间", field.Alias("参工时间", "参加工作年月", "参加工作日期")),
		field.Words(&p.Health, "health", "健康状况", field.Max(20)),
		field.Coded(&p.Education, "education", "全日制学历", educations, field.Alias("学历", "文化程度", "全日制教育", "全日制教育学历", "学历（全日制）", "最高学历", "全日制")),
		field.Words(&p.School, "school", "毕业院校及专业", field.Max(100), field.Alias("毕业院校", "毕业学校及专业", "毕业院校系及专业", "毕业院校专业", "毕业学校", "全日制毕业院校及专业", "院校及专业", "全日制学历毕业院校及专业")),
		field.Coded(&p.LaterEducation, "later_education", "在职学历", educations, field.Alias("在职教育", "在职教育学历", "学历（在职）", "后续学历", "在职")),
		field.Words(&p.LaterSchool, "later_school", "在职毕业院校及专业", field.Max(100), field.Alias("在职学历毕业院校及专业", "在职教育毕业院校及专业", "在职毕业院校")),
		field.Words(&p.Qualification, "qualification", "专业技术职务", field.Max(60), field.Alias("专业技术职称", "职称")),
		field.Words(&p.Skill, "skill", "特长", field.Max(200), field.Alias("专长", "熟悉专业有何专长", "个人特长", "特长技能")),
		field.Words(&p.Workplace, "workplace", "现工作单位及职务", field.Max(100), field.Alias("工作单位及职务", "单位及职务", "现工作单位", "工作单位", "现从事职业")),
		field.YesNo(&p.Veteran, "veteran", "是否退役军人", field.Alias("退役军人", "是否复转军人", "复转军人", "是否退伍军人", "退伍军人")),
		field.YesNo(&p.Rich, "rich", "是否致富能手", field.Alias("致富能手", "致富带头人", "是否致富带头人")),
		field.YesNo(&p.Recruited, "recruited", "是否乡招村用", field.Alias("乡招村用", "是否乡招村用人员", "乡招村用人员", "是否“乡招村用”人员")),
		field.Words(&p.Domicile, "domicile", "户籍地", field.Max(100), field.Alias("户籍所在地", "户口所在地", "户籍地址", "户籍")),
		field.Words(&p.Residence, "residence", "现居住地", field.Max(100), field.Alias("现住址", "住址", "家庭住址", "现居地", "居住地", "现居住地址")),
		field.Telephone(&p.Phone, "phone", "联系电话", field.Private, field.Alias("电话", "手机号", "手机号码", "手机", "联系方式", "电话号码", "移动电话", "本人联系电话")),
		field.Amount(&p.Income, "income", "家庭年收入", field.Private, field.Alias("家庭收入", "年家庭收入", "家庭年均收入", "家庭经济收入")),
		field.Words(&p.Industry, "industry", "产业项目", field.Max(200), field.Alias("从事产业", "家庭产业", "发展产业", "产业发展项目", "个人产业项目")),
		field.Words(&p.Honours, "honours", "奖惩", field.Alias("奖惩情况", "受奖惩情况", "获奖情况", "表彰奖励", "奖惩及表彰")),
		field.Words(&p.Appraisals, "appraisals", "近三年考核等次", field.Max(100), field.Alias("近三年年度考核等次", "近三年考核", "近三年考核结果", "年度考核等次", "考核等次", "近三年考核情况")),
		field.Words(&p.Note, "note", "备注", field.Alias("说明")),
	}
}

// Codes of 政治面貌 (GB/T 4762) that the rules name.
const (
	PartyMember = "01"
	probationer = "02"
)

const yes = "1"

// Check reports where a person's cells contradict each other. A birth that
// differs from the ID number is accepted once the dossier's is affirmed.
func (p *Person) Check() []field.Problem {
	var out []field.Problem
	if !field.ValidID(p.IDNo) { // a number with a wrong digit contradicts nothing
		return p.checkJoined()
	}
	if born := field.BirthOf(p.IDNo); p.Affirmed != yes && !p.Birth.Agrees(born) {
		stated := cut(born, p.Birth)
		out = append(out, field.Problem{Field: "birth", Proposals: []string{stated.String()},
			Message: "出生年月“" + p.Birth.Office() + "”与公民身份号码里的“" + stated.Office() + "”不一致，请核对；确以档案为准的，把“出生日期以档案认定为准”填“是”。"})
	}
	if sex := field.SexOf(p.IDNo); (p.Sex == "1" || p.Sex == "2") && p.Sex != sex {
		out = append(out, field.Problem{Field: "sex", Proposals: []string{sex},
			Message: "性别“" + sexes.Word(p.Sex) + "”与公民身份号码表明的“" + sexes.Word(sex) + "”不一致，请对照证件核对。"})
	}
	return append(out, p.checkJoined()...)
}

// checkJoined holds 入党时间 to birth (章程: from 18) and 政治面貌.
func (p *Person) checkJoined() []field.Problem {
	member := p.Politics == PartyMember || p.Politics == probationer
	if p.Joined.IsZero() {
		if member {
			return []field.Problem{{Field: "joined", Warning: true, Message: "政治面貌是“" + politics.Word(p.Politics) + "”，请补填入党时间。"}}
		}
		return nil
	}
	if p.Joined.Before(p.Birth) {
		return []field.Problem{{Field: "joined", Message: "入党时间“" + p.Joined.Office() + "”早于出生年月“" + p.Birth.Office() + "”，请核对。"}}
	}
	if age, ok := p.Birth.Age(p.Joined); ok && age < 18 {
		return []field.Problem{{Field: "joined", Message: "按入党时间“" + p.Joined.Office() + "”算，入党时不满18周岁，请核对入党时间和出生年月。"}}
	}
	if !member && p.Politics != "" {
		return []field.Problem{{Field: "politics", Message: "填了入党时间，政治面貌却是“" + politics.Word(p.Politics) + "”，请核对其中哪一个不对。"}}
	}
	return nil
}

// cut reduces a date to the precision of another.
func cut(d, like field.Date) field.Date {
	if like.Month == 0 {
		d.Month = 0
	}
	if like.Day == 0 || like.Month == 0 {
		d.Day = 0
	}
	return d
}
