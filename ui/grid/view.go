package grid

import "slices"

// View is what a person sees of a table: which rows, in which order, in which
// columns. It is plain data, made by Grid.View and shown by Grid.SetView, for
// whoever stores it: under a name as a view to come back to, without one as
// the state a list was left in.
type View struct {
	Name    string       `json:"name,omitempty"`
	Query   string       `json:"query,omitempty"`
	Filters []Filter     `json:"filters,omitempty"`
	Sort    string       `json:"sort,omitempty"` // name of a column
	Order   Order        `json:"order,omitempty"`
	Columns []ViewColumn `json:"columns,omitempty"` // in their order; none means all as they come
}

// ViewColumn is a column of a view.
type ViewColumn struct {
	Name   string  `json:"name"`
	Hidden bool    `json:"hidden,omitempty"`
	Width  float32 `json:"width,omitempty"` // as in Column; 0 means as it comes
}

// View returns what is seen now, under the name of the view it was last set to.
func (g *Grid) View() View {
	v := View{Name: g.view, Query: g.query, Filters: g.Filters(), Order: g.order}
	if g.order != Unsorted {
		v.Sort = g.columns[g.column].Name
	}
	v.Columns = g.viewColumns(g.layout, g.hidden, g.widths)
	return v
}

func (g *Grid) viewColumns(order []int, hidden []bool, widths []float32) []ViewColumn {
	out := make([]ViewColumn, len(order))
	for i, c := range order {
		out[i] = ViewColumn{Name: g.columns[c].Name, Hidden: hidden[c]}
		if widths[c] != g.columns[c].width() {
			out[i].Width = widths[c]
		}
	}
	return out
}

// arrangement is what a view says of the columns, in the terms of the grid: the
// order of all of them, which are hidden, how wide they are.
func (g *Grid) arrangement(v View) (order []int, hidden []bool, widths []float32) {
	order, hidden, widths = []int{0}, make([]bool, len(g.columns)), make([]float32, len(g.columns))
	for i, c := range g.columns {
		widths[i] = c.width()
	}
	for _, column := range v.Columns {
		i := index(g.columns, column.Name)
		if i < 0 {
			continue
		}
		if column.Width > 0 {
			widths[i] = min(max(column.Width, narrowest), widest)
		}
		if !slices.Contains(order, i) {
			order, hidden[i] = append(order, i), column.Hidden
		}
	}
	for i := range g.columns {
		if !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	return order, hidden, widths
}

// SetView shows a view, and tells nobody. Columns it names and the grid lacks
// are passed over; those it does not name, being newer, come last.
func (g *Grid) SetView(v View) {
	g.leave()
	g.view, g.query = v.Name, v.Query
	g.filters = slices.DeleteFunc(slices.Clone(v.Filters), Filter.empty)
	g.setSort(v.Sort, v.Order)
	order, hidden, widths := g.arrangement(v)
	g.widths = widths
	g.see(order, hidden)
	g.arrange()
	g.followed()
}

// see shows the columns that are not hidden in an order of all of them. The
// first column is always there and always the first.
func (g *Grid) see(order []int, hidden []bool) {
	g.layout = append([]int{0}, slices.DeleteFunc(slices.Clone(order), func(c int) bool { return c == 0 })...)
	g.hidden = hidden
	g.hidden[0] = false
	g.seen = slices.DeleteFunc(slices.Clone(g.layout), func(c int) bool { return hidden[c] })
	if g.hidden[g.current] {
		g.current = 0
	}
	g.leave()
	g.measure()
	g.head.rebuild()
	g.body.restyle()
	g.Refresh()
}

// VisibleColumns returns the names of the columns shown, in their order.
func (g *Grid) VisibleColumns() []string {
	out := make([]string, len(g.seen))
	for i := range g.seen {
		out[i] = g.shownAt(i).Name
	}
	return out
}

// shows reports whether a view is what is seen now. What one looks for does not
// count: it is no part of what one has arranged.
func (g *Grid) shows(v View) bool {
	now := g.View()
	columns := g.viewColumns(g.arrangement(v))
	same := func(a, b Filter) bool {
		values := slices.Equal(a.Values, b.Values)
		return a.Column == b.Column && a.Age == b.Age && a.From == b.From && a.To == b.To && values
	}
	return v.Sort == now.Sort && v.Order == now.Order &&
		slices.Equal(columns, now.Columns) && slices.EqualFunc(v.Filters, now.Filters, same)
}
