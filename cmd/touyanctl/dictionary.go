package main

import (
	"strings"

	"touyan/store/field"
	"touyan/store/record"
)

// kindEntry is a kind in the data dictionary.
type kindEntry struct {
	Name   string       `json:"name"`
	Label  string       `json:"label"`
	Fields []fieldEntry `json:"fields"`
}

type fieldEntry struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	Type     string   `json:"type"`
	Aliases  []string `json:"aliases,omitempty"`
	Values   []string `json:"values,omitempty"` // of a code: the words, in order
	Standard string   `json:"standard,omitempty"`
	Target   string   `json:"target,omitempty"` // of a reference: the kind
	Required bool     `json:"required,omitempty"`
	Match    bool     `json:"match,omitempty"`
	Private  bool     `json:"private,omitempty"`
	Owner    string   `json:"owner,omitempty"` // the level whose word counts
}

// typeWords are the types of cells as the command names them.
var typeWords = map[field.Type]string{field.Text: "text", field.Number: "number", field.Money: "money", field.Day: "date",
	field.Code: "code", field.Ref: "ref", field.IDNumber: "idnumber", field.Phone: "phone"}

// listKinds shows the data dictionary; it needs no ledger, and shows the fields
// that the office added where it is given one.
func listKinds(c *command, args []string) error {
	c.flags()
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	kinds := record.Kinds()
	if c.ledger != "" {
		db, err := c.open()
		if err != nil {
			return err
		}
		defer db.Close()
		kinds = db.Kinds()
	}
	var entries []kindEntry
	for _, k := range kinds {
		e := kindEntry{Name: k.Name, Label: k.Label}
		for i := range k.Fields {
			e.Fields = append(e.Fields, describe(&k.Fields[i]))
		}
		entries = append(entries, e)
	}
	if c.json {
		return c.emit(entries)
	}
	for _, k := range entries {
		rows := [][]string{{k.Name, k.Label}}
		for _, f := range k.Fields {
			note := f.Target
			if len(f.Values) > 0 {
				note = strings.Join(f.Values, "、")
			}
			rows = append(rows, []string{"  " + f.Name, f.Label, f.Type, note})
		}
		if err := align(c.out, rows); err != nil {
			return err
		}
	}
	return nil
}

func describe(f *field.Field) fieldEntry {
	e := fieldEntry{Name: f.Name, Label: f.Label, Type: typeWords[f.Type], Aliases: f.Aliases, Target: f.Target,
		Required: f.Required, Match: f.Match, Private: f.Private, Owner: levelWord(f.Owner)}
	if f.Codes != nil {
		e.Values, e.Standard = f.Codes.Words(), f.Codes.Standard
	}
	return e
}

// formEntry is a form; a column without path is computed.
type formEntry struct {
	Name    string        `json:"name"`
	Title   string        `json:"title"`
	Kind    string        `json:"kind"`
	Columns []columnEntry `json:"columns"`
}

type columnEntry struct {
	Label string `json:"label"`
	Path  string `json:"path"`
	Type  string `json:"type"`
}

// listForms shows the forms; it needs no ledger.
func listForms(c *command, args []string) error {
	c.flags()
	if _, err := c.parse(args, 0, 0); err != nil {
		return err
	}
	kinds := record.Kinds()
	var entries []formEntry
	for _, f := range record.Forms() {
		e := formEntry{Name: f.Name, Title: f.Title, Kind: f.Kind}
		for i := range f.Columns {
			col := columnEntry{Label: f.Columns[i].Head, Path: f.Columns[i].Path, Type: "computed"}
			if col.Path != "" {
				_, _, last, err := kinds.Resolve(f.Kind, col.Path)
				if err != nil {
					return err
				}
				col.Label, col.Type = f.Columns[i].Label(last), typeWords[last.Type]
			}
			e.Columns = append(e.Columns, col)
		}
		entries = append(entries, e)
	}
	if c.json {
		return c.emit(entries)
	}
	for _, f := range entries {
		rows := [][]string{{f.Name, "《" + f.Title + "》"}}
		for _, col := range f.Columns {
			rows = append(rows, []string{"  " + col.Label, col.Path, col.Type})
		}
		if err := align(c.out, rows); err != nil {
			return err
		}
	}
	return nil
}
