package field

import "strings"

// Item is one word of a code list.
type Item struct {
	Code     string
	Word     string   // as forms show it
	Synonyms []string // as people also write it
	Retired  bool     // still understood, no longer offered
}

// CodeList is a list of words with codes, by a national standard or of ours.
type CodeList struct {
	Name     string // lower-case English
	Label    string
	Standard string // GB number, article paragraph or 默认值
	Items    []Item

	byCode map[string]int
	byText map[string]string
}

// NewCodeList builds a list. Words and synonyms are found whatever their
// width, spaces and letter case. The first item that claims a spelling has it.
func NewCodeList(name, label, standard string, items []Item) *CodeList {
	l := &CodeList{Name: name, Label: label, Standard: standard, Items: items,
		byCode: map[string]int{}, byText: map[string]string{}}
	for i, it := range items {
		l.byCode[it.Code] = i
	}
	claim := func(text, code string) {
		if k := key(text); k != "" {
			if _, taken := l.byText[k]; !taken {
				l.byText[k] = code
			}
		}
	}
	for _, it := range items {
		claim(it.Word, it.Code)
	}
	for _, it := range items {
		for _, s := range it.Synonyms {
			claim(s, it.Code)
		}
	}
	for _, it := range items {
		claim(it.Code, it.Code)
	}
	return l
}

// Find returns the code of a word, synonym or code as people write it.
func (l *CodeList) Find(text string) (code string, ok bool) {
	if code, ok = l.byText[text]; ok {
		return code, true // folded already, as most words are
	}
	code, ok = l.byText[key(text)]
	return code, ok
}

// Word returns what forms show for a code; an unknown code shows as itself.
func (l *CodeList) Word(code string) string {
	if i, ok := l.byCode[code]; ok {
		return l.Items[i].Word
	}
	return code
}

// Has reports whether the list holds the code.
func (l *CodeList) Has(code string) bool { _, ok := l.byCode[code]; return ok }

// Words returns the words a person may choose, in order.
func (l *CodeList) Words() []string {
	var out []string
	for _, it := range l.Items {
		if !it.Retired {
			out = append(out, it.Word)
		}
	}
	return out
}

// key folds the differences of spelling that never matter in a code list.
func key(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch r {
		case ' ', '(', ')', '（', '）', '、', '.', '·', '-', '\t', '\n', '\r':
			return -1
		}
		return r
	}, Tidy(s)))
}

// YesOrNo is the list of fields that say 是 or 否.
var YesOrNo = NewCodeList("yesno", "是否", "默认值", []Item{
	{Code: "1", Word: "是", Synonyms: []string{"有", "对", "√", "✓", "☑", "y", "yes", "true"}},
	{Code: "0", Word: "否", Synonyms: []string{"无", "不是", "没有", "×", "✗", "n", "no", "false"}},
})
