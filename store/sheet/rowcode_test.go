package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"touyan/store/sheet"
)

// Ensure that a row code is twelve symbols, always the same for a record, and
// found again whatever its width, case and spaces.
func TestRowCode(t *testing.T) {
	seen := map[string]bool{}
	for i := range 5000 {
		id := fmt.Sprintf("%026d", i)
		code := sheet.RowCode(id)
		if len(code) != 12 || strings.ContainsAny(code, "01OI") || seen[code] || code != sheet.RowCode(id) {
			t.Fatalf("RowCode(%s) = %s", id, code)
		}
		seen[code] = true
		wide := strings.Map(func(r rune) rune { return r - '!' + '！' }, code)
		for _, spelling := range []string{code, strings.ToLower(code), wide, " " + code[:4] + " " + code[4:8] + "　" + code[8:] + "\n", "'" + code} {
			if got, ok := sheet.ParseRowCode(spelling); !ok || got != code {
				t.Fatalf("ParseRowCode(%q) = %q, %v", spelling, got, ok)
			}
		}
	}
}

// Ensure that no single wrong symbol and no two exchanged symbols pass.
func TestRowCodeCheck(t *testing.T) {
	const symbols = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	for i := range 300 {
		code := sheet.RowCode(fmt.Sprint(i))
		for at := range code {
			for _, s := range symbols {
				wrong := code[:at] + string(s) + code[at+1:]
				if _, ok := sheet.ParseRowCode(wrong); ok != (wrong == code) {
					t.Fatalf("%s for %s: ok = %v", wrong, code, ok)
				}
			}
			for to := at + 1; to < len(code); to++ {
				b := []byte(code)
				b[at], b[to] = b[to], b[at]
				if _, ok := sheet.ParseRowCode(string(b)); ok != (string(b) == code) {
					t.Fatalf("%s for %s: ok = %v", b, code, ok)
				}
			}
		}
	}
}

// Ensure that what is no row code is told so, 0 and O included: the program
// does not guess.
func TestNoRowCode(t *testing.T) {
	for _, s := range []string{"", "无", "HJ2K88QX", "HJ2K88QXHJ2K88QX", "0J2K88QXHJ2K", "OOOOOOOOOOOO", "222222222223"} {
		if code, ok := sheet.ParseRowCode(s); ok {
			t.Errorf("ParseRowCode(%q) = %q", s, code)
		}
	}
}

func FuzzRowCode(f *testing.F) {
	f.Add("HJ2K88QXHJ2K")
	f.Add("ｈｊ２ｋ 88-qx")
	f.Fuzz(func(t *testing.T, text string) {
		code, ok := sheet.ParseRowCode(text)
		if !ok {
			return
		}
		if again, ok := sheet.ParseRowCode(code); !ok || again != code {
			t.Fatalf("%q gave %q, which gave %q", text, code, again)
		}
		if own, ok := sheet.ParseRowCode(sheet.RowCode(text)); !ok || own != sheet.RowCode(text) {
			t.Fatalf("row code of %q is none", text)
		}
	})
}
