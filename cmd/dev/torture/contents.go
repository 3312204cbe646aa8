package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"touyan/store"
	"touyan/store/field"
	"touyan/store/pages"
	"touyan/store/paper"
	"touyan/store/record"
	"touyan/store/vault"
)

// digests tell one content of a ledger from another.
type digests struct {
	// exact is of all that can be read: rows, stamps, references, history,
	// journal, conflicts, drafts, settings, with every id and time.
	exact string
	// alike leaves out ids, times and stamps: two runs of the same steps agree
	// on it.
	alike string
}

// What the journal calls coming in, and that a copy was put back.
const (
	login    = "登录"
	restored = "恢复备份"
)

// absent is the exact digest of a ledger that is not there yet.
const absent = "-"

func options() store.Options {
	return store.Options{Kinds: record.Kinds(), Machine: "torture", Cost: vault.Floor}
}

// look opens a ledger, reads everything, has it verified and closes it. The
// error is what a person would be told.
func look(path string, alike bool) (d digests, err error) {
	db, err := enter(path)
	if err != nil {
		return d, err
	}
	defer func() {
		if e := db.Close(); err == nil {
			err = e
		}
	}()
	if found := db.Findings(); len(found) > 0 {
		return d, errFound{found[0]}
	}
	if d, err = read(db, alike); err != nil {
		return d, err
	}
	return d, verified(db)
}

// lookBack looks, as look does, into what a damaged ledger was before its last
// commit, where the program would offer that. ok is false where it would not, or
// what is there says of itself that it is damaged too.
func lookBack(path string, alike bool) (d digests, ok bool) {
	b, err := os.ReadFile(path)
	if err != nil {
		return d, false
	}
	file, size := bytes.NewReader(b), int64(len(b))
	if roots := pages.Roots(file); len(roots) == 0 || roots[0].Walk(file, size) == nil {
		return d, false
	}
	r, err := pages.Earlier(file, size)
	if err != nil {
		return d, false
	}
	before, err := io.ReadAll(r)
	if err != nil || os.WriteFile(path, before, 0o600) != nil {
		return d, false
	}
	d, err = look(path, alike)
	return d, err == nil
}

// enter opens a ledger, and logs in where it has users.
func enter(path string) (db *store.DB, err error) {
	if db, err = store.Open(path, options()); err != nil || !db.Locked() {
		return db, err
	}
	for _, u := range db.Users() {
		if u.Name == clerk.Name {
			err = db.Unlock(context.Background(), u.ID, password)
		}
	}
	if err == nil && db.Locked() {
		err = store.ErrNoUser
	}
	if err != nil {
		err = errors.Join(err, db.Close())
	}
	return db, err
}

// errPaper is a paper the ledger has and whose file is not whole.
type errPaper struct{ first *paper.FileError }

func (e errPaper) Error() string { return e.first.Error() }

// errFound is what coming in or verifying a ledger finds.
type errFound struct{ first store.Finding }

func (e errFound) Error() string { return e.first.String() }

func verified(db *store.DB) error {
	r, err := db.Verify(context.Background())
	if err == nil && !r.Good() {
		err = errFound{r.Findings[0]}
	}
	if err != nil {
		return err
	}
	papers, err := paper.Check(context.Background(), db, nil)
	if err == nil && len(papers.Wrong) > 0 {
		err = errPaper{papers.Wrong[0].Err}
	}
	return err
}

// read reads everything an open ledger holds. The digest of what is alike costs
// as much again and is made where it is asked for.
func read(db *store.DB, alike bool) (digests, error) {
	r := &reader{exact: sha256.New(), wanted: alike, origins: map[store.Dot]bool{}}
	r.json(db.Office(), db.Sample(), db.Title(), db.Users())
	for _, u := range db.Users() {
		r.line("user", u.Name, fmt.Sprint(u.Roles))
	}
	err := db.View(func(tx *store.Tx) error {
		r.tx = tx
		r.json(tx.Seq())
		for _, k := range db.Kinds() {
			if err := r.kind(k); err != nil {
				return err
			}
		}
		if err := r.journal(); err != nil {
			return err
		}
		return r.conflicts()
	})
	if err == nil {
		err = r.kept(db)
	}
	r.flush()
	d := digests{exact: hex.EncodeToString(r.exact.Sum(nil))}
	if alike {
		slices.Sort(r.alike)
		sum := sha256.Sum256([]byte(strings.Join(r.alike, "\n")))
		d.alike = hex.EncodeToString(sum[:])
	}
	return d, err
}

// reader goes through a ledger.
type reader struct {
	tx      *store.Tx
	exact   hash.Hash
	buffer  []byte // on its way into exact
	wanted  bool   // alike
	alike   []string
	origins map[store.Dot]bool // read already
	n       int                // records so far

	restored bool // noted already that a copy was put back
}

