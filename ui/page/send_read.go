package page

import (
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/check"
	"touyan/store/exchange"
	"touyan/store/field"
	"touyan/ui/grid"
)

// sendFacts are what the page reads: who may be sent to, and what the book
// chosen would tell them.
type sendFacts struct {
	offices   []store.Office // own last
	villages  []pickItem
	to        store.Office
	whole     bool // the book counts as a report of what it holds
	since     string
	nothing   bool
	last      *store.Entry // the book before
	changes   []grid.Row
	problems  []grid.Row
	past      []grid.Row
	figures   []grid.Row
	differing int         // how many of them are no longer as reported
	reported  store.Entry // the last report on the period; zero: none yet
	wall      bool
}

// read reads what a book as chosen would tell. It runs beside the UI thread.
func (s *Send) read(tx *store.Tx, of sending) (f sendFacts, err error) {
	f.wall = s.desk.Projecting()
	over, under, err := exchange.Addressees(tx)
	if err != nil {
		return f, err
	}
	f.offices = append(append(over, under...), tx.Office())
	code := of.to
	if code == "" {
		code = s.desk.Kept(RoomSend, keptTo)
	}
	f.to = f.offices[max(slices.IndexFunc(f.offices, func(o store.Office) bool { return o.Code == code }), 0)]
	if f.villages, err = villageItems(tx); err != nil {
		return f, err
	}
	o := s.order(of, f.to)
	holds, err := exchange.Holds(tx, o)
	if err != nil {
		return f, err
	}
	f.whole = of.village == "" && of.copy != exchange.Public
	if err := f.readChanges(tx, o, holds); err != nil {
		return f, err
	}
	if err := f.readProblems(tx, s.desk, holds); err != nil {
		return f, err
	}
	if err := f.readFigures(tx, o); err != nil {
		return f, err
	}
	past, err := passages(tx)
	for _, p := range past {
		f.past = append(f.past, p.pastRow())
	}
	return f, err
}

// readFigures lists what was reported on the period beside what is so now.
func (f *sendFacts) readFigures(tx *store.Tx, o exchange.Order) error {
	list, sent, err := exchange.ReportedThen(tx, o.To, o.Period, o.AsOf)
	f.reported = sent
	for i, one := range list {
		row := grid.Row{ID: strconv.Itoa(i), Cells: []string{one.Label, one.Show(one.N), one.Show(one.Now), ""}}
		if d := one.Now - one.N; d != 0 {
			f.differing++
			if row.Cells[3] = one.Show(d); d > 0 {
				row.Cells[3] = "+" + row.Cells[3]
			}
			row.Marks = map[int]grid.Mark{3: {Tone: grid.Changed}}
		}
		f.figures = append(f.figures, row)
	}
	return err
}

// order is what is written for the choices.
func (s *Send) order(of sending, to store.Office) exchange.Order {
	return exchange.Order{To: to, Forms: s.whats[of.what].forms, Village: of.village, Copy: of.copy, Period: of.period,
		Cover: true, Protect: of.locked, AsOf: field.DateAt(s.desk.DB.Now())}
}

func villageItems(tx *store.Tx) (out []pickItem, err error) {
	for row, err := range tx.Rows("village") {
		if err != nil {
			return nil, err
		}
		out = append(out, pickItem{row.ID, check.Place(tx, row.ID), ""})
	}
	slices.SortFunc(out, func(a, b pickItem) int { return strings.Compare(a.text, b.text) })
	return out, nil
}

// spoken tells which records a book would speak of.
type spoken func(kind, id string) (bool, error)

// readChanges lists what the addressee does not know of what the book holds.
func (f *sendFacts) readChanges(tx *store.Tx, o exchange.Order, holds spoken) error {
	since, err := exchange.ChangedSince(tx, o.To, o.Forms)
	if err != nil {
		return err
	}
	f.nothing = since.Nothing()
	for i := range since.Kinds {
		k := &since.Kinds[i]
		if k.Last.Seq > 0 && (f.last == nil || k.Last.Seq < f.last.Seq) {
			f.last = &k.Last
		}
		for _, c := range k.Records {
			if in, err := holds(k.Kind.Name, c.ID); err != nil {
				return err
			} else if !in && o.Village != "" {
				continue
			}
			f.changes = append(f.changes, changedRow(tx, k.Kind, &c))
		}
	}
	f.since = since.String()
	if f.last == nil {
		f.last, err = lastReport(tx, o)
	}
	return err
}

// lastReport is the newest book that went to the office for good.
func lastReport(tx *store.Tx, o exchange.Order) (*store.Entry, error) {
	past, err := passages(tx)
	for _, p := range past {
		if p.Sent != nil && p.Sent.To == o.To.Code && !p.undone && len(p.Sent.Forms) > 0 {
			return &p.Entry, err
		}
	}
	return nil, err
}

func changedRow(tx *store.Tx, k *field.Kind, c *exchange.Changed) grid.Row {
	how := countNew
	switch {
	case c.Voided:
		how = wordVoided
	case !c.New:
		how = wordChanged
	}
	var labels []string
	for _, name := range c.Fields {
		if f := k.Field(name); f != nil {
			labels = append(labels, f.Label)
		}
	}
	return grid.Row{ID: recordRow(k.Name, c.ID), Cells: []string{k.Label, how, tx.Name(k.Name, c.ID), strings.Join(labels, "、")}}
}

// recordRow is the id of a row that is about a record.
func recordRow(kind, id string) string { return kind + "/" + id }

// openRecordRow opens what such a row is about.
func (d *Desk) openRecordRow(row string) {
	row, _, _ = strings.Cut(row, "#")
	if kind, id, ok := strings.Cut(row, "/"); ok {
		d.Record(kind, id)
	}
}

// readProblems lists what should be looked at in the records the book holds. On
// a wall the rule stands in place of its sentence, which may quote a value.
func (f *sendFacts) readProblems(tx *store.Tx, d *Desk, holds spoken) error {
	found, err := d.findings(tx)
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for _, r := range check.Rules() {
		titles[r.Name] = r.Title
	}
	for i, p := range found {
		if in, err := holds(p.Kind, p.Record); err != nil || !in {
			if err != nil {
				return err
			}
			continue
		}
		message := p.Message
		if f.wall {
			message = titles[p.Rule]
		}
		row := grid.Row{ID: recordRow(p.Kind, p.Record) + "#" + strconv.Itoa(i), Cells: []string{string(p.Level), p.Name, message}}
		if p.Level != check.Notice {
			row.Marks = map[int]grid.Mark{0: {Tone: grid.Doubtful}}
		}
		f.problems = append(f.problems, row)
	}
	return nil
}
