package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/exchange"
	"touyan/store/record"
	"touyan/store/xlsx"
)

// importBook takes a roster in. What is good goes in, the rest is listed and,
// with --errors, written into a book of its own to be mended.
func importBook(c *command, args []string) error {
	fs := c.flags()
	var o exchange.Options
	fs.StringVar(&o.Form, "form", "auto", "按哪张`表`读；auto 由程序辨认，不写就是它")
	fs.StringVar(&o.Sheet, "sheet", "", "只读这个`工作表`")
	fs.BoolVar(&o.AsRoster, "as-roster", false, "别的头雁导出的簿也只按普通花名册导入，不逐格比对")
	mapping := fs.String("mapping", "", "栏目对照`文件`（JSON：表头→栏目）")
	from := fs.String("from", "", "这份花名册是哪个下级`单位`的：区划代码，或 auto 按里面的嘎查村认")
	period := fs.String("period", "", "--from 的花名册报的是哪一`期`，像 2026Q1")
	dry := fs.Bool("dry-run", false, "只看结果，不写入台账")
	strict := fs.Bool("strict", false, "有一处问题就全不写入")
	bad := fs.String("errors", "", "把有问题的行另存为这个`簿`")
	rest, err := c.parse(args, 1, 1)
	if err != nil {
		return err
	}
	if o.Mapping, err = readMapping(*mapping); err != nil {
		return err
	}
	if o.Form != "" && o.Form != "auto" && exchange.FormNamed(record.Kinds(), o.Form) == nil {
		return wrong("没有名为“%s”的表，请用 forms 查看", o.Form)
	}
	if *bad != "" {
		if err := c.mayWriteBook("errors", *bad, rest[0]); err != nil {
			return err
		}
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	if err := c.sender(db, &o, rest[0], *from, *period); err != nil {
		return err
	}
	r, err := c.receive(db, rest[0], o, receiving{dry: *dry, strict: *strict, bad: *bad})
	if err != nil {
		return err
	}
	if o.AsRoster {
		c.say("只按普通花名册读，没有逐格比对。")
	}
	return c.report(r, r)
}

// sender names the office a roster is accepted under, and what it reports on.
func (c *command) sender(db *store.DB, o *exchange.Options, path, from, period string) error {
	o.Period = exchange.Period(period)
	switch {
	case period != "" && from == "":
		return wrong("--period 要和 --from 一起用：本单位自己的花名册不是上报")
	case period != "" && !o.Period.Valid():
		return wrong("“%s”不是报送期，请写成 2026Q1（季度）或 2026（全年）", period)
	case from == "":
		return nil
	}
	if from == "auto" {
		return c.recognise(db, o, path)
	}
	return db.View(func(tx *store.Tx) error {
		to, err := exchange.Addressee(tx, from)
		if err == nil && to.Level >= tx.Office().Level {
			err = wrong("--from 请写下级单位的区划代码")
		}
		o.From = &to
		return err
	})
}

// recognise finds the office of a roster by the villages it speaks of.
func (c *command) recognise(db *store.DB, o *exchange.Options, path string) error {
	o.Password = os.Getenv("TOUYAN_BOOK_PASSWORD")
	book, err := exchange.Open(c.ctx, db, path, *o)
	if err != nil {
		return unopened(err, o.Password)
	}
	return db.View(func(tx *store.Tx) error {
		plan, err := book.Plan(c.ctx, tx)
		if err != nil {
			return err
		}
		sender, ok, err := exchange.SenderOf(tx, plan)
		if err == nil && !ok {
			err = refused("看不出“%s”是哪个下级单位的：里面的嘎查村不属于同一个单位，或台账里还没有这些嘎查村；请用 --from 写明区划代码", book.Name)
		}
		o.From = &sender
		return err
	})
}

// merge takes in books that other offices sent or returned.
func merge(c *command, args []string) error {
	fs := c.flags()
	dry := fs.Bool("dry-run", false, "只看结果，不写入台账")
	strict := fs.Bool("strict", false, "有一处问题或留待裁定的冲突就全不写入")
	confirm := fs.Bool("confirm", false, "看过了，仍要合并：簿里缺行很多或行码大半对不上的也合并")
	settle := fs.String("conflicts", "leave", "冲突按哪个`办法`：leave 留待裁定（不写就是它）、ours 以本级为准、theirs 以对方为准")
	rest, err := c.parse(args, 1, -1)
	if err != nil {
		return err
	}
	side, ok := map[string]exchange.Side{"leave": exchange.Leave, "ours": exchange.Ours, "theirs": exchange.Theirs}[*settle]
	if !ok {
		return wrong("--conflicts 请写 leave、ours 或 theirs")
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	answer := struct {
		Batches []received `json:"batches"`
	}{[]received{}}
	var failed []string
	var first error
	for _, path := range rest {
		r, err := c.receive(db, path, exchange.Options{}, receiving{dry: *dry, strict: *strict, stamped: true, confirm: *confirm, settle: side})
		if err != nil {
			c.say("%s", sentence(err))
			failed = append(failed, path)
			if first == nil {
				first = err
			}
			if c.ctx.Err() != nil {
				break
			}
			continue // one bad book stops none
		}
		answer.Batches = append(answer.Batches, r)
	}
	err = c.report(answer, answer.Batches...)
	if first == nil || err != nil && !errors.Is(err, errOpen) {
		return err
	}
	if len(rest) > 1 {
		c.say("没有合并的簿：%s。其余的已经处理完，改正后请只合并这几个。", quoted(failed))
	}
	return told{first}
}

// quoted lists files by their names.
func quoted(paths []string) string {
	var names []string
	for _, p := range paths {
		names = append(names, "“"+filepath.Base(p)+"”")
	}
	return strings.Join(names, "、")
}

// receiving is how a book is to be taken in.
type receiving struct {
	dry, strict bool
	stamped     bool          // only a book that a ledger wrote
	confirm     bool          // a person looked at one that must not come in by itself
	bad         string        // where to write the bad rows
	settle      exchange.Side // what becomes of the conflicts the book brings
}

// received is what a book did or, if it was only looked at, would do: then with
// the conflicts it would bring. Those of a book taken in are listed by
// conflicts.
type received struct {
	exchange.Report
	Coming []conflictEntry `json:"coming,omitempty"`
	Papers *companionEntry `json:"papers,omitempty"` // where a companion lay beside the book

	side   exchange.Side
	coming []exchange.Dispute
}

// receive plans a book and applies the plan.
func (c *command) receive(db *store.DB, path string, o exchange.Options, how receiving) (received, error) {
	if path == "" {
		return received{}, wrong("请写明文件名：要读的簿是空的")
	}
	o.Password = os.Getenv("TOUYAN_BOOK_PASSWORD")
	book, err := exchange.Open(c.ctx, db, path, o)
	if err != nil {
		return received{}, unopened(err, o.Password)
	}
	if how.stamped && !book.Stamped() {
		return received{}, fmt.Errorf("“%s”没有交接信息：它是普通花名册，或者公示用的那一种，不能逐格合并；花名册请用 import 导入，交接簿请让对方重新导出", book.Name)
	}
	var plan *exchange.Plan
	err = db.View(func(tx *store.Tx) (err error) {
		plan, err = book.Plan(c.ctx, tx)
		return err
	})
	if err != nil {
		return received{}, err
	}
	switch {
	case how.bad == "" || len(plan.Problems) == 0:
	case !plan.HasBad():
		c.say("没有需要另存的行。")
	default:
		if err := plan.WriteBad(c.ctx, how.bad); err != nil {
			return received{}, err
		}
		c.say("有问题的行已另存到：%s，改好后再导入即可。", how.bad)
	}
	if held := plan.Held(); held != "" && how.stamped && !how.confirm && !how.dry {
		return received{}, refused("“%s”没有合并：%s看过以后仍要合并的，请加 --confirm", plan.Report.Book, held)
	}
	plan.Settle(how.settle)
	foreseen := plan.Settled(db.Office().Code)
	if how.dry || how.strict && !foreseen.Clean() {
		if how.strict && !how.dry {
			c.say("“%s”有待处理的问题，按要求没有写入任何内容。", plan.Report.Book)
		}
		return received{Report: foreseen, Coming: conflictEntries(plan.Coming), side: how.settle, coming: plan.Coming}, nil
	}
	r, err := exchange.Apply(c.ctx, db, c.who(), plan, nil)
	got := received{Report: r, side: how.settle}
	if err != nil || !plan.ListsPapers() {
		return got, err
	}
	papers, err := plan.TakePapers(c.ctx, db, c.who(), nil)
	if err != nil {
		return got, err
	}
	e, err := c.tellTaken(db, papers)
	if err != nil || e.quiet() {
		return got, err
	}
	got.Papers = &e
	return got, nil
}

// unopened adds to what is wrong with a book what can be done about it here.
func unopened(err error, password string) error {
	bad, isBook := errors.AsType[*xlsx.Error](err)
	switch {
	case isBook && bad.Code == xlsx.Encrypted && password == "":
		return noPassword{fmt.Errorf("%w在命令行请把密码写在环境变量 TOUYAN_BOOK_PASSWORD 里。", err)}
	case errors.As(err, new(*exchange.CarrierError)):
		return fmt.Errorf("%w。等不及的，可用 import --as-roster 只按普通花名册导入：不逐格比对，簿里的内容都算本单位新录入的", err)
	}
	return err
}

// report answers with what books did, and exits 1 if anything is left open.
func (c *command) report(answer any, books ...received) error {
	open := false
	for _, r := range books {
		c.say("%s：读%d行，新增%d、更新%d、相同%d，冲突%d处，未导入%d行，问题%d处。",
			r.Book, r.Rows, r.New, r.Updated, r.Same, r.Conflicts, r.Refused, len(r.Problems))
		c.sayConflicts(&r)
		for _, p := range r.Problems {
			c.say("  %s %s %s", p.Sheet, p.Cell, p.Message)
		}
		if len(r.Unclaimed) > 0 {
			c.say("  这些列没有对应的栏目，没有导入：%s；要导入请用 --mapping 指明。", strings.Join(r.Unclaimed, "、"))
		}
		for _, l := range r.Left {
			if r.From != "" && l.Why == "表尾" { // the foot a ledger wrote itself
				continue
			}
			c.say("  %s 第%d行没有当作数据（%s）：%s", l.Sheet, l.Row, l.Why, l.Text)
		}
		for _, s := range r.Skipped {
			c.say("  工作表“%s”里没有认识的表，没有读。", s)
		}
		for _, m := range r.Missing {
			c.say("  发出过、没有交回（不会删除）：%s", m)
		}
		for _, a := range r.Absent {
			c.say("  台账里有、表里没有：%s", a)
		}
		open = open || len(r.Problems) > 0 || r.Conflicts > 0 || r.Papers != nil && len(r.Papers.Wrong) > 0
	}
	if err := c.answer(answer); err != nil {
		return err
	}
	if open {
		return errOpen
	}
	return nil
}

// sayConflicts tells how the conflicts of a book were decided, and lists those
// of a book that was only looked at.
func (c *command) sayConflicts(r *received) {
	by := map[exchange.Side]string{exchange.Ours: "以本级为准", exchange.Theirs: "以对方为准"}[r.side]
	why := map[exchange.Side]string{exchange.Ours: "本级没有写过", exchange.Theirs: "对方有几个不同的值"}[r.side]
	done, left := "已裁定", "留待裁定"
	if r.Batch == "" {
		done, left = "将裁定", "将留待裁定"
	}
	switch {
	case by == "" || r.Decided+r.Conflicts == 0:
	case r.Conflicts == 0:
		c.say("  冲突按“%s”%s%d处。", by, done, r.Decided)
	default:
		c.say("  冲突按“%s”%s%d处；%s的%d处%s。", by, done, r.Decided, why, r.Conflicts, left)
	}
	for i := range r.coming {
		c.say("  %s", disputeLine(&r.coming[i]))
	}
}

func readMapping(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	f, err := disk.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, disk.CannotRead(path, err)
	}
	var m map[string]string
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("栏目对照“%s”不是{\"表头\":\"栏目\"}的样子，请照这个样子改", filepath.Base(path))
	}
	return m, nil
}
