package examine

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"time"

	"touyan/store"
	"touyan/store/disk"
	"touyan/store/pages"
)

// Main is the child: where args, those of the program, ask for a look it takes
// it, writes the answer and ends the program. Otherwise it returns at once. It
// is called before anything else is started.
func Main(args []string) {
	if len(args) != 3 || args[1] != hidden {
		return
	}
	debug.SetMemoryLimit(memory)
	time.AfterFunc(time.Hour, func() { os.Exit(1) }) // whoever asked is gone
	debug.SetPanicOnFault(true)
	if err := json.NewEncoder(os.Stdout).Encode(look(args[2])); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// look looks at a file.
func look(path string) Verdict {
	info, err := disk.Stat(path)
	if err != nil {
		return ofDisk(err)
	}
	v := Verdict{Size: info.Size()}
	if v.Size == 0 {
		v.State = Empty
		return v
	}
	f, err := disk.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return ofDisk(disk.CannotRead(path, err))
	}
	defer f.Close()
	roots := pages.Roots(f)
	if len(roots) == 0 {
		v.State = rootless(f, v.Size)
		return v
	}
	v.Tx = roots[0].Tx
	if err := roots[0].Fits(v.Size); err != nil { // not even to be mapped
		return v.found(path, err).lookBack(f)
	}
	err = store.Peek(path, func() error {
		// Whoever wrote meanwhile has let go of it.
		if roots = pages.Roots(f); len(roots) == 0 {
			return store.ErrDamaged
		}
		// That there is only one is what a power cut leaves of the other: bbolt
		// goes on from the one.
		v.Tx = roots[0].Tx
		return roots[0].Walk(f, v.Size)
	})
	if err != nil {
		return v.found(path, err).lookBack(f)
	}
	if err := disk.MayChange(path); err != nil {
		return ofDisk(err)
	}
	v.State = Good
	return v
}

// lookBack looks whether a damaged file still holds what it was before its last
// commit.
func (v Verdict) lookBack(f io.ReaderAt) Verdict {
	if v.Lost() {
		_, err := pages.Earlier(f, v.Size)
		v.Previous = err == nil
	}
	return v
}

// found is what an error says of the file.
func (v Verdict) found(path string, err error) Verdict {
	for state, is := range told {
		if errors.Is(err, is) {
			v.State = state
			return v
		}
	}
	if known, ok := errors.AsType[*disk.Error](disk.CannotRead(path, err)); ok {
		return ofDisk(known)
	}
	v.State = Damaged
	if errors.Is(err, pages.ErrCut) {
		v.State = Truncated
	}
	return v
}

// ofDisk is what the system said.
func ofDisk(err error) Verdict {
	known, ok := errors.AsType[*disk.Error](err)
	if !ok {
		return Verdict{State: Unreadable}
	}
	switch c := known.Cause(); c {
	case disk.Missing:
		return Verdict{State: Missing}
	case disk.InUse:
		return Verdict{State: InUse}
	default:
		for state, cause := range refused {
			if cause == c {
				return Verdict{State: state}
			}
		}
	}
	return Verdict{State: Unreadable}
}

// rootless tells apart what neither of whose first pages is whole.
func rootless(f io.ReaderAt, size int64) State {
	head := make([]byte, min(size, 64<<10)) // pages have up to 64 KB
	if _, err := f.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return Gone
	}
	switch {
	case bytes.Contains(head, binary.LittleEndian.AppendUint32(nil, pages.Magic)):
		if size < 2*4096 {
			return Truncated
		}
		return Damaged
	case len(bytes.Trim(head, "\x00")) == 0:
		return Damaged // a copy that was begun and never filled
	case bytes.HasPrefix(head, make([]byte, pages.PageHead)):
		return Damaged
	}
	return Foreign
}
