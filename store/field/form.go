package field

import (
	"fmt"
	"slices"
	"strings"
)

// Kinds is the registry of kinds, in the order of menus and sheets.
type Kinds []*Kind

// Kind returns the kind of that name, or nil.
func (ks Kinds) Kind(name string) *Kind {
	for _, k := range ks {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// With returns the kinds with the fields that offices added, and with the words
// they added to fields that are there, as records of the kinds that hold such
// define them. rows lists the records of a kind.
func (ks Kinds) With(rows func(kind string) ([]Row, error)) (Kinds, error) {
	own, lists := map[string][]Field{}, map[string][]Field{}
	for _, k := range ks {
		if k.Own == nil {
			continue
		}
		list, err := rows(k.Name)
		if err != nil {
			return nil, err
		}
		for _, a := range k.Own(k, list) {
			on := ks.Kind(a.Kind)
			switch {
			case on == nil || on.Own != nil:
			case on.Index(a.Field.Name) >= 0:
				lists[a.Kind] = append(lists[a.Kind], a.Field)
			default:
				a.Field.Label = on.freeHead(a.Field.Label, own[a.Kind])
				own[a.Kind] = append(own[a.Kind], a.Field)
			}
		}
	}
	if len(own)+len(lists) == 0 {
		return ks, nil
	}
	out := append(Kinds(nil), ks...)
	for i, k := range out {
		if len(own[k.Name])+len(lists[k.Name]) > 0 {
			out[i] = k.Extend(own[k.Name]...)
		}
		for _, f := range lists[k.Name] {
			out[i].Fields[k.Index(f.Name)].Codes = f.Codes
		}
	}
	return out, nil
}

// freeHead is the label of a field that an office added, told apart from the
// heads that the kind has: a later program may have come to know the field, and
// offices may have called two of them alike.
func (k *Kind) freeHead(label string, own []Field) string {
	taken := func(head string) bool {
		has := func(f Field) bool { return slices.Contains(f.Heads(), head) }
		return slices.ContainsFunc(k.Fields, has) || slices.ContainsFunc(own, has)
	}
	free := label
	for n := 1; taken(free); n++ {
		if free = label + "（自定义）"; n > 1 {
			free = fmt.Sprintf("%s（自定义%d）", label, n)
		}
	}
	return free
}

// Resolve follows a path such as person.idno from a kind: via are the
// references passed on the way, last is the field it ends at and of the kind
// holder.
func (ks Kinds) Resolve(kind, path string) (via []*Field, holder *Kind, last *Field, err error) {
	holder = ks.Kind(kind)
	for {
		if holder == nil {
			return nil, nil, nil, fmt.Errorf("no kind on the way of %s.%s", kind, path)
		}
		name, rest, deeper := strings.Cut(path, ".")
		last = holder.Field(name)
		if last == nil {
			return nil, nil, nil, fmt.Errorf("kind %s has no field %s", holder.Name, name)
		}
		if !deeper {
			return via, holder, last, nil
		}
		if last.Type != Ref {
			return nil, nil, nil, fmt.Errorf("%s.%s is no reference", holder.Name, name)
		}
		via, holder, path = append(via, last), ks.Kind(last.Target), rest
	}
}

// Form is a 表 as offices know it, declared once: the same declaration lists it
// on screen, prints it, reads a book in its shape and takes a row apart into
// records.
type Form struct {
	Name    string      // lower-case English, for commands
	Title   string      // as printed, without 《》
	Called  []string    // words in the titles of other offices' tables that tell this form
	Titled  bool        // a table is taken for this form only if its title, its book or a person says so: its heads stand in many others
	Kind    string      // the driving kind: every row names one record of it
	Group   []string    // fields of the driving kind; records agreeing on all of them share one row (一肩挑: one person, two posts, one row)
	Where   []Condition // kept are records that meet all
	Having  []Condition // of the rows so formed, kept are those with a record that meets all
	Columns []Column
	Sort    []string // paths, first the weightiest
}

// Condition keeps a record in a form if the value at Path is one of Values, of
// which "" is the empty cell; with none, if it is not empty.
type Condition struct {
	Path   string
	Values []string
}

// Column is one column of a form.
type Column struct {
	Head    string   // as printed; empty: the field's label
	Aliases []string // other heads offices use in this form
	Path    string   // where its value stands, from the driving kind; empty: computed
	Each    bool     // in a group: lists the values of all its records, joined by 、, once if they are all equal; without it the cell is that of the first record in the form's order
	Compute func(Line) string
	Width   float64 // characters of half width; 0: by type
	Over    string  // the printed head above this and its neighbours with the same Over
}

// Line is what a computed column may look at: one row of a form.
type Line interface {
	// Value is the canonical text at a path, of the row's first record.
	Value(path string) string
	// Each lists the canonical texts at a path, of all records of the row.
	Each(path string) []string
	// Referring are lines of the records of a kind that refer, by the field ref,
	// to what the reference at path leads to; an empty path means the row's first
	// record itself.
	Referring(path, kind, ref string) []Line
	// Number is the row's place on paper, from 1; 0 off paper.
	Number() int
	// AsOf is the day ages and terms are counted to (计算年龄时间).
	AsOf() Date
}

// Label returns the printed head of a column whose path ends at last.
func (c *Column) Label(last *Field) string {
	if c.Head != "" || last == nil {
		return c.Head
	}
	return last.Label
}

// Register is the plain form of a kind: every field a column, references by
// the name people call them by. Bundles between offices carry registers.
func Register(ks Kinds, k *Kind) *Form {
	f := &Form{Name: k.Name + "-register", Title: k.Label + "登记表", Kind: k.Name, Titled: true}
	f.Columns = append(f.Columns, Column{Head: "序号", Compute: func(l Line) string { return fmt.Sprint(l.Number()) }, Width: 5})
	for i := range k.Fields {
		fd := &k.Fields[i]
		f.Columns = append(f.Columns, Column{Path: fd.Name})
	}
	return f
}
