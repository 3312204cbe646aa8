package field

import (
	"reflect"
	"strings"
	"testing"
)

// sheep is a record for these tests, with one cell of every type.
type sheep struct {
	Head
	Name   string
	Born   Date
	Lambs  *int64
	Price  *int64
	Grade  string
	Mother string
	Owner  string
	Phone  string
}

func (s *sheep) Fields() []Field {
	return []Field{
		Words(&s.Name, "name", "名字", Required, Match, Alias("羊名", "耳标")),
		On(&s.Born, "born", "出生"), Count(&s.Lambs, "lambs", "羔数", Range(0, 9)), Amount(&s.Price, "price", "价格", OfClass(Pay)),
		Coded(&s.Grade, "grade", "等次", letters, OwnedBy(County)), Link(&s.Mother, "mother", "母羊", "sheep", Part),
		Identity(&s.Owner, "owner", "主人", Private), Telephone(&s.Phone, "phone", "电话"),
	}
}

func (s *sheep) Check() []Problem {
	if s.Lambs != nil && s.Born.IsZero() {
		return []Problem{{Field: "born", Message: "有羔的羊请补填出生。"}}
	}
	return nil
}

func sheepKind() *Kind { return NewKind("sheep", "羊", "name", func() Record { return new(sheep) }) }

func flock() Kinds { return Kinds{sheepKind()} }

// Ensure that options are kept on the description, and heads start with the label.
func TestOptions(t *testing.T) {
	k := sheepKind()
	name, price, grade := k.Field("name"), k.Field("price"), k.Field("grade")
	if !name.Required || !name.Match || !reflect.DeepEqual(name.Heads(), []string{"名字", "羊名", "耳标"}) {
		t.Errorf("name: %+v", name)
	}
	if price.Class != Pay || grade.Owner != County || !k.Field("mother").Part || k.Field("owner").Private != true {
		t.Error("options were lost")
	}
	if k.Field("tail") != nil || k.Index("tail") != -1 || k.Index("born") != 1 {
		t.Error("index does not answer")
	}
}

// Ensure that rows go through a record unharmed, that a bound record forgets
// the row before, and that a row of an older version is short, not broken.
func TestFillTake(t *testing.T) {
	k := sheepKind()
	row := Row{ID: "1", Void: "重复", Values: []string{"黑耳", "2020-03", "2", "150050", "01", "7", man, "13812345678"}}
	b := k.Bind(k.New())
	b.Fill(row)
	if got := b.Take(); !reflect.DeepEqual(got, row) {
		t.Errorf("took %+v", got)
	}
	s := b.Record.(*sheep)
	if s.Name != "黑耳" || *s.Lambs != 2 || *s.Price != 150050 || s.Born != (Date{2020, 3, 0}) {
		t.Errorf("the struct holds %+v", s)
	}
	short := Row{ID: "2", Values: []string{"白耳"}}
	b.Fill(short)
	if got := b.Take(); got.Void != "" || strings.Join(got.Values, "") != "白耳" || len(got.Values) != len(k.Fields) {
		t.Errorf("the row before shines through: %+v", got)
	}
	if got := k.Value(short, "phone"); got != "" {
		t.Errorf("phone of a short row: %q", got)
	}
	if got := k.Value(Row{Extra: map[string]string{"tail": "长"}}, "tail"); got != "长" {
		t.Errorf("unknown cell: %q", got)
	}
}

// Ensure that a difference names the cell, old and new, also between rows of
// different length.
func TestDiff(t *testing.T) {
	k := sheepKind()
	a := Row{Values: []string{"黑耳", "2020"}}
	b := Row{Values: []string{"黑耳", "2021", "3", "", "", "", "", ""}}
	want := []Change{{"born", "2020", "2021"}, {"lambs", "", "3"}}
	if got := k.Diff(a, b); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	if got := k.Diff(b, b); got != nil {
		t.Errorf("a row differs from itself: %v", got)
	}
}

// Ensure that Check reports required cells, cells that break their rule, and
// what only the whole record shows.
func TestCheckRow(t *testing.T) {
	k := sheepKind()
	var got []string
	for _, p := range k.Check(Row{Values: []string{"", "", "12", "x", "77"}}) {
		got = append(got, p.Field)
	}
	if want := "name lambs price grade born"; strings.Join(got, " ") != want {
		t.Errorf("problems of %v, want %s", got, want)
	}
	if got := k.Check(Row{Values: []string{"黑耳"}}); got != nil {
		t.Errorf("a good row: %v", got)
	}
}

// Ensure that an office's own fields live behind the kind's, in rows only.
func TestExtend(t *testing.T) {
	k := sheepKind()
	var s string
	e := k.Extend(Words(&s, "colour", "毛色"))
	if e.Index("colour") != len(k.Fields) || k.Index("colour") != -1 {
		t.Error("the own field is not behind, or leaked into the kind")
	}
	row := Row{Values: make([]string, len(e.Fields))}
	row.Values[e.Index("colour")] = "黑"
	if e.Value(row, "colour") != "黑" || len(e.Check(row)) != 1 {
		t.Errorf("the own field is not checked like others: %v", e.Check(row))
	}
}

