package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"touyan/store/field"

	"go.etcd.io/bbolt"
)

// Actor is who does an operation.
type Actor struct {
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
}

// Do runs a named operation in one transaction: all of f's changes and their
// journal entry, or nothing. name is in office words (任命, 导入); it is what
// the journal and 撤销 show.
//
// An error of f rolls everything back. After a failed commit the
// file is opened anew: if the operation is in it, it counts as done and its
// Event says so; ErrUnsaved means it is not; ErrUncertain that the file could
// not be opened, see Settle.
func (db *DB) Do(name string, who Actor, f func(*Tx) error) error {
	_, err := db.do(Entry{Op: name, Who: who}, f)
	return err
}

func (db *DB) do(e Entry, f func(*Tx) error) (Entry, error) {
	e, done, err := db.alone(e, f)
	db.tell(done)
	return e, err
}

func (db *DB) alone(e Entry, f func(*Tx) error) (Entry, *Tx, error) {
	db.writing.Lock()
	defer db.writing.Unlock()
	return db.commit(e, f)
}

// commit is one operation, run by whoever holds db.writing. done is nil unless
// the file holds it; then the watchers are to be told, once others may write.
func (db *DB) commit(e Entry, f func(*Tx) error) (_ Entry, done *Tx, err error) {
	return db.commitStaged(e, func(tx *Tx) error {
		if tx.left() {
			if err := tx.discardStaged(); err != nil {
				return err
			}
		}
		return f(tx)
	})
}

// commitStaged is commit for a batch, whose records lie in the file already.
func (db *DB) commitStaged(e Entry, f func(*Tx) error) (_ Entry, done *Tx, err error) {
	if err := db.usable(); err != nil {
		return e, nil, err
	}
	err = db.write(func(b *bbolt.Tx) error {
		tx, err := db.begin(b)
		if err != nil {
			return refused{err}
		}
		e.Seq, e.At = tx.visible+1, db.now()
		if !e.unmanned {
			e.Who = db.actor(e.Who)
		}
		tx.start(&e)
		if err := f(tx); err != nil {
			return refused{err}
		}
		if err := tx.guardPapers(); err != nil {
			return refused{err}
		}
		if len(tx.order) == 0 && !tx.force {
			return refused{nil}
		}
		done = tx
		return tx.finish()
	})
	var r refused
	if errors.As(err, &r) {
		return e, nil, r.error
	}
	if err != nil {
		return db.settle(e, done, err)
	}
	db.publish(done)
	return e, done, nil
}

// start makes the transaction one that writes.
func (tx *Tx) start(e *Entry) {
	tx.op, tx.before, tx.made = e, map[recordKey]string{}, map[recordKey][16]byte{}
}

// refused carries f's own error past the transaction, or nil for an operation
// that changed nothing.
type refused struct{ error }

func (r refused) Error() string {
	if r.error == nil {
		return "nothing to write"
	}
	return r.error.Error()
}

// finish writes the journal, the ledger's own pages and the manifest.
func (tx *Tx) finish() error {
	m, err := tx.readMeta()
	if err != nil {
		return err
	}
	if err := tx.writeChanges(tx.firstBlock); err != nil {
		return err
	}
	if err := tx.writeEntry(&m); err != nil {
		return err
	}
	if tx.names, err = tx.db.names.save(&tx.file); err != nil {
		return err
	}
	tx.db.mu.RLock()
	m.Office, m.Sample = tx.db.meta.Office, tx.db.meta.Sample
	tx.db.mu.RUnlock()
	m.Visible = tx.op.Seq
	if !tx.op.Event || len(tx.gone) > 0 {
		m.Worked = tx.op.Seq
	}
	m.Due = m.Due || len(tx.gone) > 0
	if tx.header != nil {
		err = tx.writeHeader(tx.header, &m)
	} else {
		err = m.write(&tx.file)
	}
	if err != nil {
		return err
	}
	tx.meta = m
	if err := tx.define(); err != nil {
		return err
	}
	return tx.file.finish()
}

