package lrmx

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// What is read at most. A form is some 10 KB of text, so it is the photo that makes
// a file large, a third larger in base64 than it is: 16 MB hold any picture that a
// camera or a scanner makes of a face, and what is no form cannot fill the memory.
const (
	MaxBytes    = 16 << 20
	maxElements = 20_000 // a form has 34 and 6 a relative; whatever else is few
	maxEquals   = 20_000 // signs =, of which every attribute has one: a file of nothing else would take 60 times its size
)

// The blanks before an element of the form, of the family and of a relative.
const (
	inForm     = "\r\n  "
	inFamily   = "\r\n    "
	inRelative = "\r\n      "
)

// Read reads a file. It gives the whole form or an *Error; what a value means and
// was not understood is in Form.Warnings. The elements may stand in any order.
func Read(r io.Reader) (*Form, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, &Error{Code: Unreadable, Err: err, Message: "读这个文件时出错，没有采用任何内容。请把文件复制到本机硬盘后再试。"}
	}
	if len(data) > MaxBytes {
		return nil, refuse(TooLarge, "这个文件超过 %d MB，任免审批表没有这么大，没有采用任何内容。请确认选对了文件；多半是照片太大，请在任免审批表软件里换一张小些的照片后另存。", MaxBytes>>20)
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	if bytes.Count(text, []byte("=")) > maxEquals {
		return nil, tooMany()
	}
	p := &parser{text: text, xml: xml.NewDecoder(bytes.NewReader(text)), form: &Form{}}
	if err := p.document(); err != nil {
		return nil, err
	}
	return p.form, nil
}

// parser takes a document apart. Names are taken as they stand: prefixes and what
// they stand for are kept, not understood.
type parser struct {
	text     []byte
	xml      *xml.Decoder
	form     *Form
	elements int
}

// next gives the next token and where in the text it begins.
func (p *parser) next() (xml.Token, int64, error) {
	at := p.xml.InputOffset()
	token, err := p.xml.RawToken()
	line, _ := p.xml.InputPos()
	syntax, is := errors.AsType[*xml.SyntaxError](err)
	switch {
	case errors.Is(err, io.EOF), is && strings.Contains(syntax.Msg, "unexpected EOF"):
		return nil, at, defect(err, "到第 %d 行就断了，多半没有复制完", line)
	case err != nil:
		return nil, at, defect(err, "第 %d 行不合规范", line)
	}
	switch token.(type) {
	case xml.Directive:
		return nil, at, defect(nil, "第 %d 行有任免审批表里不会有的声明（DTD），为了安全不读", line)
	case xml.StartElement:
		if p.elements++; p.elements > maxElements {
			return nil, at, tooMany()
		}
	}
	return token, at, nil
}

func tooMany() error {
	return refuse(TooLarge, "这个文件里的项目太多，任免审批表没有这么多，没有采用任何内容。请确认选对了文件。")
}

// document reads all there is.
func (p *parser) document() error {
	if !bytes.HasPrefix(bytes.TrimLeft(p.text, " \t\r\n"), []byte("<")) {
		return refuse(NotForm, "这不是任免审批表（.lrmx）文件。请确认选对了文件；旧版的 .lrm 和 Word 版的表，请先在任免审批表软件里另存为 .lrmx。")
	}
	for {
		token, _, err := p.next()
		if err != nil {
			return err
		}
		start, is := token.(xml.StartElement)
		if !is {
			continue
		}
		if name := nameOf(start.Name); name != rootElement {
			return refuse(NotForm, "这不是任免审批表（.lrmx）文件，而是别的 XML 或网页文件（最外层是“%s”，任免审批表应是“%s”）。请确认选对了文件。", quoted(name), rootElement)
		}
		if err := p.person(start); err != nil {
			return err
		}
		return p.end()
	}
}

// end holds that nothing follows the form: two files run together are damage.
func (p *parser) end() error {
	for p.xml.InputOffset() < int64(len(p.text)) {
		token, _, err := p.next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			if len(bytes.TrimSpace(t)) == 0 {
				continue
			}
		case xml.Comment, xml.ProcInst:
			continue
		}
		line, _ := p.xml.InputPos()
		return defect(nil, "第 %d 行起，表格结束后又有别的内容", line)
	}
	return nil
}

