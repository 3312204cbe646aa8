package field

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Input is what someone wrote into a cell.
type Input struct {
	Text   string
	Number bool // the cell is a bare number: leading zeros and the last zeros of a fraction are lost
}

// Tidy folds what a keyboard or another program adds to a text without
// meaning it: full-width letters and digits, odd spaces, invisible marks, line
// ends inside a cell, spaces at the ends. Mongolian script and its joiners
// stay unharmed.
func Tidy(s string) string {
	if plain(s) {
		return strings.TrimSpace(s)
	}
	s = strings.ReplaceAll(s, "\r\n", "\n") // other programs save the one for the other
	mongolian := strings.ContainsFunc(s, isMongolian)
	s = strings.Map(func(r rune) rune { return tidyRune(r, mongolian) }, s)
	return strings.TrimSpace(norm.NFC.String(s))
}

func isMongolian(r rune) bool { return r >= 0x1800 && r <= 0x18AF }

func tidyRune(r rune, mongolian bool) rune {
	switch {
	case mongolian && (r == '\u202f' || r == '\u200c' || r == '\u200d'):
		return r // they join and part the letters of that script
	case unicode.IsSpace(r):
		return ' '
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069, r == 0xFEFF, r == 0xAD:
		return -1 // zero width, or direction marks that come with a copied phone number
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ',
		r == '．', r == '－', r == '／', r == '＋', r == '％':
		return r - 0xFEE0
	}
	return r
}

// plain reports a text of which Tidy drops at most the spaces at its ends:
// printable ASCII, Chinese characters and the signs between them. Nearly every
// cell of a roster is one, and loops over rosters spend their time here.
func plain(s string) bool {
	for _, r := range s {
		if (r < ' ' || r > '~') && !han(r) && (r < '、' || r > '】') {
			return false
		}
	}
	return true
}

// han reports an ideograph that no normal form changes.
func han(r rune) bool { return r >= 0x3400 && r <= 0x9FFF }

var (
	manySpaces = regexp.MustCompile(` {2,}`)
	asciiDot   = regexp.MustCompile(`(\p{Han}) *\. *(\p{Han})`)
)

// TidyName is Tidy for names of people and places: one spelling of the middle
// dot (U+00B7), no spaces between Chinese characters (张  敏 is 张敏), and one
// between the words of another script.
func TidyName(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return !han(r) }) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case '•', '・', '‧', '∙', '⋅', '･', '●':
			return '·'
		}
		return r
	}, Tidy(s))
	if strings.Contains(s, ".") {
		// Twice, because neighbouring dots share the character between them.
		s = asciiDot.ReplaceAllString(asciiDot.ReplaceAllString(s, "$1·$2"), "$1·$2")
	}
	if !strings.Contains(s, " ") {
		return s
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r < utf8.RuneSelf && r != ' ' || isMongolian(r) }) {
		return manySpaces.ReplaceAllString(s, " ")
	}
	return strings.ReplaceAll(s, " ", "")
}

// Read turns what someone wrote into the field's canonical text. An empty
// cell reads as an empty text. References are read by whoever knows the other
// records: here they are only tidied.
func (f *Field) Read(in Input) (string, *Problem) {
	s := Tidy(in.Text)
	if s == "" {
		return "", nil
	}
	if n := strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }); n >= 0 {
		return "", refuse(f, "“"+f.Label+"”里有无法显示的字符，请重新填写。")
	}
	if f.Type != Text && f.Type != Ref && f.Type != Code && saysNothing(s) {
		return "", nil
	}
	switch f.Type {
	case Day:
		return readDate(f, in)
	case IDNumber:
		return readID(f, in)
	case Phone:
		return readPhone(f, in)
	case Code:
		return readCode(f, s)
	case Number:
		return readNumber(f, s, in.Number, 1)
	case Money:
		return readNumber(f, s, in.Number, 100)
	case Ref:
		return TidyName(s), nil
	}
	if f.Proper {
		s = TidyName(s)
	}
	if p := f.Check(s); p != nil {
		return "", p
	}
	return s, nil
}

// saysNothing reports the marks offices put into a cell that has nothing to
// say: the 入党时间 of somebody who is no member.
func saysNothing(s string) bool {
	switch s {
	case "/", "-", "--", "—", "——", "无":
		return true
	}
	return false
}

func readCode(f *Field, s string) (string, *Problem) {
	if code, ok := f.Codes.Find(s); ok {
		return code, nil
	}
	if saysNothing(s) {
		return "", nil
	}
	words := f.Codes.Words()
	if len(words) > 12 {
		words = append(words[:12:12], "……")
	}
	return "", refuse(f, "“"+s+"”不在“"+f.Label+"”可填的内容里，请从中选一个："+strings.Join(words, "、")+"。")
}

var (
	phone     = regexp.MustCompile(`^(?:\+?86-?)?(1\d{10}|(0\d{2,3}-?)?\d{7,8})$`)
	ringable  = regexp.MustCompile(`^(1\d{10}|((010|02\d|0[3-9]\d\d)-)?\d{7,8})$`)
	landline  = regexp.MustCompile(`^(010|02\d|0[3-9]\d\d)-?(\d{7,8})$`)
	mobileCut = regexp.MustCompile(`^((?:\+?86-?)?1\d\d)-(\d{4})-(\d{4})$`)
)

