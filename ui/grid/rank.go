package grid

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"touyan/store/field"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Order is the direction a column is sorted in.
type Order int

// The orders, in the sequence clicks on a head go through.
const (
	Unsorted Order = iota // as the rows were given
	Ascending
	Descending
)

// ranks is the order of a column: for each row the place of its text among the
// distinct ones, -1 if the cell is empty.
type ranks struct {
	of    []int32
	count int
}

// sort orders rows by a column, those of one rank as they were and the empty
// ones last both ways. It counts instead of comparing: the comparing is done
// once, for the distinct texts.
func (t *table) sort(shown []int32, column int, order Order) []int32 {
	r := t.rank(column)
	bucket := func(row int32) int {
		switch rank := int(r.of[row]); {
		case rank < 0:
			return r.count
		case order == Descending:
			return r.count - 1 - rank
		default:
			return rank
		}
	}
	next := make([]int32, r.count+2) // where the next row of a bucket goes
	for _, row := range shown {
		next[bucket(row)+1]++
	}
	for i := 1; i < len(next); i++ {
		next[i] += next[i-1]
	}
	sorted := make([]int32, len(shown))
	for _, row := range shown {
		b := bucket(row)
		sorted[next[b]] = row
		next[b]++
	}
	return sorted
}

func (t *table) rank(column int) *ranks {
	t.mu.Lock()
	r, ok := t.ranks[column]
	t.mu.Unlock()
	if ok {
		return r
	}
	texts := t.keyTexts(column)
	if t.columns[column].Type == field.Ref { // an id means nothing to people
		texts = t.cellTexts(column)
	}
	r = rankTexts(texts, sortKey(t.columns[column].Type))
	t.mu.Lock()
	t.ranks[column] = r
	t.mu.Unlock()
	return r
}

func rankTexts(texts *distinct, key func(string) string) *ranks {
	type keyed struct {
		key  string
		text int32
	}
	sorted := make([]keyed, 0, len(texts.texts))
	place := make([]int32, len(texts.texts))
	for i, text := range texts.texts {
		place[i] = -1
		if text != "" {
			sorted = append(sorted, keyed{key(text), int32(i)})
		}
	}
	slices.SortFunc(sorted, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	r := &ranks{of: make([]int32, len(texts.of))}
	for i, k := range sorted {
		if i == 0 || k.key != sorted[i-1].key {
			r.count++
		}
		place[k.text] = int32(r.count - 1)
	}
	for row, text := range texts.of {
		r.of[row] = place[text]
	}
	return r
}

// sortKey returns the function that makes of a text of a type one whose bytes
// order as people expect. Numbers go by value, dates by their canonical text
// (a year before its months), codes by length and then by code, texts by
// pinyin with the numbers in them by value.
func sortKey(t field.Type) func(string) string {
	switch t {
	case field.Number, field.Money:
		return numberKey
	case field.Code:
		return func(code string) string { return string(rune(len(code))) + code }
	case field.Text, field.Ref:
		collator := collate.New(language.SimplifiedChinese, collate.Numeric)
		var buffer collate.Buffer
		return func(text string) string {
			buffer.Reset()
			return string(collator.KeyFromString(&buffer, text))
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
