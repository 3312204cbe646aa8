package main

import (
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

// depart ends all that somebody holds: 去世, 迁出, 调离, 退休.
func depart(c *command, args []string) error {
	fs := c.flags()
	cause := fs.String("cause", "", "哪一`种`：去世、迁出、调离、退休")
	on := fs.String("on", "", "哪一`天`")
	note := fs.String("note", "", "去`向`或说明")
	dry := fs.Bool("dry-run", false, "只列出会结束什么，不写入")
	rest, err := c.parse(args, 1, 1)
	if err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	d := work.Departure{Note: *note}
	var ends []string
	var warnings []work.Warning
	do := func(tx *store.Tx) error {
		var err error
		if d.Person, err = oneNamed(tx, tx.Kinds().Kind("person"), rest[0]); err != nil {
			return err
		}
		post := tx.Kinds().Kind("post")
		for _, flag := range []struct {
			name, text string
			set        func(string)
		}{{"reason", *cause, func(v string) { d.Cause = v }}, {"to", *on, func(v string) { d.On, _ = field.DateOf(v) }}} {
			value, p := post.Field(flag.name).Read(field.Input{Text: flag.text})
			if p != nil {
				return refused("%s", p.Message)
			}
			flag.set(value)
		}
		endings, told, err := d.Check(tx)
		if err != nil {
			return err
		}
		for _, e := range endings {
			ends = append(ends, e.Text)
		}
		if warnings = told; *dry {
			return nil
		}
		_, err = work.Depart(tx, d)
		return err
	}
	if *dry {
		err = db.View(do)
	} else {
		err = db.Do(*cause, c.who(), do)
	}
	if err != nil {
		return err
	}
	for _, w := range warnings {
		c.say("提醒：%s", w.Message)
	}
	if c.json {
		return c.emit(map[string]any{"id": d.Person, "ends": append([]string{}, ends...)})
	}
	rows := [][]string{{"结束"}}
	for _, e := range ends {
		rows = append(rows, []string{e})
	}
	return align(c.out, rows)
}

// villageVerb merges villages or gives one another name.
func villageVerb(c *command, args []string) error {
	fs := c.flags()
	into := fs.String("into", "", "并入`哪个`嘎查村")
	name := fs.String("name", "", "新的村`名`")
	on := fs.String("on", "", "哪一`天`")
	why := fs.String("why", "", "`依据`")
	carry := fs.Bool("carry", false, "原班子的任职在新村接着算；不写就随撤并结束")
	rest, err := c.parse(args, 2, -1)
	if err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	day, p := db.Kinds().Kind("village").Field("to").Read(field.Input{Text: *on})
	if p != nil {
		return wrong("%s", p.Message)
	}
	date, _ := field.DateOf(day)
	var warnings []work.Warning
	switch rest[0] {
	case "rename":
		err = db.Do("更名", c.who(), func(tx *store.Tx) error {
			id, err := oneNamed(tx, tx.Kinds().Kind("village"), rest[1])
			if err != nil {
				return err
			}
			return work.Rename(tx, id, *name, date, *why)
		})
	case "merge":
		err = db.Do("撤并", c.who(), func(tx *store.Tx) error {
			m := work.Merging{On: date, Why: *why, Rename: *name}
			if err := c.villages(tx, &m, rest[1:], *into, *carry); err != nil {
				return err
			}
			warnings, err = work.Merge(tx, m)
			return err
		})
	default:
		return wrong("写 village merge 村… --into 村，或者 village rename 村 --name 新名")
	}
	for _, w := range warnings {
		c.say("提醒：%s", w.Message)
	}
	if err == nil {
		c.say("已登记。")
	}
	return err
}

// villages fills in which villages are merged into which.
func (c *command) villages(tx *store.Tx, m *work.Merging, from []string, into string, carry bool) (err error) {
	k := tx.Kinds().Kind("village")
	if m.Into, err = oneNamed(tx, k, into); err != nil {
		return err
	}
	for _, name := range from {
		id, err := oneNamed(tx, k, name)
		if err != nil {
			return err
		}
		m.From = append(m.From, id)
		if !carry {
			continue
		}
		posts, err := store.Referrers[record.Post](tx, id, "village")
		if err != nil {
			return err
		}
		for _, p := range posts {
			if p.To.IsZero() {
				m.Carry = append(m.Carry, p.ID)
			}
		}
	}
	return nil
}

// candidateEntry is somebody who could step in.
type candidateEntry struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Points  int      `json:"points"`
	Able    bool     `json:"able"`
	For     []string `json:"for"`
	Against []string `json:"against"`
}

// successors ranks who could step in for a post of a village.
func successors(c *command, args []string) error {
	position := c.flags().String("position", "党组织书记", "哪个职`务`")
	rest, err := c.parse(args, 1, 1)
	if err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	entries := []candidateEntry{}
	rows := [][]string{{"名次", "姓名", "分", "能否接任", "理由"}}
	err = db.View(func(tx *store.Tx) error {
		village, err := oneNamed(tx, tx.Kinds().Kind("village"), rest[0])
		if err != nil {
			return err
		}
		code, ok := tx.Kinds().Kind("post").Field("position").Codes.Find(*position)
		if !ok {
			return wrong("没有“%s”这个职务", *position)
		}
		list, err := check.Succession(tx, village, code, field.DateAt(db.Now()))
		for i, s := range list {
			entries = append(entries, candidateEntry{s.Person, s.Name, s.Points, s.Able, append([]string{}, s.For...), append([]string{}, s.Against...)})
			rows = append(rows, candidateRow(i+1, &s))
		}
		return err
	})
	switch {
	case err != nil:
		return err
	case c.json:
		return c.emit(entries)
	}
	return align(c.out, rows)
}

func candidateRow(rank int, s *check.Candidate) []string {
	able, why := "能", strings.Join(s.For, "、")
	if !s.Able {
		able, why = "暂不能", strings.Join(s.Against, "、")
	}
	return []string{strconv.Itoa(rank), s.Name, strconv.Itoa(s.Points), able, why}
}
