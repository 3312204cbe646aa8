// Package print makes the papers that an office prints from its ledger and that
// are no rosters: 任职备案表, 人选推荐表, 一村一页, 换届前后结构对比表, 离任交接清单, 缺失材料通知单.
//
// A paper is a page of boxes (store/sheet lays it out on A4 and writes the book);
// here is what stands in them. It only reads. What a number means is counted in
// store/report, who could follow in store/check, what a dossier lacks in
// store/dossier. Nobody takes these pages in again: what comes back is a roster
// or a 任免审批表.
package print

import (
	"fmt"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sheet"
)

// Paper is one kind of page.
type Paper struct {
	Name   string // for programs
	Title  string
	Kind   string // of the records it is about
	Office bool   // of all villages, if no record is named

	pages func(*job, []string) ([]sheet.Boxes, error)
}

// Papers are all of them, in the order of the work.
func Papers() []*Paper {
	return []*Paper{
		{Name: "recommendation", Title: "后备人选推荐表", Kind: "reserve", pages: each((*job).recommendation)},
		{Name: "filing", Title: "嘎查村党组织书记任职备案表", Kind: "filing", pages: each((*job).filing)},
		{Name: "structure", Title: "换届前后班子结构对比表", Kind: "village", Office: true, pages: (*job).structure},
		{Name: "handover", Title: "离任交接清单", Kind: "post", pages: each((*job).handover)},
		{Name: "missing", Title: "缺失材料通知单", Kind: "person", pages: (*job).missing},
		{Name: "village", Title: "一村一页", Kind: "village", pages: each((*job).village)},
	}
}

// Named finds a paper, nil if there is none.
func Named(name string) *Paper {
	for _, p := range Papers() {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// Of are the papers about records of a kind.
func Of(kind string) []*Paper {
	var out []*Paper
	for _, p := range Papers() {
		if p.Kind == kind {
			out = append(out, p)
		}
	}
	return out
}

// Options say on what day a paper is made, and bring what the ledger does not
// hold.
type Options struct {
	AsOf  field.Date
	Photo func(person string) []byte // a JPEG or PNG file, nil if there is none
}

// Pages makes the pages of records. store.ErrNoRecord if one is not there, or
// void.
func (p *Paper) Pages(tx *store.Tx, ids []string, o Options) ([]sheet.Boxes, error) {
	if o.Photo == nil {
		o.Photo = func(string) []byte { return nil }
	}
	j := &job{tx: tx, title: p.Title, asOf: o.AsOf, photo: o.Photo}
	pages, err := p.pages(j, ids)
	if err == nil && len(pages) == 0 {
		return nil, fmt.Errorf("没有可以打印的《%s》，请先选择要打印谁的。", p.Title)
	}
	return pages, err
}

// job is the making of one paper.
type job struct {
	tx    *store.Tx
	title string
	asOf  field.Date
	photo func(person string) []byte
}

// each makes a page for each record.
func each(page func(*job, string) (sheet.Boxes, error)) func(*job, []string) ([]sheet.Boxes, error) {
	return func(j *job, ids []string) ([]sheet.Boxes, error) {
		var out []sheet.Boxes
		for _, id := range ids {
			one, err := page(j, id)
			if err != nil {
				return nil, err
			}
			out = append(out, one)
		}
		return out, nil
	}
}

// get reads a record that counts.
func get[T any, P interface {
	*T
	field.Record
}](j *job, kind, id string) (P, error) {
	rec, err := store.Get[T, P](j.tx, id)
	if err != nil {
		return nil, err
	}
	row, _, err := j.tx.Row(kind, id)
	if err == nil && row.Void != "" {
		err = store.ErrNoRecord
	}
	return rec, err
}

// word is a code as people read it.
func (j *job) word(kind, cell, code string) string {
	return j.tx.Kinds().Kind(kind).Field(cell).Show(code)
}

// position is a 职务 as people read it.
func (j *job) position(code string) string { return j.word("post", "position", code) }

// dated is a day and, in brackets, the age then.
func (j *job) dated(born field.Date) string {
	if years, ok := born.Age(j.asOf); ok {
		return fmt.Sprintf("%s\n（%d岁）", born.Office(), years)
	}
	return born.Office()
}

// number is a count that may not be known.
func number(n *int64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

func label(text string) sheet.Box { return sheet.Box{Text: text} }

// shortBox is an answer over so many columns.
func shortBox(text string, over int) sheet.Box {
	return sheet.Box{Text: text, Over: over, As: sheet.ShortBox}
}

func proseBox(text string, over int) sheet.Box {
	return sheet.Box{Text: text, Over: over, As: sheet.ProseBox}
}

// sealBox is room for an opinion with its seal and day.
func sealBox(over int) sheet.Box {
	return sheet.Box{Text: "（盖章）　　\n年　　月　　日　　", Over: over, As: sheet.OpinionBox}
}

func row(boxes ...sheet.Box) sheet.BoxRow { return sheet.BoxRow{Boxes: boxes} }

// tall is a row of at least so many points.
func tall(height float64, boxes ...sheet.Box) sheet.BoxRow {
	return sheet.BoxRow{Height: height, Boxes: boxes}
}

// filled is the line above a page: who filled it in, and when.
func (j *job) filled(columns int) sheet.BoxRow {
	left := columns / 2
	return row(sheet.Box{Text: "填报单位：" + j.tx.Office().Name, Over: left, As: sheet.LineBox},
		sheet.Box{Text: "填报时间：" + j.asOf.Office(), Over: columns - left, As: sheet.AsideBox})
}

// team are the posts of a village that run on the day, by position.
func (j *job) held(village string) ([]*record.Post, error) {
	posts, err := store.Referrers[record.Post](j.tx, village, "village")
	var out []*record.Post
	for _, p := range posts {
		if !j.asOf.Before(p.From) && (p.To.IsZero() || j.asOf.Before(p.To)) {
			out = append(out, p)
		}
	}
	sortPosts(out)
	return out, err
}
