package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/rule"
)

// Room is where what waits is done.
type Room string

// The rooms, in the order in which what has no deadline is told.
const (
	Requests  Room = "requests"  // 退回事项
	Conflicts Room = "conflicts" // 裁定
	Drafts    Room = "drafts"    // begun and not finished
	Vacancies Room = "vacancies" // 选配书记
	Terms     Room = "terms"     // 换届
	Batches   Room = "batches"   // rows a book could not bring
	Reserves  Room = "reserves"  // 后备力量
	Problems  Room = "problems"  // all else that check finds
)

var rooms = []Room{Requests, Conflicts, Drafts, Vacancies, Terms, Batches, Reserves, Problems}

// Wait is one thing that waits for a person.
type Wait struct {
	Room   Room
	What   string     // to be done: 选配党组织书记
	For    string     // for whom: 前进嘎查等3个村
	Until  field.Date // zero: no day is set
	Late   bool       // that day has passed
	Reason string     // a sentence
	Plain  string     // the sentence without what is personal, where it differs
	Count  int        // how many it stands for
	Rule   string     // of Problems: the rule that found it
	Kind   string     // of the record to open
	ID     string     // empty where a list is to be opened, for it stands for several
	IDs    []string   // of Kind, where it stands for several villages
	Draft  string     // of Drafts: its key
	Field  string     // of Conflicts about one cell: which
	Seq    uint64     // of Batches: the operation

	weight int
}

// Waiting lists what waits on the day, what has a deadline first, the earliest on
// top; at most so many, all for 0. drafts are the keys of what was begun and not
// finished: a kind and an id.
func (s *Survey) Waiting(drafts []string, most int) ([]Wait, error) { return s.f.waiting(drafts, most) }

func (f *facts) waiting(drafts []string, most int) ([]Wait, error) {
	out, err := f.disputed()
	if err != nil {
		return nil, err
	}
	books, err := f.refusedRows()
	if err != nil {
		return nil, err
	}
	asked, err := f.asked()
	if err != nil {
		return nil, err
	}
	out = slices.Concat(asked, out, f.begun(drafts), f.leaderless(), f.elections(), books, f.blanks(), f.findings())
	for i := range out {
		w := &out[i]
		w.Late = w.Until.Before(f.asOf)
	}
	slices.SortStableFunc(out, func(a, b Wait) int {
		return cmp.Or(compareDays(a.Until, b.Until), slices.Index(rooms, a.Room)-slices.Index(rooms, b.Room), b.weight-a.weight)
	})
	if most > 0 && len(out) > most {
		out = out[:most]
	}
	return out, nil
}

