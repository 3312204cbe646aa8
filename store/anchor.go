package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// An anchor is how far a ledger's journal had come, kept outside the file: a
// journal cut at its end, or an old file put back, is whole in itself and shows
// only against what others remember.
type anchor struct {
	Size  uint64    `json:"size"`
	Root  string    `json:"root"`
	At    time.Time `json:"at"`
	Locks uint64    `json:"locks"` // generation of the header
	Mac   string    `json:"mac"`
}

// AnchorFolder is where this machine's user keeps anchors, empty if he has no
// folder of his own.
func AnchorFolder() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "touyan", "anchors")
}

// Remembered tells when a folder of anchors last heard of a ledger, by the id of
// its file. It needs no key, and proves nothing.
func Remembered(folder, ledger string) (at time.Time, ok bool) {
	if folder == "" || !filepath.IsLocal(ledger) {
		return at, false
	}
	b, err := os.ReadFile(filepath.Join(folder, ledger+".json"))
	if err != nil {
		return at, false
	}
	var a anchor
	err = json.Unmarshal(b, &a)
	return a.At, err == nil && !a.At.IsZero()
}

// Head is how far the journal has come: the number of its entries and the root
// of the tree over them. Two ledgers with the same head have the same journal.
type Head struct {
	Size uint64
	Root string // hex
	At   time.Time
}

// Head returns how far the journal has come.
func (tx *Tx) Head() (Head, error) {
	m, err := tx.readMeta()
	if err != nil {
		return Head{}, err
	}
	root := m.Tree.root()
	return Head{m.Tree.Size, hex.EncodeToString(root[:]), m.Last}, nil
}

func (db *DB) anchorPath() string {
	return filepath.Join(db.opts.Anchors, db.header.File+".json")
}

func (a *anchor) sum(db *DB) string {
	key := db.ring.Purpose("anchor")
	mac := hmac.New(sha256.New, key[:])
	fmt.Fprintf(mac, "%s %d %s %d %s", db.header.File, a.Size, a.Root, a.Locks, a.At.UTC().Format(time.RFC3339Nano))
	return hex.EncodeToString(mac.Sum(nil))
}

// keepAnchor writes the anchor anew. That it cannot be written is no reason to
// stop: an older one still tells of everything before it.
func (db *DB) keepAnchor() {
	if db.opts.Anchors == "" || db.Session().User == "" {
		return // one that is open to everybody proves nothing
	}
	db.mu.RLock()
	root := db.meta.Tree.root()
	a := anchor{Size: db.meta.Tree.Size, Root: hex.EncodeToString(root[:]), At: db.now(), Locks: db.header.Generation}
	db.mu.RUnlock()
	a.Mac = a.sum(db)
	b, err := json.Marshal(a)
	if err != nil || os.MkdirAll(db.opts.Anchors, 0o700) != nil {
		return
	}
	temp := db.anchorPath() + ".tmp"
	if os.WriteFile(temp, b, 0o600) == nil {
		os.Rename(temp, db.anchorPath())
	}
}

// checkAnchor holds the journal against what is remembered of it outside. A
// ledger just put back from a backup is allowed to have come less far.
func (db *DB) checkAnchor(restored bool) []Finding {
	if db.opts.Anchors == "" {
		return nil
	}
	b, err := os.ReadFile(db.anchorPath())
	if err != nil {
		return nil // first time here
	}
	var a anchor
	if json.Unmarshal(b, &a) != nil {
		return nil // half written at a power cut: nothing is remembered
	}
	size := db.meta.Tree.Size
	if (size < a.Size || a.Locks > db.header.Generation) && restored {
		return nil
	}
	if !hmac.Equal([]byte(a.Mac), []byte(a.sum(db))) {
		if a.Locks < db.header.Generation {
			return nil // the locks were changed elsewhere
		}
		return []Finding{{Rollback, fmt.Sprintf("这台电脑上 %s 的记号不是用现在这把钥匙写的，台账可能是换锁之前的旧文件", a.At.Format("2006-01-02 15:04"))}}
	}
	if size < a.Size {
		return []Finding{{Rollback, fmt.Sprintf("这台电脑上 %s 记到第 %d 条，现在只有 %d 条", a.At.Format("2006-01-02 15:04"), a.Size, size)}}
	}
	root, err := db.rootAt(a.Size)
	if err != nil || hex.EncodeToString(root[:]) != a.Root {
		return []Finding{{Rewritten, fmt.Sprintf("前 %d 条与这台电脑上 %s 记下的不符", a.Size, a.At.Format("2006-01-02 15:04"))}}
	}
	return nil
}

// Findings tells what was found wrong when the ledger was unlocked.
func (db *DB) Findings() []Finding {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.found
}

// rootAt computes the root of the tree over the first heads.
func (db *DB) rootAt(size uint64) (root tlog.Hash, err error) {
	err = db.View(func(tx *Tx) error {
		t, err := tx.treeOver(size)
		root = t.root()
		return err
	})
	return root, err
}

// treeOver computes the tree over the first heads from the heads themselves.
func (tx *Tx) treeOver(size uint64) (t tree, err error) {
	c := tx.bolt.Bucket([]byte("heads")).Cursor()
	for k, v := c.First(); k != nil && t.Size < size; k, v = c.Next() {
		plain, err := tx.open("heads", k, v)
		if err != nil || string(k) != string(seqKey(t.Size+1)) {
			return t, ErrDamaged
		}
		t.add(tlog.RecordHash(plain))
	}
	if t.Size < size {
		return t, ErrDamaged
	}
	return t, nil
}
