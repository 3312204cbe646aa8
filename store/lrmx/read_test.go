package lrmx

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"touyan/store/field"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

var golden = filepath.Join("testdata", "invented.lrmx")

// Ensure that a form is written as offices know these files, and that such a file
// is read whole.
func TestGolden(t *testing.T) {
	var got bytes.Buffer
	if err := Write(&got, invented()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("written:\n%s\nwant:\n%s", got.Bytes(), want)
	}
	f, err := Read(bytes.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(f, invented()) {
		t.Errorf("read %+v\nwant %+v", f, invented())
	}
}

func read(t *testing.T, file string) *Form {
	t.Helper()
	f, err := Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Ensure that the text of a form is the same in every encoding that offices' files
// have, whatever the declaration says.
func TestEncodings(t *testing.T) {
	doc := func(declared string) string {
		return `<?xml version="1.0" encoding="` + declared + `"?>` + "\r\n<Person>\r\n  <XingMing>白音巴图</XingMing>\r\n  <JianLi>1998.07--  某嘎查\r\n 团支部</JianLi>\r\n</Person>"
	}
	gb := func(s string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(doc("utf-16"))
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"UTF-8":                     doc("utf-8"),
		"with a mark":               "\uFEFF" + doc("UTF-8"),
		"without a declaration":     strings.TrimPrefix(doc(""), `<?xml version="1.0" encoding=""?>`),
		"GB 18030":                  gb(doc("GB18030")),
		"gb2312":                    gb(doc("gb2312")),
		"GB that claims UTF-8":      gb(doc("utf-8")),
		"UTF-8 that claims gb2312":  doc("gb2312"),
		"UTF-8 that claims UTF-16":  doc("utf-16"),
		"UTF-16":                    utf16,
		"blank lines before it all": "\r\n" + doc("utf-8"),
	} {
		f := read(t, file)
		if f.Name != "白音巴图" || f.Resume != "1998.07--  某嘎查\n 团支部" {
			t.Errorf("%s: read %q, %q", name, f.Name, f.Resume)
		}
	}
	short := gb(`<?xml version="1.0" encoding="gb2312"?><Person><XingMing>芦</XingMing></Person>`)
	if f := read(t, short); f.Name != "芦" {
		t.Errorf("GB whose bytes are also UTF-8: read %q", f.Name)
	}
}

// Ensure that a file that is no form, or not a whole one, is refused with a sentence
// that says so and what to do.
func TestRefused(t *testing.T) {
	whole, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(whole)
	flipped[bytes.Index(flipped, []byte("音巴"))+1] = 'x'
	for name, c := range map[string]struct {
		file string
		code Code
		says string
	}{
		"empty":                       {"", Damaged, "里面是空的"},
		"a workbook":                  {"PK\x03\x04....", NotForm, "而是 Office 文档"},
		"text":                        {"\"白音巴图\",\"男\"", NotForm, "旧版的 .lrm"},
		"a web page":                  {"<html></html>", NotForm, "最外层是“html”"},
		"another Person":              {"<Person><name>x</name></Person>", NotForm, "没有任免审批表的任何一项"},
		"zeros":                       {string(whole[:200]) + strings.Repeat("\x00", 200), Damaged, "是零"},
		"only zeros":                  {strings.Repeat("\x00", 200), Damaged, "是零"},
		"a byte changed":              {string(flipped), Damaged, "文字残缺"},
		"cut":                         {string(whole[:bytes.Index(whole, []byte("音巴"))]), Damaged, "没有复制完"},
		"cut in a character":          {string(whole[:bytes.Index(whole, []byte("音巴"))+1]), Damaged, "没有复制完"},
		"cut in a tag":                {"<Person><XingM", Damaged, "没有复制完"},
		"only a mark":                 {"\uFEFF<!-- -->", Damaged, "没有复制完"},
		"tags crossed":                {"<Person>\n<XingMing><b></XingMing></b></Person>", Damaged, "第 2 行的“XingMing”对不上开头的“b”"},
		"a tag left open":             {"<Person><XingMing></Person>", Damaged, "对不上"},
		"bad syntax":                  {"<Person><XingMing>a & b</XingMing></Person>", Damaged, "第 1 行不合规范"},
		"entities":                    {`<!DOCTYPE Person [<!ENTITY a "aa">]><Person><XingMing>&a;</XingMing></Person>`, Damaged, "DTD"},
		"unknown entity":              {`<Person><XingMing>&a;</XingMing></Person>`, Damaged, "不合规范"},
		"two run together":            {string(whole) + string(whole[10:]), Damaged, "表格结束后又有别的内容"},
		"neither encoding":            {"<Person><XingMing>\xFF\xFF</XingMing></Person>", Damaged, "文字编码"},
		"elements past all":           {"<Person>" + strings.Repeat("<a/>", maxElements+1) + "</Person>", TooLarge, "项目太多"},
		"a broken name in the family": {"<Person><JiaTingChengYuan><Item><a b></a></Item></JiaTingChengYuan></Person>", Damaged, "不合规范"},
		"declarations behind":         {string(whole) + "<!-- --><!DOCTYPE a>", Damaged, "DTD"},
		"attributes past all":         {"<Person " + strings.Repeat("a='' ", maxEquals+1) + "/>", TooLarge, "项目太多"},
		"too large":                   {"<Person>" + strings.Repeat(" ", MaxBytes), TooLarge, "超过 16 MB"},
	} {
		f, err := Read(strings.NewReader(c.file))
		told, is := errors.AsType[*Error](err)
		if !is || f != nil {
			t.Errorf("%s: read %v, %v", name, f, err)
			continue
		}
		if told.Code != c.code || !strings.Contains(told.Message, c.says) || !strings.HasSuffix(told.Message, "。") {
			t.Errorf("%s: refused as %d: %s", name, told.Code, told.Message)
		}
	}
	if _, err := Read(iotest.ErrReader(io.ErrClosedPipe)); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a reader that fails: %v", err)
	}
}

// Ensure that elements may stand in any order, that those with nothing in them are
// empty, and that a line ends in one way.
func TestOrder(t *testing.T) {
	f := read(t, `<Person><JiaTingChengYuan>
    <Item><XingMing>其木格</XingMing><ChengWei>妻子</ChengWei></Item>
    <Item><ChengWei>
      </ChengWei><XingMing/></Item>
  </JiaTingChengYuan><NiRenZhiWu>
  </NiRenZhiWu><MinZu>蒙古<!-- 族 -->族</MinZu><XingMing><![CDATA[白音<巴图>]]></XingMing><JianLi>甲&#13;
乙&#xD;丙</JianLi></Person>`)
	want := &Form{Name: "白音<巴图>", Ethnic: "蒙古族", Resume: "甲\n乙\n丙", Family: []Relative{{Kinship: "妻子", Name: "其木格"}}}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("read %+v", f)
	}
}

