package backup

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
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