// put adds texts to the exact digest, so that no two lists are mixed up.
func (r *reader) put(texts ...string) {
	for _, s := range texts {
		r.buffer = append(binary.AppendUvarint(r.buffer, uint64(len(s))), s...)
	}
	if len(r.buffer) > 1<<14 {
		r.flush()
	}
}

func (r *reader) flush() {
	r.exact.Write(r.buffer)
	r.buffer = r.buffer[:0]
}

// json is put for values that are no texts.
func (r *reader) json(values ...any) {
	b, err := json.Marshal(values)
	if err != nil {
		panic(err) // nothing here is without a JSON form
	}
	r.put(string(b))
}

func (r *reader) line(parts ...string) {
	if r.wanted {
		r.alike = append(r.alike, strings.Join(parts, "|"))
	}
}

func (r *reader) kind(k *field.Kind) error {
	for row, err := range r.tx.EveryRow(k.Name) {
		if err != nil {
			return err
		}
		r.put(k.Name, row.ID, row.Void)
		r.put(row.Values...)
		if len(row.Extra) > 0 {
			r.json(row.Extra)
		}
		if r.wanted {
			r.row(k, row)
		}
		if err := r.record(k.Name, row.ID); err != nil {
			return err
		}
	}
	return nil
}

// row is a record as any run of the same steps has it: what it refers to by
// name.
func (r *reader) row(k *field.Kind, row field.Row) {
	parts := []string{k.Name, row.Void}
	for i := range k.Fields {
		value := row.Values[i]
		if k.Fields[i].Type == field.Ref {
			value = r.tx.Name(k.Fields[i].Target, value)
		}
		if k.Name == "paper" && k.Fields[i].Name == "content" {
			value = "" // an id
		}
		parts = append(parts, value)
	}
	r.line(parts...)
}

// record reads what the ledger knows of a record beside its values.
func (r *reader) record(kind, id string) error {
	state, _, err := r.tx.State(kind, id)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(state)) {
		for _, v := range state[name] {
			r.put(name, v.Value, v.Was, string(v.Stamp()))
			if err := r.origin(v.Dot); err != nil {
				return err
			}
		}
	}
	links, err := r.tx.Referring(id)
	if err != nil {
		return err
	}
	written, err := r.tx.Written(kind, id)
	if err != nil {
		return err
	}
	for _, l := range links {
		r.put(fmt.Sprint(l))
	}
	r.put(strconv.FormatUint(written, 10))
	r.put(r.tx.Aliases(id)...)
	if r.n++; r.n%16 != 0 {
		return nil // the journal is read once as a whole, and by records for some
	}
	for past, err := range r.tx.History(kind, id) {
		if err != nil {
			return err
		}
		r.json(past)
	}
	return nil
}

func (r *reader) origin(d store.Dot) error {
	if r.origins[d] {
		return nil
	}
	r.origins[d] = true
	o, err := r.tx.Origin(d)
	r.json(o)
	return err
}

func (r *reader) journal() error {
	for e, err := range r.tx.Journal() {
		if err != nil {
			return err
		}
		changes, err := r.tx.Changes(e.Seq)
		if err != nil {
			return err
		}
		r.json(e, changes)
		touched := map[string]int{}
		for _, c := range changes {
			touched[fmt.Sprint(c.Kind, c.Created)]++
		}
		if e.Op == login {
			continue // how often one had to come in is no matter of the work
		}
		if e.Op == restored {
			// The copy's name is its minute; a power cut while the ledger is
			// opened for the first time since has it noted twice.
			if e.Object = ""; r.restored {
				continue
			}
			r.restored = true
		}
		line := fmt.Sprint(e.Op, e.Object, e.Why, e.Undid > 0, touched, e.Sent != nil)
		if b := e.Batch; b != nil {
			line += fmt.Sprint(b.Book, b.Rows, b.New, b.Updated, b.Same, b.Refused)
		}
		r.line("journal", line)
	}
	return nil
}

func (r *reader) conflicts() error {
	open, err := r.tx.Conflicts()
	if err != nil {
		return err
	}
	for _, c := range open {
		r.json(c)
		var values []string
		for _, v := range c.Versions {
			values = append(values, v.Value)
		}
		slices.Sort(values)
		r.line("conflict", r.tx.Name(c.Kind, c.Record), c.Field, strings.Join(values, "/"))
	}
	var note string
	if err := r.tx.Setting(settingName, &note); err != nil {
		return err
	}
	r.put(note)
	r.line("setting", note)
	return nil
}

// kept reads the drafts.
func (r *reader) kept(db *store.DB) error {
	keys, err := db.Drafts()
	if err != nil {
		return err
	}
	for _, key := range keys {
		var text string
		if _, err := db.Draft(key, &text); err != nil {
			return err
		}
		r.put(key, text)
		r.line("draft", key, text)
	}
	return nil
}
