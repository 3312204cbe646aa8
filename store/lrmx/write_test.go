package lrmx

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"touyan/store/field"

	"pgregory.net/rapid"
)

// Ensure that what a file cannot hold is refused with a sentence that names it, and
// that nothing is written then.
func TestUnwritable(t *testing.T) {
	for name, c := range map[string]struct {
		form Form
		says string
	}{
		"a control character": {Form{Name: "白\x0B音"}, "“姓名”里有无法显示的字符"},
		"no text":             {Form{Resume: "\xFF"}, "“简历”里有无法显示的字符"},
		"in a relative":       {Form{Family: []Relative{{Kinship: "父亲"}, {Name: "\x01"}}}, "“家庭成员第 2 行的姓名”"},
		"in an attribute":     {Form{Attrs: Attrs{"XingMing": {{"a", "\x01"}}}}, "“XingMing”"},
		"a photo of no kind":  {Form{Photo: []byte("GIF89a")}, "“照片”不是 JPEG 或 PNG 图片"},
		"a piece of no XML":   {Form{Rest: []Element{{Name: "a", Inner: "<b>"}}}, "读不回来"},
		"a name of no XML":    {Form{Rest: []Element{{Name: "<"}}}, "读不回来"},
		"too large":           {Form{Photo: append(bytes.Clone(aPNG), make([]byte, MaxBytes)...)}, "超过 16 MB"},
	} {
		var out bytes.Buffer
		err := Write(&out, &c.form)
		told, is := errors.AsType[*Error](err)
		if !is || told.Code != Unwritable || !strings.Contains(told.Message, c.says) || out.Len() > 0 {
			t.Errorf("%s: %v, %d bytes written", name, err, out.Len())
		}
	}
	if err := Write(failing{}, &Form{}); !errors.Is(err, errFull) {
		t.Errorf("a writer that fails: %v", err)
	}
}

var errFull = errors.New("full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

// Ensure that a row with nothing in it is not written, that a photo of no bytes is
// none, and that every line ends in the same way.
func TestPlain(t *testing.T) {
	var odd, plain bytes.Buffer
	err := errors.Join(
		Write(&odd, &Form{Name: " ", Resume: "甲\r\n乙\r丙\n丁", Family: []Relative{{}}, Photo: []byte{}, PhotoRaw: "照片"}),
		Write(&plain, &Form{Resume: "甲\n乙\n丙\n丁", PhotoRaw: "照片"}))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(odd.Bytes(), plain.Bytes()) || !bytes.Contains(plain.Bytes(), []byte("甲\r\n乙\r\n")) || !bytes.Contains(plain.Bytes(), []byte(">照片<")) {
		t.Errorf("written %s\nand %s", odd.Bytes(), plain.Bytes())
	}
}

// aText has what stands in boxes, and what stands in the way of XML.
var aText = rapid.StringOfN(rapid.SampledFrom([]rune("白音巴图某旗0123.-—（） \n\t　<>&'\"]᠋ᠠ�x;")), 0, 12, -1).Filter(func(s string) bool {
	return s == "" || strings.TrimSpace(s) != ""
})

var aDate = rapid.Custom(func(t *rapid.T) Date {
	d := Date{Value: aKnownDate.Draw(t, "date")}
	switch rapid.IntRange(0, 3).Draw(t, "as") {
	case 0:
		return Date{}
	case 1:
		return Date{Raw: rapid.SampledFrom([]string{"民盟", "1998.1", "199913", "不详 "}).Draw(t, "raw")}
	case 2:
		if d.Value.Month >= 10 || d.Value.Day > 0 {
			d.Raw = d.Value.Office()
		}
	}
	return d
})

var aKnownDate = rapid.Custom(func(t *rapid.T) field.Date {
	d := field.Date{Year: rapid.IntRange(1930, 2030).Draw(t, "year"), Month: rapid.IntRange(0, 12).Draw(t, "month")}
	if d.Month > 0 {
		d.Day = rapid.IntRange(0, 28).Draw(t, "day")
	}
	return d
})

var someAttrs = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Attr {
	return Attr{rapid.SampledFrom([]string{"a", "x:b", "乙"}).Draw(t, "name"), aText.Draw(t, "value")}
}), 0, 2)

