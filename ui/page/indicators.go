package page

import (
	"fmt"
	"slices"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/report"
	"touyan/ui/chart"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// FiguresPage shows the indicators of a day: each opens to its names, and shows
// its parts and how it went.
type FiguresPage struct {
	listing

	desk  *Desk
	asOf  field.Date
	days  []field.Date // that may be chosen, the newest first
	found []dayFigures // of the ends of quarters up to the day, the day last
	side  *fyne.Container
	turn  int
}

// dayFigures are the indicators of a day.
type dayFigures struct {
	day     field.Date
	figures []report.Figure
}

// NewFigures makes the page.
func NewFigures(d *Desk) *FiguresPage {
	p := &FiguresPage{desk: d, asOf: field.DateAt(d.DB.Now())}
	p.days = append([]field.Date{p.asOf}, quarterEnds(p.asOf, quartersBack)...)
	p.build()
	return p
}

// quartersBack is how far back one may look, trendQuarters how far the line does.
const (
	quartersBack  = 8
	trendQuarters = 5
)

// quarterEnds are the last days of the quarters before a day, the newest first.
func quarterEnds(day field.Date, n int) []field.Date {
	last := map[int]int{3: 31, 6: 30, 9: 30, 12: 31}
	year, month := day.Year, (day.Month-1)/3*3
	var out []field.Date
	for range n {
		if month == 0 {
			year, month = year-1, 12
		}
		out = append(out, field.Date{Year: year, Month: month, Day: last[month]})
		month -= 3
	}
	return out
}

func (p *FiguresPage) build() {
	p.Grid = grid.New([]grid.Column{
		{Name: "group", Label: headFigureGroup, Type: field.Code, Width: 112},
		{Name: "label", Label: headFigureName, Type: field.Text, Width: 176, Find: true},
		{Name: "value", Label: headFigureValue, Type: field.Number, Width: 92},
		{Name: "whole", Label: headFigureWhole, Type: field.Number, Width: 104},
		{Name: "goal", Label: headFigureGoal, Type: field.Number, Width: 72},
		{Name: "sort", Label: headFigureSort, Type: field.Code, Width: 112},
		{Name: "basis", Label: headFigureBasis, Type: field.Text, Width: 420},
	})
	p.Grid.SetEmpty(sayReadingFigures, "", nil)
	p.Grid.OnOpen = p.open
	p.Grid.OnFind = p.FocusFind
	p.Grid.OnSelect = func([]string) { p.showSide() }
	p.buttons = buttons([]Choice{{Text: doOpenFigure, Do: func() { p.openSelected(true) }}, {Text: doOpenRest, Do: func() { p.openSelected(false) }}})
	p.side = container.NewStack()
	var texts []string
	for _, d := range p.days {
		texts = append(texts, d.Office())
	}
	day := newSelect(texts, nil)
	day.Selected = p.asOf.Office()
	day.OnChanged = func(text string) {
		p.asOf = p.days[slices.Index(texts, text)]
		p.Refresh()
	}
	over := container.NewHBox(p.filter(), container.NewCenter(labelled(labelAsOf, least(day, fyne.NewSize(9*theme.Current().Text, 0)))))
	p.keep(p.desk, RoomFigures, nil)
	body := container.New(besides{}, card(p.Grid), least(card(p.side), fyne.NewSize(24*theme.Current().Text, 0)))
	p.content = sheet(titleFigures, sayFigures, p.buttons, over, body, nil)
}

// Title is the room's name.
func (p *FiguresPage) Title() string { return titleFigures }

// Remake makes the page in another look.
func (p *FiguresPage) Remake() Page {
	n := &FiguresPage{desk: p.desk, asOf: p.asOf, days: p.days}
	n.build()
	n.take(&p.listing)
	return n
}

// Refresh counts anew.
func (p *FiguresPage) Refresh() {
	asOf := p.asOf
	read(p.desk, &p.turn, func(tx *store.Tx) ([]dayFigures, error) {
		days := append(quarterEnds(asOf, trendQuarters), asOf)
		slices.SortFunc(days, func(a, b field.Date) int {
			return a.Year*10000 + a.Month*100 + a.Day - b.Year*10000 - b.Month*100 - b.Day
		})
		var out []dayFigures
		for _, d := range slices.Compact(days) {
			list, err := report.Select(tx, d)
			if err != nil {
				return nil, err
			}
			out = append(out, dayFigures{d, list})
		}
		return out, nil
	}, func(found []dayFigures) {
		p.found = found
		p.fill(figureRows(p.now()))
		p.showSide()
	})
}

func (p *FiguresPage) now() []report.Figure {
	if len(p.found) == 0 {
		return nil
	}
	return p.found[len(p.found)-1].figures
}

func figureRows(list []report.Figure) []grid.Row {
	var out []grid.Row
	for i := range list {
		f := &list[i]
		goal, sort := "", f.Sort.Word()
		if f.Goal > 0 {
			goal = (&report.Figure{Value: f.Goal}).Text()
		}
		if f.From > 0 {
			sort = fmt.Sprintf(sayFlowSince, f.From)
		}
		out = append(out, grid.Row{ID: f.Name, Cells: []string{f.Group, f.Label, figureText(f), f.Whole(), goal, sort, f.Basis}})
	}
	return out
}

// figureText is a value with its unit.
func figureText(f *report.Figure) string {
	if f.Unit == "%" {
		return f.Text()
	}
	return f.Text() + " " + f.Unit
}

// figure finds an indicator by its name.
func figureNamed(list []report.Figure, name string) *report.Figure {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

func (p *FiguresPage) openSelected(counted bool) {
	ids := p.Grid.Selected()
	if len(ids) != 1 {
		p.desk.Tell(Notice{Text: sayPickOne})
		return
	}
	if f := figureNamed(p.now(), ids[0]); f != nil {
		p.names(f, counted)
	}
}

func (p *FiguresPage) open(name string) {
	if f := figureNamed(p.now(), name); f != nil {
		p.names(f, true)
	}
}

// names opens the list of the records that count, or of those that do not.
func (p *FiguresPage) names(f *report.Figure, counted bool) {
	ids, title := f.IDs, f.Label
	if !counted {
		ids, title = f.Rest, sayRestOf(f.Label)
	}
	if len(ids) == 0 {
		p.desk.Tell(Notice{Text: sayNobodyThere})
		return
	}
	p.desk.NamesOf(f.Kind, title, ids)
}

// showSide draws what the figure selected is made of, and how it went.
func (p *FiguresPage) showSide() {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Gap))
	ids := p.Grid.Selected()
	f := (*report.Figure)(nil)
	if len(ids) == 1 {
		f = figureNamed(p.now(), ids[0])
	}
	if f == nil {
		box.Add(words(sayPickFigure, look.Ink2, look.Text))
	} else {
		p.drawSide(box, f)
	}
	inset := container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Margin, look.Margin), box)
	p.side.Objects = []fyne.CanvasObject{container.NewVScroll(inset)}
	p.side.Refresh()
}

