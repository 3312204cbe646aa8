package page

import (
	"slices"
	"strconv"

	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/grid"
)

// madeViews are the views a list comes with, until a person saves others.
func madeViews(kind string, kinds field.Kinds, columns []grid.Column, today field.Date) []grid.View {
	is := func(column string, values ...string) grid.Filter { return grid.Filter{Column: column, Values: values} }
	view := func(name string, filters ...grid.Filter) grid.View { return grid.View{Name: name, Filters: filters} }
	held := grid.Filter{Column: "holds.since", From: "1900"}
	secretary := is("holds.position", kinds.Kind("post").Field("position").Show(record.Secretary))
	switch kind {
	case "person":
		return []grid.View{
			view(viewPresent, held),
			view(viewSecretary, secretary),
			view(viewUnfiled, secretary, is("holds.filing", sayUnfiled)),
			view(viewPool, is("holds.pool", wordYes)),
			view(viewYoung, held, grid.Filter{Column: "holds.age", To: "34"}),
			view(viewWomen, held, is("sex", wordWoman)),
		}
	case "village":
		year := strconv.Itoa(today.Year)
		figures := view(viewFigures)
		for _, c := range columns {
			figures.Columns = append(figures.Columns, grid.ViewColumn{Name: c.Name, Hidden: c.Name != "name" && !slices.Contains(figureFields, c.Name)})
		}
		return []grid.View{
			view(viewNoReserve, grid.Filter{Column: "holds.reserves", To: "0"}),
			view(viewNoLeader, is("holds.secretary", "")),
			view(viewBothPosts, is("holds.both", wordYes)),
			view(viewDue, grid.Filter{Column: "holds.due", To: year}),
			figures,
		}
	case "post":
		return []grid.View{view(viewPresent, is("holds.present", wordYes))}
	case "reserve":
		return []grid.View{view(viewInPool, is("holds.pool", wordYes))}
	}
	return nil
}

// figureFields are what a village reports in numbers every year.
var figureFields = []string{"households", "population", "members", "representatives", "income"}
