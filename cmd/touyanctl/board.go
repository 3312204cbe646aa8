package main

import (
	"path/filepath"
	"strconv"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
)

// boardEntry is how one office stands with its report on one period.
type boardEntry struct {
	Office    string `json:"office"` // code
	Name      string `json:"name"`
	Period    string `json:"period"`
	Due       string `json:"due"`
	Standing  string `json:"standing"`
	Version   int    `json:"version"`
	Late      int    `json:"late"` // days
	Conflicts int    `json:"conflicts"`
	Batch     string `json:"batch"`
	Book      string `json:"book"`
	When      string `json:"when"`
	Held      string `json:"held,omitempty"`
}

// board lists who reported on a period, and who did not.
func board(c *command, args []string) error {
	fs := c.flags()
	period := fs.String("period", "", "哪一`期`，像 2026Q1 或 2026；不写就是现在要报的一期")
	due := fs.String("due", "", "先把这一期的报送期限定为这一`天`")
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	today := field.DateAt(db.Now())
	p := exchange.Periods(today)[0]
	if *period != "" {
		if p = exchange.Period(*period); !p.Valid() {
			return wrong("“%s”不是报送期，请写成 2026Q1（季度）或 2026（全年）", *period)
		}
	}
	if *due != "" {
		until, err := dayNamed(*due, today)
		if err != nil {
			return err
		}
		if err := exchange.SetDue(db, c.who(), p, until); err != nil {
			return err
		}
	}
	var b *exchange.Board
	err = db.View(func(tx *store.Tx) (err error) {
		b, err = exchange.BoardOf(tx, today, p)
		return err
	})
	if err != nil {
		return err
	}
	return c.sayBoard(b)
}

func (c *command) sayBoard(b *exchange.Board) error {
	entries := []boardEntry{}
	rows := [][]string{{"单位", "状态", "版", "迟报天数", "冲突", "批次", "文件", "收到"}}
	for _, o := range b.Offices {
		for i, r := range o.Reports {
			e := boardEntry{Office: o.Office.Code, Name: o.Office.Name, Period: string(b.Periods[i]), Due: b.Due[i].String(),
				Standing: r.Standing.String(), Version: r.Version, Late: r.Late, Conflicts: r.Conflicts}
			if r.Last.Seq > 0 {
				e.Batch, e.Book, e.When, e.Held = exchange.BatchID(r.Last.Seq), r.Last.Batch.Book, moment(r.Came), r.Last.Batch.Held
			}
			entries = append(entries, e)
			rows = append(rows, []string{e.Name, e.Standing, strconv.Itoa(e.Version), strconv.Itoa(e.Late), strconv.Itoa(e.Conflicts), e.Batch, e.Book, e.When})
		}
	}
	if c.json {
		return c.emit(entries)
	}
	if len(entries) == 0 {
		c.say("台账里没有下级单位，看板是空的。")
		return nil
	}
	c.say("%s，报送期限%s。", b.Periods[0], b.Due[0].Office())
	return align(c.out, rows)
}

// issue writes a return book for every office right below into a folder.
func (c *command) issue(db *store.DB, folder string, o exchange.Order) error {
	sent, err := exchange.SendEach(c.ctx, db, c.who(), folder, o, nil)
	for _, s := range sent {
		c.say("已写出%d行：%s", s.Rows, filepath.Join(folder, s.File))
	}
	if err != nil {
		return err
	}
	return c.answer(sent)
}
