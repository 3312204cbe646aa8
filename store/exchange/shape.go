package exchange

import (
	"slices"
	"strings"

	"touyan/store/field"
)

// shape is a form taken apart: the records one row speaks of, and which column
// belongs to which. The driving record is the root; references hang below it.
type shape struct {
	form    *field.Form
	root    *holder
	holders []*holder // deepest first, the root last
	split   *column   // of the root: the column that names several records (职务)
}

// holder is one record of a row, reached by a path from the driving one.
type holder struct {
	path    string
	kind    *field.Kind
	parent  *holder
	ref     string // the field of parent that leads here
	columns []column
}

type column struct {
	index int // in the form's Columns
	field *field.Field
	each  bool
}

func shapeOf(kinds field.Kinds, f *field.Form) (*shape, error) {
	s := &shape{form: f, root: &holder{kind: kinds.Kind(f.Kind)}}
	byPath := map[string]*holder{"": s.root}
	for i, c := range f.Columns {
		if c.Path == "" {
			continue
		}
		via, _, last, err := kinds.Resolve(f.Kind, c.Path)
		if err != nil {
			return nil, err
		}
		at, path := s.root, ""
		for _, ref := range via {
			path = strings.TrimPrefix(path+"."+ref.Name, ".")
			next := byPath[path]
			if next == nil {
				next = &holder{path: path, kind: kinds.Kind(ref.Target), parent: at, ref: ref.Name}
				byPath[path] = next
				s.holders = append(s.holders, next)
			}
			at = next
		}
		at.columns = append(at.columns, column{i, last, c.Each})
	}
	slices.SortStableFunc(s.holders, func(a, b *holder) int { return strings.Count(b.path, ".") - strings.Count(a.path, ".") })
	s.holders = append(s.holders, s.root)
	for i := range s.root.columns {
		if c := &s.root.columns[i]; c.each && c.field.Split != nil {
			s.split = c
		}
	}
	return s, nil
}

// column returns the holder's column for a field, nil if the form has none.
func (h *holder) column(name string) *column {
	for i := range h.columns {
		if h.columns[i].field.Name == name {
			return &h.columns[i]
		}
	}
	return nil
}

// number returns the column of the holder's ID number, nil if it has none.
func (h *holder) number() *column {
	for i := range h.columns {
		if h.columns[i].field.Type == field.IDNumber {
			return &h.columns[i]
		}
	}
	return nil
}

// numberOf is the field that holds a kind's ID number, nil if it has none.
func numberOf(k *field.Kind) *field.Field {
	for i := range k.Fields {
		if k.Fields[i].Type == field.IDNumber {
			return &k.Fields[i]
		}
	}
	return nil
}
