package field

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Ensure that what a keyboard or another program adds goes, and what people
// mean stays.
func TestTidy(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"  张三  ", "张三"}, {"１２３ＡＢｃ", "123ABc"}, {"a\u00a0b\u3000c\u2003d", "a b c d"}, {"第一行\r\n第二行", "第一行 第二行"}, {"第一行\n第二行", "第一行 第二行"},
		{"\ufeff张\u200b三\u200d", "张三"}, {"\u202d13812345678\u202c", "13812345678"}, {"e\u0301", "é"},
		{"（一）、“二”：三；", "（一）、“二”：三；"}, {"１．５％", "1.5%"}, {"", ""}, {"\t", ""}, {"plain", "plain"}, {"a\tb", "a b"},
		{"𠮷田", "𠮷田"},
	} {
		if got := Tidy(c.in); got != c.want {
			t.Errorf("%q is tidied to %q, want %q", c.in, got, c.want)
		}
	}
}

// Ensure that Mongolian script comes through unharmed: its free variation
// selectors, vowel separator, narrow space and joiners are letters' shapes.
func TestMongolianScriptIsKept(t *testing.T) {
	for _, s := range []string{
		"ᠮᠣᠩᠭᠣᠯ", "ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ ᠨᠡᠷ\u180eᠡ", "ᠪᠠᠶᠠᠷ\u180bᠲᠤ", "ᠠ\u200dᠪ\u200cᠭ", "ᠡ\u180eᠠ",
	} {
		if got := Tidy(s); got != s {
			t.Errorf("%+q became %+q", s, got)
		}
		if got := TidyName(s); got != s {
			t.Errorf("as a name, %+q became %+q", s, got)
		}
	}
	if got := Tidy("\ufeffᠮᠣᠩᠭᠣᠯ\u200b "); got != "ᠮᠣᠩᠭᠣᠯ" {
		t.Errorf("marks around the script stayed: %+q", got)
	}
}

// Ensure that one name has one spelling.
func TestTidyName(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"张  敏", "张敏"}, {"张\u3000敏", "张敏"}, {"那顺•巴图", "那顺·巴图"}, {"那顺 ・ 巴图", "那顺·巴图"}, {"那顺．巴图", "那顺·巴图"},
		{"那顺.巴图.其木格", "那顺·巴图·其木格"}, {"阿.布.德", "阿·布·德"}, {"Bat  Erdene", "Bat Erdene"}, {"2 队", "2 队"}, {"前进 嘎查", "前进嘎查"}, {"", ""},
	} {
		if got := TidyName(c.in); got != c.want {
			t.Errorf("%q is tidied to %q, want %q", c.in, got, c.want)
		}
	}
}

var letters = NewCodeList("letters", "字母", "默认值", []Item{
	{Code: "01", Word: "甲", Synonyms: []string{"甲等", "A"}},
	{Code: "02", Word: "乙（丙）", Synonyms: []string{"甲", "B"}},
	{Code: "03", Word: "旧", Retired: true},
})

// Ensure that a code is found by word, synonym and code, whatever their width,
// spaces and brackets; that the word has precedence over another's synonym;
// that retired words are understood and not offered.
func TestCodes(t *testing.T) {
	for text, want := range map[string]string{"甲": "01", " 甲 等 ": "01", "ａ": "01", "a": "01", "乙丙": "02", "乙(丙)": "02", "02": "02", "０２": "02", "旧": "03", "丁": "", "": ""} {
		got, ok := letters.Find(text)
		if got != want || ok != (want != "") {
			t.Errorf("%q is found as %q, want %q", text, got, want)
		}
	}
	if letters.Word("02") != "乙（丙）" || letters.Word("77") != "77" || !letters.Has("03") || letters.Has("77") {
		t.Error("words and codes do not answer each other")
	}
	if got := strings.Join(letters.Words(), " "); got != "甲 乙（丙）" {
		t.Errorf("offered are %s", got)
	}
}

