package grid

import (
	"slices"
	"strings"
	"unicode/utf8"

	"touyan/store/field"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/width"
)

// wordIndex is what finding looks at: every distinct text of the table once,
// and for each row which texts it holds.
type wordIndex struct {
	words []word
	rows  [][]int32
}

// word is a text folded for comparison. For texts with Chinese characters,
// sounds has the readings of each character, and nil for any other character.
type word struct {
	text   string
	runes  []rune
	sounds [][]string
}

// find lists the rows in which each part of the query (parts are separated by
// spaces) occurs in some cell, as text, as pinyin or as initials: 白音 or baiyin
// or by for 白音巴图. An empty query finds all.
func (t *table) find(query string) []int32 {
	parts := strings.Fields(fold(query))
	if len(parts) == 0 {
		all := make([]int32, len(t.rows))
		for i := range all {
			all[i] = int32(i)
		}
		return all
	}
	index := t.wordIndex()
	hits := make([][]bool, len(parts))
	for p, part := range parts {
		hits[p] = make([]bool, len(index.words))
		for w := range index.words {
			hits[p][w] = index.words[w].matches(part)
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
	index := &wordIndex{rows: make([][]int32, len(rows))}
	numbers := map[string]int32{}
	readings := map[rune][]string{}
	take := func(row int, text string) {
		if text == "" {
			return
		}
		n, ok := numbers[text]
		if !ok {
			n = int32(len(index.words))
			numbers[text] = n
			index.words = append(index.words, newWord(text, readings))
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
					take(i, key)
				}
			}
			take(i, r.cell(c))
		}
	}
	return index
}

func newWord(text string, readings map[rune][]string) word {
	w := word{text: fold(text)}
	if !hasHan(w.text) {
		return w
	}
	w.runes = []rune(w.text)
	w.sounds = make([][]string, len(w.runes))
	args := pinyin.NewArgs()
	args.Heteronym = true
	for i, r := range w.runes {
		if r < utf8.RuneSelf {
			continue
		}
		sounds, ok := readings[r]
		if !ok {
			sounds = pinyin.SinglePinyin(r, args)
			readings[r] = sounds
		}
		w.sounds[i] = sounds
	}
	return w
}

// matches reports whether part, folded, occurs in the word.
func (w *word) matches(part string) bool {
	if strings.Contains(w.text, part) {
		return true
	}
	if w.sounds == nil || !asciiLetter(part[0]) {
		return false
	}
	for i := range w.sounds {
		if w.soundsLike(part, i) {
			return true
		}
	}
	return false
}

// soundsLike reports whether the characters from the i-th on can be read as
// part: each as a whole syllable, as its beginning if part ends there, or as
// its initial letter. A character with several readings may have any of them,
// for surnames take the rare one.
func (w *word) soundsLike(part string, i int) bool {
	if part == "" {
		return true
	}
	if i == len(w.runes) {
		return false
	}
	if w.sounds[i] == nil {
		letter := string(w.runes[i])
		return strings.HasPrefix(part, letter) && w.soundsLike(part[len(letter):], i+1)
	}
	for _, sound := range w.sounds[i] {
		if sound == "" || sound[0] != part[0] {
			continue
		}
		if strings.HasPrefix(sound, part) {
			return true
		}
		if strings.HasPrefix(part, sound) && w.soundsLike(part[len(sound):], i+1) {
			return true
		}
		if w.soundsLike(part[1:], i+1) {
			return true
		}
	}
	return false
}

// fold makes letter case and full width not matter.
func fold(s string) string { return strings.ToLower(width.Fold.String(s)) }

func asciiLetter(b byte) bool { return 'a' <= b && b <= 'z' }

func hasHan(s string) bool {
	for _, r := range s {
		if r >= 0x2E80 {
			return true
		}
	}
	return false
}
