package exchange

import (
	"cmp"
	"slices"
	"time"

	"touyan/store"
	"touyan/store/field"
)

// Standing is how an office stands with its report on a period.
type Standing int

// The standings, in the order in which a report comes to its end.
const (
	Unreported Standing = iota // 未报
	Arrived                    // 已报: a book is here and nothing of it came in yet
	SentBack                   // 退回: it was asked to look at cells again, and has not answered
	Disputed                   // 有冲突: merged, and cells of it wait to be decided
	MergedIn                   // 已合并
	NoChange                   // 零报告: merged, and nothing had changed
)

// String is a standing in office words.
func (s Standing) String() string {
	return [...]string{"未报", "已报", "退回", "有冲突", "已合并", "零报告"}[s]
}

// Board is 收报看板: how each office below ours stands with its reports.
type Board struct {
	Periods []Period
	Due     []field.Date // by period: the last day on which a report is in time
	Offices []Reporting
}

// Reporting is the row of one office, Reports by period.
type Reporting struct {
	Office  store.Office
	Record  string // id of the office's record
	Reports []Reported
}

// Reported is what an office reported on a period.
type Reported struct {
	Standing  Standing
	Version   int         // how many different books came; 1 is the first
	Late      int         // days the first came after the due day, or until now where none did
	Last      store.Entry // the batch with the newest of its books; zero: none came
	Came      time.Time   // when the newest came
	Conflicts int         // cells of that office that wait to be decided; of its newest period alone
	Asked     int         // 退回: how many cells were asked about
}

// BoardOf draws the board of some periods as it is on a day; no periods stand
// for those one reports on then. Books that were taken back do not count.
func BoardOf(tx *store.Tx, today field.Date, periods ...Period) (*Board, error) {
	if len(periods) == 0 {
		periods = Periods(today)
	}
	b := &Board{Periods: periods}
	for _, p := range periods {
		due, err := DueOf(tx, p)
		if err != nil {
			return nil, err
		}
		b.Due = append(b.Due, due)
	}
	if err := b.expect(tx); err != nil {
		return nil, err
	}
	if err := b.heard(tx); err != nil {
		return nil, err
	}
	if err := b.disputed(tx); err != nil {
		return nil, err
	}
	b.overdue(today)
	return b, nil
}

// expect lists the offices that are to report: those right below ours.
func (b *Board) expect(tx *store.Tx) error {
	_, under, err := Addressees(tx)
	if err != nil {
		return err
	}
	for _, o := range under {
		if o.Level == tx.Office().Level-1 {
			_, id, err := known(tx, o)
			if err != nil {
				return err
			}
			b.Offices = append(b.Offices, Reporting{Office: o, Record: id, Reports: make([]Reported, len(b.Periods))})
		}
	}
	slices.SortFunc(b.Offices, func(x, y Reporting) int { return cmp.Compare(x.Office.Code, y.Office.Code) })
	return nil
}

// Office is the row of an office by its code, nil if it is not expected to
// report.
func (b *Board) Office(code string) *Reporting {
	i := slices.IndexFunc(b.Offices, func(r Reporting) bool { return stem(r.Office.Code) == stem(code) })
	if i < 0 {
		return nil
	}
	return &b.Offices[i]
}

// at is the cell of an office and a period, nil if the board has none.
func (b *Board) at(code string, p Period) *Reported {
	r, i := b.Office(code), slices.Index(b.Periods, p)
	if r == nil || i < 0 || code == "" {
		return nil
	}
	return &r.Reports[i]
}

// heard reads the journal from its end: what came from whom, and what was sent
// back.
func (b *Board) heard(tx *store.Tx) error {
	books := map[*Reported]map[string]bool{}
	for e, err := range tx.Standing() {
		if err != nil {
			return err
		}
		switch {
		case e.Sent != nil && e.Sent.Asks > 0:
			if r := b.at(e.Sent.To, Period(e.Sent.Period)); r != nil && r.Last.Seq == 0 && r.Standing == Unreported {
				r.Standing, r.Asked = SentBack, e.Sent.Asks
			}
		case e.Batch != nil:
			if r := b.at(e.Batch.Code, Period(e.Batch.Period)); r != nil {
				if books[r] == nil {
					books[r] = map[string]bool{}
				}
				books[r][cmp.Or(e.Batch.ID, e.Batch.Digest)] = true
				r.Version = len(books[r])
				r.hear(e)
			}
		}
	}
	return nil
}

