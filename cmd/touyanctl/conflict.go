package main

import (
	"strings"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
)

// conflictEntry is one cell whose versions differ. ours is what the ledger
// shows, be it that another office wrote it: own says whether this one did.
// theirs is the first value against it.
type conflictEntry struct {
	ID         string   `json:"id"`
	Kind       string   `json:"kind"`
	Record     string   `json:"record"`
	Name       string   `json:"name"` // of the record
	Field      string   `json:"field"`
	Label      string   `json:"label"` // of the field
	Base       string   `json:"base"`
	Ours       string   `json:"ours"`
	Own        bool     `json:"own"`
	OursBy     string   `json:"ours_by"`
	OursWhen   string   `json:"ours_when"`
	OursOffice string   `json:"ours_office"`
	Theirs     string   `json:"theirs"`
	By         string   `json:"by"`
	When       string   `json:"when"`
	Book       string   `json:"book"`
	Office     string   `json:"office"`
	Others     []string `json:"others,omitempty"` // further values, where more than two differ
	Sheet      string   `json:"sheet,omitempty"`  // where a book that would bring it has it
	Cell       string   `json:"cell,omitempty"`
}

func listConflicts(c *command, args []string) error {
	fs := c.flags()
	out := fs.String("out", "", "写出《数据核对情况表》：待裁定的和裁定过的，到这个`簿`")
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	open := c.openFor
	if *out == "" {
		open = func(string) (*store.DB, error) { return c.open() }
	}
	db, err := open(*out)
	if err != nil {
		return err
	}
	defer db.Close()
	if *out != "" {
		lines, err := exchange.WriteReconciliation(c.ctx, db, c.who(), *out)
		if err != nil {
			return err
		}
		c.say("已写出%d处：%s", lines, *out)
		return c.answer(struct {
			File  string `json:"file"`
			Lines int    `json:"lines"`
		}{*out, lines})
	}
	var list []exchange.Dispute
	err = db.View(func(tx *store.Tx) (err error) {
		list, err = exchange.Disputes(tx)
		return err
	})
	if err != nil {
		return err
	}
	if c.json {
		return c.emit(conflictEntries(list))
	}
	if len(list) == 0 {
		c.say("没有待裁定的冲突。")
		return nil
	}
	rows := [][]string{{"编号", "记录", "栏目", "原值", "现显示", "何人", "对方", "何人", "文件"}}
	for _, d := range list {
		var theirs []string
		for _, s := range d.Others {
			theirs = append(theirs, orBlank(s.Text))
		}
		rows = append(rows, []string{d.Conflict.ID, d.Name, d.Label, d.Base.Text, orBlank(d.Shown.Text), writer(d.Shown),
			strings.Join(theirs, " / "), writer(d.Others[0]), d.Others[0].Origin.Book})
	}
	return align(c.out, rows)
}

// conflictEntries are conflicts, open or to come, for a program to read.
func conflictEntries(list []exchange.Dispute) []conflictEntry {
	entries := []conflictEntry{}
	for _, d := range list {
		ours, theirs := d.Shown.Origin, d.Others[0].Origin
		e := conflictEntry{ID: d.Conflict.ID, Kind: d.Conflict.Kind, Record: d.Conflict.Record, Name: d.Name, Field: d.Conflict.Field, Label: d.Label,
			Base: d.Base.Text, Ours: d.Shown.Text, Own: d.Shown.Own, OursBy: ours.Who, OursWhen: moment(ours.At), OursOffice: ours.Name,
			Theirs: d.Others[0].Text, By: theirs.Who, When: moment(theirs.At), Book: theirs.Book, Office: theirs.Name,
			Sheet: d.Sheet, Cell: d.Cell}
		for _, s := range d.Others[1:] {
			e.Others = append(e.Others, s.Text)
		}
		entries = append(entries, e)
	}
	return entries
}

// writer is who wrote a value: 本级 where this office did, else the office by
// its name.
func writer(s exchange.Saying) string {
	office := s.Origin.Name
	if s.Own {
		office = "本级"
	}
	if text := strings.TrimSpace(office + " " + s.Origin.Who); text != "" {
		return text
	}
	return "不知何人"
}

func orBlank(text string) string {
	if text == "" {
		return "（空白）"
	}
	return text
}

