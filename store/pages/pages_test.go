package pages_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"testing"

	"touyan/store/pages"

	"go.etcd.io/bbolt"
)

// newFile is a file with trees within trees, some of several pages, and free
// pages.
func newFile(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.bolt")
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: 4096, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	for turn := range 3 {
		err := db.Update(func(tx *bbolt.Tx) error {
			var errs []error
			for _, name := range []string{"many", "few", "none"} {
				b, err := tx.CreateBucketIfNotExists([]byte(name))
				errs = append(errs, err)
				in, err := b.CreateBucketIfNotExists([]byte("within"))
				errs = append(errs, err)
				for i := range map[string]int{"many": 400, "few": 3}[name] {
					errs = append(errs, in.Put(fmt.Append(nil, "key ", i), bytes.Repeat([]byte{byte(turn)}, 40)))
				}
			}
			return errors.Join(append(errs, tx.Bucket([]byte("many")).Put([]byte("long"), make([]byte, 9000)))...)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// Ensure that what bbolt wrote is whole, by the newer root and by the older, and
// that the file is known to end too early at every page.
func TestWalk(t *testing.T) {
	whole := newFile(t)
	roots := pages.Roots(bytes.NewReader(whole))
	if len(roots) != 2 || roots[0].Tx != roots[1].Tx+1 || roots[0].PageSize != 4096 {
		t.Fatalf("roots %+v", roots)
	}
	r := roots[0]
	if err := r.Walk(bytes.NewReader(whole), int64(len(whole))); err != nil {
		t.Error(err)
	}
	for n := uint64(2); n < r.Pages; n++ {
		cut := whole[:n*4096]
		for what, err := range map[string]error{
			"Walk": r.Walk(bytes.NewReader(cut), int64(len(cut))), "Check": r.Check(bytes.NewReader(cut), int64(len(cut))),
		} {
			if !errors.Is(err, pages.ErrCut) {
				t.Errorf("cut at page %d: %s = %v", n, what, err)
			}
		}
	}
}

// Ensure that any byte changed in the head of a page is found, whether it is of a
// tree or of the free ones.
func TestWalkFindsChangedHeads(t *testing.T) {
	whole := newFile(t)
	r := pages.Roots(bytes.NewReader(whole))[0]
	free := map[uint64]bool{} // what they hold, their heads too, is of no use
	for id := uint64(2); id < r.Pages; id++ {
		changed := bytes.Clone(whole)
		changed[id*4096] ^= 0xFF
		free[id] = r.Walk(bytes.NewReader(changed), int64(len(changed))) == nil
	}
	found := 0
	for id := uint64(2); id < r.Pages; id++ {
		if free[id] {
			continue
		}
		for at := id * 4096; at < id*4096+pages.PageHead; at++ {
			changed := bytes.Clone(whole)
			changed[at] ^= 0x15
			if err := r.Walk(bytes.NewReader(changed), int64(len(changed))); err == nil {
				t.Errorf("byte %d of page %d changed, and nothing is wrong", at%4096, id)
			}
			found++
		}
	}
	if found < 100 {
		t.Errorf("only %d bytes tried", found)
	}
}

// Ensure that a root is found where the other is lost, and none in what is no
// ledger.
func TestRoots(t *testing.T) {
	whole := newFile(t)
	for _, lost := range []int{0, 4096} {
		b := bytes.Clone(whole)
		b[lost+pages.PageHead+20] ^= 1
		roots := pages.Roots(bytes.NewReader(b))
		if len(roots) != 1 || roots[0].PageSize != 4096 {
			t.Errorf("without the one at %d: %+v", lost, roots)
		}
	}
	for _, b := range [][]byte{nil, []byte("PK\x03\x04"), make([]byte, 9000), whole[:60]} {
		if roots := pages.Roots(bytes.NewReader(b)); len(roots) > 0 {
			t.Errorf("%d bytes have %+v", len(b), roots)
		}
	}
}

// Ensure that the walk ends on any file, without a fault and without reading
// beyond it: one with some of its bytes written over, and with roots whose sums
// say that they are whole.
func FuzzWalk(f *testing.F) {
	whole := newFile(f)
	const meta = 64
	f.Add(uint32(4096+pages.PageHead+40), []byte{9}, uint32(len(whole)))
	f.Add(uint32(3*4096+10), []byte{0, 1}, uint32(9000))
	f.Add(uint32(5*4096), []byte{4, 0, 0, 0}, uint32(len(whole)))
	f.Fuzz(func(t *testing.T, at uint32, over []byte, size uint32) {
		b := bytes.Clone(whole[:min(int(size), len(whole))])
		copy(b[min(int(at), len(b)):], over)
		for _, m := range []int{pages.PageHead, 4096 + pages.PageHead} {
			if m+meta <= len(b) {
				sum := fnv.New64a()
				sum.Write(b[m : m+meta-8])
				binary.LittleEndian.PutUint64(b[m+meta-8:], sum.Sum64())
			}
		}
		r := bytes.NewReader(b)
		for _, root := range pages.Roots(r) {
			checked, walked := root.Check(r, int64(len(b))), root.Walk(r, int64(len(b)))
			if walked == nil && (checked != nil || int64(root.Pages)*int64(root.PageSize) > int64(len(b))) {
				t.Errorf("whole, but %v, %d pages", checked, root.Pages)
			}
		}
	})
}
