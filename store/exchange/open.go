package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/field"
	"touyan/store/oldbook"
	"touyan/store/record"
	"touyan/store/sheet"
	"touyan/store/xlsx"
)

// Options is what a person may choose about a book.
type Options struct {
	Form     string            // name or title of a form; empty: found out
	Sheet    string            // name of a sheet; empty: all that hold a table
	Mapping  map[string]string // head → path; an empty path leaves the column out
	Password string            // of an encrypted book
	AsRoster bool              // read a book that a ledger wrote as if it carried no stamps
	From     *store.Office     // of a plain roster: the office it is accepted under; nil: this one
	Period   Period            // of a plain roster: what it reports on
	Progress func(step string, done, total int64)
}

// Book is a workbook gathered into memory: its tables, and its carrier if a
// ledger wrote it.
type Book struct {
	Name    string // file name without its folder
	Digest  string // of the file's bytes
	Tables  []*sheet.Table
	skipped []string          // sheets with no known table
	mapping map[string]string // as a person gave it for this book
	carrier *carrier
	lost    bool   // a ledger wrote it, and its stamps are gone
	path    string // where it lies; never written over
	now     time.Time
	kinds   field.Kinds
	options Options
	out     map[[2]int]bool // rows a person left out, by table and row

	corrected map[[2]int]bool // overtyped rows a person called 更正
}

// id is how the ledger that wrote the book named it, empty for a roster.
func (b *Book) id() string {
	if b.carrier == nil {
		return ""
	}
	return b.carrier.head.Book
}

// Stamped reports whether the book carries the stamps of a ledger, and so can
// be merged cell by cell.
func (b *Book) Stamped() bool { return b.carrier != nil }

// Open gathers a book. The errors are sentences for whoever chose the file.
func Open(ctx context.Context, db *store.DB, path string, o Options) (*Book, error) {
	x, err := openWorkbook(ctx, path, o.Password)
	if err != nil {
		return nil, about(path, err)
	}
	defer x.Close()
	digest, err := fileDigest(path)
	if err != nil {
		return nil, about(path, err)
	}
	b := &Book{Name: filepath.Base(path), Digest: digest, path: path, now: db.Now(), options: o, out: map[[2]int]bool{}}
	if !o.AsRoster {
		if err := b.readCarrier(ctx, x); err != nil {
			return nil, about(path, err)
		}
	}
	if err := b.knowKinds(db); err != nil {
		return nil, err
	}
	read := sheet.ReadOptions{Kinds: b.kinds, Forms: forms(b.kinds), Sheet: o.Sheet, Mapping: o.Mapping}
	if o.Form != "" && o.Form != "auto" {
		f := FormNamed(b.kinds, o.Form)
		if f == nil {
			return nil, fmt.Errorf("没有名为“%s”的表，请用 forms 查看可用的表", o.Form)
		}
		read.Form = f.Name
	}
	read.Remembered = func(heads []string) map[string]string { return remembered(db, heads) }
	if b.carrier != nil {
		read.SheetForms = b.carrier.sheetForms()
	}
	if o.Progress != nil {
		read.Progress = func(done, total int64) { o.Progress("读取", done, total) }
	}
	if b.Tables, b.skipped, err = sheet.Read(ctx, x, read); err != nil {
		return nil, about(path, err)
	}
	if err := checkMapping(b.Tables, o.Mapping); err != nil {
		return nil, err
	}
	b.mapping = o.Mapping
	return b, nil
}

// own are the fields that offices added, as the book defines them.
func (b *Book) own() []store.OwnRow {
	if b.carrier == nil {
		return nil
	}
	return b.carrier.added
}

// knowKinds makes the book's kinds those of the ledger with the fields that the
// book defines.
func (b *Book) knowKinds(db *store.DB) error {
	return db.View(func(tx *store.Tx) error {
		tx, err := tx.With(b.own())
		if err == nil {
			b.kinds = tx.Kinds()
		}
		return err
	})
}

// readCarrier finds the stamps of a book that a ledger wrote.
func (b *Book) readCarrier(ctx context.Context, x *xlsx.Book) error {
	raw, found, err := sheet.ReadCarrier(ctx, x)
	switch {
	case err != nil && (ctx.Err() != nil || errors.As(err, new(*xlsx.Error))):
		return err
	case err != nil:
		return &CarrierError{err}
	}
	b.lost = found && len(raw.Rows) == 0
	if !found || b.lost {
		return nil
	}
	if b.carrier, err = unpackCarrier(raw); err != nil {
		return &CarrierError{err}
	}
	return nil
}