// Ensure that what a form does not know or understand is kept, said, and written
// back.
func TestKept(t *testing.T) {
	f := read(t, `<Person a="1"><Foo b="&lt;">x<i>y</i>&amp;</Foo>text<!-- said --><XingMing c="2">甲</XingMing><XingMing>乙</XingMing>more<MinZu/>still
		<JianLi>1<b>2</b></JianLi><ZhaoPian>R0lGODlh</ZhaoPian><RuDangShiJian>民盟</RuDangShiJian><x:Bar xmlns:x="urn:x"/>
		<JiaTingChengYuan d="3">无<Item e="4"><Baz/><ChengWei f="5">父亲</ChengWei></Item></JiaTingChengYuan></Person>`)
	want := &Form{
		Name: "甲", Joined: Date{Raw: "民盟"}, PhotoRaw: "R0lGODlh",
		Attrs: Attrs{"Person": {{"a", "1"}}, "XingMing": {{"c", "2"}}, "JiaTingChengYuan": {{"d", "3"}}},
		Rest: []Element{
			{Name: "Foo", Attrs: []Attr{{"b", "<"}}, Inner: "x<i>y</i>&amp;"},
			{Inner: "text<!-- said -->"},
			{Name: "XingMing", Inner: "乙"},
			{Inner: "more\r\n  still"},
			{Name: "JianLi", Inner: "1<b>2</b>"},
			{Name: "x:Bar", Attrs: []Attr{{"xmlns:x", "urn:x"}}},
		},
		Family:     []Relative{{Kinship: "父亲", Attrs: Attrs{"Item": {{"e", "4"}}, "ChengWei": {{"f", "5"}}}, Rest: []Element{{Name: "Baz"}}}},
		FamilyRest: []Element{{Inner: "无"}},
		Warnings: []string{
			"“姓名”出现了不止一次，只采用了第一个，多出来的已原样保留，请核对。",
			"“简历”里夹有别的项目，没有读懂，已原样保留，请核对。",
			"“照片”不是 JPEG 或 PNG 图片，不能显示，已原样保留。请在任免审批表软件里换一张照片。",
			"“入党时间”写的是“民盟”，不是日期，已原样保留，请核对。",
		},
	}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("read %+v\nwant %+v", f, want)
	}
	var again bytes.Buffer
	if err := Write(&again, f); err != nil {
		t.Fatal(err)
	}
	// The element that was read as a box and not understood comes after an empty one now.
	g := read(t, again.String())
	if f.Warnings, g.Warnings = nil, nil; !reflect.DeepEqual(g, f) {
		t.Errorf("read again %+v\nwant %+v", g, f)
	}
}

