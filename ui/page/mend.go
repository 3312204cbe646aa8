package page

import (
	"slices"
	"strings"

	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/button"
	"touyan/ui/entry"
	"touyan/ui/grid"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// mending is a row of a book being mended: the cells that are wrong, and below
// them the others.
type mending struct {
	w     *Wizard
	row   exchange.ReviewRow
	cells []*mendCell // the wrong ones first
	wrong int
	panel *Panel
	ended func(mended bool) // the panel was answered
}

// mendCell is a cell with what stands in the book, what is typed for it and
// what would come of that.
type mendCell struct {
	column exchange.ReviewColumn
	cell   exchange.ReviewCell
	entry  *keyEntry
	says   *fyne.Container // the live sentence, and proposals
	width  float32
}

// mendRow opens a row for mending. ended hears whether anything was changed.
func (w *Wizard) mendRow(table, n int, ended func(mended bool)) {
	t := &w.tables[table]
	row, _ := w.rowFor(table, n) // asked before
	m := &mending{w: w, row: row, ended: ended}
	var others []*mendCell
	for i, c := range t.columns {
		cell := &mendCell{column: c, cell: m.row.Cells[i]}
		if cell.cell.Problem != nil {
			m.cells = append(m.cells, cell)
		} else {
			others = append(others, cell)
		}
	}
	m.wrong = len(m.cells)
	m.cells = append(m.cells, others...)
	title := titleMendRow(t.sheet, m.row.Number, t.nameOf(&m.row))
	m.panel = w.desk.Show(title, m.body(), wide, m.choices()...)
	if m.wrong > 0 || len(m.row.Problems) == 0 { // else Enter does what is likely done with the whole row
		w.desk.Window.Canvas().Focus(m.cells[0].entry)
		m.cells[0].entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// choices are what may be done with the row. One that is wrong as a whole, as a
// double is, is most likely to be left out.
func (m *mending) choices() []Choice {
	out := []Choice{{Text: doCancel, Do: func() { m.ended(false) }}}
	leave := Choice{Text: doLeaveOut, Main: m.wrong == 0 && len(m.row.Problems) > 0, Do: func() { m.leaveOut(true) }}
	if m.row.LeftOut {
		leave = Choice{Text: doTakeBackRow, Main: true, Do: func() { m.leaveOut(false) }}
	}
	return append(out, leave, Choice{Text: doMended, Main: !leave.Main, Do: m.take})
}

func (m *mending) leaveOut(out bool) {
	m.w.mend(mended{table: m.row.Table, row: m.row.Row, out: &out})
	m.ended(true)
}

// take mends what was typed. A cell typed back to what stands in the book is
// read from there again.
func (m *mending) take() {
	texts := map[int]*string{}
	for _, c := range m.cells {
		text := c.entry.Text
		switch {
		case text == c.cell.Text:
		case text == c.cell.Raw:
			texts[c.column.Column] = nil
		default:
			texts[c.column.Column] = &text
		}
	}
	if len(texts) == 0 {
		m.ended(false)
		return
	}
	m.w.mend(mended{table: m.row.Table, row: m.row.Row, texts: texts})
	m.ended(true)
}

// mendRows is how many rows of a table the panel is high at most.
const mendRows = 15

// body stands the cells one below the other.
func (m *mending) body() fyne.CanvasObject {
	look := theme.Current()
	box := container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	for i := range m.row.Problems {
		if p := &m.row.Problems[i]; m.isWhole(p) {
			box.Add(sentences(sayRowProblem(p), look.WideDialog-2*look.Margin, look.Bad))
		}
	}
	for i, c := range m.cells {
		if i == m.wrong && i > 0 {
			box.Add(words(captionOther, look.Ink2, look.Text))
		}
		box.Add(m.line(i, c))
	}
	scroll := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.ScrollBar), box))
	scroll.SetMinSize(fyne.NewSize(look.WideDialog, min(box.MinSize().Height, mendRows*look.Row)))
	return scroll
}

// isWhole reports a problem that no cell on the panel shows.
func (m *mending) isWhole(p *exchange.Problem) bool {
	_, _, column := p.At()
	return !slices.ContainsFunc(m.cells, func(c *mendCell) bool { return c.column.Column == column })
}

// line is a label, the entry, and below it the sentence.
func (m *mending) line(i int, c *mendCell) fyne.CanvasObject {
	look := theme.Current()
	label := 8 * look.Text
	c.width = look.WideDialog - label - look.ScrollBar - 2*look.Gap
	c.entry = newKeyEntry()
	c.entry.SetText(c.cell.Text)
	c.says = container.New(layout.NewCustomPaddedVBoxLayout(look.Space))
	c.entry.OnChanged = func(string) { c.judge() }
	c.entry.OnSubmitted = func(string) { m.next(i) }
	c.entry.keys = func(name fyne.KeyName) bool { return m.key(i, name) }
	c.judge()
	ink := look.Ink2
	if c.cell.Problem != nil {
		ink = look.Bad
	}
	name := least(container.NewVBox(container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), words(c.column.Label, ink, look.Text))), fyne.NewSize(label, 0))
	var pick fyne.CanvasObject
	if f := c.column.Field; f.Type == field.Code && f.Codes != nil {
		pick = button.New(doPick, func() { m.w.pickWord(c) })
	}
	return container.NewBorder(nil, nil, name, nil, container.NewVBox(container.NewBorder(nil, nil, nil, pick, c.entry), c.says))
}

