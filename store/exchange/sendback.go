package exchange

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
)

// Ask is a cell that an office is asked to look at again, and why.
type Ask struct {
	Kind   string `json:"kind"`
	Record string `json:"record"` // id
	Field  string `json:"field"`  // stored name
	Why    string `json:"why"`
}

// ErrNothingAsked says that a return was to be written that asks nothing.
var ErrNothingAsked = errors.New("没有选要退回的栏目，请先选定并写明原因")

// SendBack writes a return (退回): the requests become records, which travel
// with every later book too, and the book holds them with just the records they
// are about, each cell asked about marked with its reason. Who merges it is led
// through them. o gives the addressee and the period.
func SendBack(ctx context.Context, db *store.DB, who store.Actor, path string, o Order, asks []Ask) (Sent, error) {
	if len(asks) == 0 {
		return Sent{}, ErrNothingAsked
	}
	o.only, o.asks = map[recordKey]bool{}, map[recordKey]string{}
	kinds := []string{"request"}
	var seq uint64
	err := db.Do("退回", who, func(tx *store.Tx) error {
		seq = tx.Seq()
		for _, a := range asks {
			r, err := request(tx, o, a, field.DateAt(db.Now()))
			if err != nil {
				return err
			}
			if err := tx.Put(r); err != nil {
				return err
			}
			id := tx.Canonical(a.Record)
			o.only[recordKey{"request", r.ID}], o.only[recordKey{a.Kind, id}] = true, true
			o.asks[recordKey{a.Kind, id + "/" + a.Field}] = a.Why
			if !slices.Contains(kinds, a.Kind) {
				kinds = append(kinds, a.Kind)
			}
		}
		return nil
	})
	if err != nil {
		return Sent{}, err
	}
	if o.Forms, err = Registers(db.Kinds(), kinds); err != nil {
		return Sent{}, err
	}
	slices.SortStableFunc(o.Forms, func(a, b *field.Form) int { return boolOrder(a.Kind != "request", b.Kind != "request") })
	sent, err := Send(ctx, db, who, path, o, nil)
	if err != nil { // nobody was asked
		_, undone := db.Undo(seq, who, false)
		err = errors.Join(err, undone)
	}
	return sent, err
}

// boolOrder puts what is false first.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// request makes the record of one cell asked about.
func request(tx *store.Tx, o Order, a Ask, on field.Date) (*record.Request, error) {
	k := tx.Kinds().Kind(a.Kind)
	row, there, err := tx.Row(a.Kind, a.Record)
	switch {
	case err != nil:
		return nil, err
	case k == nil || !there || k.Field(a.Field) == nil:
		return nil, fmt.Errorf("要退回的记录或栏目不在台账里（%s %s %s），请重新选定", a.Kind, a.Record, a.Field)
	case strings.TrimSpace(a.Why) == "":
		return nil, fmt.Errorf("请写明退回“%s”的“%s”的原因", tx.NameOf(k, row), k.Field(a.Field).Label)
	}
	f, value := k.Field(a.Field), k.Value(row, a.Field)
	r := &record.Request{Name: tx.NameOf(k, row), Sheet: k.Label, Column: f.Label, Reason: strings.TrimSpace(a.Why), Asked: on, Period: string(o.Period),
		Target: strings.Join([]string{a.Kind, row.ID, a.Field, record.SeenDigest(value)}, "/")}
	if f.Class == field.Ordinary {
		r.Seen = inWords(tx, f, value)
	}
	_, r.Office, err = known(tx, o.To)
	return r, err
}

// inWords is a value as people read it.
func inWords(tx *store.Tx, f *field.Field, value string) string {
	if f.Type == field.Ref {
		return tx.Name(f.Target, value)
	}
	return f.Show(value)
}

// Request is a cell somebody asked about, as it is now.
type Request struct {
	*record.Request
	Kind, Record, Field string // the cell; empty if the request points nowhere, Field if the cell is none any more
	Open                bool   // neither changed nor explained yet
	Ours                bool   // this office is asked
}

// Requests lists what offices were asked to look at again, those still open
// first, then by record and day.
func Requests(tx *store.Tx) ([]Request, error) {
	own := tx.Office().Code
	var out []Request
	for r, err := range store.All[record.Request](tx) {
		if err != nil {
			return nil, err
		}
		held := *r // All fills one and the same record
		one := Request{Request: &held, Open: r.Void == "" && r.Answer == ""}
		if o, err := store.Get[record.Office](tx, r.Office); err == nil {
			one.Ours = stem(o.Code) == stem(own)
		}
		if kind, id, name, _, ok := r.Points(); ok {
			row, there, err := tx.Row(kind, id)
			if err != nil {
				return nil, err
			}
			if k := tx.Kinds().Kind(kind); k != nil && there {
				one.Kind, one.Record = kind, row.ID
				if one.Open = k.Field(name) != nil && row.Void == "" && r.Open(k.Value(row, name)); k.Field(name) != nil {
					one.Field = name // else it was taken out, and nobody can mend it
				}
			}
		}
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b Request) int { return boolOrder(!a.Open, !b.Open) })
	return out, nil
}
