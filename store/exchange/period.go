package exchange

import (
	"fmt"
	"time"

	"touyan/store/field"
)

// Period is what a report is about: a quarter (2026Q1) or a year (2026). Empty
// stands for none.
type Period string

// quarters are said in words, as offices write them.
var quarters = [...]string{"一", "二", "三", "四"}

// String is a period in office words.
func (p Period) String() string {
	var year, quarter int
	if n, _ := fmt.Sscanf(string(p), "%4dQ%1d", &year, &quarter); n == 2 && quarter >= 1 && quarter <= len(quarters) {
		return fmt.Sprintf("%d年第%s季度", year, quarters[quarter-1])
	}
	if p == "" {
		return ""
	}
	return string(p) + "年"
}

// daysOfGrace is how long after its end a quarter is still what one reports on.
const daysOfGrace = 20

// offered is how many quarters are offered.
const offered = 5

// Periods lists what may be reported on at a day, the likeliest first: the
// quarters up to now, then this year and the last. In the first days of a
// quarter the one before it is still being reported.
func Periods(today field.Date) []Period {
	year, quarter := today.Year, (today.Month+2)/3
	var out []Period
	for range offered {
		out = append(out, Period(fmt.Sprintf("%04dQ%d", year, quarter)))
		if quarter--; quarter == 0 {
			year, quarter = year-1, 4
		}
	}
	if (today.Month-1)%3 == 0 && today.Day <= daysOfGrace {
		out[0], out[1] = out[1], out[0]
	}
	return append(out, Period(fmt.Sprint(today.Year)), Period(fmt.Sprint(today.Year-1)))
}

// Valid reports a period that is one: a quarter or a year.
func (p Period) Valid() bool { return !p.ends().IsZero() }

// ends is the last day of what a period reports on; zero for none.
func (p Period) ends() field.Date {
	var year, quarter int
	if n, _ := fmt.Sscanf(string(p), "%4dQ%1d", &year, &quarter); n == 2 && quarter >= 1 && quarter <= len(quarters) {
		return field.DateAt(time.Date(year, time.Month(3*quarter+1), 0, 0, 0, 0, 0, time.UTC))
	}
	if n, _ := fmt.Sscanf(string(p), "%4d", &year); n == 1 && len(p) == 4 {
		return field.Date{Year: year, Month: 12, Day: 31}
	}
	return field.Date{}
}

// period is what a book says it reports on, or a person said of it.
func (b *Book) period() string {
	if b.carrier == nil {
		return string(b.options.Period)
	}
	return string(b.carrier.head.Period)
}
