package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"time"

	"touyan/store/disk"

	"go.etcd.io/bbolt"
)

// A copy is the ledger's file with a trailer behind its last page, where bbolt
// does not look: the mark, as JSON, then
//
//	digest   32 bytes   SHA-256 of everything before it
//	length    4 bytes   of the mark
//	magic     8 bytes
//
// The trailer lets anybody see without a key that a copy is whole, and lets Open
// see that a file under the old name is a copy put back.
const (
	trailerMagic = "\x00touyan\x01"
	trailerEnd   = sha256.Size + 4 + len(trailerMagic)
	trailerMost  = 4 << 10 // a longer mark is none of ours
)

// Mark says which ledger a copy is of and how far it goes.
type Mark struct {
	Ledger string    `json:"ledger"` // id of the file: all its copies have it
	Writer string    `json:"writer"` // the id it writes stamps under, another after each restore
	Locks  uint64    `json:"locks"`  // generation of its header
	Seq    uint64    `json:"seq"`    // last entry of its journal
	At     time.Time `json:"at"`     // by the clock of the machine it was made on
}

// Same reports whether two marks are of one moment of one ledger. The number of
// the entry alone does not say so: a ledger put back counts on from where its
// copy was taken.
func (m Mark) Same(as Mark) bool { return m.sameLine(as) && m.Seq == as.Seq }

func (m Mark) sameLine(as Mark) bool {
	return m.Ledger == as.Ledger && m.Writer == as.Writer && m.Locks == as.Locks
}

// Mark is what a copy taken now would be marked with, also of a ledger locked
// again: nobody writes then. One that was never unlocked answers ErrLocked.
func (db *DB) Mark() (Mark, error) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	m := &db.meta
	if len(m.Mine) == 0 {
		return Mark{}, ErrLocked
	}
	return m.mark(db.header.File, db.now()), nil
}

func (m *meta) mark(file string, at time.Time) Mark {
	return Mark{Ledger: file, Writer: m.Mine[len(m.Mine)-1], Locks: m.Generation, Seq: m.Visible, At: at}
}

// ChangedSince reports whether something was done since a mark that a copy of
// then lacks. Logins, prints and backups are no such thing. While the ledger is
// locked they cannot be told apart and count.
func (db *DB) ChangedSince(mark Mark) (bool, error) {
	now, err := db.Mark()
	if err != nil || now.Same(mark) {
		return false, err
	}
	if !now.sameLine(mark) || now.Seq < mark.Seq || db.Locked() {
		return true, nil
	}
	changed := false
	err = db.View(func(tx *Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			if e.Seq <= mark.Seq || !e.Event {
				changed = e.Seq > mark.Seq
				return nil
			}
		}
		return nil
	})
	return changed, err
}

// lockWait is how long another program that holds the file is waited for.
const lockWait = 700 * time.Millisecond

// What may be wrong with a copy.
var (
	ErrBadCopy = errors.New("这份备份已损坏，不能用来恢复，请换一份")
	ErrNoMark  = errors.New("这个文件不是头雁做的备份")
)

// Copy writes a consistent copy of the whole file, with its trailer, while others
// read and write. An error of w comes back as it is; when ctx ends, its error.
// While it runs the file keeps the pages the copy needs and a writing that
// makes the file larger waits: w should be quick, a local file and no stick.
func (db *DB) Copy(ctx context.Context, w io.Writer) (mark Mark, err error) {
	db.reading.enter()
	defer db.reading.leave()
	out := &copyWriter{ctx: ctx, to: w, sum: sha256.New()}
	err = db.view(func(b *bbolt.Tx) (err error) {
		if mark, err = db.markIn(b); err != nil {
			return err
		}
		if _, err := b.WriteTo(out); err != nil {
			return err
		}
		return out.finish(mark)
	})
	switch {
	case out.err != nil:
		return Mark{}, out.err // bbolt keeps only its text
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return Mark{}, damaged(db.path, err)
	case err != nil:
		return Mark{}, about(db.path, disk.CannotRead(db.path, err))
	}
	return mark, nil
}

