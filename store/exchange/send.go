package exchange

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/field"
	"touyan/store/sheet"
)

// Copy is whom a printed form is for.
type Copy int

// The copies of a form: 内部全量 has every column, 上报 leaves out discipline
// and pay, 公示 also what is private. A public copy carries no stamps.
const (
	Full Copy = iota
	Upward
	Public
)

// Word is what offices call a copy.
func (c Copy) Word() string { return [...]string{"内部全量", "上报", "公示"}[c] }

// String is how the journal calls a copy; the whole one has no name.
func (c Copy) String() string { return [...]string{"", "report", "public"}[c] }

// Order is what to write into a book.
type Order struct {
	To      store.Office // addressee; zero for an own print
	Forms   []*field.Form
	Where   []field.Condition // on the driving kind of a single form
	Village string            // id: only that one, and who holds something there; empty: all
	Copy    Copy
	Period  Period     // that it reports on; empty if on none
	Why     string     // of a correction: why what was reported is no longer so
	AsOf    field.Date // ages count to it
	Cover   bool
	Folder  bool // reserved rows for 填表人 follow each table
	// Protect locks the cells that nobody should type into.
	Protect bool
	Secret  string        // the password that opens the book; empty for none
	Notice  *sheet.Notice // of a public copy

	only map[recordKey]bool   // of a return: the records it holds; nil: all
	asks map[recordKey]string // of a return: why, by kind and id/field
}

// Sent tells what a book holds.
type Sent struct {
	Book string `json:"book"`
	File string `json:"file"`
	To   string `json:"to"`
	Rows int    `json:"rows"`

	Papers  int  `json:"papers,omitempty"`  // it lists whose files can go in its companion
	Nothing bool `json:"nothing,omitempty"` // 零报告: the addressee knows all of it
	Version int  `json:"version,omitempty"` // of the report on its period; 2 and more correct the one before

	seen    uint64   // the last operation whose work it holds
	forms   []string // that it shows whole
	changes string   // since the book before, as the cover says it

	figures    []store.Figure // 上报数
	correction [][2]string    // lines of the cover
}

// Registers are the plain forms of kinds, as bundles carry them; nil names
// mean all kinds.
func Registers(kinds field.Kinds, names []string) ([]*field.Form, error) {
	var out []*field.Form
	for _, k := range kinds {
		if len(names) == 0 || slices.Contains(names, k.Name) {
			out = append(out, field.Register(kinds, k))
		}
	}
	for _, n := range names {
		if kinds.Kind(n) == nil {
			return nil, fmt.Errorf("没有名为“%s”的台账，请用 kinds 查看", n)
		}
	}
	return out, nil
}

// Send writes a book and journals that it left. The journal comes first: a
// book the ledger does not know of would be undone as if nobody had it. It is
// never written over the ledger.
func Send(ctx context.Context, db *store.DB, who store.Actor, path string, o Order, progress func(done, total int)) (Sent, error) {
	if sameFile(path, db.Path()) {
		return Sent{}, fmt.Errorf("“%s”是正在用的台账，不能把工作簿写在它上面，请另写一个文件名", filepath.Base(path))
	}
	if err := disk.MayWrite(path); err != nil {
		return Sent{}, err
	}
	doc, sent, err := compose(ctx, db, who, o)
	if err != nil {
		return sent, err
	}
	sent.File = filepath.Base(path)
	op := opOf(db.Office(), o.To)
	if o.asks != nil {
		op = "退回"
	}
	doc.Before = func() error {
		return db.Do(op, who, func(tx *store.Tx) error {
			tx.NoteSent(store.Sent{To: sent.To, Book: sent.Book, File: sent.File, Rows: sent.Rows, Seen: sent.seen, Forms: sent.forms,
				Period: string(o.Period), Copy: o.Copy.String(), Village: o.Village, Nothing: sent.Nothing, Asks: len(o.asks), Version: sent.Version, Figures: sent.figures})
			if o.Why != "" {
				tx.NoteWhy(o.Why)
			}
			return nil
		})
	}
	return sent, sheet.Write(ctx, path, doc, progress)
}

