package page

import (
	"slices"
	"unicode/utf8"

	"touyan/store/field"
	"touyan/ui/grid"
	"touyan/ui/theme"
)

// slot is what a column of a list shows: a field of the kind, or what a
// neighbour tells.
type slot struct {
	name   string
	field  int // -1: none
	beside int // of besideColumns, where it is no field
}

// leading are the columns a list begins with, after what its records are
// called by: what a clerk looks for most. All others follow as they come.
var leading = map[string][]string{
	"person": {besideVillage, "sex", "birth", "politics", besidePosition, besideSince, besideFiling, besideAge, besideRole,
		"education", "phone", "idno", "ethnic"},
	"village": {besideSecretary, besideHead, besideBoth, besideTeam, besideReserves, besideTerm,
		"households", "population", "members", "representatives", "income"},
	"post":       {"village", "position", "from", "to", besideNow, "term", "manner", "filing", "filed"},
	"conduct":    {"village", "position", "state", "noticed", "class", "due", "decided"},
	"hire":       {"village", "state", "year", "reported", "until", "unit", "left"},
	"away":       {"village", "type", "state", "willing", "needs", "contact", "returned"},
	"secondment": {"unit", "state", "village", "position", "from", "to"},
	"filing":     {"village", "type", "state", "position", "proposed", "submitted", "outcome", "number", "answered"},
	"nominee":    {"village", "position", "term", "state", "nominated"},
	"reserve":    {"village", "direction", "maturity", "state", besideNow, "entered", "round", "contact"},
}

// slotsOf lists the columns of a kind. What people call a record by comes
// first, for that column stays in sight.
func slotsOf(kind *field.Kind) []slot {
	first := max(kind.Index(kind.Named), 0)
	all := []slot{{name: kind.Fields[first].Name, field: first}}
	var rest []slot
	for i, c := range besideColumns(kind) {
		rest = append(rest, slot{c.Name, -1, i})
	}
	for i := range kind.Fields {
		if i != first {
			rest = append(rest, slot{name: kind.Fields[i].Name, field: i})
		}
	}
	for _, name := range leading[kind.Name] {
		if at := slices.IndexFunc(rest, func(s slot) bool { return s.name == name }); at >= 0 {
			all = append(all, rest[at])
			rest = slices.Delete(rest, at, at+1)
		}
	}
	return append(all, rest...)
}

// columns are those of the table.
func (l *List) columns() []grid.Column {
	beside := besideColumns(l.kind)
	out := make([]grid.Column, len(l.slots))
	for n, s := range l.slots {
		if s.field < 0 {
			out[n] = beside[s.beside]
			continue
		}
		f := l.kind.Fields[s.field]
		out[n] = grid.Columns([]field.Field{f})[0]
		out[n].Width = columnWidth(&f)
		out[n].Birth = f.Name == "birth"
		out[n].Edit = fixed(l.kind, &f) == ""
		if f.Type == field.Number || f.Type == field.Money {
			out[n].Previous = func(id string) string { return l.previous(id, s.field) }
		}
	}
	out[0].Width = 136
	return out
}

// columnWidth gives room to long texts, and to a code what its words need.
func columnWidth(f *field.Field) float32 {
	switch {
	case f.Type == field.Ref:
		return 144
	case f.Type == field.Text && f.Max == 0:
		return 220
	case f.Type == field.Text && f.Max >= 100:
		return 180
	case f.Type == field.Code:
		longest := utf8.RuneCountInString(f.Label) + 2
		for _, w := range f.Codes.Words() {
			longest = max(longest, utf8.RuneCountInString(w))
		}
		return min(float32(longest)*theme.BaseText+24, 180)
	}
	return 0
}
