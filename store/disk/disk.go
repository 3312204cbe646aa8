// Package disk tells a person why the disk did not do what was asked: which
// file it is about, what is wrong with it and what to do. It is the one home of
// these sentences, for books, ledgers and whatever else is read or written.
//
// Whoever touches a file hands the error of the system to CannotRead or
// CannotWrite, with the name the person knows the file by; the result still
// answers errors.Is. Sentence is for the last stop before a screen: it gives any
// error in words, and says if there are none.
//
// What a file holds is not judged here: that it is no workbook, say, is told by
// whoever reads it.
package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unicode"
)

// Error is a sentence for people, with its cause for the log and for errors.Is.
type Error struct {
	Text string // whole sentences, the last with its full stop
	Err  error  // what the system said, never shown

	cause cause
}

func (e *Error) Error() string { return e.Text }

func (e *Error) Unwrap() error { return e.Err }

var errNotPlain = errors.New("no plain file")

// CannotRead tells why the file at path could not be opened or read. What does
// not come from the system, or is told already, is handed back as it is. Without
// a path the one the system names is used.
func CannotRead(path string, err error) error { return tell(path, err, reading) }

// CannotWrite is CannotRead for writing. path is the name the file was to have
// in the end, not that of a file it grows in.
func CannotWrite(path string, err error) error { return tell(path, err, writing) }

// Stat looks at a file that is to be read. It refuses folders, and pipes and
// devices too, on which opening may wait for ever or reading never end.
func Stat(path string) (fs.FileInfo, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = errNotPlain
	}
	if err != nil {
		return nil, CannotRead(path, err)
	}
	return info, nil
}

// Open opens a file that Stat accepts, for reading.
func Open(path string) (*os.File, error) {
	if _, err := Stat(path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, CannotRead(path, err)
	}
	return f, nil
}

// MayWrite looks at a name that is to be written, before the work is done: its
// folder must be there, and nothing but a plain file under the name. That it
// will then go well is not said.
func MayWrite(path string) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		err = errNotPlain
	case errors.Is(err, fs.ErrNotExist):
		if _, err = os.Stat(filepath.Dir(path)); err == nil {
			return nil
		}
	}
	return CannotWrite(path, err)
}

// FileName takes out of a name what no system lets stand in one.
func FileName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) || unicode.IsControl(r) {
			return '_'
		}
		return r
	}, name)
}

// Sentence is an error as people are told it. ok is false for a fault of the
// program, which has no words for them.
func Sentence(err error) (text string, ok bool) {
	told, ok := errors.AsType[*Error](err)
	if !ok {
		told, ok = errors.AsType[*Error](tell("", err, doing(err)))
	}
	text = err.Error()
	if ok {
		text = told.Text
	}
	text = strings.TrimSpace(text)
	if !ok && !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return "", false
	}
	if !strings.HasSuffix(text, "。") {
		text += "。"
	}
	return text, true
}

// use is what was to be done with a file.
type use bool

const (
	reading use = false
	writing use = true
)

// doing guesses from what the system was asked.
func doing(err error) use {
	if _, ok := errors.AsType[*os.LinkError](err); ok {
		return writing
	}
	if bad, ok := errors.AsType[*fs.PathError](err); ok {
		switch bad.Op {
		case "write", "sync", "truncate", "mkdir", "close", "remove", "createtemp":
			return writing
		}
	}
	return reading
}

func tell(path string, err error, u use) error {
	if _, ok := errors.AsType[*Error](err); ok || err == nil {
		return err
	}
	named, code, ok := fromSystem(err)
	if !ok {
		return err
	}
	if path == "" {
		path = named
	}
	at := placeOf(path)
	c := at.cause(err, code, u)
	text := at.sentence(c, u)
	if c == unknown && code != 0 {
		text = fmt.Sprintf("%s（系统错误码 %d）。", strings.TrimSuffix(text, "。"), uint(code))
	}
	return &Error{Text: text, Err: err, cause: c}
}

// fromSystem tells the errors of the system from all others, and which file and
// number they name, if any.
func fromSystem(err error) (path string, code syscall.Errno, ok bool) {
	if bad, is := errors.AsType[*fs.PathError](err); is {
		path, ok = bad.Path, true
	}
	if bad, is := errors.AsType[*os.LinkError](err); is {
		path, ok = bad.New, true
	}
	if bad, is := errors.AsType[syscall.Errno](err); is {
		code, ok = bad, true
	}
	if !ok {
		code = worded(err)
	}
	return path, code, ok || code != 0 || errors.Is(err, errNotPlain)
}

// lastNumber is the highest number of the system with a sentence of ours.
const lastNumber = 1999

// worded finds the number of a system's error of which only the words are left:
// bbolt hands on "file resize error: ..." without the error itself. Only what a
// disk says that is full, failing or not to be written counts; other words may
// be anybody's.
func worded(err error) syscall.Errno {
	text := err.Error()
	for code := syscall.Errno(1); code <= lastNumber; code++ {
		switch causeOf(code) {
		case full, gone, readOnly, denied:
			if strings.HasSuffix(text, ": "+code.Error()) {
				return code
			}
		}
	}
	return 0
}
