package paper

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"touyan/store"
	"touyan/store/backup"
	"touyan/store/field"
	"touyan/store/record"
	"touyan/store/vault"
)

var clerk = store.Actor{Name: "张敏"}

// desk is a ledger with a person and a village, and a folder of files to attach.
type desk struct {
	t       testing.TB
	db      *store.DB
	from    string // folder of the files
	person  string
	village string
}

func newDesk(t testing.TB) *desk {
	return deskAt(t, filepath.Join(t.TempDir(), "台账", "某某苏木.touyan"))
}

func deskAt(t testing.TB, path string) *desk {
	t.Helper()
	ok(t, os.MkdirAll(filepath.Dir(path), 0o700))
	opts := store.Options{Kinds: record.Kinds(), Cost: vault.Floor}
	ok(t, store.Create(path, store.Office{Code: "150426101", Name: "某某苏木", Level: field.Township}, true, opts))
	db, err := store.Open(path, opts)
	ok(t, err)
	t.Cleanup(func() { db.Close() })
	d := &desk{t: t, db: db, from: t.TempDir()}
	ok(t, db.Do("录入", clerk, func(tx *store.Tx) error {
		p, v := &record.Person{Name: "白音巴图"}, &record.Village{Name: "前进嘎查"}
		err := errors.Join(tx.Put(p), tx.Put(v))
		d.person, d.village = p.ID, v.ID
		return err
	}))
	return d
}

// file puts a file where somebody attaches it from.
func (d *desk) file(name string, b []byte) string {
	d.t.Helper()
	path := filepath.Join(d.from, name)
	ok(d.t, os.WriteFile(path, b, 0o600))
	return path
}

// photo is a small photo, another for each n.
func (d *desk) photo(name string, n int) string {
	d.t.Helper()
	return d.file(name, plainJPEG(d.t, scene(40+n, 30)))
}

func (d *desk) attach(o Owner, paths ...string) []Verdict {
	d.t.Helper()
	v, err := Attach(context.Background(), d.db, clerk, o, paths, nil)
	ok(d.t, err)
	return v
}

func (d *desk) papers(owner string) (out []*record.Paper) {
	d.t.Helper()
	ok(d.t, d.db.View(func(tx *store.Tx) error {
		for p, err := range Of(tx, owner) {
			if err != nil {
				return err
			}
			out = append(out, p)
		}
		return nil
	}))
	return out
}

func (d *desk) secret() (s store.PaperSecret) {
	d.t.Helper()
	ok(d.t, d.db.View(func(tx *store.Tx) (err error) {
		s, err = tx.PaperSecret()
		return err
	}))
	return s
}

// fileOf is the name a paper's file lies under.
func (d *desk) fileOf(p *record.Paper) (name string) {
	d.t.Helper()
	ok(d.t, d.db.View(func(tx *store.Tx) error {
		kept, _, err := tx.Paper(p.Content)
		name = kept.File
		return err
	}))
	return name
}

// kept are the names in the folder of the papers.
func (d *desk) kept() (out []string) {
	entries, err := os.ReadDir(Dir(d.db.Path()))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		d.t.Fatal(err)
	}
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func (d *desk) check() *Report {
	d.t.Helper()
	r, err := Check(context.Background(), d.db, nil)
	ok(d.t, err)
	return r
}

// operations are the names of the ledger's operations, newest first, with their
// reasons.
func (d *desk) operations() (out []string) {
	ok(d.t, d.db.View(func(tx *store.Tx) error {
		for e, err := range tx.Journal() {
			if err != nil {
				return err
			}
			out = append(out, strings.TrimSpace(e.Op+" "+e.Why+e.Detail))
		}
		return nil
	}))
	return out
}