// person reads the root.
func (p *parser) person(start xml.StartElement) error {
	f := p.form
	f.Attrs.keep(start)
	seen, err := p.boxes(rootElement, inForm, f.slots(), &f.Attrs, &f.Rest, "")
	if err == nil && seen == 0 {
		return refuse(NotForm, "这个文件里没有任免审批表的任何一项，不是任免审批表（.lrmx）文件。请确认选对了文件。")
	}
	return err
}

// boxes reads the elements of a form or of a relative, whose says of whom in a
// warning. An element that is no box, or one that was there before, goes to rest.
func (p *parser) boxes(parent, gap string, slots []slot, attrs *Attrs, rest *[]Element, whose string) (seen int, err error) {
	err = p.children(parent, gap, rest, func(start xml.StartElement) error {
		name := nameOf(start.Name)
		n := slices.IndexFunc(slots, func(s slot) bool { return s.element == name })
		if n < 0 {
			return p.other(start, rest)
		}
		s := slots[n]
		if s.at == nil {
			p.warn("%s“%s”出现了不止一次，只采用了第一个，多出来的已原样保留，请核对。", whose, s.label)
			return p.other(start, rest)
		}
		slots[n].at = nil
		seen++
		if family, is := s.at.(*[]Relative); is {
			attrs.keep(start)
			return p.family(family)
		}
		return p.box(start, s, attrs, rest, whose)
	})
	return seen, err
}

// box reads a box with a text in it.
func (p *parser) box(start xml.StartElement, s slot, attrs *Attrs, rest *[]Element, whose string) error {
	e, text, plain, err := p.element(start)
	if err != nil {
		return err
	}
	if !plain {
		p.warn("%s“%s”里夹有别的项目，没有读懂，已原样保留，请核对。", whose, s.label)
		*rest = append(*rest, e)
		return nil
	}
	attrs.keep(start)
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if strings.ContainsRune(text, utf8.RuneError) {
		p.warn("%s“%s”里有丢失了的字（显示为“�”），请对照原件补上。", whose, s.label)
	}
	switch at := s.at.(type) {
	case *string:
		*at = text
	case *Date:
		*at = p.date(text, whose+"“"+s.label+"”")
	case *[]byte:
		p.photo(text, at)
	}
	return nil
}

func (p *parser) date(text, where string) Date {
	v, doubt := readDate(text)
	d := Date{Value: v}
	if d.text() != text {
		d.Raw = text
	}
	if doubt != "" {
		p.warn("%s写的是“%s”，%s，已原样保留，请核对。", where, quoted(text), doubt)
	}
	return d
}

// photo decodes the picture. What is none that can be shown is kept as it stood.
func (p *parser) photo(text string, to *[]byte) {
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil || !isPicture(data) {
		p.form.PhotoRaw = text
		p.warn("“照片”不是 JPEG 或 PNG 图片，不能显示，已原样保留。请在任免审批表软件里换一张照片。")
		return
	}
	*to = data
}

// isPicture tells by its first bytes a JPEG or PNG file.
func isPicture(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xFF\xD8\xFF")) || bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1A\n"))
}

func (p *parser) family(to *[]Relative) error {
	return p.children(familyElement, inFamily, &p.form.FamilyRest, func(start xml.StartElement) error {
		if nameOf(start.Name) != relativeElement {
			return p.other(start, &p.form.FamilyRest)
		}
		var r Relative
		r.Attrs.keep(start)
		whose := fmt.Sprintf("家庭成员第 %d 行的", len(*to)+1)
		if _, err := p.boxes(relativeElement, inRelative, r.slots(), &r.Attrs, &r.Rest, whose); err != nil {
			return err
		}
		if !r.blank() {
			*to = append(*to, r)
		}
		return nil
	})
}

func (p *parser) warn(format string, args ...any) {
	p.form.Warnings = append(p.form.Warnings, fmt.Sprintf(format, args...))
}

// oneLineEnd makes every end of a line "\n".
func oneLineEnd(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// keep notes the attributes of a box.
func (a *Attrs) keep(start xml.StartElement) {
	attrs := attrsOf(start)
	if attrs == nil {
		return
	}
	if *a == nil {
		*a = Attrs{}
	}
	(*a)[nameOf(start.Name)] = attrs
}

// quoted is a text of the file as it stands in a sentence.
func quoted(text string) string {
	const most = 30
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}
