package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"touyan/store"
	"touyan/store/backup"
)

// flipRow flips each bit of a finished ledger, or of a copy of it, one at a time.
type flipRow struct {
	site  site
	copy  bool
	whole []byte            // the ledger as it was closed
	files map[string][]byte // what belongs beside it: the papers
	exact string
	steps []string // what it held after each step
	bits  int
	step  int // from one bit to the next: no divisor of bits, so that any part of the row is spread over the file
}

// stepsFile is where the digests of what it held after each step lie.
func stepsFile(dir string) string { return filepath.Join(dir, "steps") }

// wholeFile is where the undamaged ledger lies.
func wholeFile(dir string) string { return filepath.Join(dir, "whole") }

func newFlipRow(dir string, isCopy bool) (*flipRow, error) {
	s := site{dir}
	whole, err := os.ReadFile(wholeFile(dir))
	if err != nil {
		return nil, err
	}
	files, err := readFolder(s.folder())
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(files, func(name string, _ []byte) bool { return filepath.Dir(name) == "." })
	r := &flipRow{site: s, copy: isCopy, files: files, whole: whole, bits: 8 * len(whole), step: 1_000_003}
	if err := r.lay(whole); err != nil {
		return nil, err
	}
	d, err := look(s.ledger(), false)
	if err != nil {
		return nil, err
	}
	r.exact = d.exact
	steps, err := os.ReadFile(stepsFile(dir))
	r.steps = strings.Fields(string(steps))
	return r, err
}

func (r *flipRow) lay(content []byte) error {
	r.files[ledgerName] = content
	return lay(r.site.folder(), r.files)
}

func (r *flipRow) try(i int) (v verdict, text string, ok, more bool) {
	if i >= r.bits {
		return 0, "", false, false
	}
	bit := int(int64(i) * int64(r.step) % int64(r.bits))
	mask := byte(1) << (bit % 8)
	r.whole[bit/8] ^= mask
	defer func() { r.whole[bit/8] ^= mask }()
	if err := r.lay(r.whole); err != nil {
		panic(err) // of our own disk
	}
	d, err := r.look()
	switch {
	case err != nil:
		if r.copy {
			return told, "", true, true
		}
		was, ok := lookBack(r.site.ledger(), false)
		switch {
		case !ok:
			return told, "", true, true
		case was.exact == r.exact || slices.Contains(r.steps, was.exact):
			return earlier, "", true, true
		}
		return silent, fmt.Sprintf("silent: before the last commit, with bit %d of byte %d", bit%8, bit/8), true, true
	case d.exact == r.exact:
		return opened, "", true, true
	case slices.Contains(r.steps, d.exact):
		return lost, "", true, true
	}
	return silent, fmt.Sprintf("silent: bit %d of byte %d, at %d of its page", bit%8, bit/8, bit/8%4096), true, true
}

// look reads the ledger; a copy as who puts it back does: first by the digest it
// carries.
func (r *flipRow) look() (digests, error) {
	if r.copy {
		_, err := store.CheckCopy(context.Background(), r.site.ledger(), nil)
		if err != nil && !errors.Is(err, store.ErrNoMark) {
			return digests{}, err
		}
	}
	return look(r.site.ledger(), false)
}

// flipAll is the class: a ledger made by the office's work, or a copy of it, and
// every bit of it.
func flipAll(row string) func(context.Context, *tally, job) error {
	return func(ctx context.Context, t *tally, j job) error {
		info, err := os.Stat(wholeFile(j.dir))
		if err != nil {
			return err
		}
		t.note = fmt.Sprintf("of %d bits; opened: nothing depends on it", 8*info.Size())
		return sweep(ctx, t, row, j)
	}
}

// makeWhole has a child do the office's work and keeps the ledger.
func makeWhole(ctx context.Context, dir string) error {
	_, exact, err := undisturbed(ctx, dir, "office")
	if err != nil {
		return err
	}
	if err := os.WriteFile(stepsFile(dir), []byte(strings.Join(exact, " ")), 0o600); err != nil {
		return err
	}
	whole, err := os.ReadFile(site{dir}.ledger())
	if err != nil {
		return err
	}
	return os.WriteFile(wholeFile(dir), whole, 0o600)
}

// makeWholeCopy does so too, and keeps a copy of the ledger as the program makes
// them.
func makeWholeCopy(ctx context.Context, dir string) error {
	if err := makeWhole(ctx, dir); err != nil {
		return err
	}
	s := site{dir}
	db, err := store.Open(s.ledger(), options())
	if err != nil {
		return err
	}
	c, err := backup.Make(ctx, db, backup.Folder(s.ledger()), backup.ByHand, nil)
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	return os.Rename(c.Path, wholeFile(dir))
}
