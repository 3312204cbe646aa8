package form

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"touyan/store/field"
	"touyan/ui/find"
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

	reader *find.Reader
	words  []find.Word   // made when first asked
	others [][]find.Word // of the other spellings
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
	typed := fold(field.Tidy(text))
	query := find.Parse(typed)
	if len(query) == 0 {
		return c.items
	}
	if c.words == nil {
		c.reader = find.NewReader()
		for _, item := range c.items {
			c.words = append(c.words, c.reader.Word(fold(item.Text)))
		}
		for _, also := range c.also {
			var words []find.Word
			for _, s := range also {
				words = append(words, c.reader.Word(s))
			}
			c.others = append(c.others, words)
		}
	}
	type hit struct{ rank, at int }
	var hits []hit
	for i := range c.items {
		if r := c.rank(i, typed, query[0]); r >= 0 {
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
func (c *chooser) rank(i int, typed string, query find.Part) int {
	var also []string
	if c.also != nil {
		also = c.also[i]
	}
	fits := c.reader.Rank(c.words[i], query)
	switch {
	case fits == find.Whole, slices.Contains(also, typed), c.codes && strings.EqualFold(c.items[i].ID, typed):
		return 0
	case fits == find.Begins:
		return 1
	case fits == find.Sounds:
		return 2
	case c.codes && strings.HasPrefix(strings.ToLower(c.items[i].ID), typed):
		return 3
	case fits == find.Within:
		return 4
	case slices.ContainsFunc(also, func(s string) bool { return strings.Contains(s, typed) }):
		return 5
	case c.others != nil && slices.ContainsFunc(c.others[i], func(w find.Word) bool { return c.reader.Rank(w, query) == find.Sounds }):
		return 6
	case fits == find.Echoes:
		return 7
	}
	return -1
}

// named is what is typed into a reference, where something of that name could be
// made: not less than two characters, and not the letters one finds others by.
func (c *cell) named(text string) string {
	name := field.TidyName(text)
	letters := !strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxLatin1 })
	if c.rec.form.o.Make == nil || c.field.Type != field.Ref || c.bad == nil || letters || utf8.RuneCountInString(name) < 2 {
		return ""
	}
	return name
}

// fold makes width, letter case and spaces not matter.
func fold(s string) string {
	return strings.ToLower(strings.ReplaceAll(field.Tidy(s), " ", ""))
}