// Ensure that each of several files has its own verdict, that the good ones are
// kept sealed with what their names tell, and come back as they went in.
func TestAttach(t *testing.T) {
	d := newDesk(t)
	pdf := plainPDF(3, "/OpenAction << /S /JavaScript >>")
	var told []int64
	v, err := Attach(context.Background(), d.db, clerk, Owner{Person: d.person}, []string{
		d.photo("毕业证书.jpg", 1), d.file("入党志愿书.pdf", pdf), d.file("简历.docx", []byte("PK\x03\x04 word/document.xml")),
		filepath.Join(d.from, "没有.jpg"), d.file("杂.png", plainPNG(t, scene(9, 9)))}, func(done, total int64) { told = append(told, total) })
	ok(t, err)
	if len(told) != 5 {
		t.Errorf("progress was told %d times", len(told))
	}
	for i, refused := range []string{"", "", "Word 文档", "找不到", ""} {
		switch {
		case refused == "" && (v[i].Err != nil || v[i].Record == ""):
			t.Errorf("%s was refused: %v", v[i].Title, v[i].Err)
		case refused != "" && (v[i].Err == nil || !strings.Contains(v[i].Err.Error(), refused) || v[i].Record != ""):
			t.Errorf("%s: %v, want %s", v[i].Title, v[i].Err, refused)
		}
	}
	if len(v[1].Warnings) != 1 {
		t.Errorf("the PDF with a script: %q", v[1].Warnings)
	}
	papers := d.papers(d.person)
	if len(papers) != 3 || papers[0].Title != "毕业证书" || papers[0].Class != "04" || papers[1].Class != "06" || papers[2].Class != "" ||
		papers[1].Pages == nil || *papers[1].Pages != 3 || papers[0].Type != record.JPEG || papers[2].Type != record.PNG {
		t.Errorf("recorded %+v", papers)
	}
	c, rec, err := Get(d.db, v[1].Record)
	ok(t, err)
	if !bytes.Equal(c.Bytes, pdf) || rec.Title != "入党志愿书" || c.Pages != 3 {
		t.Error("the PDF did not come back as it went in")
	}
	for _, name := range d.kept() {
		b, err := os.ReadFile(filepath.Join(Dir(d.db.Path()), name))
		ok(t, err)
		if nameOf(b) != name {
			t.Errorf("%s is not named by its digest", name)
		}
		if bytes.Contains(b, []byte("%PDF")) || bytes.Contains(b, jpegMagic) && bytes.Contains(b, []byte("JFIF")) {
			t.Errorf("%s lies open", name)
		}
	}
	if n := len(d.kept()); n != 3 {
		t.Errorf("%d files are kept", n)
	}
	if got := d.operations()[0]; got != OpAttach {
		t.Errorf("the last operation is %s", got)
	}
	if r := d.check(); r.Files != 3 || len(r.Wrong)+len(r.Orphans) != 0 {
		t.Errorf("checked: %+v", r)
	}
}

// Ensure that one content is stored once in a ledger: the second time for one
// owner it is refused by the first's title, for another a record is made.
func TestOneContentOnce(t *testing.T) {
	d := newDesk(t)
	a, b := d.photo("合影.jpg", 1), d.photo("又一份.jpg", 1)
	v := d.attach(Owner{Person: d.person}, a, b)
	good, again := v[0], v[1]
	if good.Err != nil {
		good, again = again, good
	}
	if good.Err != nil || again.Err == nil || !strings.Contains(again.Err.Error(), "“"+good.Title+"”是同一份") {
		t.Errorf("two alike at once: %v, %v", v[0].Err, v[1].Err)
	}
	if v := d.attach(Owner{Person: d.person}, a); v[0].Err == nil || !strings.Contains(v[0].Err.Error(), "同一份") {
		t.Errorf("the same again: %v", v[0].Err)
	}
	if v := d.attach(Owner{Village: d.village}, b); v[0].Err != nil {
		t.Errorf("for another: %v", v[0].Err)
	}
	if n := len(d.kept()); n != 1 {
		t.Errorf("one content lies in %d files", n)
	}
	if len(d.papers(d.person)) != 1 || len(d.papers(d.village)) != 1 {
		t.Error("the two owners do not have one paper each")
	}
}

