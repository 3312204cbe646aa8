package backup

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/pages"
)

// Restored is what Restore did.
type Restored struct {
	Aside string     // where the old ledger lies now; empty if there was none
	Mark  store.Mark // how far the restored one goes; zero for a file that is no marked copy
}

// Restoring is what Restore is to do.
type Restoring struct {
	From    string // a copy, or the damaged ledger itself
	Earlier bool   // not what From is counts, but what it was before its last operation
	Ledger  string // the name it is to have
	Damaged bool   // what bears it now does not open: that decides under which word it is kept
	Now     func() time.Time
	Progress
}

// Restore puts a copy in a ledger's place. Nothing is deleted: the present file
// is kept beside under 损坏 or 恢复前 and the minute. Whatever happens on the way,
// a power cut among it, the old ledger or the new one bears the name, and the
// other one is there too.
//
// A copy that is not whole is refused, and so is putting one in place of a
// ledger that is open. The next to come in finds the restoring in the journal.
func Restore(ctx context.Context, r Restoring) (done Restored, err error) {
	if !r.Earlier { // of that only what is made of it can be looked through
		if done.Mark, err = whole(ctx, r.From, r.Progress); err != nil {
			return done, err
		}
	}
	if store.InUse(r.Ledger) {
		return done, &disk.Error{Text: "“" + filepath.Base(r.Ledger) + "”：" + store.ErrInUse.Error() + "。", Err: store.ErrInUse}
	}
	if err := disk.MayWrite(r.Ledger); err != nil {
		return done, err
	}
	folder := filepath.Dir(r.Ledger)
	temp := restoring(r.Ledger)
	defer os.Remove(temp)
	if err := r.bring(ctx, temp); err != nil {
		return done, err
	}
	if err := store.MarkRestored(temp, r.called(), r.Now()); err != nil {
		return done, disk.CannotWrite(r.Ledger, err)
	}
	// Marking wrote to it: it is looked through once more.
	r.at(Verifying, 0, 0)
	if rep, err := store.Inspect(ctx, temp, store.Options{Now: r.Now}); err != nil {
		return done, err
	} else if !rep.Good() {
		return done, &disk.Error{Text: "“" + filepath.Base(r.From) + "”：" + store.ErrBadCopy.Error() + "。", Err: errors.New(rep.Findings[0].String())}
	}
	if done.Aside, err = r.aside(ctx); err != nil {
		return done, err
	}
	r.at(Naming, 0, 0)
	if err := disk.Rename(temp, r.Ledger); err != nil {
		return done, disk.CannotWrite(r.Ledger, err)
	}
	syncFolder(folder)
	return done, nil
}

// called is what the journal calls what was put back.
func (r *Restoring) called() string {
	if r.Earlier {
		return "最后一步之前的内容"
	}
	return strings.TrimSuffix(filepath.Base(r.From), extension)
}

// restoring is the name under which a ledger grows that is to take another's
// place. What a crash leaves of it is written over, or removed by Keep.
func restoring(ledger string) string {
	return filepath.Join(filepath.Dir(ledger), "~"+filepath.Base(ledger)+tempEnd)
}

// whole reads a copy through: by its digest, or, where it has none, as a ledger.
func whole(ctx context.Context, path string, p Progress) (store.Mark, error) {
	info, err := disk.Stat(path)
	if err != nil {
		return store.Mark{}, err
	}
	done := int64(0)
	mark, err := store.CheckCopy(ctx, path, func(n int64) {
		done += n
		p.at(Verifying, done, info.Size())
	})
	if !errors.Is(err, store.ErrNoMark) {
		return mark, err
	}
	r, err := store.Inspect(ctx, path, store.Options{})
	if err != nil {
		return store.Mark{}, err
	}
	if !r.Good() {
		return store.Mark{}, &disk.Error{Text: "“" + filepath.Base(path) + "”：" + store.ErrBadCopy.Error() + "。", Err: errors.New(r.Findings[0].String())}
	}
	return store.Mark{}, nil
}

// bring copies the copy beside the ledger and reads it back.
func (r *Restoring) bring(ctx context.Context, temp string) error {
	from, err := disk.Open(r.From)
	if err != nil {
		return err
	}
	defer from.Close()
	info, err := from.Stat()
	if err != nil {
		return disk.CannotRead(r.From, err)
	}
	g := growing{ctx: ctx, folder: filepath.Dir(temp), progress: r.Progress, total: info.Size()}
	var content io.Reader = from
	if r.Earlier {
		if content, err = pages.Earlier(from, info.Size()); err != nil {
			return &disk.Error{Text: "“" + filepath.Base(r.From) + "”：最后一步之前的内容也不完整，请用备份恢复。", Err: err}
		}
	}
	path, err := g.writeTo(temp, func(w io.Writer) error { return stream(ctx, w, content, r.From) })
	if err != nil {
		if path != "" {
			os.Remove(path)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return disk.CannotWrite(filepath.Join(g.folder, "恢复的台账"), err)
	}
	return readBack(ctx, temp, g.sum, g.written, r.Progress)
}

// aside gives the present file a second name beside the first, which the new
// one then takes over: at no moment does nothing bear it. Where a disk has no
// second names, a stick, it is copied.
func (r *Restoring) aside(ctx context.Context) (string, error) {
	r.at(Aside, 0, 0)
	present, err := os.Stat(r.Ledger)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", disk.CannotRead(r.Ledger, err)
	}
	if was := r.asideBefore(present); was != "" {
		return was, nil
	}
	word := string(BeforeRestore)
	if r.Damaged {
		word = "损坏"
	}
	stem := strings.TrimSuffix(filepath.Base(r.Ledger), extension)
	folder := filepath.Dir(r.Ledger)
	path := ""
	for number := 1; ; number++ {
		path = filepath.Join(folder, stem+" "+word+" "+stamp(r.Now(), number)+extension)
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			break
		} else if err != nil {
			return "", disk.CannotWrite(path, err)
		}
	}
	if os.Link(r.Ledger, path) == nil {
		syncFolder(folder)
		return path, nil
	}
	return path, r.copyAside(ctx, path)
}

// asideBefore is the name a restoring gave the present file before it was cut
// short. The two are one file: a third name would tell of two.
func (r *Restoring) asideBefore(present fs.FileInfo) string {
	folder, stem := filepath.Dir(r.Ledger), strings.TrimSuffix(filepath.Base(r.Ledger), extension)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), stem+" ") || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil && os.SameFile(info, present) {
			return filepath.Join(folder, e.Name())
		}
	}
	return ""
}

func (r *Restoring) copyAside(ctx context.Context, path string) error {
	from, err := disk.Open(r.Ledger)
	if err != nil {
		return err
	}
	defer from.Close()
	g := growing{ctx: ctx, folder: filepath.Dir(path)}
	temp, err := g.write(func(w io.Writer) error { return stream(ctx, w, from, r.Ledger) })
	if err == nil {
		err = readBack(ctx, temp, g.sum, g.written, nil)
	}
	if err == nil {
		err = disk.Rename(temp, path)
	}
	if err != nil {
		if temp != "" {
			os.Remove(temp)
		}
		return g.told(err)
	}
	syncFolder(g.folder)
	return nil
}
