package field

import (
	"strings"
	"testing"
	"time"
)

// Ensure that every spelling offices use is read at the precision it has.
func TestReadDate(t *testing.T) {
	f := dayField()
	for _, c := range []struct{ text, want string }{
		{"", ""}, {"  ", ""}, {"至今", ""},
		{"1975", "1975"}, {"1975年", "1975"},
		{"1975-3", "1975-03"}, {"1975.03", "1975-03"}, {"1975.3", "1975-03"}, {"1975年3月", "1975-03"}, {"1975年03月", "1975-03"},
		{"1975年3", "1975-03"}, {"1975/3", "1975-03"}, {"197503", "1975-03"}, {"1975 . 03", "1975-03"}, {"1975。03", "1975-03"},
		{"1975、03", "1975-03"}, {"1975．０３", "1975-03"}, {"１９７５年３月", "1975-03"}, {"1975—03", "1975-03"}, {"1975.12", "1975-12"},
		{"1975.10", "1975-10"}, {"1975-1", "1975-01"}, {"1975/1", "1975-01"}, {"1975年1月", "1975-01"}, {"1975.01", "1975-01"},
		{"75.03", "1975-03"}, {"75年3月", "1975-03"}, {"05.3", "2005-03"}, {"29.3", "2029-03"}, {"30.3", "1930-03"},
		{"19750301", "1975-03-01"}, {"1975/3/1", "1975-03-01"}, {"1975-03-01", "1975-03-01"}, {"1975.3.1", "1975-03-01"},
		{"1975年3月1日", "1975-03-01"}, {"1975年3月1", "1975-03-01"}, {"1975.1.1", "1975-01-01"}, {"1975.03.01.", "1975-03-01"},
		{"1975-03-01 00:00:00", "1975-03-01"}, {"1975/3/1 0:00", "1975-03-01"}, {"1975/3/1 0:00:00", "1975-03-01"},
		{"1975-03-01T00:00:00.000", "1975-03-01"}, {"1975年3月1日 00:00", "1975-03-01"},
		{"2000-02-29", "2000-02-29"}, {"\u200b1975.03\u00a0", "1975-03"}, {"1975\n.03", "1975-03"},
	} {
		for _, number := range []bool{false, true} {
			got, p := f.Read(Input{Text: c.text, Number: number})
			if p != nil || got != c.want {
				t.Errorf("%q (number %v) is read as %q %v, want %q", c.text, number, got, p, c.want)
			}
		}
	}
}

// Ensure that 1985.1 is asked, with both months proposed, whether the cell is
// a number or a text that may once have been one.
func TestAmbiguousDate(t *testing.T) {
	f := dayField()
	for _, text := range []string{"1985.1", " 1985．1", "1985。1", "85.1"} {
		for _, number := range []bool{false, true} {
			got, p := f.Read(Input{Text: text, Number: number})
			if got != "" || p == nil || strings.Join(p.Proposals, " ") != "1985-01 1985-10" || !strings.Contains(p.Message, "1985.10") {
				t.Errorf("%q (number %v): %q %+v, want both months proposed", text, number, got, p)
			}
		}
	}
}

// Ensure that what is no date, or no day of the calendar, is refused with a
// sentence and changes nothing.
func TestReadDateRefuses(t *testing.T) {
	f := dayField()
	for _, text := range []string{
		"三月", "1985.13", "1985.00", "1985.02.30", "2001-02-29", "1985.04.31", "19850", "198513", "19850230", "1985-3-1-1", "1985.3.1 12:30",
		"约1985年", "1985左右", "12/25/85x", "-1985", "0999", "1985..3", "八五年", "1.98503E+5", "85", "1985-0",
	} {
		got, p := f.Read(Input{Text: text})
		if p == nil || got != "" || !strings.HasSuffix(p.Message, "。") || p.Field != "d" {
			t.Errorf("%q is read as %q, %+v", text, got, p)
		}
	}
	_, p := f.Read(Input{Text: "31110", Number: true})
	if p == nil || len(p.Proposals) != 1 || p.Proposals[0] != "1985-03-04" {
		t.Errorf("a day's serial number is not proposed as its day: %+v", p)
	}
}

// Ensure that only canonical texts are dates to DateOf, and that they give
// themselves back.
func TestDateOf(t *testing.T) {
	for _, s := range []string{"", "1985", "1985-03", "1985-03-12"} {
		d, err := DateOf(s)
		if err != nil || d.String() != s {
			t.Errorf("%q gives %q, %v", s, d.String(), err)
		}
	}
	for _, s := range []string{"1985-3", "85", "1985-", "1985-+3", "+985", "1985-03-12-01", "1985-02-30", "1985.03", " 1985", "1985-00", "1985-03-00", "0000", "１９８５"} {
		if d, err := DateOf(s); err == nil {
			t.Errorf("%q is taken for %v", s, d)
		}
	}
	if got := (Date{1985, 3, 0}).Office(); got != "1985.03" {
		t.Errorf("office spelling %q", got)
	}
	if got := DateAt(time.Date(2025, 7, 1, 23, 0, 0, 0, time.UTC)); got != (Date{2025, 7, 1}) {
		t.Errorf("day of a moment %v", got)
	}
}

// Ensure that order is only claimed where both dates are precise enough.
func TestBeforeAndAgrees(t *testing.T) {
	for _, c := range []struct {
		a, b           string
		before, agrees bool
	}{
		{"1984", "1985", true, false}, {"1985", "1985-03", false, true}, {"1985-03", "1985", false, true},
		{"1985-03", "1985-04", true, false}, {"1985-03", "1985-03-12", false, true}, {"1985-03-11", "1985-03-12", true, false},
		{"1985-12-31", "1986", true, false}, {"", "1985", false, true}, {"1985", "", false, true}, {"1985-03-12", "1985-03-12", false, true},
	} {
		a, _ := DateOf(c.a)
		b, _ := DateOf(c.b)
		if a.Before(b) != c.before || a.Agrees(b) != c.agrees || b.Agrees(a) != c.agrees {
			t.Errorf("%s and %s: before %v, agrees %v", c.a, c.b, a.Before(b), a.Agrees(b))
		}
	}
}

// Ensure that an age is full years, and an unknown birthday counts as reached.
func TestAge(t *testing.T) {
	for _, c := range []struct {
		birth, on string
		want      int
		ok        bool
	}{
		{"1985-03-12", "2025-03-11", 39, true}, {"1985-03-12", "2025-03-12", 40, true}, {"1985-03-12", "2025-03", 40, true},
		{"1985-03", "2025-02-28", 39, true}, {"1985-03", "2025-03-01", 40, true}, {"1985", "2025-01-01", 40, true},
		{"2004-02-29", "2025-02-28", 20, true}, {"", "2025", 0, false}, {"1985", "", 0, false},
	} {
		birth, _ := DateOf(c.birth)
		on, _ := DateOf(c.on)
		if got, ok := birth.Age(on); got != c.want || ok != c.ok {
			t.Errorf("%s at %s is %d %v, want %d %v", c.birth, c.on, got, ok, c.want, c.ok)
		}
	}
}

func dayField() *Field {
	var d Date
	f := On(&d, "d", "日期")
	return &f
}

// Ensure that any text is a date that gives itself back, or a problem.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"1985.1", "1975年3月1日", "19750301", "75.3", "1975/3/1 0:00", "31110", "至今", "1985.02.30", "0000,1"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, number bool) { readTwice(t, dayField(), Input{s, number}) })
}
