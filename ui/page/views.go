package page

import (
	"encoding/json"
	"slices"
	"strconv"

	"touyan/store/field"
	"touyan/ui/grid"
)

// keptViews is the name of the saved views among what is remembered of a room.
const keptViews = "views"

// ready are the views the program brings for a kind.
func ready(kind *field.Kind, today field.Date) []grid.View {
	with := func(name string, filters ...grid.Filter) grid.View { return grid.View{Name: name, Filters: filters} }
	is := func(column string, values ...string) grid.Filter { return grid.Filter{Column: column, Values: values} }
	switch kind.Name {
	case "person":
		inOffice := is(besideRole, wordBoth, wordSecretary, wordHead, wordTeam, wordOtherPost)
		return []grid.View{
			with(viewInOffice, inOffice),
			with(viewSecretary, is(besideRole, wordBoth, wordSecretary)),
			with(viewBoth, is(besideRole, wordBoth)),
			with(viewYoung, grid.Filter{Column: "birth", To: youngest, Age: true}),
		}
	case "village":
		year := strconv.Itoa(today.Year)
		return []grid.View{
			with(viewNoReserve, is(besideReserves, "0")),
			with(viewTermEnds, grid.Filter{Column: besideTerm, From: year, To: year}),
			with(viewNoLeader, is(besideSecretary, "")),
			with(viewBoth, is(besideBoth, wordYes)),
			entryView(kind),
		}
	case "post":
		return []grid.View{
			with(viewInOffice, is(besideNow, wordInOffice)),
			with(viewUnfiled, is(besideNow, wordInOffice), is("position", kind.Field("position").Show("11")), is("filing", "")),
		}
	case "reserve":
		return []grid.View{with(viewInPool, is(besideNow, wordYes))}
	}
	return nil
}

// entryView shows the plain figures of a kind alone, to be typed in one after
// the other.
func entryView(kind *field.Kind) grid.View {
	v := grid.View{Name: viewEntry}
	for _, s := range slotsOf(kind) {
		c := grid.ViewColumn{Name: s.name, Hidden: s.field < 0}
		if s.field >= 0 {
			f := &kind.Fields[s.field]
			c.Hidden = f.Type != field.Number && f.Type != field.Money && f.Name != kind.Named
		}
		v.Columns = append(v.Columns, c)
	}
	return v
}

// storedViews are the views of a room as they are remembered: those that are a
// person's own, and which of the program's were thrown away.
type storedViews struct {
	Own  []grid.View `json:"own,omitempty"`
	Gone []string    `json:"gone,omitempty"`
}

// viewsOf are those a room offers: made, the program's, unless thrown away or
// changed, and a person's own.
func (d *Desk) viewsOf(room string, made []grid.View) []grid.View {
	var kept storedViews
	_ = json.Unmarshal([]byte(d.Kept(room, keptViews)), &kept) // nothing, or of another version
	var out []grid.View
	for _, v := range made {
		if !slices.Contains(kept.Gone, v.Name) && !slices.ContainsFunc(kept.Own, func(o grid.View) bool { return o.Name == v.Name }) {
			out = append(out, v)
		}
	}
	return append(out, kept.Own...)
}

// keepViews remembers them. tells names the columns whose texts tell of a
// person; nil: all.
func (d *Desk) keepViews(room string, made, views []grid.View, tells func(column string) bool) {
	var kept storedViews
	plain := func(v grid.View) string {
		text, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(text)
	}
	programs := map[string]string{}
	for _, v := range made {
		programs[v.Name] = plain(v)
		if !slices.ContainsFunc(views, func(o grid.View) bool { return o.Name == v.Name }) {
			kept.Gone = append(kept.Gone, v.Name)
		}
	}
	for _, v := range views {
		if programs[v.Name] != plain(v) {
			kept.Own = append(kept.Own, keepable(v, tells))
		}
	}
	if text, err := json.Marshal(kept); err == nil {
		d.Keep(room, keptViews, string(text))
	}
}

// keepable is a view without what stands in records: what was looked for, and
// filters by the texts of columns that tell of a person. tells says which
// columns do; nil: all of them.
func keepable(v grid.View, tells func(column string) bool) grid.View {
	v.Query = ""
	v.Filters = slices.DeleteFunc(slices.Clone(v.Filters), func(f grid.Filter) bool {
		blank := len(f.Values) == 1 && f.Values[0] == ""
		return len(f.Values) > 0 && !blank && (tells == nil || tells(f.Column))
	})
	return v
}

// tells reports a column whose texts tell of a person.
func (l *List) tells(column string) bool {
	if column == besideSecretary || column == besideHead || column == besideAge {
		return true
	}
	f := l.kind.Field(column)
	return f != nil && (Veiled(f) || f.Type == field.Ref && f.Target == "person" || f.Type == field.Text && (f.Proper || l.kind.Name != "village"))
}

// View shows a view by its name, as choosing it does. It reports whether there
// is one.
func (l *List) View(name string) bool {
	for _, v := range l.bar.Views() {
		if v.Name == name {
			v.Query = l.Grid.View().Query
			l.Grid.SetView(v)
			l.Grid.OnView()
			l.looked()
			return true
		}
	}
	return false
}
