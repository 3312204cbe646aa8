package exchange

import (
	"context"
	"fmt"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/sheet"
)

// Problem is something in a book that a person must look at, where it stands
// and what to do about it.
type Problem struct {
	Sheet    string `json:"sheet"`
	Cell     string `json:"cell"`
	Label    string `json:"label"`
	Value    string `json:"value"`
	Message  string `json:"message"`
	Proposal string `json:"proposal,omitempty"` // as one would write it into the cell

	table, row, column int // where in the book; see At
}

// At is where in its book a problem stands: the number of the table, of the row
// in it, and of the column of its form. row is -1 for a problem of the whole
// table, column of the whole row.
func (p *Problem) At() (table, row, column int) { return p.table, p.row, p.column }

// Report is what a book does, or would do, to a ledger. New, Updated, Same and
// Refused count records, Rows data rows read, Conflicts cells newly in conflict
// that are left open, Decided those that Settle's side decided.
type Report struct {
	Batch     string    `json:"batch"`
	Book      string    `json:"book"`
	Form      string    `json:"form"`
	Sheet     string    `json:"sheet"`
	From      string    `json:"from,omitempty"`
	Rows      int       `json:"rows"`
	New       int       `json:"new"`
	Updated   int       `json:"updated"`
	Same      int       `json:"same"`
	Conflicts int       `json:"conflicts"`
	Decided   int       `json:"decided"`
	Refused   int       `json:"refused"`
	LeftOut   int       `json:"left_out,omitempty"` // rows a person left out
	Problems  []Problem `json:"problems"`
	Missing   []string  `json:"missing,omitempty"`   // sent with the book, and not in it any more (未返回); never a deletion
	Absent    []string  `json:"absent,omitempty"`    // in the ledger for these villages, not in the roster; never ended by itself
	Unclaimed []string  `json:"unclaimed,omitempty"` // heads of columns that no field takes
	Left      []Left    `json:"left,omitempty"`      // rows that are none of the data
	Skipped   []string  `json:"skipped,omitempty"`   // sheets without a known table
}

// Left is a row of a sheet that was not taken for data, and why.
type Left struct {
	Sheet string `json:"sheet"`
	Row   int    `json:"row"`
	Text  string `json:"text"`
	Why   string `json:"why"`
}

// Plan is everything a book would change, before anything is changed.
type Plan struct {
	Report
	Coming []Dispute // the conflicts it brings; decided or left open, as Decide and Settle say

	// Of a merged book, for people: what it does record by record, and what
	// only a person can tell.
	News      []News
	Overtyped []Overtyping
	Namesakes []Namesake
	SentAt    time.Time // when this ledger last sent its sender a book that it may have known; zero: never

	book      *Book
	stamps    *carrier // of the cells it brings; nil: they are this office's own
	adopted   bool     // they are those of a plain roster, accepted under its office
	office    store.Office
	worked    uint64 // the state of the records the plan saw
	drafts    []*draft
	empties   map[string][]string // by kind: the values of nothing, shared by all that is new
	joins     []join
	refused   map[[2]int]bool // rows that cannot come in, by table and row
	states    [][]RowState    // by table and row
	side      Side            // what becomes of the conflicts it brings
	decided   int             // how many of them were decided
	overruled int             // records that were the same and are changed by decisions
	verdicts  []Verdict
	also      []func(*store.Tx) error
	guards    []string // why it must not come in without a person
}

type join struct{ kind, a, b string }

// planner holds a book against the ledger.
type planner struct {
	tx        *store.Tx
	plan      *Plan
	kinds     field.Kinds
	office    store.Office
	stamped   *carrier // nil: the book's cells are edits of this office
	drafts    map[recordKey]*draft
	indexes   map[string]*index
	warm      []*draft           // those the row at hand has read or written
	reached   map[reaching]place // driving records, for doubles in the book
	problems  map[string]bool
	bound     map[string]*field.Bound // by kind, for checks
	after     map[string]store.State  // of drafted records, by id, as the book would leave them
	typedHere map[store.Dot]bool      // dots of cells typed into the book
	cameBack  map[int]*returns        // by sheet that was sent
	ids       store.IDs               // of new records, in the order of the book
	links     map[string][]string     // person → villages of posts and reserves the book makes
}

