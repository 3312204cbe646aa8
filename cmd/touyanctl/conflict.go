package main

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
)

// conflictEntry is one cell whose versions differ. ours is what the ledger
// shows, theirs the first version against it.
type conflictEntry struct {
	ID     string   `json:"id"`
	Kind   string   `json:"kind"`
	Record string   `json:"record"`
	Name   string   `json:"name"` // of the record
	Field  string   `json:"field"`
	Label  string   `json:"label"` // of the field
	Base   string   `json:"base"`
	Ours   string   `json:"ours"`
	Theirs string   `json:"theirs"`
	By     string   `json:"by"`
	When   string   `json:"when"`
	Book   string   `json:"book"`
	Office string   `json:"office"`
	Others []string `json:"others,omitempty"` // further values, where more than two differ
}

func listConflicts(c *command, args []string) error {
	c.flags()
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	entries := []conflictEntry{}
	err = db.View(func(tx *store.Tx) error {
		open, err := tx.Conflicts()
		if err != nil {
			return err
		}
		for _, o := range open {
			e, err := conflictOf(tx, o)
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if c.json {
		return c.emit(entries)
	}
	if len(entries) == 0 {
		c.say("没有待裁定的冲突。")
		return nil
	}
	rows := [][]string{{"编号", "记录", "栏目", "原值", "本级", "对方", "对方经办", "文件"}}
	for _, e := range entries {
		theirs := strings.Join(append([]string{e.Theirs}, e.Others...), " / ")
		rows = append(rows, []string{e.ID, e.Name, e.Label, e.Base, e.Ours, theirs, strings.TrimSpace(e.Office + " " + e.By), e.Book})
	}
	return align(c.out, rows)
}

func conflictOf(tx *store.Tx, o store.Conflict) (conflictEntry, error) {
	f := tx.Kinds().Kind(o.Kind).Field(o.Field)
	against := versionsAgainst(o)
	theirs := against[0]
	origin, err := tx.Origin(theirs.Dot)
	if err != nil {
		return conflictEntry{}, err
	}
	base := theirs.Was
	if base == "" {
		base = o.Shown.Was
	}
	e := conflictEntry{ID: o.ID, Kind: o.Kind, Record: o.Record, Name: tx.Name(o.Kind, o.Record), Field: o.Field, Label: labelOf(f, o.Field),
		Base: shownCell(tx, f, base), Ours: shownCell(tx, f, o.Shown.Value), Theirs: shownCell(tx, f, theirs.Value),
		By: origin.Who, When: moment(origin.At), Book: origin.Book, Office: origin.Name}
	for _, v := range against[1:] {
		e.Others = append(e.Others, shownCell(tx, f, v.Value))
	}
	return e, nil
}

// versionsAgainst are the versions that say something else than the one shown,
// one for each value. A conflict has at least one.
func versionsAgainst(o store.Conflict) []store.Version {
	var out []store.Version
	for _, v := range o.Versions {
		if v.Value != o.Shown.Value && !slices.ContainsFunc(out, func(w store.Version) bool { return w.Value == v.Value }) {
			out = append(out, v)
		}
	}
	return out
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
		f := tx.Kinds().Kind(o.Kind).Field(o.Field)
		value, err := choice(tx, o, f, rest[1])
		if err != nil {
			return err
		}
		tx.NoteWhy(reason)
		if err := tx.Decide(o.Kind, o.Record, o.Field, value); err != nil {
			return err
		}
		answer = decided{o.ID, o.Kind, o.Record, tx.Name(o.Kind, o.Record), o.Field, labelOf(f, o.Field), shownCell(tx, f, value)}
		return nil
	})
	if err != nil {
		return err
	}
	c.say("%s的“%s”已定为“%s”。", answer.Name, answer.Label, answer.Value)
	return c.answer(answer)
}

func conflictNamed(tx *store.Tx, id string) (store.Conflict, error) {
	open, err := tx.Conflicts()
	if err != nil {
		return store.Conflict{}, err
	}
	for _, o := range open {
		if o.ID == strings.ToLower(id) {
			return o, nil
		}
	}
	return store.Conflict{}, refused("没有编号为“%s”的冲突，它可能已经裁定过；请用 conflicts 查看", id)
}

// choice is the canonical text of what was chosen.
func choice(tx *store.Tx, o store.Conflict, f *field.Field, text string) (string, error) {
	against := versionsAgainst(o)
	switch {
	case text == "ours":
		return o.Shown.Value, nil
	case text == "theirs" && len(against) == 1:
		return against[0].Value, nil
	case text == "theirs":
		return "", refused("这一栏有%d个不同的值，“theirs”说不清是哪一个，请直接写出值", len(against)+1)
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

// labelOf is what people call a cell, also one of the program's own.
func labelOf(f *field.Field, name string) string {
	switch {
	case f != nil:
		return f.Label
	case name == store.VoidCell:
		return "作废原因"
	case name == store.SameCell:
		return "并入的记录"
	}
	return name
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
