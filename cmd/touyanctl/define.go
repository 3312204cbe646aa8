package main

import (
	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

// define adds a field to a kind, changes one that was added, or takes it out.
func define(c *command, args []string) error {
	fs := c.flags()
	asked := record.Custom{}
	kind := fs.String("kind", "", "用在哪一`类`台账上")
	typ := fs.String("type", "", "怎样`填`：文字、单选、是否、整数、金额、日期或电话")
	fs.StringVar(&asked.Words, "words", "", "单选可填的`内容`，用“、”分开")
	private := fs.Bool("private", false, "屏幕上遮住，点开才显示")
	reach := fs.String("reach", "", "谁`用`：本级（不写就是它），或下级：随下发簿给下级单位")
	fs.StringVar(&asked.Note, "note", "", "填写`说明`")
	drop := fs.Bool("drop", false, "作废这一项，填过的内容留着")
	why := fs.String("why", "", "作废的`原因`")
	rest, err := c.parse(args, 1, 1)
	if err != nil {
		return err
	}
	asked.Label = field.TidyName(rest[0])
	if *private {
		asked.Private = "1"
	}
	codes := record.Kinds().Kind("custom")
	for _, flag := range []struct {
		name, text string
		into       *string
	}{{"on", *kind, &asked.On}, {"type", *typ, &asked.Type}, {"reach", *reach, &asked.Reach}} {
		value, problem := codes.Field(flag.name).Read(field.Input{Text: flag.text})
		if problem != nil {
			return wrong("%s", problem.Message)
		}
		*flag.into = value
	}
	if asked.On == "" {
		return wrong("请用 --kind 写明用在哪一类台账上")
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	had, err := customNamed(db, asked.On, asked.Label)
	if err != nil {
		return err
	}
	if *drop {
		return c.drop(db, had, *why)
	}
	asked.Head = had.Head
	if asked.Type == "" {
		asked.Type = had.Type
	}
	if err := db.Do("自定义项", c.who(), func(tx *store.Tx) error { return work.Define(tx, &asked) }); err != nil {
		return err
	}
	c.say("%s已有“%s”这一栏。", db.Kinds().Kind(asked.On).Label, asked.Label)
	return c.answer(map[string]string{"id": asked.ID, "name": record.CustomName(asked.ID)})
}

// drop takes a field out that was added.
func (c *command) drop(db *store.DB, had record.Custom, why string) error {
	if had.ID == "" {
		return wrong("没有叫这个名称的自定义项，已有的见 list custom")
	}
	err := db.Do("作废", c.who(), func(tx *store.Tx) error {
		return work.Void(tx, work.Voiding{Kind: "custom", ID: had.ID, Why: why})
	})
	if err != nil {
		return err
	}
	c.say("“%s”已作废；填过的内容留着，再加一项同名的就回来。", had.Label)
	return c.answer(map[string]string{"id": had.ID, "name": record.CustomName(had.ID)})
}

// customNamed finds the field that was added to a kind under a name; it has no id
// if there is none.
func customNamed(db *store.DB, on, label string) (had record.Custom, err error) {
	err = db.View(func(tx *store.Tx) error {
		for c, err := range store.All[record.Custom](tx) {
			if err != nil {
				return err
			}
			if c.On == on && c.Label == label {
				had = *c
			}
		}
		return nil
	})
	return had, err
}
