package grid

import (
	"slices"
	"sync"

	"touyan/store/field"
)

// Row is one record as texts, a text for each column.
type Row struct {
	ID    string
	Cells []string     // as shown: codes as words, private values masked
	Keys  []string     // canonical, what sorting and ranges compare; nil, or short, means the cell serves
	Marks map[int]Mark // of cells that are not as they should be, by column; mostly nil
}

// Mark sets a cell off from the others.
type Mark struct {
	Tone Tone
	Note string // the sentence shown with the cell, may be empty
}

// Tone is the colour of a mark.
type Tone int

// The tones, each with its colour in the theme.
const (
	Changed Tone = iota // will be another
	Refused             // cannot be taken
	Doubtful
)

func (r Row) cell(column int) string {
	if column < len(r.Cells) {
		return r.Cells[column]
	}
	return ""
}

func (r Row) key(column int) string {
	if column < len(r.Keys) {
		return r.Keys[column]
	}
	return r.cell(column)
}

// table is the rows of a grid with what sorting, finding and filtering have
// worked out about them so far. Columns and rows do not change, so any number
// of goroutines may arrange one table.
type table struct {
	columns []Column
	rows    []Row

	mu    sync.Mutex
	ranks map[int]*ranks
	cells map[int]*distinct // by column: the texts shown
	keys  map[int]*distinct // and the canonical ones
	words *wordIndex
}

func newTable(columns []Column, rows []Row) *table {
	return &table{columns: columns, rows: rows,
		ranks: map[int]*ranks{}, cells: map[int]*distinct{}, keys: map[int]*distinct{}}
}

// wish is which rows a person wants to see, and in which order.
type wish struct {
	query   string
	filters []Filter
	column  int // sorted by
	order   Order
	today   field.Date // to which ages are counted
}

// plain reports the wish for all rows as they were given.
func (w wish) plain() bool { return w.query == "" && len(w.filters) == 0 && w.order == Unsorted }

// arrange lists the rows a wish asks for.
func (t *table) arrange(w wish) []int32 {
	shown := t.sift(t.find(w.query), w.filters, w.today)
	if w.order == Unsorted || w.column < 0 || w.column >= len(t.columns) {
		return shown
	}
	return t.sort(shown, w.column, w.order)
}

func (t *table) everything() []int32 {
	all := make([]int32, len(t.rows))
	for i := range all {
		all[i] = int32(i)
	}
	return all
}

// distinct is the texts of a column, each once, and which of them each row has.
// Villages, posts and dates repeat, so what must be worked out about a text is
// worked out seldom.
type distinct struct {
	texts []string
	of    []int32
}

// cellTexts is the distinct texts of a column as shown.
func (t *table) cellTexts(column int) *distinct { return t.distinct(t.cells, column, Row.cell) }

// keyTexts is the distinct canonical texts of a column.
func (t *table) keyTexts(column int) *distinct { return t.distinct(t.keys, column, Row.key) }

func (t *table) distinct(known map[int]*distinct, column int, text func(Row, int) string) *distinct {
	t.mu.Lock()
	defer t.mu.Unlock()
	if d, ok := known[column]; ok {
		return d
	}
	d := &distinct{of: make([]int32, len(t.rows))}
	numbers := map[string]int32{}
	for i := range t.rows {
		s := text(t.rows[i], column)
		n, ok := numbers[s]
		if !ok {
			n = int32(len(d.texts))
			numbers[s] = n
			d.texts = append(d.texts, s)
		}
		d.of[i] = n
	}
	known[column] = d
	return d
}

// index returns the place of a column among all, -1 if there is none.
func index(columns []Column, name string) int {
	return slices.IndexFunc(columns, func(c Column) bool { return c.Name == name })
}
