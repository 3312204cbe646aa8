package oldbook

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"touyan/store/xlsx"
)

// token reads the next token that is neither a comment nor an instruction. A
// declaration of entities is refused.
func (m *markup) token() (xml.Token, error) {
	for {
		t, err := m.decoder.Token()
		if err != nil && err != io.EOF {
			line, _ := m.decoder.InputPos()
			e := xlsx.Defect("", "第 %d 行附近的标记写坏了，或者内容到一半就断了", line)
			e.Err = err
			return nil, e
		}
		switch t.(type) {
		case xml.Comment, xml.ProcInst:
			continue
		case xml.Directive:
			return nil, xlsx.Defect("", "含有 DTD 之类不允许的声明")
		}
		return t, err
	}
}

// root reads up to the first element.
func (m *markup) root() (xml.StartElement, error) {
	for {
		t, err := m.token()
		if err != nil {
			return xml.StartElement{}, whole(err)
		}
		if e, is := t.(xml.StartElement); is {
			return e, nil
		}
	}
}

// end sees to it that nothing but spaces follows the root.
func (m *markup) end() error {
	for {
		t, err := m.token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if text, is := t.(xml.CharData); !is || len(bytes.TrimSpace(text)) > 0 {
			return xlsx.Defect("", "正文之外还有内容")
		}
	}
}

// whole says of a text that ends too soon that it does.
func whole(err error) error {
	if err == io.EOF {
		return xlsx.Defect("", "内容到一半就断了")
	}
	return err
}

// children calls visit for every child of the open element, which visit must
// read to its end.
func (m *markup) children(visit func(e xml.StartElement) error) error {
	for {
		t, err := m.token()
		if err != nil {
			return whole(err)
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := visit(t); err != nil {
				return err
			}
		}
	}
}

// skip reads the open element to its end.
func (m *markup) skip() error { return m.gather(nil) }

// gather reads the open element to its end and appends its text to dst, that of
// the elements in it too.
func (m *markup) gather(dst *strings.Builder) error {
	for depth := 1; depth > 0; {
		t, err := m.token()
		if err != nil {
			return whole(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return xlsx.Defect("", "标记嵌套太深")
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if dst != nil {
				dst.Write(t)
			}
		}
	}
	return nil
}

// attr is an attribute of the spreadsheet's namespace, or without one.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && (a.Name.Space == spaceSheet || a.Name.Space == "") {
			return a.Value
		}
	}
	return ""
}

// number is an attribute that counts; absent if it is not there.
func number(e xml.StartElement, name string, absent int) (int, error) {
	value := attr(e, name)
	if value == "" {
		return absent, nil
	}
	n, err := strconv.ParseUint(value, 10, 31)
	if err != nil {
		return 0, xlsx.Defect("", "属性 %s 的值不是可用的数", name)
	}
	return int(n), nil
}
