package main

import (
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/backup"
	"touyan/store/disk"
	"touyan/store/examine"
	"touyan/store/field"
)

// verifyAnswer is what verify found.
type verifyAnswer struct {
	Ledger   string         `json:"ledger"`
	Good     bool           `json:"good"`
	Values   int            `json:"values"`
	Records  int            `json:"records"`
	Entries  int            `json:"entries"`
	Hidden   int            `json:"hidden"`
	Root     string         `json:"root"`
	Findings []findingEntry `json:"findings"`
}

type findingEntry struct {
	What  string `json:"what"`
	Where string `json:"where"`
}

// verifyLedger looks at every value of the ledger. Finding damage is an answer
// and something left open.
func verifyLedger(c *command, args []string) error {
	c.flags()
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	db, err := c.open()
	if slices.ContainsFunc([]error{store.ErrDamaged, store.ErrCut, store.ErrEmpty, store.ErrHung}, func(e error) bool { return errors.Is(err, e) }) {
		return errors.Join(c.answer(verifyAnswer{Ledger: c.ledger, Findings: []findingEntry{{string(store.Altered), sentence(err)}}}), err)
	}
	if err != nil {
		return err
	}
	defer db.Close()
	r, err := db.Verify(c.ctx)
	if err != nil {
		return err
	}
	found := slices.Concat(db.Findings(), r.Findings)
	a := verifyAnswer{
		Ledger: db.Path(), Good: len(found) == 0, Values: r.Values, Records: r.Records, Entries: r.Entries,
		Hidden: r.Hidden, Root: r.Head.Root, Findings: []findingEntry{},
	}
	for _, f := range found {
		a.Findings = append(a.Findings, findingEntry{string(f.What), f.Where})
		c.say("%s。", f)
	}
	if a.Good {
		c.say("台账完好：%d条记录、%d条留痕，逐项核对无误。", r.Records, r.Entries)
	} else {
		c.say("台账不完好，请从最近的备份恢复：touyanctl restore --from 备份文件 --ledger %s", filepath.Base(db.Path()))
	}
	if c.json {
		err = c.emit(a)
	} else {
		err = align(c.out, [][]string{{"核对了", "数目"}, {"记录", strconv.Itoa(r.Records)}, {"留痕", strconv.Itoa(r.Entries)}, {"台账里的各项", strconv.Itoa(r.Values)}, {"留痕的根", r.Head.Root}})
	}
	if err == nil && !a.Good {
		return errOpen
	}
	return err
}

// copyEntry is one backup.
type copyEntry struct {
	File   string `json:"file"`
	When   string `json:"when"`
	Reason string `json:"reason"`
	Size   int64  `json:"size"`
	Seq    uint64 `json:"seq"` // the last operation it holds
}

// backupLedger makes a copy and reads it back.
func backupLedger(c *command, args []string) error {
	fs := c.flags()
	to := fs.String("to", "", "放备份的`文件夹`；不写就放在台账旁边")
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	folder := *to
	if folder == "" {
		folder = backup.Folder(db.Path())
	}
	made, err := backup.Make(c.ctx, db, folder, backup.ByHand, nil)
	if err != nil {
		return err
	}
	if err := db.Note(backup.Noted, string(backup.ByHand), made.Path, c.who()); err != nil {
		return err
	}
	c.say("已备份，并从磁盘读回核对过：%s", made.Path)
	return c.answer(copyEntry{made.Path, made.At.Format(time.RFC3339), string(made.Reason), made.Size, made.Mark.Seq})
}

// restoreAnswer is what restore did.
type restoreAnswer struct {
	Ledger string `json:"ledger"`
	From   string `json:"from"`
	Aside  string `json:"aside"` // where the old ledger lies now
}