// Ensure that replacing keeps the old file, that taking it back brings it again,
// and that a paper that is void has neither file nor place.
func TestReplaceAndVoid(t *testing.T) {
	d := newDesk(t)
	id := d.attach(Owner{Person: d.person}, d.photo("毕业证书.jpg", 1))[0].Record
	first, _, err := Get(d.db, id)
	ok(t, err)
	_, err = Replace(context.Background(), d.db, clerk, id, d.file("重扫.pdf", plainPDF(2, "")))
	ok(t, err)
	if c, rec, err := Get(d.db, id); err != nil || c.Type != record.PDF || rec.Title != "毕业证书" || *rec.Pages != 2 {
		t.Errorf("replaced: %+v, %v", rec, err)
	}
	if _, err := Replace(context.Background(), d.db, clerk, id, d.file("空.pdf", nil)); err == nil {
		t.Error("replaced by nothing")
	}
	var seq uint64
	ok(t, d.db.View(func(tx *store.Tx) error { seq = tx.Seq(); return nil }))
	_, err = d.db.Undo(seq, clerk, false)
	ok(t, err)
	if c, _, err := Get(d.db, id); err != nil || !bytes.Equal(c.Bytes, first.Bytes) {
		t.Errorf("taken back: %v", err)
	}
	ok(t, d.db.Do(OpVoid, clerk, func(tx *store.Tx) error { return Void(tx, id, "扫错了人") }))
	if len(d.papers(d.person)) != 0 {
		t.Error("what is void still counts")
	}
	if _, _, err := Get(d.db, id); !errors.Is(err, store.ErrNoRecord) {
		t.Errorf("opened what is void: %v", err)
	}
	if got := d.operations()[0]; got != OpVoid+" 扫错了人" {
		t.Errorf("journalled as %s", got)
	}
	if r := d.check(); r.Files != 2 || len(r.Wrong)+len(r.Orphans) != 0 {
		t.Errorf("checked: %+v", r)
	}
}

// Ensure that a paper leaves the ledger only by Export, which is journalled.
func TestExport(t *testing.T) {
	d := newDesk(t)
	pdf := plainPDF(2, "")
	id := d.attach(Owner{Person: d.person}, d.file("入党志愿书.pdf", pdf))[0].Record
	out := filepath.Join(t.TempDir(), "交出.pdf")
	ok(t, Export(d.db, clerk, id, out))
	if b, _ := os.ReadFile(out); !bytes.Equal(b, pdf) {
		t.Error("what was exported is not what was attached")
	}
	if got := d.operations()[0]; got != OpExport+" 入党志愿书 → 交出.pdf" {
		t.Errorf("journalled as %s", got)
	}
	n := len(d.operations())
	if err := Export(d.db, clerk, id, filepath.Join(t.TempDir(), "没有", "交出.pdf")); err == nil || len(d.operations()) != n {
		t.Errorf("exported to no folder: %v", err)
	}
	if entries, err := os.ReadDir(filepath.Dir(out)); err != nil || len(entries) != 1 {
		t.Errorf("beside the copy lies more: %v", entries)
	}
}

// Ensure that an attaching that is cancelled, or that the ledger does not take,
// leaves nothing behind.
func TestAttachLeavesNothing(t *testing.T) {
	d := newDesk(t)
	ctx, cancel := context.WithCancel(context.Background())
	paths := []string{d.photo("一.jpg", 1), d.photo("二.jpg", 2), d.photo("三.jpg", 3), d.photo("四.jpg", 4)}
	if _, err := Attach(ctx, d.db, clerk, Owner{Person: d.person}, paths, func(int64, int64) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if len(d.kept()) != 0 || len(d.papers(d.person)) != 0 {
		t.Errorf("cancelled, and there stay %q", d.kept())
	}
	ok(t, d.db.Close())
	if _, err := Attach(context.Background(), d.db, clerk, Owner{Person: d.person}, paths, nil); err == nil {
		t.Error("attached to a closed ledger")
	}
	if len(d.kept()) != 0 {
		t.Errorf("refused, and there stay %q", d.kept())
	}
}

// Ensure that backups look for the papers where they are kept, whatever the
// ledger is called.
func TestFolderIsTheOneBackedUp(t *testing.T) {
	for ledger, want := range map[string]string{"某某苏木.touyan": "某某苏木.附件", "台账2026.3": "台账2026.3.附件", "台账.touyan.touyan": "台账.touyan.附件"} {
		if got := Dir(ledger); got != want || backup.PapersOf(ledger) != want {
			t.Errorf("%s: kept in %s, backed up from %s, want %s", ledger, got, backup.PapersOf(ledger), want)
		}
	}
}

// Ensure that where the folder cannot be made every file says so, and the
// ledger stays as it was.
func TestNoFolder(t *testing.T) {
	d := newDesk(t)
	ok(t, os.WriteFile(Dir(d.db.Path()), nil, 0o600))
	v := d.attach(Owner{Person: d.person}, d.photo("一.jpg", 1))
	if v[0].Err == nil || !strings.Contains(v[0].Err.Error(), "某某苏木.附件") {
		t.Errorf("attached: %v", v[0].Err)
	}
	if len(d.operations()) != 1 {
		t.Errorf("journalled: %q", d.operations())
	}
}