// CarrierError says that a book that a ledger wrote cannot be merged cell by
// cell: its stamps are damaged, or those of two books, or of a later program.
// The tables are whole: AsRoster reads them without.
type CarrierError struct{ err error }

func (e *CarrierError) Error() string { return e.err.Error() }

func (e *CarrierError) Unwrap() error { return e.err }

// checkMapping refuses a mapping that says something of heads no table has, or
// of columns no form has: passed over in silence it would be taken for done.
func checkMapping(tables []*sheet.Table, mapping map[string]string) error {
	for _, head := range sortedKeys(mapping) {
		found, taken := false, mapping[head] == ""
		for _, t := range tables {
			for _, h := range t.Heads {
				if sheet.SameHead(h.Text, head) {
					found, taken = true, taken || h.Column >= 0
				}
			}
		}
		switch {
		case !found:
			return fmt.Errorf("栏目对照里的“%s”不在表头里，请照表头原样写", head)
		case !taken:
			return fmt.Errorf("栏目对照把“%s”对应到“%s”，这张表没有这个栏目，或已有另一列对应到它；可用的栏目见 forms", head, mapping[head])
		}
	}
	return nil
}

// about puts a book's name before what is wrong with it, unless the sentence
// names it already.
func about(path string, err error) error {
	if _, ok := errors.AsType[*disk.Error](err); ok {
		return err
	}
	return fmt.Errorf("“%s”：%w", filepath.Base(path), err)
}

// openWorkbook opens a workbook unless ctx ends first. What is read as a whole,
// as all old formats are, is then read on for nobody, for the seconds its limits
// give it.
func openWorkbook(ctx context.Context, path, password string) (*xlsx.Book, error) {
	type opened struct {
		book *xlsx.Book
		err  error
	}
	done := make(chan opened, 1)
	go func() {
		b, err := openByContent(path, password)
		done <- opened{b, err}
	}()
	select {
	case o := <-done:
		return o.book, o.err
	case <-ctx.Done():
		go func() {
			if o := <-done; o.err == nil {
				o.book.Close()
			}
		}()
		return nil, ctx.Err()
	}
}

// openByContent opens an .xlsx, or what else offices call .xls: the content
// decides, whatever the name.
func openByContent(path, password string) (*xlsx.Book, error) {
	limits := xlsx.DefaultLimits()
	b, err := xlsx.Open(path, limits)
	refused, ok := errors.AsType[*xlsx.Error](err)
	switch {
	case ok && oldbook.Reads(refused.Code):
		return oldbook.Open(path, refused.Code, password, limits)
	case ok && refused.Code == xlsx.Encrypted:
		b, again := xlsx.OpenEncrypted(path, password, limits)
		if again != nil && password == "" {
			again = err // it asks for a password that nobody gave
		}
		return b, again
	}
	return b, err
}

func fileDigest(path string) (string, error) {
	f, err := disk.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", disk.CannotRead(path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// forms are all forms a book may be in the shape of: those offices know and
// the plain registers that bundles carry.
func forms(kinds field.Kinds) []*field.Form {
	all := record.Forms()
	for _, k := range kinds {
		all = append(all, field.Register(kinds, k))
	}
	return all
}

// FormNamed finds a form or register by name or title, nil if there is none.
func FormNamed(kinds field.Kinds, name string) *field.Form {
	if f := record.FormNamed(name); f != nil {
		return f
	}
	all := forms(kinds)
	if i := slices.IndexFunc(all, func(f *field.Form) bool { return f.Name == name || f.Title == name }); i >= 0 {
		return all[i]
	}
	return nil
}

const mappingSetting = "mapping:"

// remembered recalls how a person matched a book with the same heads before.
func remembered(db *store.DB, heads []string) map[string]string {
	var m map[string]string
	err := db.View(func(tx *store.Tx) (err error) {
		return tx.Setting(mappingSetting+headsKey(heads), &m)
	})
	if err != nil {
		return nil
	}
	return m
}

// Remember keeps a corrected mapping for every book with the same heads.
func Remember(tx *store.Tx, t *sheet.Table, mapping map[string]string) error {
	return tx.SetSetting(mappingSetting+headsKey(t.HeadTexts()), mapping)
}

func headsKey(heads []string) string {
	sum := store.Digest(heads...)
	return hex.EncodeToString(sum[:8])
}
