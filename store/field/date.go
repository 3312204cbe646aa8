package field

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a day, a month or a year: what was written is what is kept, and
// nothing is made up to fill it. The zero Date is an empty cell.
type Date struct {
	Year  int
	Month int // 0: only the year is known
	Day   int // 0: only year and month are known
}

// DateOf reads the canonical text of a date.
func DateOf(canonical string) (Date, error) {
	var d Date
	if canonical == "" {
		return d, nil
	}
	parts := strings.Split(canonical, "-")
	widths := []int{4, 2, 2}
	to := []*int{&d.Year, &d.Month, &d.Day}
	if len(parts) > 3 {
		return Date{}, fmt.Errorf("not a date: %q", canonical)
	}
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 10, 16)
		if err != nil || len(p) != widths[i] {
			return Date{}, fmt.Errorf("not a date: %q", canonical)
		}
		*to[i] = int(n)
	}
	if !d.real(len(parts)) {
		return Date{}, fmt.Errorf("no such date: %q", canonical)
	}
	return d, nil
}

// DateAt is the day of a moment.
func DateAt(t time.Time) Date { return Date{t.Year(), int(t.Month()), t.Day()} }

func (d Date) real(parts int) bool {
	if d.Year < 1000 || d.Year > 9999 {
		return false
	}
	if parts > 1 && (d.Month < 1 || d.Month > 12) {
		return false
	}
	if parts > 2 {
		t := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
		return d.Day > 0 && t.Day() == d.Day && int(t.Month()) == d.Month
	}
	return true
}

// IsZero reports an empty cell.
func (d Date) IsZero() bool { return d.Year == 0 }

// String gives the canonical text: 1985, 1985-03 or 1985-03-12.
func (d *Date) String() string { return d.text("-") }

// Office gives the text as offices write it: 1985, 1985.03 or 1985.03.12.
func (d Date) Office() string { return d.text(".") }

func (d Date) text(sep string) string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d%s%02d", d.Year, sep, d.Month)
	}
	return fmt.Sprintf("%04d%s%02d%s%02d", d.Year, sep, d.Month, sep, d.Day)
}

// Before reports whether d is surely earlier than e: 1985 is neither before
// nor after 1985-03.
func (d Date) Before(e Date) bool {
	if d.IsZero() || e.IsZero() || d.Year != e.Year {
		return !d.IsZero() && !e.IsZero() && d.Year < e.Year
	}
	if d.Month == 0 || e.Month == 0 || d.Month != e.Month {
		return d.Month != 0 && e.Month != 0 && d.Month < e.Month
	}
	return d.Day != 0 && e.Day != 0 && d.Day < e.Day
}

// Agrees reports whether two dates may be the same day at the precision both
// have.
func (d Date) Agrees(e Date) bool { return !d.Before(e) && !e.Before(d) }

// Age is the full years from d to on. A birthday whose month or day is not
// known counts as reached in its year (its month). ok is false where either
// date is empty.
func (d Date) Age(on Date) (years int, ok bool) {
	if d.IsZero() || on.IsZero() {
		return 0, false
	}
	years = on.Year - d.Year
	if d.Month != 0 && on.Month != 0 {
		late := d.Month > on.Month
		if d.Month == on.Month && d.Day != 0 && on.Day != 0 {
			late = d.Day > on.Day
		}
		if late {
			years--
		}
	}
	return years, true
}

var (
	dateParted  = regexp.MustCompile(`^(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|年)?[-./]?$`)
	dateRun     = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})?$`)
	dateShort   = regexp.MustCompile(`^(\d{2})[-./年](\d{1,2})月?$`)
	midnight    = regexp.MustCompile(`(日|\d)[ T]+0?0:00(:00)?(\.0+)?$`)
	oneDigitEnd = regexp.MustCompile(`^([1-9]\d{3}|\d{2})\.1$`)
	serialDay   = regexp.MustCompile(`^[1-6]\d{4}(\.0+)?$`)
	openEnded   = map[string]bool{"至今": true, "今": true, "现在": true}
)

// readDate reads every spelling offices use: 1975-3, 1975.03, 1975年3月,
// 19750301, 197503, 1975/3/1 and 1975, also 75.3 with two digits of a year.
//
// 1985.1 is January or October, because a table that took 1985.10 for a number
// dropped its last zero. A cell set to text afterwards, or pasted, no longer
// shows that it was a number, so the spelling is refused whatever the cell is,
// with both months as proposals; who knows the ID number chooses. 1985-1 and
// 1985年1月 were never numbers and are January.
func readDate(f *Field, in Input) (string, *Problem) {
	s := foldDate(in.Text)
	if openEnded[s] {
		return "", nil
	}
	if m := oneDigitEnd.FindStringSubmatch(s); m != nil {
		y := fullYear(m[1])
		return "", refuse(f, "“"+s+"”可能是1月，也可能是10月（表格会把末尾的0丢掉），请写成“"+y+".01”或“"+y+".10”。", y+"-01", y+"-10")
	}
	if in.Number && serialDay.MatchString(s) {
		n, _ := strconv.Atoi(s[:5])
		day := DateAt(time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC))
		return "", refuse(f, "“"+s+"”像是表格内部的日期序号（"+day.Office()+"），请核对后改成日期。", day.String())
	}
	d, parts := splitDate(s)
	if parts == 0 {
		return "", refuse(f, "“"+in.Text+"”不是日期，请写成“1985.03”或“1985.03.12”这样的样子。")
	}
	if !d.real(parts) {
		return "", refuse(f, "“"+in.Text+"”不是真实的日期，请核对年、月、日。")
	}
	return d.String(), nil
}

// foldDate takes from a date what says nothing: the hour 0:00 a table adds,
// spaces, and the kind of stroke or dot between the numbers.
func foldDate(text string) string {
	s := midnight.ReplaceAllString(Tidy(text), "$1")
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ':
			return -1
		case '。', '·', '﹒', '—', '–', '、', '，', ',':
			return '.'
		}
		return r
	}, s)
}

// fullYear completes two digits of a year: office rosters hold nobody born
// before 1930.
func fullYear(y string) string {
	switch {
	case len(y) != 2:
		return y
	case y < "30":
		return "20" + y
	}
	return "19" + y
}

func splitDate(s string) (d Date, parts int) {
	m := dateParted.FindStringSubmatch(s)
	if m == nil {
		m = dateRun.FindStringSubmatch(s)
	}
	if m == nil {
		if m = dateShort.FindStringSubmatch(s); m == nil {
			return d, 0
		}
		m = []string{"", fullYear(m[1]), m[2], ""}
	}
	for i, to := range []*int{&d.Year, &d.Month, &d.Day} {
		if m[i+1] == "" {
			break
		}
		*to, _ = strconv.Atoi(m[i+1])
		parts++
	}
	return d, parts
}
