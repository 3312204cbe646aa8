package page

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
	"touyan/ui/form"
)

// termHead is what is said of 换届 as a whole, typed above the table.
type termHead struct {
	field.Head
	of *TermChange

	Elected                      field.Date
	Term, Document, Release, Why string
}

// Fields lists the cells above the table.
func (h *termHead) Fields() []field.Field {
	return []field.Field{
		field.On(&h.Elected, "elected", labelElected, field.Required),
		field.Words(&h.Term, "term", labelTerm, field.Max(20)),
		field.Words(&h.Document, "document", labelTermDocument, field.Max(60)),
		field.YesNo(&h.Release, "release", labelTermRelease),
		field.Words(&h.Why, "why", labelTermWhy, field.Max(100)),
	}
}

// Check tells what the rules have against the day.
func (h *termHead) Check() []field.Problem { return h.of.said[h.ID] }

// termLine is one place in the team: who held it and who holds it now.
type termLine struct {
	field.Head
	of *TermChange

	Place, Was, Who, Becomes, Reason, Where string
}

// Fields lists the columns of the table.
func (l *termLine) Fields() []field.Field {
	return []field.Field{
		field.Words(&l.Place, "place", headTermPlace, field.Max(60), field.Proper),
		field.Words(&l.Was, "was", headHeldBy, field.Max(100), field.Proper),
		field.Link(&l.Who, "who", headHoldsNow, "person"),
		field.Words(&l.Becomes, "becomes", headBecomes, field.Max(60), field.Proper),
		field.Coded(&l.Reason, "reason", headLeftWhy, l.of.desk.DB.Kinds().Kind("post").Field("reason").Codes),
		field.Words(&l.Where, "where", headLeftFor, field.Max(100), field.Proper),
	}
}

// Check tells what the rules have against who holds the place.
func (l *termLine) Check() []field.Problem { return l.of.said[l.ID] }

// kinds are those of the head and of the lines, which no ledger has.
func (x *TermChange) kinds() (head, line *field.Kind) {
	return field.NewKind("term_head", labelTermChange, "", func() field.Record { return &termHead{of: x} }),
		field.NewKind("term_line", headTermPlace, "", func() field.Record { return &termLine{of: x} })
}

// placed is a row of the table with the id of its line.
type placed struct {
	id  string
	row work.TermRow
}

// proposed is the table as the ledger proposes it: filled in where a roster of a
// new term was taken in.
func proposed(tx *store.Tx, village string) (t *work.TermTable, rows []placed, filled bool, err error) {
	if t, err = work.RecogniseTermOf(tx, village); err != nil {
		return nil, nil, false, err
	}
	if filled = t != nil; !filled {
		if t, err = work.ProposeTerm(tx, village); err != nil {
			return nil, nil, false, err
		}
	}
	free := map[string]int{}
	for _, r := range t.Rows {
		id := ""
		switch {
		case r.Old != nil:
			id = r.Position + "/" + r.Old.Post
		case r.New != nil && r.New.Post != "":
			id = r.Position + "/" + r.New.Post
		default:
			id = seatID(r.Position, free[r.Position])
			free[r.Position]++
		}
		rows = append(rows, placed{id, r})
	}
	return t, rows, filled, nil
}

// seatID is the line of the n-th place of a position that nobody held.
func seatID(position string, n int) string { return position + seatMark + strconv.Itoa(n) }

const seatMark = "/+"

// withSeats adds the places added by hand, each behind those of its position.
func withSeats(rows []placed, seats []string) []placed {
	out := slices.Clone(rows)
	for _, id := range seats {
		if slices.ContainsFunc(out, func(p placed) bool { return p.id == id }) {
			continue
		}
		position, _, _ := strings.Cut(id, seatMark)
		out = append(out, placed{id, work.TermRow{Position: position}})
	}
	slices.SortStableFunc(out, func(a, b placed) int { return strings.Compare(a.row.Position, b.row.Position) })
	return out
}

// termSheet is the table as it is typed.
type termSheet struct {
	head  termHead
	seats []string
	lines map[string]termLine
}

// sheet reads what is typed.
func (x *TermChange) sheet() termSheet {
	s := termSheet{seats: slices.Clone(x.seats), lines: map[string]termLine{}}
	x.headKind.Bind(&s.head).Fill(x.form.Row())
	for _, row := range x.form.Lines(x.lineKind.Name) {
		l := termLine{of: x}
		x.lineKind.Bind(&l).Fill(row)
		l.of = nil
		s.lines[row.ID] = l
	}
	return s
}

