package grid

import (
	"slices"
	"sync"

	"touyan/store/field"
	"touyan/ui/button"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// inThread is the most rows sorted and searched on the UI thread: so many take
// less than a frame, and more are arranged beside it.
const inThread = 1000

// Grid is a table of rows. It is made by New and filled by SetRows. All its
// fields may be nil; those that are called are called on the UI thread.
type Grid struct {
	widget.BaseWidget

	OnOpen   func(id string)                    // double click or Enter on a row
	OnSelect func(ids []string)                 // the selection is another, in the order shown
	OnShow   func(all, shown int)               // rows were set, found or sorted, and now stand there
	OnSort   func(column string, order Order)   // a click on a head sorted
	OnEnd    func()                             // the last row is in sight: there may be more to set; may be called often
	OnResize func(column string, width float32) // a column was dragged; width as in Column
	OnView   func()                             // filters, sorting or columns were changed by a person
	OnFind   func()                             // Ctrl+F: whoever has a find box focuses it
	OnEdit   func(changes []Change)             // cells were changed, by one deed that is undone as one
	OnPaste  func(b Block)                      // a block was pasted at the cursor

	// TextOf is the text editing a cell begins with and filling down copies. It
	// is the cell as shown where TextOf is nil, and then masked cells begin
	// empty and are not copied.
	TextOf func(id, column string) string
	// NewEditor makes what a cell of a column is edited with, a plain entry
	// where it is nil.
	NewEditor func(column string) Editor
	// Check says in a sentence why a text typed into a cell of these records
	// cannot be taken, "" if it can. What is refused stays in the editor.
	Check   func(ids []string, column, text string) string
	OnFixed func(column string) // somebody would change a column that is not changed in place
	// Browse makes Enter and a double click open the row; its cells are changed
	// by typing or F2.
	Browse bool
	// Today is the day ages are counted to.
	Today field.Date
	// Bare leaves only sorting to the heads, for short lists in dialogs.
	Bare bool

	look   *theme.Theme
	text   *ruler // of cells
	strong *ruler // of heads

	columns []Column
	layout  []int     // all columns in the order chosen; the first stays the first
	hidden  []bool    // of all columns
	seen    []int     // the columns shown, in their order
	widths  []float32 // of all columns, at theme.BaseText
	edges   []float32 // left edge of each column shown and, last, the right edge of all

	filled  bool   // SetRows has been called
	latest  *table // what SetRows was given
	table   *table // what is shown: latest, or the one before it while latest is being sorted
	shown   []int32
	view    string // name of the view it was last set to
	query   string
	filters []Filter
	column  int // sorted by
	order   Order
	pick    pick
	current int   // the column of the cursor
	edit    *edit // under way, nil if none

	turn   int            // counts arrangements, so that one overtaken is dropped
	busy   bool           // an arrangement is under way beside the UI thread
	work   sync.WaitGroup // the arrangements under way, for tests
	post   func(func())   // runs a function on the UI thread: fyne.Do, which tests collect
	follow []func()       // told when filters, sorting or columns are others

	ground *canvas.Rectangle
	chips  *chips
	head   *head
	body   *body
	scroll *container.Scroll
	foot   *canvas.Text
	tip    *tip
	nobody *fyne.Container // what an empty grid says
	says   *canvas.Text
	remedy *button.Button
	empty  vacancy
}

// vacancy is what a grid without rows says and offers.
type vacancy struct {
	sentence, action string
	do               func()
}

// New makes an empty grid of at least one column. The first column stays in
// sight while the others scroll: it is the name, what people know a row by.
func New(columns []Column) *Grid {
	g := &Grid{columns: columns, column: -1, pick: newPick(), post: fyne.Do}
	for i, c := range columns {
		g.widths = append(g.widths, c.width())
		g.layout = append(g.layout, i)
	}
	g.hidden = make([]bool, len(columns))
	g.seen = slices.Clone(g.layout)
	g.latest = newTable(columns, nil)
	g.table = g.latest
	g.ground = canvas.NewRectangle(nil)
	g.foot = canvas.NewText("", nil)
	g.tip = newTip(g)
	g.chips = newChips(g)
	g.head = newHead(g)
	g.body = newBody(g)
	g.scroll = container.NewScroll(g.body)
	g.scroll.OnScrolled = func(fyne.Position) { g.scrolled() }
	g.says = canvas.NewText("", nil)
	g.remedy = button.New("", nil)
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
	g.empty = vacancy{sentence, action, do}
	g.tell()
}

// SetRows replaces all rows. Sorting, finding, filters and the place scrolled
// to stay, and a cell being edited stays so; of the selection, the rows that
// are still shown.
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
	g.setSort(column, order)
	g.head.place()
	g.arrange()
}

func (g *Grid) setSort(column string, order Order) {
	g.column, g.order = index(g.columns, column), order
	if g.column < 0 || order < Unsorted || order > Descending {
		g.order = Unsorted
	}
	if g.order == Unsorted {
		g.column = -1
	}
}

// Sorted returns the column the rows are sorted by, empty if none.
func (g *Grid) Sorted() (column string, order Order) {
	if g.order == Unsorted {
		return "", Unsorted
	}
	return g.columns[g.column].Name, g.order
}

// Filters returns the filters, for whoever stores them.
func (g *Grid) Filters() []Filter { return slices.Clone(g.filters) }

// SetFilters replaces all filters without telling OnView.
func (g *Grid) SetFilters(filters []Filter) {
	g.filters = slices.DeleteFunc(slices.Clone(filters), Filter.empty)
	g.filtered()
}

// filtered shows what the filters leave.
func (g *Grid) filtered() {
	g.Refresh() // the line of chips comes or goes
	g.arrange()
}

// filter puts a filter in the place of its like, or takes that away if it is
// empty, as a person does.
func (g *Grid) filter(like, f Filter) {
	at := slices.IndexFunc(g.filters, like.same)
	next := slices.Clone(g.filters)
	switch {
	case at < 0 && f.empty():
		return
	case at < 0:
		next = append(next, f)
	case f.empty():
		next = slices.Delete(next, at, at+1)
	default:
		next[at] = f
	}
	g.filters = next
	g.filtered()
	g.changed()
}

// unfilter takes all filters away, as a person does.
func (g *Grid) unfilter() {
	g.SetFilters(nil)
	g.changed()
}

// Counts returns how many rows there are, how many of them are shown and how
// many of those are selected.
func (g *Grid) Counts() (all, shown, selected int) {
	return len(g.table.rows), len(g.shown), g.pick.count
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
	g.changed()
}

// changed tells that a person changed what View returns.
func (g *Grid) changed() {
	g.followed()
	if g.OnView != nil {
		g.OnView()
	}
}

func (g *Grid) followed() {
	for _, f := range g.follow {
		f()
	}
}

// row returns the row at a place among those shown.
func (g *Grid) row(at int) *Row { return &g.table.rows[g.shown[at]] }
