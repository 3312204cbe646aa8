package exchange

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sheet"
	"touyan/store/xlsx"
)

// HeadMatch is one column of a book and what it was matched to, for 对列.
type HeadMatch struct {
	Head    string   // as it stands in the book
	Samples []string // the first texts below it that differ, three at most
	Path    string   // of the form column; empty: nothing takes it
	Label   string   // of that
	Sure    sheet.Certainty
	Guesses []Choice // what an unmatched one may be, likeliest first
}

// Choice is a form column that a head may be matched to.
type Choice struct {
	Path  string
	Label string // 姓名, or, for what other records hold or call so too, 嘎查村 · 党员数
	Taken bool   // another head is matched to it
}

// Heads lists the columns of a table with what they were matched to, in the
// order of the book.
func (b *Book) Heads(table int) ([]HeadMatch, error) {
	t := b.Tables[table]
	choices, err := b.Choices(table)
	if err != nil {
		return nil, err
	}
	var out []HeadMatch
	for i := range t.Heads {
		h := &t.Heads[i]
		if h.Own() {
			continue
		}
		m := HeadMatch{Head: t.HeadName(h), Sure: h.Sure, Samples: samples(t, h)}
		for _, c := range h.Columns() {
			f, err := b.field(t, c)
			if err != nil {
				return nil, err
			}
			m.Path = joined(m.Path, t.Form.Columns[c].Path)
			m.Label = joined(m.Label, t.Form.Columns[c].Label(f))
		}
		if h.Column < 0 && h.Also == nil {
			m.Guesses = b.guesses(t, h, m.Samples, choices)
		}
		out = append(out, m)
	}
	return out, nil
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + "、" + b
}

// Choices are the form columns a table's heads can be matched to, those the
// form prints first.
func (b *Book) Choices(table int) ([]Choice, error) {
	t := b.Tables[table]
	taken := map[string]bool{}
	for i, has := range t.Has {
		taken[t.Form.Columns[i].Path] = taken[t.Form.Columns[i].Path] || has
	}
	form := FormNamed(b.kinds, t.Form.Name)
	if b.carrier == nil {
		form = sheet.Reads(b.kinds, form)
	}
	var out []Choice
	for i := range form.Columns {
		c := &form.Columns[i]
		if c.Path == "" {
			continue
		}
		via, holder, last, err := b.kinds.Resolve(form.Kind, c.Path)
		if err != nil {
			return nil, err
		}
		label := c.Label(last)
		alien := len(via) > 0 && holder.Name != "person" && holder.Label != label
		if alien || slices.ContainsFunc(out, func(o Choice) bool { return o.Label == label }) {
			label = holder.Label + " · " + label
		}
		out = append(out, Choice{c.Path, label, taken[c.Path]})
	}
	return out, nil
}

const (
	mostSamples = 3
	sampledRows = 50
)

// samples are the first texts below a head.
func samples(t *sheet.Table, h *sheet.Head) []string {
	var out []string
	for n := range min(t.Len(), sampledRows) {
		row := t.Row(n)
		text := row.Extra[h.Col]
		if columns := h.Columns(); len(columns) > 0 {
			text = row.Values[columns[0]].InBook()
		}
		if text = strings.TrimSpace(text); text != "" && !slices.Contains(out, text) {
			if out = append(out, text); len(out) == mostSamples {
				break
			}
		}
	}
	return out
}

// guesses are what an unmatched head may be: a column that can hold what stands
// below it, and either holds such numbers or has a label that shares about half
// of its characters.
func (b *Book) guesses(t *sheet.Table, h *sheet.Head, samples []string, choices []Choice) []Choice {
	type guess struct {
		Choice
		weight float64
	}
	var found []guess
	for _, c := range choices {
		_, _, last, err := b.kinds.Resolve(t.Form.Kind, c.Path)
		if c.Taken || err != nil || !reads(last, samples) {
			continue
		}
		weight := 0.0
		if len(samples) > 0 && (last.Type == field.IDNumber || last.Type == field.Phone) {
			weight = 1 // nothing else reads as one
		}
		for _, head := range append(last.Heads(), c.Label) {
			weight = max(weight, alike(h.Text, head))
		}
		if weight >= 0.45 {
			found = append(found, guess{c, weight})
		}
	}
	slices.SortStableFunc(found, func(a, b guess) int { return cmp.Compare(b.weight, a.weight) })
	var out []Choice
	for _, g := range found[:min(3, len(found))] {
		out = append(out, g.Choice)
	}
	return out
}

