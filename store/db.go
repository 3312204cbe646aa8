package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"touyan/store/disk"
	"touyan/store/field"
	"touyan/store/pages"
	"touyan/store/vault"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// FormatVersion is the version of the file's layout this program writes.
const FormatVersion = 2

// Office is whose ledger a file is.
type Office struct {
	Code  string      `json:"code"` // 区划代码
	Name  string      `json:"name"`
	Level field.Level `json:"level"`
}

// Options is what Open and Create are handed.
type Options struct {
	Kinds   field.Kinds
	Now     func() time.Time // nil: time.Now
	Machine string           // identity of this machine; empty: read from the system
	Cost    vault.Cost       // of a new password; zero: what this machine bears
	Anchors string           // folder outside the ledger's that remembers how far each journal had come; empty: none
}

// DB is an open ledger. Its methods may be called from several goroutines.
type DB struct {
	path  string
	opts  Options
	bolt  *bbolt.DB
	types map[string]string           // name of the kind by Go type of the record
	kinds atomic.Pointer[field.Kinds] // those of opts, and the fields that the ledger's records add to them
	now   func() time.Time
	names *names

	reading *gate       // who reads; passed alone to take the keys or the file away
	writing sync.Mutex  // held by one operation, or one batch from its first commit to its last
	ids     IDs         // of records made by PutRow; used by whoever writes
	tries   door        // under writing: what the disk could not take of the door
	torn    bool        // one of the first pages did not hold when the file was opened
	stuck   atomic.Bool // bbolt holds locks for ever: see view
	held    *os.File    // by bolt

	end       *trailer  // of the file as it was opened; nil unless it is a copy
	unsettled *Entry    // under writing: whether the file holds it is open
	rewritten *rewriter // likewise: the file may be this one

	mu      sync.RWMutex
	header  *vault.Header
	headers []*vault.Header // the copies that are whole, the newest first
	ring    *vault.Ring     // nil while locked
	session Session
	found   []Finding // when it was unlocked
	ticked  time.Time // the clock at the entry before
	meta    meta
	aliases map[string]string
	watch   []func(Event)
}

// meta is the ledger's own page.
type meta struct {
	Format  int       `json:"format"`
	Mine    []string  `json:"mine"`    // ledger ids this file has written under, hex, the present one last
	Machine string    `json:"machine"` // digest of machine and path the present id was given on
	Visible uint64    `json:"visible"` // last finished operation
	Created time.Time `json:"created"`
	Office  Office    `json:"office"`
	Sample  bool      `json:"sample"` // 示例数据

	Generation uint64    `json:"generation"` // of the header that belongs to this
	Tree       tree      `json:"tree"`       // over the journal's heads
	Worked     uint64    `json:"worked"`     // last finished operation that was no mere event
	Last       time.Time `json:"last"`       // of the journal's last entry

	Due bool `json:"due,omitempty"` // something was purged, and lies in pages out of use till the file is written anew

	Copied string `json:"copied,omitempty"` // the copy this file was last put back from
}

// Event tells watchers what an operation touched.
type Event struct {
	Op    string
	Seq   uint64
	Kinds map[string]bool

	Settled bool // the disk failed on saving it; the file was opened anew, and holds it
}

var buckets = []string{
	"meta", "names", "refs", "aliases", "conflicts", "origins", "heads", "tails", "changes", "settings", "drafts", "papers", "purged", stagedBucket,
	headerBucket, secondBucket, doorBucket, manifestBucket,
}

const metaKey = "ledger"

func bucketsOf(kinds field.Kinds) []string {
	all := slices.Clone(buckets)
	for _, k := range kinds {
		all = append(all, recordBucket(k.Name))
	}
	return all
}

func recordBucket(kind string) string { return "r:" + kind }

func isRecords(bucket string) bool { return strings.HasPrefix(bucket, "r:") }

func (o Options) clock() func() time.Time {
	if o.Now != nil {
		return o.Now
	}
	return time.Now
}

func (o Options) cost() vault.Cost {
	if o.Cost != (vault.Cost{}) {
		return o.Cost
	}
	return vault.Calibrate()
}

// Open opens a ledger for reading and writing. One that needs a password is
// locked until Unlock. A missing file is an error and stays missing. If another
// program holds it, ErrInUse comes within a second.
func Open(path string, opts Options) (db *DB, err error) {
	info, err := disk.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, about(path, ErrMissing)
	}
	if err != nil {
		return nil, err
	}
	if info.Size() == 0 {
		return nil, about(path, ErrDamaged)
	}
	db = &DB{path: path, opts: opts, now: opts.clock(), reading: newGate(), types: map[string]string{}, aliases: map[string]string{}}
	db.kinds.Store(&opts.Kinds)
	for _, k := range opts.Kinds {
		db.types[fmt.Sprintf("%T", k.New())] = k.Name
	}
	db.end = trailerAt(path)
	err = guard(path, func() (err error) {
		if db.bolt, db.held, db.torn, err = openHeld(path, bbolt.Options{}, pages.Root.Walk); err != nil {
			return err
		}
		if err := db.readHeaders(info.Size()); err != nil {
			return err
		}
		return db.enterOpen()
	})
	if err != nil {
		if db.bolt != nil {
			db.release()
		}
		return nil, about(path, disk.CannotRead(path, err))
	}
	return db, nil
}

