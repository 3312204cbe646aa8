package paper

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/record"
)

// OpPack is the operation's name, as the journal shows it.
const OpPack = "写附件包"

// LargestPart is how long one companion becomes at most, in bytes, where nobody
// says otherwise: a stick formatted with FAT32 takes files below 4 GB.
const LargestPart = 3 << 30

// Packing is what to write into the companion of a workbook.
type Packing struct {
	Companion
	Path   string   // of the workbook; the companion lies beside it
	To     string   // code of whom it is for
	Papers []string // ids of the records in the workbook
	All    bool     // also those that went to this office before
	Part   int64    // most bytes of one file; 0: LargestPart
}

// Packed tells what a companion holds.
type Packed struct {
	Files   []string // names, in order
	Papers  int
	Bytes   int64
	Before  int     // went to this office with an earlier one, and stayed out
	Resumed int     // of Papers, those found written by an attempt before
	Lacks   []error // why papers stayed out whose files are not there, or not for this book
}

// Pack writes the companion of a workbook. Where it was stopped before it goes
// on: what was written whole is read back and kept. Where it stops now, the files
// of before stay, and so does what is written of the last.
func Pack(ctx context.Context, db *store.DB, who store.Actor, p Packing, progress func(done, total int64)) (Packed, error) {
	begins, err := p.begins()
	if err != nil {
		return Packed{}, err
	}
	w := &packer{Packing: p, db: db, begins: begins, most: p.Part, done: map[string]bool{}}
	if w.most <= 0 {
		w.most = LargestPart
	}
	todo, err := w.choose()
	if err != nil || len(todo) == 0 {
		return w.out, err
	}
	if err := w.resume(ctx); err != nil {
		return w.out, err
	}
	for i, id := range todo {
		if err := ctx.Err(); err != nil {
			return w.out, errors.Join(err, w.pause())
		}
		if progress != nil {
			progress(int64(i), int64(len(todo)))
		}
		if err := w.add(id); err != nil {
			return w.out, errors.Join(err, w.pause())
		}
	}
	if err := w.end(); err != nil {
		return w.out, err
	}
	return w.out, w.note(who)
}

// packer is a companion being written.
type packer struct {
	Packing
	db     *store.DB
	begins []byte
	most   int64
	out    Packed
	done   map[string]bool // contents that are in it
	f      *os.File        // the one being written; nil between two
	size   int64
	sent   map[string]bool // contents that went to this office before
}

// sentSetting is where the ledger notes what went to an office.
const sentSetting = "papers.sent:"

// choose lists the papers to be written, each content once.
func (w *packer) choose() (todo []string, err error) {
	w.sent = map[string]bool{}
	err = w.db.View(func(tx *store.Tx) error {
		var before []byte
		if err := tx.Setting(sentSetting+w.To, &before); err != nil {
			return err
		}
		for ; len(before) >= 16; before = before[16:] {
			w.sent[hex.EncodeToString(before[:16])] = true
		}
		seen := map[string]bool{}
		for _, id := range w.Papers {
			rec, err := store.Get[record.Paper](tx, id)
			if errors.Is(err, store.ErrNoRecord) {
				continue // taken back since the book was written
			}
			if err != nil {
				return err
			}
			switch {
			case rec.Void != "" || rec.Content == "" || seen[rec.Content]:
			case w.sent[rec.Content] && !w.All:
				w.out.Before++
			default:
				todo = append(todo, id)
			}
			seen[rec.Content] = true
		}
		return nil
	})
	return todo, err
}

// resume finds what attempts before have written.
func (w *packer) resume(ctx context.Context) error {
	for n := 1; ; n++ {
		path := companionName(w.Path, n)
		whole, err := w.reread(ctx, path)
		if err != nil {
			return err
		}
		if whole {
			w.out.Files = append(w.out.Files, filepath.Base(path))
			continue
		}
		if whole, err = w.reread(ctx, path+unfinished); err != nil || !whole {
			return err
		}
		w.f, err = os.OpenFile(path+unfinished, os.O_WRONLY, 0)
		if err == nil {
			err = errors.Join(w.f.Truncate(w.size), seekEnd(w.f, w.size))
		}
		if err != nil {
			return disk.CannotWrite(path, err)
		}
		return nil
	}
}

