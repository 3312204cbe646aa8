package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unicode"
)

// cause is why the system refused, as far as it makes a difference to a person.
type cause int

const (
	unknown   cause = iota
	missing         // the file
	noFolder        // the folder it is to be in
	notFolder       // what the path takes for a folder is a file
	isFolder        // the path is a folder
	notPlain        // a pipe or a device
	denied          // to open the file, or to make one in its folder
	deniedOld       // to write over a file that is there
	inUse           // by another program
	full
	readOnly // the disk
	gone     // the disk does not answer: a stick pulled out, or dying
	tooLong  // name or path
	badName  // characters that may stand in no name
	loop     // a link that leads to itself
	fixed    // the file may be read and not written to
)

// place is a path taken apart, with what lies there now.
type place struct {
	path, folder string
	info         fs.FileInfo // nil if there is nothing, or it cannot be looked at
	above        fs.FileInfo // of the folder
	aboveErr     error
}

func placeOf(path string) place {
	if whole, err := filepath.Abs(path); err == nil {
		path = whole
	}
	p := place{path: path, folder: filepath.Dir(path)}
	p.info, _ = os.Stat(path)
	p.above, p.aboveErr = os.Stat(p.folder)
	return p
}

// stop is the folder of the path that stands in the way: the highest one that
// is missing, or that is a file.
func (p place) stop() string {
	for at := p.folder; ; {
		up := filepath.Dir(at)
		info, err := os.Stat(up)
		switch {
		case up == at, err == nil && info.IsDir():
			return at
		}
		at = up
	}
}

func (p place) cause(err error, code syscall.Errno, u use) cause {
	c := causeOf(code)
	if c == unknown {
		c = general(err)
	}
	switch {
	case p.info != nil && p.info.IsDir():
		return isFolder
	case p.above != nil && !p.above.IsDir():
		return notFolder
	case c == missing && errors.Is(p.aboveErr, fs.ErrNotExist):
		return noFolder
	case c == denied && u == writing && p.info != nil:
		return deniedOld
	case c == badName && !strings.ContainsFunc(filepath.Base(p.path), neverInNames):
		return unknown // the system says so of much else
	}
	return c
}

// general is the cause of an error without a number of the system.
func general(err error) cause {
	switch {
	case errors.Is(err, errNotPlain):
		return notPlain
	case errors.Is(err, fs.ErrNotExist):
		return missing
	case errors.Is(err, fs.ErrPermission):
		return denied
	}
	return unknown
}

// neverInNames are the characters Windows, and sticks formatted by it, allow in
// no name.
func neverInNames(r rune) bool { return strings.ContainsRune(`\/:*?"<>|`, r) || unicode.IsControl(r) }

// called is a path as a person knows it: its last part, cut if nobody could
// read it.
func called(path string) string {
	name := filepath.Base(path)
	if len(name) == 1 && os.IsPathSeparator(name[0]) {
		name = path // a drive
	}
	const most, tail = 40, 12
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '?'
		}
		return r
	}, name))
	if len(runes) > most {
		return string(runes[:most-tail-1]) + "…" + string(runes[len(runes)-tail:])
	}
	return string(runes)
}
