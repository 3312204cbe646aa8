package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"touyan/store/disk"

	"go.etcd.io/bbolt"
)

// Ensure that a save that fails says so whatever the cause, adds what the disk
// says and no words of the program, and keeps the cause.
func TestUncertain(t *testing.T) {
	db := &DB{path: filepath.Join(t.TempDir(), "台账.touyan")}
	for _, c := range []struct {
		cause error
		want  string
	}{
		{&fs.PathError{Op: "write", Path: db.path, Err: syscall.ENOSPC}, ErrUncertain.Error() + "。原因：磁盘已满，“台账.touyan”没有写成，请删去不用的文件，或换一个磁盘再试。"},
		{errors.New("page 3 is freed twice"), ErrUncertain.Error() + "。"},
	} {
		err := db.uncertain(c.cause)
		if text, _ := disk.Sentence(err); text != c.want || !errors.Is(err, ErrUncertain) || !errors.Is(err, c.cause) {
			t.Errorf("%v is told as %s", c.cause, text)
		}
	}
}

// Ensure that a ledger of a later program is refused as that and left as it is.
func TestNewerLedger(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.touyan")
	if err := Create(path, Office{}, false, Options{Machine: "test"}); err != nil {
		t.Fatal(err)
	}
	db, err := Open(path, Options{Machine: "test"})
	if err != nil {
		t.Fatal(err)
	}
	later := func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(headerBucket)).Put([]byte(formatKey), binary.BigEndian.AppendUint16(nil, FormatVersion+1))
	}
	if err := errors.Join(db.bolt.Update(later), db.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{Machine: "test"}); !errors.Is(err, ErrNewer) || err.Error() != "“台账.touyan”："+ErrNewer.Error() {
		t.Errorf("Open = %v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(after, before) {
		t.Error("the file was written to")
	}
}