// elements are pieces such as Read gives: nothing parts text but elements.
var elements = rapid.Map(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Element {
	inner := rapid.SampledFrom([]string{"", " ", "x", "&amp;&#10;", "<!-- - -->", "<![CDATA[<]]>"}).Draw(t, "inner")
	name := rapid.SampledFrom([]string{"", "Foo", "x:Bar", "XingMing", "JiaTingChengYuan", "Item"}).Draw(t, "element")
	if name == "" {
		return Element{Inner: strings.TrimSpace(inner) + "."}
	}
	if rapid.Bool().Draw(t, "deeper") {
		inner = "<b a=\"1\">\r\n<c/>" + inner + "</b>"
	}
	return Element{name, orNil(someAttrs.Draw(t, "attributes")), inner}
}), 0, 3), func(all []Element) []Element {
	return orNil(slices.CompactFunc(all, func(a, b Element) bool { return a.Name == "" && b.Name == "" }))
})

// orNil is nil for nothing, as Read has it.
func orNil[T any](s []T) []T {
	if len(s) == 0 {
		return nil
	}
	return s
}

func fill(t *rapid.T, slots []slot) (attrs Attrs) {
	for _, s := range slots {
		switch at := s.at.(type) {
		case *string:
			*at = aText.Draw(t, s.element)
		case *Date:
			*at = aDate.Draw(t, s.element)
		case *[]byte:
			*at = rapid.SampledFrom([][]byte{nil, aJPEG, aPNG}).Draw(t, s.element)
		}
		if a := someAttrs.Draw(t, "attributes"); len(a) > 0 {
			if attrs == nil {
				attrs = Attrs{}
			}
			attrs[s.element] = a
		}
	}
	return attrs
}

var aRelative = rapid.Custom(func(t *rapid.T) Relative {
	var r Relative
	r.Attrs = fill(t, r.slots())
	r.Rest = elements.Filter(named("XingMing")).Draw(t, "rest")
	return r
}).Filter(func(r Relative) bool { return !r.blank() })

// named drops pieces that would be a relative among relatives.
func named(not ...string) func([]Element) bool {
	return func(all []Element) bool {
		return !slices.ContainsFunc(all, func(e Element) bool { return slices.Contains(not, e.Name) })
	}
}

var aForm = rapid.Custom(func(t *rapid.T) *Form {
	f := &Form{}
	f.Attrs = fill(t, f.slots())
	f.Family = orNil(rapid.SliceOfN(aRelative, 0, 3).Draw(t, "family"))
	f.FamilyRest = elements.Filter(named("Item")).Draw(t, "family rest")
	f.Rest = elements.Draw(t, "rest")
	if f.Photo == nil {
		f.PhotoRaw = rapid.SampledFrom([]string{"", "R0lGODlh", "照片"}).Draw(t, "photo raw")
	}
	return f
})

// Ensure that a form that was written is read as it was, and written again to the
// same bytes.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := aForm.Draw(t, "form")
		var first, second bytes.Buffer
		if err := Write(&first, want); err != nil {
			t.Fatal(err)
		}
		got, err := Read(bytes.NewReader(first.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if want.Warnings = got.Warnings; !reflect.DeepEqual(got, want) {
			t.Fatalf("read %+v\nwant %+v\nfrom %s", got, want, first.Bytes())
		}
		if err := Write(&second, got); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Fatalf("written %s\nthen %s", first.Bytes(), second.Bytes())
		}
	})
}

// Ensure that any file is refused with words for people, or is a form that is the
// same when it is written and read again.
func FuzzRead(f *testing.F) {
	var whole bytes.Buffer
	if err := Write(&whole, invented()); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes())
	f.Add([]byte("\xEF\xBB\xBF<?xml version='1.0'?><Person a='1'>x<!-- - --><XingMing/><XingMing>&#13;<b/></XingMing><JiaTingChengYuan>y<Item>z<ChengWei>1</ChengWei></Item></JiaTingChengYuan></Person>"))
	f.Add([]byte("<?xml version=\"1.0\" encoding=\"gb2312\"?><Person><XingMing>\xB0\xD7\xD2\xF4</XingMing><ZhaoPian>/9j/</ZhaoPian></Person>"))
	f.Add([]byte("\xFF\xFE<\x00P\x00e\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		form, err := Read(bytes.NewReader(data))
		if err != nil {
			if told, is := errors.AsType[*Error](err); !is || told.Message == "" {
				t.Fatalf("refused without words: %v", err)
			}
			return
		}
		var out bytes.Buffer
		if err := Write(&out, form); err != nil {
			t.Fatalf("read and not written: %v", err)
		}
		again, err := Read(&out)
		if err != nil {
			t.Fatal(err)
		}
		// A warning about one of several boxes may be about another, now that they stand
		// in order.
		if form.Warnings, again.Warnings = nil, nil; !reflect.DeepEqual(again, form) {
			t.Errorf("read %+v\nthen %+v", form, again)
		}
	})
}
