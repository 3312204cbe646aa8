// Package lrmx reads and writes 任免审批表 files (.lrmx), in which organisation
// departments keep and pass on the form of a cadre.
//
// A file is one XML document with the root Person and an element for each box of
// the form. There is no published description: what is known comes from files and
// from programs that write them. So a Form keeps whatever it does not know
// (Element, Attrs) and whatever it cannot understand (Date.Raw, Form.PhotoRaw), and
// Write puts it back. Lines takes the 简历 apart into periods, Text puts them
// together.
//
// What is not here: records and codes. A Form holds what the form says (汉族, 男),
// and whoever takes it in finds out what that is in a ledger.
package lrmx

import "touyan/store/field"

// CurrentVersion is the Version that the departments' program, as it is now in
// use, writes into a file.
const CurrentVersion = "3.2.1.16"

// Form is one 任免审批表. Texts stand as in the file, with "\n" for the end of a
// line and an empty text for a box with nothing but spaces.
type Form struct {
	Name       string // 姓名
	Sex        string // 性别: 男 or 女
	Birth      Date   // 出生年月
	Ethnic     string // 民族, as a word
	Native     string // 籍贯
	Birthplace string // 出生地
	Joined     Date   // 入党时间; members of other parties have its name in Raw
	Started    Date   // 参加工作时间
	Health     string // 健康状况
	Title      string // 专业技术职务
	Skill      string // 熟悉专业有何专长
	FullTime   Education
	InService  Education
	Post       string // 现任职务
	Proposed   string // 拟任职务
	Released   string // 拟免职务
	Resume     string // 简历; Lines takes it apart
	Honours    string // 奖惩情况
	Appraisals string // 年度考核结果
	Reason     string // 任免理由
	Family     []Relative
	FamilyRest []Element // what stands among the relatives and is none
	Office     string    // 呈报单位
	AgeOn      Date      // 计算年龄时间: the day for which the form states the age
	Filled     Date      // 填表时间
	FilledBy   string    // 填表人
	IDNo       string    // 身份证; not checked
	Photo      []byte    // 照片: a JPEG or PNG file, nil if there is none
	PhotoRaw   string    // what stood there instead of such a picture
	Version    string    // of the program that wrote the file; see CurrentVersion

	Attrs Attrs     // attributes of Person and of the boxes
	Rest  []Element // elements that are no box of the form, in order

	// Warnings are complete sentences about values that were kept and not
	// understood. Read fills them, Write leaves them alone.
	Warnings []string
}

// Education is one of the two kinds of education on the form: 全日制教育 or
// 在职教育.
type Education struct {
	Level        string // 学历
	Degree       string // 学位
	LevelSchool  string // 毕业院校系及专业, of the level
	DegreeSchool string // the same, of the degree
}

// Relative is a row of 家庭主要成员及重要社会关系. Rows with nothing in them are
// not kept.
type Relative struct {
	Kinship  string // 称谓: 妻子, 儿子, 父亲
	Name     string // 姓名
	Birth    Date   // 出生日期
	Politics string // 政治面貌, as a word
	Post     string // 工作单位及职务

	Attrs Attrs     // attributes of Item and of its boxes
	Rest  []Element // elements of Item that are no box, in order
}

// Date is a date of the form. Write puts it as 199807, 19980712 or 1998, but a
// Date that was read and not changed as it stood.
type Date struct {
	Value field.Date // zero if the box is empty or could not be understood
	Raw   string     // what stood there, where Write would put it otherwise; else ""
}

// Element is a piece of a file that is no box of the form. It is written back as
// it stood.
type Element struct {
	Name  string // with its prefix; "" for text and comments between elements
	Attrs []Attr
	Inner string // the XML between its tags, "" if there is none
}

// Attr is an attribute.
type Attr struct{ Name, Value string }

// Attrs are attributes by the name of the element they stand on, such as XingMing.
// It is nil where there are none.
type Attrs map[string][]Attr

