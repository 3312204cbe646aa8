package main

import (
	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
)

// sendBack asks an office below to look at cells again (退回): the same column of
// all records that meet conditions.
func sendBack(c *command, args []string) error {
	fs := c.flags()
	to := fs.String("to", "", "退回给哪个下级`单位`：区划代码")
	where := fs.StringArray("where", nil, "只要符合`栏目=值`的")
	column := fs.String("column", "", "请对方再看哪一`栏`")
	why := fs.String("why", "", "退回的`原因`")
	period := fs.String("period", "", "是哪一`期`的上报，像 2026Q1")
	out := fs.String("out", "", "写到哪个`簿`")
	rest, err := c.parse(args, 1, 1)
	if err != nil {
		return err
	}
	switch {
	case *to == "":
		return wrong("请用 --to 写明退回给哪个单位")
	case *column == "" || field.Tidy(*why) == "":
		return wrong("请用 --column 写明哪一栏、用 --why 写明原因")
	case *period != "" && !exchange.Period(*period).Valid():
		return wrong("“%s”不是报送期，请写成 2026Q1（季度）或 2026（全年）", *period)
	}
	db, err := c.openFor(*out)
	if err != nil {
		return err
	}
	defer db.Close()
	k := kindNamed(db.Kinds(), rest[0])
	if k == nil {
		return wrong("没有“%s”这一类", rest[0])
	}
	conditions, err := c.conditions(db, k.Name, *where)
	if err != nil {
		return err
	}
	o := exchange.Order{Copy: exchange.Full, Period: exchange.Period(*period), AsOf: field.DateAt(db.Now())}
	var asks []exchange.Ask
	err = db.View(func(tx *store.Tx) error {
		if o.To, err = exchange.Addressee(tx, *to); err != nil {
			return err
		}
		if o.To.Level >= tx.Office().Level {
			return wrong("--to 请写下级单位的区划代码")
		}
		asks, err = c.asks(tx, k, conditions, o, *column, field.Tidy(*why))
		return err
	})
	if err != nil {
		return err
	}
	if len(asks) == 0 {
		return refused("%s没有符合条件的%s记录，没有退回", o.To.Name, k.Label)
	}
	sent, err := exchange.SendBack(c.ctx, db, c.who(), *out, o, asks)
	if err != nil {
		return err
	}
	c.say("已退回%d处给%s：%s", len(asks), o.To.Name, *out)
	return c.answer(sent)
}

// asks are the cells of a column that the addressee has, in records that meet the
// conditions.
func (c *command) asks(tx *store.Tx, k *field.Kind, where []field.Condition, o exchange.Order, column, why string) (out []exchange.Ask, err error) {
	path, f, err := pathNamed(tx.Kinds(), k, column)
	if err != nil {
		return nil, err
	}
	if k.Field(path) == nil {
		return nil, wrong("“%s”不是%s自己的栏目", column, k.Label)
	}
	form := field.Register(tx.Kinds(), k)
	o.Forms = []*field.Form{form}
	holds, err := exchange.Holds(tx, o)
	if err != nil {
		return nil, err
	}
	lines, err := tx.Lines(form, where, o.AsOf)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		has, err := holds(k.Name, l.ID())
		if err != nil {
			return nil, err
		}
		if has {
			out = append(out, exchange.Ask{Kind: k.Name, Record: l.ID(), Field: f.Name, Why: why})
		}
	}
	return out, nil
}
