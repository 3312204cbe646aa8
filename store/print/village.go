package print

import (
	"errors"
	"fmt"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/record"
	"touyan/store/sheet"
)

// villageColumns are those of 一村一页: eleven, for the table of the team.
var villageColumns = []float64{13, 11, 5.5, 6, 9, 10, 9, 11, 8, 9.5}

// village is 一村一页: what it is, how it stands and why, its team, who could
// follow, and what waits, on one A4.
func (j *job) village(id string) (b sheet.Boxes, err error) {
	v, err := get[record.Village](j, "village", id)
	if err != nil {
		return b, err
	}
	team, err1 := j.teamRows(id)
	follow, err2 := j.followRows(id)
	open, err3 := j.waitRow(id)
	stands, err4 := j.standsRow(id)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return b, err
	}
	word := func(cell, code string) string { return j.word("village", cell, code) }
	income := ""
	if v.Income != nil {
		income = word("income", fmt.Sprint(*v.Income)) + "元"
	}
	until := ""
	if !v.Elected.IsZero() {
		until = check.After(v.Elected, 12*check.TermYears).Office()
	}
	b = sheet.Boxes{Name: v.Name, Title: check.Place(j.tx, v.ID), Columns: villageColumns, Rows: []sheet.BoxRow{j.filled(10),
		row(label("类型"), shortBox(word("type", v.Type), 2), label("代码"), shortBox(v.Code, 2), label("村类别"), shortBox(word("class", v.Class), 3)),
		row(label("户数"), shortBox(number(v.Households), 2), label("人口"), shortBox(number(v.Population), 2), label("党员数"), shortBox(number(v.Members), 3)),
		row(label("村民代表数"), shortBox(number(v.Representatives), 2), label("集体\n收入"), shortBox(income, 2), label("应配职数"), shortBox("党组织"+number(v.PartySeats)+"、村委会"+number(v.CommitteeSeats), 3)),
		row(label("包联领导"), shortBox(v.Lead, 2), label("第一\n书记"), shortBox(v.FirstSecretary, 2), label("本届产生"), shortBox(v.Elected.Office(), 1), label("任期至"), shortBox(until, 1)),
		stands}}
	b.Rows = append(b.Rows, team...)
	b.Rows = append(b.Rows, follow...)
	b.Rows = append(b.Rows, open)
	return b, nil
}

// standsRow is 断档预警: the colour with its reasons.
func (j *job) standsRow(id string) (sheet.BoxRow, error) {
	light, err := check.LightOf(j.tx, id, j.asOf)
	if errors.Is(err, store.ErrNoRecord) { // closed, or not there yet
		return row(label("断档预警"), proseBox("这一天没有这个嘎查村，不判断。", 9)), nil
	}
	var why []string
	for _, r := range light.Reasons {
		why = append(why, r.Text)
	}
	if len(why) == 0 {
		why = []string{"没有发现断档的情况。"}
	}
	return row(label("断档预警"), shortBox(light.Colour.String(), 1), proseBox(strings.Join(why, "\n"), 8)), err
}

// teamRows are the posts that run, a line each.
func (j *job) teamRows(id string) ([]sheet.BoxRow, error) {
	posts, err := j.held(id)
	if err != nil {
		return nil, err
	}
	out := []sheet.BoxRow{row(label("职务"), label("姓名"), label("性别"), label("年龄"), label("民族"), label("政治面貌"), label("学历"), label("任现职"), label("届数"), label("备案"))}
	for _, x := range posts {
		p, err := store.Get[record.Person](j.tx, x.Person)
		if errors.Is(err, store.ErrNoRecord) {
			p, err = &record.Person{Name: j.tx.Name("person", x.Person)}, nil
		}
		if err != nil {
			return nil, err
		}
		age := ""
		if years, ok := p.Birth.Age(j.asOf); ok {
			age = fmt.Sprint(years)
		}
		word := func(cell, code string) string { return j.word("person", cell, code) }
		education := p.LaterEducation
		if education == "" {
			education = p.Education
		}
		out = append(out, row(shortBox(j.position(x.Position), 1), shortBox(p.Name, 1), shortBox(word("sex", p.Sex), 1), shortBox(age, 1), shortBox(word("ethnic", p.Ethnic), 1),
			shortBox(word("politics", p.Politics), 1), shortBox(word("education", education), 1), shortBox(x.From.Office(), 1), shortBox(number(x.Terms), 1), shortBox(j.word("post", "filing", x.Filing), 1)))
	}
	return out, nil
}

// mostFollowers are shown on one page, the best first.
const mostFollowers = 8

// followRows are who could be 书记, ranked, with the reasons of the rank.
func (j *job) followRows(id string) ([]sheet.BoxRow, error) {
	list, err := check.Succession(j.tx, id, record.Secretary, j.asOf)
	if err != nil {
		return nil, err
	}
	out := []sheet.BoxRow{row(label("书记接替人选"), label("姓名"), sheet.Box{Text: "分数", Over: 2}, sheet.Box{Text: "理由", Over: 6})}
	if len(list) == 0 {
		return append(out, row(shortBox("没有", 1), proseBox("后备库里没有人，“两委”里也没有可以接替的。", 9))), nil
	}
	for i, c := range list[:min(len(list), mostFollowers)] {
		why := strings.Join(c.For, "、")
		if !c.Able {
			why = "暂不能任：" + strings.Join(c.Against, "、")
		}
		out = append(out, row(shortBox(fmt.Sprintf("第%d", i+1), 1), shortBox(c.Name, 1), shortBox(fmt.Sprint(c.Points), 2), proseBox(why, 6)))
	}
	return out, nil
}

// waitRow is what of the village waits.
func (j *job) waitRow(id string) (sheet.BoxRow, error) {
	open, err := j.unfinished(&record.Post{Village: id})
	var lines []string
	for _, o := range open {
		lines = append(lines, o.what+"："+o.text)
	}
	if len(lines) == 0 {
		lines = []string{"没有"}
	}
	return row(label("没有办完的"), proseBox(strings.Join(lines, "\n"), 9)), err
}
