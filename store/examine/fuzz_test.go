package examine

import (
	"bytes"
	"encoding/json"
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

// Ensure that a file neither of whose first pages is whole is told as something,
// whatever it begins with.
func FuzzRootless(f *testing.F) {
	path := filepath.Join(f.TempDir(), "a.touyan")
	fill(f, path, 5)
	whole, err := os.ReadFile(path)
	ok(f, err)
	f.Add(whole[:9000])
	f.Add(whole[:100])
	f.Add([]byte("PK\x03\x04"))
	f.Add(make([]byte, 5000))
	f.Fuzz(func(t *testing.T, b []byte) {
		v := Verdict{path: "台账.touyan", State: rootless(bytes.NewReader(b), int64(len(b)))}
		if v.Err() == nil {
			t.Errorf("%s is no error", v.State)
		}
	})
}
