package work

import "testing"

// Ensure that a number of a term in Chinese is read as the one it is written
// for, and any other text as none; and that the term after it comes after it.
func FuzzTerm(f *testing.F) {
	for _, s := range []string{"第十一届", "第99届", "九十九", "十", "二十十", "第9223372036854775807届", "第〇届", "十二届两委"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n := fromChinese(s); n != 0 && toChinese(n) != s {
			t.Errorf("%q is read as %d, which is %q", s, n, toChinese(n))
		}
		next := nextTerm(s)
		if next != "" && termNumber.FindStringSubmatch(next) == nil {
			t.Errorf("after %q comes %q, which is no term", s, next)
		}
	})
}
