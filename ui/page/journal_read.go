package page

import (
	"cmp"
	"maps"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/exchange"
	"touyan/store/field"
)

// journalFilter is which entries are wanted; empty: all.
type journalFilter struct {
	who, op, record string
	from, to        field.Date
	events          bool // logins, exports and the like alone
}

// journalReading is how far a journal was read, and what is to be known of the
// entries read so far to read on.
type journalReading struct {
	filter journalFilter
	seen   veil
	next   uint64 // reading goes on before it
	ended  bool
	undone map[uint64]bool
	of     map[uint64]bool // entries that touched the records looked for; nil: not looked up
}

// journalLine is one entry, and what is told of it beside.
type journalLine struct {
	store.Entry
	about  string // which records, or what else
	undone bool
}

// journalRead is what a reading found.
type journalRead struct {
	so    journalReading
	lines []journalLine
}

// namedRecords is how many records of an operation a line names.
const namedRecords = 2

// on reads on until so many were found. It runs beside the UI thread.
func (so journalReading) on(tx *store.Tx, most int) (out journalRead, err error) {
	so.undone = maps.Clone(so.undone)
	if so.undone == nil {
		so.undone = map[uint64]bool{}
	}
	if so.of == nil && so.filter.record != "" {
		if so.of, err = touching(tx, so.filter.record); err != nil {
			return out, err
		}
	}
	names := nameBook{tx: tx, known: map[string]string{}, seen: so.seen}
	so.ended = true
	for e, err := range tx.JournalBefore(so.next) {
		if err != nil {
			return out, err
		}
		if len(out.lines) == most {
			so.ended = false
			break
		}
		so.next = e.Seq
		if e.Undid > 0 && !so.undone[e.Seq] {
			so.undone[e.Undid] = true
		}
		if !so.wants(&e) {
			continue
		}
		l := journalLine{Entry: e, undone: so.undone[e.Seq]}
		if l.about, err = aboutEntry(&names, &e); err != nil {
			return out, err
		}
		out.lines = append(out.lines, l)
	}
	out.so = so
	return out, nil
}

// wants reports whether an entry meets the filter.
func (so *journalReading) wants(e *store.Entry) bool {
	f := &so.filter
	day := field.DateAt(e.At.Local())
	switch {
	case !strings.Contains(e.Who.Name, f.who), !strings.Contains(e.Op, f.op):
		return false
	case f.events && !e.Event && e.Sent == nil:
		return false
	case !f.from.IsZero() && day.Before(f.from), !f.to.IsZero() && f.to.Before(day):
		return false
	case f.record != "":
		return so.of[e.Seq] || strings.Contains(e.Object, f.record) || strings.Contains(e.Detail, f.record)
	}
	return true
}

// recordsLooked is how many records of a name are looked for.
const recordsLooked = 20

// touching finds the entries that touched records whose name holds a text.
func touching(tx *store.Tx, text string) (map[uint64]bool, error) {
	of, found := map[uint64]bool{}, 0
	for _, k := range tx.Kinds() {
		if isPart(k) || k.Named == "" {
			continue
		}
		for row, err := range tx.Rows(k.Name) {
			if err != nil {
				return nil, err
			}
			if found == recordsLooked {
				return of, nil
			}
			if !strings.Contains(k.Value(row, k.Named), text) {
				continue
			}
			found++
			for past, err := range tx.History(k.Name, row.ID, lived[k.Name]...) {
				if err != nil {
					return nil, err
				}
				of[past.Entry.Seq] = true
			}
		}
	}
	return of, nil
}

// aboutEntry names what an entry is about, as far as who is in may know.
func aboutEntry(names *nameBook, e *store.Entry) (string, error) {
	switch {
	case e.Object != "":
		return e.Object, nil
	case e.Undid > 0:
		return sayUndidEntry(e.Undid), nil
	case e.Batch != nil:
		return wordBatch + " " + exchange.BatchID(e.Seq), nil
	case e.Sent != nil:
		return addressee(names.tx, e.Sent.To), nil
	case e.Event:
		return "", nil
	}
	list, more, err := names.tx.Touched(e.Seq, namedRecords)
	if err != nil {
		return "", noRight(err)
	}
	var out []string
	for _, t := range list {
		k := names.tx.Kinds().Kind(t.Kind)
		if k == nil {
			continue
		}
		out = append(out, strings.TrimSpace(k.Label+" "+names.tx.Name(t.Kind, t.ID)))
	}
	text := strings.Join(out, "、")
	if more {
		text += wordAndMore
	}
	return text, nil
}

// detail is why it was done, or what else only those know who read records, and
// that the clock was turned before it.
func (l *journalLine) detail() string {
	text := cmp.Or(l.Detail, l.Why)
	if l.Undid > 0 {
		text = "" // the operation undone is named already
	}
	if turned := sayTurned(l.Turned); turned != "" {
		text = strings.TrimSpace(turned + " " + text)
	}
	return text
}

// turnedLeast is from when on a clock that was turned is worth a word.
const turnedLeast = time.Minute

func sayTurned(by time.Duration) string {
	if by.Abs() < turnedLeast {
		return ""
	}
	return sayClockTurned(by)
}
