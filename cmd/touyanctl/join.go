package main

import (
	"strings"

	"touyan/store"
	"touyan/store/work"
)

// join says that two records are one person or one place.
func join(c *command, args []string) error {
	why := c.flags().String("why", "", "凭`什么`认定是同一个")
	rest, err := c.parse(args, 3, 3)
	if err != nil {
		return err
	}
	return c.together(rest[0], rest[1:], func(tx *store.Tx, kind string, ids []string) error {
		return work.Join(tx, work.Joining{Kind: kind, A: ids[0], B: ids[1], Why: *why})
	}, "合并为同一人", "两条记录现在是一条了；认错了的，用 part 分开。")
}

// part parts what was joined by mistake.
func part(c *command, args []string) error {
	why := c.flags().String("why", "", "为`什么`不是同一个")
	rest, err := c.parse(args, 2, 2)
	if err != nil {
		return err
	}
	return c.together(rest[0], rest[1:], func(tx *store.Tx, kind string, ids []string) error {
		return work.Split(tx, kind, ids[0], *why)
	}, "分开", "已经分开，各是各的记录，内容照合并以前。")
}

// together does something with records of a kind, called by name or id.
func (c *command) together(kind string, names []string, do func(tx *store.Tx, kind string, ids []string) error, op, done string) error {
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	k := kindNamed(db.Kinds(), kind)
	if k == nil {
		return wrong("没有“%s”这一类", kind)
	}
	err = db.Do(op, c.who(), func(tx *store.Tx) error {
		var ids []string
		for _, name := range names {
			found, err := recordsNamed(tx, k.Name, name)
			switch {
			case err != nil:
				return err
			case len(found) == 0:
				return refused("台账里没有叫“%s”的%s", name, k.Label)
			case len(found) > 1:
				return refused("叫“%s”的%s有%d个，请改用 id：%s", name, k.Label, len(found), strings.Join(found, "、"))
			}
			ids = append(ids, found[0])
		}
		return do(tx, k.Name, ids)
	})
	if err != nil {
		return err
	}
	c.say("%s", done)
	return nil
}
