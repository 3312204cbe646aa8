package page

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"touyan/store/exchange"
	"touyan/store/field"
	books "touyan/store/sheet"
	"touyan/ui/grid"

	"fyne.io/fyne/v2"
)

// bookHead is a head of one of the tables of a book.
type bookHead struct {
	exchange.HeadMatch
	table int
}

// doubtful reports a head a person should look at: nothing takes it, or what
// takes it is a guess. One with nothing below it does no harm.
func (h *bookHead) doubtful() bool { return h.Sure < books.Sure && len(h.Samples) > 0 }

// rank puts first what needs a person most.
func (h *bookHead) rank() int {
	switch {
	case !h.doubtful():
		return 2
	case h.Path != "":
		return 1
	}
	return 0
}

// heads lists the heads of all tables, the doubtful first.
func (w *Wizard) heads() []bookHead {
	var out []bookHead
	for i := range w.book.Tables {
		found, err := w.book.Heads(i)
		if err != nil {
			w.desk.Fail(err)
			return nil
		}
		for _, h := range found {
			out = append(out, bookHead{h, i})
		}
	}
	slices.SortStableFunc(out, func(a, b bookHead) int { return cmp.Compare(a.rank(), b.rank()) })
	return out
}

// unsure reports whether some head should be looked at.
func (w *Wizard) unsure() bool {
	return slices.ContainsFunc(w.heads(), func(h bookHead) bool { return h.doubtful() })
}

// showHeads is the second step: which column of the book is which field.
func (w *Wizard) showHeads() {
	g := grid.New(headColumns(len(w.book.Tables) > 1))
	heads := w.heads()
	var rows []grid.Row
	for i := range heads {
		rows = append(rows, w.headRow(i, &heads[i]))
	}
	g.SetEmpty(sayNoHeads, "", nil)
	g.SetRows(rows)
	change := func(id string) {
		n, _ := strconv.Atoi(id) // ids are ours
		w.askHead(&heads[n])
	}
	g.OnOpen = change
	choices := buttons([]Choice{
		{Text: doNotTake, Do: w.desk.Close},
		{Text: doChooseHead, Do: func() {
			if ids := g.Selected(); len(ids) > 0 {
				change(ids[0])
			}
		}},
		{Text: doGoOn, Main: true, Do: func() { w.confirm(heads) }},
	})
	w.show(stage{at: atHeads, says: sayMatchHeads, grid: g, choices: choices})
	if len(rows) > 0 {
		g.Select(rows[0].ID)
	}
}

func headColumns(several bool) []grid.Column {
	out := []grid.Column{
		{Name: "head", Label: headHead, Type: field.Text, Width: 190},
		{Name: "target", Label: headTarget, Type: field.Text, Width: 200},
		{Name: "sure", Label: headSure, Type: field.Text, Width: 150},
		{Name: "samples", Label: headSamples, Type: field.Text, Width: 460},
	}
	if several {
		out = append(out, grid.Column{Name: "sheet", Label: headSheet, Type: field.Text, Width: 130})
	}
	return out
}

func (w *Wizard) headRow(i int, h *bookHead) grid.Row {
	target := h.Label
	if target == "" {
		target = wordNoTarget
	}
	sure := wordTold
	tone, doubt := grid.Doubtful, h.doubtful()
	switch h.Sure {
	case books.Unmatched:
		sure = wordUnmatched
		if len(h.Guesses) > 0 {
			sure = wordLikelyTo + h.Guesses[0].Label
		}
	case books.Likely:
		sure = wordLikely
	case books.Sure:
		sure = wordSure
	}
	row := grid.Row{ID: strconv.Itoa(i), Cells: []string{h.Head, target, sure, strings.Join(h.Samples, "、"), w.book.Tables[h.table].Sheet}}
	if doubt {
		row.Marks = map[int]grid.Mark{2: {Tone: tone}}
	}
	return row
}

// headless reports a column without a head, which nobody can name.
func (w *Wizard) headless(h *bookHead) bool {
	return !slices.Contains(w.book.Tables[h.table].HeadTexts(), h.Head)
}

