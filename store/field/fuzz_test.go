package field

import (
	"testing"
	"unicode/utf8"
)

// Ensure that a tidied text or name is not tidied any further: what is stored
// would else read as changed.
func FuzzTidy(f *testing.F) {
	for _, s := range []string{" 张  敏 ", "那顺.巴图.苏和", "ＡＢ１２", "ᠮᠣᠩ\u202fᠭᠣᠯ", "a\r\nb", "\u200b甲\ufeff", "e\u0301", "· ·", "甲 . 乙", "\u00ad. \u0344"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		if once := Tidy(s); Tidy(once) != once {
			t.Errorf("%q is tidied to %q, then to %q", s, once, Tidy(once))
		}
		if once := TidyName(s); TidyName(once) != once {
			t.Errorf("%q is the name %q, then %q", s, once, TidyName(once))
		}
	})
}

// Ensure that whatever is looked up in a list of codes is refused or a code of
// the list, and that a code's own word finds it.
func FuzzCode(f *testing.F) {
	f.Add("一等", "first", "01")
	f.Add("其他（注明）", "其它", "9")
	f.Add("", " ", "")
	f.Fuzz(func(t *testing.T, word, synonym, typed string) {
		l := NewCodeList("grade", "等次", "默认值", []Item{{Code: "01", Word: "优秀"}, {Code: "02", Word: word, Synonyms: []string{synonym}}})
		if code, ok := l.Find(typed); ok && !l.Has(code) {
			t.Errorf("%q finds %q, which is no code", typed, code)
		}
		if code, ok := l.Find(word); key(word) != "" && !ok || ok && code != "02" && key(word) != key("优秀") {
			t.Errorf("the word %q finds %q, %v", word, code, ok)
		}
	})
}
