package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"touyan/store/field"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
	"golang.org/x/mod/sumdb/tlog"
)

// Damage is a class of what Verify finds, in words.
type Damage string

// What can be wrong with a ledger that opens.
const (
	Altered   Damage = "内容被改动或损坏"  // a value is not what was sealed in its place
	Lost      Damage = "内容缺失或多出"   // the manifest counts others than there are
	Unheld    Damage = "留痕对不上"     // a journal's entry does not match what it commits to
	Broken    Damage = "留痕被改动"     // the heads are not those the ledger noted
	Rollback  Damage = "台账退回到旧版本"  // others remember a longer journal
	Rewritten Damage = "留痕被改写"     // others remember another journal
	Torn      Damage = "文件开头有一页损坏" // it told of the last save, or of the one before
)

// Finding is one thing that is wrong with a ledger.
type Finding struct {
	What  Damage
	Where string // in words
}

func (f Finding) String() string { return string(f.What) + "：" + f.Where }

// Report is what Verify looked at and found.
type Report struct {
	Values   int  // sealed values
	Records  int  // of all kinds
	Entries  int  // of the journal
	Hidden   int  // parts of values this session has no key for: their digests were checked
	Head     Head // of the journal
	Findings []Finding

	tell     func(done, total int64) // how many values were looked at; may be nil
	expected int64                   // of them
}

// Good reports whether nothing is wrong.
func (r *Report) Good() bool { return len(r.Findings) == 0 }

const findingsLimit = 50 // after that many the file is bad enough

func (r *Report) find(what Damage, format string, args ...any) {
	if len(r.Findings) < findingsLimit {
		r.Findings = append(r.Findings, Finding{what, fmt.Sprintf(format, args...)})
	}
}

// Verify looks at every value of the ledger as it is on disk: that each is what
// was sealed in its place, that none is missing, doubled or an older one, that
// the journal's heads are those the ledger noted, and that each entry matches
// what it commits to. Values of classes the session has no key for are checked by
// their digests. The error is ctx's, or a fault of the disk.
func (db *DB) Verify(ctx context.Context) (*Report, error) { return db.VerifyTelling(ctx, nil) }

// VerifyTelling is Verify that tells how many of the values it has looked at;
// tell may be nil.
func (db *DB) VerifyTelling(ctx context.Context, tell func(done, total int64)) (*Report, error) {
	r := &Report{tell: tell}
	err := db.View(func(tx *Tx) error { return tx.verify(ctx, r) })
	if errors.Is(err, ErrDamaged) {
		r.find(Altered, "有一处读不下去")
		return r, nil
	}
	return r, err
}

// VerifyCopy is Verify for a copy of this ledger, with this session's keys. The
// copy is not written to. Lock waits for it.
func (db *DB) VerifyCopy(ctx context.Context, path string) (*Report, error) {
	db.reading.enter()
	defer db.reading.leave()
	db.mu.RLock()
	ring := db.ring
	db.mu.RUnlock()
	if ring == nil {
		return nil, ErrLocked
	}
	return db.verifyFile(ctx, path, ring)
}

// verifyFile looks at another file of this ledger with a ring of its own.
func (db *DB) verifyFile(ctx context.Context, path string, ring *vault.Ring) (*Report, error) {
	r := &Report{}
	err := guard(path, func() error {
		b, _, err := openBolt(path, bbolt.Options{ReadOnly: true})
		if err != nil {
			return err
		}
		defer b.Close()
		return b.View(func(bolt *bbolt.Tx) error {
			f := file{bolt: bolt, ring: ring}
			m, err := f.readMeta()
			if err != nil {
				return err
			}
			names, err := f.loadNames()
			if err != nil {
				return err
			}
			other := &DB{path: path, names: names, meta: m}
			tx := &Tx{file: f, db: other, kinds: db.Kinds(), visible: m.Visible, layouts: map[string][]int{}}
			return tx.verify(ctx, r)
		})
	})
	return r, err
}

