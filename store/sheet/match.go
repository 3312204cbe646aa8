package sheet

import (
	"slices"
	"strings"

	"touyan/store/field"
)

// matcher matches heads against one form.
type matcher struct {
	form     *field.Form
	columns  int // of the form itself; behind them stand fields it does not print
	register bool
	printed  int              // those of them that are not computed
	exact    map[string][]int // spelling of a head → form columns
	loose    map[string][]int // the same without what stands in brackets
	paths    map[string]int
	heads    speller
	yesNo    []bool // columns of 是 and 否
	needed   []int  // without one of these it is not this form
	telling  []int  // without any of these it could as well be another
}

// newMatcher prepares a form for reading. Rosters also carry columns their form
// does not print (籍贯 in a roster of the 两委): the other fields of the
// driving record and of the person stand behind the form's own columns.
func newMatcher(kinds field.Kinds, f *field.Form, widen bool, heads speller) (*matcher, error) {
	m := &matcher{form: f, heads: heads, columns: len(f.Columns), exact: map[string][]int{}, loose: map[string][]int{}, paths: map[string]int{}}
	m.register = f.Name == field.Register(kinds, kinds.Kind(f.Kind)).Name
	if widen {
		m.form = widened(kinds, f)
	}
	for i := range m.form.Columns {
		if c := &m.form.Columns[i]; i < m.columns {
			if c.Path != "" {
				m.printed++
			}
			m.claim(c.Head, c.Over, i)
			for _, a := range c.Aliases {
				m.claim(a, "", i)
			}
		}
	}
	m.yesNo = make([]bool, len(m.form.Columns))
	for i := range m.form.Columns {
		c := &m.form.Columns[i]
		if c.Path == "" {
			continue
		}
		m.paths[c.Path] = i
		_, holder, last, err := kinds.Resolve(f.Kind, c.Path)
		if err != nil {
			return nil, err
		}
		heads := last.Heads()
		if c.Head != "" {
			// The form names the column its own way: the field's plain label may
			// belong to a neighbour (年龄 beside 出生年月), so it comes last.
			heads = append(heads[1:], heads[0])
		}
		for _, h := range heads {
			m.claim(h, c.Over, i)
		}
		m.yesNo[i] = last.Type == field.Code && last.Codes.Name == "yesno"
		m.weigh(c.Path, holder, last, i)
	}
	return m, nil
}

// weigh notes what a column means for telling forms apart.
func (m *matcher) weigh(path string, holder *field.Kind, last *field.Field, i int) {
	f := m.form
	if last.Name == holder.Named && (holder.Name == "person" || holder.Name == f.Kind) || holder.Named == "" && last.Type == field.Ref && last.Required {
		m.needed = append(m.needed, i)
		return
	}
	if i >= m.columns || holder.Named != "" || last.Type == field.Ref || last.Name == "note" {
		return
	}
	if last.Required && last.Match {
		if !slices.ContainsFunc(f.Having, func(c field.Condition) bool { return c.Path == path && len(c.Values) == 1 }) {
			m.needed = append(m.needed, i)
		}
	}
	m.telling = append(m.telling, i)
}

// widened adds the fields a form does not print to what it reads.
func widened(kinds field.Kinds, f *field.Form) *field.Form {
	w := *f
	w.Columns = slices.Clone(f.Columns)
	has := map[string]bool{}
	prefixes := []string{""}
	for _, c := range f.Columns {
		has[c.Path] = true
		via, holder, _, err := kinds.Resolve(f.Kind, c.Path)
		if err == nil && len(via) == 1 && holder.Name == "person" && !slices.Contains(prefixes, via[0].Name+".") {
			prefixes = append(prefixes, via[0].Name+".")
		}
	}
	for _, prefix := range prefixes {
		k := kinds.Kind(f.Kind)
		if prefix != "" {
			k = kinds.Kind(k.Field(strings.TrimSuffix(prefix, ".")).Target)
		}
		for i := range k.Fields {
			if fd := &k.Fields[i]; !has[prefix+fd.Name] && fd.Type != field.Ref {
				w.Columns = append(w.Columns, field.Column{Path: prefix + fd.Name, Each: prefix == "" && len(f.Group) > 0})
			}
		}
	}
	return &w
}

