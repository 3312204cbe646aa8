package main

import (
	"strconv"

	"touyan/store"
	"touyan/store/dossier"
	"touyan/store/field"
	"touyan/store/record"
)

// dossierEntry is one person's dossier in a line.
type dossierEntry struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Papers  int    `json:"papers"`
	Missing int    `json:"missing"`
	Score   int    `json:"score"`
	Pass    bool   `json:"pass"`
}

// materialEntry is one material of a dossier, there or missing.
type materialEntry struct {
	Class string `json:"class"`
	Title string `json:"title"`
	Date  string `json:"date"`
	There bool   `json:"there"`
	Why   string `json:"why"`
}

// dossiers lists the dossiers of the 书记, or takes one apart.
func dossiers(c *command, args []string) error {
	everybody := c.flags().Bool("all", false, "不只在任书记，列出所有人")
	rest, err := c.parse(args, 0, 1)
	if err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	asOf := field.DateAt(db.Now())
	if len(rest) == 1 {
		return c.oneDossier(db, rest[0], asOf)
	}
	entries := []dossierEntry{}
	err = db.View(func(tx *store.Tx) error {
		ids, err := dossierOwners(tx, *everybody)
		if err != nil {
			return err
		}
		for _, id := range ids {
			d, err := dossier.Of(tx, id, asOf)
			if err != nil {
				return err
			}
			entries = append(entries, dossierEntry{d.Person.ID, d.Person.Name, countOf(d), len(d.Missing()), d.Score, d.Complete()})
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case c.json:
		return c.emit(entries)
	}
	rows := [][]string{{"姓名", "材料", "缺", "得分", "合格"}}
	for _, e := range entries {
		rows = append(rows, []string{e.Name, strconv.Itoa(e.Papers), strconv.Itoa(e.Missing), strconv.Itoa(e.Score), map[bool]string{true: "是", false: "否"}[e.Pass]})
	}
	return align(c.out, rows)
}

// dossierOwners are the people whose dossiers are listed: who is 书记 now, or
// everybody.
func dossierOwners(tx *store.Tx, everybody bool) (ids []string, err error) {
	if everybody {
		for p, err := range store.All[record.Person](tx) {
			if err != nil {
				return nil, err
			}
			ids = append(ids, p.ID)
		}
		return ids, nil
	}
	for p, err := range store.All[record.Post](tx) {
		if err != nil {
			return nil, err
		}
		if p.Position == record.Secretary && p.To.IsZero() {
			ids = append(ids, p.Person)
		}
	}
	return ids, nil
}

func countOf(d *dossier.Dossier) int {
	n := 0
	for _, c := range d.Classes {
		n += len(c.Materials)
	}
	return n
}

func (c *command) oneDossier(db *store.DB, name string, asOf field.Date) error {
	var d *dossier.Dossier
	if err := db.View(func(tx *store.Tx) error {
		id, err := oneNamed(tx, tx.Kinds().Kind("person"), name)
		if err == nil {
			d, err = dossier.Of(tx, id, asOf)
		}
		return err
	}); err != nil {
		return err
	}
	entries := []materialEntry{}
	rows := [][]string{{"类别", "材料", "形成时间", "有无", "说明"}}
	for _, class := range d.Classes {
		for _, m := range class.Materials {
			entries = append(entries, materialEntry{class.Label, m.Paper.Title, m.Paper.Date.String(), true, ""})
			rows = append(rows, []string{class.Label, m.Paper.Title, m.Paper.Date.Office(), "有", ""})
		}
		for _, m := range class.Missing {
			entries = append(entries, materialEntry{class.Label, m.Label, "", false, m.Why})
			rows = append(rows, []string{class.Label, m.Label, "", "缺", m.Why})
		}
	}
	if c.json {
		return c.emit(entries)
	}
	c.say("%s的档案：%d分。", d.Person.Name, d.Score)
	for _, x := range d.Deductions {
		c.say("%s：%d处，扣%d分。", x.Reason, x.Count, x.Points)
	}
	return align(c.out, rows)
}
