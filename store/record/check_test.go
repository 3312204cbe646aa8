package record

import (
	"strings"
	"testing"

	"touyan/store/field"
)

func date(s string) field.Date {
	d, err := field.DateOf(s)
	if err != nil {
		panic(err)
	}
	return d
}

func number64(n int64) *int64 { return &n }

// the invented person of these tests: a man born 1985-04-12.
var idno = field.CompleteID("15042619850412101")

// Ensure that a record's cells are held against each other, and that what
// agrees is left in peace.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name string
		rec  field.Checker
		want string // field and a piece of the sentence; empty: no problem
	}{
		{"birth agrees at the precision both have", &Person{IDNo: idno, Birth: date("1985-04")}, ""},
		{"a year agrees", &Person{IDNo: idno, Birth: date("1985")}, ""},
		{"another month", &Person{IDNo: idno, Birth: date("1985-03")}, "birth:档案"},
		{"another day", &Person{IDNo: idno, Birth: date("1985-04-13")}, "birth:1985.04.12"},
		{"another birth, affirmed by the dossier", &Person{IDNo: idno, Birth: date("1983-03"), Affirmed: "1"}, ""},
		{"another birth, affirmed: no", &Person{IDNo: idno, Birth: date("1983-03"), Affirmed: "0"}, "birth:"},
		{"sex agrees", &Person{IDNo: idno, Sex: "1"}, ""},
		{"other sex", &Person{IDNo: idno, Sex: "2"}, "sex:女"},
		{"sex not said", &Person{IDNo: idno, Sex: "9"}, ""},
		{"joined at 18, to the month", &Person{Birth: date("1985-04"), Politics: "01", Joined: date("2003-04")}, ""},
		{"joined at 18, of which the month is not known", &Person{Birth: date("1985-04"), Politics: "01", Joined: date("2003")}, ""},
		{"joined at 17", &Person{Birth: date("1985-04"), Politics: "01", Joined: date("2003-03")}, "joined:18周岁"},
		{"joined before birth", &Person{Birth: date("1985-04"), Politics: "01", Joined: date("1984-03")}, "joined:早于"},
		{"joined without birth", &Person{Politics: "02", Joined: date("1984-03")}, ""},
		{"member without a date", &Person{Politics: "01"}, "joined:请补填"},
		{"date without member", &Person{Politics: "13", Joined: date("2003")}, "politics:群众"},
		{"date without 政治面貌", &Person{Joined: date("2003")}, ""},

		{"post in order", &Post{From: date("2021-01"), To: date("2024-01")}, ""},
		{"post that ends in its first year", &Post{From: date("2021-06"), To: date("2021")}, ""},
		{"post that ends before it begins", &Post{From: date("2021-06"), To: date("2020")}, "to:早于"},
		{"first time after this time", &Post{From: date("2021-06"), First: date("2022")}, "first:晚于"},
		{"reason without a date", &Post{Reason: "2"}, "to:离任时间"},
		{"again, first term", &Post{Again: "1", Terms: number64(1)}, "terms:连任"},
		{"again, third term", &Post{Again: "1", Terms: number64(3)}, ""},
		{"secretary elected by villagers", &Post{Position: Secretary, Statutory: "2"}, "statutory:党内"},
		{"secretary appointed by the party", &Post{Position: Secretary, Statutory: "1"}, ""},
		{"head appointed by the party", &Post{Position: Head, Statutory: "1"}, "statutory:村委会选举"},
		{"secretary held by a cadre of the township", &Post{Position: Secretary, Statutory: "8"}, ""},
		{"accountant of any type", &Post{Position: "43", Statutory: "2"}, ""},

		{"reserve in the pool", &Reserve{State: InTraining, Entered: date("2023")}, ""},
		{"left before entered", &Reserve{Entered: date("2023"), Left: date("2022")}, "left:早于"},
		{"gone without a date", &Reserve{State: "8"}, "left:出库时间"},
		{"date, but still there", &Reserve{State: InTraining, Left: date("2024")}, "state:培养中"},

		{"village of 12 digits", &Village{Code: "150426201203"}, ""},
		{"village code too short", &Village{Code: "15042620120"}, "code:12位"},
		{"more members than people", &Village{Population: number64(10), Members: number64(11)}, "members:人口"},
		{"village ended before it began", &Village{From: date("2010"), To: date("2009")}, "to:早于"},

		{"township of 9 digits", &Office{Code: "150426201"}, ""},
		{"city of 4 digits", &Office{Code: "1504"}, ""},
		{"office code with a letter", &Office{Code: "15042A"}, "code:区划代码"},
	} {
		got := c.rec.Check()
		if c.want == "" {
			if len(got) != 0 {
				t.Errorf("%s: %+v, want no problem", c.name, got)
			}
			continue
		}
		name, piece, _ := strings.Cut(c.want, ":")
		if len(got) != 1 || got[0].Field != name || !strings.Contains(got[0].Message, piece) {
			t.Errorf("%s: %+v, want one problem of %s with %q", c.name, got, name, piece)
		}
	}
}

// Ensure that every sentence is Chinese, ends, names a field of its kind, and
// proposes only what its field accepts.
func TestProblemsAreWhole(t *testing.T) {
	ks := Kinds()
	for kind, rec := range map[string]field.Checker{
		"person":  &Person{IDNo: idno, Birth: date("1985-03"), Sex: "2", Politics: "13", Joined: date("2010")},
		"post":    &Post{From: date("2021"), To: date("2020"), Position: Secretary, Statutory: "2", Reason: "1", Again: "1", Terms: number64(1)},
		"reserve": &Reserve{Entered: date("2021"), Left: date("2020"), State: InTraining},
		"village": &Village{Code: "1", Population: number64(1), Members: number64(2), Households: number64(2)},
		"office":  &Office{Code: "1"},
	} {
		for _, p := range rec.Check() {
			f := ks.Kind(kind).Field(p.Field)
			if f == nil || !strings.HasSuffix(p.Message, "。") {
				t.Errorf("%s: %+v names no field or is no sentence", kind, p)
				continue
			}
			for _, proposal := range p.Proposals {
				if bad := f.Check(proposal); bad != nil {
					t.Errorf("%s.%s proposes %q: %s", kind, f.Name, proposal, bad.Message)
				}
			}
		}
	}
}

// Ensure that the ways of writing one village have one key, and that a 社区
// beside it has its own.
func TestPlaceKey(t *testing.T) {
	for _, same := range [][]string{
		{"前进", "前进村", "前进嘎查", " 前 进 村 ", "前进村委会", "前进嘎查村", "前进村民委员会", "前进行政村"},
		{"前进社区", "前进社区居委会", "前进居委会", "前进社区居民委员会"},
		{"前进分场"},
		{"村"},
		{"嘎查", "嘎查村"},
		{"二道河子", "二道河子村"},
	} {
		for _, name := range same {
			if PlaceKey(name) != PlaceKey(same[0]) {
				t.Errorf("%q has the key %q, %q has %q", name, PlaceKey(name), same[0], PlaceKey(same[0]))
			}
		}
	}
	if PlaceKey("前进村") == PlaceKey("前进社区") || PlaceKey("前进村") == PlaceKey("前进分场") || PlaceKey("前进") == PlaceKey("后进") {
		t.Error("different places have one key")
	}
}
