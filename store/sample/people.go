package sample

import (
	"fmt"
	"strings"
	"time"

	"touyan/store/field"
	"touyan/store/record"
)

// wanted says what an invented person must be; the rest is chance.
type wanted struct {
	woman      bool
	least      int // years of age
	most       int
	member     bool // of the Party
	mongol     bool
	contradict bool
}

// person invents somebody of a village. It is not yet in the ledger: the
// caller may spoil it first.
func (b *builder) person(v *record.Village, w wanted) *record.Person {
	p := &record.Person{Sex: "1", Ethnic: "01", Politics: "13", Veteran: "0", Rich: "0", Recruited: "0"}
	if w.woman {
		p.Sex = "2"
	}
	if w.mongol {
		p.Ethnic = "02"
	} else if b.chance(8) {
		p.Ethnic = "11"
	}
	p.Name = b.name(w.woman, w.mongol)
	age := w.least + b.rng.IntN(w.most-w.least+1)
	born := b.now.AddDate(-age, 0, -1-b.rng.IntN(360))
	p.Birth = field.DateAt(born)
	p.IDNo = b.idNumber(born, w.woman)
	if b.chance(70) {
		p.Birth.Day = 0
	}
	b.schooling(p, age)
	if w.member {
		p.Politics = "01"
		p.Joined = b.month(born.AddDate(19+b.rng.IntN(max(age-20, 1))%12, b.rng.IntN(6), 0)) // before anybody leads a village
	} else if age < 28 && b.chance(60) {
		p.Politics = "03"
	}
	if w.contradict {
		p.Politics, p.Joined = "13", b.month(born.AddDate(20, 3, 0))
	}
	p.Started = b.month(born.AddDate(19, 6, 0))
	p.Native = city.name + counties[0].name
	p.Birthplace, p.Health = p.Native, "健康"
	p.Domicile = v.Name
	p.Residence = v.Name
	p.Phone = b.phone()
	if !w.woman && b.chance(12) {
		p.Veteran = "1"
	}
	if b.chance(30) {
		p.Rich, p.Industry = "1", b.pick(industries)
		p.Income = number(int64(6+b.rng.IntN(30)) * 1_000_000)
	}
	if b.chance(12) {
		p.Honours = b.pick(honours)
	}
	return p
}

// mongol tells whether the next one of a village is: most in a 嘎查, some in a
// 村.
func (b *builder) mongol(v *record.Village) bool {
	if v.Type == "1" {
		return b.chance(80)
	}
	return b.chance(20)
}

// schooling gives younger people more of it; some studied beside work.
func (b *builder) schooling(p *record.Person, age int) {
	switch {
	case age < 36:
		p.Education = b.weighted("21", 30, "31", 45, "61", 15, "41", 10)
	case age < 48:
		p.Education = b.weighted("21", 8, "31", 22, "61", 35, "41", 15, "71", 20)
	default:
		p.Education = b.weighted("31", 8, "61", 37, "41", 10, "71", 45)
	}
	if p.Education < "41" {
		p.School = b.pick(schools) + b.pick(majors) + "专业"
		return
	}
	if b.chance(22) {
		p.LaterEducation = b.weighted("31", 75, "21", 25)
		p.LaterSchool = b.pick(schools) + b.pick(majors) + "专业"
	}
}

// name puts a name together. Mongolian names have no surname; now and then an
// initial stands before one.
func (b *builder) name(woman, mongol bool) string {
	switch {
	case mongol && woman:
		return b.two(womenStems, womenTails)
	case mongol:
		name := b.two(menStems, menTails)
		if b.chance(4) {
			name = b.pick(initials) + "·" + name
		}
		return name
	case woman:
		return b.pick(surnames) + b.pick(women)
	case b.chance(18):
		return b.pick(surnames) + b.pick(menLast)
	}
	return b.pick(surnames) + b.two(menFirst, menLast)
}

// two joins two elements that differ.
func (b *builder) two(stems, tails []string) string {
	stem := b.pick(stems)
	for {
		if tail := b.pick(tails); tail != stem {
			return stem + tail
		}
	}
}

// idNumber invents a 公民身份号码 of a region never assigned, each once.
func (b *builder) idNumber(born time.Time, woman bool) string {
	for {
		n := b.rng.IntN(1000)
		if n%2 == 0 != woman {
			continue
		}
		id := field.CompleteID(fmt.Sprintf("150499%s%03d", born.Format("20060102"), n))
		if !b.ids[id] {
			b.ids[id] = true
			return id
		}
	}
}

// phone gives each person another number. 7919 and 10,000 have no common
// divisor, so that neighbours in the ledger do not get neighbouring numbers.
func (b *builder) phone() string {
	b.phones++
	return fmt.Sprintf("1540000%04d", b.phones*7919%10_000)
}

func (b *builder) month(t time.Time) field.Date {
	if t.After(b.now) {
		t = b.now
	}
	return field.Date{Year: t.Year(), Month: int(t.Month())}
}

// appraisals are the grades of the last three years.
func (b *builder) appraisals() string {
	var parts []string
	for y := b.now.Year() - 3; y < b.now.Year(); y++ {
		parts = append(parts, fmt.Sprintf("%d年%s", y, b.weighted("优秀", 20, "称职", 72, "基本称职", 8)))
	}
	return strings.Join(parts, "、")
}