// What people put into phone numbers and numbers for the eye.
var (
	phoneMarks  = strings.NewReplacer(" ", "", "(", "", ")", "-", "（", "", "）", "-", "—", "-")
	numberMarks = strings.NewReplacer(",", "", "，", "", " ", "", "¥", "", "￥", "")
)

func readPhone(f *Field, in Input) (string, *Problem) {
	s := phoneMarks.Replace(Tidy(in.Text))
	s = mobileCut.ReplaceAllString(s, "$1$2$3")
	m := phone.FindStringSubmatch(s)
	if m == nil {
		return "", refuse(f, "“"+in.Text+"”不是电话号码，手机号应为11位；有几个号码的，只填常用的一个。")
	}
	s = m[1]
	if m[2] != "" || len(s) > 8 && s[0] == '0' {
		s = landline.ReplaceAllString(s, "$1-$2")
	}
	if p := f.Check(s); p != nil {
		return "", p
	}
	return s, nil
}

var numeral = regexp.MustCompile(`^-?\d+(\.\d+)?([Ee][+-]?\d{1,2})?$`)

// readNumber reads a whole count (scale 1) or an amount in 元 or 万元 (scale
// 100, kept in 分). 约 and sums are refused: the program does not guess.
//
// A bare number is taken to 15 digits, as every table shows it: beyond them
// stands what arithmetic left over (1234.5699999999999 is 1234.57).
func readNumber(f *Field, s string, bare bool, scale int64) (string, *Problem) {
	factor := big.NewRat(scale, 1)
	t := numberMarks.Replace(s)
	if scale == 100 {
		if u, ok := strings.CutSuffix(strings.TrimSuffix(t, "元"), "万"); ok {
			t, factor = u, big.NewRat(scale*10000, 1)
		} else {
			t = strings.TrimSuffix(t, "元")
		}
	} else {
		t = strings.TrimRight(t, "人户个名届岁年次")
	}
	if !numeral.MatchString(t) { // also keeps exponents small enough to expand
		return "", refuse(f, "“"+s+"”不是数，请只填数字。")
	}
	if x, err := strconv.ParseFloat(t, 64); bare && err == nil {
		t = strconv.FormatFloat(x, 'e', 14, 64)
	}
	n, _ := new(big.Rat).SetString(t)
	n.Mul(n, factor)
	if !n.IsInt() || !n.Num().IsInt64() {
		return "", refuse(f, "“"+s+"”不是"+map[int64]string{1: "整数", 100: "以分为最小单位的金额"}[scale]+"，请核对。")
	}
	text := n.Num().String()
	if p := f.Check(text); p != nil {
		return "", p
	}
	return text, nil
}

// Check finds what is wrong with a canonical text, nil if nothing.
func (f *Field) Check(canonical string) *Problem {
	if canonical == "" {
		return nil
	}
	switch f.Type {
	case Text:
		most := f.Max
		if most == 0 {
			most = 500
		}
		if n := utf8.RuneCountInString(canonical); n > most {
			return refuse(f, fmt.Sprintf("“%s”有%d个字，最多%d个字，请缩短。", f.Label, n, most))
		}
	case Number, Money:
		return checkRange(f, canonical)
	case Day:
		if _, err := DateOf(canonical); err != nil {
			return refuse(f, "“"+canonical+"”不是真实的日期，请核对年、月、日。")
		}
	case Code:
		if !f.Codes.Has(canonical) {
			return refuse(f, "“"+canonical+"”不在“"+f.Label+"”的代码表里，请重新选择。")
		}
	case IDNumber:
		return checkID(f, canonical)
	case Phone:
		if !ringable.MatchString(canonical) {
			return refuse(f, "“"+canonical+"”不是电话号码，手机号应为11位，座机写成“0476-1234567”。")
		}
	}
	return nil
}

// largest is a bound no count and no sum (in 分) of an office comes near.
const largest = 1_000_000_000_000_000

func checkRange(f *Field, canonical string) *Problem {
	n, err := strconv.ParseInt(canonical, 10, 64)
	if err != nil {
		return refuse(f, "“"+canonical+"”不是数，请只填数字。")
	}
	if n > largest || n < -largest {
		return refuse(f, "“"+f.Label+"”太大，请核对单位和位数。")
	}
	if f.Least < f.Most && (n < f.Least || n > f.Most) {
		return refuse(f, "“"+f.Label+"”应在"+f.Show(strconv.FormatInt(f.Least, 10))+"到"+f.Show(strconv.FormatInt(f.Most, 10))+"之间，请核对。")
	}
	return nil
}

// Show gives a canonical text in office words: codes as their words, dates as
// 1985.03, money in 元. A reference shows as its id: names are known to the
// ledger, not here.
func (f *Field) Show(canonical string) string {
	if canonical == "" {
		return ""
	}
	switch f.Type {
	case Code:
		return f.Codes.Word(canonical)
	case Day:
		d, err := DateOf(canonical)
		if err != nil {
			return canonical
		}
		return d.Office()
	case Money:
		n, err := strconv.ParseInt(canonical, 10, 64)
		if err != nil {
			return canonical
		}
		sign := ""
		if n < 0 {
			sign, n = "-", -n
		}
		if n%100 == 0 {
			return sign + strconv.FormatInt(n/100, 10)
		}
		return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
	}
	return canonical
}