// Ensure that paths are followed through references and wrong ones named.
func TestResolve(t *testing.T) {
	via, holder, last, err := flock().Resolve("sheep", "mother.mother.name")
	if err != nil || len(via) != 2 || holder.Name != "sheep" || last.Name != "name" {
		t.Errorf("%v %v %v %v", via, holder, last, err)
	}
	for _, path := range []string{"", "tail", "name.name", "mother.tail", "mother."} {
		if _, _, _, err := flock().Resolve("sheep", path); err == nil {
			t.Errorf("%q is followed", path)
		}
	}
	if _, _, _, err := flock().Resolve("goat", "name"); err == nil {
		t.Error("a kind that is not there is followed")
	}
}

// Ensure that the register of a kind has every field as a column, numbered.
func TestRegister(t *testing.T) {
	ks := flock()
	f := Register(ks, ks[0])
	if len(f.Columns) != len(ks[0].Fields)+1 || f.Columns[0].Head != "序号" || f.Columns[1].Label(&ks[0].Fields[0]) != "名字" {
		t.Errorf("%+v", f)
	}
}

// wide is a record of 30 fields, the width of a roster.
type wide struct {
	Head
	text [24]string
	days [4]Date
	sums [2]*int64
}

func (w *wide) Fields() []Field {
	out := make([]Field, 0, 30)
	for i := range w.text {
		out = append(out, Words(&w.text[i], "t", "字", Alias("别名", "又名")))
	}
	for i := range w.days {
		out = append(out, On(&w.days[i], "d", "日"))
	}
	for i := range w.sums {
		out = append(out, Amount(&w.sums[i], "s", "钱"))
	}
	return out
}

// BenchmarkBound copies a row of 30 fields through a record bound once;
// BenchmarkUnbound lists the fields anew for each, as a loop should not.
func BenchmarkBound(b *testing.B) {
	k := NewKind("wide", "宽", "", func() Record { return new(wide) })
	row, bound := wideRow(k), k.Bind(k.New())
	b.ReportAllocs()
	for b.Loop() {
		bound.Fill(row)
		bound.Take()
	}
}

func BenchmarkUnbound(b *testing.B) {
	k := NewKind("wide", "宽", "", func() Record { return new(wide) })
	row, rec := wideRow(k), k.New()
	b.ReportAllocs()
	for b.Loop() {
		k.Fill(rec, row)
		k.Take(rec)
	}
}

func wideRow(k *Kind) Row {
	r := Row{Values: make([]string, len(k.Fields))}
	for i, f := range k.Fields {
		r.Values[i] = map[Type]string{Text: "某嘎查某组", Day: "1985-03", Money: "150050"}[f.Type]
	}
	return r
}

// BenchmarkReadDate and its neighbours measure one cell of an import.
func BenchmarkReadDate(b *testing.B) { benchmarkRead(b, dayField(), "1985.03") }
func BenchmarkReadID(b *testing.B)   { benchmarkRead(b, idField(), man) }
func BenchmarkReadText(b *testing.B) {
	var s string
	f := Words(&s, "t", "文字", Proper)
	benchmarkRead(b, &f, "某嘎查某组")
}

func benchmarkRead(b *testing.B, f *Field, text string) {
	b.ReportAllocs()
	for b.Loop() {
		if _, p := f.Read(Input{Text: text}); p != nil {
			b.Fatal(p)
		}
	}
}

// Ensure that fields that an office added stand behind those of the kind they are
// for, told apart from the heads it has, and that none is added to the kinds that
// define them or to one that is not there.
func TestKindsWithOwnFields(t *testing.T) {
	ks := append(flock(), NewKind("extra", "自定义项", "", func() Record { return new(sheep) }))
	ks.Kind("extra").Own = func(_ *Kind, rows []Row) (out []Added) {
		for _, r := range rows {
			out = append(out, Added{r.Values[0], Field{Name: "x_" + r.ID, Label: r.Values[1]}})
		}
		return out
	}
	with, err := ks.With(func(string) ([]Row, error) {
		return []Row{
			{ID: "1", Values: []string{"sheep", "毛长"}}, {ID: "2", Values: []string{"sheep", "名字"}},
			{ID: "3", Values: []string{"sheep", "毛长"}}, {ID: "4", Values: []string{"extra", "甲"}}, {ID: "5", Values: []string{"goat", "乙"}},
		}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	k := with.Kind("sheep")
	for _, f := range k.Fields[k.Bound():] {
		got = append(got, f.Name+f.Label)
	}
	if want := "x_1毛长 x_2名字（自定义） x_3毛长（自定义）"; strings.Join(got, " ") != want {
		t.Errorf("own fields %v, want %s", got, want)
	}
	if len(with.Kind("extra").Fields) != len(ks[0].Fields) || len(ks.Kind("sheep").Fields) != k.Bound() {
		t.Error("a kind was changed that has no own fields, or in place")
	}
}
