package grid

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"sync"

	"touyan/store/field"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Row is one record as texts, a text for each column.
type Row struct {
	ID    string
	Cells []string // as shown: codes as words, private values masked
	Keys  []string // canonical, what sorting compares; nil, or short, means the cell serves
}

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

// Order is the direction a column is sorted in.
type Order int

// The orders, in the sequence clicks on a head go through.
const (
	Unsorted Order = iota // as the rows were given
	Ascending
	Descending
)

// table is the rows of a grid with what sorting and finding have worked out
// about them so far. Columns and rows do not change, so any number of
// goroutines may arrange one table.
type table struct {
	columns []Column
	rows    []Row

	mu    sync.Mutex
	keys  map[int][]string
	words *wordIndex
}

func newTable(columns []Column, rows []Row) *table {
	return &table{columns: columns, rows: rows, keys: map[int][]string{}}
}

// arrange lists the rows that match the query, in the order of a column.
func (t *table) arrange(query string, column int, order Order) []int32 {
	shown := t.find(query)
	if order == Unsorted || column < 0 || column >= len(t.columns) {
		return shown
	}
	keys := t.sortKeys(column)
	slices.SortStableFunc(shown, func(a, b int32) int {
		x, y := keys[a], keys[b]
		switch {
		case x == "" || y == "": // empty cells come last both ways
			return cmp.Compare(empty(x), empty(y))
		case order == Descending:
			return strings.Compare(y, x)
		}
		return strings.Compare(x, y)
	})
	return shown
}

func empty(s string) int {
	if s == "" {
		return 1
	}
	return 0
}

// sortKeys are texts whose bytes order the column as people expect.
func (t *table) sortKeys(column int) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if keys, ok := t.keys[column]; ok {
		return keys
	}
	keys := make([]string, len(t.rows))
	key := sortKey(t.columns[column].Type)
	for i, r := range t.rows {
		text := r.key(column)
		if t.columns[column].Type == field.Ref { // an id means nothing to people
			text = r.cell(column)
		}
		if text != "" {
			keys[i] = key(text)
		}
	}
	t.keys[column] = keys
	return keys
}

// sortKey returns the function for cells of a type. Numbers go by value, dates
// by their canonical text (a year before its months), codes by length and then
// by code, texts by pinyin with the numbers in them by value.
func sortKey(t field.Type) func(string) string {
	switch t {
	case field.Number, field.Money:
		return numberKey
	case field.Code:
		return func(code string) string { return string(rune(len(code))) + code }
	case field.Text, field.Ref:
		// A repeated text is collated once: villages, posts and the like.
		seen := map[string]string{}
		collator := collate.New(language.SimplifiedChinese, collate.Numeric)
		var buffer collate.Buffer
		return func(text string) string {
			if key, ok := seen[text]; ok {
				return key
			}
			buffer.Reset()
			key := string(collator.KeyFromString(&buffer, text))
			seen[text] = key
			return key
		}
	}
	return func(text string) string { return text }
}

// numberKey puts what is not a number after all numbers.
func numberKey(text string) string {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return "\xFF" + text
	}
	var b [9]byte
	binary.BigEndian.PutUint64(b[1:], uint64(n)^1<<63)
	return string(b[:])
}