// Ensure that every type reads what offices write into its canonical text and
// shows it in their words.
func TestReadAndShow(t *testing.T) {
	var s string
	var d Date
	var n *int64
	fields := map[string]Field{
		"text": Words(&s, "t", "文字", Max(5)), "name": Words(&s, "t", "姓名", Proper), "code": Coded(&s, "c", "等次", letters),
		"yes": YesNo(&s, "y", "是否"), "ref": Link(&s, "r", "村", "village"), "phone": Telephone(&s, "p", "电话"), "day": On(&d, "d", "日期"),
		"count": Count(&n, "n", "人数", Range(0, 1000)), "any": Count(&n, "n", "数"), "money": Amount(&n, "m", "收入"),
	}
	for _, c := range []struct{ field, text, canonical, shown string }{
		{"text", " 五 个字", "五 个字", "五 个字"}, {"name", "张 三", "张三", "张三"}, {"code", "A", "01", "甲"}, {"code", "/", "", ""}, {"code", "——", "", ""}, {"code", "无", "", ""},
		{"yes", "√", "1", "是"}, {"yes", "Ｙ", "1", "是"}, {"yes", "无", "0", "否"}, {"yes", "×", "0", "否"}, {"yes", "/", "", ""},
		{"ref", " 前进 村 ", "前进村", "前进村"},
		{"phone", "13812345678", "13812345678", "13812345678"}, {"phone", "138 1234 5678", "13812345678", "13812345678"}, {"phone", "138-1234-5678", "13812345678", "13812345678"},
		{"phone", "+86 13812345678", "13812345678", "13812345678"}, {"phone", "+86-138-1234-5678", "13812345678", "13812345678"}, {"phone", "１３８１２３４５６７８", "13812345678", "13812345678"},
		{"phone", "0476-1234567", "0476-1234567", "0476-1234567"}, {"phone", "04761234567", "0476-1234567", "0476-1234567"}, {"phone", "(0476)1234567", "0476-1234567", "0476-1234567"},
		{"phone", "01012345678", "010-12345678", "010-12345678"}, {"phone", "1234567", "1234567", "1234567"}, {"phone", "\u202d13812345678\u202c", "13812345678", "13812345678"},
		{"day", "1985年3月", "1985-03", "1985.03"},
		{"count", "12人", "12", "12"}, {"count", "1,000", "1000", "1000"}, {"count", "12.0", "12", "12"}, {"count", "００７", "7", "7"}, {"any", "-3", "-3", "-3"}, {"any", "1e3", "1000", "1000"},
		{"money", "1500", "150000", "1500"}, {"money", "1,500.5元", "150050", "1500.50"}, {"money", "￥1500.05", "150005", "1500.05"}, {"money", "5.2万", "5200000", "52000"},
		{"money", "5.2 万元", "5200000", "52000"}, {"money", "-0.05", "-5", "-0.05"}, {"money", "0", "0", "0"}, {"money", "１２万元", "12000000", "120000"},
	} {
		f := fields[c.field]
		got, p := f.Read(Input{Text: c.text})
		if p != nil || got != c.canonical || f.Show(got) != c.shown {
			t.Errorf("%s %q is read as %q %v and shown as %q, want %q and %q", c.field, c.text, got, p, f.Show(got), c.canonical, c.shown)
		}
	}
	for _, c := range []struct{ field, text string }{
		{"text", "六个字太长了"}, {"code", "丁"}, {"yes", "也许"}, {"phone", "1381234567"}, {"phone", "13812345678、13912345678"}, {"phone", "1.38E+10"}, {"phone", "0001234567"},
		{"count", "约5"}, {"count", "3+2"}, {"count", "1.5"}, {"count", "1001"}, {"count", "-1"}, {"count", "五"}, {"count", "0x10"}, {"count", "inf"}, {"count", "1e999999999"},
		{"money", "1.005"}, {"money", "五万"}, {"money", "5万3"}, {"money", "99999999999999999999"}, {"money", "1e99"}, {"text", "a\x01b"}, {"text", "a\uFFFDb"}, {"text", "\xff"}, {"name", "\x7f"},
	} {
		f := fields[c.field]
		got, p := f.Read(Input{Text: c.text})
		if p == nil || got != "" || p.Field != f.Name || !strings.HasSuffix(p.Message, "。") {
			t.Errorf("%s %q is read as %q, %+v; want a refusal", c.field, c.text, got, p)
		}
	}
	money := fields["money"]
	for text, want := range map[string]string{"1234.5699999999999": "123457", "0.30000000000000004": "30", "1.5E+3": "150000"} {
		if got, p := money.Read(Input{text, true}); p != nil || got != want {
			t.Errorf("the bare number %s is read as %q %v, want %q", text, got, p, want)
		}
	}
}