// SendEach writes one book for every office right below ours into a folder, each
// with that office's rows only (下发). What is there of the same name is an
// earlier one and is replaced. Where it stops, the books before are written.
func SendEach(ctx context.Context, db *store.DB, who store.Actor, folder string, o Order, progress func(done, total int)) ([]Sent, error) {
	var to []store.Office
	err := db.View(func(tx *store.Tx) error {
		_, under, err := Addressees(tx)
		to = slices.DeleteFunc(under, func(one store.Office) bool { return one.Level != tx.Office().Level-1 })
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(to) == 0 {
		return nil, errors.New("台账里没有下级单位，请先在“单位”里登记它们，再下发")
	}
	var out []Sent
	for i, one := range to {
		if progress != nil {
			progress(i, len(to))
		}
		o.To = one
		sent, err := Send(ctx, db, who, filepath.Join(folder, IssueName(one, db.Now())), o, nil)
		if err != nil {
			return out, fmt.Errorf("写给%s的簿没有写成（前面%d份已写好）：%w", one.Name, i, err)
		}
		out = append(out, sent)
	}
	return out, nil
}

// IssueName is the file name of what is sent down to an office on a day: offices
// of one name are told apart by their codes.
func IssueName(to store.Office, at time.Time) string {
	return sheet.SheetName("下发-"+to.Code+to.Name) + at.Format("-0102") + ".xlsx"
}

// opOf is what sending to an office is called.
func opOf(own, to store.Office) string {
	switch {
	case to.Code == "":
		return "打印"
	case to.Level != field.NoLevel && to.Level < own.Level:
		return "下发"
	}
	return "上报"
}

// sameFile reports whether two names are those of one file that is there.
func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// compose draws the book from one moment of the ledger.
func compose(ctx context.Context, db *store.DB, who store.Actor, o Order) (sheet.Doc, Sent, error) {
	var id [10]byte
	rand.Read(id[:]) // never fails
	book := hex.EncodeToString(id[:])
	sent := Sent{Book: book, To: o.To.Code}
	doc := sheet.Doc{Unit: db.Office().Name, Made: db.Now(), Sample: db.Sample(), Protect: o.Protect, Code: sheet.RowCode(book),
		Secret: o.Secret, Copy: strings.Join([]string{o.Copy.Word(), db.Office().Name, who.Name, db.Now().Format("2006-01-02 15:04")}, "　")}
	err := db.View(func(tx *store.Tx) error {
		scope, err := scopeOfOrder(tx, o)
		if err != nil {
			return err
		}
		if tx, o.Forms, err = scope.shows(tx, o.Forms); err != nil {
			return err
		}
		c := &carrying{tx: tx, form: o, carrier: &carrier{
			head:    bookHead{Book: book, Made: db.Now().UTC(), From: db.Office(), To: addressee(db.Office(), o.To), Period: o.Period},
			lines:   map[lineKey]*sentLine{},
			records: map[recordKey]map[string]sentCell{}, origins: map[store.Dot]store.Origin{},
		}, fields: map[recordKey][]string{}, whole: map[string]bool{}}
		if c.added, err = scope.defines(tx); err != nil {
			return err
		}
		c.head.Papers = paperKeys(db, o)
		if err := sent.compare(tx, o); err != nil {
			return err
		}
		if err := sent.freeze(tx, o, scope); err != nil {
			return err
		}
		c.head.Nothing, c.head.Version, c.head.Why = sent.Nothing, sent.Version, o.Why
		sent.seen, sent.forms = tx.Seq(), wholeForms(o)
		for _, f := range o.Forms {
			if err := ctx.Err(); err != nil {
				return err
			}
			s, err := c.sheet(f, scope)
			if err != nil {
				return err
			}
			sent.Rows += len(s.Lines)
			doc.Sheets = append(doc.Sheets, s)
			if err := c.unlisted(f, scope); err != nil {
				return err
			}
		}
		if o.Cover {
			doc.Cover = cover(doc, o, &sent)
		}
		if o.Copy == Public {
			doc.Code, doc.Notice = "", o.Notice
			return nil
		}
		if doc.Carrier, err = c.pack(); err != nil {
			return err
		}
		sent.Papers, err = c.papers()
		return err
	})
	return doc, sent, err
}

// addressee is whose hand edits a book: for an own print, the office itself.
func addressee(own, to store.Office) store.Office {
	if to.Code == "" {
		return own
	}
	return to
}
