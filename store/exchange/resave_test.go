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

// Ensure that a book which LibreOffice opened and saved again, as .xlsx or as .xls,
// merges as if nobody had touched it, for every kind of a sample office.
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
	fresh := newOffice(t, dir, county, clock())
	closeAll(t, fresh)
	receive(t, fresh, book)
	before, all := ledger(t, db), ledger(t, fresh)
	for _, format := range []string{"xlsx", "xls"} {
		cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", format, "--outdir", out, book)
		cmd.Env = append(os.Environ(), "HOME="+dir)
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("soffice: %v\n%s", err, text)
		}
		saved := filepath.Join(out, "上报 一."+format)
		r := receive(t, db, saved)
		if r.Same == 0 || r.New+r.Updated+r.Conflicts+r.Refused != 0 || len(r.Problems) != 0 {
			t.Errorf("%s: %+v", format, r)
		}
		if ledger(t, db) != before {
			t.Errorf("%s: the ledger changed", format)
		}
		r = receive(t, fresh, saved)
		if r.New+r.Updated+r.Conflicts != 0 || ledger(t, fresh) != all {
			t.Errorf("%s: at the county: %+v", format, r)
		}
	}
}
