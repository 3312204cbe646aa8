package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"touyan/store/field"
	"touyan/store/vault"
)

// Ensure that any manifest is refused, or survives being packed again.
func FuzzManifest(f *testing.F) {
	m := manifest{"r:person": {count: 3}, "heads": {count: 1 << 40}}
	f.Add(m.pack())
	f.Add([]byte{0})
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := unpackManifest(b)
		if err != nil {
			return
		}
		again, err := unpackManifest(m.pack())
		for name, s := range m {
			if s.count > 0 && (err != nil || again.of(name).count != s.count || again.of(name).xor != s.xor) {
				t.Fatalf("%s is %v, then %v, %v", name, s, again.of(name), err)
			}
		}
	})
}

// Ensure that any stamp a book brings is refused, or survives being sent on.
func FuzzReadStamp(f *testing.F) {
	v := Version{Dot: Dot{"ledger-1", 7}, Record: "r", Level: field.County, Office: "150426", Decision: true, Knew: Writings{{Dot{"a", 1}, "r"}, {Dot{"a", 5}, "r"}, {Dot{"b", 2}, "s"}}}
	f.Add(v.Stamp())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := ReadStamp(b)
		if err != nil {
			return
		}
		v.Was = ""
		again, err := ReadStamp(v.Stamp())
		if err != nil || !reflect.DeepEqual(again, v) {
			t.Fatalf("%#v is sent on as %#v, %v", v, again, err)
		}
	})
}

// Ensure that a text is the id of one record or of none.
func FuzzID(f *testing.F) {
	f.Add(NewID(time.UnixMilli(1_767_225_600_000)))
	f.Add("7zzzzzzzzzzzzzzzzzzzzzzzzz")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := idBytes(s)
		if err == nil && idText(b) != s {
			t.Fatalf("%q is also %q", s, idText(b))
		}
	})
}

// Ensure that whatever lies in a value of several parts ends in an error: bytes
// that were not sealed here are never taken for it.
func FuzzParts(f *testing.F) {
	_, ring := vault.New("office", vault.Class(field.Ordinary))
	file := &file{ring: ring}
	f.Add([]byte{}, uint8(0))
	f.Add([]byte{3, 1, 2, 3}, uint8(1))
	f.Add(bytes.Repeat([]byte{0x80}, 12), uint8(2))
	f.Fuzz(func(t *testing.T, value []byte, at uint8) {
		parts, err := file.openParts("r:person", []byte{at}, value)
		for _, p := range parts {
			if err == nil && p.plain != nil {
				t.Fatalf("%x is taken for what was sealed here", value)
			}
		}
	})
}

// Ensure that no file in place of the anchor keeps the ledger from being used,
// nor makes it forget what it is itself.
func FuzzAnchor(f *testing.F) {
	dir := f.TempDir()
	opts := Options{Machine: "test", Cost: vault.Floor, Anchors: filepath.Join(dir, "anchors")}
	path := filepath.Join(dir, "a.touyan")
	if err := Create(path, Office{Code: "150426201", Name: "白音花苏木", Level: field.Township}, false, opts); err != nil {
		f.Fatal(err)
	}
	db, err := Open(path, opts)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { db.Close() })
	if _, err := db.Protect(f.Context(), "苏和", Roles, "蓝天白云2026"); err != nil {
		f.Fatal(err)
	}
	if err := db.Note("打印", "", "", Actor{}); err != nil {
		f.Fatal(err)
	}
	db.keepAnchor()
	good, err := os.ReadFile(db.anchorPath())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte("{}"))
	f.Add([]byte(`{"size":18446744073709551615,"locks":1}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(db.anchorPath(), b, 0o600); err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(b, good) && len(db.checkAnchor(false)) > 0 {
			t.Fatal("the ledger's own anchor is not known")
		}
		db.checkAnchor(true)
		for _, found := range db.checkAnchor(false) {
			if found.String() == "" {
				t.Fatal("found without words")
			}
		}
	})
}

// Ensure that any file is refused as a copy, unless it ends with a digest of
// all before it.
func FuzzTrailer(f *testing.F) {
	var whole bytes.Buffer
	w := &copyWriter{ctx: f.Context(), to: &whole, sum: sha256.New()}
	if _, err := w.Write([]byte("pages")); err != nil {
		f.Fatal(err)
	}
	if err := w.finish(Mark{}); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes())
	f.Add(whole.Bytes()[5:])
	f.Add([]byte(trailerMagic))
	path := filepath.Join(f.TempDir(), "copy.touyan")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		mark, marked := MarkOf(path)
		got, err := CheckCopy(t.Context(), path, nil)
		if err != nil {
			if !errors.Is(err, ErrNoMark) && !errors.Is(err, ErrBadCopy) {
				t.Fatal(err)
			}
			return
		}
		sum := sha256.Sum256(b[:len(b)-trailerEnd])
		if !marked || got != mark || !bytes.Equal(sum[:], b[len(b)-trailerEnd:][:sha256.Size]) {
			t.Fatalf("%x is taken for a copy", b)
		}
	})
}
