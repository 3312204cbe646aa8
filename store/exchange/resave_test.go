package exchange_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"touyan/store"
	"touyan/store/record"
	"touyan/store/sample"
)

// Ensure that a book which LibreOffice opened and saved again merges as if
// nobody had touched it, for every kind of a sample office.
func TestResavedBookIsTheSame(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	opts := store.Options{Kinds: record.Kinds(), Machine: "test"}
	path := filepath.Join(dir, "t.touyan")
	if err := store.Create(path, township, true, opts); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	closeAll(t, db)
	if err := sample.Build(t.Context(), db, clerk, 1); err != nil {
		t.Fatal(err)
	}
	book, out := filepath.Join(dir, "上报 一.xlsx"), filepath.Join(dir, "out")
	send(t, db, county, book)
	cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", out, book)
	cmd.Env = append(os.Environ(), "HOME="+dir)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, text)
	}
	before := ledger(t, db)
	r := receive(t, db, filepath.Join(out, filepath.Base(book)))
	if r.Same == 0 || r.New+r.Updated+r.Conflicts+r.Refused != 0 || len(r.Problems) != 0 {
		t.Errorf("report: %+v", r)
	}
	if ledger(t, db) != before {
		t.Error("the ledger changed")
	}
	fresh := newOffice(t, dir, county, clock())
	closeAll(t, fresh)
	receive(t, fresh, book)
	all := ledger(t, fresh)
	r = receive(t, fresh, filepath.Join(out, filepath.Base(book)))
	if r.New+r.Updated+r.Conflicts != 0 || ledger(t, fresh) != all {
		t.Errorf("at the county: %+v", r)
	}
}
