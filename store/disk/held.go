package disk

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"time"
)

// patiently does something with a file. A virus scanner or an indexer may hold
// it for a moment, on Windows that refuses opening and renaming: then it is
// tried again, for some two seconds.
func patiently(f func() error) error {
	for wait := 20 * time.Millisecond; ; wait *= 2 {
		err := f()
		if err == nil || !held(err) || wait > time.Second {
			return err
		}
		time.Sleep(wait)
	}
}

// held reports whether another program may be in the way. Windows says of a
// file that is being scanned that access is denied.
func held(err error) bool {
	_, code, ok := fromSystem(err)
	if !ok {
		return false
	}
	c := causeOf(code)
	return c == inUse || c == denied && runtime.GOOS == "windows"
}

// OpenFile is os.OpenFile for a file that another program may hold for a moment.
// The error is the system's.
func OpenFile(path string, flag int, mode fs.FileMode) (f *os.File, err error) {
	err = patiently(func() error {
		f, err = os.OpenFile(path, flag, mode)
		return err
	})
	return f, err
}

// MayChange looks whether a file that is there can be both read and written to.
// Nothing is written.
func MayChange(path string) error {
	if _, err := Stat(path); err != nil {
		return err
	}
	f, err := OpenFile(path, os.O_RDWR, 0)
	if err == nil {
		return f.Close()
	}
	told := CannotRead(path, err)
	if known, ok := errors.AsType[*Error](told); ok && known.Cause() == Denied {
		if f, e := os.Open(path); e == nil {
			f.Close()
			return &Error{Text: placeOf(path).sentence(fixed, reading), Err: err, cause: fixed}
		}
	}
	return told
}

// Cause is why the system refused, for who does more than tell it.
type Cause string

// The causes that have a name.
const (
	Missing   Cause = "missing"    // the file, or the folder it should be in
	NotFolder Cause = "not folder" // what should be its folder is a file
	Folder    Cause = "folder"     // it is a folder
	NotPlain  Cause = "not plain"  // it is a pipe or a device
	Denied    Cause = "denied"     // nobody may open it
	Fixed     Cause = "fixed"      // it may be read and not written to
	ReadOnly  Cause = "read-only"  // the disk may not be written to
	InUse     Cause = "in use"     // another program holds it
	Gone      Cause = "gone"       // the disk does not answer
	Other     Cause = "other"
)

var named = map[Cause][]cause{
	Missing: {missing, noFolder}, NotFolder: {notFolder}, Folder: {isFolder}, NotPlain: {notPlain}, Denied: {denied, deniedOld},
	Fixed: {fixed}, ReadOnly: {readOnly}, InUse: {inUse}, Gone: {gone},
}

// Cause is why the system refused.
func (e *Error) Cause() Cause {
	for name, list := range named {
		for _, c := range list {
			if c == e.cause {
				return name
			}
		}
	}
	return Other
}

// Refused tells that a file could not be opened, as whoever tried it elsewhere
// found out.
func Refused(path string, c Cause) error {
	known := unknown
	if list := named[c]; len(list) > 0 {
		known = list[0]
	}
	at := placeOf(path)
	if known == missing && errors.Is(at.aboveErr, fs.ErrNotExist) {
		known = noFolder
	}
	return &Error{Text: at.sentence(known, reading), Err: errors.New("refused: " + string(c)), cause: known}
}
