package field

import (
	"strings"
	"testing"
)

// Numbers of nobody: region 150426 and chosen birthdays and sequences.
var (
	man   = CompleteID("15042619850312101")
	woman = CompleteID("15042619900230000"[:6] + "19900228002")
)

func idField() *Field {
	var s string
	f := Identity(&s, "idno", "公民身份号码", Private)
	return &f
}

// Ensure that the check character is that of GB 11643 (the standard's own
// examples) and that any one wrong digit, or two neighbours changed round, show.
func TestValidID(t *testing.T) {
	for _, id := range []string{"11010519491231002X", "440524188001010014", man, woman} {
		if !ValidID(id) {
			t.Errorf("%s is refused", id)
		}
	}
	for i := range 17 {
		for d := byte('0'); d <= '9'; d++ {
			if wrong := man[:i] + string(d) + man[i+1:]; d != man[i] && ValidID(wrong) {
				t.Errorf("%s with digit %d wrong passes", wrong, i+1)
			}
		}
		if i < 16 && man[i] != man[i+1] {
			if turned := man[:i] + string(man[i+1]) + string(man[i]) + man[i+2:]; ValidID(turned) {
				t.Errorf("%s with digits %d and %d changed round passes", turned, i+1, i+2)
			}
		}
	}
	for _, id := range []string{"", "1", man[:17], man + "1", strings.Replace(man, "1", "l", 1), CompleteID("15042619850230101"), CompleteID("15042600000000101"), CompleteID("15042617850312101")} {
		if ValidID(id) {
			t.Errorf("%q passes", id)
		}
	}
}

// Ensure that birth and sex are read off a number.
func TestBirthAndSex(t *testing.T) {
	if got := BirthOf(man); got != (Date{1985, 3, 12}) {
		t.Errorf("birth %v", got)
	}
	if SexOf(man) != "1" || SexOf(woman) != "2" || SexOf("1504") != "" {
		t.Errorf("sexes %q %q", SexOf(man), SexOf(woman))
	}
	if !BirthOf("15042619850230101X").IsZero() || !BirthOf("").IsZero() {
		t.Error("a birth that is no day")
	}
}

// Ensure that a number is read through what keyboards and tables add.
func TestReadID(t *testing.T) {
	withX := "11010519491231002X"
	wide := strings.Map(func(r rune) rune { return r + 0xFEE0 }, man)
	for text, want := range map[string]string{
		man: man, " " + man + " ": man, "'" + man: man, "’" + man: man, man[:6] + " " + man[6:14] + " " + man[14:]: man,
		wide: man, strings.ToLower(withX): withX, strings.Replace(withX, "X", "ｘ", 1): withX, strings.Replace(withX, "X", "Х", 1): withX,
		man[:6] + "\u200b" + man[6:]: man, man[:6] + "\n" + man[6:]: man, man + "\u00a0": man, "\u202d" + man + "\u202c": man, "": "",
	} {
		got, p := idField().Read(Input{Text: text})
		if p != nil || got != want {
			t.Errorf("%q is read as %q %v", text, got, p)
		}
	}
}

// Ensure that a number damaged by a table is refused and never guessed, and
// that one of 15 digits proposes its successor.
func TestReadIDRefuses(t *testing.T) {
	for _, c := range []struct {
		text    string
		number  bool
		message string
	}{
		{"1.50426198503121E+17", false, "后三位"}, {"1.50426198503121e+017", true, "后三位"}, {"1.5E+17", false, "后三位"}, {"1E+17", false, "后三位"},
		{"150426198503121000", true, "后三位"}, {man, true, "后三位"},
		{man[:17], false, "18位"}, {man + "0", false, "18位"}, {"张三", false, "18位"},
		{man[:17] + other(man[17]), false, "校验码"}, {CompleteID("15042619850230101"), false, "出生日期"}, {strings.Repeat("A", 18), false, "出生日期"},
	} {
		got, p := idField().Read(Input{c.text, c.number})
		if got != "" || p == nil || !strings.Contains(p.Message, c.message) {
			t.Errorf("%q: %q %v, want a refusal with %q", c.text, got, p, c.message)
		}
		if p != nil && len(p.Proposals) > 0 {
			t.Errorf("%q: guesses %v", c.text, p.Proposals)
		}
	}
	old := man[:6] + man[8:17]
	for _, number := range []bool{false, true} {
		_, p := idField().Read(Input{old, number})
		if p == nil || len(p.Proposals) != 1 || p.Proposals[0] != man {
			t.Errorf("%s proposes %+v, want %s", old, p, man)
		}
	}
	if _, ok := UpgradeID("150426850230101"); ok {
		t.Error("an old number of no real day was upgraded")
	}
}

func other(check byte) string {
	if check == '1' {
		return "2"
	}
	return "1"
}

// Ensure that any text is a valid number that gives itself back, or a problem.
func FuzzID(f *testing.F) {
	for _, s := range []string{man, "11010519491231002x", "1.50404E+17", "150426850312101", "１５０４２６", ""} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, number bool) {
		id := readTwice(t, idField(), Input{s, number})
		if id != "" && !ValidID(id) {
			t.Fatalf("%q gave %q, which is not valid", s, id)
		}
	})
}