// Ensure that a canonical text of the wrong type is found, however it came.
func TestCheckCanonical(t *testing.T) {
	var s string
	var n *int64
	for _, c := range []struct {
		f    Field
		good []string
		bad  []string
	}{
		{*dayField(), []string{"", "1985", "1985-03-12"}, []string{"1985.03", "1985-3", "1985-02-30"}},
		{Coded(&s, "c", "等次", letters), []string{"01", "03"}, []string{"甲", "04"}},
		{Telephone(&s, "p", "电话"), []string{"13812345678", "0476-1234567", "1234567"}, []string{"+8613812345678", "04761234567", "138"}},
		{Count(&n, "n", "数", Range(1, 9)), []string{"1", "9"}, []string{"0", "10", "x", "1.5"}},
		{Amount(&n, "n", "数"), []string{"-5", "150050"}, []string{"9000000000000000000", "1.5"}},
		{*idField(), []string{man}, []string{man[:17], "1504261985031210x"}},
	} {
		for _, v := range c.good {
			if p := c.f.Check(v); p != nil {
				t.Errorf("%s refuses %q: %s", c.f.Label, v, p.Message)
			}
		}
		for _, v := range c.bad {
			if p := c.f.Check(v); p == nil {
				t.Errorf("%s takes %q", c.f.Label, v)
			}
		}
	}
}

// Ensure that a private value shows its ends at most, and a short one or an
// amount nothing.
func TestMask(t *testing.T) {
	var s string
	var n *int64
	id, phone := *idField(), Telephone(&s, "p", "电话", Private)
	address, money, open := Words(&s, "a", "住址", Private), Amount(&n, "m", "收入", Private), Telephone(&s, "p", "电话")
	for _, c := range []struct {
		f       Field
		v, want string
	}{
		{id, man, man[:4] + strings.Repeat("•", 10) + man[14:]}, {phone, "13812345678", "138••••5678"}, {phone, "1234567", "•••••••"},
		{address, "某旗某苏木某嘎查三组七号", "某旗某苏••••三组七号"}, {address, "短", "•"}, {money, "12345678901", "••••"}, {money, "5", "••••"},
		{open, "13812345678", "13812345678"}, {id, "", ""},
	} {
		if got := c.f.Mask(c.v); got != c.want {
			t.Errorf("%s %q is masked as %q, want %q", c.f.Label, c.v, got, c.want)
		}
	}
}

// readTwice holds the promise of Read: what it gives passes Check, and what is
// shown of it reads as itself.
func readTwice(t *testing.T, f *Field, in Input) string {
	t.Helper()
	v, p := f.Read(in)
	if p != nil {
		if v != "" || !strings.HasSuffix(p.Message, "。") {
			t.Fatalf("%q: refused with %q and the value %q", in.Text, p.Message, v)
		}
		for _, proposal := range p.Proposals {
			if bad := f.Check(proposal); bad != nil {
				t.Fatalf("%q: proposes %q, which is refused: %s", in.Text, proposal, bad.Message)
			}
		}
		return ""
	}
	if bad := f.Check(v); bad != nil {
		t.Fatalf("%q is read as %q, which Check refuses: %s", in.Text, v, bad.Message)
	}
	again, p := f.Read(Input{Text: f.Show(v)})
	if p != nil || again != v {
		t.Fatalf("%q is read as %q, shown as %q, and that is read as %q %v", in.Text, v, f.Show(v), again, p)
	}
	return v
}

// Ensure that for every type any input is refused, or read into a text that
// survives being shown and read again.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"张  敏", "1985.1", "13812345678", "5.2万元", "甲", "是", "ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ", "0476 1234567", "1.5E+17", "a.b", "那顺.巴图", "１２", "\u0344", "가"} {
		for t := range 9 {
			f.Add(s, t, t%2 == 0)
		}
	}
	f.Fuzz(func(t *testing.T, s string, which int, number bool) {
		var text string
		var d Date
		var n *int64
		fields := []Field{
			Words(&text, "t", "文字"), Words(&text, "t", "姓名", Proper), Coded(&text, "c", "等次", letters), YesNo(&text, "y", "是否"), Link(&text, "r", "村", "village"),
			Telephone(&text, "p", "电话"), On(&d, "d", "日期"), Count(&n, "n", "数"), Amount(&n, "m", "收入"),
		}
		f := &fields[uint(which)%uint(len(fields))]
		v := readTwice(t, f, Input{s, number})
		f.SetValue(v)
		if got := f.Value(); got != v {
			t.Fatalf("%q of %s comes back from the record as %q", v, f.Label, got)
		}
		if !utf8.ValidString(v) {
			t.Fatalf("%q is no text", v)
		}
	})
}