// publish makes a committed operation known inside the program.
func (db *DB) publish(tx *Tx) {
	db.names.keep(tx.names)
	db.mu.Lock()
	defer db.mu.Unlock()
	db.aliases = tx.aliases
	kinds := tx.kinds // not by way of tx, whose changes would stay in memory
	db.kinds.Store(&kinds)
	m := &tx.meta
	db.meta.Visible, db.meta.Worked, db.meta.Tree, db.meta.Last, db.meta.Generation, db.meta.Due = m.Visible, m.Worked, m.Tree, m.Last, m.Generation, m.Due
}

// tell calls the watchers. They may write in their turn.
func (db *DB) tell(tx *Tx) {
	if tx == nil {
		return
	}
	e := Event{Op: tx.op.Op, Seq: tx.op.Seq, Kinds: map[string]bool{}, Settled: tx.settled}
	for _, k := range slices.Concat(tx.order, tx.gone) {
		e.Kinds[k.kind] = true
	}
	db.announce(e)
}

// announce calls the watchers.
func (db *DB) announce(e Event) {
	db.mu.RLock()
	watch := slices.Clone(db.watch)
	db.mu.RUnlock()
	for _, f := range watch {
		f(e)
	}
}

// stamp is the version this operation writes into a record.
func (tx *Tx) stamp(id, value string) Version {
	o := tx.Office()
	return Version{Dot: Dot{tx.ledger(), tx.op.Seq}, Record: id, Value: value, Level: o.Level, Office: o.Code}
}

func (tx *Tx) ledger() string {
	tx.db.mu.RLock()
	defer tx.db.mu.RUnlock()
	return tx.db.meta.ledger()
}

// Put stores a record. One without id is new and gets an id; of one with an
// id, the cells that differ from what the ledger shows are written.
func (tx *Tx) Put(rec field.Record) error {
	k, err := tx.kindOf(rec)
	if err != nil {
		return err
	}
	row := k.Take(rec)
	row.Values = row.Values[:k.Bound()] // it says nothing of what an office added
	id, err := tx.PutRow(k.Name, row)
	if err == nil {
		rec.Header().ID = id
	}
	return err
}

// PutRow is Put for a row. It returns the record's id. A row with an id the
// ledger does not hold is new under that id.
func (tx *Tx) PutRow(kind string, row field.Row) (string, error) {
	k, err := tx.kind(kind)
	if err != nil {
		return "", err
	}
	if row.ID == "" {
		row.ID = tx.db.ids.New(tx.db.now())
		return row.ID, tx.put(kind, row.ID, tx.fresh(k, row))
	}
	id := tx.Canonical(row.ID)
	s, ok, err := tx.State(kind, id)
	if err != nil {
		return "", err
	}
	if !ok {
		row.ID = id
		return id, tx.put(kind, id, tx.fresh(k, row))
	}
	own, err := tx.ownOrNew(kind, id)
	if err != nil {
		return "", err
	}
	changed := false
	for name, value := range cellsOf(k, row) {
		changed = tx.setCell(k, id, s, own, name, value) || changed
	}
	if !changed {
		return id, nil
	}
	return id, tx.put(kind, id, own)
}

// ownOrNew is what lies under exactly this id, for writing into: what a record
// shows comes from its aliases too, and must not be copied out of them, or
// taking back that they are one could not part them again.
func (tx *Tx) ownOrNew(kind, id string) (State, error) {
	own, _, err := tx.ownState(kind, id)
	if own == nil {
		own = State{}
	}
	return own, err
}

func cellsOf(k *field.Kind, row field.Row) map[string]string {
	out := maps.Clone(row.Extra)
	if out == nil {
		out = make(map[string]string, len(row.Values))
	}
	for i, v := range row.Values {
		out[k.Fields[i].Name] = v
	}
	out[VoidCell] = row.Void
	return out
}