// Plan holds a book against the ledger and writes nothing.
func (b *Book) Plan(ctx context.Context, tx *store.Tx) (*Plan, error) {
	tx, err := tx.With(b.own())
	if err != nil {
		return nil, err
	}
	p := &planner{
		tx: tx, kinds: tx.Kinds(), office: tx.Office(), stamped: b.carrier,
		plan:   &Plan{book: b, stamps: b.carrier, office: tx.Office(), worked: tx.Worked(), refused: map[[2]int]bool{}, empties: map[string][]string{}},
		drafts: map[recordKey]*draft{}, indexes: map[string]*index{},
		reached: map[reaching]place{}, problems: map[string]bool{}, bound: map[string]*field.Bound{}, typedHere: map[store.Dot]bool{}, links: map[string][]string{},
	}
	r := &p.plan.Report
	r.Book, r.Problems = b.Name, []Problem{}
	var titles, sheets []string
	for _, t := range b.Tables {
		p.plan.states = append(p.plan.states, make([]RowState, t.Len()))
		titles, sheets = append(titles, t.Form.Title), append(sheets, t.Sheet)
		r.Rows += t.Len()
		r.passedOver(t)
	}
	r.Skipped = b.skipped
	r.Form, r.Sheet = strings.Join(titles, "、"), strings.Join(sheets, "、")
	if p.stamped != nil {
		r.From = p.stamped.head.From.Name
	}
	if b.lost {
		p.doubt(place{true, 0, -1, -1}, "", "本簿的交接信息（隐藏的工作表）已经丢失，无法逐格比对；现按普通花名册处理，请仔细核对更新的内容。", "")
	}
	for i, t := range b.Tables {
		if err := p.table(ctx, i, t); err != nil {
			return nil, err
		}
	}
	if err := p.guard(); err != nil {
		return nil, err
	}
	p.forget()
	if err := p.absent(); err != nil {
		return nil, err
	}
	if err := p.adopt(); err != nil {
		return nil, err
	}
	if err := p.finish(); err != nil {
		return nil, err
	}
	return p.plan, nil
}

// forget lets go of what only reading the rows of a roster needs. One accepted
// under its office may bring conflicts, and they are shown where they stand.
func (p *planner) forget() {
	if p.stamped != nil {
		return
	}
	p.indexes, p.reached, p.links = nil, nil, nil
	if p.plan.book.options.From == nil {
		p.drafts = nil
	}
}

func (p *planner) table(ctx context.Context, i int, t *sheet.Table) error {
	s, err := shapeOf(p.kinds, t.Form)
	if err != nil {
		return err
	}
	if p.stamped != nil {
		return p.returned(ctx, i, t, s)
	}
	for n := range t.Len() {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.tell(i, n)
		if p.leftOut(i, n) {
			continue
		}
		if err := p.rosterRow(s, rowOf(t, i, n)); err != nil {
			return err
		}
		p.rest()
	}
	return nil
}

// tellEvery is after how many rows who waits hears how far the plan is.
const tellEvery = 200

// tell says how far the plan is.
func (p *planner) tell(table, row int) {
	o := &p.plan.book.options
	if o.Progress == nil || row%tellEvery != 0 {
		return
	}
	done := row
	for _, t := range p.plan.book.Tables[:table] {
		done += t.Len()
	}
	o.Progress("核对", int64(done), int64(p.plan.Rows))
}

// rowAt is one data row of a table, with where it stands.
type rowAt struct {
	table *sheet.Table
	t, n  int
	row   *sheet.Row
}

func rowOf(t *sheet.Table, i, n int) *rowAt { return &rowAt{t, i, n, t.Row(n)} }

func (r *rowAt) value(i int) *sheet.Value { return &r.row.Values[i] }
func (r *rowAt) place(i int) place        { return place{true, int16(r.t), int16(i), int32(r.n)} }
func (r *rowAt) whole() place             { return place{true, int16(r.t), -1, int32(r.n)} }

// words says a place as people do: the cell (or row, or sheet) and what stands
// in it.
func (p *planner) words(at place) (cell, raw string) {
	t := p.plan.book.Tables[at.table]
	switch {
	case at.row < 0:
		return t.Sheet, ""
	case at.col < 0:
		return fmt.Sprint("第", t.Number(int(at.row)), "行"), ""
	}
	row := t.Row(int(at.row))
	return t.Cell(row, int(at.col)), row.Values[at.col].Raw
}

