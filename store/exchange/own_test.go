package exchange_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/work"
)

// define adds a field to people, and returns the name of its cells.
func define(t failer, db *store.DB, label, typ, words, reach string) string {
	t.Helper()
	c := &record.Custom{On: "person", Label: label, Type: typ, Words: words, Reach: reach}
	do(t, db, func(tx *store.Tx) error { return work.Define(tx, c) })
	return record.CustomName(c.ID)
}

// write puts a text into a cell of the person of that name, be it one that only
// another program knows.
func write(t failer, db *store.DB, who, cell, value string) {
	t.Helper()
	do(t, db, func(tx *store.Tx) error {
		k := tx.Kinds().Kind("person")
		for row, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			if k.Value(row, "name") != who {
				continue
			}
			if i := k.Index(cell); i >= 0 {
				row.Values[i] = value
			} else {
				row.Extra = map[string]string{cell: value}
			}
			_, err := tx.PutRow("person", row)
			return err
		}
		return fmt.Errorf("nobody is called %s", who)
	})
}

// says is what a cell of the person of that name says, and whether people have
// such a field.
func says(t failer, db *store.DB, who, cell string) (value string, listed bool) {
	t.Helper()
	view(t, db, func(tx *store.Tx) error {
		k := tx.Kinds().Kind("person")
		listed = k.Index(cell) >= 0
		for row, err := range tx.Rows("person") {
			if err != nil {
				return err
			}
			if k.Value(row, "name") == who {
				value = k.Value(row, cell)
			}
		}
		return nil
	})
	return value, listed
}

// trip is two offices of which the first sends the second books, and back.
type trip struct {
	t    *testing.T
	dir  string
	n    int
	a, b *store.DB
}

func newTrip(t *testing.T) *trip {
	dir, now := t.TempDir(), clock()
	r := &trip{t: t, dir: dir, a: newOffice(t, dir, township, now), b: newOffice(t, dir, county, now)}
	closeAll(t, r.a, r.b)
	threeVillages(t, r.a)
	return r
}

func (r *trip) path() string {
	r.n++
	return filepath.Join(r.dir, fmt.Sprint("book", r.n, ".xlsx"))
}

func (r *trip) carry(from, to *store.DB) string {
	r.t.Helper()
	path := r.path()
	send(r.t, from, to.Office(), path)
	receive(r.t, to, path)
	return path
}

func (r *trip) want(db *store.DB, who, cell, value string, listed bool) {
	r.t.Helper()
	if got, has := says(r.t, db, who, cell); got != value || has != listed {
		r.t.Errorf("%s: the cell of %s says %q, want %q; people have the field: %v, want %v", db.Office().Name, who, got, value, has, listed)
	}
}

// Ensure that a field that a township added goes to the county with its values,
// in the book's table and in the county's ledger; that what the county types
// there by hand comes back, a word that is none of the choice is told with its
// cell, and conflicting words are a conflict of that cell.
func TestOwnFieldTravels(t *testing.T) {
	r := newTrip(t)
	cell := define(t, r.a, "是否持证", record.CustomChoice, "有证、无证、在考", "")
	write(t, r.a, "白音达来", cell, "有证")
	write(t, r.a, "李秀云", cell, "在考")
	up := r.carry(r.a, r.b)
	r.want(r.b, "白音达来", cell, "有证", true)
	if x, y := ledger(t, r.a), ledger(t, r.b); x != y {
		t.Errorf("ledgers differ:\n%s\n---\n%s", x, y)
	}

	h := openByHand(t, up, "人员")
	for row := 1; row <= h.rows(); row++ {
		switch h.get(row, "姓名") {
		case "李秀云":
			h.set(row, "是否持证", "有证")
		case "王建业":
			h.set(row, "是否持证", "无证")
		case "白音达来":
			h.set(row, "是否持证", "不清楚")
		}
	}
	edited := r.path()
	h.save(edited)
	got := receive(t, r.a, edited)
	if len(got.Problems) != 1 || got.Problems[0].Value != "不清楚" || !strings.Contains(got.Problems[0].Message, "有证、无证、在考") {
		t.Errorf("problems: %+v", got.Problems)
	}
	r.want(r.a, "李秀云", cell, "有证", true)
	r.want(r.a, "王建业", cell, "无证", true)
	r.want(r.a, "白音达来", cell, "有证", true)

	write(t, r.b, "王建业", cell, "在考")
	write(t, r.a, "王建业", cell, "有证")
	r.carry(r.b, r.a)
	if got := conflicts(t, r.a); !slices.Equal(got, []string{"王建业 是否持证: 在考 / 有证"}) {
		t.Errorf("conflicts: %v", got)
	}
}

