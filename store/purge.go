package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"touyan/store/field"
	"touyan/store/vault"
)

var (
	// ErrNotVoid is a purge of a record that still counts.
	ErrNotVoid = errors.New("只有已作废的记录才能彻底清除，请先作废并写明原因")
	// ErrPurged is a change of a record that was purged.
	ErrPurged = errors.New("这条记录已彻底清除，不能再改")
)

// OpPurge is what the journal calls a purge.
const OpPurge = "彻底清除"

// Purged is what a purge took out.
type Purged struct {
	Records int      // the record and its lines
	Files   []string // names of sealed papers that nothing can open any more
}

// CompactError says that a purge is done, and that the file was not written anew
// after it: pages out of use still hold what was purged, until Compact succeeds,
// which is tried again whenever somebody comes in.
type CompactError struct{ Err error }

func (e *CompactError) Error() string { return "compact after a purge: " + e.Err.Error() }

func (e *CompactError) Unwrap() error { return e.Err }

// Purge takes what a voided record says out of the ledger for good (个人信息保护法
// 第四十七条): its cells and those of the records that are lines of it, papers and
// their keys among them, what the journal holds of them, and the reasons of
// operations on them alone; then the file is written anew, so that no page keeps
// any of it. What stays is that there was a record, that it was void, and who
// purged it when and why. Books that come later do not bring it back. Copies made
// before hold it until they are thinned.
//
// It takes a 负责人, who reads every class, and cannot be undone. ctx is heeded
// until the purge begins, and by the writing anew; of that alone a *CompactError
// tells.
func (db *DB) Purge(ctx context.Context, kind, id, why string, who Actor) (Purged, error) {
	if db.Locked() {
		return Purged{}, ErrLocked
	}
	if s := db.Session(); !s.Has(Lead) || slices.ContainsFunc(allClasses, func(c vault.Class) bool { return !s.Reads(field.Class(c)) }) {
		return Purged{}, ErrNoRight // also one who waits for a key: what he cannot read would stay
	}
	if err := ctx.Err(); err != nil {
		return Purged{}, err
	}
	var done Purged
	e := Entry{Op: OpPurge, Who: who, Why: why, Event: true}
	if _, err := db.do(e, func(tx *Tx) (err error) {
		done, err = tx.purge(kind, id)
		return err
	}); err != nil {
		return Purged{}, err
	}
	if err := db.Compact(ctx); err != nil {
		return done, &CompactError{err}
	}
	return done, nil
}

// Purging is what a purge of a record would take out: records, by kind, the
// record itself among them. It answers as Purge would where it would refuse.
func (tx *Tx) Purging(kind, id string) (map[string]int, error) {
	gone, err := tx.toPurge(kind, id)
	if err != nil {
		return nil, err
	}
	count := map[string]int{}
	for k := range gone {
		if tx.Canonical(k.id) == k.id {
			count[k.kind]++
		}
	}
	return count, nil
}

// toPurge collects what goes with a voided record.
func (tx *Tx) toPurge(kind, id string) (map[recordKey]bool, error) {
	id = tx.Canonical(id)
	row, ok, err := tx.Row(kind, id)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, ErrNoRecord
	case tx.purged(id):
		return nil, ErrPurged
	case row.Void == "":
		return nil, ErrNotVoid
	}
	gone := map[recordKey]bool{}
	return gone, tx.withLines(kind, id, gone)
}

func (tx *Tx) purge(kind, id string) (done Purged, err error) {
	gone, err := tx.toPurge(kind, id)
	if err != nil {
		return done, err
	}
	papers := map[string]bool{}
	for k := range gone {
		s, _, err := tx.ownState(k.kind, k.id)
		if err != nil {
			return done, err
		}
		tx.papersOf(k.kind, s, papers)
		row, _, err := tx.Row(k.kind, k.id)
		if err != nil {
			return done, err
		}
		if err := tx.empty(k, row.Void == ""); err != nil {
			return done, err
		}
	}
	tx.force, tx.op.Object = true, tx.kindLabel(kind)+" "+strconv.Itoa(len(gone))+" 条"
	tx.gone = slices.Collect(maps.Keys(gone))
	if err := tx.forget(gone, papers); err != nil {
		return done, err
	}
	done.Records = len(gone)
	done.Files, err = tx.dropPapers(papers)
	return done, err
}