// claim says that a head means a column, alone or under the head above it.
func (m *matcher) claim(head, over string, column int) {
	add := func(to map[string][]int, key string) {
		if key != "" && !slices.Contains(to[key], column) {
			to[key] = append(to[key], column)
		}
	}
	add(m.exact, spell(head))
	add(m.loose, fold(head))
	if over != "" && head != "" {
		add(m.exact, spell(over+head))
		add(m.loose, fold(over+head))
	}
}

func (m *matcher) spell(head string) string {
	s, _ := m.heads.of(head)
	return s
}

// trimmed is the form without those of the fields it does not print that the
// book has not either, and where each column of the matcher's went, -1 for
// nowhere.
func (m *matcher) trimmed(has []bool) (*field.Form, []int) {
	f := *m.form
	f.Columns = slices.Clone(m.form.Columns[:m.columns])
	at := make([]int, len(m.form.Columns))
	for i := range at {
		at[i] = i
		if i >= m.columns {
			at[i] = -1
			if has[i] {
				at[i] = len(f.Columns)
				f.Columns = append(f.Columns, m.form.Columns[i])
			}
		}
	}
	return &f, at
}

// lookUp finds the form column a head means, -1 if none that is free.
func (m *matcher) lookUp(head string, taken map[int]bool) (int, Certainty) {
	spelled, folded := m.heads.of(head)
	for _, known := range []struct {
		columns []int
		sure    Certainty
	}{{m.exact[spelled], Sure}, {m.loose[folded], Likely}} {
		for _, c := range known.columns {
			if !taken[c] {
				return c, known.sure
			}
		}
	}
	return -1, Unmatched
}

// column finds the form column of a head: as a person said, by both rows
// together, by the lower, by the upper.
func (m *matcher) column(text []string, taken map[int]bool, mapping map[string]string) (int, Certainty) {
	if path, ok := said(text, mapping); ok {
		i, known := m.paths[path]
		if !known {
			i, _ = m.lookUp(path, taken)
		}
		if path == "" || i < 0 || taken[i] {
			return -1, Told
		}
		return i, Told
	}
	tries := []string{strings.Join(text, "")}
	if len(text) == 2 {
		if text[0] == text[1] {
			tries = []string{text[0]}
		} else {
			tries = append(tries, text[1]+text[0], text[1])
		}
	}
	for i, t := range tries {
		if c, sure := m.lookUp(t, taken); c >= 0 {
			if i == 2 {
				sure = Likely
			}
			return c, sure
		}
	}
	return -1, Unmatched
}

// said is what a mapping says of a head: by its whole text, else by its lower
// row.
func said(text []string, mapping map[string]string) (path string, ok bool) {
	if len(mapping) == 0 {
		return "", false
	}
	for _, want := range []string{headText(text), text[len(text)-1]} {
		if path, ok = mapping[want]; ok {
			return path, true
		}
	}
	for _, want := range []string{headText(text), text[len(text)-1]} {
		for head, path := range mapping {
			if spell(head) == spell(want) {
				return path, true
			}
		}
	}
	return "", false
}

// SameHead reports whether a person who wrote of a head means that one: the
// whole of it, or its lower row.
func SameHead(head, written string) bool {
	parts := strings.Split(head, "/")
	return spell(head) == spell(written) || spell(parts[len(parts)-1]) == spell(written)
}

// several finds the columns of 是 and 否 that one head names together
// (是否致富能手/退役军人/乡招村用), nil if it does not.
func (m *matcher) several(text []string, taken map[int]bool, mapping map[string]string) []int {
	if _, ok := said(text, mapping); ok {
		return nil
	}
	parts := strings.FieldsFunc(strings.TrimPrefix(field.Tidy(headText(text)), "是否"), func(r rune) bool {
		return strings.ContainsRune("/、，,;； \n", r)
	})
	var out []int
	for _, part := range parts {
		c, _ := m.lookUp(part, taken)
		if c < 0 || !m.yesNo[c] || slices.Contains(out, c) {
			return nil
		}
		out = append(out, c)
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// called weighs how surely a title names the form: by its own title, or by a
// word that offices use for it.
func (m *matcher) called(title string) float64 {
	s := spell(title)
	switch {
	case s == "":
		return 0
	case strings.Contains(s, spell(m.form.Title)):
		return 1.2
	case slices.ContainsFunc(m.form.Called, func(w string) bool { return strings.Contains(s, w) }):
		return 1
	}
	return 0
}
