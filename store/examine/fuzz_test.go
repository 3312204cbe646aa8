package examine

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"hash/fnv"
	"os"
	"path/filepath"
	"testing"
)

// Ensure that whatever a child answers is a verdict, and that a bad one is not
// taken for a good one.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`{"state":"good","size":65536,"tx":7,"previous":true}`, `{"state":"gone"}`, `{"state":"x"}`, `{"state":"good","size":-1}`, ``, `null`, `[]`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v := parse(b)
		v.path = "台账.touyan"
		if (v.Err() == nil) != (v.State == Good) {
			t.Errorf("%q is %s, told as %v", b, v.State, v.Err())
		}
		if v.State == Good && !bytes.Contains(b, []byte("good")) && !json.Valid(b) {
			t.Errorf("%q is good", b)
		}
	})
}

// Ensure that the walk ends on any file, without a fault and without reading
// beyond it: a ledger with some of its bytes written over, and with roots whose
// sums say that they are whole.
func FuzzWalk(f *testing.F) {
	path := filepath.Join(f.TempDir(), "a.touyan")
	fill(f, path, 5)
	whole, err := os.ReadFile(path)
	ok(f, err)
	f.Add(uint32(4096+pageHead+40), []byte{9}, uint32(len(whole)))
	f.Add(uint32(3*4096+10), []byte{0, 1}, uint32(9000))
	f.Add(uint32(5*4096), []byte{4, 0, 0, 0}, uint32(len(whole)))
	f.Fuzz(func(t *testing.T, at uint32, over []byte, size uint32) {
		b := bytes.Clone(whole[:min(int(size), len(whole))])
		copy(b[min(int(at), len(b)):], over)
		for _, m := range []int{pageHead, 4096 + pageHead} {
			if m+metaSize <= len(b) {
				sum := fnv.New64a()
				sum.Write(b[m : m+metaSize-8])
				binary.LittleEndian.PutUint64(b[m+metaSize-8:], sum.Sum64())
			}
		}
		r := bytes.NewReader(b)
		for _, root := range readRoots(r) {
			if err := walk(r, int64(len(b)), root); err == nil && int64(root.pages)*int64(root.pageSize) > int64(len(b)) {
				t.Error("pages beyond the file are whole")
			}
		}
		rootless(r, int64(len(b)))
	})
}
