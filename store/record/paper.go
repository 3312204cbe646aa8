package record

import (
	"slices"
	"strings"

	"touyan/store/field"
)

// Paper is a scan, a photo or a PDF attached to a person or a village (附件).
// The file lies sealed beside the ledger; the record tells what it is. It counts
// and travels without the file, which may not have been received yet.
type Paper struct {
	field.Head
	Person  string
	Village string
	Title   string
	Class   string // 材料类别
	Date    field.Date
	Pages   *int64
	Copies  *int64
	From    string // 来处
	By      string // 接收人
	Came    field.Date
	Type    string
	Content string // the content's id in the ledger that holds the file
	Note    string
}

const mostPages = 2000

// Fields lists the cells of a paper.
func (p *Paper) Fields() []field.Field {
	return []field.Field{
		field.Link(&p.Person, "person", "姓名", "person", field.Part, field.Match),
		field.Link(&p.Village, "village", "嘎查村", "village", field.Part, field.Match, field.Alias(villageHeads...)),
		field.Words(&p.Title, "title", "材料名称", field.Required, field.Match, field.Max(100), field.Alias("附件名称", "材料", "题名")),
		field.Coded(&p.Class, "class", "材料类别", materials, field.Alias("类号", "类别", "档案类别"), field.Guard(field.Discipline, Discipline)),
		field.On(&p.Date, "date", "材料形成时间", field.Match, field.Alias("制成时间", "形成时间", "材料日期", "日期")),
		field.Count(&p.Pages, "pages", "页数", field.Range(1, mostPages)),
		field.Count(&p.Copies, "copies", "份数", field.Range(1, 100)),
		field.Words(&p.From, "origin", "来处", field.Max(60), field.Alias("材料来处", "来源单位")),
		field.Words(&p.By, "receiver", "接收人", field.Max(40)),
		field.On(&p.Came, "received", "接收日期", field.Alias("接收时间")),
		field.Coded(&p.Type, "type", "文件类型", fileTypes),
		field.Words(&p.Content, "content", "原件编号", field.Max(32), field.File),
		field.Words(&p.Note, "note", "备注", field.Alias("说明")),
	}
}

// Check reports what no single cell of a paper can show.
func (p *Paper) Check() []field.Problem {
	if p.Title != "" && p.Person == "" && p.Village == "" {
		return []field.Problem{{Field: "person", Message: "没有写明这份附件属于哪个人或哪个嘎查村，请补填。"}}
	}
	return nil
}

// Discipline is the 材料类别 of 处理处分材料: their files are for a 负责人 alone.
const Discipline = "08"

// PhotoClass is the class of photos, behind the ten of a dossier.
const PhotoClass = "11"

// Codes of 文件类型.
const (
	JPEG = "1"
	PNG  = "2"
	PDF  = "3"
)

// materialWords are what names of files say of their class, the telling ones
// first. 默认值: a person corrects what they get wrong.
var materialWords = []struct {
	class string
	words []string
}{
	{Discipline, []string{"处分", "诫勉", "处理决定"}},
	{"06", []string{"入党", "入团", "党员", "志愿书"}},
	{"04", []string{"毕业", "学历", "学位", "职称", "培训", "结业"}},
	{"03", []string{"考核", "鉴定", "考察", "述职"}},
	{"07", []string{"表彰", "奖", "荣誉"}},
	{"05", []string{"政审", "联审", "审计", "审核"}},
	{"09", []string{"任职", "任免", "任命", "当选", "备案", "工资"}},
	{"02", []string{"自传", "思想汇报"}},
	{"01", []string{"履历", "简历"}},
	{PhotoClass, []string{"免冠", "证件照", "一寸", "二寸", "1寸", "2寸"}},
	{"10", []string{"身份证", "户口"}},
}

var villageMaterialWords = []struct {
	class string
	words []string
}{
	{"21", []string{"会议", "决议", "表决", "选举", "签到"}},
	{"22", []string{"公示", "公开", "公告"}},
	{"23", []string{"合同", "协议"}},
	{"24", []string{"批复", "证书", "执照", "通知", "文件"}},
	{"25", []string{"照片", "现场", "活动"}},
}

// MaterialOf proposes a 材料类别 for a paper by its title; empty if the title
// does not say.
func MaterialOf(title string, ofVillage bool) string {
	words := materialWords
	if ofVillage {
		words = villageMaterialWords
	}
	for _, m := range words {
		if slices.ContainsFunc(m.words, func(w string) bool { return strings.Contains(title, w) }) {
			return m.class
		}
	}
	return ""
}
