package check_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sample"
)

var (
	clerk    = store.Actor{Name: "张敏"}
	today    = field.Date{Year: 2026, Month: 5, Day: 8}
	township = store.Office{Code: "150426201", Name: "星露苏木", Level: field.Township}
)

func create(t testing.TB, invented bool) *store.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.touyan")
	options := store.Options{Kinds: record.Kinds(), Machine: "test",
		Now: func() time.Time { return time.Date(2026, 5, 8, 9, 0, 0, 0, time.UTC) }}
	if err := store.Create(path, township, invented, options); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func run(t testing.TB, db *store.DB, on field.Date) []check.Problem {
	t.Helper()
	var out []check.Problem
	err := db.View(func(tx *store.Tx) (err error) {
		out, err = check.Run(tx, on)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sound is a village with nothing wrong: a 书记 who is also 主任, and a reserve.
// The cases spoil it.
type sound struct {
	office  record.Office
	village record.Village
	leader  record.Person
	other   record.Person // the reserve
	first   record.Post
	head    record.Post
	reserve record.Reserve
	more    []field.Record // put last
	void    []field.Record
}

func newSound() *sound {
	s := &sound{
		office:  record.Office{Name: "星露苏木", Code: "150426201", Level: "1"},
		village: record.Village{Name: "前进嘎查", Elected: day("2024-03-18")},
		leader: record.Person{Name: "宝音图", IDNo: field.CompleteID("15049919780312001"), Sex: "1", Ethnic: "02", Birth: day("1978-03"),
			Politics: "01", Joined: day("2001-07"), Education: "61", Phone: "15400000001"},
		other: record.Person{Name: "乌云高娃", IDNo: field.CompleteID("15049919950601002"), Sex: "2", Ethnic: "02", Birth: day("1995-06"),
			Politics: "01", Joined: day("2016-07"), Education: "31", Phone: "15400000002"},
		first:   record.Post{Position: record.Secretary, From: day("2024-03"), Filing: record.OutcomeAgreed},
		head:    record.Post{Position: record.Head, From: day("2024-03")},
		reserve: record.Reserve{Source: "1", State: record.InTraining, Direction: "1", Entered: day("2025-09")},
	}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, r := range []field.Record{&s.office, &s.village, &s.leader, &s.other, &s.first, &s.head, &s.reserve} {
		now = now.Add(time.Millisecond)
		r.Header().ID = store.NewID(now) // in this order
	}
	s.village.Office = s.office.ID
	s.first.Person, s.first.Village = s.leader.ID, s.village.ID
	s.head.Person, s.head.Village = s.leader.ID, s.village.ID
	s.reserve.Person, s.reserve.Village = s.other.ID, s.village.ID
	return s
}

func day(s string) field.Date {
	d, err := field.DateOf(s)
	if err != nil {
		panic(err)
	}
	return d
}

func (s *sound) put(t testing.TB, db *store.DB) {
	t.Helper()
	err := db.Do("录入", clerk, func(tx *store.Tx) error {
		for _, r := range append([]field.Record{&s.office, &s.village, &s.leader, &s.other, &s.first, &s.head, &s.reserve}, s.more...) {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		for _, r := range s.void {
			for _, k := range db.Kinds() {
				if _, ok, err := tx.Row(k.Name, r.Header().ID); ok || err != nil {
					if err := tx.Void(k.Name, r.Header().ID, "录错"); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// elsewhere has a person in the pool of a village of another township, with which
// nothing else is wrong.
func (s *sound) elsewhere(person string) {
	other := newSound()
	other.office.Name, other.office.Code = "白音苏木", "150426202"
	now := time.Now()
	for _, r := range []field.Record{&other.office, &other.village, &other.leader, &other.first, &other.head, &other.reserve} {
		now = now.Add(time.Millisecond)
		r.Header().ID = store.NewID(now)
	}
	other.leader.Name, other.leader.Phone = "哈斯", "15400000003"
	other.leader.IDNo = field.CompleteID("15049919780312003")
	other.village.Office = other.office.ID
	other.first.Person, other.first.Village = other.leader.ID, other.village.ID
	other.head.Person, other.head.Village = other.leader.ID, other.village.ID
	other.reserve.Person, other.reserve.Village = person, other.village.ID
	s.more = append(s.more, &other.office, &other.village, &other.leader, &other.first, &other.head, &other.reserve)
}

// Ensure that each rule finds what it is for, and nothing else does: every
// case spoils one thing of a sound village.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*sound)
		want  []string // rule, level, and part of the message
	}{
		{"nothing wrong", func(s *sound) {}, nil},
		{"nobody in the pool", func(s *sound) { s.reserve.State, s.reserve.Left = "8", day("2025-12") }, []string{"blank-village 严重 前进嘎查没有后备力量在库"}},
		{"nobody in the pool of another township's village", func(s *sound) {
			s.office.Name, s.office.Code = "白音苏木", "150426202"
			s.reserve.State, s.reserve.Left = "8", day("2025-12")
		}, []string{"blank-village 严重 白音苏木前进嘎查没有后备力量在库"}},
		{"a clue is not yet in the pool", func(s *sound) { s.reserve.State = "1" }, []string{"blank-village 严重 没有后备"}},
		{"a roster does not tell the state", func(s *sound) { s.reserve.State = "" }, nil},
		{"entered later than the day", func(s *sound) { s.reserve.Entered = day("2026-06") }, []string{"blank-village 严重 没有后备"}},
		{"only somebody sent", func(s *sound) { s.reserve.Source = "5" }, []string{"no-local-reserve 提醒 不是本土人选"}},
		{"a village merged away needs nobody", func(s *sound) {
			s.village.To, s.reserve.Left, s.reserve.State = day("2026-01"), day("2026-01"), "8"
			s.first.To, s.head.To = day("2026-01"), day("2026-01")
		}, nil},
		{"no 书记", func(s *sound) { s.first.Position = record.DeputySecretary }, []string{"vacancy 严重 没有党组织书记，请尽快选配"}},
		{"书记 left lately", func(s *sound) { s.first.To = day("2026-04") }, []string{"vacancy 严重 自2026.04起空缺，请"}},
		{"书记 left long ago", func(s *sound) { s.first.To = day("2025-12") }, []string{"vacancy 严重 自2025.12起空缺，已超过3个月"}},
		{"书记 leaves tomorrow", func(s *sound) { s.first.To = day("2026-05-09") }, nil},
		{"主持工作 does not fill the post", func(s *sound) { s.first.Position, s.first.From = record.ActingSecretary, day("2026-04") },
			[]string{"vacancy 严重 现由宝音图主持工作"}},
		{"two 书记", func(s *sound) { s.another(record.Secretary) }, []string{"two-holders 严重 2条在任的“党组织书记”（宝音图、乌云高娃）"}},
		{"the same 书记 twice", func(s *sound) { s.another(record.Secretary).Person = s.leader.ID }, []string{"two-holders 严重 2条在任的“党组织书记”（宝音图）"}},
		{"two members are right", func(s *sound) { s.another("13"); s.another("13") }, nil},
		{"one after the other", func(s *sound) { p := s.another(record.Secretary); p.From, p.To = day("2019-03"), day("2024-03") }, nil},
		{"a 书记 on probation", func(s *sound) { s.leader.Politics = "02" }, []string{"secretary-member 严重 政治面貌是“中共预备党员”"}},
		{"one ID number twice", func(s *sound) { s.other.IDNo, s.other.Birth, s.other.Sex = s.leader.IDNo, s.leader.Birth, s.leader.Sex },
			[]string{"same-id 严重 宝音图与乌云高娃的公民身份号码相同", "same-id 严重 乌云高娃与宝音图"}},
		{"the 书记 is in the pool of another township", func(s *sound) { s.elsewhere(s.leader.ID) },
			[]string{"two-townships 问题 宝音图同时在"}},
		{"somebody of the same name and birth in another township", func(s *sound) {
			twin := s.other
			twin.Head, twin.IDNo = field.Head{ID: store.NewID(time.Now())}, ""
			s.more = append(s.more, &twin)
			s.elsewhere(twin.ID)
		}, []string{"maybe-same 问题 乌云高娃", "missing 提醒 缺“公民身份号码”"}},
		{"a reference to a voided person", func(s *sound) { s.void = append(s.void, &s.other) }, []string{"dangling 严重 “姓名”指向的记录已作废"}},
		{"a reference to nobody", func(s *sound) { s.reserve.Person = store.NewID(time.Now()); s.another("13") },
			[]string{"dangling 严重 “姓名”指向的记录"}},
		{"a post without person", func(s *sound) { s.head.Person = "" }, []string{"required 问题 缺“姓名”"}},
		{"a post without position", func(s *sound) { s.head.Position = "" }, []string{"required 问题 缺“职务”"}},
		{"a post that ended before it began", func(s *sound) { s.head.To = day("2023-01") }, []string{"record 问题 离任时间“2023.01”早于任现职时间“2024.03”"}},
		{"a birth that is not the ID number's", func(s *sound) { s.leader.Birth = day("1979-03") }, []string{"record 问题 出生年月“1979.03”与公民身份号码"}},
		{"a birth the dossier affirms", func(s *sound) { s.leader.Birth, s.leader.Affirmed = day("1979-03"), "1" }, nil},
		{"a member without 入党时间", func(s *sound) { s.leader.Joined = field.Date{} }, []string{"record 提醒 请补填入党时间"}},
		{"a term that ends soon", func(s *sound) { s.village.Elected = day("2022-05-08") }, []string{"term 提醒 将于2027.05.08届满"}},
		{"a term that ends a day later than listed", func(s *sound) { s.village.Elected = day("2022-05-09") }, nil},
		{"a term that has ended", func(s *sound) { s.village.Elected = day("2021-03") }, []string{"term 问题 已于2026.03届满"}},
		{"sixty today", func(s *sound) {
			s.leader.Birth, s.leader.IDNo = day("1966-05-08"), field.CompleteID("15049919660508001")
		}, []string{"age 提醒 宝音图已满60周岁"}},
		{"sixty tomorrow", func(s *sound) {
			s.leader.Birth, s.leader.IDNo = day("1966-05-09"), field.CompleteID("15049919660509001")
		}, nil},
		{"sixty and out of office", func(s *sound) { s.other.Birth, s.other.IDNo = day("1960-05-08"), field.CompleteID("15049919600508002") }, nil},
		{"no phone", func(s *sound) { s.leader.Phone = "" }, []string{"missing 提醒 缺“联系电话”"}},
		{"neither number nor phone", func(s *sound) { s.other.Phone, s.other.IDNo = "", "" }, []string{"missing 提醒 缺“公民身份号码”“联系电话”"}},
		{"in two pools", func(s *sound) {
			v := &record.Village{Head: field.Head{ID: store.NewID(time.Now())}, Office: s.office.ID, Name: "后山村", Elected: day("2024-03")}
			s.more = append(s.more, v, &record.Reserve{Person: s.other.ID, Village: v.ID, Source: "1"}, &record.Post{Person: s.leader.ID, Village: v.ID, Position: record.Secretary, Filing: record.OutcomeAgreed})
		}, []string{"two-pools 提醒 前进嘎查、后山村"}},
		{"a reserve for 书记 without the Party", func(s *sound) { s.other.Politics, s.other.Joined = "13", field.Date{} }, []string{"lay-reserve 提醒 政治面貌却是“群众”"}},
		{"a reserve for 主任 without the Party", func(s *sound) { s.other.Politics, s.other.Joined, s.reserve.Direction = "13", field.Date{}, "2" }, nil},
		{"a 书记 not filed", func(s *sound) { s.first.Filing = "" }, []string{"unfiled 提醒 宝音图还没有县级备案结论"}},
		{"a filing without vetting", func(s *sound) {
			s.more = append(s.more, &record.Filing{Person: s.leader.ID, Village: s.village.ID, Type: "1", State: record.FilingSubmitted})
		}, []string{"unvetted 问题 还没有送联审"}},
		{"barred and in the pool", func(s *sound) {
			s.more = append(s.more, &record.Vetting{Person: s.other.ID, Village: s.village.ID, Department: "公安机关", Opinion: record.OpinionBarred, Answered: day("2026-01-05")})
		}, []string{"barred 严重 被公安机关一票否决"}},
		{"a village the survey left out", func(s *sound) {
			s.more = append(s.more, &record.Survey{Name: "2026年摸排", Office: s.office.ID, From: day("2026-03-01")})
		}, []string{"uncanvassed 提醒 还没有摸排"}},
		{"a reserve nobody trains", func(s *sound) { s.reserve.Entered = day("2025-04") }, []string{"uncoached 提醒 超过12个月没有培养记录"}},
		{"乡招村用 nobody asks after", func(s *sound) {
			s.more = append(s.more, &record.Hire{Person: s.other.ID, Village: s.village.ID, Year: number(2023), State: record.HireServing, Reported: day("2023-09")})
		}, []string{"untracked 提醒 超过6个月没有跟踪记录"}},
		{"a dossier not brought back", func(s *sound) {
			s.more = append(s.more, &record.Loan{Person: s.leader.ID, Borrower: "赵明", Reason: "核对", From: day("2026-03-01"), Due: day("2026-04-01")})
		}, []string{"overdue 问题 应在2026.04.01归还"}},
		{"a relative in the 村监委", func(s *sound) {
			s.another(record.Overseer)
			s.more = append(s.more, &record.Relative{Person: s.leader.ID, Relation: "1", Name: "乌云高娃"})
		}, []string{"kin 问题 近亲属"}},
		{"a 书记 who left unaudited", func(s *sound) {
			p := s.another(record.Secretary)
			p.From, p.To, p.Reason = day("2021-03"), day("2026-01"), "2"
		}, []string{"audit 提醒 离任审计材料"}},
		{"somebody without post or pool", func(s *sound) { s.more = append(s.more, &record.Person{Name: "单晓梅"}) }, []string{"loose-person 提醒 单晓梅没有任职"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, s := create(t, false), newSound()
			c.spoil(s)
			s.put(t, db)
			got := run(t, db, today)
			for _, p := range got {
				if p.Record == "" || p.Name == "" || p.Kind == "" || !strings.HasSuffix(p.Message, "。") {
					t.Errorf("half a problem: %+v", p)
				}
			}
			ok := len(got) == len(c.want)
			for i := 0; ok && i < len(got); i++ {
				w := strings.SplitN(c.want[i], " ", 3)
				ok = got[i].Rule == w[0] && string(got[i].Level) == w[1] && strings.Contains(got[i].Message, w[2])
			}
			if !ok {
				t.Errorf("got %+v\nwant %v", got, c.want)
			}
		})
	}
}

// another adds a post of the second person.
func (s *sound) another(position string) *record.Post {
	p := &record.Post{Person: s.other.ID, Village: s.village.ID, Position: position, From: day("2024-03")}
	s.more = append(s.more, p)
	return p
}

// Ensure that the mistakes an invented office has on purpose are all found.
func TestSampleHasItsMistakes(t *testing.T) {
	for seed := range uint64(5) {
		db := create(t, true)
		if err := sample.Build(context.Background(), db, clerk, seed); err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		for _, p := range run(t, db, today) {
			count[p.Rule]++
		}
		for rule, want := range map[string]int{"vacancy": 2, "blank-village": 2, "two-pools": 1, "lay-reserve": 1, "term": 2, "record": 2, "missing": 4,
			"two-holders": 0, "same-id": 0, "dangling": 0, "required": 0, "secretary-member": 0, "loose-person": 0} {
			if count[rule] != want {
				t.Errorf("seed %d: %d of %s, want %d", seed, count[rule], rule, want)
			}
		}
		if count["age"] < 2 {
			t.Errorf("seed %d: %d past the age limit, want at least 2", seed, count["age"])
		}
	}
}

// Ensure that rules are named once, for programs and for people.
func TestRulesAreNamed(t *testing.T) {
	var names []string
	for _, r := range check.Rules() {
		if r.Name == "" || r.Title == "" || slices.Contains(names, r.Name) || slices.Contains(names, r.Title) {
			t.Errorf("rule %q %q", r.Name, r.Title)
		}
		names = append(names, r.Name, r.Title)
	}
}

func BenchmarkRunCity(b *testing.B) {
	path := filepath.Join(b.TempDir(), "a.touyan")
	options := store.Options{Kinds: record.Kinds(), Machine: "test"}
	if err := store.Create(path, sample.OfficeAt(field.City), true, options); err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(path, options)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := sample.Build(b.Context(), db, clerk, 1); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		run(b, db, field.DateAt(db.Now()))
	}
}

func number(n int64) *int64 { return &n }