// hear takes up one book of those that came, the latest first. What counts is
// the one its sender wrote last, in whatever order they came.
func (r *Reported) hear(e store.Entry) {
	if r.Last.Seq > 0 && !r.Last.Batch.Made.Before(e.Batch.Made) && (r.Last.Batch.Held == "" || e.Batch.Held != "") {
		return
	}
	r.Last, r.Came = e, e.At
	if r.Standing == SentBack {
		return
	}
	switch {
	case e.Batch.Held != "":
		r.Standing = Arrived
	case e.Batch.Nothing:
		r.Standing = NoChange
	default:
		r.Standing = MergedIn
	}
}

// disputed counts the cells that wait to be decided against each office's word.
// They stand with the newest period it reported on.
func (b *Board) disputed(tx *store.Tx) error {
	open, err := tx.Conflicts()
	if err != nil {
		return err
	}
	for _, c := range open {
		for i := range b.Offices {
			o := &b.Offices[i]
			if !slices.ContainsFunc(c.Versions, func(v store.Version) bool { return stem(v.Office) == stem(o.Office.Code) }) {
				continue
			}
			if r := o.newest(); r != nil {
				r.Conflicts++
				if r.Standing == MergedIn || r.Standing == NoChange {
					r.Standing = Disputed
				}
			}
		}
	}
	return nil
}

// newest is the report of the book that came last.
func (o *Reporting) newest() (out *Reported) {
	for i := range o.Reports {
		if r := &o.Reports[i]; r.Last.Seq > 0 && (out == nil || r.Last.Seq > out.Last.Seq) {
			out = r
		}
	}
	return out
}

// overdue counts the days after the due day: of what came, to the first of its
// books; of what did not come, to today.
func (b *Board) overdue(today field.Date) {
	for i := range b.Offices {
		for n := range b.Offices[i].Reports {
			r := &b.Offices[i].Reports[n]
			on := today
			if r.Last.Seq > 0 {
				on = field.DateAt(r.Came)
			}
			r.Late = max(0, daysBetween(b.Due[n], on))
		}
	}
}

func daysBetween(from, to field.Date) int {
	day := func(d field.Date) time.Time {
		return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	}
	if from.IsZero() || to.IsZero() {
		return 0
	}
	return int(day(to).Sub(day(from)).Hours() / 24)
}

const dueSetting = "due:"

// DueOf is the last day on which a report on a period is in time: what the
// office said, else daysOfGrace after the period's end (默认值).
func DueOf(tx *store.Tx, p Period) (field.Date, error) {
	var said string
	if err := tx.Setting(dueSetting+string(p), &said); err != nil {
		return field.Date{}, err
	}
	if d, err := field.DateOf(said); err == nil && said != "" {
		return d, nil
	}
	end := p.ends()
	if end.IsZero() {
		return end, nil
	}
	return field.DateAt(time.Date(end.Year, time.Month(end.Month), end.Day+daysOfGrace, 0, 0, 0, 0, time.UTC)), nil
}

// SetDue says until when reports on a period are in time; a zero day goes back
// to what is usual.
func SetDue(db *store.DB, who store.Actor, p Period, due field.Date) error {
	return db.KeepSetting("定报送期限", p.String(), who, dueSetting+string(p), due.String())
}

// Hold journals that a book arrived and nothing of it came in, and why: on the
// board its office has reported, and a person looks at the book.
func Hold(db *store.DB, who store.Actor, p *Plan, why string) (uint64, error) {
	var seq uint64
	err := db.Do("收报", who, func(tx *store.Tx) error {
		b := p.arrived()
		b.Held, seq = why, tx.Seq()
		tx.NoteBatch(b)
		return nil
	})
	return seq, err
}

// SenderOf finds the one office below ours whose villages a roster speaks of;
// ok is false if it speaks of none or of several.
func SenderOf(tx *store.Tx, p *Plan) (sender store.Office, ok bool, err error) {
	offices := map[string]bool{}
	for _, d := range p.drafts {
		said := p.unpack(d)
		id := ""
		switch {
		case d.kind.Name == "village":
			id = d.kind.Value(said.row, "office")
		case d.kind.Index("village") >= 0:
			id, err = officeOfVillage(tx, d.kind.Value(said.row, "village"))
		}
		if err != nil {
			return sender, false, err
		}
		if id != "" {
			offices[tx.Canonical(id)] = true
		}
	}
	if len(offices) != 1 {
		return sender, false, nil
	}
	_, under, err := Addressees(tx)
	if err != nil {
		return sender, false, err
	}
	for _, o := range under {
		if _, id, err := known(tx, o); err != nil || offices[id] {
			return o, err == nil, err
		}
	}
	return sender, false, nil
}

func officeOfVillage(tx *store.Tx, village string) (string, error) {
	row, ok, err := tx.Row("village", village)
	if err != nil || !ok {
		return "", err
	}
	return tx.Kinds().Kind("village").Value(row, "office"), nil
}