// disputeLine is a conflict that a book would bring, as a line for people.
func disputeLine(d *exchange.Dispute) string {
	said := func(s exchange.Saying) string {
		text := "“" + orBlank(s.Text) + "”（" + writer(s)
		if !s.Origin.At.IsZero() {
			text += " " + s.Origin.At.Local().Format("2006.01.02 15:04")
		}
		return text + "）"
	}
	var others []string
	for _, s := range d.Others {
		others = append(others, said(s))
	}
	text := d.Kind.Label + " " + d.Name + "的“" + d.Label + "”：现显示" + said(d.Shown) + "，对方" + strings.Join(others, "、")
	if d.Base.Value != "" {
		text += "，原值“" + d.Base.Text + "”"
	}
	if d.Sheet != "" {
		text += "；见“" + d.Sheet + "”表 " + d.Cell
	}
	return text + "。"
}

// decided is what decide answers.
type decided struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Record string `json:"record"`
	Name   string `json:"name"`
	Field  string `json:"field"`
	Label  string `json:"label"`
	Value  string `json:"value"`
}

func decide(c *command, args []string) error {
	fs := c.flags()
	why := fs.String("why", "", "这样决定的`原因`")
	rest, err := c.parse(args, 2, 2)
	if err != nil {
		return err
	}
	reason := field.Tidy(*why)
	if reason == "" {
		return wrong("请用 --why 写明这样决定的原因，它会随下一次上报或下发一起送到")
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	var answer decided
	err = db.Do("裁定", c.who(), func(tx *store.Tx) error {
		o, err := conflictNamed(tx, rest[0])
		if err != nil {
			return err
		}
		value, err := choice(tx, &o, rest[1])
		if err != nil {
			return err
		}
		tx.NoteWhy(reason)
		is := o.Conflict
		if err := tx.Decide(is.Kind, is.Record, is.Field, value); err != nil {
			return err
		}
		answer = decided{is.ID, is.Kind, is.Record, o.Name, is.Field, o.Label, shownCell(tx, o.Field, value)}
		return nil
	})
	if err != nil {
		return err
	}
	c.say("%s的“%s”已定为“%s”。", answer.Name, answer.Label, answer.Value)
	return c.answer(answer)
}

func conflictNamed(tx *store.Tx, id string) (exchange.Dispute, error) {
	open, err := tx.Conflicts()
	if err != nil {
		return exchange.Dispute{}, err
	}
	for _, o := range open {
		if o.ID == strings.ToLower(id) {
			return exchange.DisputeOf(tx, o)
		}
	}
	return exchange.Dispute{}, refused("没有编号为“%s”的冲突，它可能已经裁定过；请用 conflicts 查看", id)
}

// choice is the canonical text of what was chosen.
func choice(tx *store.Tx, o *exchange.Dispute, text string) (string, error) {
	f := o.Field
	switch {
	case text == "ours":
		return o.Shown.Value, nil
	case text == "theirs" && len(o.Others) == 1:
		return o.Others[0].Value, nil
	case text == "theirs":
		return "", refused("这一栏有%d个不同的值，“theirs”说不清是哪一个，请直接写出值", len(o.Others)+1)
	case f == nil:
		return text, nil
	case f.Type != field.Ref || text == "":
		value, p := f.Read(field.Input{Text: text})
		if p != nil {
			return "", refused("%s", p.Message)
		}
		return value, nil
	}
	ids, err := recordsNamed(tx, f.Target, text)
	if err == nil && len(ids) != 1 {
		err = refused("台账里叫“%s”的%s有%d个，请改写它的 id", text, tx.Kinds().Kind(f.Target).Label, len(ids))
	}
	if err != nil {
		return "", err
	}
	return ids[0], nil
}

// shownCell is a value as list shows it: words for codes, names for
// references, dates as 1985-03.
func shownCell(tx *store.Tx, f *field.Field, canonical string) string {
	switch {
	case f == nil || f.Type == field.Day:
		return canonical
	case f.Type == field.Ref:
		return tx.Name(f.Target, canonical)
	}
	return f.Show(canonical)
}

// valueOf is what a cell shows now.
func valueOf(tx *store.Tx, kind, id, name string) string {
	row, ok, err := tx.Row(kind, id)
	if err != nil || !ok {
		return ""
	}
	if name == store.VoidCell {
		return row.Void
	}
	return tx.Kinds().Kind(kind).Value(row, name)
}
