package sample

import (
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// How many of what an invented office has. The villages of a township are of
// the size that seed the whole: a county has some 200 of them, the city three
// counties.
const (
	villagesOfTownship = 24 // in the ledger of a township
	villagesOfMany     = 17 // of each township in the ledger of a county or city
	townshipsOfCounty  = 12
)

// place is an invented office before it is a record.
type place struct{ code, name string }

var (
	city     = place{"1504", "霞岭市"}
	counties = []place{{"150426", "云杉旗"}, {"150427", "丹枫旗"}, {"150431", "雪松县"}}
)

// OfficeAt is the invented office of a level, as store.Create wants it.
func OfficeAt(l field.Level) store.Office {
	switch l {
	case field.City:
		return store.Office{Code: city.code, Name: city.name, Level: l}
	case field.County:
		return store.Office{Code: counties[0].code, Name: counties[0].name, Level: l}
	}
	return store.Office{Code: counties[0].code + "201", Name: townshipName(0), Level: field.Township}
}

// townshipKinds are the kinds of township of a county in turn: code of the
// first of the kind by GB/T 10114 and what its name ends in.
var townshipKinds = []struct {
	first int
	tail  string
}{{201, "苏木"}, {101, "镇"}, {201, "苏木"}, {101, "镇"}, {201, "苏木"}, {101, "镇"}, {241, "乡"}, {101, "镇"}, {201, "苏木"}, {101, "镇"}, {201, "苏木"}, {241, "乡"}}

func townshipName(i int) string {
	return townshipStems[i%len(townshipStems)] + townshipKinds[i%townshipsOfCounty].tail
}

// townships invents the townships of the i-th county.
func townships(county int, code string) []place {
	next := map[string]int{}
	var out []place
	for i := range townshipsOfCounty {
		k := townshipKinds[i]
		out = append(out, place{fmt.Sprintf("%s%03d", code, k.first+next[k.tail]), townshipName(county*townshipsOfCounty + i)})
		next[k.tail]++
	}
	return out
}

// offices writes the ledger's own office, those above and those below it, and
// returns the townships that have villages.
func (b *builder) offices(own store.Office) []*record.Office {
	switch own.Level {
	case field.City:
		top := b.office(place{own.Code, own.Name}, field.City, "")
		var out []*record.Office
		for i, c := range counties {
			out = append(out, b.county(i, c, top.ID)...)
		}
		return out
	case field.County:
		top := b.office(b.above(own.Code, 4, city), field.City, "")
		return b.county(0, place{own.Code, own.Name}, top.ID)
	}
	top := b.office(b.above(own.Code, 4, city), field.City, "")
	county := b.office(b.above(own.Code, 6, counties[0]), field.County, top.ID)
	return []*record.Office{b.office(place{own.Code, own.Name}, field.Township, county.ID)}
}

// above is the invented office over a code.
func (b *builder) above(code string, digits int, invented place) place {
	if len(code) > digits {
		invented.code = code[:digits]
	}
	return invented
}

func (b *builder) county(i int, p place, parent string) []*record.Office {
	county := b.office(p, field.County, parent)
	var out []*record.Office
	for _, t := range townships(i, p.code) {
		out = append(out, b.office(t, field.Township, county.ID))
	}
	return out
}

func (b *builder) office(p place, l field.Level, parent string) *record.Office {
	o := &record.Office{Code: p.code, Name: p.name, Level: fmt.Sprint(int(l)), Parent: parent}
	o.Committee = "中共" + p.name + "委员会"
	for _, tail := range []string{"苏木", "镇", "乡", "旗", "县", "市"} {
		if short, ok := strings.CutSuffix(p.name, tail); ok {
			o.Short = short
			break
		}
	}
	b.put("office", o)
	if l == field.County {
		b.counties[o.ID] = string([]rune(p.name)[:1])
	}
	return o
}

// village invents the n-th village of a township. Mongolian names are likelier
// in a 苏木.
func (b *builder) village(t *record.Office, n int, f flaws) *record.Village {
	ban := b.chance(25)
	if strings.HasSuffix(t.Name, "苏木") {
		ban = b.chance(70)
	}
	v := &record.Village{Office: t.ID, Code: fmt.Sprintf("%s%03d", t.Code, 201+n), Type: "2"}
	if ban {
		v.Type = "1"
		v.Name = b.place(banStems, banTails) + "嘎查"
	} else {
		v.Name = b.place(villageStems, villageTails) + "村"
	}
	households := int64(120 + b.rng.IntN(380))
	v.Households = &households
	v.Population = number(households*2 + int64(b.rng.IntN(int(households))))
	v.Members = number(22 + int64(b.rng.IntN(60)))
	v.Representatives = number(20 + int64(b.rng.IntN(25)))
	v.Income = number(int64(5+b.rng.IntN(95)) * 1_000_000)
	v.Class = b.weighted("1", 45, "2", 10, "3", 10, "4", 5, "9", 30)
	v.Lead = b.leader()
	if b.chance(60) {
		v.FirstSecretary = b.name(b.chance(25), b.chance(40))
	}
	v.Elected = b.elected
	if f.termDue {
		v.Elected = field.DateAt(b.now.AddDate(-4, -6, -b.rng.IntN(28)))
	}
	v.PartySeats, v.CommitteeSeats = number(3), number(3)
	b.put("village", v)
	return v
}

// place puts together a name no other village of the ledger has.
func (b *builder) place(stems, tails []string) string {
	for {
		name := b.pick(stems) + b.pick(tails)
		if key := record.PlaceKey(name); !b.places[key] {
			b.places[key] = true
			return name
		}
	}
}

// leader is somebody of the township, by name and title.
func (b *builder) leader() string {
	if len(b.leaders) < len(townTitles) {
		title := townTitles[len(b.leaders)]
		b.leaders = append(b.leaders, b.name(b.chance(30), b.chance(45))+" "+title)
	}
	return b.pick(b.leaders)
}

// flaws are what is wrong in one village, on purpose.
type flaws struct {
	vacant      bool // no 书记
	acting      bool // somebody 主持工作 instead
	blank       bool // nobody in the pool
	oldHead     bool // the 书记 is past 60
	oldMember   bool // a member is past 60
	wrongBirth  bool // a birth that is not the ID number's
	noPhone     bool
	twoPools    bool // somebody in the pool here and in another village
	layReserve  bool // meant for 书记 and no party member
	termDue     bool
	apart       bool // 书记 and 主任 are two people
	namesake    bool // somebody is called like somebody of another village
	contradicts bool // 入党时间 but no party member
}

// deal spreads the flaws over the villages: the same number of each for every
// two dozen, in an order the seed gives.
func (b *builder) deal(villages int) []flaws {
	out := make([]flaws, villages)
	for part := range slices.Chunk(out, villagesOfTownship) {
		at := b.rng.Perm(len(part))
		mark := func(i int, set func(*flaws)) {
			if i < len(at) {
				set(&part[at[i]])
			}
		}
		mark(0, func(f *flaws) { f.vacant, f.acting = true, true })
		mark(1, func(f *flaws) { f.vacant = true })
		for i := 2; i < 5; i++ {
			mark(i, func(f *flaws) { f.blank = true })
		}
		mark(5, func(f *flaws) { f.oldHead = true })
		mark(6, func(f *flaws) { f.oldMember = true })
		mark(7, func(f *flaws) { f.wrongBirth = true })
		for i := 8; i < 12; i++ {
			mark(i, func(f *flaws) { f.noPhone = true })
		}
		mark(12, func(f *flaws) { f.twoPools = true })
		mark(13, func(f *flaws) { f.layReserve = true })
		mark(14, func(f *flaws) { f.termDue = true })
		mark(15, func(f *flaws) { f.termDue = true })
		for i := 16; i < 19; i++ {
			mark(i, func(f *flaws) { f.apart = true })
		}
		mark(19, func(f *flaws) { f.namesake = true })
		mark(20, func(f *flaws) { f.contradicts = true })
	}
	return out
}