// slot is a box of the form: its element, and where a Form or Relative holds it.
type slot struct {
	element string
	label   string // what the form prints beside it
	at      any    // *string, *Date, *[]Relative or *[]byte
}

// The elements with elements in them.
const (
	rootElement     = "Person"
	familyElement   = "JiaTingChengYuan"
	relativeElement = "Item"
)

// slots lists the boxes in the order in which they are written.
func (f *Form) slots() []slot {
	return []slot{
		{"XingMing", "姓名", &f.Name},
		{"XingBie", "性别", &f.Sex},
		{"ChuShengNianYue", "出生年月", &f.Birth},
		{"MinZu", "民族", &f.Ethnic},
		{"JiGuan", "籍贯", &f.Native},
		{"ChuShengDi", "出生地", &f.Birthplace},
		{"RuDangShiJian", "入党时间", &f.Joined},
		{"CanJiaGongZuoShiJian", "参加工作时间", &f.Started},
		{"JianKangZhuangKuang", "健康状况", &f.Health},
		{"ZhuanYeJiShuZhiWu", "专业技术职务", &f.Title},
		{"ShuXiZhuanYeYouHeZhuanChang", "熟悉专业有何专长", &f.Skill},
		{"QuanRiZhiJiaoYu_XueLi", "全日制教育学历", &f.FullTime.Level},
		{"QuanRiZhiJiaoYu_XueWei", "全日制教育学位", &f.FullTime.Degree},
		{"QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "全日制教育学历毕业院校系及专业", &f.FullTime.LevelSchool},
		{"QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "全日制教育学位毕业院校系及专业", &f.FullTime.DegreeSchool},
		{"ZaiZhiJiaoYu_XueLi", "在职教育学历", &f.InService.Level},
		{"ZaiZhiJiaoYu_XueWei", "在职教育学位", &f.InService.Degree},
		{"ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "在职教育学历毕业院校系及专业", &f.InService.LevelSchool},
		{"ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "在职教育学位毕业院校系及专业", &f.InService.DegreeSchool},
		{"XianRenZhiWu", "现任职务", &f.Post},
		{"NiRenZhiWu", "拟任职务", &f.Proposed},
		{"NiMianZhiWu", "拟免职务", &f.Released},
		{"JianLi", "简历", &f.Resume},
		{"JiangChengQingKuang", "奖惩情况", &f.Honours},
		{"NianDuKaoHeJieGuo", "年度考核结果", &f.Appraisals},
		{"RenMianLiYou", "任免理由", &f.Reason},
		{familyElement, "家庭主要成员及重要社会关系", &f.Family},
		{"ChengBaoDanWei", "呈报单位", &f.Office},
		{"JiSuanNianLingShiJian", "计算年龄时间", &f.AgeOn},
		{"TianBiaoShiJian", "填表时间", &f.Filled},
		{"TianBiaoRen", "填表人", &f.FilledBy},
		{"ShenFenZheng", "身份证", &f.IDNo},
		{"ZhaoPian", "照片", &f.Photo},
		{"Version", "版本", &f.Version},
	}
}

// slots lists the boxes of the row in the order in which they are written.
func (r *Relative) slots() []slot {
	return []slot{
		{"ChengWei", "称谓", &r.Kinship},
		{"XingMing", "姓名", &r.Name},
		{"ChuShengRiQi", "出生日期", &r.Birth},
		{"ZhengZhiMianMao", "政治面貌", &r.Politics},
		{"GongZuoDanWeiJiZhiWu", "工作单位及职务", &r.Post},
	}
}

// blank reports a row with nothing in it.
func (r *Relative) blank() bool {
	return r.Kinship == "" && r.Name == "" && r.Birth == (Date{}) && r.Politics == "" && r.Post == "" && len(r.Attrs) == 0 && len(r.Rest) == 0
}
