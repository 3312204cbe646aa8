package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/paper"
	"touyan/store/record"
)

// paperEntry is one paper in the answer of paper list.
type paperEntry struct {
	ID     string `json:"id"`
	Record string `json:"record"` // the person or village it belongs to
	Owner  string `json:"owner"`  // and what people call that
	Title  string `json:"title"`
	Class  string `json:"class"`
	Date   string `json:"date"`
	Type   string `json:"type"`
	Pages  int64  `json:"pages"`
	State  string `json:"state"` // of the file: see stateNames
}

// stateNames tell scripts how the file of a paper stands, stateLabels people.
var (
	stateNames = map[paper.State]string{paper.Whole: "there", paper.NotReceived: "not-received", paper.NoFolder: "no-folder", paper.Missing: "missing",
		paper.Altered: "altered", paper.Foreign: "foreign", paper.Unreadable: "unreadable", paper.Closed: "closed", paper.OnPaper: "on-paper"}
	stateLabels = map[paper.State]string{paper.Whole: "在", paper.NotReceived: "未收到", paper.NoFolder: "附件文件夹不在", paper.Missing: "不在",
		paper.Altered: "有变", paper.Foreign: "有变", paper.Unreadable: "读不出", paper.Closed: "只有负责人能看", paper.OnPaper: "只有纸质件"}
)

// fileEntry is what became of one file, in the answers of paper add and export.
type fileEntry struct {
	File     string   `json:"file"`
	ID       string   `json:"id,omitempty"` // of the paper
	Title    string   `json:"title"`
	Warnings []string `json:"warnings,omitempty"`
	Message  string   `json:"message,omitempty"` // why not
}

// paperVerb lists, attaches and hands out the papers of a person or a village.
func paperVerb(c *command, args []string) error {
	fs := c.flags()
	owner := fs.String("record", "", "属于谁：`人员或嘎查村`的名称，或它的 id")
	out := fs.String("out", "", "export 把没有加密的副本写到这个`文件夹`")
	all := fs.Bool("all", false, "pack 把以前给过的也放进去")
	part := fs.Uint("part", 0, "pack 每个附件包最多多少 `MB`，不写就是 3072")
	rest, err := c.parse(args, 0, -1)
	if err != nil {
		return err
	}
	what := "list"
	if len(rest) > 0 {
		what, rest = rest[0], rest[1:]
	}
	if err := paperUse(what, rest, *owner, *out); err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	o, err := c.ownerNamed(db, *owner)
	if err != nil {
		return err
	}
	switch what {
	case "pack":
		return c.packPapers(db, rest, *all, int64(*part))
	case "take":
		return c.takePapers(db, rest)
	case "waiting":
		return c.listWaiting(db)
	case "add":
		return c.addPapers(db, o, rest)
	case "export":
		return c.exportPapers(db, o, rest, *out)
	}
	return c.listPapers(db, o)
}

// paperUses are what can be done with papers.
var paperUses = []string{"list", "add", "export", "pack", "take", "waiting"}

// paperUse holds a call to what it needs.
func paperUse(what string, rest []string, owner, out string) error {
	switch {
	case !slices.Contains(paperUses, what):
		return wrong("“paper”后面可以写 %s，没有“%s”", strings.Join(paperUses, "、"), what)
	case (what == "list" || what == "waiting") && len(rest) > 0:
		return wrong("“paper %s”多写了“%s”", what, strings.Join(rest, " "))
	case what == "pack" && len(rest) == 0:
		return wrong("请写明是哪个簿的附件包，例如 touyanctl paper pack 上报.xlsx")
	case what == "take" && len(rest) == 0:
		return wrong("请写明要接收的附件包，或旁边有附件包的簿")
	case (what == "add" || what == "export") && owner == "":
		return wrong("请用 --record 写明是哪个人员或嘎查村的附件")
	case what == "add" && len(rest) == 0:
		return wrong("请写明要添加哪些文件，例如 touyanctl paper add 毕业证书.jpg --record 姓名")
	case what == "export" && out == "":
		return wrong("请用 --out 写明副本写到哪个文件夹")
	case what != "export" && out != "":
		return wrong("--out 只用于 paper export")
	}
	return nil
}

