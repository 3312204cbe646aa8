package store

import (
	"context"
	"encoding/binary"
	"fmt"

	"touyan/store/field"

	"go.etcd.io/bbolt"
)

// chunk is how many new records one commit of a staged batch holds. Larger
// commits gain little time and cost memory.
const chunk = 5000

// Stage is a batch being written. New records go to the file in commits of
// some thousands, unseen by readers; everything else waits for the last
// commit, which makes all visible at once.
type Stage struct {
	db      *DB
	ctx     context.Context
	entry   Entry
	tx      *Tx
	bolt    *bbolt.Tx
	blocks  uint32
	commits []commitment // to the blocks
	staged  int
	created map[recordKey]bool
	later   []func(*Tx) error
	holding bool // db.writing
	done    *Tx
}

// Stage runs a batch. If f fails, ctx ends or the program dies on the way, the
// ledger stays as it was. From its first record to its end nobody else writes,
// so f must not call Do.
func (db *DB) Stage(ctx context.Context, name string, who Actor, f func(*Stage) error) (seq uint64, err error) {
	s := &Stage{db: db, ctx: ctx, created: map[recordKey]bool{}}
	seq, err = s.stage(name, who, f)
	db.tell(s.done)
	return seq, err
}

func (s *Stage) stage(name string, who Actor, f func(*Stage) error) (seq uint64, err error) {
	db := s.db
	defer func() {
		if s.holding {
			db.writing.Unlock()
		}
	}()
	s.hold()
	if err := db.sweep(); err != nil {
		return 0, err
	}
	err = db.View(func(tx *Tx) error {
		s.entry = Entry{Op: name, Who: db.actor(who), Seq: tx.visible + 1}
		return nil
	})
	if err != nil {
		return 0, err
	}
	err = guard(db.path, func() error { return s.run(f) })
	if s.bolt != nil {
		db.ended(s.bolt)
	}
	if err != nil && s.staged > 0 {
		db.sweep() // what stays is seen by nobody, and cleared away by the next to write
	}
	return s.entry.Seq, err
}

// hold keeps others from writing until the batch ends.
func (s *Stage) hold() {
	if !s.holding {
		s.db.writing.Lock()
		s.holding = true
	}
}

func (s *Stage) run(f func(*Stage) error) (err error) {
	defer func() {
		if s.bolt != nil {
			s.bolt.Rollback()
		}
	}()
	if err := f(s); err != nil {
		return err
	}
	if err := s.flush(); err != nil {
		return err
	}
	return s.finish()
}

// finish is the last, small commit.
func (s *Stage) finish() (err error) {
	_, s.done, err = s.db.commitStaged(s.entry, func(tx *Tx) error {
		for _, f := range s.later {
			if err := s.ctx.Err(); err != nil {
				return err
			}
			if err := f(tx); err != nil {
				return err
			}
		}
		tx.force = tx.force || s.staged > 0
		if err := tx.dropLists(); err != nil {
			return err
		}
		tx.firstBlock, tx.commits = s.blocks, s.commits
		return nil
	})
	return err
}

// Later has f run in the last commit. It sees the batch's new records.
func (s *Stage) Later(f func(*Tx) error) { s.later = append(s.later, f) }

// Create stages a new record typed or imported here. Its id must be new.
func (s *Stage) Create(kind string, row field.Row) error {
	k := s.db.Kinds().Kind(kind)
	if k == nil {
		return fmt.Errorf("no kind %q", kind)
	}
	return s.create(kind, row.ID, func(tx *Tx) error { return tx.create(k, row) })
}

// CreateState stages a record another ledger sent and this one never heard of.
// One found to be the same as another changes what readers see of that, so it
// is refused here and must be left to Later.
func (s *Stage) CreateState(kind, id string, in State) error {
	if in[SameCell] != nil {
		return fmt.Errorf("record %s %s is another's alias, staged", kind, id)
	}
	return s.create(kind, id, func(tx *Tx) error { return tx.put(kind, id, in) })
}

func (s *Stage) create(kind, id string, write func(*Tx) error) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if s.tx == nil {
		if err := s.open(); err != nil {
			return err
		}
	}
	key := recordKey{kind, id}
	if s.created[key] {
		return fmt.Errorf("record %s %s staged twice", kind, id)
	}
	s.created[key] = true
	if err := write(s.tx); err != nil {
		return err
	}
	if len(s.tx.order) >= chunk {
		return s.flush()
	}
	return nil
}

func (s *Stage) open() (err error) {
	if err := s.db.usable(); err != nil {
		return err
	}
	began := false
	defer func() {
		if !began {
			s.db.ended(nil) // it faulted
		}
	}()
	s.bolt, err = s.db.bolt.Begin(true)
	if began = true; err != nil {
		return fmt.Errorf("stage: %w", err)
	}
	if s.tx, err = s.db.begin(s.bolt); err != nil {
		return err
	}
	s.entry.At = s.db.now()
	s.tx.start(&s.entry)
	s.tx.commits = s.commits
	return nil
}

// flush commits the records staged so far.
func (s *Stage) flush() error {
	if s.tx == nil {
		return nil
	}
	key := binary.BigEndian.AppendUint32(seqKey(s.entry.Seq), s.blocks)
	if err := s.tx.writeChanges(s.blocks); err != nil {
		return err
	}
	s.blocks += uint32((len(s.tx.order) + changesPerBlock - 1) / changesPerBlock)
	s.staged += len(s.tx.order)
	s.commits = s.tx.commits
	saved, err := s.db.names.save(&s.tx.file)
	if err != nil {
		return err
	}
	if err := s.list(key); err != nil {
		return err
	}
	if err := s.tx.file.finish(); err != nil {
		return err
	}
	err = s.bolt.Commit()
	s.bolt, s.tx = nil, nil
	if err != nil {
		return s.db.redone(err)
	}
	s.db.names.keep(saved)
	return nil
}