// Ensure that dates are understood as people write them, that none is made up, and
// that each is written back as it stood.
func TestDates(t *testing.T) {
	for in, want := range map[string]Date{
		"":                       {},
		"199807":                 {Value: field.Date{Year: 1998, Month: 7}},
		"19980712":               {Value: field.Date{Year: 1998, Month: 7, Day: 12}},
		"1998":                   {Value: field.Date{Year: 1998}},
		"1998.7":                 {Value: field.Date{Year: 1998, Month: 7}, Raw: "1998.7"},
		"1998／07":                {Value: field.Date{Year: 1998, Month: 7}, Raw: "1998／07"},
		"1998‐07":                {Value: field.Date{Year: 1998, Month: 7}, Raw: "1998‐07"},
		"1998.10":                {Value: field.Date{Year: 1998, Month: 10}, Raw: "1998.10"},
		"1998-07-12":             {Value: field.Date{Year: 1998, Month: 7, Day: 12}, Raw: "1998-07-12"},
		"1998年7月12日":             {Value: field.Date{Year: 1998, Month: 7, Day: 12}, Raw: "1998年7月12日"},
		"１９９８．０７ ":               {Value: field.Date{Year: 1998, Month: 7}, Raw: "１９９８．０７ "},
		"1998.1":                 {Raw: "1998.1"},
		"199813":                 {Raw: "199813"},
		"1998.02.30":             {Raw: "1998.02.30"},
		"0998":                   {Raw: "0998"},
		"1998.07--":              {Raw: "1998.07--"},
		strings.Repeat("待查", 20): {Raw: strings.Repeat("待查", 20)},
		"1998年7月（补）":             {Raw: "1998年7月（补）"},
	} {
		f := read(t, "<Person><ChuShengNianYue>"+in+"</ChuShengNianYue></Person>")
		if f.Birth != want {
			t.Errorf("%q: read %+v, want %+v", in, f.Birth, want)
		}
		if said, doubtful := len(f.Warnings), in != "" && want.Value.IsZero(); (said == 1) != doubtful {
			t.Errorf("%q: said %q", in, f.Warnings)
		}
		if len(in) > 100 && !strings.Contains(f.Warnings[0], "…") {
			t.Errorf("said at length: %q", f.Warnings)
		}
		if got := f.Birth.text(); got != in {
			t.Errorf("%q: written back as %q", in, got)
		}
	}
	changed := Date{Value: field.Date{Year: 1999, Month: 1}, Raw: "1998.7"}
	if got := changed.text(); got != "199901" {
		t.Errorf("a date that was changed: written %q", got)
	}
}
