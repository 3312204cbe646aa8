package main

import (
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/report"
)

// figureEntry is one indicator.
type figureEntry struct {
	ID         string        `json:"id"`
	Group      string        `json:"group,omitempty"`
	Label      string        `json:"label"`
	Computed   float64       `json:"computed"`
	Text       string        `json:"text"`
	Unit       string        `json:"unit,omitempty"`
	Of         int           `json:"of,omitempty"`
	Goal       float64       `json:"goal,omitempty"`
	Difference *float64      `json:"difference,omitempty"` // to the goal, where there is one
	AsOf       string        `json:"as_of"`
	Since      int           `json:"since,omitempty"` // of a flow: the year
	Kind       string        `json:"kind"`
	Basis      string        `json:"basis,omitempty"`
	Parts      []figureEntry `json:"parts,omitempty"`
}

// openedEntry is one record behind an indicator.
type openedEntry struct {
	Kind   string `json:"kind"`
	ID     string `json:"id"`
	Name   string `json:"name"`
	Counts bool   `json:"counts"` // false: of the whole, and not counted
}

// figures lists the indicators of a day, or opens one to its records.
func figures(c *command, args []string) error {
	fs := c.flags()
	day := fs.String("as-of", "", "截至哪一`天`，例如 2026-06-30；不写就是今天")
	open := fs.String("open", "", "打开一个指标，列出它的名单：写`编号`，例如 F1")
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	asOf, err := dayNamed(*day, field.DateAt(db.Now()))
	if err != nil {
		return err
	}
	var list []report.Figure
	var behind []openedEntry
	err = db.View(func(tx *store.Tx) (err error) {
		if list, err = report.Select(tx, asOf); err == nil && *open != "" {
			behind, err = opened(tx, list, *open)
		}
		return err
	})
	switch {
	case err != nil:
		return err
	case *open != "":
		return c.tellOpened(behind)
	}
	return c.tellFigures(list, asOf)
}

func entryOf(f *report.Figure, asOf field.Date) figureEntry {
	e := figureEntry{ID: f.Name, Group: f.Group, Label: f.Label, Computed: f.Value, Text: f.Text(), Unit: f.Unit, Of: f.Of, Goal: f.Goal,
		AsOf: asOf.String(), Since: f.From, Kind: string(f.Sort), Basis: f.Basis}
	if f.Goal > 0 {
		d := f.Value - f.Goal
		e.Difference = &d
	}
	for i := range f.Parts {
		e.Parts = append(e.Parts, entryOf(&f.Parts[i], asOf))
	}
	return e
}

func (c *command) tellFigures(list []report.Figure, asOf field.Date) error {
	entries := make([]figureEntry, len(list))
	rows := [][]string{{"编号", "类别", "指标", "口径", "数", "分子/分母", "目标"}}
	for i := range list {
		f := &list[i]
		entries[i] = entryOf(f, asOf)
		goal := ""
		if f.Goal > 0 {
			goal = (&report.Figure{Value: f.Goal}).Text()
		}
		rows = append(rows, []string{f.Name, f.Group, f.Label, f.Sort.Word(), f.Text() + strings.TrimPrefix(f.Unit, "%"), f.Whole(), goal})
	}
	if c.json {
		return c.emit(entries)
	}
	c.say("截至%s。打开一个指标的名单：figures --open 编号。", asOf.Office())
	return align(c.out, rows)
}

// opened lists the records behind a figure, or one of its parts.
func opened(tx *store.Tx, list []report.Figure, id string) ([]openedEntry, error) {
	for i := range list {
		for _, f := range append([]report.Figure{list[i]}, list[i].Parts...) {
			if !strings.EqualFold(f.Name, id) {
				continue
			}
			out := []openedEntry{}
			for _, one := range f.IDs {
				out = append(out, openedEntry{f.Kind, one, tx.Name(f.Kind, one), true})
			}
			for _, one := range f.Rest {
				out = append(out, openedEntry{f.Kind, one, tx.Name(f.Kind, one), false})
			}
			return out, nil
		}
	}
	return nil, wrong("没有编号是“%s”的指标，有哪些见 figures", id)
}

func (c *command) tellOpened(list []openedEntry) error {
	if c.json {
		return c.emit(list)
	}
	rows := [][]string{{"计入", "名称"}}
	for _, e := range list {
		mark := "是"
		if !e.Counts {
			mark = "否"
		}
		rows = append(rows, []string{mark, e.Name})
	}
	return align(c.out, rows)
}
