package main

import (
	"path/filepath"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/print"
)

// pageNames lists the papers that are no rosters, for the help.
func pageNames() string {
	var out []string
	for _, p := range print.Papers() {
		out = append(out, p.Name+" "+p.Title)
	}
	return strings.Join(out, "、")
}

// printPage writes pages about records, each a sheet.
func printPage(c *command, args []string) error {
	fs := c.flags()
	day := fs.String("as-of", "", "年龄和任期算到哪一`天`，不写就是今天")
	out := fs.String("out", "", "写到哪个`簿`")
	rest, err := c.parse(args, 1, -1)
	if err != nil {
		return err
	}
	p := print.Named(rest[0])
	switch {
	case p == nil:
		return wrong("没有名为“%s”的表，可以写 %s", rest[0], pageNames())
	case len(rest) == 1 && !p.Office:
		return wrong("请写明打印谁的《%s》，例如 touyanctl page %s 姓名 --out 簿", p.Title, p.Name)
	case *out == "":
		return wrong("请用 --out 写明写到哪个簿")
	}
	db, err := c.openFor(*out)
	if err != nil {
		return err
	}
	defer db.Close()
	asOf, err := dayNamed(*day, field.DateAt(db.Now()))
	if err != nil {
		return err
	}
	var ids []string
	if err := db.View(func(tx *store.Tx) error {
		for _, name := range rest[1:] {
			id, err := oneNamed(tx, tx.Kinds().Kind(p.Kind), name)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	}); err != nil {
		return err
	}
	if err := p.Write(c.ctx, db, c.who(), *out, ids, asOf, nil); err != nil {
		return err
	}
	c.say("《%s》已写到“%s”。", p.Title, filepath.Base(*out))
	if c.json {
		return c.emit(struct {
			File string `json:"file"`
		}{*out})
	}
	return nil
}
