// Package report counts: the indicators of 选, 备案 and 一人一档, each with the
// records behind it, so that every number opens to its names and nobody has to
// believe it.
//
// A figure says whether it is a 时点 number (stock), a 累计 one since a year
// (flow) or a share (rate); the two never mix. What is asked of a village or a
// person, and what waits, is the business of store/check.
package report

import (
	"fmt"
	"strconv"
	"time"

	"touyan/store/field"
)

// Sort is how a figure counts.
type Sort string

// The sorts.
const (
	Stock Sort = "stock" // 时点: on the day
	Flow  Sort = "flow"  // 累计: since a year or within one
	Rate  Sort = "rate"  // a share, or so many for each
)

// Word is the sort in office words.
func (s Sort) Word() string {
	return map[Sort]string{Stock: "时点", Flow: "累计", Rate: "比率"}[s]
}

// Figure is a number with the records behind it.
type Figure struct {
	Name  string // lower-case English, for programs; F1–F16 where the article has the figure
	Group string // in office words: 后备力量
	Label string
	Sort  Sort
	Kind  string   // of the records behind it
	IDs   []string // that count, each once
	Rest  []string // of the whole, that do not: why 2059 and not 2060
	Of    int      // the whole; 0 where there is none
	Value float64  // shown: a count, a share from 0 to 1, an average
	Unit  string   // 人, 个村, %, 天
	Goal  float64  // to be reached; 0: none is set
	From  int      // a flow: the year it is counted from
	Basis string   // how it is counted, as a sentence
	Parts []Figure // of the whole
}

// Text is the value as people read it.
func (f *Figure) Text() string {
	if f.Sort == Rate && f.Unit == "%" {
		if f.Of == 0 {
			return "—"
		}
		return strconv.FormatFloat(f.Value*100, 'f', 1, 64) + "%"
	}
	if f.Value == float64(int64(f.Value)) {
		return strconv.FormatInt(int64(f.Value), 10)
	}
	return strconv.FormatFloat(f.Value, 'f', 2, 64)
}

// Whole is what the value is out of, in words; empty if it is out of nothing.
func (f *Figure) Whole() string {
	if f.Of == 0 {
		return ""
	}
	return fmt.Sprintf("%d / %d", len(f.IDs), f.Of)
}

// count is a stock or flow of records.
func count(name, label string, sort Sort, kind, unit string, ids []string, basis string) Figure {
	return Figure{Name: name, Label: label, Sort: sort, Kind: kind, Unit: unit, IDs: ids, Value: float64(len(ids)), Basis: basis}
}

// share is a rate: those that count out of a whole.
func share(name, label, kind string, all []string, counts func(id string) bool, basis string) Figure {
	f := Figure{Name: name, Label: label, Sort: Rate, Kind: kind, Unit: "%", Of: len(all), Basis: basis}
	for _, id := range all {
		if counts(id) {
			f.IDs = append(f.IDs, id)
		} else {
			f.Rest = append(f.Rest, id)
		}
	}
	if f.Of > 0 {
		f.Value = float64(len(f.IDs)) / float64(f.Of)
	}
	return f
}

// set keeps ids in the order they came, each once.
type set struct {
	ids []string
	in  map[string]bool
}

func (s *set) add(id string) {
	if s.in == nil {
		s.in = map[string]bool{}
	}
	if id != "" && !s.in[id] {
		s.in[id] = true
		s.ids = append(s.ids, id)
	}
}

func (s *set) has(id string) bool { return s.in[id] }

// days are the full days from one day to another; a missing month or day counts
// as the first.
func days(from, to field.Date) int {
	day := func(d field.Date) time.Time {
		return time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)).Hours() / 24)
}