// Ensure that what the county defines for the offices below arrives with its next
// book, that what is its own stays with it, and that a township hears of changes
// to its own definition.
func TestOwnFieldsGoDown(t *testing.T) {
	r := newTrip(t)
	mine := define(t, r.a, "帮扶联系人", record.CustomText, "", "")
	write(t, r.a, "白音达来", mine, "高娃")
	r.carry(r.a, r.b)
	below := define(t, r.b, "学历提升年份", record.CustomNumber, "", record.ReachBelow)
	own := define(t, r.b, "旗里备注", record.CustomText, "", record.ReachOwn)
	write(t, r.b, "李秀云", below, "2025")
	write(t, r.b, "李秀云", own, "重点关注")
	do(t, r.b, func(tx *store.Tx) error {
		for c, err := range store.All[record.Custom](tx) {
			if err == nil && record.CustomName(c.ID) == mine {
				c.Note = "写姓名和职务"
				err = work.Define(tx, c)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	down := r.carry(r.b, r.a)
	r.want(r.a, "李秀云", below, "2025", true)
	r.want(r.a, "白音达来", mine, "高娃", true)
	r.want(r.a, "李秀云", own, "重点关注", false)
	h := openByHand(t, down, "人员")
	defer h.f.Close()
	if h.cols["旗里备注"] != 0 || h.cols["学历提升年份"] == 0 {
		t.Errorf("columns: %v", h.cols)
	}
	var notes []string
	view(t, r.a, func(tx *store.Tx) error {
		for c, err := range store.All[record.Custom](tx) {
			if err != nil {
				return err
			}
			notes = append(notes, c.Label+c.Note)
		}
		return nil
	})
	slices.Sort(notes)
	if got := strings.Join(notes, " "); got != "学历提升年份 帮扶联系人写姓名和职务" {
		t.Errorf("the township's definitions: %s", got)
	}
}

// Ensure that offices which add a field of one name, not knowing of each other,
// have one field, and the words of both.
func TestOwnFieldsOfOneName(t *testing.T) {
	r := newTrip(t)
	a := define(t, r.a, "是否 持证", record.CustomYesNo, "", "")
	b := define(t, r.b, "是否持证", record.CustomYesNo, "", "")
	if a != b {
		t.Fatalf("the cells are %s and %s", a, b)
	}
	write(t, r.a, "李秀云", a, "1")
	r.carry(r.a, r.b)
	r.want(r.b, "李秀云", b, "1", true)
	if got := conflicts(t, r.b); len(got) > 0 {
		t.Errorf("conflicts: %v", got)
	}
}

// Ensure that a program that does not know such fields yet keeps what stands
// under them, with all versions, through edits of its own, and passes it on: the
// offices on both sides of it lose nothing.
func TestOlderProgramKeepsOwnFields(t *testing.T) {
	r := newTrip(t)
	cell := define(t, r.a, "是否持证", record.CustomChoice, "有证、无证、在考", "")
	write(t, r.a, "白音达来", cell, "有证")
	write(t, r.a, "李秀云", cell, "在考")
	do(t, r.a, func(tx *store.Tx) error {
		o, err := store.Get[record.Office](tx, store.OfficeID(township.Code))
		if err != nil {
			return err
		}
		o.Parent = store.OfficeID(county.Code)
		return tx.Put(o)
	})
	older := r.older(r.b)
	r.carry(r.a, older)
	r.want(older, "白音达来", cell, "有证", false)
	write(t, older, "白音达来", "note", "旗里看过")
	above := newOffice(t, r.dir, city, clock())
	closeAll(t, above)
	define(t, above, "是否持证", record.CustomChoice, "有证、无证、在考", "")
	r.carry(older, above)
	r.want(above, "白音达来", cell, "有证", true)
	r.want(above, "李秀云", cell, "在考", true)
	r.want(above, "白音达来", "note", "旗里看过", true)

	write(t, r.a, "李秀云", cell, "有证")
	write(t, above, "李秀云", cell, "无证")
	r.carry(above, older)
	r.carry(r.a, older) // a conflict of a cell it does not know
	r.carry(older, r.a)
	if got := conflicts(t, r.a); !slices.Equal(got, []string{"李秀云 是否持证: 无证 / 有证"}) {
		t.Errorf("conflicts: %v", got)
	}
}

// older opens a ledger as a program would that knows no fields of an office's own.
func (r *trip) older(db *store.DB) *store.DB {
	path, now := db.Path(), clock()
	if err := db.Close(); err != nil {
		r.t.Fatal(err)
	}
	kinds := slices.DeleteFunc(record.Kinds(), func(k *field.Kind) bool { return k.Own != nil })
	older, err := store.Open(path, store.Options{Kinds: kinds, Machine: "test", Now: now})
	if err != nil {
		r.t.Fatal(err)
	}
	closeAll(r.t, older)
	return older
}
