package page

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// askSheets looks into the book for its sheets, once, and shows them.
func (w *Wizard) askSheets() {
	if w.sheets != nil {
		w.showSheets()
		return
	}
	var found []exchange.Sheet
	w.desk.work(sayReading(filepath.Base(w.path)), func(ctx context.Context, _ func(done, total int64)) (err error) {
		found, err = exchange.Sheets(ctx, w.path, w.options.Password)
		return err
	}, func() {
		w.sheets = found
		w.showSheets()
		w.Focus()
	})
}

// showSheets is the first step: which sheets are read, and as what.
func (w *Wizard) showSheets() {
	g := grid.New([]grid.Column{
		{Name: "sheet", Label: headSheet, Type: field.Text, Width: 160},
		{Name: "form", Label: headForm, Type: field.Text, Width: 260},
		{Name: "rows", Label: headRows, Type: field.Code, Width: 76},
		{Name: "top", Label: headTop, Type: field.Text, Width: 600},
	})
	var rows []grid.Row
	for i, s := range w.sheets {
		name := s.Name
		if s.Hidden {
			name += wordHidden
		}
		form, count := w.takenFor(s.Name)
		rows = append(rows, grid.Row{ID: strconv.Itoa(i), Cells: []string{name, form, count, topLine(s.Top)}})
	}
	g.SetRows(rows)
	form := newSelect(formTitles(), nil)
	form.SetSelectedIndex(0)
	if f := exchange.FormNamed(w.desk.DB.Kinds(), w.options.Form); w.options.Form != "" && f != nil {
		form.SetSelected(f.Title)
	}
	says := sayPickSheet
	if w.book == nil {
		says = sayNoTable
	}
	read := func(ids []string) {
		o := w.options
		o.Sheet, o.Form = "", ""
		if form.SelectedIndex() > 0 {
			o.Form = form.Selected
		}
		if len(ids) > 0 {
			n, _ := strconv.Atoi(ids[0]) // ids are ours
			o.Sheet = w.sheets[n].Name
		}
		w.readAs(o)
	}
	g.OnOpen = func(id string) { read([]string{id}) }
	choices := buttons([]Choice{
		{Text: doNotTake, Do: w.desk.Close},
		{Text: doKnownTables, Do: func() { read(nil) }},
		{Text: doReadSheet, Main: true, Do: func() { read(g.Selected()) }},
	})
	chosen := func(ids []string) {
		if len(ids) == 1 {
			choices[2].Enable()
		} else {
			choices[2].Disable()
		}
	}
	g.OnSelect = chosen
	chosen(nil)
	look := theme.Current()
	over := container.NewHBox(container.NewCenter(words(labelForm, look.Ink2, look.Text)), least(form, fyne.NewSize(20*look.Text, 0)))
	w.show(stage{at: atSheets, says: says, grid: g, choices: choices, over: over})
	if len(rows) > 0 {
		g.Select(rows[0].ID)
	}
}

// readAs reads the sheets chosen, as the form chosen.
func (w *Wizard) readAs(o exchange.Options) {
	sheets := w.sheets
	w.reread(func(ctx context.Context, tell func(done, total int64)) (*reading, error) {
		r, err := w.desk.readBook(ctx, w.path, o, tell)
		if r != nil {
			r.sheets = sheets
		}
		return r, err
	}, func() {
		if w.book == nil {
			w.showSheets()
			return
		}
		w.options = o
		w.showHeads()
		w.Focus()
	})
}

// takenFor is what a sheet is read as now, and how many rows it has.
func (w *Wizard) takenFor(name string) (form, rows string) {
	if w.book == nil {
		return wordNoTable, ""
	}
	var titles []string
	n := 0
	for _, t := range w.book.Tables {
		if t.Sheet == name {
			titles = append(titles, t.Form.Title)
			n += t.Len()
		}
	}
	if titles == nil {
		return wordNoTable, ""
	}
	return strings.Join(titles, "、"), saySheetRows(n)
}

// formTitles are what a sheet may be read as.
func formTitles() []string {
	out := []string{wordAutomatic}
	for _, f := range record.Forms() {
		out = append(out, f.Title)
	}
	return out
}

// topLine is the fullest of the first rows: most likely the heads.
func topLine(top [][]string) string {
	best, most := "", 0
	for _, row := range top {
		texts := slices.Compact(slices.DeleteFunc(slices.Clone(row), func(s string) bool { return strings.TrimSpace(s) == "" }))
		if len(texts) > most {
			best, most = strings.Join(texts, "  "), len(texts)
		}
	}
	return strings.Join(strings.Fields(best), " ")
}
