package store

import (
	"errors"
	"fmt"
	"slices"

	"touyan/store/vault"
)

// OpApprove is the operation by which a 负责人 approves a batch.
const OpApprove = "审核"

// soleLead stands in the journal where somebody approved what he did himself,
// for there was nobody else.
const soleLead = "本人经办，本单位只有一名负责人"

var (
	// ErrApproved is a batch approved before.
	ErrApproved = errors.New("这一批已经审核过了")
	// ErrOwnBatch is a batch approved by who took it in.
	ErrOwnBatch = errors.New("自己经办的批次要由别的负责人审核，请他登录后办理")
	// ErrNotLead is an approval by somebody else than a 负责人.
	ErrNotLead = errors.New("审核要由负责人办理，请他登录后再审核")
)

// Approve makes the operation the approval of a batch, as an event of the
// journal: nothing in it can be taken back. It takes a 负责人 who did not take
// the batch in himself, unless he is the only one; the journal then says so.
func (tx *Tx) Approve(seq uint64) error {
	e, there, err := tx.Entry(seq)
	if err != nil {
		return err
	}
	s := tx.db.Session()
	switch {
	case s.User == "":
		return ErrOpen
	case !s.Has(Lead):
		return ErrNotLead
	case !there || e.Batch == nil:
		return ErrNoBatch
	}
	if by, err := tx.Undone(seq); err != nil || by > 0 {
		return errors.Join(err, ErrUndone)
	}
	approved, err := tx.Approvals()
	if err != nil {
		return err
	}
	if _, again := approved[seq]; again {
		return ErrApproved
	}
	object := approvalOf(seq)
	if e.Who.Name == s.Name {
		if tx.db.anotherLead(s.User) {
			return ErrOwnBatch
		}
		object += "（" + soleLead + "）"
	}
	tx.op.Event, tx.op.Object, tx.force = true, object, true
	return nil
}

func approvalOf(seq uint64) string { return fmt.Sprintf("B%d", seq) }

// anotherLead reports whether somebody else could have approved.
func (db *DB) anotherLead(user string) bool {
	return slices.ContainsFunc(db.Users(), func(u User) bool { return u.ID != user && slices.Contains(u.Roles, Lead) })
}

// MayApprove tells why who is in may not approve a batch taken in by somebody,
// nil if he may.
func (db *DB) MayApprove(by string) error {
	s := db.Session()
	switch {
	case s.User == "":
		return ErrOpen
	case !s.Has(Lead):
		return ErrNotLead
	case s.By == vault.Password && by == s.Name && db.anotherLead(s.User):
		return ErrOwnBatch
	}
	return nil
}

// Approvals are the batches approved, each with the entry that did.
func (tx *Tx) Approvals() (map[uint64]Entry, error) {
	approved := map[uint64]Entry{}
	for e, err := range tx.Journal() {
		if err != nil {
			return nil, err
		}
		if seq, is := e.Approves(); is {
			approved[seq] = e
		}
	}
	return approved, nil
}

// Approves tells which batch an entry approves, if it does.
func (e *Entry) Approves() (seq uint64, is bool) {
	if !e.Event || e.Op != OpApprove {
		return 0, false
	}
	_, err := fmt.Sscanf(e.Object, "B%d", &seq)
	return seq, err == nil
}

// Count is how many records the ledger holds, for whoever wants to know how long
// a pass over them takes. It needs no key of theirs.
func (tx *Tx) Count() int {
	n := 0
	for _, k := range tx.Kinds() {
		if b := tx.bolt.Bucket([]byte(recordBucket(k.Name))); b != nil {
			n += b.Stats().KeyN
		}
	}
	return n
}