// doubt reports a problem at a place, once.
func (p *planner) doubt(at place, label, message, proposal string) {
	t := p.plan.book.Tables[at.table]
	cell, raw := p.words(at)
	key := fmt.Sprint(at.table, cell, message)
	if p.problems[key] {
		return
	}
	p.problems[key] = true
	p.plan.Problems = append(p.plan.Problems, Problem{Sheet: t.Sheet, Cell: cell, Label: label, Value: raw,
		Message: message, Proposal: proposal, table: int(at.table), row: int(at.row), column: int(at.col)})
}

// cellDoubt reports what the reader found wrong with a cell.
func (p *planner) cellDoubt(r *rowAt, i int, f *field.Field, problem *field.Problem) {
	proposal := ""
	if len(problem.Proposals) > 0 {
		proposal = f.Show(problem.Proposals[0])
	}
	p.doubt(r.place(i), f.Label, problem.Message, proposal)
}

// refuse leaves a row out: it waits in the book of bad rows.
func (p *planner) refuse(r *rowAt) {
	at := [2]int{r.t, r.n}
	if !p.plan.refused[at] {
		p.plan.refused[at] = true
		p.plan.Refused++
	}
}

// set puts a cell of the book into a record. Cells of several rows that reach
// the same field must agree, or a problem names both.
func (p *planner) set(d *draft, f *field.Field, value string, at place) {
	i := d.kind.Index(f.Name)
	if first, ok := d.at(i); ok {
		if d.row.Values[i] != value && first != at {
			_, raw := p.words(at)
			cell, held := p.words(first)
			p.doubt(at, f.Label, fmt.Sprintf("“%s”与%s的“%s”说的是同一项，内容不一样，请改成一致；现按%s导入。", raw, cell, held, cell), held)
		}
		return
	}
	if f.Type == field.Day && lessPrecise(value, d.base.Values[i]) {
		value = d.base.Values[i]
	}
	d.note(i, at)
	d.row.Values[i] = value
	if p.stamped != nil {
		d.bring(f.Name, p.typed(d.kind.Name, d.id, f.Name, value, nil, at))
	}
}

// lessPrecise tells a date that says the same as another with less: it is no
// news, and must not take the day away.
func lessPrecise(value, held string) bool {
	return value != held && strings.HasPrefix(held, value+"-") && value != ""
}

// typed is the version of a cell typed into a stamped book by hand. Its dot
// comes from book, record, field and value: the same wherever it is read. The
// hand counts as the addressee's. One that was mended here counts as ours: the
// addressee never wrote it.
func (p *planner) typed(kind, id, name, value string, knew store.Writings, at place) store.Version {
	h := &p.stamped.head
	if at.col >= 0 && at.row >= 0 && p.plan.book.Tables[at.table].IsMended(int(at.row), int(at.col)) {
		dot, id := p.typedAs(kind, id, name, func(id string) store.Dot {
			return store.DerivedDot(store.Digest("mended", p.office.Code, h.Book, kind, id, name, value))
		})
		p.typedHere[dot] = true
		p.stamped.origins[dot] = store.Origin{Who: "核对时改正", At: p.plan.book.now, Book: p.plan.book.Name, Name: p.office.Name}
		return store.Version{Dot: dot, Record: id, Value: value, Knew: knew, Level: p.office.Level, Office: p.office.Code}
	}
	dot, id := p.typedAs(kind, id, name, func(id string) store.Dot {
		return store.DerivedDot(store.Digest("typed", h.Book, kind, id, name, value))
	})
	p.typedHere[dot] = true
	p.stamped.origins[dot] = store.Origin{Who: "书中手工填写", At: h.Made, Book: p.plan.book.Name, Name: h.To.Name}
	return store.Version{Dot: dot, Record: id, Value: value, Knew: knew, Level: h.To.Level, Office: h.To.Code}
}

// typedAs is the dot of a cell typed into the book, and the record it was typed
// for. Where rows of a book were found to be one person as it was merged, merging
// it again meets that person under another id: what it typed then is known under
// the one before.
func (p *planner) typedAs(kind, id, name string, dot func(id string) store.Dot) (store.Dot, string) {
	root := p.tx.Canonical(id)
	if aliases := p.tx.Aliases(root); len(aliases) > 0 {
		s, _, err := p.tx.State(kind, root)
		known := s[name].Known()
		for _, other := range append([]string{id, root}, aliases...) {
			if err == nil && known.Covers(store.Writing{Dot: dot(other), Record: other}) {
				return dot(other), other
			}
		}
	}
	return dot(id), id
}
