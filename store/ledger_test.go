package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"touyan/store"
	"touyan/store/field"
)

// Ensure that a ledger which is not there is not made by opening it.
func TestMissingFileStaysMissing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.touyan")
	_, err := store.Open(path, options())
	if !errors.Is(err, store.ErrMissing) {
		t.Errorf("Open = %v, want ErrMissing", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("opening a missing ledger made one")
	}
}

// Ensure that a new ledger never replaces a file and leaves nothing beside it.
func TestCreateNeverReplaces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.touyan")
	if err := os.WriteFile(path, []byte("别的文件"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := store.Create(path, township, false, options()); !errors.Is(err, store.ErrExists) {
		t.Errorf("Create = %v, want ErrExists", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "别的文件" {
		t.Error("the file was changed")
	}
	if list, _ := os.ReadDir(filepath.Dir(path)); len(list) != 1 {
		t.Errorf("left behind: %v", list)
	}
}

// Ensure that a second start is told the ledger is in use.
func TestSecondStartIsTold(t *testing.T) {
	db := newLedger(t, township)
	if _, err := store.Open(db.Path(), options()); !errors.Is(err, store.ErrInUse) {
		t.Errorf("second Open = %v, want ErrInUse", err)
	}
}

// Ensure that an operation that fails leaves no trace.
func TestDoIsAllOrNothing(t *testing.T) {
	db := newLedger(t, township)
	failure := errors.New("no")
	err := db.Do("录入", clerk, func(tx *store.Tx) error {
		if err := tx.Put(&person{Name: "甲"}); err != nil {
			return err
		}
		return failure
	})
	if err != failure {
		t.Errorf("Do = %v, want the function's own error", err)
	}
	if n := len(people(t, db)); n != 0 {
		t.Errorf("%d people after a failed operation", n)
	}
	db.View(func(tx *store.Tx) error {
		for e := range tx.Journal() {
			t.Errorf("journal holds %q", e.Op)
		}
		return nil
	})
}

// Ensure that what is put comes back the same after the file was reopened.
func TestRecordsSurviveReopening(t *testing.T) {
	db := newLedger(t, township)
	v := &village{Name: "前进嘎查"}
	put(t, db, v)
	p := &person{Name: "李秀英", Village: v.ID, Phone: "13800001111", Birth: field.Date{Year: 1985, Month: 3}}
	put(t, db, p)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, db.Path())
	got := people(t, again)
	if len(got) != 1 || *got[0] != *p {
		t.Errorf("got %+v, want %+v", got, p)
	}
	again.View(func(tx *store.Tx) error {
		links, err := tx.Referring(v.ID)
		if err != nil || len(links) != 1 || links[0] != (store.Link{Kind: "person", Field: "village", ID: p.ID}) {
			t.Errorf("Referring = %v, %v", links, err)
		}
		if name := tx.Name("person", p.ID); name != "李秀英" {
			t.Errorf("Name = %q", name)
		}
		return nil
	})
}

// Ensure that cells under names this program does not know are kept.
func TestUnknownCellsAreKept(t *testing.T) {
	db := newLedger(t, township)
	k := kinds.Kind("person")
	row := k.Take(&person{Name: "甲"})
	row.Extra = map[string]string{"blood": "O"}
	var id string
	err := db.Do("录入", clerk, func(tx *store.Tx) (err error) {
		id, err = tx.PutRow("person", row)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Do("改名", clerk, func(tx *store.Tx) error {
		p, err := store.Get[person](tx, id)
		if err != nil {
			return err
		}
		p.Name = "乙"
		return tx.Put(p)
	})
	if err != nil {
		t.Fatal(err)
	}
	db.View(func(tx *store.Tx) error {
		got, _, _ := tx.Row("person", id)
		if got.Extra["blood"] != "O" || k.Value(got, "name") != "乙" {
			t.Errorf("row = %+v", got)
		}
		return nil
	})
}

// Ensure that a voided record leaves the lists and keeps its cells.
func TestVoidedRecordsLeaveTheLists(t *testing.T) {
	db := newLedger(t, township)
	p := &person{Name: "甲"}
	put(t, db, p)
	if err := db.Do("作废", clerk, func(tx *store.Tx) error { return tx.Void("person", p.ID, "重复录入") }); err != nil {
		t.Fatal(err)
	}
	if n := len(people(t, db)); n != 0 {
		t.Errorf("%d people listed", n)
	}
	db.View(func(tx *store.Tx) error {
		got, err := store.Get[person](tx, p.ID)
		if err != nil || got.Void != "重复录入" || got.Name != "甲" {
			t.Errorf("Get = %+v, %v", got, err)
		}
		return nil
	})
}

// Ensure that two edits unaware of each other are both kept, that each office
// sees its own meanwhile, and that a decision ends it on both sides.
func TestConflictIsKeptAndDecided(t *testing.T) {
	a, b := newLedger(t, township), newLedger(t, county)
	p := &person{Name: "甲", Phone: "13800000000"}
	put(t, a, p)
	send(t, a, b)
	edit := func(db *store.DB, phone string) {
		q := people(t, db)[0]
		q.Phone = phone
		put(t, db, q)
	}
	edit(a, "13811111111")
	edit(b, "13822222222")
	send(t, a, b)
	send(t, b, a)
	if x, y := people(t, a)[0].Phone, people(t, b)[0].Phone; x != "13811111111" || y != "13822222222" {
		t.Errorf("meanwhile: township shows %s, county %s", x, y)
	}
	for _, db := range []*store.DB{a, b} {
		db.View(func(tx *store.Tx) error {
			list, err := tx.Conflicts()
			if err != nil || len(list) != 1 || list[0].Field != "phone" || len(list[0].Versions) != 2 {
				t.Errorf("%s: conflicts = %+v, %v", tx.Office().Name, list, err)
			}
			return nil
		})
	}
	if err := b.Do("裁定", clerk, func(tx *store.Tx) error { return tx.Decide("person", p.ID, "phone", "13833333333") }); err != nil {
		t.Fatal(err)
	}
	send(t, b, a)
	for _, db := range []*store.DB{a, b} {
		if got := people(t, db)[0].Phone; got != "13833333333" {
			t.Errorf("after the decision: %s", got)
		}
		db.View(func(tx *store.Tx) error {
			if list, _ := tx.Conflicts(); len(list) != 0 {
				t.Errorf("still in conflict: %+v", list)
			}
			return nil
		})
	}
}

// Ensure that the owner's word on its field stands whatever others wrote, and
// that anyone's stands until the owner speaks.
func TestOwnerHasTheWord(t *testing.T) {
	a, b := newLedger(t, township), newLedger(t, county)
	v := &village{Name: "前进嘎查", Word: "拟同意"}
	put(t, a, v)
	send(t, a, b)
	word := func(db *store.DB) (s string) {
		db.View(func(tx *store.Tx) error {
			got, err := store.Get[village](tx, v.ID)
			if err == nil {
				s = got.Word
			}
			return nil
		})
		return s
	}
	if word(b) != "拟同意" {
		t.Errorf("until the county speaks it shows %q", word(b))
	}
	say := func(db *store.DB, s string) {
		db.Do("备案", clerk, func(tx *store.Tx) error {
			got, err := store.Get[village](tx, v.ID)
			if err != nil {
				return err
			}
			got.Word = s
			return tx.Put(got)
		})
	}
	say(b, "不同意")
	send(t, b, a)
	say(a, "同意")
	send(t, a, b)
	if word(a) != "不同意" || word(b) != "不同意" {
		t.Errorf("township shows %q, county %q, want the county's 不同意", word(a), word(b))
	}
}

// Ensure that two records found to be one go under the smaller id everywhere,
// with the cells of both.
func TestSameRecordsAreOne(t *testing.T) {
	db := newLedger(t, township)
	v := &village{Name: "前进嘎查"}
	put(t, db, v)
	w := &village{Name: "前进嘎查", Word: "同意"}
	put(t, db, w)
	p := &person{Name: "甲", Village: w.ID}
	put(t, db, p)
	if err := db.Do("并为一村", clerk, func(tx *store.Tx) error { return tx.Same("village", v.ID, w.ID) }); err != nil {
		t.Fatal(err)
	}
	if got := people(t, db)[0].Village; got != v.ID {
		t.Errorf("the person's village is %s, want %s", got, v.ID)
	}
	db.View(func(tx *store.Tx) error {
		got, err := store.Get[village](tx, w.ID)
		if err != nil || got.ID != v.ID || got.Word != "同意" {
			t.Errorf("Get by the alias = %+v, %v", got, err)
		}
		n := 0
		for range tx.Rows("village") {
			n++
		}
		if n != 1 {
			t.Errorf("%d villages listed", n)
		}
		return nil
	})
}

// Ensure that a copy of the file elsewhere writes under an id of its own.
func TestCopiedLedgerGetsItsOwnID(t *testing.T) {
	db := newLedger(t, township)
	put(t, db, &person{Name: "甲"})
	ledger := func(db *store.DB) (id string) {
		db.View(func(tx *store.Tx) error { id = tx.Ledger(); return nil })
		return id
	}
	first := ledger(db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.touyan")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if ledger(open(t, path)) == first {
		t.Error("the copy issues the same stamps")
	}
	if ledger(open(t, db.Path())) != first {
		t.Error("the original changed its id")
	}
}
