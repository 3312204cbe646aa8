package grid

import (
	"slices"

	"touyan/store/field"
	"touyan/ui/find"
)

// wordIndex is what finding looks at: every distinct text of the table once,
// and for each row which texts it holds.
type wordIndex struct {
	reader *find.Reader
	words  []find.Word
	rows   [][]int32
}

// find lists the rows in which each part of the query (parts are separated by
// spaces) occurs in some cell, as text, as pinyin or as initials: 白音 or baiyin
// or by for 白音巴图. An empty query finds all.
func (t *table) find(query string) []int32 {
	parts := find.Parse(query)
	if len(parts) == 0 {
		return t.everything()
	}
	index := t.wordIndex()
	hits := make([][]bool, len(parts))
	for p, part := range parts {
		hits[p] = make([]bool, len(index.words))
		for w, word := range index.words {
			hits[p][w] = index.reader.Matches(word, part)
		}
	}
	found := make([]int32, 0, 64)
	for i, words := range index.rows {
		if rowMatches(hits, words) {
			found = append(found, int32(i))
		}
	}
	return found
}

func rowMatches(hits [][]bool, words []int32) bool {
	for _, hit := range hits {
		some := false
		for _, w := range words {
			if hit[w] {
				some = true
				break
			}
		}
		if !some {
			return false
		}
	}
	return true
}

func (t *table) wordIndex() *wordIndex {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.words == nil {
		t.words = indexWords(t.columns, t.rows)
	}
	return t.words
}

// indexWords takes in what is shown, and besides it the whole of a number or a
// text that is shown masked: whoever holds a person's ID number finds the
// person. Counts and sums are left out, for "3" would find everything.
func indexWords(columns []Column, rows []Row) *wordIndex {
	index := &wordIndex{reader: find.NewReader(), rows: make([][]int32, len(rows))}
	numbers := map[bool]map[string]int32{false: {}, true: {}}
	take := func(row int, text string, plain bool) {
		if text == "" {
			return
		}
		n, ok := numbers[plain][text]
		if !ok {
			n = int32(len(index.words))
			numbers[plain][text] = n
			word := find.Unread(text)
			if !plain {
				word = index.reader.Word(text)
			}
			index.words = append(index.words, word)
		}
		index.rows[row] = append(index.rows[row], n)
	}
	all := !slices.ContainsFunc(columns, func(c Column) bool { return c.Find })
	for i, r := range rows {
		index.rows[i] = make([]int32, 0, len(columns))
		for c, column := range columns {
			if !all && !column.Find {
				continue
			}
			switch column.Type {
			case field.Number, field.Money:
				continue
			case field.Text, field.IDNumber, field.Phone:
				if key := r.key(c); key != r.cell(c) {
					take(i, key, column.Plain)
				}
			}
			take(i, r.cell(c), column.Plain)
		}
	}
	return index
}
