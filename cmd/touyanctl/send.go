package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sheet"
	"touyan/store/xlsx"
)

// printForm writes one form, as an office would send it.
func printForm(c *command, args []string) error {
	fs := c.flags()
	name := fs.String("form", "", "哪张`表`，名称见 forms")
	where := fs.StringArray("where", nil, "只要符合`栏目=值`的")
	kind := fs.String("copy", "full", "哪`一种`：full 内部全量（不写就是它）、report 上报、public 公示")
	encrypt := fs.Bool("encrypt", false, "给簿加打开密码：TOUYAN_BOOK_PASSWORD 里的那个")
	notice := &sheet.Notice{}
	fs.StringVar(&notice.Period, "notice", "", "公示件上的公示`期`，从哪天到哪天")
	fs.StringVar(&notice.Office, "notice-office", "", "公示件上的受理`单位`")
	fs.StringVar(&notice.Phone, "notice-phone", "", "公示件上的监督`电话`")
	asOf := fs.String("as-of", "", "年龄和任期算到哪一`天`，不写就是今天")
	out := fs.String("out", "", "写到哪个`簿`")
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	which, ok := copyNamed(*kind)
	if !ok {
		return wrong("--copy 请写 full、report 或 public")
	}
	f := exchange.FormNamed(record.Kinds(), *name)
	switch {
	case *name == "":
		return wrong("请用 --form 写明打印哪张表，名称见 forms")
	case f == nil:
		return wrong("没有名为“%s”的表，请用 forms 查看", *name)
	}
	db, err := c.openFor(*out)
	if err != nil {
		return err
	}
	defer db.Close()
	o := exchange.Order{Forms: []*field.Form{exchange.FormNamed(db.Kinds(), *name)}, Copy: which}
	if o.Secret, err = secretOf(*encrypt); err != nil {
		return err
	}
	if *notice != (sheet.Notice{}) {
		if which != exchange.Public {
			return wrong("--notice 只用于公示件，请加上 --copy public")
		}
		notice.Signed = db.Office().Name + "　" + db.Now().Format("2006年1月2日")
		o.Notice = notice
	}
	if o.AsOf, err = dayNamed(*asOf, field.DateAt(db.Now())); err != nil {
		return err
	}
	if o.Where, err = c.conditions(db, f.Kind, *where); err != nil {
		return err
	}
	return c.send(db, *out, o)
}

// export writes a bundle for another office.
func export(c *command, args []string) error {
	fs := c.flags()
	to := fs.String("to", "", "收件`单位`：区划代码，或 parent、own、county、city")
	kinds := fs.String("kinds", "", "只要这些`类别`，用逗号隔开")
	protect := fs.Bool("protect", false, "锁定不该改的单元格")
	encrypt := fs.Bool("encrypt", false, "给簿加打开密码：TOUYAN_BOOK_PASSWORD 里的那个")
	period := fs.String("period", "", "报的是哪一`期`，像 2026Q1 或 2026")
	why := fs.String("why", "", "这一期报过又再报的（更正）：为什么，封面上写明")
	out := fs.String("out", "", "写到哪个`簿`；--to below 时是文件夹")
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	switch {
	case *to == "":
		return wrong("请用 --to 写明收件单位")
	case *period != "" && !exchange.Period(*period).Valid():
		return wrong("“%s”不是报送期，请写成 2026Q1（季度）或 2026（全年）", *period)
	}
	var names []string
	if *kinds != "" {
		names = strings.Split(*kinds, ",")
	}
	if _, err := exchange.Registers(record.Kinds(), names); err != nil {
		return wrong("%v", err)
	}
	open := c.openFor
	if *to == "below" {
		open = c.openForFolder
	}
	db, err := open(*out)
	if err != nil {
		return err
	}
	defer db.Close()
	forms, err := exchange.Registers(db.Kinds(), names)
	if err != nil {
		return err
	}
	o := exchange.Order{Forms: forms, Copy: exchange.Full, Cover: true, Protect: *protect, Period: exchange.Period(*period), Why: field.Tidy(*why), AsOf: field.DateAt(db.Now())}
	if o.Secret, err = secretOf(*encrypt); err != nil {
		return err
	}
	if *to == "below" {
		return c.issue(db, *out, o)
	}
	err = db.View(func(tx *store.Tx) (err error) {
		o.To, err = exchange.Addressee(tx, *to)
		return err
	})
	if err != nil {
		return err
	}
	return c.send(db, *out, o)
}

// secretOf is the password a book is to be opened with, from the environment:
// on the command line it would stand in the shell's history.
func secretOf(encrypt bool) (string, error) {
	secret := os.Getenv("TOUYAN_BOOK_PASSWORD")
	switch {
	case !encrypt:
		return "", nil
	case secret == "":
		return "", noPassword{errors.New("要给簿加密码，请把密码写在环境变量 TOUYAN_BOOK_PASSWORD 里")}
	}
	return secret, nil
}

// openFor opens the ledger to write a book from it.
func (c *command) openFor(out string) (*store.DB, error) {
	if out == "" {
		return nil, wrong("请用 --out 写明写到哪个簿")
	}
	if err := c.mayWriteBook("out", out, ""); err != nil {
		return nil, err
	}
	return c.open()
}

// openForFolder opens the ledger to write books from it into a folder.
func (c *command) openForFolder(out string) (*store.DB, error) {
	if out == "" {
		return nil, wrong("请用 --out 写明写到哪个文件夹")
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, disk.CannotWrite(out, err)
	}
	return c.open()
}

// mayWriteBook holds the name of a book to be written, given with a flag, to
// what can be meant: an older book may be replaced, but neither the ledger, nor
// the book that is read, nor a file of another sort.
func (c *command) mayWriteBook(flag, path, source string) error {
	info, err := os.Stat(path)
	for _, taken := range []string{c.ledger, source} {
		if other, e := os.Stat(taken); err == nil && e == nil && os.SameFile(info, other) {
			return wrong("--%s 写的“%s”正是要读的文件，写上去它就没有了，请另写一个文件名", flag, filepath.Base(path))
		}
	}
	if err := disk.MayWrite(path); err != nil {
		return err
	}
	if err != nil || info.Size() == 0 || strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return nil
	}
	old, err := xlsx.Open(path, xlsx.DefaultLimits())
	if err != nil {
		return refused("“%s”已经在那里，而且不是工作簿，没有覆盖它，请另写一个以 .xlsx 结尾的文件名", filepath.Base(path))
	}
	return old.Close()
}

func (c *command) send(db *store.DB, out string, o exchange.Order) error {
	sent, err := exchange.Send(c.ctx, db, c.who(), out, o, nil)
	if err != nil {
		return err
	}
	c.say("已写出%d行：%s", sent.Rows, out)
	return c.answer(sent)
}
