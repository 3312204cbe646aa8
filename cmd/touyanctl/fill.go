package main

import (
	"strings"

	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
)

// fill fills a copy of a blank that somebody else made with the rows of a form.
func fill(c *command, args []string) error {
	fs := c.flags()
	var o exchange.FillOrder
	fs.StringVar(&o.Blank, "blank", "", "上级发的`空白表`；不会写在它上面")
	name := fs.String("form", "", "按哪张`表`填，名称见 forms")
	mapping := fs.String("mapping", "", "栏目对照`文件`（JSON：表头→栏目）；记住以后同样表头的空白表都照它填")
	where := fs.StringArray("where", nil, "只要符合`栏目=值`的")
	kind := fs.String("copy", "report", "哪`一种`：report 上报（不写就是它）、full 内部全量、public 公示")
	asOf := fs.String("as-of", "", "年龄和任期算到哪一`天`，不写就是今天")
	fs.StringVar(&o.Out, "out", "", "写到哪个`簿`")
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	which, known := copyNamed(*kind)
	o.Form, o.Copy = exchange.FormNamed(record.Kinds(), *name), which
	switch {
	case o.Blank == "":
		return wrong("请用 --blank 写明空白表")
	case *name == "":
		return wrong("请用 --form 写明按哪张表填，名称见 forms")
	case o.Form == nil:
		return wrong("没有名为“%s”的表，请用 forms 查看", *name)
	case !known:
		return wrong("--copy 请写 full、report 或 public")
	}
	var err error
	if o.Mapping, err = readMapping(*mapping); err != nil {
		return err
	}
	if o.Out != "" {
		if err := c.mayWriteBook("out", o.Out, o.Blank); err != nil {
			return err
		}
	}
	db, err := c.openFor(o.Out)
	if err != nil {
		return err
	}
	defer db.Close()
	o.Form = exchange.FormNamed(db.Kinds(), *name)
	if o.AsOf, err = dayNamed(*asOf, field.DateAt(db.Now())); err != nil {
		return err
	}
	if o.Where, err = c.conditions(db, o.Form.Kind, *where); err != nil {
		return err
	}
	filled, err := exchange.Fill(c.ctx, db, c.who(), o)
	if err != nil {
		return err
	}
	c.say("已填%d行：%s", filled.Rows, o.Out)
	for _, h := range filled.Open {
		c.say("  这一列没有对应的栏目，没有填：%s", h)
	}
	if len(filled.Lacks) > 0 {
		c.say("  空白表里没有这些栏目：%s", strings.Join(filled.Lacks, "、"))
	}
	if len(filled.Left) > 0 {
		c.say("  空白表的各行已写好名称，下面这些没有它们的行，没有填：%s", strings.Join(filled.Left, "、"))
	}
	if len(filled.Empty) > 0 {
		c.say("  这些行的名称台账里没有，空着：%s", strings.Join(filled.Empty, "、"))
	}
	for _, s := range filled.Other {
		c.say("  工作表“%s”照原样留着，没有填。", s)
	}
	return c.answer(filled)
}

// copyNamed is the copy a word means.
func copyNamed(word string) (exchange.Copy, bool) {
	copies := map[string]exchange.Copy{"full": exchange.Full, "report": exchange.Upward, "public": exchange.Public}
	which, ok := copies[word]
	return which, ok
}
