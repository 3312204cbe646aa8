package print

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/dossier"
	"touyan/store/record"
	"touyan/store/report"
	"touyan/store/sheet"
)

// compared are what two terms are held against each other by: each has a column
// for before and one for after.
var compared = []struct {
	head string
	of   func(*report.Team) string
}{
	{"班子\n人数", func(t *report.Team) string { return strconv.Itoa(len(t.People)) }},
	{"平均\n年龄", func(t *report.Team) string {
		if t.Age == 0 {
			return ""
		}
		return strconv.FormatFloat(t.Age, 'f', 1, 64)
	}},
	{"35岁\n以下", func(t *report.Team) string { return strconv.Itoa(t.Young) }},
	{"女性", func(t *report.Team) string { return strconv.Itoa(t.Women) }},
	{"少数\n民族", func(t *report.Team) string { return strconv.Itoa(t.Minority) }},
	{"中共\n党员", func(t *report.Team) string { return strconv.Itoa(t.Members) }},
	{"大专\n以上", func(t *report.Team) string { return strconv.Itoa(t.College) }},
}

// structure is 《换届前后班子结构对比表》: a row for each village and the sum. Those that
// have not elected yet show the team they have.
func (j *job) structure(ids []string) ([]sheet.Boxes, error) {
	all, err := report.Terms(j.tx, j.asOf)
	if err != nil {
		return nil, err
	}
	if len(ids) > 0 {
		for i, id := range ids {
			ids[i] = j.tx.Canonical(id)
		}
		all = slices.DeleteFunc(all, func(t report.Term) bool { return !slices.Contains(ids, t.Village.ID) })
	}
	if len(all) == 0 {
		return nil, nil
	}
	b := sheet.Boxes{Title: j.title, Wide: true, Heads: 3, Columns: []float64{5, 18, 11}}
	first := []sheet.Box{{Text: "序号", Down: 2}, {Text: "嘎查村", Down: 2}, {Text: "换届日期", Down: 2}}
	var second []sheet.Box
	for _, c := range compared {
		b.Columns = append(b.Columns, 5.6, 5.6)
		first = append(first, sheet.Box{Text: c.head, Over: 2})
		second = append(second, label("前"), label("后"))
	}
	b.Columns = append(b.Columns, 5, 5, 5, 5, 5)
	first = append(first, sheet.Box{Text: "一肩挑", Over: 2}, sheet.Box{Text: "连任", Down: 2}, sheet.Box{Text: "新任", Down: 2}, sheet.Box{Text: "离任", Down: 2})
	second = append(second, label("前"), label("后"))
	b.Rows = []sheet.BoxRow{j.filled(len(b.Columns)), row(first...), row(second...)}
	var before, after int
	for i := range all {
		t := &all[i]
		elected := "未换届"
		if t.Done {
			elected = t.Village.Elected.Office()
		}
		before, after = before+oneOf(t.Before.OneForBoth()), after+oneOf(t.After.OneForBoth())
		b.Rows = append(b.Rows, row(termBoxes(strconv.Itoa(i+1), check.Place(j.tx, t.Village.ID), elected, t, t.Done, yesNo(t.Before.OneForBoth()), yesNo(t.After.OneForBoth()))...))
	}
	sum := report.Sum(all)
	done := len(slices.DeleteFunc(slices.Clone(all), func(t report.Term) bool { return !t.Done }))
	b.Rows = append(b.Rows, row(termBoxes("", "合计", fmt.Sprintf("%d / %d", done, len(all)), &sum, true, strconv.Itoa(before), strconv.Itoa(after))...))
	return []sheet.Boxes{b}, nil
}

// termBoxes are the boxes of one line; after a village's election only.
func termBoxes(n, place, elected string, t *report.Term, after bool, wasBoth, isBoth string) []sheet.Box {
	out := []sheet.Box{shortBox(n, 1), shortBox(place, 1), shortBox(elected, 1)}
	later := func(text string) sheet.Box {
		if !after {
			text = ""
		}
		return shortBox(text, 1)
	}
	for _, c := range compared {
		out = append(out, shortBox(c.of(&t.Before), 1), later(c.of(&t.After)))
	}
	return append(out, shortBox(wasBoth, 1), later(isBoth), later(strconv.Itoa(len(t.Stays))), later(strconv.Itoa(len(t.Fresh))), later(strconv.Itoa(len(t.Gone))))
}

func oneOf(is bool) int {
	if is {
		return 1
	}
	return 0
}

func yesNo(is bool) string {
	if is {
		return "是"
	}
	return "否"
}

// handed are what somebody who leaves hands over, beside what the ledger knows of.
// 默认值: what offices list; blank lines follow.
var handed = []string{"党组织印章、村委会印章", "党员名册和党费台账", "会议记录、“四议两公开”档案", "村级财务账簿、凭证、票据", "集体“三资”清册和经济合同", "债权债务清单", "在建和待建项目资料", "办公用品、钥匙、账号"}

// blankLines are left to write in.
const blankLines = 3

