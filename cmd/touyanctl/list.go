package main

import (
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
)

// listing is one call of list, ready to run.
type listing struct {
	form    *field.Form
	find    string
	heads   []string // of the columns, in the output
	columns []int    // of the form's columns those to write; find looks at all
}

func list(c *command, args []string) error {
	fs := c.flags()
	where := fs.StringArray("where", nil, "只要符合`栏目=值`的，值写文字或代码；同一栏写几次，符合一个就要")
	find := fs.String("find", "", "只要含有这个`词`的，姓名和地名也可写拼音或首字母")
	columns := fs.StringSlice("columns", nil, "只要这些`栏目`，用逗号隔开")
	labels := fs.Bool("labels", false, "栏目用中文名称")
	format := fs.String("format", "", "输出`格式`：table、json 或 csv")
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
	k := kindNamed(db.Kinds(), rest[0])
	if k == nil {
		return wrong("没有“%s”这一类，可以列出的有：%s", rest[0], strings.Join(kindNames(db.Kinds()), "、"))
	}
	l, err := newListing(db.Kinds(), k, *columns, *labels)
	if err != nil {
		return err
	}
	l.find = *find
	conditions, err := c.conditions(db, k.Name, *where)
	if err != nil {
		return err
	}
	return db.View(func(tx *store.Tx) error {
		lines, err := tx.Lines(l.form, conditions, field.DateAt(db.Now()))
		if err != nil {
			return err
		}
		lines = slices.DeleteFunc(lines, func(n *store.Line) bool { return !l.finds(n) })
		return write(c.out, l, lines)
	})
}

// newListing makes a form of a kind's own fields, and of paths asked for.
func newListing(kinds field.Kinds, k *field.Kind, columns []string, labels bool) (*listing, error) {
	l := &listing{form: &field.Form{Name: "list", Kind: k.Name}}
	for i := range k.Fields {
		l.form.Columns = append(l.form.Columns, field.Column{Path: k.Fields[i].Name})
	}
	if len(columns) == 0 {
		for i := range k.Fields {
			columns = append(columns, k.Fields[i].Name)
		}
	}
	for _, name := range columns {
		if err := l.addColumn(kinds, k, name, labels); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *listing) addColumn(kinds field.Kinds, k *field.Kind, name string, labels bool) error {
	if name == "id" {
		return nil // always there
	}
	path, f, err := pathNamed(kinds, k, name)
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

// conditions reads the FIELD=VALUE texts of --where for a kind. Those on one
// field are alternatives.
func (c *command) conditions(db *store.DB, kind string, where []string) (out []field.Condition, err error) {
	err = db.View(func(tx *store.Tx) error {
		for _, text := range where {
			path, values, err := c.condition(tx, kind, text)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(out, func(o field.Condition) bool { return o.Path == path })
			if at < 0 {
				at = len(out)
				out = append(out, field.Condition{Path: path})
			}
			out[at].Values = append(out[at].Values, values...)
		}
		return nil
	})
	return out, err
}

func (c *command) condition(tx *store.Tx, kind, text string) (path string, values []string, err error) {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		return "", nil, wrong("--where 要写成“栏目=值”，例如 --where 性别=女")
	}
	path, f, err := pathNamed(tx.Kinds(), tx.Kinds().Kind(kind), strings.TrimSpace(name))
	if err != nil {
		return "", nil, err
	}
	values, err = c.valuesNamed(tx, f, value)
	return path, values, err
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

// recordsNamed finds the records of a kind that go by a name, or by an id. A
// record that is somebody's also goes by the first word of its name: a filing
// “王海 前进嘎查” by 王海.
func recordsNamed(tx *store.Tx, kind, name string) ([]string, error) {
	if store.IsID(name) {
		return []string{tx.Canonical(name)}, nil
	}
	k := tx.Kinds().Kind(kind)
	want := k.FoldName(name)
	var ids, whose []string
	for row, err := range tx.Rows(kind) {
		if err != nil {
			return nil, err
		}
		called := tx.NameOf(k, row)
		first, _, _ := strings.Cut(called, " ")
		switch want {
		case k.FoldName(called):
			ids = append(ids, row.ID)
		case k.FoldName(first):
			whose = append(whose, row.ID)
		}
	}
	if len(ids) == 0 {
		return whose, nil
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