// askHead asks what a head is, the guesses first.
func (w *Wizard) askHead(h *bookHead) {
	if w.headless(h) {
		w.desk.Say(h.Head, sayHeadless)
		return
	}
	choices, err := w.book.Choices(h.table)
	if err != nil {
		w.desk.Fail(err)
		return
	}
	var items []pickItem
	for _, c := range h.Guesses {
		items = append(items, pickItem{c.Path, c.Label, wordLikelyTo})
	}
	items = append(items, w.addItems(h)...)
	items = append(items, pickItem{"", wordNoTarget, ""})
	for _, c := range choices {
		if slices.ContainsFunc(items, func(p pickItem) bool { return p.id == c.Path }) {
			continue
		}
		hint := ""
		if c.Taken && c.Path != h.Path {
			hint = wordTaken
		}
		items = append(items, pickItem{c.Path, c.Label, hint})
	}
	w.desk.pickFrom(titleChooseHead(h.Head), items, func(path string) {
		if at, add := strings.CutPrefix(path, addPrefix); add {
			w.addField(h, at)
			return
		}
		w.remap(map[string]string{h.Head: path}, w.showHeadsAgain)
	})
}

func (w *Wizard) showHeadsAgain() {
	w.showHeads()
	w.Focus()
}

// remap reads the book anew with heads matched so.
func (w *Wizard) remap(mapping map[string]string, then func()) {
	book, sheets := w.book, w.sheets
	w.reread(func(ctx context.Context, _ func(done, total int64)) (*reading, error) {
		again, err := book.Remap(ctx, w.desk.DB, mapping)
		if err != nil {
			return nil, err
		}
		r := &reading{book: again, sheets: sheets}
		return r, r.hold(ctx, w.desk.DB)
	}, then)
}

// confirm goes on to the rows. What was a guess is now a person's word: the next
// book with these heads is not asked about. In a book of several tables one
// word would speak of heads of them all, so there nothing is taken for said.
func (w *Wizard) confirm(heads []bookHead) {
	told := map[string]string{}
	for i := range heads {
		h := &heads[i]
		if h.doubtful() && !w.headless(h) && !strings.Contains(h.Path, "、") && len(w.book.Tables) == 1 {
			told[h.Head] = h.Path
		}
	}
	if len(told) == 0 {
		w.showRowsAgain()
		return
	}
	w.remap(told, w.showRowsAgain)
}

// pickItem is one of the things to pick from.
type pickItem struct{ id, text, hint string }

// pickFrom asks for one of many things, found by typing.
func (d *Desk) pickFrom(title string, items []pickItem, then func(id string)) {
	g := grid.New([]grid.Column{
		{Name: "text", Label: headOption, Type: field.Text, Width: 330, Find: true},
		{Name: "hint", Label: headHint, Type: field.Text, Width: 160},
	})
	var rows []grid.Row
	for i, it := range items {
		rows = append(rows, grid.Row{ID: strconv.Itoa(i), Cells: []string{it.text, it.hint}})
	}
	g.SetRows(rows)
	g.SetEmpty(sayNoRows, "", nil)
	find := newKeyEntry()
	find.SetPlaceHolder(sayFilterPick)
	take := func() {
		ids := g.Selected()
		if len(ids) == 0 {
			ids = g.Shown()
		}
		if len(ids) == 0 {
			return
		}
		n, _ := strconv.Atoi(ids[0]) // ids are ours
		then(items[n].id)
	}
	var p *Panel
	find.OnChanged = func(text string) {
		g.Select()
		g.Find(text)
	}
	find.keys = func(name fyne.KeyName) bool { return p.walk(g, name) }
	p = d.Show(title, listBelow(find, g), narrow, Choice{Text: doCancel}, Choice{Text: doTake, Main: true, Do: take})
	find.OnSubmitted = func(string) { p.enter() }
	g.OnOpen = func(string) { p.enter() }
	g.Select("0")
	d.Window.Canvas().Focus(find)
}