func (tx *Tx) kindLabel(kind string) string {
	if k := tx.kinds.Kind(kind); k != nil {
		return k.Label
	}
	return kind
}

// withLines collects a record under all its ids, and the records that are lines
// of it.
func (tx *Tx) withLines(kind, id string, into map[recordKey]bool) error {
	for _, member := range tx.group(id) {
		into[recordKey{kind, member}] = true
	}
	links, err := tx.Referring(id)
	if err != nil {
		return err
	}
	for _, l := range links {
		if f := tx.kinds.Kind(l.Kind).Field(l.Field); f == nil || !f.Part || into[recordKey{l.Kind, l.ID}] {
			continue
		}
		if err := tx.withLines(l.Kind, l.ID, into); err != nil {
			return err
		}
	}
	return nil
}

// empty leaves of a record that it is void, and that it was purged. A line that
// still counted is voided so.
func (tx *Tx) empty(k recordKey, counts bool) error {
	old, there, err := tx.ownState(k.kind, k.id)
	if err != nil || !there {
		return err
	}
	key, err := idBytes(k.id)
	if err != nil {
		return err
	}
	left := State{}
	for _, name := range []string{VoidCell, SameCell} {
		if c, ok := old[name]; ok {
			left[name] = slices.Clone(c)
		}
	}
	for i := range left[VoidCell] {
		left[VoidCell][i].Was = ""
	}
	if counts {
		left[VoidCell] = Cell{tx.stamp(k.id, OpPurge)}
	}
	if err := tx.write(k.kind, k.id, key, left); err != nil {
		return err
	}
	if err := tx.index(k.kind, k.id, old, left); err != nil {
		return err
	}
	if err := tx.dropDraftsOf(k); err != nil {
		return err
	}
	delete(tx.made, k) // write noted it; a purge leaves no change to undo
	return tx.set("purged", key[:], nil)
}

// dropDraftsOf forgets what was typed about a record, in its form or in a step.
func (tx *Tx) dropDraftsOf(k recordKey) error {
	keys, err := tx.Drafts()
	if err != nil {
		return err
	}
	for _, key := range keys {
		if key == k.kind+"/"+k.id || strings.HasPrefix(key, k.kind+"/"+k.id+"/") {
			if err := tx.del("drafts", []byte(key)); err != nil {
				return err
			}
		}
	}
	return nil
}

// WasPurged reports whether a record was purged: nothing is left to see of it.
func (tx *Tx) WasPurged(id string) bool { return tx.purged(tx.Canonical(id)) }

// purged reports whether a record was purged.
func (tx *Tx) purged(id string) bool {
	key, err := idBytes(id)
	return err == nil && tx.has("purged", key[:])
}

// forget takes what the journal holds of records out of its blocks, and notes
// what it commits to instead. Papers they ever named are collected.
func (tx *Tx) forget(gone map[recordKey]bool, papers map[string]bool) error {
	type block struct {
		key  []byte
		list []change
	}
	var touched []block
	others := map[uint64]bool{} // operations on other records too
	c := tx.bolt.Bucket([]byte("changes")).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		list, err := tx.block(k, v)
		if err != nil {
			return err
		}
		hit := false
		for i := range list {
			if !gone[recordKey{list[i].kind, list[i].id}] {
				others[binary.BigEndian.Uint64(k)] = true
				continue
			}
			hit = true
			was, err := tx.stateBefore(&list[i])
			if err != nil {
				return err
			}
			tx.papersOf(list[i].kind, was, papers)
			list[i] = change{kind: list[i].kind, id: list[i].id, what: changed}
		}
		if hit {
			touched = append(touched, block{slices.Clone(k), list})
		}
	}
	told := map[uint64]bool{}
	for _, b := range touched {
		seq := binary.BigEndian.Uint64(b.key)
		if err := tx.layChanges(b.key, b.list); err != nil {
			return err
		}
		if others[seq] || told[seq] {
			continue
		}
		told[seq] = true
		if err := tx.forgetTail(seq); err != nil {
			return err
		}
	}
	return nil
}