func (p *FiguresPage) drawSide(box *fyne.Container, f *report.Figure) {
	look := theme.Current()
	box.Add(heading(f.Label, look.Subheading))
	value := words(figureText(f), look.Ink, look.Figure)
	value.TextStyle.Bold = true
	box.Add(value)
	box.Add(proseTight(f.Basis, 22*look.Text))
	switch {
	case f.Of > 0 && f.Unit == "%":
		box.Add(chart.NewProgress([]chart.Goal{{Item: chart.Item{Label: "", Text: f.Whole(), Value: float64(len(f.IDs)), Tone: chart.Info, Open: func() { p.names(f, true) }}, Of: float64(f.Of)}}, ""))
	case f.Goal > 0:
		box.Add(chart.NewProgress([]chart.Goal{{Item: chart.Item{Label: headFigureGoal, Text: figureText(f), Value: f.Value, Tone: chart.Info, Open: func() { p.names(f, true) }}, Of: f.Goal}}, ""))
	}
	if len(f.Parts) > 0 {
		var items []chart.Item
		for i := range f.Parts {
			part := &f.Parts[i]
			items = append(items, chart.Item{Label: part.Label, Text: fmt.Sprint(len(part.IDs)), Value: float64(len(part.IDs)), Tone: chart.Info, Open: func() { p.names(part, true) }})
		}
		box.Add(heading(headFigureParts, look.Text))
		box.Add(chart.NewBars(items, sayNobodyThere))
	}
	box.Add(heading(headFigureTrend, look.Text))
	box.Add(least(chart.NewLine(p.trend(f.Name), sayNoTrend), fyne.NewSize(0, 9*look.Text)))
}

// trend is the figure at the ends of the quarters.
func (p *FiguresPage) trend(name string) []chart.Item {
	var out []chart.Item
	for _, d := range p.found {
		item := chart.Item{Label: sayMonth(d.day), Tone: chart.Info}
		if f := figureNamed(d.figures, name); f != nil {
			item.Value, item.Text = f.Value, f.Text()
			if f.Unit == "%" && f.Of > 0 {
				item.Value *= 100
			}
		}
		out = append(out, item)
	}
	return out
}
