package field

// Record is a struct that lists its own fields, bound to itself.
type Record interface {
	// Fields lists the cells in the order of forms and sheets. The list is the
	// same for an empty and a full record.
	Fields() []Field
	// Header gives the part that every record has.
	Header() *Head
}

// Head is what every record carries beside its fields.
type Head struct {
	ID   string // 26 symbols, time-ordered, given by the ledger; empty until first put
	Void string // why the record no longer counts (作废), empty while it does
}

// Header makes a struct that embeds Head a Record but for its Fields.
func (h *Head) Header() *Head { return h }

// Kind describes one sort of record to everything general.
type Kind struct {
	Name   string                   // stored name: lower-case English
	Label  string                   // in office words: 人员
	Named  string                   // the field by which people call a record; empty: by its references
	New    func() Record            // an empty record
	Fold   func(name string) string // names that fold alike are one record's (前进 / 前进村 / 前进嘎查); nil: equal names
	Fields []Field                  // unbound descriptions, in order; use New for bound ones

	// Own reads fields that an office added (自定义项) out of the records of this
	// kind, each with the name of the kind it is for; nil: such records add none.
	// Under the name of a field that is there it gives that field another list.
	Own func(k *Kind, rows []Row) []Added

	index map[string]int
	bound int // how many of the fields are the struct's
}

// Added is a field that an office added to a kind.
type Added struct {
	Kind  string
	Field Field
}

// NewKind describes the records that empty makes. It is called once per kind,
// by the registry of kinds.
func NewKind(name, label, named string, empty func() Record) *Kind {
	k := &Kind{Name: name, Label: label, Named: named, New: empty, Fields: empty().Fields()}
	k.bound = len(k.Fields)
	k.number()
	return k
}

func (k *Kind) number() {
	k.index = make(map[string]int, len(k.Fields))
	for i, f := range k.Fields {
		k.index[f.Name] = i
	}
}

// Extend returns the kind with an office's own fields (自定义项) behind its
// own. They are not bound to a struct: they live in rows.
func (k *Kind) Extend(own ...Field) *Kind {
	e := *k
	e.Fields = append(append([]Field(nil), k.Fields...), own...)
	e.number()
	return &e
}

// Bound is how many of the fields are the struct's, which Take and Fill copy.
// Those behind them an office added.
func (k *Kind) Bound() int { return k.bound }

// Index returns the place of a field in Fields and in Row.Values, or -1.
func (k *Kind) Index(name string) int {
	if i, ok := k.index[name]; ok {
		return i
	}
	return -1
}

// Field returns the description of a field, or nil.
func (k *Kind) Field(name string) *Field {
	if i := k.Index(name); i >= 0 {
		return &k.Fields[i]
	}
	return nil
}

// FoldName is the key under which a record of the kind is looked up by name.
func (k *Kind) FoldName(name string) string {
	name = TidyName(name)
	if k.Fold != nil {
		return k.Fold(name)
	}
	return name
}

// Row is one record as canonical texts, in the order of its kind's fields.
type Row struct {
	ID     string
	Void   string
	Values []string
	Extra  map[string]string // cells under names this program does not know: kept and written back
}

// Value returns the text of a field of the row's kind, empty if there is none.
func (k *Kind) Value(r Row, name string) string {
	if i := k.Index(name); i >= 0 && i < len(r.Values) {
		return r.Values[i]
	}
	return r.Extra[name]
}

// FileField names the cell that names a record's file, empty if the kind's
// records have none.
func (k *Kind) FileField() string {
	for i := range k.Fields {
		if k.Fields[i].File {
			return k.Fields[i].Name
		}
	}
	return ""
}

// FileOf is the file a row of the kind comes with, as its cell names it, and
// whose eyes it is for: the record's own cells may say that of it.
func (k *Kind) FileOf(r Row) (name string, class Class) {
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.File {
			name = r.at(i)
		}
		class = class.Stricter(f.Guards[r.at(i)])
	}
	return name, class
}

// at is the text of the i-th field; a row written when its kind had fewer
// fields has no text for the later ones.
func (r Row) at(i int) string {
	if i < len(r.Values) {
		return r.Values[i]
	}
	return ""
}

// Take copies a record's cells into a new row.
func (k *Kind) Take(rec Record) Row { return k.Bind(rec).Take() }

// Fill copies a row's cells into a record of the kind.
func (k *Kind) Fill(rec Record, r Row) { k.Bind(rec).Fill(r) }

// Bound is a record with its fields listed once. Listing them anew for each of
// many rows costs more than the copying: loops bind one record and fill it
// again and again. It is not for several goroutines at once.
type Bound struct {
	Record Record
	kind   *Kind
	fields []Field
}

// Bind lists a record's fields.
func (k *Kind) Bind(rec Record) *Bound {
	return &Bound{Record: rec, kind: k, fields: rec.Fields()}
}

// Take copies the record's cells into a new row.
func (b *Bound) Take() Row {
	h := b.Record.Header()
	r := Row{ID: h.ID, Void: h.Void, Values: make([]string, len(b.kind.Fields))}
	for i := range b.fields {
		r.Values[i] = b.fields[i].get()
	}
	return r
}

// Fill copies a row's cells into the record, over whatever stood there.
func (b *Bound) Fill(r Row) {
	h := b.Record.Header()
	h.ID, h.Void = r.ID, r.Void
	for i := range b.fields {
		b.fields[i].set(r.at(i))
	}
}

// Change is one cell that differs between two rows.
type Change struct {
	Field    string
	Old, New string
}

// Diff lists the cells of the kind in which b differs from a.
func (k *Kind) Diff(a, b Row) []Change {
	var out []Change
	for i, f := range k.Fields {
		if old, new := a.at(i), b.at(i); old != new {
			out = append(out, Change{f.Name, old, new})
		}
	}
	return out
}

// Check lists what is wrong with a row, field by field and then as a whole.
// Nothing it finds keeps a row from being stored.
func (k *Kind) Check(r Row) []Problem { return k.Bind(k.New()).Check(r) }

// Check is Kind.Check through the bound record, which it fills.
func (b *Bound) Check(r Row) []Problem {
	var out []Problem
	for i := range b.kind.Fields {
		f := &b.kind.Fields[i]
		v := r.at(i)
		if v == "" {
			if f.Required {
				out = append(out, Problem{Field: f.Name, Message: "缺“" + f.Label + "”，请补填。"})
			}
			continue
		}
		if p := f.Check(v); p != nil {
			out = append(out, *p)
		}
	}
	if c, ok := b.Record.(Checker); ok {
		b.Fill(r)
		out = append(out, c.Check()...)
	}
	return out
}

// Checker is a record with rules no single field can see.
type Checker interface {
	Check() []Problem
}
