// Package field describes the cells of a record: what they are called on
// paper, what may stand in them, how people write them and how the program
// keeps them.
//
// Its nouns are Field (one cell of a kind, with its label, type and rules),
// Kind (a named list of fields), Row (one record as texts, in the order of its
// kind's fields), Form (a 表 that offices know, whose columns are paths through
// references) and the value types Date, Money and CodeList.
//
// Every value has one canonical text, and that text is what is stored, sent,
// compared and journalled; an empty text is an empty cell. Read turns what
// people write into the canonical text, Show turns it back into office words.
// Reading a stored record never validates: a rule made stricter later must not
// lock old records away.
//
// The package knows no files, no screens and no particular kind.
package field

import (
	"strconv"
	"strings"
)

// Type is what a cell holds. Everything general in the program (forms,
// tables, sheets, search) is chosen by it.
type Type int

// The types of cells, with the shape of their canonical text.
const (
	Text     Type = iota // trimmed, composed Unicode
	Number               // decimal integer without leading zeros
	Money                // integer count of 分
	Day                  // 1985, 1985-03 or 1985-03-12: the precision is part of the value
	Code                 // a code of the field's CodeList
	Ref                  // id of a record of kind Target
	IDNumber             // 公民身份号码, 18 characters, X in upper case
	Phone                // digits, an area code separated by "-"
)

// Class says who may see a value and under which key it lies.
type Class int

// The classes, from everyone's to few people's.
const (
	Ordinary   Class = iota
	Discipline       // 违纪违法、处分、谈话
	Pay              // 报酬、银行卡

	Classes // how many there are
)

// Stricter is whichever of two classes fewer people read.
func (c Class) Stricter(d Class) Class {
	if d == Discipline || c == Ordinary {
		return d
	}
	return c
}

// Level is a tier of office. The order of the numbers is the order of rank.
type Level int

// The tiers that keep a ledger. NoLevel marks a value nobody in particular owns.
const (
	NoLevel  Level = 0
	Township Level = 1 // 苏木乡镇
	County   Level = 2 // 旗县区
	City     Level = 3 // 市
)

// Field is one cell of a kind: its stored name, its label on screen and paper,
// its type and rules, and a binding to the struct it was listed by.
type Field struct {
	Name     string    // stored name: lower-case English, chosen once, never reused
	Label    string    // the head of its column, in office words
	Aliases  []string  // other heads under which offices know the column
	Type     Type      // what it holds
	Codes    *CodeList // for Code: the words it may hold
	Target   string    // for Ref: the kind it points to
	Required bool      // an empty cell is a problem (recorded all the same)
	Match    bool      // together with the others so marked it tells one record from another
	Part     bool      // for Ref: the record is a line inside the one it points to
	Private  bool      // masked until asked for
	Proper   bool      // Text: a name of a person or place; spaces and dots fold as TidyName does
	Class    Class     // whose eyes it is for
	Owner    Level     // the level whose word counts; NoLevel: anyone's
	Max      int       // Text: most characters; 0 means 500
	Least    int64     // Number, Money: smallest value, used when Least < Most
	Most     int64     // Number, Money: largest value
	Split    Splitter  // Code: takes a cell apart that names several; nil: it names one
	File     bool      // names a sealed file beside the ledger: see Kind.FileOf

	Guards map[string]Class // Code: what a code says of whose eyes the record's file is for

	get func() string
	set func(string)
}

// Splitter takes apart what people write into one cell for several records
// (支部书记兼嘎查达 is two posts). It returns canonical texts.
type Splitter func(text string) ([]string, *Problem)

// SplitBy gives the splitter of a field.
func SplitBy(s Splitter) Option { return func(f *Field) { f.Split = s } }

// Option is a rule given after a field's label.
type Option func(*Field)

// Required marks a field a complete record has. A record without it is kept,
// and reported.
func Required(f *Field) { f.Required = true }

// Match marks the fields that together tell one record from another when no
// code or number does.
func Match(f *Field) { f.Match = true }

// Part marks the reference from a line to the record it is a line of.
func Part(f *Field) { f.Part = true }

// Private marks personal data that screens mask until asked for.
func Private(f *Field) { f.Private = true }

// Proper marks a text that is the name of a person or a place.
func Proper(f *Field) { f.Proper = true }