// compareDays puts no day last.
func compareDays(a, b field.Date) int {
	if a.IsZero() != b.IsZero() {
		if a.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Compare(a.String(), b.String())
}

// disputed: cells of which two offices say different things.
func (f *facts) disputed() ([]Wait, error) {
	open, err := f.tx.Conflicts()
	if err != nil || len(open) == 0 {
		return nil, err
	}
	var names []string
	for _, c := range open {
		names = append(names, f.tx.Name(c.Kind, c.Record))
	}
	names = once(names)
	w := Wait{Room: Conflicts, What: "裁定两边不一致的内容", For: several(names, "条记录"), Count: len(open),
		Reason: fmt.Sprintf("合并后有%d处本级和对方填得不一样，裁定后随下一次上报带给对方。", len(open))}
	if len(names) == 1 {
		w.Kind, w.ID = open[0].Kind, open[0].Record
	}
	if len(open) == 1 {
		w.Field = open[0].Field
	}
	return []Wait{w}, nil
}

// asked: cells this office was asked to look at again, and has not.
func (f *facts) asked() ([]Wait, error) {
	var open []*record.Request
	for r, err := range store.All[record.Request](f.tx) {
		if err != nil {
			return nil, err
		}
		own := f.tx.Office()
		if f.tx.Canonical(r.Office) != f.tx.Canonical(store.OfficeID(own.Code)) && f.tx.Name("office", r.Office) != own.Name {
			continue
		}
		now, there, err := f.cellAsked(r)
		if err != nil {
			return nil, err
		}
		if there && r.Open(now) {
			held := *r
			open = append(open, &held)
		}
	}
	if len(open) == 0 {
		return nil, nil
	}
	var names []string
	for _, r := range open {
		names = append(names, r.Name)
	}
	return []Wait{{Room: Requests, What: "核对上级退回的栏目", For: several(once(names), "条记录"), Count: len(open),
		Reason: fmt.Sprintf("上级退回%d处，改了就算办结，核实无误的写明理由。", len(open))}}, nil
}

// cellAsked is what the cell a request points to says now. there is false where
// it is none any more, and nobody can mend it.
func (f *facts) cellAsked(r *record.Request) (now string, there bool, err error) {
	kind, id, name, _, ok := r.Points()
	k := f.kinds.Kind(kind)
	if !ok || k == nil {
		return "", true, nil
	}
	row, _, err := f.tx.Row(kind, id)
	return k.Value(row, name), k.Field(name) != nil && row.Void == "", err
}

// begun: steps and records left half done.
func (f *facts) begun(drafts []string) []Wait {
	var out []Wait
	for _, key := range drafts {
		w := Wait{Room: Drafts, What: "完成草稿", Reason: "填了一半，还没有计入台账。", Count: 1, Draft: key}
		w.Kind, w.ID, _ = strings.Cut(key, "/")
		w.ID, _, _ = strings.Cut(w.ID, "/") // what follows tells the step
		if k := f.kinds.Kind(w.Kind); k != nil {
			w.For = k.Label
		}
		if name := f.tx.Name(w.Kind, w.ID); name != "" {
			w.For = name
		}
		out = append(out, w)
	}
	return out
}

// apart is how many villages without 书记 since one day are told one by one: in
// a county there may be dozens.
const apart = 2

// leaderless: villages without 书记, each with the day from which its vacancy
// counts as a sign of 软弱涣散; many of one day put together.
func (f *facts) leaderless() []Wait {
	vacant := map[field.Date][]*record.Village{}
	var days []field.Date // since when
	for _, v := range f.villages {
		if len(f.holders(v.ID, record.Secretary)) > 0 {
			continue
		}
		since := f.vacantSince(v.ID)
		if vacant[since] == nil {
			days = append(days, since)
		}
		vacant[since] = append(vacant[since], v)
	}
	var out []Wait
	for _, since := range days {
		list := vacant[since]
		groups := [][]*record.Village{list}
		if len(list) <= apart {
			groups = slices.Collect(slices.Chunk(list, 1))
		}
		for _, villages := range groups {
			w := f.waitsAt(Vacancies, "选配党组织书记", villages)
			w.Reason = fmt.Sprintf("%d个嘎查村没有党组织书记。", len(villages))
			if len(villages) == 1 {
				w.Reason = w.For + f.vacancy(w.ID) + "。"
			}
			if !since.IsZero() {
				w.Until = After(since, f.rules.Limit(rule.VacancyMonths))
			}
			out = append(out, w)
		}
	}
	return out
}

// waitsAt is something to be done for some villages.
func (f *facts) waitsAt(room Room, what string, villages []*record.Village) Wait {
	var names []string
	for _, v := range villages {
		names = append(names, f.place(v.ID))
	}
	w := Wait{Room: room, What: what, For: several(names, "个嘎查村"), Count: len(villages), Kind: "village"}
	if len(villages) == 1 {
		w.ID, w.For = villages[0].ID, names[0]
		return w
	}
	for _, v := range villages {
		w.IDs = append(w.IDs, v.ID)
	}
	return w
}

// several says some names as people do.
func several(names []string, counted string) string {
	if len(names) <= 2 {
		return strings.Join(names, "、")
	}
	return fmt.Sprintf("%s等%d%s", names[0], len(names), counted)
}

// once leaves out repetitions; there may be thousands of names.
func once(names []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(names, func(n string) bool {
		again := seen[n]
		seen[n] = true
		return again
	})
}

// elections: villages whose term ends soon or has ended, put together by the
// day it does; and new teams whose election nobody registered.
func (f *facts) elections() []Wait {
	ends := map[field.Date][]*record.Village{}
	var days []field.Date
	for _, v := range f.villages {
		if v.Elected.IsZero() {
			continue
		}
		if end := After(v.Elected, 12*TermYears); !After(f.asOf, f.rules.Limit(rule.TermSoon)).Before(end) {
			if ends[end] == nil {
				days = append(days, end)
			}
			ends[end] = append(ends[end], v)
		}
	}
	var out []Wait
	for _, end := range days {
		w := f.waitsAt(Terms, "准备换届", ends[end])
		w.Until, w.Reason = end, "本届“两委”于"+end.Office()+"届满，换届后请在这里登记。"
		out = append(out, w)
	}
	for _, p := range twoTeams(f) {
		out = append(out, Wait{Room: Terms, What: "登记换届", For: f.place(p.Record), Reason: p.Message, Count: 1, Kind: p.Kind, ID: p.Record})
	}
	return out
}

// refusedRows: the last book of each form, where some of its rows did not come
// in. It rests once a later book of the form came in whole, or after a month.
func (f *facts) refusedRows() ([]Wait, error) {
	seen := map[string]bool{}
	today := time.Date(f.asOf.Year, time.Month(f.asOf.Month), max(f.asOf.Day, 1), 0, 0, 0, 0, time.UTC)
	var out []Wait
	for e, err := range f.tx.Standing() {
		if err != nil {
			return nil, err
		}
		if today.Sub(e.At) > RefusedDays*24*time.Hour {
			break
		}
		if e.Batch == nil || seen[e.Batch.Form] {
			continue
		}
		seen[e.Batch.Form] = true
		if n := e.Batch.Refused; n > 0 {
			out = append(out, Wait{Room: Batches, What: "补改没有导入的行", For: "“" + e.Batch.Book + "”", Count: n, Seq: e.Seq,
				Reason: fmt.Sprintf("%s%s时有%d行没有导入，改好后再导入一次。", field.DateAt(e.At).Office(), e.Op, n)})
		}
	}
	return out, nil
}

// blanks: villages with nobody in the pool.
func (f *facts) blanks() []Wait {
	var blank []*record.Village
	for _, v := range f.villages {
		if len(f.pool[v.ID]) == 0 {
			blank = append(blank, v)
		}
	}
	if len(blank) == 0 {
		return nil
	}
	w := f.waitsAt(Reserves, "摸排后备力量", blank)
	w.Reason = fmt.Sprintf("%d个嘎查村没有后备力量在库。", len(blank))
	return []Wait{w}
}

// told are the rules whose findings wait under a heading of their own.
var told = []string{"blank-village", "vacancy", "term", "two-teams"}

// findings: what else is wrong, one for each rule.
func (f *facts) findings() []Wait {
	by := map[string][]Problem{}
	for _, p := range f.problems() {
		by[p.Rule] = append(by[p.Rule], p)
	}
	var out []Wait
	for _, r := range Rules() {
		list := by[r.Name]
		if len(list) == 0 || slices.Contains(told, r.Name) {
			continue
		}
		var names []string
		weight := 0
		for _, p := range list {
			names = append(names, p.Name)
			weight = max(weight, slices.Index([]Level{Notice, Fault, Grave}, p.Level))
		}
		w := Wait{Room: Problems, What: "核对：" + r.Title, For: several(once(names), "处"), Count: len(list), Rule: r.Name, Kind: list[0].Kind,
			Reason: list[0].Message, Plain: fmt.Sprintf("“%s”有%d处，请逐条核对。", r.Title, len(list)), weight: weight}
		if len(list) == 1 {
			w.ID, w.Field = list[0].Record, list[0].Field
		}
		out = append(out, w)
	}
	return out
}