// next goes on to the next wrong cell, and after the last one is done.
func (m *mending) next(i int) {
	if i+1 < m.wrong {
		m.focus(i + 1)
		return
	}
	m.press(doMended)
}

func (m *mending) focus(i int) {
	m.w.desk.Window.Canvas().Focus(m.cells[i].entry)
	m.cells[i].entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (m *mending) press(text string) { m.panel.Buttons().Press(text) }

// key takes what an entry does not know: Escape leaves, arrows walk.
func (m *mending) key(i int, name fyne.KeyName) bool {
	switch {
	case name == fyne.KeyEscape:
		m.press(doCancel)
	case name == fyne.KeyDown && i+1 < len(m.cells):
		m.focus(i + 1)
	case name == fyne.KeyUp && i > 0:
		m.focus(i - 1)
	default:
		return false
	}
	return true
}

// judge writes what would come of the text, below the entry.
func (c *mendCell) judge() {
	look := theme.Current()
	c.says.Objects = nil
	text, f := strings.TrimSpace(c.entry.Text), c.column.Field
	var proposals []string
	switch problem := c.cell.Problem; {
	case problem != nil && c.entry.Text == c.cell.Text: // the plan knows more than the field
		c.says.Add(sentences(problem.Message, c.width, look.Bad))
		if problem.Proposal != "" {
			proposals = append(proposals, problem.Proposal)
		}
		_, found := readText(f, text)
		proposals = append(proposals, shownProposals(f, found)...)
	case problem == nil && !c.cell.Mended && c.entry.Text == c.cell.Text:
	case text == "":
		c.says.Add(words(sayWillBlank, look.Ink2, look.Caption))
	default:
		shown, found := readText(f, text)
		if found != nil && !found.Warning {
			c.says.Add(sentences(found.Message, c.width, look.Bad))
			proposals = shownProposals(f, found)
		} else {
			c.says.Add(words(sayWillBe+shown, look.Good, look.Text))
		}
	}
	c.propose(proposals)
	if c.cell.Raw != c.entry.Text && c.cell.Raw != "" {
		c.says.Add(words(sayInBook(c.cell.Raw), look.Ink2, look.Caption))
	}
	c.says.Refresh()
}

// readText reads a text as the field's, and gives it as it will be shown.
func readText(f *field.Field, text string) (shown string, found *field.Problem) {
	if f.Type == field.Ref {
		return text, nil
	}
	if f.Split != nil {
		each, found := f.Split(text)
		parts := make([]string, len(each))
		for i := range each {
			parts[i] = f.Show(each[i])
		}
		return strings.Join(parts, "、"), found
	}
	value, found := f.Read(field.Input{Text: text})
	return f.Show(value), found
}

// mostProposals stand side by side.
const mostProposals = 3

func shownProposals(f *field.Field, p *field.Problem) []string {
	if p == nil {
		return nil
	}
	var out []string
	for _, text := range p.Proposals {
		out = append(out, f.Show(text))
	}
	return out
}

// propose offers texts that would be right.
func (c *mendCell) propose(texts []string) {
	row := container.NewHBox()
	seen := map[string]bool{"": true}
	for _, text := range texts {
		if seen[text] || len(row.Objects) == mostProposals {
			continue
		}
		seen[text] = true
		row.Add(button.New(doPropose(text), func() { c.entry.SetText(text) }))
	}
	if len(row.Objects) > 0 {
		c.says.Add(row)
	}
}

// pickWord asks for a word of a code list.
func (w *Wizard) pickWord(c *mendCell) {
	var items []pickItem
	for _, it := range c.column.Field.Codes.Items {
		if !it.Retired {
			items = append(items, pickItem{it.Word, it.Word, ""})
		}
	}
	w.desk.pickFrom(titleChooseWord(c.column.Label), items, func(word string) {
		c.entry.SetText(word)
		w.desk.Window.Canvas().Focus(c.entry)
	})
}

// keyEntry is an entry whose page hears the keys first.
type keyEntry struct {
	entry.Entry
	keys func(fyne.KeyName) bool // reports whether it took the key
}

func newKeyEntry() *keyEntry {
	e := new(keyEntry)
	e.Extend(e)
	return e
}

// TypedKey is for the toolkit.
func (e *keyEntry) TypedKey(k *fyne.KeyEvent) {
	if e.keys == nil || !e.keys(k.Name) {
		e.Entry.TypedKey(k)
	}
}

// walk goes through a list below an entry by the keys of the entry.
func (p *Panel) walk(g *grid.Grid, name fyne.KeyName) bool {
	shown, at := g.Shown(), -1
	if ids := g.Selected(); len(ids) > 0 {
		at = slices.Index(shown, ids[0])
	}
	switch name {
	case fyne.KeyEscape:
		p.choices[0].Do()
		return true
	case fyne.KeyDown:
		at++
	case fyne.KeyUp:
		at--
	default:
		return false
	}
	if at >= 0 && at < len(shown) {
		g.Select(shown[at])
	}
	return true
}