func (tx *Tx) verify(ctx context.Context, r *Report) error {
	want, err := tx.sums()
	if err != nil {
		r.find(Altered, "清点表")
		return nil
	}
	have := manifest{}
	for _, w := range want {
		r.expected += int64(w.count)
	}
	err = tx.bolt.ForEach(func(name []byte, b *bbolt.Bucket) error {
		if b == nil || !sealedBucket(string(name)) {
			return nil
		}
		return tx.verifyBucket(ctx, string(name), b, want.of(string(name)).count, have, r)
	})
	if err != nil {
		return err
	}
	for name, w := range want {
		if h := have.of(name); *h != *w {
			r.find(Lost, "%s：应有 %d 项，实有 %d 项", tx.bucketWords(name), w.count, h.count)
		}
	}
	tx.verifyHeaders(r)
	return tx.verifyJournal(ctx, r)
}

// bucketWords names a bucket for people.
func (tx *Tx) bucketWords(name string) string {
	if kind, ok := strings.CutPrefix(name, "r:"); ok {
		if k := tx.kinds.Kind(kind); k != nil {
			return "“" + k.Label + "”记录"
		}
		return "新版本的记录"
	}
	switch name {
	case "heads", "tails", "changes":
		return "留痕"
	case "drafts":
		return "草稿"
	}
	return "台账索引"
}

func (tx *Tx) verifyBucket(ctx context.Context, name string, b *bbolt.Bucket, expected uint64, have manifest, r *Report) error {
	bad, astray := 0, 0
	seen := uint64(0)
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if seen++; seen > 2*expected+1000 {
			r.find(Altered, "%s：文件结构损坏，读不到头", tx.bucketWords(name))
			return nil // pages that lead in a circle
		}
		if seen%256 == 0 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if r.tell != nil {
				r.tell(int64(r.Values), r.expected)
			}
		}
		have.add(name, tx.digest(name, k, v))
		r.Values++
		if !bytes.Equal(b.Get(k), v) {
			astray++ // a page above leads elsewhere: it is there, and nobody who asks for it finds it
		}
		if name != "heads" && !tx.whole(name, k, v, r) { // heads are opened with the journal
			bad++
		}
	}
	if isRecords(name) {
		r.Records += int(seen)
	}
	if bad > 0 {
		r.find(Altered, "%s：%d 项", tx.bucketWords(name), bad)
	}
	if astray > 0 {
		r.find(Lost, "%s：%d 项查不到", tx.bucketWords(name), astray)
	}
	return nil
}

// whole reports whether a value is what was sealed in its place, as far as this
// session's keys reach.
func (tx *Tx) whole(name string, key, value []byte, r *Report) bool {
	if !isRecords(name) && name != "changes" {
		_, err := tx.open(name, key, value)
		if err == ErrNoRight {
			r.Hidden++
		}
		return err == nil || err == ErrNoRight
	}
	parts, err := tx.openParts(name, key, value)
	if err != nil {
		return false
	}
	hidden := 0
	for _, p := range parts {
		if p.sealed != nil {
			hidden++
		}
	}
	r.Hidden += hidden
	if parts[0].sealed != nil {
		return true
	}
	if name == "changes" {
		_, err := tx.db.names.unpackChanges(parts)
		return err == nil
	}
	_, _, err = visitCells(joined(parts), func(uint64, string, Cell) {})
	return err == nil
}

// verifyHeaders holds both copies of the header against the ledger's own page.
func (tx *Tx) verifyHeaders(r *Report) {
	m, err := tx.readMeta()
	if err != nil {
		r.find(Altered, "台账首页")
		return
	}
	for i, name := range []string{headerBucket, secondBucket} {
		b := tx.bolt.Bucket([]byte(name))
		var h *vault.Header
		if b != nil {
			h, err = vault.Decode(b.Get([]byte(headerKey)))
		}
		if h == nil || err != nil || h.Written(tx.ring) != nil || h.Generation != m.Generation {
			r.find(Altered, "用户名册第 %d 份", i+1)
		}
	}
}

