package form

import (
	"fmt"
	"testing"

	"touyan/store/field"
	"touyan/ui/entry"
	"touyan/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// broad is a kind of forty fields.
type broad struct {
	field.Head
	texts [40]string
	dates [40]field.Date
}

func (b *broad) Fields() []field.Field {
	var out []field.Field
	for i := range b.texts {
		name, label := fmt.Sprintf("f%d", i), fmt.Sprintf("第%d项", i+1)
		switch i % 4 {
		case 0:
			out = append(out, field.Words(&b.texts[i], name, label, field.Max(60)))
		case 1:
			out = append(out, field.Coded(&b.texts[i], name, label, nations))
		case 2:
			out = append(out, field.On(&b.dates[i], name, label))
		case 3:
			out = append(out, field.Telephone(&b.texts[i], name, label, field.Private))
		}
	}
	return out
}

func newBroad() *field.Kind {
	return field.NewKind("broad", "宽", "f0", func() field.Record { return new(broad) })
}

func broadRow(broads *field.Kind) field.Row {
	row := field.Row{ID: "x1"}
	for i := range broads.Fields {
		row.Values = append(row.Values, sampleOf(&broads.Fields[i]))
	}
	return row
}

// BenchmarkOpen is a form of forty fields from nothing to the first picture of
// it laid out.
func BenchmarkOpen(b *testing.B) {
	broads := newBroad()
	app := test.NewTempApp(b)
	app.Settings().SetTheme(theme.New(nil, nil, theme.Roomy, false))
	w := test.NewTempWindow(b, entry.New())
	w.Resize(fyne.NewSize(1146, 700))
	row := broadRow(broads)
	for b.Loop() {
		f := New(broads, Options{})
		f.SetRow(row)
		w.SetContent(f)
	}
}

// BenchmarkNext is another record shown in an open form.
func BenchmarkNext(b *testing.B) {
	broads := newBroad()
	s := bench(b, broads, Options{})
	rows := [2]field.Row{broadRow(broads), broadRow(broads)}
	rows[1].ID = "x2"
	for i := range rows[1].Values {
		rows[1].Values[i] = ""
	}
	for i := 0; b.Loop(); i++ {
		s.SetRow(rows[i%2])
	}
}

// BenchmarkKey is one key typed into a form of forty fields, with its checks.
func BenchmarkKey(b *testing.B) {
	broads := newBroad()
	s := bench(b, broads, Options{})
	s.SetRow(broadRow(broads))
	s.Focus("f0")
	in := s.cell("f0").input
	for b.Loop() {
		in.TypedRune('甲')
		in.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
}

// BenchmarkFindPerson is one key typed into a reference to one of twenty
// thousand people.
func BenchmarkFindPerson(b *testing.B) {
	surnames, given := []rune("王李张刘陈杨黄赵吴周白包乌宝斯"), []rune("巴图格日勒敏秀英建国志强海燕玉兰")
	items := make([]Choice, 20_000)
	for i := range items {
		items[i] = Choice{ID: fmt.Sprint(i), Text: string([]rune{surnames[i%len(surnames)], given[i/15%len(given)], given[i/240%len(given)]})}
	}
	c := newChooser(items)
	c.find("a")
	for i := 0; b.Loop(); i++ {
		c.find([]string{"b", "bb", "bbt", "白", "zhangmin"}[i%5])
	}
}
