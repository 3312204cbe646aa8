package store

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"touyan/store/field"
)

// Outcome says what taking in another ledger's record did.
type Outcome struct {
	New     bool // the ledger had never heard of the record
	Updated bool // at least one cell now shows another value
	Changed bool // something is held that was not before, be it only a stamp
}

// JoinState takes in what another ledger, or a book, holds of a record. Cells
// the ledger knows better keep their value. Taking in the same twice changes
// nothing.
func (tx *Tx) JoinState(kind, id string, in State) (Outcome, error) {
	merged, out, err := tx.join(kind, id, in)
	if err != nil {
		return out, err
	}
	for _, id := range slices.Sorted(maps.Keys(merged)) {
		if err := tx.put(kind, id, merged[id]); err != nil {
			return out, err
		}
	}
	return out, nil
}

// TryJoin tells what JoinState would do, and writes nothing.
func (tx *Tx) TryJoin(kind, id string, in State) (Outcome, error) {
	_, out, err := tx.join(kind, id, in)
	return out, err
}

// joining is one record being taken in, spread over the ids it has here.
type joining struct {
	tx       *Tx
	kind, id string
	own      map[string]State // what lies under each id
	changed  map[string]State
}

// join returns what lies under the ids whose cells change.
func (tx *Tx) join(kind, id string, in State) (changed map[string]State, out Outcome, err error) {
	if tx.purged(id) {
		return nil, out, nil // it stays purged, whatever others still send
	}
	before, known, err := tx.State(kind, id)
	if err != nil {
		return nil, out, err
	}
	j := joining{tx, kind, id, map[string]State{}, map[string]State{}}
	if out.New = !known; out.New {
		j.changed[id] = State{}
	}
	office := tx.Office().Code
	for name, cell := range in {
		cell = cell.In(id)
		news, err := j.take(name, cell)
		if err != nil {
			return nil, out, err
		}
		if !news {
			continue
		}
		owner := tx.owner(kind, name)
		was := before[name]
		if ownCell(name) {
			was = j.own[id][name]
		} else if cell, err = tx.speaking(kind, id, name, cell); err != nil {
			return nil, out, err
		}
		now := was.Join(cell, owner)
		out.Updated = out.Updated || known && now.Value(owner, office) != was.Value(owner, office)
	}
	out.Changed = len(j.changed) > 0
	return j.changed, out, nil
}

// take lays each version with the record it was written in, if that one is
// known to be the same: then it is there when the two are taken apart.
func (j *joining) take(name string, cell Cell) (news bool, err error) {
	parts := map[string]Cell{}
	for _, v := range cell {
		at := j.id
		if !ownCell(name) && j.tx.Canonical(v.Record) == j.tx.Canonical(at) {
			at = v.Record
		}
		parts[at] = append(parts[at], v)
	}
	for at, part := range parts {
		if j.own[at] == nil {
			own, _, err := j.tx.ownState(j.kind, at)
			if err != nil {
				return false, err
			}
			j.own[at] = own
		}
		joined := j.own[at][name].Join(part, j.tx.owner(j.kind, name))
		if sameCell(joined, j.own[at][name]) {
			continue
		}
		if j.changed[at] == nil {
			j.changed[at] = maps.Clone(j.own[at])
		}
		if j.changed[at] == nil {
			j.changed[at] = State{}
		}
		j.changed[at][name], news = joined, true
	}
	return news, nil
}

func sameCell(a, b Cell) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Value != b[i].Value || !sameStamp(&a[i], &b[i]) {
			return false
		}
	}
	return true
}

// Conflict is one cell whose versions differ and nobody has chosen yet.
type Conflict struct {
	ID       string // eight symbols, for naming it in a command
	Kind     string
	Record   string
	Field    string
	Shown    Version
	Versions Cell // all standing versions
}

// inConflict reports whether standing versions of a cell say different things:
// two references to records found to be one say the same.
func (tx *Tx) inConflict(kind, name string, c Cell) bool {
	owner := tx.owner(kind, name)
	if name == SameCell || !c.Conflict(owner) {
		return false // what is found to be one is one with all it was found to be
	}
	k := tx.kinds.Kind(kind)
	if f := k.Field(name); f == nil || f.Type != field.Ref || len(tx.aliases) == 0 {
		return true
	}
	c = slices.Clone(c)
	for i := range c {
		c[i].Value = tx.Canonical(c[i].Value)
	}
	return c.Conflict(owner)
}

