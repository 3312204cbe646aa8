package store_test

import (
	"errors"
	"strings"
	"testing"

	"touyan/store"
)

// batch takes in a book of one record.
func batch(t *testing.T, db *store.DB) (seq uint64) {
	t.Helper()
	err := db.Do("导入", clerk, func(tx *store.Tx) error {
		seq = tx.Seq()
		tx.NoteBatch(store.Batch{Book: "花名册.xlsx", Rows: 1, New: 1})
		return tx.Put(&person{Name: "白音巴图"})
	})
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func approve(db *store.DB, seq uint64) error {
	return db.Do(store.OpApprove, clerk, func(tx *store.Tx) error { return tx.Approve(seq) })
}

// Ensure that a batch is approved once, by a 负责人 and by no 经办人, not by who
// took it in while another could, and that the only one's own approval says so.
func TestApproves(t *testing.T) {
	db, _ := protected(t) // 苏和 has every role
	own := batch(t, db)
	if err := approve(db, own); err != nil {
		t.Fatalf("the only 负责人: %v", err)
	}
	if err := approve(db, own); !errors.Is(err, store.ErrApproved) {
		t.Errorf("twice: %v", err)
	}
	if err := approve(db, own+1); !errors.Is(err, store.ErrNoBatch) {
		t.Errorf("what is no batch: %v", err)
	}
	for name, role := range map[string]store.Role{"经办人乙": store.Clerk, "负责人甲": store.Lead} {
		if err := db.AddUser(t.Context(), name, []store.Role{role}, "other word 9"); err != nil {
			t.Fatal(err)
		}
	}
	second, third := batch(t, db), batch(t, db)
	if err := approve(db, second); !errors.Is(err, store.ErrOwnBatch) {
		t.Errorf("his own, while there is another: %v", err)
	}
	login(t, db, "经办人乙", "other word 9")
	if err := approve(db, second); !errors.Is(err, store.ErrNotLead) {
		t.Errorf("a 经办人: %v", err)
	}
	login(t, db, "负责人甲", "other word 9")
	if err := approve(db, second); err != nil {
		t.Error(err)
	}
	if _, err := db.Undo(third, clerk, false); err != nil {
		t.Fatal(err)
	}
	if err := approve(db, third); !errors.Is(err, store.ErrUndone) {
		t.Errorf("one that was taken back: %v", err)
	}
	err := db.View(func(tx *store.Tx) error {
		found, err := tx.Approvals()
		first, next := found[own], found[second]
		if len(found) != 2 || next.Who.Name != "负责人甲" || strings.Contains(next.Object, "本人") || !strings.Contains(first.Object, "本单位只有一名负责人") {
			t.Errorf("the journal has %+v", found)
		}
		if n := tx.Count(); n != 2 {
			t.Errorf("%d records", n)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if report, err := db.Verify(t.Context()); err != nil || !report.Good() {
		t.Errorf("after approving: %+v, %v", report, err)
	}
}
