package sheet

import (
	"archive/zip"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"touyan/store/disk"
	"touyan/store/xlsx"
)

// deflateLevel keeps books within a few percent of the smallest at a third of
// the time.
const deflateLevel = 3

// newFile starts a book. Its large sheets spill into folder rather than into
// a temporary folder that others may read.
func newFile(folder string) *excelize.File {
	f := excelize.NewFile(excelize.Options{TmpDir: folder})
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter {
		z := zip.NewWriter(w)
		z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, deflateLevel) })
		return z
	})
	f.SetActiveSheet(0) // now: later it would parse every sheet written
	return f
}

// digest sums up the cells of one sheet, so that what was written can be held
// against what a reader finds.
type digest struct {
	sheet string
	hash  maphash.Hash
	cells int
	place [6]byte // of the cell added last, here so that it need not be allocated
}

var digestSeed = maphash.MakeSeed()

func newDigest(sheet string) *digest {
	d := &digest{sheet: sheet}
	d.hash.SetSeed(digestSeed)
	return d
}

// add takes a cell in; row and col are 0-based.
func (d *digest) add(row, col int, number bool, text string) {
	kind := byte('t')
	if number {
		kind = 'n'
	}
	d.place = [6]byte{byte(row), byte(row >> 8), byte(row >> 16), byte(col), byte(col >> 8), kind}
	d.hash.Write(d.place[:])
	d.hash.WriteString(text)
	d.hash.WriteByte(0)
	d.cells++
}

// save writes a book beside its target, reads it back, and only then puts it
// in the target's place: a failure leaves the old file as it was. Doc.Before, if
// there is one, runs last before that and may still prevent it.
func (w *writer) save(ctx context.Context, path string) (err error) {
	folder := filepath.Dir(path)
	name := filepath.Join(folder, "~"+rand.Text()[:12]+".xlsx")
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666)
	if err != nil {
		return cannotWrite(path, err)
	}
	defer func() {
		if err != nil {
			os.Remove(name)
		}
	}()
	err = w.f.Write(file, excelize.Options{Password: w.doc.Secret})
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return cannotWrite(path, err)
	}
	if err := w.verify(ctx, name); err != nil {
		return err
	}
	if w.doc.Before != nil {
		if err := w.doc.Before(); err != nil {
			return err
		}
	}
	if err := os.Rename(name, path); err != nil {
		return cannotWrite(path, err)
	}
	if d, e := os.Open(folder); e == nil {
		d.Sync() // where folders cannot be synced there is nothing more to do
		d.Close()
	}
	return nil
}

// verify reads a written book with our own reader and compares every cell.
func (w *writer) verify(ctx context.Context, name string) error {
	b, err := xlsx.OpenEncrypted(name, w.doc.Secret, xlsx.DefaultLimits())
	if err != nil {
		if xe, ok := errors.AsType[*xlsx.Error](err); ok && (xe.Code == xlsx.TooLarge || xe.Code == xlsx.DeclaredHuge || xe.Code == xlsx.TooMany || xe.Code == xlsx.TooLong) {
			return &disk.Error{Text: "表格太大，写成后自己也读不回来，没有保存。请分成几个工作簿导出。", Err: err}
		}
		return badCopy(err)
	}
	defer b.Close()
	index := map[string]int{}
	for _, s := range b.Sheets() {
		index[s.Name] = s.Index
	}
	if len(index) != len(w.digests) {
		return badCopy(fmt.Errorf("wrote %d sheets, read %d", len(w.digests), len(index)))
	}
	for _, want := range w.digests {
		i, ok := index[want.sheet]
		if !ok {
			return badCopy(fmt.Errorf("sheet %s is missing", want.sheet))
		}
		got := newDigest(want.sheet)
		err := b.Rows(ctx, i, func(r xlsx.Row) error {
			for _, c := range r.Cells {
				got.add(r.Index, c.Col, c.Type == xlsx.Number, c.Text)
			}
			w.step()
			return nil
		})
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return badCopy(err)
		}
		if got.cells != want.cells || got.hash.Sum64() != want.hash.Sum64() {
			return badCopy(fmt.Errorf("sheet %s: wrote %d cells, read %d", want.sheet, want.cells, got.cells))
		}
	}
	return nil
}

func badCopy(err error) error {
	return &disk.Error{Text: "写出的工作簿检查不合格，没有保存，原来的文件没有改动。请换一个磁盘再试。", Err: err}
}

// cannotWrite adds to what the disk says that the old file is as it was.
func cannotWrite(path string, err error) error {
	err = disk.CannotWrite(path, err)
	told, ok := errors.AsType[*disk.Error](err)
	if info, e := os.Stat(path); !ok || e != nil || !info.Mode().IsRegular() {
		return err
	}
	return &disk.Error{Text: told.Text + "原来的文件没有改动。", Err: told}
}