// verifyJournal holds the heads against the tree, and what they commit to
// against the heads.
func (tx *Tx) verifyJournal(ctx context.Context, r *Report) error {
	m, err := tx.readMeta()
	if err != nil {
		return nil // told already
	}
	if r.Head, err = tx.Head(); err != nil {
		return err
	}
	var t tree
	instead, err := tx.recommitted()
	if err != nil {
		return nil // told by its bucket
	}
	c := tx.bolt.Bucket([]byte("heads")).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if t.Size%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		plain, err := tx.open("heads", k, v)
		if err != nil || t.Size >= m.Visible || !bytes.Equal(k, seqKey(t.Size+1)) {
			break
		}
		t.add(tlog.RecordHash(plain))
		if h, err := holding(plain); err != nil || !tx.keeps(h, instead) {
			r.find(Unheld, "第 %d 条", t.Size)
		}
	}
	r.Entries = int(t.Size)
	if t.root() != m.Tree.root() || m.Tree.Size != m.Visible || t.Size != m.Tree.Size {
		r.find(Broken, "第 %d 条之后", t.Size)
	}
	return nil
}

// holding reads a head that commits to something, nil for one that does not:
// most heads of a ledger do, most of a long journal's logins and prints do not.
func holding(plain []byte) (*head, error) {
	if !bytes.Contains(plain, []byte(`"holds":`)) {
		return nil, nil
	}
	var h head
	err := json.Unmarshal(plain, &h)
	return &h, err
}

// recommitted collects what purges put in the place of earlier commitments, the
// latest last.
func (tx *Tx) recommitted() (map[uint64][]commitment, error) {
	instead := map[uint64][]commitment{}
	if m, err := tx.sums(); err != nil || m.of("purged").count == 0 {
		return instead, err
	}
	c := tx.bolt.Bucket([]byte("heads")).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		plain, err := tx.open("heads", k, v)
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(plain, []byte(`"recommits":`)) {
			continue
		}
		var h head
		if err := json.Unmarshal(plain, &h); err != nil {
			return nil, ErrDamaged
		}
		for _, r := range h.Recommits {
			instead[r.Seq] = append(instead[r.Seq], r.commitment)
		}
	}
	return instead, nil
}

// keeps reports whether everything a head commits to is there and unchanged.
func (tx *Tx) keeps(h *head, instead map[uint64][]commitment) bool {
	if h == nil {
		return true
	}
	held := map[uint32]map[vault.Class][]byte{}
	for _, c := range slices.Concat(h.Holds, instead[h.Seq]) {
		if held[c.Block] == nil {
			held[c.Block] = map[vault.Class][]byte{}
		}
		held[c.Block][c.Class] = c.Sum
	}
	key := seqKey(h.Seq)
	if sum, ok := held[0]; ok {
		salted, err := tx.get("tails", key)
		if err != ErrNoRight && (err != nil || salted == nil || !bytes.Equal(sum[vault.Class(field.Ordinary)], sumOf(salted))) {
			return false
		}
	}
	blocks := uint32(0)
	c := tx.bolt.Bucket([]byte("changes")).Cursor()
	for k, v := c.Seek(key); len(k) == 12 && bytes.Equal(k[:8], key); k, v = c.Next() {
		blocks++
		parts, err := tx.openParts("changes", k, v)
		sums := held[binary.BigEndian.Uint32(k[8:])+1]
		if err != nil || len(parts) != len(sums) {
			return false
		}
		if slices.ContainsFunc(parts, func(p part) bool { return p.sealed == nil && !bytes.Equal(sums[p.class], sumOf(p.plain)) }) {
			return false
		}
	}
	return int(blocks) == len(held)-boolToInt(held[0] != nil)
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