// markIn is Mark as the transaction sees the ledger.
func (db *DB) markIn(b *bbolt.Tx) (Mark, error) {
	tx, err := db.begin(b)
	if errors.Is(err, ErrLocked) {
		return db.Mark()
	}
	if err != nil {
		return Mark{}, err
	}
	m, err := tx.readMeta()
	if err != nil || len(m.Mine) == 0 {
		return Mark{}, ErrDamaged
	}
	return m.mark(db.header.File, db.now()), nil
}

// copyWriter digests what goes through it and stops when ctx ends.
type copyWriter struct {
	ctx context.Context
	to  io.Writer
	sum hash.Hash
	err error // the first, of ctx or to
}

func (w *copyWriter) Write(b []byte) (int, error) {
	if w.err == nil {
		w.err = w.ctx.Err()
	}
	if w.err != nil {
		return 0, w.err
	}
	w.sum.Write(b)
	n, err := w.to.Write(b)
	w.err = err
	return n, err
}

// copyBlock is what is read and written at a time: large enough for a stick,
// small enough that ctx is looked at often.
const copyBlock = 256 << 10

// ReadFrom spares the small buffer io.Copy would take.
func (w *copyWriter) ReadFrom(r io.Reader) (n int64, err error) {
	return io.CopyBuffer(struct{ io.Writer }{w}, r, make([]byte, copyBlock))
}

func (w *copyWriter) finish(m Mark) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	end := w.sum.Sum(nil)
	end = binary.LittleEndian.AppendUint32(end, uint32(len(text)))
	_, err = w.Write(append(end, trailerMagic...))
	return err
}

// trailer is what stands behind the last page of a copy.
type trailer struct {
	mark   Mark
	digest [sha256.Size]byte
	signed int64 // how many bytes the digest is of
}

// id names the copy, and the moment it was made, for ever.
func (t *trailer) id() string { return hex.EncodeToString(t.digest[:16]) }

// trailerOf reads the trailer of a file; nil if it has none.
func trailerOf(f io.ReaderAt, size int64) *trailer {
	end := make([]byte, trailerEnd)
	if _, err := f.ReadAt(end, size-int64(trailerEnd)); err != nil || string(end[sha256.Size+4:]) != trailerMagic {
		return nil
	}
	length := int64(binary.LittleEndian.Uint32(end[sha256.Size:]))
	t := &trailer{digest: [sha256.Size]byte(end), signed: size - int64(trailerEnd)}
	if length > trailerMost || length > t.signed {
		return nil
	}
	text := make([]byte, length)
	if _, err := f.ReadAt(text, t.signed-length); err != nil || json.Unmarshal(text, &t.mark) != nil {
		return nil
	}
	return t
}

// trailerAt is trailerOf for a path; nil too if the file cannot be read.
func trailerAt(path string) *trailer {
	f, err := disk.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil
	}
	return trailerOf(f, info.Size())
}

// MarkOf reads the mark of a copy without looking at the rest. ok is false for
// a file that is no copy.
func MarkOf(path string) (m Mark, ok bool) {
	if t := trailerAt(path); t != nil {
		return t.mark, true
	}
	return m, false
}

// CheckCopy reads a copy to its end and compares it with the digest it carries;
// no key is needed. The error wraps ErrNoMark for a file without a trailer and
// ErrBadCopy for one that is not as it was made. read, if there is one, is told
// after each block how many bytes have been looked at.
func CheckCopy(ctx context.Context, path string, read func(int64)) (Mark, error) {
	f, err := disk.Open(path)
	if err != nil {
		return Mark{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Mark{}, disk.CannotRead(path, err)
	}
	t := trailerOf(f, info.Size())
	if t == nil {
		return Mark{}, about(path, ErrNoMark)
	}
	sum, block := sha256.New(), make([]byte, min(copyBlock, t.signed))
	for r := io.LimitReader(f, t.signed); ; {
		if err := ctx.Err(); err != nil {
			return Mark{}, err
		}
		n, err := r.Read(block)
		sum.Write(block[:n])
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Mark{}, disk.CannotRead(path, err)
		}
		if read != nil {
			read(int64(n))
		}
	}
	if !bytes.Equal(sum.Sum(nil), t.digest[:]) {
		return Mark{}, about(path, ErrBadCopy)
	}
	return t.mark, nil
}
