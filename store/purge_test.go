package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"touyan/store"
)

// Ensure that what a purged record said is neither in the records, the history,
// the journal, the drafts nor the conflicts, that the rest stays as it was, and
// that the ledger still verifies.
func TestPurgedRecordIsGone(t *testing.T) {
	db, _ := protected(t)
	v := &village{Name: "前进嘎查"}
	put(t, db, v)
	gone, stays := &person{Name: "白音巴图", Village: v.ID, Phone: "13800001234"}, &person{Name: "李秀英"}
	put(t, db, gone)
	put(t, db, stays)
	do(t, db, "更正", func(tx *store.Tx) error {
		tx.NoteWhy("白音巴图本人来电")
		gone.Phone = "13900001234"
		return tx.Put(gone)
	})
	both := do(t, db, "导入", func(tx *store.Tx) error {
		gone.Name, stays.Phone = "白音", "13700001234"
		return errors.Join(tx.Put(gone), tx.Put(stays))
	})
	if err := db.KeepDraft("person/"+gone.ID, map[string]string{"name": "白音巴图"}); err != nil {
		t.Fatal(err)
	}
	if err := db.KeepDraft("person/"+gone.ID+"/appoint", map[string]string{"name": "白音巴图"}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Purge(t.Context(), "person", gone.ID, "本人要求", clerk); !errors.Is(err, store.ErrNotVoid) {
		t.Fatalf("one that counts: %v", err)
	}
	for _, why := range []string{"白音本人来电", "重复录入"} {
		do(t, db, "作废", func(tx *store.Tx) error { return tx.Void("person", gone.ID, why) })
	}
	if _, err := db.Purge(t.Context(), "person", gone.ID, "本人要求", clerk); err != nil {
		t.Fatal(err)
	}
	told := everything(t, db)
	for _, word := range []string{"白音", "13800001234", "13900001234", "来电", gone.ID + "/"} {
		if strings.Contains(told, word) {
			t.Errorf("the ledger still says %s", word)
		}
	}
	for _, word := range []string{"李秀英", "13700001234", "前进嘎查", "本人要求", "重复录入"} {
		if !strings.Contains(told, word) {
			t.Errorf("the ledger does not say %s any more", word)
		}
	}
	if r := verify(t, db); !r.Good() {
		t.Error(r.Findings)
	}
	if _, err := db.Undo(both, clerk, true); err == nil && value(t, db, "person", gone.ID, "name") != "" {
		t.Error("undoing an operation brought it back")
	}
	if got := ops(t, db); !slices.Contains(got, "彻底清除") {
		t.Error(got)
	}
}

// everything is all that somebody with every key can read.
func everything(t testing.TB, db *store.DB) string {
	t.Helper()
	var b strings.Builder
	err := db.View(func(tx *store.Tx) error {
		for _, k := range kinds {
			for r, err := range tx.EveryRow(k.Name) {
				if err != nil {
					return err
				}
				b.WriteString(strings.Join(r.Values, " ") + r.Void)
				for p, err := range tx.History(k.Name, r.ID) {
					if err != nil {
						return err
					}
					for _, c := range p.Cells {
						b.WriteString(c.Was + " " + c.Now + " ")
					}
				}
			}
		}
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			b.WriteString(e.Op + e.Why + e.Detail + e.Object)
			changes, err := tx.Changes(e.Seq)
			if err != nil {
				return err
			}
			for _, c := range changes {
				for _, was := range c.Was {
					b.WriteString(was)
				}
			}
		}
		keys, err := tx.Drafts()
		b.WriteString(strings.Join(keys, "/ ") + "/")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Ensure that a book of another office that still holds a purged record does not
// bring it back, and that nobody writes it anew.
func TestPurgedRecordStaysGone(t *testing.T) {
	db := newLedger(t, township)
	p := &person{Name: "白音巴图"}
	put(t, db, p)
	var sent store.State
	err := db.View(func(tx *store.Tx) (err error) {
		sent, _, err = tx.State("person", p.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	do(t, db, "作废", func(tx *store.Tx) error { return tx.Void("person", p.ID, "重复") })
	if _, err := db.Purge(t.Context(), "person", p.ID, "本人要求", clerk); err != nil {
		t.Fatal(err)
	}
	do(t, db, "合并", func(tx *store.Tx) error {
		tx.NoteWhy("又来一次")
		if _, err := tx.JoinState("person", p.ID, sent); err != nil {
			return err
		}
		return tx.Put(&person{Name: "斯琴"})
	})
	if got := value(t, db, "person", p.ID, "name"); got != "" {
		t.Errorf("it is back as %q", got)
	}
	err = db.Do("更正", clerk, func(tx *store.Tx) error {
		_, err := tx.PutRow("person", kinds.Kind("person").Take(&person{Head: p.Head, Name: "白音"}))
		return err
	})
	if !errors.Is(err, store.ErrPurged) {
		t.Errorf("written anew: %v", err)
	}
}

// Ensure that only a 负责人 purges.
func TestPurgeTakesALeader(t *testing.T) {
	db, _ := protected(t)
	addUser(t, db, "娜仁", clerkWord, store.Clerk)
	p := &person{Name: "白音巴图"}
	put(t, db, p)
	do(t, db, "作废", func(tx *store.Tx) error { return tx.Void("person", p.ID, "重复") })
	login(t, db, "娜仁", clerkWord)
	if _, err := db.Purge(t.Context(), "person", p.ID, "本人要求", clerk); !errors.Is(err, store.ErrNoRight) {
		t.Errorf("by a clerk: %v", err)
	}
}
