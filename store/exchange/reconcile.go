package exchange

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/field"
	"touyan/store/sheet"
)

// Reconciled is one line of 《数据核对情况表》: a cell of which two offices said
// different things, and what became of it.
type Reconciled struct {
	Dispute
	Decided bool
	Result  Saying // what was decided, who decided and why; of a decided one
}

// Reconciliation lists the conflicts that are open, and those that were decided,
// the newest first.
func Reconciliation(tx *store.Tx) ([]Reconciled, error) {
	open, err := Disputes(tx)
	if err != nil {
		return nil, err
	}
	var out []Reconciled
	for _, d := range open {
		out = append(out, Reconciled{Dispute: d})
	}
	done, err := tx.Decided()
	if err != nil {
		return nil, err
	}
	t := teller{tx, tx.Name, tx.Origin, tx.Canonical}
	for _, d := range done {
		told, err := t.tell(d.Conflict)
		if err != nil {
			return nil, err
		}
		result, err := t.saying(&told, &d.Decision)
		if err != nil {
			return nil, err
		}
		out = append(out, Reconciled{told, true, result})
	}
	return out, nil
}

// reconciliationHeads are the columns of 《数据核对情况表》, with their widths.
var reconciliationHeads = []field.Column{
	{Head: "序号", Width: 5}, {Head: "台账", Width: 8}, {Head: "名称", Width: 16}, {Head: "栏目", Width: 12}, {Head: "原值", Width: 14},
	{Head: "本级的值", Width: 14}, {Head: "本级何人何时", Width: 18}, {Head: "对方的值", Width: 14}, {Head: "对方何人何时", Width: 18}, {Head: "哪一份簿", Width: 18},
	{Head: "核对结果", Width: 14}, {Head: "原因", Width: 18}, {Head: "裁定人", Width: 12}, {Head: "裁定时间", Width: 12},
}

// ErrNothingDisputed says that there is nothing to list in 《数据核对情况表》.
var ErrNothingDisputed = fmt.Errorf("没有两边不一致的内容，《数据核对情况表》是空的，没有写出")

// WriteReconciliation writes 《数据核对情况表》, for both sides to sign.
func WriteReconciliation(ctx context.Context, db *store.DB, who store.Actor, path string) (lines int, err error) {
	if err := disk.MayWrite(path); err != nil {
		return 0, err
	}
	var list []Reconciled
	if err := db.View(func(tx *store.Tx) (err error) {
		list, err = Reconciliation(tx)
		return err
	}); err != nil {
		return 0, err
	}
	if len(list) == 0 {
		return 0, ErrNothingDisputed
	}
	f := &field.Form{Name: "reconciliation", Title: "数据核对情况表", Kind: "office"}
	for _, c := range reconciliationHeads {
		c.Compute = func(field.Line) string { return "" }
		f.Columns = append(f.Columns, c)
	}
	page := sheet.Sheet{Form: f, Kinds: db.Kinds()}
	for i := range list {
		page.Lines = append(page.Lines, sheet.Line{Cells: list[i].cells(i + 1)})
	}
	doc := sheet.Doc{Unit: db.Office().Name, Made: db.Now(), Sample: db.Sample(), Sheets: []sheet.Sheet{page}}
	doc.Before = func() error {
		return db.Do("打印", who, func(tx *store.Tx) error {
			tx.NoteSent(store.Sent{File: f.Title, Rows: len(list)})
			return nil
		})
	}
	return len(list), sheet.Write(ctx, path, doc, nil)
}

// cells are a line of the table.
func (r *Reconciled) cells(n int) []string {
	kind := r.Conflict.Kind
	if r.Kind != nil {
		kind = r.Kind.Label
	}
	var theirs, writers, books []string
	for _, o := range r.Others {
		theirs, writers = append(theirs, cmp.Or(o.Text, "（空白）")), append(writers, writerOf(o))
		if o.Origin.Book != "" {
			books = append(books, o.Origin.Book)
		}
	}
	out := []string{fmt.Sprint(n), kind, r.Name, r.Label, r.Base.Text, cmp.Or(r.Shown.Text, "（空白）"), writerOf(r.Shown),
		strings.Join(theirs, "\n"), strings.Join(writers, "\n"), strings.Join(books, "\n")}
	if !r.Decided {
		return append(out, "待裁定", "", "", "")
	}
	o := r.Result.Origin
	return append(out, cmp.Or(r.Result.Text, "（空白）"), o.Why, strings.TrimSpace(o.Name+" "+o.Who), day(o.At))
}

// writerOf is who wrote a value and when.
func writerOf(s Saying) string {
	return strings.TrimSpace(strings.Join([]string{s.Origin.Name, s.Origin.Who, day(s.Origin.At)}, " "))
}

func day(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Local().Format("2006.01.02")
}
