package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"touyan/store/field"

	"github.com/mozillazg/go-pinyin"
)

// Choice is a word one may choose, standing for a code or a record.
type Choice struct {
	ID   string // what is stored
	Text string // what is shown, and typed
	Hint string // what tells it from others of the same text: 前进嘎查 1978.03
}

// chooser finds choices by what somebody has typed so far.
type chooser struct {
	items []Choice
	also  [][]string // other spellings, folded; may be nil
	codes bool       // ids are codes people know
	byID  map[string]int
	words []word // made when first asked
}

func newChooser(items []Choice) *chooser {
	c := &chooser{items: items, byID: make(map[string]int, len(items))}
	for i, item := range items {
		c.byID[item.ID] = i
	}
	return c
}

// codeChooser offers the words of a code list that are still in use.
func codeChooser(list *field.CodeList) *chooser {
	var items []Choice
	var also [][]string
	for _, it := range list.Items {
		if it.Retired {
			continue
		}
		items = append(items, Choice{ID: it.Code, Text: it.Word, Hint: it.Code})
		var folded []string
		for _, s := range it.Synonyms {
			folded = append(folded, fold(s))
		}
		also = append(also, folded)
	}
	c := newChooser(items)
	c.also, c.codes = also, true
	return c
}

// text is what is shown for an id.
func (c *chooser) text(id string) (string, bool) {
	i, ok := c.byID[id]
	if !ok {
		return "", false
	}
	return c.items[i].Text, true
}

// exact lists the ids whose text is this one.
func (c *chooser) exact(text string) []string {
	text = fold(field.TidyName(text))
	var ids []string
	for _, item := range c.items {
		if fold(item.Text) == text {
			ids = append(ids, item.ID)
		}
	}
	return ids
}

// find lists the choices that fit a text, the likeliest first and otherwise in
// their own order. An empty text fits all.
func (c *chooser) find(text string) []Choice {
	query := fold(field.Tidy(text))
	if query == "" {
		return c.items
	}
	if c.words == nil {
		c.words = newWords(c.items)
	}
	type hit struct{ rank, at int }
	var hits []hit
	for i := range c.items {
		if r := c.rank(i, query); r >= 0 {
			hits = append(hits, hit{r, i})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return a.rank - b.rank })
	found := make([]Choice, len(hits))
	for i, h := range hits {
		found[i] = c.items[h.at]
	}
	return found
}

// rank says how well a choice fits, 0 best, -1 not at all: what is it exactly,
// what begins so, what sounds so from its beginning, and the same within it.
func (c *chooser) rank(i int, query string) int {
	w := &c.words[i]
	var also []string
	if c.also != nil {
		also = c.also[i]
	}
	switch {
	case w.text == query, slices.Contains(also, query), c.codes && strings.EqualFold(c.items[i].ID, query):
		return 0
	case strings.HasPrefix(w.text, query):
		return 1
	case w.sounds(query, 0):
		return 2
	case c.codes && strings.HasPrefix(strings.ToLower(c.items[i].ID), query):
		return 3
	case strings.Contains(w.text, query):
		return 4
	case slices.ContainsFunc(also, func(s string) bool { return strings.Contains(s, query) }):
		return 5
	}
	for at := 1; at < len(w.runes); at++ {
		if w.sounds(query, at) {
			return 6
		}
	}
	return -1
}

// word is a text with the readings of its Chinese characters.
type word struct {
	text     string
	runes    []rune
	readings [][]string // nil for a character that is read as itself
}

func newWords(items []Choice) []word {
	known := map[rune][]string{}
	args := pinyin.NewArgs()
	args.Heteronym = true
	words := make([]word, len(items))
	for i, item := range items {
		w := &words[i]
		w.text = fold(item.Text)
		w.runes = []rune(w.text)
		w.readings = make([][]string, len(w.runes))
		for j, r := range w.runes {
			if r < utf8.RuneSelf {
				continue
			}
			if _, ok := known[r]; !ok {
				known[r] = pinyin.SinglePinyin(r, args)
			}
			w.readings[j] = known[r]
		}
	}
	return words
}

// sounds reports whether letters are a way to type the word from a character
// on: syllables whole, begun, or as their initials. A character read in
// several ways may be typed in any of them.
func (w *word) sounds(letters string, from int) bool {
	if letters == "" {
		return true
	}
	if from >= len(w.runes) {
		return false
	}
	if len(w.readings[from]) == 0 {
		rest, ok := strings.CutPrefix(letters, string(w.runes[from]))
		return ok && w.sounds(rest, from+1)
	}
	for _, reading := range w.readings[from] {
		common := 0
		for common < min(len(reading), len(letters)) && reading[common] == letters[common] {
			common++
		}
		if common > 0 && common == len(letters) {
			return true
		}
		if common == len(reading) && w.sounds(letters[common:], from+1) || common > 0 && w.sounds(letters[1:], from+1) {
			return true
		}
	}
	return false
}

// fold makes width, letter case and spaces not matter.
func fold(s string) string {
	return strings.ToLower(strings.ReplaceAll(field.Tidy(s), " ", ""))
}