// fresh is the state of a record created by this operation.
func (tx *Tx) fresh(k *field.Kind, row field.Row) State {
	s := State{}
	for name, value := range cellsOf(k, row) {
		if value != "" {
			s[name] = Cell{tx.stamp(row.ID, value)}
		}
	}
	return s
}

// create writes a row as a new record, without the detours of put: nothing was
// there before, and no cell of it can be in conflict.
func (tx *Tx) create(k *field.Kind, row field.Row) error {
	key, err := idBytes(row.ID)
	if err != nil {
		return err
	}
	bucket := recordBucket(k.Name)
	if tx.has(bucket, key[:]) || len(row.Extra) > 0 || row.Void != "" {
		return tx.put(k.Name, row.ID, tx.fresh(k, row))
	}
	birth := tx.stamp("", "")
	parts := tx.db.names.packRow(k, row, &birth).parts()
	if err := tx.putParts(bucket, key[:], parts); err != nil {
		return err
	}
	at := recordKey{k.Name, row.ID}
	tx.before[at] = ""
	tx.made[at] = createdDigest(parts[0].plain)
	tx.order = append(tx.order, at)
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Type != field.Ref || row.Values[i] == "" {
			continue
		}
		if key, ok := tx.refKey(row.Values[i], f.Name, k.Name, row.ID); ok {
			if err := tx.set("refs", key, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// setCell writes a value into a record's own cells over what the ledger shows,
// knowing of just that: if the cell was in conflict, it stays so with the
// versions nobody looked at.
func (tx *Tx) setCell(k *field.Kind, id string, shown, own State, name, value string) bool {
	owner, office := tx.owner(k.Name, name), tx.Office().Code
	was := shown[name].Value(owner, office)
	if was == value || tx.sameRef(k, name, was, value) {
		return false
	}
	v := tx.stamp(id, value)
	v.Was = was
	v.Knew = shown[name].seen(owner, office).Known()
	own[name] = tx.replace(own[name], v, owner)
	return true
}

// sameRef reports whether two values refer to what is now one record: a reader
// is shown the canonical id, and putting that back is no change.
func (tx *Tx) sameRef(k *field.Kind, name, a, b string) bool {
	i := k.Index(name)
	return i >= 0 && k.Fields[i].Type == field.Ref && tx.Canonical(a) == tx.Canonical(b)
}

// replace joins a version of this operation into a cell. What the same
// operation wrote there before gives way.
func (tx *Tx) replace(old Cell, v Version, owner field.Level) Cell {
	me := v.writing()
	rest := old.keep(func(w *Version) bool { return w.writing() != me })
	for i := range old {
		if old[i].writing() == me {
			v.Was = old[i].Was
			v.Knew = v.Knew.With(old[i].Knew...)
		}
	}
	v.Knew = slices.DeleteFunc(v.Knew, func(w Writing) bool { return w == me })
	return rest.Join(Cell{v}, owner)
}

// Void marks a record as no longer counting, with the reason (作废).
func (tx *Tx) Void(kind, id, why string) error {
	k, err := tx.kind(kind)
	if err != nil {
		return err
	}
	id = tx.Canonical(id)
	s, ok, err := tx.State(kind, id)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("%s：%w", k.Label, ErrNoRecord)
	}
	own, err := tx.ownOrNew(kind, id)
	if err != nil || !tx.setCell(k, id, s, own, VoidCell, why) {
		return err
	}
	return tx.put(kind, id, own)
}

// Decide settles a cell with a value that knows every version held.
func (tx *Tx) Decide(kind, id, name, value string) error {
	id = tx.Canonical(id)
	s, ok, err := tx.State(kind, id)
	if err != nil {
		return err
	}
	if !ok {
		return ErrNoRecord
	}
	own, err := tx.ownOrNew(kind, id)
	if err != nil {
		return err
	}
	owner := tx.owner(kind, name)
	v := tx.stamp(id, value)
	v.Was = s[name].Value(owner, tx.Office().Code)
	v.Knew = s[name].Known()
	v.Decision = true
	own[name] = tx.replace(own[name], v, owner)
	return tx.put(kind, id, own)
}
