package print

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/dossier"
	"touyan/store/lrmx"
	"touyan/store/record"
	"touyan/store/sheet"
)

// formColumns are those of the papers of one person; the photo takes the last two.
var formColumns = []float64{11, 12, 11, 12, 11, 12, 11.5, 11.5}

// head is the upper part of the papers of one person, as 任免审批表 has it.
func (j *job) head(p *record.Person) []sheet.BoxRow {
	photo := sheet.Box{Text: "照片", Over: 2, Down: 4, As: sheet.ShortBox}
	if b := j.photo(p.ID); len(b) > 0 {
		photo.Text, photo.Picture = "", b
	}
	word := func(cell, code string) string { return j.word("person", cell, code) }
	joined := p.Joined.Office()
	if p.Politics != record.PartyMember && p.Politics != "" {
		joined = strings.TrimSpace(word("politics", p.Politics) + "\n" + joined)
	}
	return []sheet.BoxRow{
		tall(34, label("姓　　名"), shortBox(p.Name, 1), label("性　　别"), shortBox(word("sex", p.Sex), 1), label("出生年月"), shortBox(j.dated(p.Birth), 1), photo),
		tall(34, label("民　　族"), shortBox(word("ethnic", p.Ethnic), 1), label("籍　　贯"), shortBox(p.Native, 1), label("出 生 地"), shortBox(p.Birthplace, 1)),
		tall(34, label("入党时间"), shortBox(joined, 1), label("参加工作\n时间"), shortBox(p.Started.Office(), 1), label("健康状况"), shortBox(p.Health, 1)),
		tall(34, label("专业技术\n职务"), shortBox(p.Qualification, 2), label("熟悉专业\n有何专长"), shortBox(p.Skill, 2)),
		tall(30, sheet.Box{Text: "学　　历", Down: 2}, label("全日制\n教育"), shortBox(word("education", p.Education), 2), label("毕业院校\n及专业"), shortBox(p.School, 3)),
		tall(30, label("在　职\n教　育"), shortBox(word("later_education", p.LaterEducation), 2), label("毕业院校\n及专业"), shortBox(p.LaterSchool, 3)),
		row(label("公民身份\n号码"), shortBox(p.IDNo, 3), label("联系电话"), shortBox(p.Phone, 3)),
	}
}

// resume is the 简历 as the form has it.
func (j *job) resume(person string) (string, error) {
	d, err := dossier.Of(j.tx, person, j.asOf)
	if err != nil {
		return "", err
	}
	var lines []lrmx.Line
	var rest []string
	for _, s := range d.Stretches {
		if s.From.IsZero() {
			rest = append(rest, s.Text)
			continue
		}
		lines = append(lines, lrmx.Line{From: s.From, To: s.To, During: s.During, Text: s.Text})
	}
	return lrmx.Text(lines, rest), nil
}

// holds are the posts somebody has on the day, in one line.
func (j *job) holds(person string) (string, error) {
	posts, err := store.Referrers[record.Post](j.tx, person, "person")
	sortPosts(posts)
	var out []string
	for _, p := range posts {
		if !j.asOf.Before(p.From) && (p.To.IsZero() || j.asOf.Before(p.To)) {
			out = append(out, check.Place(j.tx, p.Village)+j.position(p.Position))
		}
	}
	return strings.Join(out, "、"), err
}

func sortPosts(posts []*record.Post) {
	slices.SortStableFunc(posts, func(a, b *record.Post) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.From.String(), b.From.String()), cmp.Compare(a.ID, b.ID))
	})
}

// leastRelatives is how many lines for the family a form has, at least.
const leastRelatives = 5

// family are the rows of 家庭主要成员.
func (j *job) family(person string) ([]sheet.BoxRow, error) {
	all, err := store.Referrers[record.Relative](j.tx, person, "person")
	if err != nil {
		return nil, err
	}
	n := max(len(all), leastRelatives)
	out := []sheet.BoxRow{row(sheet.Box{Text: "家庭主要\n成员及重\n要社会\n关系", Down: n + 1}, label("称　谓"), label("姓　名"), label("出生年月"), label("政治面貌"),
		sheet.Box{Text: "工作单位及职务", Over: 3})}
	for i := range n {
		r := &record.Relative{}
		if i < len(all) {
			r = all[i]
		}
		called := cmp.Or(r.Called, j.word("relative", "relation", r.Relation))
		out = append(out, row(shortBox(called, 1), shortBox(r.Name, 1), shortBox(r.Birth.Office(), 1), shortBox(j.word("relative", "politics", r.Politics), 1), proseBox(r.Unit, 3)))
	}
	return out, nil
}