// handover is 《离任交接清单》 of one post that ended, or is to end.
func (j *job) handover(id string) (b sheet.Boxes, err error) {
	p, err := get[record.Post](j, "post", id)
	if err != nil {
		return b, err
	}
	follows, err1 := j.follower(p)
	open, err2 := j.unfinished(p)
	papers, err3 := store.Referrers[record.Paper](j.tx, p.Village, "village")
	if err := errors.Join(err1, err2, err3); err != nil {
		return b, err
	}
	name := j.tx.Name("person", p.Person)
	b = sheet.Boxes{Name: name, Title: j.title, Columns: []float64{7, 32, 13, 22, 18}}
	b.Rows = []sheet.BoxRow{j.filled(5),
		row(sheet.Box{Text: "离 任 人", Over: 1}, shortBox(name, 1), label("职　　务"), shortBox(check.Place(j.tx, p.Village)+j.position(p.Position), 2)),
		row(label("离任\n时间"), shortBox(p.To.Office(), 1), label("离任原因"), shortBox(j.word("post", "reason", p.Reason), 2)),
		row(label("接任人"), shortBox(follows, 1), label("监 交 人"), shortBox("", 2)),
		row(label("序号"), label("交接内容"), label("数量"), label("说　　明"), label("备　　注"))}
	n := 0
	add := func(what, count, text string) {
		n++
		b.Rows = append(b.Rows, row(shortBox(strconv.Itoa(n), 1), proseBox(what, 1), shortBox(count, 1), proseBox(text, 1), proseBox("", 1)))
	}
	for _, what := range handed {
		add(what, "", "")
	}
	if len(papers) > 0 {
		add("台账里登记的嘎查村材料", fmt.Sprintf("%d份", len(papers)), "见附件目录")
	}
	for _, o := range open {
		add("没有办完："+o.what, "", o.text)
	}
	for range blankLines {
		add("", "", "")
	}
	b.Rows = append(b.Rows, tall(70, sheet.Box{Text: "移交人（签字）：\n\n年　　月　　日", Over: 2, As: sheet.OpinionBox}, sheet.Box{Text: "接收人（签字）：\n\n年　　月　　日", Over: 2, As: sheet.OpinionBox},
		sheet.Box{Text: "监交人（签字）：\n\n年　　月　　日", As: sheet.OpinionBox}))
	return b, nil
}

// follower is who took the post over, or holds it now.
func (j *job) follower(p *record.Post) (string, error) {
	posts, err := store.Referrers[record.Post](j.tx, p.Village, "village")
	sortPosts(posts)
	for _, x := range posts {
		if x.ID == p.ID || x.Position != p.Position || p.To.IsZero() || x.From.Before(p.To) {
			continue
		}
		if x.Person == p.Person {
			return "（本人连任，不用交接）", nil
		}
		return j.tx.Name("person", x.Person), nil
	}
	return "", err
}

type unfinished struct{ what, text string }

// unfinished is what of a village waits in the ledger, without what only few
// may read: 软弱涣散整顿, 备案, and whom the pool has for it.
func (j *job) unfinished(p *record.Post) (out []unfinished, err error) {
	lax, err1 := store.Referrers[record.Lax](j.tx, p.Village, "village")
	for _, l := range lax {
		if l.Closed.IsZero() {
			out = append(out, unfinished{"软弱涣散基层党组织整顿", "期限" + l.Due.Office() + "；" + l.Measures})
		}
	}
	filings, err2 := store.Referrers[record.Filing](j.tx, p.Village, "village")
	for _, f := range filings {
		switch f.State {
		case record.FilingAppointed, record.FilingCancelled, record.FilingRefused:
		default:
			out = append(out, unfinished{j.tx.Name("person", f.Person) + "的任职备案", j.word("filing", "state", f.State)})
		}
	}
	pool, err3 := store.Referrers[record.Reserve](j.tx, p.Village, "village")
	var names []string
	for _, r := range pool {
		if check.InPool(r, j.asOf) {
			names = append(names, j.tx.Name("person", r.Person))
		}
	}
	if len(names) > 0 {
		out = append(out, unfinished{fmt.Sprintf("后备力量培养（%d人）", len(names)), strings.Join(names, "、")})
	}
	return out, errors.Join(err1, err2, err3)
}

// missing is 《缺失材料通知单》: what the dossiers of these people lack, a row each.
func (j *job) missing(ids []string) ([]sheet.Boxes, error) {
	b := sheet.Boxes{Title: j.title, Columns: []float64{6, 12, 22, 20, 32}, Heads: 3}
	b.Rows = []sheet.BoxRow{j.filled(5),
		row(sheet.Box{Text: "下列人员的档案缺少应有的材料，请于　　　　年　　月　　日前补齐，连同本单一并报送。", Over: 5, As: sheet.LineBox}),
		row(label("序号"), label("姓　名"), label("缺少的材料"), label("材料类别"), label("为什么应有"))}
	n := 0
	for _, id := range ids {
		d, err := dossier.Of(j.tx, id, j.asOf)
		if err != nil {
			return nil, err
		}
		lacking := d.Missing()
		for i, m := range lacking {
			n++
			boxes := []sheet.Box{shortBox(strconv.Itoa(n), 1)}
			if i == 0 {
				boxes = append(boxes, sheet.Box{Text: d.Person.Name, Down: len(lacking), As: sheet.ShortBox})
			}
			b.Rows = append(b.Rows, row(append(boxes, proseBox(m.Label, 1), shortBox(j.word("paper", "class", m.Class), 1), proseBox(m.Why, 1))...))
		}
	}
	if n == 0 {
		return nil, errors.New("这些人的档案不缺材料，没有要通知的。")
	}
	b.Rows = append(b.Rows, tall(60, sheet.Box{Text: "通知单位（盖章）：\n\n年　　月　　日", Over: 3, As: sheet.OpinionBox}, sheet.Box{Text: "接收人（签字）：\n\n年　　月　　日", Over: 2, As: sheet.OpinionBox}))
	return []sheet.Boxes{b}, nil
}
