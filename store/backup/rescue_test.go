package backup

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"touyan/store"
	"touyan/store/examine"
	"touyan/store/pages"
)

// Ensure that for a ledger that does not open the newest copy that is whole is
// offered, with when the ledger was last written to, and that taking the offer
// brings the ledger back and keeps the damaged file.
func TestRescue(t *testing.T) {
	db, clock := newLedger(t)
	var copies []Copy
	for _, name := range []string{"白音巴图", "李秀英", "斯琴"} {
		save(t, db, name)
		copies = append(copies, mustMake(t, db, ByHand))
		clock.pass(time.Hour)
	}
	path := db.Path()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	newest := copies[2].Path
	b, err := os.ReadFile(newest)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(newest, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("坏了"), 0o600); err != nil {
		t.Fatal(err)
	}
	written := copies[1].At.Add(time.Hour)
	if err := os.Chtimes(path, written, written); err != nil {
		t.Fatal(err)
	}
	r := Rescue("")
	offer, ok := r.Find(t.Context(), path)
	if !ok || offer.From != copies[1].Path || !offer.Last.Equal(written) {
		t.Fatalf("offer %+v, %v; want %s", offer, ok, copies[1].Path)
	}
	if err := r.Restore(t.Context(), path, offer, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	if got := held(t, path); !slices.Equal(got, []string{"白音巴图", "李秀英"}) {
		t.Errorf("brought back %v", got)
	}
	if !slices.ContainsFunc(files(t, filepath.Dir(path)), func(name string) bool { return strings.Contains(name, "损坏") }) {
		t.Error("the damaged file is not kept")
	}
}

// Ensure that of a ledger whose last operation did not reach the disk whole, what
// it was before is offered before any copy, holds all but that operation when
// put back, and is in the journal; that the damaged file is kept; and that
// nothing is touched where it is not whole either.
func TestRescueBeforeTheLastOperation(t *testing.T) {
	db, c := newLedger(t)
	save(t, db, "白音巴图")
	mustMake(t, db, ByHand)
	save(t, db, "李秀英")
	save(t, db, "斯琴")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	path := db.Path()
	tear := func(which int) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		root := pages.Roots(bytes.NewReader(b))[which]
		clear(b[root.Tree*uint64(root.PageSize):][:root.PageSize])
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tear(0)
	r := Rescue("")
	seen := examine.File(t.Context(), path)
	offers := r.For(t.Context(), seen)
	if len(offers) != 2 || !offers[0].Earlier || offers[1].Earlier {
		t.Fatalf("of %+v are offered %+v", seen, offers)
	}
	if err := r.Restore(t.Context(), path, offers[0], func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	if got := held(t, path); !slices.Equal(got, []string{"白音巴图", "李秀英"}) {
		t.Errorf("brought back %v", got)
	}
	if !slices.ContainsFunc(files(t, filepath.Dir(path)), func(name string) bool { return strings.Contains(name, "损坏") }) {
		t.Error("the damaged file is not kept")
	}
	db = open(t, path, c.now)
	if e := events(t, db, store.OpRestored); len(e) != 1 || e[0].Object != "最后一步之前的内容" {
		t.Errorf("the journal has %+v", e)
	}
	save(t, db, "斯琴")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	tear(1)
	tear(0)
	before := files(t, filepath.Dir(path))
	if err := r.Restore(t.Context(), path, offers[0], func(int64, int64) {}); !errors.Is(err, pages.ErrNoEarlier) || !strings.Contains(err.Error(), "请用备份恢复") {
		t.Errorf("with both torn: %v", err)
	}
	if after := files(t, filepath.Dir(path)); !slices.Equal(after, before) {
		t.Errorf("left behind: %v", after)
	}
	if offers := r.For(t.Context(), examine.File(t.Context(), path)); len(offers) != 1 || offers[0].Earlier {
		t.Errorf("offered %+v", offers)
	}
}
