package find

import (
	"fmt"
	"strings"
	"testing"
)

// Ensure that a text is found by its characters, by pinyin whole or broken off,
// by initials, by rare readings and by digits, and how well.
func TestRank(t *testing.T) {
	for _, c := range []struct {
		text, typed string
		want        Rank
	}{
		{"白音巴图", "白音巴图", Whole},
		{"白音巴图", "白音", Begins},
		{"白音巴图", "巴图", Within},
		{"白音巴图", "baiyin", Sounds},
		{"白音巴图", "baiy", Sounds},
		{"白音巴图", "by", Sounds},
		{"白音巴图", "BYBT", Sounds},
		{"白音巴图", "ｂｙ", Sounds},
		{"白音巴图", "bayb", Nowhere},
		{"白音巴图", "byinbt", Sounds},
		{"白音巴图", "bt", Echoes},
		{"白音巴图", "batu", Echoes},
		{"单晓明", "sxm", Sounds},
		{"单晓明", "danxm", Sounds},
		{"曾丽", "zengl", Sounds},
		{"打印 A4", "a4", Within},
		{"15400001234", "1540", Begins},
		{"15400001234", "1234", Within},
		{"15400001234", "9", Nowhere},
		{"150499198305120011", "0512", Within},
		{"", "a", Nowhere},
	} {
		r := NewReader()
		if got := r.Rank(r.Word(c.text), Parse(c.typed)[0]); got != c.want {
			t.Errorf("%s in %s: %d, want %d", c.typed, c.text, got, c.want)
		}
	}
}

// Ensure that what was typed falls apart at spaces of either width, and that
// nothing typed is no part.
func TestParse(t *testing.T) {
	for typed, want := range map[string]string{"": "", "  ": "", "前进　白音": "前进|白音", " A b ": "a|b"} {
		var got []string
		for _, p := range Parse(typed) {
			got = append(got, p.text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

// Ensure that no text and nothing typed makes it panic, and that what stands
// in a text is found in it.
func FuzzRank(f *testing.F) {
	f.Add("白音巴图", "by")
	f.Add("重庆", "cq")
	f.Add("\xff", "\xff")
	f.Fuzz(func(t *testing.T, text, typed string) {
		r := NewReader()
		w := r.Word(text)
		for _, p := range Parse(typed) {
			if rank := r.Rank(w, p); rank == Nowhere && strings.Contains(fold(text), p.text) {
				t.Errorf("%q is not found in %q", p.text, text)
			}
		}
	})
}

// BenchmarkRank asks for initials among 20,000 names of which few have them.
func BenchmarkRank(b *testing.B) {
	r := NewReader()
	words := make([]Word, 20_000)
	for i := range words {
		words[i] = r.Word(fmt.Sprintf("%c%c%c", '一'+rune(i%400), '丁'+rune(i/7%900), '人'+rune(i/3%700)))
	}
	part := Parse("by")[0]
	for b.Loop() {
		for _, w := range words {
			r.Rank(w, part)
		}
	}
}
