package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"touyan/store"
	"touyan/store/disk"
)

// Step is what is being done, in a word for the screen.
type Step string

// The steps of making and of putting back a copy, in their order.
const (
	Copying   Step = "复制"
	Verifying Step = "核对"
	Aside     Step = "移开原来的台账"
	Naming    Step = "改名"
	ReadBack  Step = "从磁盘读回"
	Thinning  Step = "清理旧备份"
)

// Progress is told how far a step is, in bytes, from the goroutine that works.
// total is zero where it is not known.
type Progress func(step Step, done, total int64)

func (p Progress) at(step Step, done, total int64) {
	if p != nil {
		p(step, done, total)
	}
}

// errBadRead says that a copy was not read back as it was written.
const errBadRead = "备份写成后读回来不一样，这个磁盘可能坏了；这一份没有留下，请换一个磁盘做备份。"

// Make makes a copy of an open ledger in a folder, which it makes if need be.
// An error, ctx's own among them, means that no copy was added.
func Make(ctx context.Context, db *store.DB, folder string, why Reason, p Progress) (c Copy, err error) {
	total := int64(0)
	if info, err := os.Stat(db.Path()); err == nil {
		total = info.Size()
	}
	var mark store.Mark
	g := growing{ctx: ctx, folder: folder, progress: p, total: total}
	return g.grow(func(w io.Writer) error {
		mark, err = db.Copy(ctx, w)
		return err
	}, func(path string) error {
		return verify(ctx, db, path)
	}, func() (string, error) {
		return next(folder, mark.At, why)
	})
}

// verify reads a new copy through: its bytes by the digest it carries, then each
// value with the keys of the session. A ledger locked meanwhile has no keys;
// there the digest has to do.
func verify(ctx context.Context, db *store.DB, path string) error {
	if _, err := store.CheckCopy(ctx, path, nil); err != nil {
		return badRead(err)
	}
	r, err := db.VerifyCopy(ctx, path)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, store.ErrLocked):
		return nil
	case err != nil:
		return &disk.Error{Text: "备份没有通过核对，没有留下，以前的备份都在。请检查台账，必要时从较早的备份恢复。", Err: err}
	case !r.Good():
		return &disk.Error{Text: "台账里有读不出的内容，这样的备份没有留下，以前的备份都在。请检查台账，必要时从较早的备份恢复。", Err: errors.New(r.Findings[0].String())}
	}
	return nil
}

// badRead tells that a copy is not on the disk as it was written.
func badRead(err error) error {
	if errors.Is(err, store.ErrBadCopy) || errors.Is(err, store.ErrNoMark) {
		return &disk.Error{Text: errBadRead, Err: err}
	}
	return err
}

// Send copies a copy to another folder, the second place, under the same
// moment and reason. The ledger itself is not read for that: a slow stick would
// keep its pages.
func Send(ctx context.Context, from Copy, folder string, p Progress) (Copy, error) {
	g := growing{ctx: ctx, folder: folder, progress: p, total: from.Size}
	return g.grow(func(w io.Writer) error {
		f, err := disk.Open(from.Path)
		if err != nil {
			return err
		}
		defer f.Close()
		return stream(ctx, w, f, from.Path)
	}, func(path string) error {
		_, err := store.CheckCopy(ctx, path, nil)
		return badRead(err)
	}, func() (string, error) {
		return next(folder, from.At, from.Reason)
	})
}

// block is what goes to a disk at a time; ctx is looked at between two.
const block = 256 << 10

// stream copies a file, telling the errors of reading from those of writing.
func stream(ctx context.Context, w io.Writer, f io.Reader, path string) error {
	buffer := make([]byte, block)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := f.Read(buffer)
		if n > 0 {
			if _, err := w.Write(buffer[:n]); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return disk.CannotRead(path, err)
		}
	}
}

// growing is a copy that does not count yet.
type growing struct {
	ctx      context.Context
	folder   string
	progress Progress
	total    int64
	written  int64
	sum      hash.Hash
	file     *os.File
}

func (g *growing) Write(b []byte) (int, error) {
	g.sum.Write(b)
	n, err := g.file.Write(b)
	g.written += int64(n)
	g.progress.at(Copying, g.written, max(g.total, g.written))
	return n, err
}

