package sheet_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/sheet"
)

var made = time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)

// allForms are the forms and the registers of every kind.
func allForms() []*field.Form {
	out := record.Forms()
	for _, k := range record.Kinds() {
		out = append(out, field.Register(record.Kinds(), k))
	}
	return out
}

// wanted is what a cell should read as.
type wanted struct {
	text string
	each []string
}

// randomLines makes lines of a form out of the types of its fields alone, and
// what they should read as.
func randomLines(r *rand.Rand, f *field.Form, n int) ([]sheet.Line, [][]wanted) {
	ks := record.Kinds()
	var lines []sheet.Line
	var want [][]wanted
	for i := range n {
		l := sheet.Line{Code: sheet.RowCode(fmt.Sprint(f.Name, i))}
		var row []wanted
		for _, c := range f.Columns {
			if c.Path == "" {
				l.Cells = append(l.Cells, fmt.Sprint(i+1))
				row = append(row, wanted{text: fmt.Sprint(i + 1)})
				continue
			}
			_, _, last, err := ks.Resolve(f.Kind, c.Path)
			if err != nil {
				panic(err)
			}
			w := wanted{text: randomValue(r, last)}
			shown := last.Show(w.text)
			if text := last.Type == field.Text || last.Type == field.Ref; text && last.Required && shown == "" {
				w.text = randomName(r)
				shown = w.text
			}
			for last.Required && last.Type != field.Code && shown == "" {
				w.text = randomValue(r, last)
				shown = last.Show(w.text)
			}
			if c.Each {
				w.each = nil
				if w.text != "" {
					w.each = []string{w.text}
				}
				if other := randomValue(r, last); other != "" && w.text != "" && other != w.text && r.IntN(2) == 0 {
					w.each = append(w.each, other)
					if last.Split != nil {
						slices.Sort(w.each) // a splitter gives positions in their order
					}
					shown = last.Show(w.each[0]) + "、" + last.Show(w.each[1])
				}
				w.text = strings.Join(w.each, "、")
			}
			l.Cells = append(l.Cells, shown)
			row = append(row, w)
		}
		lines = append(lines, l)
		want = append(want, row)
	}
	return lines, want
}

var (
	surnames = []string{"白", "宝", "包", "陈", "韩", "金", "李", "刘", "王", "吴", "张", "赵"}
	given    = []string{"巴特尔", "斯琴", "建国", "晓燕", "格日勒", "丽华", "志强", "其木格", "宏", "敏"}
	places   = []string{"向阳", "前进", "胜利", "团结", "幸福", "东风", "永丰", "北山"}
	texts    = []string{"种植、养殖", "2023年优秀共产党员\n2024年先进个人", "善于做群众工作", "年均出栏肉牛120头", "<&>\"'=1+1", "_x0041_原样", "呼和·那日苏"}
)

func randomName(r *rand.Rand) string {
	return surnames[r.IntN(len(surnames))] + given[r.IntN(len(given))]
}

// randomValue is a canonical text of a field's type, empty one time in six.
func randomValue(r *rand.Rand, f *field.Field) string {
	if r.IntN(6) == 0 {
		return ""
	}
	switch f.Type {
	case field.Number, field.Money:
		least, most := f.Least, f.Most
		if least >= most {
			least, most = 0, 10_000_000
		}
		return fmt.Sprint(least + r.Int64N(most-least+1))
	case field.Day:
		d := []string{"1985", "1985-10", "1985-01", "1975-03-17", "2021-12", "2024-02-29"}
		return d[r.IntN(len(d))]
	case field.Code:
		var live []field.Item
		for _, it := range f.Codes.Items {
			if !it.Retired {
				live = append(live, it)
			}
		}
		return live[r.IntN(len(live))].Code
	case field.Ref:
		return places[r.IntN(len(places))] + "嘎查"
	case field.IDNumber:
		return field.CompleteID(fmt.Sprintf("150426%04d%02d%02d%03d", 1950+r.IntN(55), 1+r.IntN(12), 1+r.IntN(28), r.IntN(1000)))
	case field.Phone:
		return fmt.Sprintf("1%010d", 3_000_000_000+r.Int64N(6_000_000_000))
	}
	if f.Proper {
		return randomName(r)
	}
	t := field.Tidy(texts[r.IntN(len(texts))])
	if runes := []rune(t); f.Max > 0 && len(runes) > f.Max {
		t = string(runes[:f.Max])
	}
	if f.Name == "code" {
		t = fmt.Sprintf("%012d", r.Int64N(1_000_000))
	}
	return t
}

// printed is a book of forms with random lines.
func printed(seed uint64, n int, forms ...*field.Form) (sheet.Doc, [][][]wanted) {
	r := rand.New(rand.NewPCG(seed, 7))
	d := sheet.Doc{Unit: "某旗幸福苏木", Made: made, Code: "HJ2K-88QX"}
	var want [][][]wanted
	for _, f := range forms {
		lines, w := randomLines(r, f, n)
		d.Sheets = append(d.Sheets, sheet.Sheet{Name: f.Title, Form: f, Kinds: record.Kinds(), Lines: lines})
		want = append(want, w)
	}
	return d, want
}

func formNamed(name string) *field.Form {
	i := slices.IndexFunc(allForms(), func(f *field.Form) bool { return f.Name == name })
	return allForms()[i]
}