// restore puts a copy, or what a damaged ledger was before its last operation, in
// the ledger's place; the present file is kept beside.
func restore(c *command, args []string) error {
	fs := c.flags()
	from := fs.String("from", "", "备份`文件`")
	earlier := fs.Bool("earlier", false, "不用备份，用损坏的台账文件里最后一步之前的内容")
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	path, err := c.path()
	if err != nil {
		return err
	}
	switch {
	case *earlier && *from != "":
		return wrong("--from 和 --earlier 只能用一个")
	case *earlier:
		*from = path
	case *from == "":
		return wrong("请用 --from 写明备份文件")
	}
	seen := examine.File(c.ctx, path)
	if seen.State == examine.InUse {
		return seen.Err()
	}
	if *earlier && !seen.Previous {
		return &disk.Error{Text: "只有损坏了、而最后一步之前的内容还完好的台账才能这样恢复；这一份不是，请用 --from 写明备份文件。", Err: seen.Err()}
	}
	damaged := seen.Lost() && seen.State != examine.Missing
	done, err := backup.Restore(c.ctx, backup.Restoring{From: *from, Earlier: *earlier, Ledger: path, Damaged: damaged, Now: time.Now})
	if err != nil {
		return err
	}
	if *earlier {
		c.say("台账已恢复到最后一步之前，请看看那一步还在不在。")
	} else {
		c.say("已从%s恢复台账。", filepath.Base(*from))
	}
	if done.Aside != "" {
		c.say("原来的台账没有删，改名为：%s", filepath.Base(done.Aside))
	}
	return c.answer(restoreAnswer{path, *from, done.Aside})
}

// journalEntry is one line of the journal.
type journalEntry struct {
	Seq    uint64 `json:"seq"`
	When   string `json:"when"`
	Who    string `json:"who"`
	Role   string `json:"role"`
	Op     string `json:"op"`
	Event  bool   `json:"event"`
	Object string `json:"object,omitempty"`
	Detail string `json:"detail,omitempty"`
	Why    string `json:"why,omitempty"`
	Book   string `json:"book,omitempty"`
	Undid  uint64 `json:"undid,omitempty"`
	Turned string `json:"turned,omitempty"` // the clock, since the entry before
}

// journal lists what was done, the newest first.
func journal(c *command, args []string) error {
	fs := c.flags()
	by := fs.String("by", "", "只列这个`人`做的")
	op := fs.String("op", "", "只列这种`操作`，例如 导入")
	since := fs.String("since", "", "从哪一`天`起，例如 2026-06-30")
	until := fs.String("until", "", "到哪一`天`止")
	most := fs.Uint64("limit", 0, "最多列几`条`，不写就全列")
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	first, err := dayNamed(*since, field.Date{})
	if err != nil {
		return err
	}
	last, err := dayNamed(*until, field.Date{Year: 9999, Month: 12, Day: 31})
	if err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	entries := []journalEntry{}
	err = db.View(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			at := field.DateAt(e.At.Local())
			if *by != "" && e.Who.Name != *by || *op != "" && e.Op != *op || at.Before(first) || last.Before(at) {
				continue
			}
			if entries = append(entries, journalLine(e)); uint64(len(entries)) == *most {
				break
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if c.json {
		return c.emit(entries)
	}
	rows := [][]string{{"序号", "时间", "操作人", "操作", "内容"}}
	for _, e := range entries {
		what := []string{e.Object, e.Detail, e.Book, e.Why, e.Turned}
		what = slices.DeleteFunc(what, func(s string) bool { return s == "" })
		at, _ := time.Parse(time.RFC3339, e.When)
		rows = append(rows, []string{strconv.FormatUint(e.Seq, 10), at.Local().Format("2006-01-02 15:04"), e.Who, e.Op, strings.Join(what, "；")})
	}
	return align(c.out, rows)
}

func journalLine(e store.Entry) journalEntry {
	j := journalEntry{
		Seq: e.Seq, When: e.At.Format(time.RFC3339), Who: e.Who.Name, Role: e.Who.Role, Op: e.Op, Event: e.Event,
		Object: e.Object, Detail: e.Detail, Why: e.Why, Undid: e.Undid,
	}
	switch {
	case e.Batch != nil:
		j.Book = e.Batch.Book
	case e.Sent != nil:
		j.Book = e.Sent.File
	}
	if e.Turned != 0 {
		j.Turned = "系统时间被拨动 " + e.Turned.Round(time.Second).String()
	}
	return j
}
