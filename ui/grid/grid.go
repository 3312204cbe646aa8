package grid

import (
	"fmt"
	"sync"

	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// inThread is the most rows sorted and searched on the UI thread: so many take
// less than a frame, and more are arranged beside it.
const inThread = 1000

// Grid is a table of rows. It is made by New and filled by SetRows.
type Grid struct {
	widget.BaseWidget

	OnOpen   func(id string)                    // double click or Enter on a row
	OnSelect func(ids []string)                 // the selection is another, in the order shown
	OnShow   func(all, shown int)               // rows were set, found or sorted, and now stand there
	OnSort   func(column string, order Order)   // a click on a head sorted
	OnResize func(column string, width float32) // a column was dragged; width as in Column

	look   *theme.Theme
	text   *ruler // of cells
	strong *ruler // of heads

	columns []Column
	widths  []float32 // at theme.BaseText
	edges   []float32 // left edge of each column and, last, the right edge of all

	filled bool   // SetRows has been called
	latest *table // what SetRows was given
	table  *table // what is shown: latest, or the one before it while latest is being sorted
	shown  []int32
	query  string
	column int
	order  Order
	pick   pick

	turn int            // counts arrangements, so that one overtaken is dropped
	busy bool           // an arrangement is under way beside the UI thread
	work sync.WaitGroup // the arrangements under way, for tests
	post func(func())   // runs a function on the UI thread: fyne.Do, which tests collect

	ground *canvas.Rectangle
	head   *head
	body   *body
	scroll *container.Scroll
	foot   *canvas.Text
	nobody *fyne.Container // what an empty grid says
	says   *canvas.Text
	remedy *widget.Button
	empty  string // the sentence for a grid without rows
}

// New makes an empty grid of at least one column. The first column stays in
// sight while the others scroll: it is the name, what people know a row by.
func New(columns []Column) *Grid {
	g := &Grid{columns: columns, column: -1, pick: newPick(), post: fyne.Do}
	for _, c := range columns {
		g.widths = append(g.widths, c.width())
	}
	g.latest = newTable(columns, nil)
	g.table = g.latest
	g.ground = canvas.NewRectangle(nil)
	g.foot = canvas.NewText("", nil)
	g.head = newHead(g)
	g.body = newBody(g)
	g.scroll = container.NewScroll(g.body)
	g.scroll.OnScrolled = func(fyne.Position) { g.scrolled() }
	g.says = canvas.NewText("", nil)
	g.remedy = widget.NewButton("", nil)
	g.remedy.Importance = widget.HighImportance
	g.remedy.Hide()
	g.nobody = container.NewCenter(container.NewVBox(g.says, container.NewCenter(g.remedy)))
	g.nobody.Hide()
	g.ExtendBaseWidget(g)
	g.restyle()
	return g
}

// SetEmpty gives the one sentence that says what belongs here while the grid
// has no rows, and the button that brings them. Without an action there is no
// button.
func (g *Grid) SetEmpty(sentence, action string, do func()) {
	g.empty = sentence
	g.remedy.SetText(action)
	g.remedy.OnTapped = do
	g.tell()
}

// SetRows replaces all rows. Sorting, finding and the place scrolled to stay;
// of the selection, the rows that are still shown.
func (g *Grid) SetRows(rows []Row) {
	g.filled = true
	g.latest = newTable(g.columns, rows)
	g.arrange()
}

// Find shows only the rows that hold the text, its pinyin or its initials in
// some cell; parts separated by spaces must all be found. An empty text shows
// all rows.
func (g *Grid) Find(text string) {
	if text == g.query {
		return
	}
	g.query = text
	g.arrange()
}

// SortBy sorts by a column without telling OnSort. A name no column has shows
// the rows as they were given.
func (g *Grid) SortBy(column string, order Order) {
	g.column, g.order = -1, Unsorted
	for i, c := range g.columns {
		if c.Name == column && order != Unsorted {
			g.column, g.order = i, order
		}
	}
	g.head.place()
	g.arrange()
}

// Sorted returns the column the rows are sorted by, empty if none.
func (g *Grid) Sorted() (column string, order Order) {
	if g.order == Unsorted {
		return "", Unsorted
	}
	return g.columns[g.column].Name, g.order
}

// Counts returns how many rows there are, how many of them are shown and how
// many of those are selected.
func (g *Grid) Counts() (all, shown, selected int) {
	return len(g.table.rows), len(g.shown), len(g.pick.chosen)
}

// sortBy goes to the next order of a column, as a click on its head does.
func (g *Grid) sortBy(column int) {
	order := Ascending
	if column == g.column {
		order = (g.order + 1) % (Descending + 1)
	}
	g.SortBy(g.columns[column].Name, order)
	if g.OnSort != nil {
		g.OnSort(g.columns[column].Name, order)
	}
}

// arrange sorts and searches the latest rows and then shows them: at once if
// they are few, else as soon as that is done beside the UI thread. Until then
// the former rows stay, and the last call wins.
func (g *Grid) arrange() {
	g.turn++
	turn, t, query, column, order := g.turn, g.latest, g.query, g.column, g.order
	if len(t.rows) <= inThread || (query == "" && order == Unsorted) {
		g.show(t, t.arrange(query, column, order))
		return
	}
	g.busy = true
	g.tell()
	g.work.Add(1)
	go func() {
		defer g.work.Done()
		shown := t.arrange(query, column, order)
		g.post(func() {
			if turn == g.turn {
				g.show(t, shown)
			}
		})
	}()
}

// show puts arranged rows on the screen and carries the selection over. Rows
// sorted or searched anew show the selected one, or the first; new rows leave
// the place scrolled to as it is, for they may come while a person reads.
func (g *Grid) show(t *table, shown []int32) {
	before, sameRows := len(g.pick.chosen), t == g.table
	next := g.pick.moved(g.positions(t, shown))
	g.table, g.shown, g.pick, g.busy = t, shown, next, false
	g.redraw()
	if sameRows {
		g.reveal(max(g.pick.cursor, 0))
	}
	if len(next.chosen) != before {
		g.selectionChanged()
	}
	if g.OnShow != nil {
		g.OnShow(len(t.rows), len(shown))
	}
}

// positions maps the places of the selected rows, the cursor and the anchor to
// those the same records will have.
func (g *Grid) positions(t *table, shown []int32) map[int]int {
	was := map[string]int{}
	note := func(at int) {
		if at >= 0 && at < len(g.shown) {
			was[g.table.rows[g.shown[at]].ID] = at
		}
	}
	for at := range g.pick.chosen {
		note(at)
	}
	note(g.pick.cursor)
	note(g.pick.anchor)
	to := make(map[int]int, len(was))
	if len(was) == 0 {
		return to
	}
	for now, row := range shown {
		if at, ok := was[t.rows[row].ID]; ok {
			to[at] = now
		}
	}
	return to
}

// row returns the row at a place among those shown.
func (g *Grid) row(at int) *Row { return &g.table.rows[g.shown[at]] }

// redraw draws all visible rows anew, and what is around them.
func (g *Grid) redraw() {
	g.scroll.Refresh() // which refreshes the body
	g.head.place()
	g.tell()
}

// scrolled follows the scroller.
func (g *Grid) scrolled() {
	g.head.place()
	g.body.fill(false)
}

// tell writes the footer, and the sentence where there is nothing to show.
func (g *Grid) tell() {
	all, shown, selected := g.Counts()
	text := fmt.Sprintf("共 %d 条", all)
	switch {
	case g.busy:
		text = "正在整理…"
	case !g.filled:
		text = ""
	case shown < all:
		text = fmt.Sprintf("查到 %d 条，共 %d 条", shown, all)
	}
	if selected > 0 && !g.busy {
		text += fmt.Sprintf("，已选 %d 条", selected)
	}
	if g.foot.Text != text {
		g.foot.Text = text
		g.foot.Refresh()
	}
	g.tellEmpty(all, shown)
}

func (g *Grid) tellEmpty(all, shown int) {
	if !g.filled || g.busy || shown > 0 {
		g.nobody.Hide()
		return
	}
	g.says.Text = g.empty
	g.remedy.Hidden = all > 0 || g.remedy.OnTapped == nil
	if all > 0 {
		g.says.Text = "没有查到“" + g.query + "”，请换一个词，或清空查找。"
	}
	g.nobody.Show()
	g.nobody.Refresh()
}