func openError(path string, err error) error {
	if errors.Is(err, bolterrors.ErrTimeout) {
		return ErrInUse
	}
	if told, ok := errors.AsType[*disk.Error](disk.CannotRead(path, err)); ok {
		return told
	}
	if foreign(path) {
		return ErrForeign
	}
	return damaged(path, err)
}

// foreign reports whether a file that does not open never was a ledger. One
// that begins with zeros may have been: its copy was cut short.
func foreign(path string) bool {
	f, err := disk.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 65<<10)) // pages have up to 64 KB
	return err == nil && !bytes.Contains(head, binary.LittleEndian.AppendUint32(nil, pages.Magic)) && len(bytes.TrimLeft(head, "\x00")) > 0
}

// guard turns a panic, and a fault in the mapped file, into an error: bbolt
// trusts its pages, and a cut or flipped file, or one whose disk is pulled out,
// would otherwise end the program.
func guard(path string, f func() error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		if r := recover(); r != nil {
			err = damaged(path, fmt.Errorf("read ledger: %v", r))
		}
	}()
	if err = f(); errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		return closed(path, err)
	}
	return err
}

var errUnchanged = errors.New("nothing to write")

// loaded is what an unlocked ledger keeps in memory of its file.
type loaded struct {
	meta    meta
	names   *names
	aliases map[string]string
}

// load reads the ledger's own pages, renews its id if the file has moved or is
// a copy put back, and clears away what a crash left of a staged batch. Where
// there is nothing to do the file is not touched: who only looks into a ledger
// leaves it as it was.
func (db *DB) load(ring *vault.Ring, generation uint64) (l loaded, err error) {
	fingerprint := db.opts.fingerprint(db.path)
	err = db.update(func(tx *bbolt.Tx) (err error) {
		f := &file{bolt: tx, ring: ring}
		if l.meta, err = f.readMeta(); err != nil {
			return err
		}
		if l.meta.Generation != generation {
			return vault.ErrHeader // an older header was put back
		}
		moved := l.meta.Machine != fingerprint || restored(tx)
		if db.end != nil && l.meta.Copied != db.end.id() {
			moved, l.meta.Copied = true, db.end.id()
		}
		changed := moved
		for _, name := range bucketsOf(db.opts.Kinds) {
			changed = changed || tx.Bucket([]byte(name)) == nil
			if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
				return err
			}
		}
		if l.names, err = f.loadNames(); err != nil {
			return err
		}
		if l.aliases, err = f.loadAliases(); err != nil {
			return err
		}
		if moved {
			l.meta.renew(fingerprint)
		}
		if !changed && !f.left() {
			return errUnchanged
		}
		if f.left() {
			if err := f.discardStaged(); err != nil {
				return err
			}
		}
		if err := l.meta.write(f); err != nil {
			return err
		}
		return f.finish()
	})
	if errors.Is(err, errUnchanged) {
		err = nil
	}
	return l, err
}

func (f *file) loadNames() (*names, error) {
	var list []string
	err := f.bolt.Bucket([]byte("names")).ForEach(func(k, v []byte) error {
		plain, err := f.open("names", k, v)
		if err != nil || len(k) != 4 || binary.BigEndian.Uint32(k) != uint32(len(list)) {
			return ErrDamaged
		}
		list = append(list, string(plain))
		return nil
	})
	return newNames(list), err
}

// save writes the names the file lacks, and returns how many it then holds.
func (n *names) save(f *file) (saved int, err error) {
	n.mu.RLock()
	first, list := n.saved, n.list
	n.mu.RUnlock()
	for i := first; i < len(list); i++ {
		if err := f.set("names", binary.BigEndian.AppendUint32(nil, uint32(i)), []byte(list[i])); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

// keep notes that a commit has brought that many names into the file.
func (n *names) keep(saved int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.saved = saved
}

func (f *file) loadAliases() (map[string]string, error) {
	aliases := map[string]string{}
	err := f.bolt.Bucket([]byte("aliases")).ForEach(func(k, v []byte) error {
		plain, err := f.open("aliases", k, v)
		if err != nil || len(k) != 16 {
			return ErrDamaged
		}
		for to := range strings.FieldsSeq(string(plain)) {
			unite(aliases, idText([16]byte(k)), to)
		}
		return nil
	})
	return aliases, err
}

func (m *meta) write(f *file) error {
	plain, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return f.set("meta", []byte(metaKey), plain)
}

// Close waits for the running transactions and closes the file. One that can
// never end is not waited for.
func (db *DB) Close() error {
	db.writing.Lock()
	defer db.writing.Unlock()
	if !db.stuck.Load() {
		db.keepAnchor()
	}
	return db.release()
}

var errUnsettled = errors.New("an earlier operation is in question")

// Path returns where the ledger lies.
func (db *DB) Path() string { return db.path }

// Kinds returns the kinds the ledger was opened with, and with them the fields
// that its own records add (自定义项). These change with every operation that
// writes such a record: whoever shows them asks anew.
func (db *DB) Kinds() field.Kinds { return *db.kinds.Load() }

// Office returns whose ledger it is.
func (db *DB) Office() Office {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.meta.Office
}

// Sample reports whether everything in the ledger is invented (示例数据).
func (db *DB) Sample() bool {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.meta.Sample
}

// Now returns the ledger's clock.
func (db *DB) Now() time.Time { return db.now() }

// Watch has f called after every operation, from the goroutine that ran it.
func (db *DB) Watch(f func(Event)) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.watch = append(db.watch, f)
}