// table is what is typed as the step takes it, and the id of each row's line.
func (s *termSheet) table(tx *store.Tx, village string) (*work.TermTable, []string, error) {
	t, rows, _, err := proposed(tx, village)
	if err != nil {
		return nil, nil, err
	}
	t.Elected, t.Term, t.Release, t.Why = s.head.Elected, s.head.Term, s.head.Release == codeYes, strings.TrimSpace(s.head.Why)
	t.Rows = nil
	now := map[string]bool{}
	for _, l := range s.lines {
		now[l.Who] = true
	}
	var ids []string
	for _, p := range withSeats(rows, s.seats) {
		if l, typed := s.lines[p.id]; typed {
			if p.row.Old != nil && now[p.row.Old.Person] { // what was typed before is asked for no more
				l.Reason, l.Where = "", ""
			}
			if err := l.change(tx, &p.row); err != nil {
				return nil, append(ids, p.id), &work.RowError{Row: len(ids) + 1, Err: err}
			}
		}
		p.row.Document = s.head.Document
		t.Rows = append(t.Rows, p.row)
		ids = append(ids, p.id)
	}
	return t, ids, nil
}

// change writes what is typed into a row.
func (l *termLine) change(tx *store.Tx, r *work.TermRow) error {
	r.Reason, r.Where = l.Reason, strings.TrimSpace(l.Where)
	switch {
	case r.New != nil && r.New.Person == l.Who:
	case r.New != nil && r.New.Post != "":
		return &field.Problem{Field: "person", Message: sayFromRoster(r.New.Name)}
	case l.Who == "":
		r.New = nil
	default:
		var err error
		r.New, err = holder(tx.Kinds().Kind("person"), l.Who)
		return err
	}
	return nil
}

// codeYes is the code of 是.
const codeYes = "1"

// newcomerID stands for somebody the ledger lacks until 换届 is completed: the
// cells typed, so that a draft has them.
func newcomerID(kind *field.Kind, row field.Row) (string, error) {
	cells := map[string]string{}
	for i := range kind.Fields {
		if v := row.Values[i]; v != "" {
			cells[kind.Fields[i].Name] = v
		}
	}
	text, err := json.Marshal(cells)
	return string(text), err
}

func isNewcomer(who string) bool { return strings.HasPrefix(who, "{") }

// newcomer reads a newcomer's cells.
func newcomer(kind *field.Kind, who string) (*record.Person, error) {
	var cells map[string]string
	if err := json.Unmarshal([]byte(who), &cells); err != nil {
		return nil, err
	}
	row := field.Row{Values: make([]string, len(kind.Fields))}
	for name, v := range cells {
		if i := kind.Index(name); i >= 0 {
			row.Values[i] = v
		}
	}
	p := &record.Person{}
	kind.Fill(p, row)
	return p, nil
}

// holder is who holds a place now.
func holder(kind *field.Kind, who string) (*work.Held, error) {
	if !isNewcomer(who) {
		return &work.Held{Person: who}, nil
	}
	p, err := newcomer(kind, who)
	return &work.Held{Make: p}, err
}

// remembered are the places and the newcomers a draft has.
func remembered(kind *field.Kind, d form.Draft) (seats []string, fresh []form.Choice) {
	for _, l := range d.Lines {
		if strings.Contains(l.ID, seatMark) {
			seats = append(seats, l.ID)
		}
		who := l.Values["who"]
		if !isNewcomer(who) || slices.ContainsFunc(fresh, func(c form.Choice) bool { return c.ID == who }) {
			continue
		}
		if p, err := newcomer(kind, who); err == nil {
			fresh = append(fresh, form.Choice{ID: who, Text: p.Name, Hint: hintNewcomer})
		}
	}
	return seats, fresh
}

// verdict is what the rules have against a table.
type verdict struct {
	rows    map[string][]work.Warning // by line; "": the table as a whole
	refused *field.Problem            // nil: nothing is
	at      string                    // the line it is about
}

// judge holds what is typed against the ledger. on stands in for the day as long
// as none is typed.
func (s *termSheet) judge(tx *store.Tx, village string, on field.Date) (v verdict, err error) {
	v.rows = map[string][]work.Warning{}
	t, ids, err := s.table(tx, village)
	if err == nil {
		undated := t.Elected.IsZero()
		if undated {
			t.Elected = on
		}
		var found map[int][]work.Warning
		found, err = t.CheckRows(tx)
		for n, list := range found {
			if n > 0 {
				v.rows[ids[n-1]] = list
				continue
			}
			v.rows[""] = slices.DeleteFunc(list, func(w work.Warning) bool { return undated && w.Field == "elected" })
		}
	}
	var row *work.RowError
	if errors.As(err, &v.refused) {
		if errors.As(err, &row) && row.Row <= len(ids) {
			v.at = ids[row.Row-1]
		}
		return v, nil
	}
	return v, err
}