// stateBefore are the cells a change found, as far as it kept them.
func (tx *Tx) stateBefore(c *change) (State, error) {
	if c.what != removed {
		return c.cells, nil
	}
	s, _, err := tx.db.names.unpack(c.packed)
	if err != nil {
		return nil, ErrDamaged
	}
	return s, nil
}

// Purges reports whether anything was ever purged here.
func (tx *Tx) Purges() (bool, error) {
	m, err := tx.sums()
	return err == nil && m.of("purged").count > 0, err
}

// Purged reports whether an operation changed nothing but what was purged since,
// so that there is nothing to take back.
func (tx *Tx) Purged(seq uint64) (bool, error) {
	if any, err := tx.Purges(); err != nil || !any {
		return false, err
	}
	some := false
	for c, err := range tx.changes(seq) {
		if err != nil {
			return false, noKey(err)
		}
		if !tx.purged(c.id) {
			return false, nil
		}
		some = true
	}
	return some, nil
}

// noKey leaves out that this session has no key for what was looked at.
func noKey(err error) error {
	if errors.Is(err, ErrNoRight) {
		return nil
	}
	return err
}

// layChanges writes a block anew.
func (tx *Tx) layChanges(key []byte, list []change) error {
	var s split
	for i := range list {
		if err := tx.packAgain(&s, i, &list[i]); err != nil {
			return err
		}
	}
	parts := s.parts()
	for i := range parts {
		var c commitment
		parts[i].plain, c = commit(parts[i].plain)
		c.Block, c.Class = binary.BigEndian.Uint32(key[8:])+1, parts[i].class
		tx.recommits = append(tx.recommits, recommitment{binary.BigEndian.Uint64(key), c})
	}
	return tx.putParts("changes", key, parts)
}

// packAgain packs a change that was read from a block.
func (tx *Tx) packAgain(s *split, i int, c *change) error {
	n := tx.db.names
	p := &s[field.Ordinary]
	if c.what == created {
		p.created(n, recordKey{c.kind, c.id}, [16]byte([]byte(c.digest)))
		return nil
	}
	class, err := tx.classes(c.kind, nil)
	if err != nil {
		return err
	}
	p.number(n.number(c.kind))
	p.text(c.id)
	p.number(uint64(c.what))
	if c.what == changed {
		n.packDiff(s, i, c.cells, nil, class)
		return nil
	}
	before, seq, err := n.unpack(c.packed)
	if err != nil {
		return ErrDamaged
	}
	n.packRemoved(s, i, before, seq, class)
	return nil
}

// forgetTail empties what an operation said beside its head.
func (tx *Tx) forgetTail(seq uint64) error {
	key := seqKey(seq)
	salted, err := tx.get("tails", key)
	if salted == nil || err != nil {
		return err
	}
	var t tail
	if len(salted) < saltBytes || json.Unmarshal(salted[saltBytes:], &t) != nil {
		return ErrDamaged
	}
	plain, err := json.Marshal(tail{Batch: t.Batch, Sent: t.Sent})
	if err != nil {
		return err
	}
	salted, c := commit(plain)
	c.Class = vault.Class(field.Ordinary)
	tx.recommits = append(tx.recommits, recommitment{seq, c})
	return tx.set("tails", key, salted)
}
