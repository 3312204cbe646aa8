package grid

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"touyan/store/field"
)

// Filter keeps the rows whose cell in one column is one of some texts, or lies
// between two. It is plain data, for whoever stores views. A grid has at most
// one filter by texts, one by range and one by age for each column; a row must
// pass them all.
type Filter struct {
	Column string   `json:"column"`
	Values []string `json:"values,omitempty"` // as shown; "" is the empty cell
	From   string   `json:"from,omitempty"`   // as typed into forms: 1985.3, 3200; empty: no bound
	To     string   `json:"to,omitempty"`     // included, and 1990 includes all of it
	Age    bool     `json:"age,omitempty"`    // From and To are full years of age
}

// byValues reports a filter by texts.
func (f Filter) byValues() bool { return len(f.Values) > 0 }

// empty reports a filter that keeps everything.
func (f Filter) empty() bool { return !f.byValues() && f.From == "" && f.To == "" }

// same reports whether two filters are of one kind on one column.
func (f Filter) same(g Filter) bool {
	return f.Column == g.Column && f.Age == g.Age && f.byValues() == g.byValues()
}

// say is the filter as a chip tells it.
func (f Filter) say(c Column) string {
	if f.byValues() {
		return c.Label + joinLabel + sayValues(f.Values)
	}
	label, later, earlier := c.Label+joinLabel, sayAtLeast, sayAtMost
	if f.Age {
		label = sayAges + joinLabel
	} else if c.Type == field.Day {
		later, earlier = sayLater, sayEarlier
	}
	switch {
	case f.From == f.To:
		return label + f.From
	case f.To == "":
		return label + strings.Replace(later, "%s", f.From, 1)
	case f.From == "":
		return label + strings.Replace(earlier, "%s", f.To, 1)
	}
	return label + f.From + joinRange + f.To
}

// readBound turns an end of a range as people type it into its canonical text.
// The problem names what is wrong in a sentence.
func readBound(c Column, age bool, text string) (string, *field.Problem) {
	f := field.Field{Name: c.Name, Label: c.Label, Type: c.Type}
	if age {
		f.Type, f.Label = field.Number, sayAges
	}
	return f.Read(field.Input{Text: text})
}

// showBound is a canonical end of a range as the office writes it.
func showBound(c Column, age bool, canonical string) string {
	f := field.Field{Type: c.Type}
	if age {
		f.Type = field.Number
	}
	return f.Show(canonical)
}

// sift keeps of the rows those that pass all filters. Filters on columns that
// are not there keep everything: a view may be older than the columns.
func (t *table) sift(rows []int32, filters []Filter, today field.Date) []int32 {
	for _, f := range filters {
		column := index(t.columns, f.Column)
		if column < 0 || f.empty() {
			continue
		}
		texts := t.keyTexts(column)
		if f.byValues() {
			texts = t.cellTexts(column)
		}
		pass := f.passing(t.columns[column], texts.texts, today)
		kept := rows[:0]
		for _, row := range rows {
			if pass[texts.of[row]] {
				kept = append(kept, row)
			}
		}
		rows = kept
	}
	return rows
}

// passing says of each text whether it passes.
func (f Filter) passing(c Column, texts []string, today field.Date) []bool {
	passes := f.within(c, today)
	if f.byValues() {
		wanted := map[string]bool{}
		for _, v := range f.Values {
			wanted[v] = true
		}
		passes = func(text string) bool { return wanted[text] }
	}
	out := make([]bool, len(texts))
	for i, text := range texts {
		out[i] = passes(text)
	}
	return out
}

// within returns the test whether a canonical text lies in the range. An empty
// cell does not. A date known only as a year lies in a range if it may.
func (f Filter) within(c Column, today field.Date) func(string) bool {
	from, _ := readBound(c, f.Age, f.From)
	to, _ := readBound(c, f.Age, f.To)
	if c.Type == field.Day && !f.Age {
		first, _ := field.DateOf(from)
		last, _ := field.DateOf(to)
		return func(text string) bool {
			day, _, _ := strings.Cut(text, " ") // a moment has its time behind it
			d, err := field.DateOf(day)
			return err == nil && !d.IsZero() && (first.IsZero() || !d.Before(first)) && (last.IsZero() || !last.Before(d))
		}
	}
	least, noLeast := number(from)
	most, noMost := number(to)
	between := func(n int64) bool { return (noLeast || n >= least) && (noMost || n <= most) }
	if f.Age {
		return func(text string) bool {
			born, err := field.DateOf(text)
			years, known := born.Age(today)
			return err == nil && known && between(int64(years))
		}
	}
	return func(text string) bool {
		n, none := number(text)
		return !none && between(n)
	}
}

func number(text string) (n int64, none bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err != nil
}

// choice is a text of a column one may filter by.
type choice struct {
	text  string // "" is the empty cell
	count int    // rows that have it and pass everything else
}

// choices lists the texts of a column among the rows a wish shows without the
// column's own filter by texts, in the order of the column, and those already
// chosen. The empty cell comes last, but for what was chosen and stands in no
// row any more: it can be seen and taken out too.
func (t *table) choices(column int, w wish) []choice {
	name := t.columns[column].Name
	chosen := map[string]bool{}
	others := make([]Filter, 0, len(w.filters))
	for _, f := range w.filters {
		if f.Column == name && f.byValues() {
			for _, v := range f.Values {
				chosen[v] = true
			}
			continue
		}
		others = append(others, f)
	}
	texts, order := t.cellTexts(column), t.rank(column)
	count := make([]int, len(texts.texts))
	place := make([]int32, len(texts.texts))
	for row, text := range texts.of {
		place[text] = order.of[row]
	}
	for _, row := range t.sift(t.find(w.query), others, w.today) {
		count[texts.of[row]]++
	}
	var out []int32
	for i, n := range count {
		if n > 0 || chosen[texts.texts[i]] {
			out = append(out, int32(i))
		}
	}
	slices.SortStableFunc(out, func(a, b int32) int {
		if none := texts.texts[a] == ""; none != (texts.texts[b] == "") {
			if none {
				return 1
			}
			return -1
		}
		return int(place[a] - place[b])
	})
	list := make([]choice, len(out))
	for i, text := range out {
		list[i] = choice{texts.texts[text], count[text]}
		delete(chosen, list[i].text)
	}
	for _, gone := range slices.Sorted(maps.Keys(chosen)) {
		list = append(list, choice{gone, 0})
	}
	return list
}