// ConflictIn is the conflict there would be if a record held this cell; ok is
// false if there would be none.
func (tx *Tx) ConflictIn(kind, id, name string, c Cell) (conflict Conflict, ok bool) {
	if !tx.inConflict(kind, name, c) {
		return Conflict{}, false
	}
	owner := tx.owner(kind, name)
	return Conflict{
		ID: ConflictID(kind, id, name), Kind: kind, Record: id, Field: name,
		Shown: *c.Shown(owner, tx.Office().Code), Versions: c.Standing(owner),
	}, true
}

// Conflict returns the open conflict of a cell; ok is false if there is none.
func (tx *Tx) Conflict(kind, id, name string) (conflict Conflict, ok bool, err error) {
	id = tx.Canonical(id)
	s, _, err := tx.State(kind, id)
	if err != nil {
		return Conflict{}, false, err
	}
	conflict, ok = tx.ConflictIn(kind, id, name, s[name])
	return conflict, ok, nil
}

// Conflicts lists the open conflicts, grouped by record.
func (tx *Tx) Conflicts() ([]Conflict, error) {
	var out []Conflict
	c := tx.bolt.Bucket([]byte("conflicts")).Cursor()
	for key, v := c.First(); key != nil; key, v = c.Next() {
		if _, err := tx.open("conflicts", key, v); err != nil || len(key) != 24 {
			return nil, ErrDamaged
		}
		kind := tx.db.names.name(uint64(binary.BigEndian.Uint32(key)))
		id := idText([16]byte(key[4:20]))
		name := tx.db.names.name(uint64(binary.BigEndian.Uint32(key[20:])))
		if tx.Canonical(id) != id || tx.kinds.Kind(kind) == nil { // a kind of a newer program
			continue
		}
		open, ok, err := tx.Conflict(kind, id, name)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, open)
		}
	}
	return out, nil
}

// ConflictID names the conflict of a cell.
func ConflictID(kind, id, name string) string {
	sum := Digest("conflict", kind, id, name)
	return hex.EncodeToString(sum[:4])
}

// Origin is where a writing came from, for people.
type Origin struct {
	Who  string    `json:"who,omitempty"`
	At   time.Time `json:"at"`
	Book string    `json:"book,omitempty"` // name of the book it was edited in
	Why  string    `json:"why,omitempty"`  // reason of a decision
	Name string    `json:"name,omitempty"` // of the office
}

// Origin tells who wrote under a dot, zero if the ledger was never told.
func (tx *Tx) Origin(d Dot) (Origin, error) {
	if tx.Mine(d) {
		e, ok, err := tx.Entry(d.Counter)
		if !ok || err != nil {
			return Origin{}, err
		}
		return Origin{Who: e.Who.Name, At: e.At, Why: e.Why, Name: tx.Office().Name}, nil
	}
	key := originKey(d)
	plain, err := tx.get("origins", key)
	if plain == nil || err != nil {
		return Origin{}, err
	}
	var o Origin
	err = json.Unmarshal(plain, &o)
	return o, err
}

// NoteOrigin keeps where a foreign writing came from. The first note stands.
func (tx *Tx) NoteOrigin(d Dot, o Origin) error {
	key := originKey(d)
	if tx.has("origins", key) || tx.Mine(d) {
		return nil
	}
	plain, err := json.Marshal(o)
	if err != nil {
		return err
	}
	return tx.set("origins", key, plain)
}

func originKey(d Dot) []byte { return binary.BigEndian.AppendUint64([]byte(d.Ledger), d.Counter) }

// mine lists the ids this file has written under, as bytes.
func (db *DB) mine() []string {
	db.mu.RLock()
	defer db.mu.RUnlock()
	out := make([]string, 0, len(db.meta.Mine))
	for _, m := range db.meta.Mine {
		if id, err := hex.DecodeString(m); err == nil {
			out = append(out, string(id))
		}
	}
	return out
}

// Mine reports whether this ledger issued a dot, under any of its ids.
func (tx *Tx) Mine(d Dot) bool { return slices.Contains(tx.db.mine(), d.Ledger) }

// Ledger is the present id of the ledger, eight bytes.
func (tx *Tx) Ledger() string { return tx.ledger() }
