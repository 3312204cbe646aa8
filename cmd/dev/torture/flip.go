package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// flipRow flips each bit of a finished ledger, one at a time.
type flipRow struct {
	site  site
	whole []byte // the ledger as it was closed
	exact string
	bits  int
	step  int // from one bit to the next: no divisor of bits, so that any part of the row is spread over the file
}

// wholeFile is where the undamaged ledger lies.
func wholeFile(dir string) string { return filepath.Join(dir, "whole") }

func newFlipRow(dir string) (*flipRow, error) {
	s := site{dir}
	whole, err := os.ReadFile(wholeFile(dir))
	if err != nil {
		return nil, err
	}
	r := &flipRow{site: s, whole: whole, bits: 8 * len(whole), step: 1_000_003}
	if err := r.lay(whole); err != nil {
		return nil, err
	}
	d, err := look(s.ledger(), false)
	r.exact = d.exact
	return r, err
}

func (r *flipRow) lay(content []byte) error {
	return lay(r.site.folder(), map[string][]byte{ledgerName: content})
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
	d, err := look(r.site.ledger(), false)
	switch {
	case err != nil:
		return told, "", true, true
	case d.exact == r.exact:
		return opened, "", true, true
	}
	return silent, fmt.Sprintf("silent: bit %d of byte %d, at %d of its page", bit%8, bit/8, bit/8%4096), true, true
}

// flipped is the class: a ledger made by the office's work, every bit of it.
func flipped(ctx context.Context, t *tally, dir string, seed uint64) error {
	if err := makeWhole(ctx, dir); err != nil {
		return err
	}
	info, err := os.Stat(wholeFile(dir))
	if err != nil {
		return err
	}
	t.note = fmt.Sprintf("of %d bits, read back whole: opened are those nothing depends on", 8*info.Size())
	return sweep(ctx, t, "flip", dir, seed)
}

// makeWhole has a child do the office's work and keeps the ledger.
func makeWhole(ctx context.Context, dir string) error {
	if _, err := undisturbed(ctx, dir, "office"); err != nil {
		return err
	}
	whole, err := os.ReadFile(site{dir}.ledger())
	if err != nil {
		return err
	}
	return os.WriteFile(wholeFile(dir), whole, 0o600)
}