func seekEnd(f *os.File, at int64) error {
	_, err := f.Seek(at, io.SeekStart)
	return err
}

// reread holds what lies in a file against its seals, up to the first paper that
// is not whole; there is answers whether it is this book's.
func (w *packer) reread(ctx context.Context, path string) (there bool, err error) {
	s, err := openCompanion(path)
	_, alien := errors.AsType[*CompanionError](err)
	if errors.Is(err, os.ErrNotExist) || alien && strings.HasSuffix(path, unfinished) {
		return false, nil // none, or stopped before it had begun
	}
	if err != nil {
		return false, err
	}
	defer s.f.Close()
	if s.book != w.Book {
		return false, &CompanionError{s.name, "是另一份工作簿的附件包，没有写在它上面；请把它移走，或给工作簿另起一个名称，再写一次。"}
	}
	w.size = s.at
	for {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		e, err := s.next()
		if errors.Is(err, io.EOF) || errors.Is(err, errCut) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		key, ok := w.key(e.class, e.content)
		if _, err := unseal(e.sealed, w.head(e.content), key); !ok || err != nil {
			return true, nil // from here on it is written anew
		}
		w.size = s.at
		w.done[e.content] = true
		w.out.Papers++
		w.out.Resumed++
		w.out.Bytes += int64(len(e.sealed))
	}
}

// add writes one paper, into the next file where it does not fit.
func (w *packer) add(id string) error {
	c, rec, err := Get(w.db, id)
	if lacking, is := errors.AsType[*FileError](err); is {
		w.out.Lacks = append(w.out.Lacks, lacking)
		return nil
	}
	if err != nil || w.done[rec.Content] {
		return err
	}
	kind := w.db.Kinds().Kind("paper")
	_, class := kind.FileOf(kind.Take(rec))
	key, ok := w.key(class, rec.Content)
	if !ok {
		w.out.Lacks = append(w.out.Lacks, fmt.Errorf("“%s”是处理处分材料，这份工作簿不带这一类；要交的，请由负责人按“内部全量”再写一份工作簿和附件包。", rec.Title))
		return nil
	}
	e := entry{class, rec.Content, seal(c.Bytes, w.head(rec.Content), key)}
	b := e.bytes()
	if w.f != nil && w.size+int64(len(b)) > w.most && w.size > int64(companionHead) {
		if err := w.end(); err != nil {
			return err
		}
	}
	if err := w.open(); err != nil {
		return err
	}
	if _, err := w.f.Write(b); err != nil {
		return disk.CannotWrite(w.next(), err)
	}
	w.size += int64(len(b))
	w.done[rec.Content] = true
	w.out.Papers++
	w.out.Bytes += int64(len(e.sealed))
	return nil
}

// next is the path of the file being written.
func (w *packer) next() string { return companionName(w.Path, len(w.out.Files)+1) }

func (w *packer) open() (err error) {
	if w.f != nil {
		return nil
	}
	path := w.next() + unfinished
	if w.f, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600); err != nil {
		return disk.CannotWrite(path, err)
	}
	if _, err := w.f.Write(w.begins); err != nil {
		return disk.CannotWrite(path, err)
	}
	w.size = int64(companionHead)
	return nil
}

// end gives a file that is whole its name.
func (w *packer) end() error {
	if w.f == nil {
		return nil
	}
	path := w.next()
	err := errors.Join(w.f.Sync(), w.f.Close())
	w.f = nil
	if err == nil {
		err = os.Rename(path+unfinished, path)
	}
	if err != nil {
		return disk.CannotWrite(path, err)
	}
	syncDir(filepath.Dir(path))
	w.out.Files = append(w.out.Files, filepath.Base(path))
	return nil
}

// pause leaves what is written for the next attempt.
func (w *packer) pause() error {
	if w.f == nil {
		return nil
	}
	defer w.f.Close()
	return w.f.Sync()
}

// note journals what left, and notes it for the next companion.
func (w *packer) note(who store.Actor) error {
	var all []byte
	for _, of := range []map[string]bool{w.sent, w.done} {
		for id := range of {
			all = append(all, mustHex(id)...)
		}
	}
	return w.db.KeepSetting(OpPack, strings.Join(w.out.Files, "、"), who, sentSetting+w.To, all)
}
