package main

import (
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/work"
)

// stepEntry is one step that may be taken.
type stepEntry struct {
	Kind string   `json:"kind"`
	Name string   `json:"name"`
	Ask  []string `json:"ask"`
	Need []string `json:"need"`
	New  bool     `json:"new,omitempty"`
}

// steps lists the steps of a kind, or those that may be taken with a record.
func steps(c *command, args []string) error {
	c.flags()
	rest, err := c.parse(args, 1, 2)
	if err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	k := kindNamed(db.Kinds(), rest[0])
	if k == nil {
		return wrong("没有“%s”这一类", rest[0])
	}
	list := []stepEntry{}
	err = db.View(func(tx *store.Tx) error {
		var row field.Row
		if len(rest) > 1 {
			id, err := oneNamed(tx, k, rest[1])
			if err != nil {
				return err
			}
			row, _, err = tx.Row(k.Name, id)
			if err != nil {
				return err
			}
		}
		for _, s := range work.Steps(k.Name) {
			if row.ID == "" || s.Fits(k, row, tx.Office().Level) {
				list = append(list, stepEntry{k.Name, s.Name, append([]string{}, s.Ask...), append([]string{}, s.Need...), s.New})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if c.json {
		return c.emit(list)
	}
	rows := [][]string{{"手续", "要填", "必填"}}
	for _, e := range list {
		asked := db.Kinds().Kind(work.StepNamed(k.Name, e.Name).Asked())
		rows = append(rows, []string{e.Name, labels(asked, e.Ask), labels(asked, e.Need)})
	}
	return align(c.out, rows)
}

func labels(k *field.Kind, names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, k.Field(n).Label)
	}
	return strings.Join(out, "、")
}

// oneNamed is the one record of a kind of that name or id.
func oneNamed(tx *store.Tx, k *field.Kind, name string) (string, error) {
	found, err := recordsNamed(tx, k.Name, name)
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		return "", refused("台账里没有叫“%s”的%s", name, k.Label)
	case len(found) > 1:
		return "", refused("叫“%s”的%s有%d个，请改用 id：%s", name, k.Label, len(found), strings.Join(found, "、"))
	}
	return found[0], nil
}

// takenStep is what a step came to.
type takenStep struct {
	ID       string   `json:"id"`
	State    string   `json:"state"`
	Warnings []string `json:"warnings"`
}

// step takes a step with a record, or begins one.
func step(c *command, args []string) error {
	fs := c.flags()
	set := fs.StringArray("set", nil, "填`栏目=值`，值写文字或代码")
	why := fs.String("why", "", "违反规定时的`原因`")
	dry := fs.Bool("dry-run", false, "只看会怎样，不写入")
	rest, err := c.parse(args, 2, 3)
	if err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	k := kindNamed(db.Kinds(), rest[0])
	if k == nil {
		return wrong("没有“%s”这一类", rest[0])
	}
	s := work.StepNamed(k.Name, rest[len(rest)-1])
	if s == nil {
		return wrong("%s没有“%s”这一步，有哪些见 steps %s", k.Label, rest[len(rest)-1], k.Name)
	}
	if s.New != (len(rest) == 2) {
		return wrong("“%s”是%s，请照 help 写", s.Name, map[bool]string{true: "新建一条的手续，不写记录", false: "对一条记录办的手续，要写明哪一条"}[s.New])
	}
	t := &work.Taking{Step: s, Why: *why}
	var out takenStep
	take := func(tx *store.Tx) (err error) {
		if len(rest) == 3 {
			if t.ID, err = oneNamed(tx, k, rest[1]); err != nil {
				return err
			}
		}
		if t.Cells, err = c.cells(tx, tx.Kinds().Kind(s.Asked()), *set); err != nil {
			return err
		}
		var warnings []work.Warning
		if *dry {
			warnings, err = t.Check(tx)
			out.ID = t.ID
		} else {
			out.ID, warnings, err = work.Take(tx, t)
		}
		for _, w := range warnings {
			out.Warnings = append(out.Warnings, w.Message)
		}
		if row, ok, _ := tx.Row(k.Name, out.ID); ok && k.Field(work.StateField) != nil {
			out.State = k.Field(work.StateField).Show(k.Value(row, work.StateField))
		}
		return err
	}
	if *dry {
		err = db.View(take)
	} else {
		err = db.Do(s.Name, c.who(), take)
	}
	if err != nil {
		return err
	}
	for _, w := range out.Warnings {
		c.say("提醒：%s", w)
	}
	if !*dry {
		c.say("已办“%s”。", s.Name)
	}
	if c.json {
		out.Warnings = append([]string{}, out.Warnings...)
		return c.emit(out)
	}
	return nil
}

// cells reads the FIELD=VALUE texts of --set for a kind.
func (c *command) cells(tx *store.Tx, k *field.Kind, set []string) (map[string]string, error) {
	out := map[string]string{}
	for _, text := range set {
		name, value, ok := strings.Cut(text, "=")
		f := fieldNamed(k, name)
		if !ok || f == nil {
			return nil, wrong("--set 要写成“栏目=值”；“%s”没有叫“%s”的栏目", k.Label, name)
		}
		if f.Type == field.Ref {
			id, err := oneNamed(tx, tx.Kinds().Kind(f.Target), value)
			if err != nil {
				return nil, err
			}
			out[f.Name] = id
			continue
		}
		canonical, p := f.Read(field.Input{Text: value})
		if p != nil {
			return nil, refused("%s", p.Message)
		}
		out[f.Name] = canonical
	}
	return out, nil
}
