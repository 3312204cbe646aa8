package store_test

import (
	"testing"

	"touyan/store"
)

// Ensure that an operation started while a batch is being staged waits for its
// end, and that both then stand: the batch first, the operation after it.
func TestDoWaitsForStage(t *testing.T) {
	db := newLedger(t, township)
	started, done := make(chan struct{}), make(chan error, 1)
	var after uint64
	seq, err := stagePeople(db, 5000, func(s *store.Stage) error {
		go func() {
			close(started)
			done <- db.Do("录入", clerk, func(tx *store.Tx) error {
				after = tx.Seq()
				return tx.Put(&village{Name: "前进嘎查"})
			})
		}()
		<-started
		k := kinds.Kind("person")
		for range 10_000 {
			row := k.Take(&person{Name: "某人"})
			row.ID = store.NewID(db.Now())
			if err := s.Create("person", row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Errorf("Stage = %v", err)
	}
	if err := <-done; err != nil {
		t.Errorf("Do = %v", err)
	}
	if after != seq+1 {
		t.Errorf("the operation is %d, the batch %d", after, seq)
	}
	if n := len(people(t, db)); n != 15_000 {
		t.Errorf("%d people", n)
	}
}

// Ensure that a batch which fails after its first commit lets others write, and
// that a watcher may write in its turn.
func TestStageReleasesTheLedger(t *testing.T) {
	db := newLedger(t, township)
	failed := store.ErrStale
	if _, err := stagePeople(db, 6000, func(*store.Stage) error { return failed }); err == nil {
		t.Fatal("the batch did not fail")
	}
	wrote := false
	db.Watch(func(store.Event) {
		if wrote {
			return
		}
		wrote = true
		put(t, db, &village{Name: "前进嘎查"})
	})
	if _, err := stagePeople(db, 3, func(*store.Stage) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if n := len(people(t, db)); n != 3 || !wrote {
		t.Errorf("%d people, watcher wrote: %v", n, wrote)
	}
}

// Ensure that what half an import called one with another cannot hide a record:
// an alias is not staged, it waits for the last commit.
func TestStageLeavesAliasesToLater(t *testing.T) {
	db := newLedger(t, township)
	p := &person{Name: "白音巴图"}
	put(t, db, p)
	alias, dot := store.NewID(db.Now()), store.Dot{Ledger: "\x80another", Counter: 7}
	in := store.State{"name": {{Dot: dot, Record: alias, Value: "白音"}}, store.SameCell: {{Dot: dot, Record: alias, Value: p.ID}}}
	if _, err := stagePeople(db, 0, func(s *store.Stage) error { return s.CreateState("person", alias, in) }); err == nil {
		t.Error("an alias was staged")
	}
	_, err := stagePeople(db, 0, func(s *store.Stage) error {
		s.Later(func(tx *store.Tx) error {
			_, err := tx.JoinState("person", alias, in)
			return err
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, db, "person"); n != 1 {
		t.Errorf("%d people", n)
	}
}
