package lrmx

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Write writes a form: UTF-8, all boxes in their order, then Rest. The same form
// gives the same bytes. Nothing is written if the form holds what a file cannot: a
// character that XML does not have, a photo that is no JPEG or PNG, an Element that
// is no XML. Lines end with "\r\n", which readers of XML take for "\n" and programs
// that look at the file as text expect.
func Write(w io.Writer, f *Form) error {
	p := printer{}
	p.WriteString(`<?xml version="1.0" encoding="utf-8"?>` + "\r\n")
	p.open(rootElement, f.Attrs[rootElement])
	for _, s := range f.slots() {
		p.WriteString(inForm)
		p.box(s, f, f.Attrs, "")
	}
	p.rest(inForm, f.Rest)
	p.WriteString("\r\n")
	p.close(rootElement)
	p.WriteString("\r\n")
	if p.err != nil {
		return p.err
	}
	// What cannot be read again does not leave.
	if _, err := Read(bytes.NewReader(p.Bytes())); err != nil {
		return &Error{Code: Unwritable, Err: err, Message: "这份表写成文件后读不回来，没有写出。" + err.Error()}
	}
	if _, err := w.Write(p.Bytes()); err != nil {
		return &Error{Code: NotReceived, Err: err, Message: "写任免审批表文件时出错，文件没有写完。请换一个文件夹或 U 盘再试。"}
	}
	return nil
}

// printer puts a form together. err is the first refusal.
type printer struct {
	bytes.Buffer
	err error
}

// box writes an element of the form, or of a relative, whose says of whom in a
// refusal.
func (p *printer) box(s slot, f *Form, attrs Attrs, whose string) {
	p.open(s.element, attrs[s.element])
	switch at := s.at.(type) {
	case *string:
		p.text(*at, whose+s.label)
	case *Date:
		p.text(at.text(), whose+s.label)
	case *[]Relative:
		p.family(f)
	case *[]byte:
		p.photo(f)
	}
	p.close(s.element)
}

func (p *printer) family(f *Form) {
	n := 0
	for _, r := range f.Family {
		if r.blank() {
			continue
		}
		n++
		p.WriteString(inFamily)
		p.open(relativeElement, r.Attrs[relativeElement])
		for _, s := range r.slots() {
			p.WriteString(inRelative)
			p.box(s, f, r.Attrs, fmt.Sprintf("家庭成员第 %d 行的", n))
		}
		p.rest(inRelative, r.Rest)
		p.WriteString(inFamily)
		p.close(relativeElement)
	}
	p.rest(inFamily, f.FamilyRest)
	if n > 0 || len(f.FamilyRest) > 0 {
		p.WriteString(inForm)
	}
}

func (p *printer) photo(f *Form) {
	if len(f.Photo) == 0 {
		p.text(f.PhotoRaw, "照片")
		return
	}
	if !isPicture(f.Photo) {
		p.refuse("“照片”不是 JPEG 或 PNG 图片，不能写进任免审批表，没有写出文件。请换一张照片再导出。")
		return
	}
	p.WriteString(base64.StdEncoding.EncodeToString(f.Photo))
}

// rest writes what is no box.
func (p *printer) rest(gap string, elements []Element) {
	for _, e := range elements {
		p.WriteString(gap)
		if e.Name != "" {
			p.open(e.Name, e.Attrs)
		}
		p.WriteString(e.Inner)
		if e.Name != "" {
			p.close(e.Name)
		}
	}
}

func (p *printer) open(element string, attrs []Attr) {
	p.WriteString("<" + element)
	for _, a := range attrs {
		p.WriteString(" " + a.Name + `="`)
		p.legal(a.Value, element)
		xml.EscapeText(p, []byte(a.Value)) // a buffer takes everything
		p.WriteString(`"`)
	}
	p.WriteString(">")
}

func (p *printer) close(element string) { p.WriteString("</" + element + ">") }

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", "\r\n")

// text writes what a box says. One with nothing but spaces says nothing.
func (p *printer) text(s, label string) {
	if strings.TrimSpace(s) == "" {
		return
	}
	p.legal(s, label)
	p.WriteString(escape.Replace(oneLineEnd(s)))
}

// legal refuses characters that a document cannot hold.
func (p *printer) legal(s, label string) {
	illegal := func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	}
	if !utf8.ValidString(s) || strings.ContainsFunc(s, illegal) {
		p.refuse("“%s”里有无法显示的字符，不能写进任免审批表，没有写出文件。请把这一项重新填写一遍再导出。", label)
	}
}

func (p *printer) refuse(format string, args ...any) {
	if p.err == nil {
		p.err = refuse(Unwritable, format, args...)
	}
}