// Alias names other heads under which offices know the column.
func Alias(heads ...string) Option {
	return func(f *Field) { f.Aliases = append(f.Aliases, heads...) }
}

// Max bounds a text, in characters.
func Max(characters int) Option { return func(f *Field) { f.Max = characters } }

// Range bounds a number (or an amount in 分), both ends included.
func Range(least, most int64) Option {
	return func(f *Field) { f.Least, f.Most = least, most }
}

// OwnedBy gives the level whose word on the field counts.
func OwnedBy(l Level) Option { return func(f *Field) { f.Owner = l } }

// OfClass gives the class of a field that is not for everyone.
func OfClass(c Class) Option { return func(f *Field) { f.Class = c } }

// File marks the cell that names the sealed file a record comes with.
func File(f *Field) { f.File = true }

// Guard says that the file of a record with one of these codes is of a class.
func Guard(c Class, codes ...string) Option {
	return func(f *Field) {
		f.Guards = map[string]Class{}
		for _, code := range codes {
			f.Guards[code] = c
		}
	}
}

func texts(p *string, t Type, name, label string, options []Option) Field {
	f := Field{Name: name, Label: label, Type: t}
	f.get = func() string { return *p }
	f.set = func(s string) { *p = s }
	for _, o := range options {
		o(&f)
	}
	return f
}

// Words binds free text.
func Words(p *string, name, label string, options ...Option) Field {
	return texts(p, Text, name, label, options)
}

// Coded binds a value out of a code list.
func Coded(p *string, name, label string, list *CodeList, options ...Option) Field {
	f := texts(p, Code, name, label, options)
	f.Codes = list
	return f
}

// YesNo binds 是 or 否; empty means not said.
func YesNo(p *string, name, label string, options ...Option) Field {
	return Coded(p, name, label, YesOrNo, options...)
}

// Link binds a reference to a record of another kind.
func Link(p *string, name, label, target string, options ...Option) Field {
	f := texts(p, Ref, name, label, options)
	f.Target = target
	return f
}

// Identity binds a 公民身份号码.
func Identity(p *string, name, label string, options ...Option) Field {
	return texts(p, IDNumber, name, label, options)
}

// Telephone binds a phone number.
func Telephone(p *string, name, label string, options ...Option) Field {
	return texts(p, Phone, name, label, options)
}

// On binds a date.
func On(p *Date, name, label string, options ...Option) Field {
	f := texts(new(string), Day, name, label, options)
	f.get = p.String
	f.set = func(s string) { *p, _ = DateOf(s) }
	return f
}

// Count binds a whole number. Its Go value is nil when the cell is empty, for
// an unknown number is not zero.
func Count(p **int64, name, label string, options ...Option) Field {
	return integers(p, Number, name, label, options)
}

// Amount binds a sum of money, kept in 分.
func Amount(p **int64, name, label string, options ...Option) Field {
	return integers(p, Money, name, label, options)
}

func integers(p **int64, t Type, name, label string, options []Option) Field {
	f := texts(new(string), t, name, label, options)
	f.get = func() string {
		if *p == nil {
			return ""
		}
		return strconv.FormatInt(**p, 10)
	}
	f.set = func(s string) {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			*p = nil
			return
		}
		*p = &n
	}
	return f
}

// Value returns the canonical text of the bound cell.
func (f *Field) Value() string { return f.get() }

// SetValue puts a canonical text into the bound cell. A text that is not of
// the field's type leaves the cell empty; Check finds such texts.
func (f *Field) SetValue(canonical string) { f.set(canonical) }

// Heads returns the label and its aliases.
func (f *Field) Heads() []string { return append([]string{f.Label}, f.Aliases...) }

// Mask hides the middle of a private value: 1504••••••••••1234, 138••••5678.
// Amounts and counts, and what is too short to keep a middle, are hidden whole.
func (f *Field) Mask(canonical string) string {
	if !f.Private || canonical == "" {
		return f.Show(canonical)
	}
	if f.Type == Money || f.Type == Number {
		return "••••"
	}
	r := []rune(f.Show(canonical))
	head, tail := 4, 4
	if f.Type == Phone {
		head = 3
	}
	if len(r) < head+tail+3 {
		return strings.Repeat("•", len(r))
	}
	return string(r[:head]) + strings.Repeat("•", len(r)-head-tail) + string(r[len(r)-tail:])
}
