package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"touyan/store/disk"
)

// Papers copies what is missing from a folder of scanned papers to another,
// which it makes if need be, and removes nothing. A paper's name is the hex
// SHA-256 of its bytes, so one that is there under its name is not written
// again. It is used in both directions. The result counts those copied.
//
// A paper that is not what its name says is not copied; all others are, and
// then the error names how many were not. Files of other names are passed over.
func Papers(ctx context.Context, from, to string, p Progress) (copied int, err error) {
	missing, total, err := papersMissing(from, to)
	if err != nil || len(missing) == 0 {
		return 0, err
	}
	if err := makeFolder(to); err != nil {
		return 0, err
	}
	spoilt, done := "", int64(0)
	bad := 0
	for _, name := range missing {
		folder := filepath.Join(to, filepath.Dir(name))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return copied, disk.CannotWrite(folder, err)
		}
		sweep(folder)
		g := growing{ctx: ctx, folder: folder}
		err := g.paper(filepath.Join(from, name), filepath.Join(to, name))
		switch {
		case errors.Is(err, errSpoilt):
			bad, spoilt = bad+1, filepath.Base(name)
			continue
		case err != nil:
			return copied, err
		}
		copied++
		done += g.written
		p.at(Copying, done, total)
	}
	if bad > 0 {
		return copied, &disk.Error{Text: fmt.Sprintf("有 %d 份扫描件的内容已损坏，没有备份，例如“%s…”。以前的备份里如有好的，没有改动；请从那里找回，或重新扫描。", bad, spoilt[:12]), Err: errSpoilt}
	}
	return copied, nil
}

var errSpoilt = errors.New("content does not fit the name")

// papersMissing lists the papers of one folder that another lacks, by their
// path in it, with how many bytes they are.
func papersMissing(from, to string) (names []string, total int64, err error) {
	err = filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || !paperName(e.Name()) {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		if there, err := os.Stat(filepath.Join(to, name)); err == nil && there.Size() == info.Size() {
			return nil
		}
		names = append(names, name)
		total += info.Size()
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		if _, e := os.Stat(from); errors.Is(e, fs.ErrNotExist) {
			return nil, 0, nil // no papers yet
		}
	}
	return names, total, disk.CannotRead(from, err)
}

// paperName reports whether a file name begins with a SHA-256.
func paperName(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	_, err := hex.DecodeString(name)
	return err == nil && len(name) == 2*sha256.Size
}

// paper copies one paper: what was read has to fit its name, and what is read
// back too.
func (g *growing) paper(from, to string) (err error) {
	want, _, _ := strings.Cut(filepath.Base(to), ".")
	fits := func(sum hash.Hash) error {
		if got := hex.EncodeToString(sum.Sum(nil)); got != want {
			return fmt.Errorf("%s: %w", got, errSpoilt)
		}
		return nil
	}
	f, err := disk.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	temp, err := g.write(func(w io.Writer) error { return stream(g.ctx, w, f, from) })
	defer func() {
		if err != nil && temp != "" {
			os.Remove(temp)
		}
	}()
	if err != nil {
		return g.told(err)
	}
	if err := fits(g.sum); err != nil {
		return err
	}
	if err := readBack(g.ctx, temp, g.sum, g.written, nil); err != nil {
		return g.told(err)
	}
	if err := disk.Rename(temp, to); err != nil {
		return g.told(err)
	}
	syncFolder(g.folder)
	return nil
}