// filing is 《任职备案表》, on two pages: who it is, and what is decided.
func (j *job) filing(id string) (b sheet.Boxes, err error) {
	f, err := get[record.Filing](j, "filing", id)
	if err != nil {
		return b, err
	}
	p, err := get[record.Person](j, "person", f.Person)
	if err != nil {
		return b, err
	}
	now, err1 := j.holds(p.ID)
	resume, err2 := j.resume(p.ID)
	family, err3 := j.family(p.ID)
	vetted, err4 := j.vetted(f.ID)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return b, err
	}
	place := check.Place(j.tx, f.Village)
	post := func(code string) string {
		if code == "" {
			return ""
		}
		return place + j.position(code)
	}
	b = sheet.Boxes{Name: p.Name, Title: j.title, Columns: formColumns, Rows: append([]sheet.BoxRow{j.filled(8)}, j.head(p)...)}
	b.Rows = append(b.Rows,
		row(label("现任职务"), proseBox(now, 7)),
		row(label("拟任职务"), proseBox(post(f.Position), 3), label("拟免职务"), proseBox(post(f.Release), 3)),
		row(label("备案类型"), shortBox(j.word("filing", "type", f.Type), 3), label("提出日期"), shortBox(f.Proposed.Office(), 3)),
		tall(260, label("简　　历"), proseBox(resume, 7)),
		sheet.BoxRow{Break: true, Height: 60, Boxes: []sheet.Box{label("奖惩情况"), proseBox(p.Honours, 7)}},
		tall(40, label("年度考核\n结　　果"), proseBox(p.Appraisals, 7)),
		tall(60, label("任免理由"), proseBox(f.Reason, 7)))
	b.Rows = append(b.Rows, family...)
	b.Rows = append(b.Rows,
		tall(70, label("县级联审\n意　　见"), proseBox(vetted, 7)),
		tall(110, label("苏木乡镇\n党委意见"), sealBox(3), label("旗县区委\n组织部\n意　　见"), sealBox(3)),
		row(label("备 案 号"), shortBox(f.Number, 3), label("备案文号"), shortBox(f.Document, 3)))
	return b, nil
}

// vetted is what the departments answered, without what only few may read.
func (j *job) vetted(filing string) (string, error) {
	all, err := store.Referrers[record.Vetting](j.tx, filing, "filing")
	var out []string
	for _, v := range all {
		opinion := cmp.Or(j.word("vetting", "opinion", v.Opinion), "未答复")
		if !v.Answered.IsZero() {
			opinion += "（" + v.Answered.Office() + "）"
		}
		out = append(out, v.Department+"："+opinion)
	}
	return strings.Join(out, "；"), err
}

// recommendation is 《人选推荐表》, a page for each.
func (j *job) recommendation(id string) (b sheet.Boxes, err error) {
	r, err := get[record.Reserve](j, "reserve", id)
	if err != nil {
		return b, err
	}
	p, err := get[record.Person](j, "person", r.Person)
	if err != nil {
		return b, err
	}
	resume, err1 := j.resume(p.ID)
	reviews, err2 := j.reviews(r.ID)
	if err := errors.Join(err1, err2); err != nil {
		return b, err
	}
	word := func(cell, code string) string { return j.word("reserve", cell, code) }
	b = sheet.Boxes{Name: p.Name, Title: j.title, Columns: formColumns, Rows: append([]sheet.BoxRow{j.filled(8)}, j.head(p)...)}
	b.Rows = append(b.Rows,
		row(label("现工作单位\n及职务"), proseBox(p.Workplace, 7)),
		row(label("推荐的\n嘎查村"), shortBox(check.Place(j.tx, r.Village), 3), label("人员来源"), shortBox(word("source", r.Source), 3)),
		row(label("推荐方式"), shortBox(word("manner", r.Manner), 3), label("培养方向"), shortBox(word("direction", r.Direction), 3)),
		tall(110, label("简　　历"), proseBox(resume, 7)),
		tall(36, label("奖惩情况"), proseBox(p.Honours, 7)),
		tall(36, label("考核等次"), proseBox(p.Appraisals, 7)),
		tall(40, label("研判记录"), proseBox(reviews, 7)),
		tall(84, label("嘎查村\n党组织\n推荐意见"), sealBox(3), label("苏木乡镇\n党委意见"), sealBox(3)),
		tall(84, label("旗县区委\n组织部\n意　　见"), sealBox(3), label("备　　注"), proseBox("", 3)))
	return b, nil
}

func (j *job) reviews(reserve string) (string, error) {
	all, err := store.Referrers[record.Review](j.tx, reserve, "reserve")
	slices.SortStableFunc(all, func(a, b *record.Review) int { return cmp.Compare(a.Date.String(), b.Date.String()) })
	var out []string
	for _, v := range all {
		text := v.Date.Office() + " " + j.word("review", "stage", v.Stage) + "：" + j.word("review", "verdict", v.Verdict)
		if v.Score != nil {
			text += "，" + number(v.Score) + "分"
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n"), err
}
