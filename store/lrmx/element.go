package lrmx

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// children reads to the end of parent and gives each its elements. Text and
// comments between them go to rest.
func (p *parser) children(parent, gap string, rest *[]Element, each func(xml.StartElement) error) error {
	from, to := int64(-1), int64(0) // where text and comments stand since the last element
	between := func() {
		if from >= 0 {
			*rest = append(*rest, Element{Inner: strings.TrimSpace(string(p.text[from:to]))})
		}
		from = -1
	}
	for {
		token, at, err := p.next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			between()
			if err := each(t); err != nil {
				return err
			}
			continue
		case xml.EndElement:
			between()
			*rest = joined(*rest, gap)
			return p.closes(t, parent)
		case xml.CharData:
			if len(bytes.TrimSpace(t)) == 0 {
				continue
			}
		}
		if from < 0 {
			from = at
		}
		to = p.xml.InputOffset()
	}
}

// joined makes one of texts that only boxes parted: they follow each other when
// they are written, and are one when they are read again.
func joined(rest []Element, gap string) []Element {
	var out []Element
	for i := 0; i < len(rest); {
		e := rest[i]
		texts := []string{e.Inner}
		for i++; e.Name == "" && i < len(rest) && rest[i].Name == ""; i++ {
			texts = append(texts, rest[i].Inner)
		}
		e.Inner = strings.Join(texts, gap)
		out = append(out, e)
	}
	return out
}

// other keeps an element that is no box.
func (p *parser) other(start xml.StartElement, rest *[]Element) error {
	e, _, _, err := p.element(start)
	*rest = append(*rest, e)
	return err
}

// element reads to the end of an element. plain says that there are no elements in
// it, and text is what it says.
func (p *parser) element(start xml.StartElement) (e Element, text string, plain bool, err error) {
	e = Element{Name: nameOf(start.Name), Attrs: attrsOf(start)}
	var said strings.Builder
	from, open := p.xml.InputOffset(), []string{e.Name}
	plain = true
	for {
		token, at, err := p.next()
		if err != nil {
			return e, "", false, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			plain = false
			open = append(open, nameOf(t.Name))
		case xml.CharData:
			said.Write(t)
		case xml.EndElement:
			if err := p.closes(t, open[len(open)-1]); err != nil {
				return e, "", false, err
			}
			if open = open[:len(open)-1]; len(open) == 0 {
				e.Inner = string(p.text[from:at])
				return e, oneLineEnd(said.String()), plain, nil
			}
		}
	}
}

// closes holds that an end belongs to the element it stands in.
func (p *parser) closes(end xml.EndElement, open string) error {
	if nameOf(end.Name) == open {
		return nil
	}
	line, _ := p.xml.InputPos()
	return defect(nil, "第 %d 行的“%s”对不上开头的“%s”", line, quoted(nameOf(end.Name)), quoted(open))
}

func nameOf(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func attrsOf(start xml.StartElement) []Attr {
	var out []Attr
	for _, a := range start.Attr {
		out = append(out, Attr{nameOf(a.Name), a.Value})
	}
	return out
}
