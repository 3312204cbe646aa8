package main

import (
	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
)

// problemEntry is one line of check.
type problemEntry struct {
	Rule    string `json:"rule"`
	Title   string `json:"title"`
	Level   string `json:"level"`
	Kind    string `json:"kind"`
	Record  string `json:"record"`
	Name    string `json:"name"`
	Label   string `json:"label"` // of the field to mend, if it is one
	Message string `json:"message"`
}

// checkLedger lists what is wrong. Finding something is no failure of the
// command: it exits 0.
func checkLedger(c *command, args []string) error {
	fs := c.flags()
	day := fs.String("as-of", "", "截至哪一`天`，例如 2026-06-30；不写就是今天")
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
	entries := []problemEntry{}
	err = db.View(func(tx *store.Tx) error {
		problems, err := check.Run(tx, asOf)
		titles := map[string]string{}
		for _, r := range check.Rules() {
			titles[r.Name] = r.Title
		}
		for _, p := range problems {
			e := problemEntry{Rule: p.Rule, Title: titles[p.Rule], Level: string(p.Level), Kind: p.Kind, Record: p.Record, Name: p.Name, Message: p.Message}
			if f := tx.Kinds().Kind(p.Kind).Field(p.Field); f != nil {
				e.Label = f.Label
			}
			entries = append(entries, e)
		}
		return err
	})
	if err != nil {
		return err
	}
	if c.json {
		return c.emit(entries)
	}
	rows := [][]string{{"程度", "事项", "说明"}}
	for _, e := range entries {
		rows = append(rows, []string{e.Level, e.Title, e.Message})
	}
	if len(entries) == 0 {
		c.say("截至%s没有发现问题。", asOf.Office())
		return nil
	}
	c.say("截至%s共%d项。", asOf.Office(), len(entries))
	return align(c.out, rows)
}

// dayNamed reads the day of a flag.
func dayNamed(text string, today field.Date) (field.Date, error) {
	if text == "" {
		return today, nil
	}
	f := field.On(new(field.Date), "as_of", "截至日期")
	canonical, p := f.Read(field.Input{Text: text})
	if p != nil {
		return field.Date{}, wrong("%s", p.Message)
	}
	d, err := field.DateOf(canonical)
	if err != nil || d.Day == 0 {
		return field.Date{}, wrong("截至日期要写到日，例如 2026-06-30")
	}
	return d, nil
}
