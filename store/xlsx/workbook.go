package xlsx

import (
	"path"
	"strings"
)

const contentTypesPart = "[content_types].xml"

// Namespaces, each in its transitional and its strict form.
var (
	mainSpaces     = []string{"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"}
	relationSpaces = []string{"http://schemas.openxmlformats.org/package/2006/relationships"}
	typeSpaces     = []string{"http://schemas.openxmlformats.org/package/2006/content-types"}
)

// Bounds of what a workbook part may list; honest ones stay far below.
const (
	maxSheets = 1000
	maxNames  = 100_000
)

type sheetPart struct {
	Sheet
	part string // canonical name of its entry
}

// relation leads from one part to another.
type relation struct {
	kind   string // last element of its type, such as "worksheet"
	target string // canonical name
}

// load reads everything but the sheets and the shared strings.
func (b *Book) load() error {
	if err := b.readContentTypes(); err != nil {
		return err
	}
	root, err := b.relations("")
	if err != nil {
		return err
	}
	workbook := ""
	for _, r := range root {
		var err error
		switch r.kind {
		case "officeDocument":
			if workbook != "" {
				return Defect("_rels/.rels", "指向了两个工作簿")
			}
			workbook = r.target
		case "core-properties", "coreProperties":
			b.core, err = b.readCore(r.target)
		case "custom-properties", "customProperties":
			b.properties, err = b.readCustom(r.target)
		}
		if err != nil {
			return err
		}
	}
	if workbook == "" {
		return Defect("_rels/.rels", "没有指出工作簿在哪里")
	}
	relations, err := b.relations(workbook)
	if err != nil {
		return err
	}
	if err := b.readWorkbook(workbook, relations); err != nil {
		return err
	}
	return b.followRelations(relations)
}

// part opens a small part by its canonical name.
func (b *Book) part(name string, limit int64) (*scanner, error) {
	e := b.zip.byName[name]
	if e == nil {
		return nil, Defect(name, "这一部分不见了")
	}
	if e.size > limit {
		err := Refuse(TooLarge, "这个工作簿的“%s”部分有 %s，大得不正常。请用 WPS 打开，把要用的行复制到新工作簿里另存再试。", e.name, megabytes(e.size))
		err.Entry = e.name
		return nil, err
	}
	return newScanner(b.zip.open(e), e.name, e.size), nil
}

// each calls visit for every child of the root of a small part.
func (b *Book) each(name, root string, spaces []string, visit func(s *scanner) error) error {
	s, err := b.part(name, b.lim.Part)
	if err != nil {
		return err
	}
	if err := s.root(root, spaces...); err != nil {
		return err
	}
	if err := s.children(func() error { return visit(s) }); err != nil {
		return err
	}
	return s.finish()
}

// readContentTypes checks that the parts are those of a workbook without macros.
func (b *Book) readContentTypes() error {
	return b.each(contentTypesPart, "Types", typeSpaces, func(s *scanner) error {
		kind := strings.ToLower(string(s.attr("ContentType")))
		if s.is("Override") && strings.Contains(kind, "vbaproject") || strings.Contains(kind, "macroenabled") || strings.Contains(kind, "macrosheet") {
			return macroRefused()
		}
		return nil
	})
}