// grow fills a file under a name that does not count, has it verified, gives it
// its name and reads it back from the medium. Whatever fails, the file is gone.
func (g *growing) grow(fill func(io.Writer) error, verify func(path string) error, name func() (string, error)) (c Copy, err error) {
	if err := makeFolder(g.folder); err != nil {
		return c, err
	}
	sweep(g.folder)
	temp := ""
	defer func() {
		if err != nil && temp != "" {
			os.Remove(temp)
		}
	}()
	if temp, err = g.write(fill); err != nil {
		return c, g.told(err)
	}
	g.progress.at(Verifying, 0, g.written)
	if err := verify(temp); err != nil {
		return c, g.told(err)
	}
	if err := g.ctx.Err(); err != nil {
		return c, err
	}
	path, err := name()
	if err != nil {
		return c, g.told(err)
	}
	g.progress.at(Naming, 0, 0)
	if err := disk.Rename(temp, path); err != nil {
		return c, g.told(err)
	}
	temp = path
	syncFolder(g.folder)
	if err := readBack(g.ctx, path, g.sum, g.written, g.progress); err != nil {
		return c, g.told(err)
	}
	c, _ = parse(filepath.Base(path))
	info, err := os.Stat(path)
	if err != nil {
		return c, disk.CannotRead(path, err)
	}
	c.Path, c.Size, c.changed = path, info.Size(), info.ModTime()
	c.Mark, c.Marked = store.MarkOf(path)
	return c, nil
}

// write fills a new file and brings it to the disk. The path is that of what is
// there, also after an error.
func (g *growing) write(fill func(io.Writer) error) (path string, err error) {
	if g.file, err = os.CreateTemp(g.folder, "~*"+tempEnd); err != nil {
		return "", err
	}
	return g.file.Name(), g.finish(fill)
}

// writeTo is write under a given name, over what is left there.
func (g *growing) writeTo(path string, fill func(io.Writer) error) (_ string, err error) {
	if g.file, err = os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
		return "", err
	}
	return path, g.finish(fill)
}

func (g *growing) finish(fill func(io.Writer) error) error {
	g.sum = sha256.New()
	g.progress.at(Copying, 0, g.total)
	err := fill(g)
	if err == nil {
		err = g.file.Sync()
	}
	if e := g.file.Close(); err == nil {
		err = e
	}
	return err
}

// told gives an error in words. The file is called a backup: the name it grows
// under says nothing to anybody. Where the folder itself is gone, a stick pulled
// out, that is what is told.
func (g *growing) told(err error) error {
	if g.ctx.Err() != nil {
		return g.ctx.Err()
	}
	name := filepath.Join(g.folder, "备份")
	if _, gone := os.Stat(g.folder); gone != nil {
		return disk.CannotWrite(name, gone)
	}
	return disk.CannotWrite(name, err)
}

// readBack compares a file with what was written, from the medium as far as the
// system lets one.
func readBack(ctx context.Context, path string, want hash.Hash, size int64, p Progress) error {
	forget(path)
	f, err := disk.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	sum, done := sha256.New(), int64(0)
	err = stream(ctx, writer(func(b []byte) (int, error) {
		done += int64(len(b))
		p.at(ReadBack, done, size)
		return sum.Write(b)
	}), f, path)
	if err != nil {
		return err
	}
	if got, want := hex.EncodeToString(sum.Sum(nil)), hex.EncodeToString(want.Sum(nil)); got != want {
		return &disk.Error{Text: errBadRead, Err: errors.New("wrote " + want + ", read " + got)}
	}
	return nil
}

type writer func([]byte) (int, error)

func (w writer) Write(b []byte) (int, error) { return w(b) }

// makeFolder makes one folder; that above it has to be there. A stick that is
// not plugged in is not made up for by a folder of its name.
func makeFolder(folder string) error {
	err := os.Mkdir(folder, 0o700)
	if err == nil {
		syncFolder(filepath.Dir(folder))
		return nil
	}
	if info, e := os.Stat(folder); e == nil && info.IsDir() {
		return nil
	}
	if errors.Is(err, fs.ErrExist) { // a file stands in its place
		return &disk.Error{Text: "“" + filepath.Base(folder) + "”是一个文件，备份要放在这个名称的文件夹里，没有做成。请把这个文件改名或移走，再做备份。", Err: err}
	}
	return disk.CannotWrite(folder, err)
}

// sweep removes what earlier copies left when they were cut short.
func sweep(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		if name := e.Name(); strings.HasPrefix(name, "~") && strings.HasSuffix(name, tempEnd) && e.Type().IsRegular() {
			os.Remove(filepath.Join(folder, name)) // what stays does not count
		}
	}
}

// syncFolder makes the names in a folder outlast a power cut, where the system
// has a call for it.
func syncFolder(folder string) {
	d, err := os.Open(folder)
	if err != nil {
		return
	}
	defer d.Close()
	d.Sync()
}