// reads reports whether a field takes all the texts. A phone needs eleven
// digits: other numbers are as short as one of the old ones.
func reads(f *field.Field, samples []string) bool {
	for _, s := range samples {
		text, p := f.Read(field.Input{Text: s})
		if p != nil || f.Type == field.Phone && len(text) != 11 {
			return false
		}
	}
	return true
}

// alike is the part of their characters that two heads share, below 1; sharing
// one says nothing.
func alike(a, b string) float64 {
	x, y := characters(a), characters(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	n := 0
	for r := range x {
		if y[r] {
			n++
		}
	}
	if n < 2 {
		return 0
	}
	return 0.99 * float64(n) / float64(max(len(x), len(y)))
}

func characters(s string) map[rune]bool {
	out := map[rune]bool{}
	for _, r := range field.Tidy(s) {
		if r >= 0x3400 && r <= 0x9FFF {
			out[r] = true
		}
	}
	return out
}

// Remap reads the book again with heads matched as a person says: head → path,
// an empty path leaving the column out. What had the path before gives it up.
// What was matched, mended and left out before stays so; applying a plan
// remembers the whole for books with the same heads.
func (b *Book) Remap(ctx context.Context, db *store.DB, mapping map[string]string) (*Book, error) {
	all := map[string]string{}
	for _, t := range b.Tables {
		for i := range t.Heads {
			h := &t.Heads[i]
			if h.Sure == sheet.Told && h.Text != "" {
				all[h.Text] = ""
				if h.Column >= 0 {
					all[h.Text] = t.Form.Columns[h.Column].Path
				}
			}
			if h.Column >= 0 && gives(mapping, h.Text, t.Form.Columns[h.Column].Path) {
				all[h.Text] = ""
			}
		}
	}
	maps.Copy(all, b.options.Mapping)
	for head := range mapping {
		maps.DeleteFunc(all, func(h, _ string) bool { return h != head && sheet.SameHead(h, head) })
	}
	for head := range all {
		if gives(mapping, head, all[head]) {
			all[head] = ""
		}
	}
	maps.Copy(all, mapping)
	o := b.options
	o.Mapping = all
	again, err := Open(ctx, db, b.path, o)
	if err != nil {
		return nil, err
	}
	if again.Digest != b.Digest {
		return nil, fmt.Errorf("“%s”在核对期间被别的程序改过，请重新选择这份表", b.Name)
	}
	again.keepMends(b)
	return again, nil
}

// gives reports whether a head has a path that a mapping gives to another.
func gives(mapping map[string]string, head, path string) bool {
	for other, to := range mapping {
		if to == path && to != "" && !sheet.SameHead(head, other) {
			return true
		}
	}
	return false
}

// Sheet is one sheet of a workbook as 选表 shows it.
type Sheet struct {
	Name   string
	Hidden bool
	Top    [][]string // the first rows
}

// Sheets looks into a workbook of which nothing is known yet, so that a person
// can say which sheet and form it is where Open finds none.
func Sheets(ctx context.Context, path, password string) ([]Sheet, error) {
	x, err := openWorkbook(ctx, path, password)
	if err != nil {
		return nil, about(path, err)
	}
	defer x.Close()
	var out []Sheet
	for i, s := range x.Sheets() {
		if !s.Grid {
			continue
		}
		top, err := sheet.Top(ctx, x, i)
		if err != nil {
			return nil, about(path, err)
		}
		out = append(out, Sheet{s.Name, s.State != xlsx.Visible, top})
	}
	return out, nil
}

// Place is a record that a row of a table speaks of: where a field may be added
// that the table has and the ledger lacks.
type Place struct {
	Path string // from the driving kind, with its dot; empty: the driving kind itself
	Kind *field.Kind
}

// Places are those of a table that may be given fields, people first, as most
// columns of a roster tell of them.
func (b *Book) Places(table int) []Place {
	t := b.Tables[table]
	out := []Place{{"", b.kinds.Kind(t.Form.Kind)}}
	for i := range t.Form.Columns {
		path := t.Form.Columns[i].Path
		n := strings.LastIndex(path, ".")
		if n < 0 {
			continue
		}
		_, holder, _, err := b.kinds.Resolve(t.Form.Kind, path)
		if err == nil && !slices.ContainsFunc(out, func(p Place) bool { return p.Kind == holder }) {
			out = append(out, Place{path[:n+1], holder})
		}
	}
	slices.SortStableFunc(out, func(a, b Place) int { return rankPlace(a) - rankPlace(b) })
	return out
}

func rankPlace(p Place) int {
	if p.Kind.Name == "person" {
		return 0
	}
	return 1
}
