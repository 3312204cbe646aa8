package paper

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"touyan/store/disk"
)

// extension is that of ledgers.
const extension = ".touyan"

// tail is what a ledger's folder of papers is called by, behind its own name.
const tail = ".附件"

// asideName is the folder inside it for what belongs to no record.
const asideName = "无主"

// Dir is the folder the papers of a ledger lie in. It need not exist yet.
func Dir(ledger string) string {
	return strings.TrimSuffix(ledger, extension) + tail
}

// keep writes a sealed file under its name: whole or not at all. One that is
// there already and is the same stays.
func keep(dir string, sealed []byte) (name string, err error) {
	name = nameOf(sealed)
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", disk.CannotWrite(path, err)
	}
	if err := write(path, sealed, 0o600); err != nil {
		return "", err
	}
	return name, nil
}

// write puts bytes under a name by way of a file beside it, so that a power cut
// leaves the whole or nothing.
func write(path string, b []byte, mode fs.FileMode) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), tempName+"*")
	if err != nil {
		return disk.CannotWrite(path, err)
	}
	defer os.Remove(temp.Name()) // no more there once it has its name
	_, err = temp.Write(b)
	err = errors.Join(err, temp.Chmod(mode), temp.Sync())
	if err = errors.Join(err, temp.Close()); err != nil {
		return disk.CannotWrite(path, err)
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return disk.CannotWrite(path, err)
	}
	syncDir(filepath.Dir(path))
	return nil
}

// tempName begins the names of files still being written.
const tempName = ".touyan-"

// syncDir makes names outlast a power cut, where the system has a call for it.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		d.Sync()
		d.Close()
	}
}

// read reads a sealed file of a known size. One of another size is not read to
// the end; fs.ErrNotExist where there is none.
func read(path string, size int64) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() != size {
		return nil, errSealed
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, size)
	if _, err := io.ReadFull(f, b); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return nil, errSealed
		}
		return nil, err
	}
	return b, nil
}
