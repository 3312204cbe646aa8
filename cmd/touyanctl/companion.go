package main

import (
	"os"
	"path/filepath"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/paper"
)

// companionEntry is what became of companions, in the answers of paper take and
// of merge.
type companionEntry struct {
	Taken   int      `json:"taken"`
	Had     int      `json:"had"`
	Unasked int      `json:"unasked"`
	Waiting int      `json:"waiting"` // papers in the ledger whose files have not been received
	Wrong   []string `json:"wrong,omitempty"`
}

// packPapers writes the companion of a workbook that was sent.
func (c *command) packPapers(db *store.DB, books []string, all bool, part int64) error {
	entries := []packEntry{}
	for _, book := range books {
		p, err := exchange.PackingOf(c.ctx, book, os.Getenv("TOUYAN_BOOK_PASSWORD"))
		if err != nil {
			return unopened(err, os.Getenv("TOUYAN_BOOK_PASSWORD"))
		}
		if p.Book == "" {
			return refused("“%s”里没有附件登记，没有附件包可写；请用 export 带上附件（paper）这一类再导出一份", filepath.Base(book))
		}
		p.All, p.Part = all, part<<20
		e, err := c.pack(db, p)
		if err != nil {
			return err
		}
		entries = append(entries, e)
	}
	return c.answer(entries)
}

// packEntry is one companion in the answer of paper pack.
type packEntry struct {
	Book    string   `json:"book"`
	Files   []string `json:"files"`
	Papers  int      `json:"papers"`
	Bytes   int64    `json:"bytes"`
	Before  int      `json:"before"`
	Resumed int      `json:"resumed"`
	Lacks   []string `json:"lacks,omitempty"`
}

func (c *command) pack(db *store.DB, p paper.Packing) (packEntry, error) {
	out, err := paper.Pack(c.ctx, db, c.who(), p, nil)
	e := packEntry{filepath.Base(p.Path), out.Files, out.Papers, out.Bytes, out.Before, out.Resumed, nil}
	for _, l := range out.Lacks {
		e.Lacks = append(e.Lacks, l.Error())
		c.say("%s", l)
	}
	if err != nil {
		if out.Papers > 0 {
			c.say("附件包没有写完，已经写好的%d份留着；再写一次会接着写。", out.Papers)
		}
		return e, err
	}
	c.say("附件包写好%d份，以前给过的%d份没有再放进去，缺原件的%d份。", out.Papers, out.Before, len(out.Lacks))
	for _, f := range out.Files {
		c.say("  %s", f)
	}
	return e, nil
}

// takePapers takes companions in, or those lying beside workbooks.
func (c *command) takePapers(db *store.DB, files []string) error {
	var sum paper.Unpacked
	for _, path := range files {
		var got paper.Unpacked
		var err error
		if paper.IsCompanion(path) || filepath.Ext(path) == paper.CompanionTail {
			got, err = paper.Unpack(c.ctx, db, c.who(), nil, []string{path}, nil)
		} else {
			got, err = c.beside(db, path)
		}
		sum.Taken, sum.Had, sum.Unasked, sum.Wrong = sum.Taken+got.Taken, sum.Had+got.Had, sum.Unasked+got.Unasked, append(sum.Wrong, got.Wrong...)
		if err != nil {
			c.say("已接收的%d份留着；再接收一次会接着来。", sum.Taken)
			return err
		}
	}
	e, err := c.tellTaken(db, sum)
	if err != nil {
		return err
	}
	if err := c.answer(e); err != nil {
		return err
	}
	if len(e.Wrong) > 0 {
		return errOpen
	}
	return nil
}

// beside takes in the companions that lie beside a workbook, with the keys that
// it carries.
func (c *command) beside(db *store.DB, book string) (paper.Unpacked, error) {
	p, err := exchange.PackingOf(c.ctx, book, os.Getenv("TOUYAN_BOOK_PASSWORD"))
	if err != nil {
		return paper.Unpacked{}, unopened(err, os.Getenv("TOUYAN_BOOK_PASSWORD"))
	}
	return paper.Beside(c.ctx, db, c.who(), book, &p.Companion, nil)
}

func (c *command) tellTaken(db *store.DB, u paper.Unpacked) (companionEntry, error) {
	e := companionEntry{Taken: u.Taken, Had: u.Had, Unasked: u.Unasked, Wrong: u.Wrong}
	waiting, err := waitingPapers(db)
	if err != nil {
		return e, err
	}
	e.Waiting = len(waiting)
	for _, w := range u.Wrong {
		c.say("  %s", w)
	}
	if e.quiet() {
		return e, nil
	}
	c.say("附件：收到%d份，原来就有%d份，不是这本台账要的%d份，还没有收到%d份。", e.Taken, e.Had, e.Unasked, e.Waiting)
	return e, nil
}

// quiet reports that there is nothing to tell: no companion came, and nothing
// waits for one.
func (e *companionEntry) quiet() bool {
	return e.Taken+e.Had+e.Unasked+e.Waiting+len(e.Wrong) == 0
}

func waitingPapers(db *store.DB) (list []paper.Waiting, err error) {
	err = db.View(func(tx *store.Tx) error {
		list, err = paper.NotYetReceived(tx)
		return err
	})
	return list, err
}

// waitingEntry is one paper in the answer of paper waiting.
type waitingEntry struct {
	ID     string `json:"id"`
	Owner  string `json:"owner"`
	Title  string `json:"title"`
	Class  string `json:"class"`
	Office string `json:"office"`
}

// listWaiting lists the papers whose files have not been received.
func (c *command) listWaiting(db *store.DB) error {
	list, err := waitingPapers(db)
	if err != nil {
		return err
	}
	entries := []waitingEntry{}
	rows := [][]string{{"来自", "所属", "材料名称", "材料类别"}}
	for _, w := range list {
		entries = append(entries, waitingEntry{w.Record, w.Name, w.Title, w.Class, w.Office})
		rows = append(rows, []string{w.Office, w.Name, w.Title, w.Class})
	}
	switch {
	case c.json:
		return c.emit(entries)
	case len(entries) == 0:
		c.say("没有等着收的附件。")
		return nil
	}
	return align(c.out, rows)
}