// ownerNamed is the person or village people mean; without a name, nobody.
func (c *command) ownerNamed(db *store.DB, name string) (o paper.Owner, err error) {
	if name == "" {
		return o, nil
	}
	var found []paper.Owner
	var told []string
	err = db.View(func(tx *store.Tx) error {
		for _, kind := range []string{"person", "village"} {
			ids, err := recordsNamed(tx, kind, name)
			if err != nil {
				return err
			}
			for _, id := range ids {
				row, ok, err := tx.Row(kind, id)
				if err != nil {
					return err
				}
				if !ok || row.Void != "" {
					continue
				}
				o := paper.Owner{Person: id}
				if kind == "village" {
					o = paper.Owner{Village: id}
				}
				found, told = append(found, o), append(told, id)
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return o, err
	case len(found) == 0:
		return o, refused("台账里没有叫“%s”的人员或嘎查村", name)
	case len(found) > 1:
		return o, refused("叫“%s”的有%d个，请改用 id：%s", name, len(found), strings.Join(told, "、"))
	}
	return found[0], nil
}

// papersOf reads the papers of an owner that count, or all.
func papersOf(db *store.DB, o paper.Owner) (entries []paperEntry, err error) {
	entries = []paperEntry{}
	err = db.View(func(tx *store.Tx) error {
		all := store.All[record.Paper](tx)
		if id := o.Person + o.Village; id != "" {
			all = paper.Of(tx, id)
		}
		kind := tx.Kinds().Kind("paper")
		for p, err := range all {
			if err != nil {
				return err
			}
			_, state, err := paper.Seen(tx, db, p)
			if err != nil {
				return err
			}
			e := paperEntry{ID: p.ID, Record: p.Person + p.Village, Title: p.Title, Class: kind.Field("class").Show(p.Class),
				Date: p.Date.String(), Type: kind.Field("type").Show(p.Type), State: stateNames[state]}
			if e.Owner = tx.Name("village", p.Village); p.Person != "" {
				e.Record, e.Owner = p.Person, tx.Name("person", p.Person)
			}
			if p.Pages != nil {
				e.Pages = *p.Pages
			}
			entries = append(entries, e)
		}
		return nil
	})
	return entries, err
}

func (c *command) listPapers(db *store.DB, o paper.Owner) error {
	entries, err := papersOf(db, o)
	if err != nil {
		return err
	}
	if c.json {
		return c.emit(entries)
	}
	labels := map[string]string{}
	for s, name := range stateNames {
		labels[name] = stateLabels[s]
	}
	rows := [][]string{{"所属", "材料名称", "材料类别", "形成时间", "类型", "页数", "原件"}}
	for _, e := range entries {
		pages := ""
		if e.Pages > 0 {
			pages = strconv.FormatInt(e.Pages, 10)
		}
		rows = append(rows, []string{e.Owner, e.Title, e.Class, e.Date, e.Type, pages, labels[e.State]})
	}
	if len(entries) == 0 {
		c.say("没有附件。")
		return nil
	}
	return align(c.out, rows)
}

// addPapers attaches files. Each has a verdict of its own.
func (c *command) addPapers(db *store.DB, o paper.Owner, files []string) error {
	list, err := paper.Attach(c.ctx, db, c.who(), o, files, nil)
	if err != nil {
		return err
	}
	entries := []fileEntry{}
	for _, v := range list {
		e := fileEntry{File: v.Path, ID: v.Record, Title: v.Title, Warnings: v.Warnings}
		if v.Err != nil {
			e.Message = sentence(v.Err)
		}
		entries = append(entries, e)
	}
	return c.answerFiles(entries, "已添加%d份附件，%d份没有添加。")
}

// exportPapers writes open copies of an owner's papers, of all or of those named
// by title or id.
func (c *command) exportPapers(db *store.DB, o paper.Owner, names []string, folder string) error {
	all, err := papersOf(db, o)
	if err != nil {
		return err
	}
	chosen := all
	if len(names) > 0 {
		chosen = nil
		for _, name := range names {
			before := len(chosen)
			for _, e := range all {
				if e.ID == name || e.Title == name {
					chosen = append(chosen, e)
				}
			}
			if len(chosen) == before {
				return refused("没有叫“%s”的附件，可用 touyanctl paper list 查看", name)
			}
		}
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return disk.CannotWrite(folder, err)
	}
	entries := []fileEntry{}
	for _, e := range chosen {
		path, err := paper.ExportInto(db, c.who(), e.ID, folder)
		f := fileEntry{File: path, ID: e.ID, Title: e.Title}
		if err != nil {
			f.File, f.Message = "", sentence(err)
		}
		entries = append(entries, f)
	}
	if len(entries) > 0 {
		c.say("副本没有加密，谁拿到都能看，用完请删除。")
	}
	return c.answerFiles(entries, "已写出%d份附件，%d份没有写出。")
}

// answerFiles tells what became of files, those that came to nothing first.
func (c *command) answerFiles(entries []fileEntry, counts string) error {
	bad := 0
	for _, e := range entries {
		if e.Message != "" {
			bad++
			c.say("%s", e.Message)
		}
		for _, w := range e.Warnings {
			c.say("%s", w)
		}
	}
	c.say(counts, len(entries)-bad, bad)
	if c.json {
		if err := c.emit(entries); err != nil {
			return err
		}
	} else {
		for _, e := range entries {
			if e.Message == "" {
				if _, err := c.out.Write([]byte(filepath.Clean(e.File) + "\n")); err != nil {
					return err
				}
			}
		}
	}
	if bad > 0 {
		return errOpen
	}
	return nil
}