// relations reads the relations of a part, "" for the package, by their ids.
// External ones (links to files and pages) are left out; a part without a
// relations entry has none.
func (b *Book) relations(part string) (map[string]relation, error) {
	folder, base := path.Split(part)
	name := folder + "_rels/" + base + ".rels"
	list := map[string]relation{}
	if b.zip.byName[name] == nil && part != "" {
		return list, nil
	}
	err := b.each(name, "Relationships", relationSpaces, func(s *scanner) error {
		if !s.is("Relationship") || string(s.attr("TargetMode")) == "External" {
			return nil
		}
		id, target, kind := "", "", ""
		for attr, to := range map[string]*string{"Id": &id, "Target": &target, "Type": &kind} {
			var err error
			if *to, err = s.attrText(attr); err != nil {
				return err
			}
		}
		if _, twice := list[id]; twice || id == "" {
			return s.bad("关系编号“%s”缺失或重复", printable([]byte(id)))
		}
		if !strings.HasPrefix(strings.ReplaceAll(target, `\`, "/"), "/") {
			target = folder + target
		}
		list[id] = relation{path.Base(kind), canonical(path.Clean("/" + strings.ReplaceAll(target, `\`, "/")))}
		return nil
	})
	return list, err
}

// readWorkbook reads the sheets, the defined names and the date system.
func (b *Book) readWorkbook(name string, relations map[string]relation) error {
	err := b.each(name, "workbook", mainSpaces, func(s *scanner) error {
		switch {
		case s.is("workbookPr"):
			b.date1904 = s.attrBool("date1904")
		case s.is("sheets"):
			return s.children(func() error { return b.readSheet(s, relations) })
		case s.is("definedNames"):
			return s.children(func() error { return b.readName(s) })
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return Defect(name, "里面一张工作表也没有")
	}
	for _, n := range b.names {
		if n.Sheet >= len(b.sheets) {
			return Defect(name, "名称“%s”属于一张不存在的工作表", n.Name)
		}
	}
	return nil
}

func (b *Book) readSheet(s *scanner, relations map[string]relation) error {
	if !s.is("sheet") {
		return nil
	}
	name, err := s.attrText("name")
	if err != nil {
		return err
	}
	if len(b.sheets) == maxSheets {
		return manySheets()
	}
	id := ""
	for _, a := range s.attrs {
		if strings.HasSuffix(string(a.name), ":id") {
			id = string(a.value)
		}
	}
	to, ok := relations[id]
	if !ok || b.zip.byName[to.target] == nil {
		return s.bad("工作表“%s”的内容不见了", name)
	}
	if strings.HasSuffix(to.kind, "acrosheet") {
		return macroRefused()
	}
	sheet := Sheet{Index: len(b.sheets), Name: name, Grid: to.kind == "worksheet"}
	switch state := string(s.attr("state")); state {
	case "", "visible":
	case "hidden":
		sheet.State = Hidden
	case "veryHidden":
		sheet.State = VeryHidden
	default:
		return s.bad("工作表“%s”的状态“%s”无法理解", name, printable([]byte(state)))
	}
	b.sheets = append(b.sheets, sheetPart{sheet, to.target})
	return nil
}

func manySheets() error {
	return Refuse(TooMany, "这个工作簿的工作表超过 %d 张。请把要用的工作表复制到新工作簿里另存再试。", maxSheets)
}

func (b *Book) readName(s *scanner) error {
	if !s.is("definedName") {
		return nil
	}
	name, err := s.attrText("name")
	if err != nil {
		return err
	}
	if len(b.names) == maxNames {
		return Refuse(TooMany, "这个工作簿里定义的名称超过 %d 个，多半是反复复制工作表留下的。请把要用的行复制到新工作簿里另存再试。", maxNames)
	}
	sheet, err := s.attrInt("localSheetId", -1)
	if err != nil {
		return err
	}
	hidden := s.attrBool("hidden")
	text, err := s.content(nil, int(b.lim.Part))
	if err != nil {
		return err
	}
	b.names = append(b.names, DefinedName{Name: name, Sheet: sheet, Text: string(text), Hidden: hidden})
	return nil
}

// followRelations finds the styles and the shared strings. A style sheet or a
// string table that is named must be there.
func (b *Book) followRelations(relations map[string]relation) error {
	styles := ""
	for _, r := range relations {
		switch r.kind {
		case "styles":
			if styles != "" && styles != r.target {
				return Defect(r.target, "样式表有两个")
			}
			styles = r.target
		case "sharedStrings":
			if b.stringPart != "" && b.stringPart != r.target || b.zip.byName[r.target] == nil {
				return Defect(r.target, "字符串表不见了，或者有两个")
			}
			b.stringPart = r.target
		case "vbaProject":
			return macroRefused()
		}
	}
	if styles == "" {
		return nil
	}
	return b.readStyles(styles)
}

// readCore reads the core properties: child elements of the root by local name.
// They only describe; some programs name them and do not write them.
func (b *Book) readCore(name string) (map[string]string, error) {
	list := map[string]string{}
	if b.zip.byName[name] == nil {
		return list, nil
	}
	err := b.each(name, "coreProperties", nil, func(s *scanner) error {
		key := s.local()
		text, err := s.content(nil, int(b.lim.Part))
		list[key] = string(text)
		return err
	})
	return list, err
}

// readCustom reads the custom properties; the text is that of the typed value.
func (b *Book) readCustom(name string) (map[string]string, error) {
	list := map[string]string{}
	err := b.each(name, "Properties", nil, func(s *scanner) error {
		key, err := s.attrText("name")
		if err != nil || !s.is("property") {
			return err
		}
		if _, twice := list[key]; twice {
			return s.bad("文档属性“%s”有两个", key)
		}
		text, err := s.content(nil, int(b.lim.Part))
		list[key] = string(unescape(text))
		return err
	})
	return list, err
}
