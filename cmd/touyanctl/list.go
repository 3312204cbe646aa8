package main

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
)

// listing is one call of list, ready to run.
type listing struct {
	kind    *field.Kind
	form    *field.Form
	where   []field.Condition
	find    string
	heads   []string // of the columns, in the output
	columns []int    // of the form's columns those to write; find looks at all
}

func list(c *command, args []string) error {
	fs := c.flags()
	where := fs.StringArray("where", nil, "`栏目=值`：只要这一栏是这个值的，值写文字或代码；同一栏写几次，符合一个就要")
	find := fs.String("find", "", "只要含有这个`词`的，姓名和地名也可写拼音或首字母")
	columns := fs.StringSlice("columns", nil, "只要这些`栏目`，用逗号隔开")
	labels := fs.Bool("labels", false, "栏目用中文名称")
	format := fs.String("format", "", "`格式`：table、json 或 csv")
	rest, err := c.parse(args, 1, 1)
	if err != nil {
		return err
	}
	write, err := c.writer(*format)
	if err != nil {
		return err
	}
	db, err := c.open()
	if err != nil {
		return err
	}
	defer db.Close()
	return db.View(func(tx *store.Tx) error {
		l, err := newListing(tx, rest[0], *columns, *labels)
		if err != nil {
			return err
		}
		l.find = *find
		for _, w := range *where {
			if err := l.addCondition(c, tx, w); err != nil {
				return err
			}
		}
		lines, err := tx.Lines(l.form, l.where, field.DateAt(db.Now()))
		if err != nil {
			return err
		}
		lines = slices.DeleteFunc(lines, func(n *store.Line) bool { return !l.finds(n) })
		return write(c.out, l, lines)
	})
}

// newListing makes a form of a kind's own fields, and of paths asked for.
func newListing(tx *store.Tx, kind string, columns []string, labels bool) (*listing, error) {
	k := kindNamed(tx.Kinds(), kind)
	if k == nil {
		return nil, wrong("没有“%s”这一类，可以列出的有：%s", kind, strings.Join(kindNames(tx.Kinds()), "、"))
	}
	l := &listing{kind: k, form: &field.Form{Name: "list", Kind: k.Name}}
	for i := range k.Fields {
		l.form.Columns = append(l.form.Columns, field.Column{Path: k.Fields[i].Name})
	}
	if len(columns) == 0 {
		for i := range k.Fields {
			columns = append(columns, k.Fields[i].Name)
		}
	}
	for _, name := range columns {
		if err := l.addColumn(tx.Kinds(), name, labels); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *listing) addColumn(kinds field.Kinds, name string, labels bool) error {
	if name == "id" {
		return nil // always there
	}
	path, f, err := pathNamed(kinds, l.kind, name)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(l.form.Columns, func(c field.Column) bool { return c.Path == path })
	if at < 0 {
		at = len(l.form.Columns)
		l.form.Columns = append(l.form.Columns, field.Column{Path: path})
	}
	head := path
	if labels && !slices.Contains(l.heads, f.Label) {
		head = f.Label
	}
	l.columns, l.heads = append(l.columns, at), append(l.heads, head)
	return nil
}

// addCondition reads FIELD=VALUE. Conditions on one field are alternatives.
func (l *listing) addCondition(c *command, tx *store.Tx, text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		return wrong("--where 要写成“栏目=值”，例如 --where 性别=女")
	}
	path, f, err := pathNamed(tx.Kinds(), l.kind, strings.TrimSpace(name))
	if err != nil {
		return err
	}
	values, err := c.valuesNamed(tx, f, value)
	if err != nil {
		return err
	}
	for i := range l.where {
		if l.where[i].Path == path {
			l.where[i].Values = append(l.where[i].Values, values...)
			return nil
		}
	}
	l.where = append(l.where, field.Condition{Path: path, Values: values})
	return nil
}

// valuesNamed are the canonical texts a person means by a value: of a
// reference, every record called so.
func (c *command) valuesNamed(tx *store.Tx, f *field.Field, value string) ([]string, error) {
	if f.Type != field.Ref || value == "" {
		canonical, p := f.Read(field.Input{Text: value})
		if p != nil {
			return nil, wrong("%s", p.Message)
		}
		return []string{canonical}, nil
	}
	ids, err := recordsNamed(tx, f.Target, value)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		c.say("台账里没有叫“%s”的%s。", value, tx.Kinds().Kind(f.Target).Label)
		ids = []string{value}
	}
	return ids, nil
}

// recordsNamed finds the records of a kind that go by a name, or by an id.
func recordsNamed(tx *store.Tx, kind, name string) ([]string, error) {
	if store.IsID(name) {
		return []string{tx.Canonical(name)}, nil
	}
	k := tx.Kinds().Kind(kind)
	want := k.FoldName(name)
	var ids []string
	for row, err := range tx.Rows(kind) {
		if err != nil {
			return nil, err
		}
		if k.FoldName(tx.NameOf(k, row)) == want {
			ids = append(ids, row.ID)
		}
	}
	return ids, nil
}

func (l *listing) finds(n *store.Line) bool {
	if l.find == "" {
		return true
	}
	for i := range l.form.Columns {
		f := n.Field(i)
		if matches(n.Shown(i), l.find, f.Proper || f.Type == field.Ref) {
			return true
		}
	}
	return false
}

// cell is what a column shows: words for codes, names for references. Dates
// are 1985-03 for programs and 1985.03 for people.
func (l *listing) cell(n *store.Line, column int, paper bool) string {
	at := l.columns[column]
	if f := n.Field(at); f.Type == field.Day && !paper {
		return n.Value(l.form.Columns[at].Path)
	}
	return n.Shown(at)
}

// kindNamed finds a kind by its stored name or its label.
func kindNamed(kinds field.Kinds, text string) *field.Kind {
	for _, k := range kinds {
		if text == k.Name || field.Tidy(text) == k.Label {
			return k
		}
	}
	return nil
}

func kindNames(kinds field.Kinds) []string {
	var out []string
	for _, k := range kinds {
		out = append(out, k.Name+" "+k.Label)
	}
	return out
}

// pathNamed finds a field by stored name, label or other head, or by a path of
// such through references (village.office.name).
func pathNamed(kinds field.Kinds, k *field.Kind, text string) (path string, f *field.Field, err error) {
	for i, part := range strings.Split(text, ".") {
		if i > 0 {
			if f.Type != field.Ref {
				return "", nil, wrong("“%s”里的“%s”不是指向别的记录的栏目", text, f.Label)
			}
			k = kinds.Kind(f.Target)
			path += "."
		}
		if f = fieldNamed(k, part); f == nil {
			return "", nil, wrong("“%s”没有“%s”这一栏，可用 touyanctl kinds 查看", k.Label, part)
		}
		path += f.Name
	}
	return path, f, nil
}

func fieldNamed(k *field.Kind, text string) *field.Field {
	if f := k.Field(text); f != nil {
		return f
	}
	tidy := field.Tidy(text)
	for i := range k.Fields {
		if k.Fields[i].Label == tidy {
			return &k.Fields[i]
		}
	}
	for i := range k.Fields {
		if slices.Contains(k.Fields[i].Aliases, tidy) {
			return &k.Fields[i]
		}
	}
	return nil
}
