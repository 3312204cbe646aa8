package main

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/exchange"
)

// batchEntry is one batch of the journal.
type batchEntry struct {
	Batch   string `json:"batch"`
	When    string `json:"when"`
	Who     string `json:"who"`
	Book    string `json:"book"`
	From    string `json:"from"`
	Form    string `json:"form"`
	Sheet   string `json:"sheet"`
	Rows    int    `json:"rows"`
	New     int    `json:"new"`
	Updated int    `json:"updated"`
	Same    int    `json:"same"`
	Refused int    `json:"refused"`
	Undone  bool   `json:"undone"`
}

// undone is what undo answers: the batch, and the later cells that stood in
// the way or, with --keep-later, were left as they are.
type undone struct {
	batchEntry
	Conflicts int         `json:"conflicts"`
	Problems  []laterCell `json:"problems"`
}

type laterCell struct {
	Kind    string `json:"kind"`
	Record  string `json:"record"`
	Name    string `json:"name"`
	Label   string `json:"label"`
	Value   string `json:"value"` // now
	Batch   string `json:"batch,omitempty"`
	Message string `json:"message"`
}

func listBatches(c *command, args []string) error {
	c.flags()
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	entries := []batchEntry{}
	err = db.View(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			if e.Batch == nil {
				continue
			}
			b, err := batchOf(tx, e)
			if err != nil {
				return err
			}
			entries = append(entries, b)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if c.json {
		return c.emit(entries)
	}
	rows := [][]string{{"批次", "时间", "经办人", "文件", "来自", "新增", "更新", "已撤销"}}
	for _, b := range entries {
		gone := ""
		if b.Undone {
			gone = "是"
		}
		rows = append(rows, []string{b.Batch, b.When, b.Who, b.Book, b.From, strconv.Itoa(b.New), strconv.Itoa(b.Updated), gone})
	}
	return align(c.out, rows)
}

func batchOf(tx *store.Tx, e store.Entry) (batchEntry, error) {
	by, err := tx.Undone(e.Seq)
	b := e.Batch
	return batchEntry{Batch: exchange.BatchID(e.Seq), When: moment(e.At), Who: e.Who.Name, Book: b.Book, From: b.From, Form: b.Form, Sheet: b.Sheet,
		Rows: b.Rows, New: b.New, Updated: b.Updated, Same: b.Same, Refused: b.Refused, Undone: by > 0}, err
}

func undo(c *command, args []string) error {
	fs := c.flags()
	keep := fs.Bool("keep-later", false, "后来又改过的栏目保持现在的内容，其余的撤销")
	rest, err := c.parse(args, 1, 1)
	if err != nil {
		return err
	}
	seq, err := strconv.ParseUint(strings.TrimPrefix(strings.ToUpper(rest[0]), "B"), 10, 64)
	if err != nil {
		return wrong("“%s”不是批次号，批次号像 B12 这样，请用 batches 查看", rest[0])
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	var answer undone
	if answer.batchEntry, err = findBatch(db, seq); err != nil {
		return err
	}
	later, err := db.Undo(seq, c.who(), *keep)
	if err != nil && !errors.Is(err, store.ErrLater) {
		return err
	}
	answer.Undone = err == nil
	if answer.Problems, err = laterCells(db, later, *keep); err != nil {
		return err
	}
	return c.answerUndo(answer)
}

func findBatch(db *store.DB, seq uint64) (b batchEntry, err error) {
	err = db.View(func(tx *store.Tx) error {
		e, ok, err := tx.Entry(seq)
		if err != nil {
			return err
		}
		if !ok || e.Batch == nil {
			return store.ErrNoBatch
		}
		b, err = batchOf(tx, e)
		return err
	})
	return b, err
}

func (c *command) answerUndo(answer undone) error {
	for _, l := range answer.Problems {
		c.say("%s", l.Message)
	}
	if answer.Undone {
		c.say("已撤销批次 %s（%s）。", answer.Batch, answer.Book)
	} else {
		c.say("批次 %s 没有撤销：上面这些内容后来又有人改过。要保留后来的改动、撤销其余的，请加 --keep-later。", answer.Batch)
	}
	if err := c.answer(answer); err != nil || answer.Undone {
		return err
	}
	return errOpen
}

// laterCells tells of cells changed after the batch, with what they show now.
func laterCells(db *store.DB, later []store.Later, kept bool) ([]laterCell, error) {
	out := []laterCell{}
	err := db.View(func(tx *store.Tx) error {
		for _, l := range later {
			k := tx.Kinds().Kind(l.Kind)
			row, _, err := tx.Row(l.Kind, l.ID)
			if err != nil {
				return err
			}
			cell := laterCell{Kind: l.Kind, Record: l.ID, Name: tx.NameOf(k, row)}
			what := k.Label + "“" + cell.Name + "”"
			if l.Field != "" {
				f := k.Field(l.Field)
				cell.Label, cell.Value = exchange.LabelOf(f, l.Field), shownCell(tx, f, valueOf(tx, l.Kind, l.ID, l.Field))
				what += "的“" + cell.Label + "”"
			}
			cell.Message = what + "后来又被“" + l.Op + "”改过"
			if kept {
				cell.Message += "，已保持现在的内容。"
			} else {
				cell.Message += "。"
			}
			if e, ok, err := tx.Entry(l.Seq); err == nil && ok && e.Batch != nil {
				cell.Batch = exchange.BatchID(l.Seq)
			}
			out = append(out, cell)
		}
		return nil
	})
	return out, err
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(time.RFC3339)
}
