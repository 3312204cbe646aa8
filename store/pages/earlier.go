package pages

import (
	"errors"
	"io"
)

// ErrNoEarlier says that a file does not hold, whole, what it was before its
// last commit.
var ErrNoEarlier = errors.New("what was before the last commit is not whole")

// A commit writes beside what counted before, and takes pages that only the
// commit before that gave up: until the next one begins, what counted before is
// still there. Where the last commit did not reach the disk as a whole, it is
// what is left.

// Earlier reads a file as it was before its last commit: the root that counted
// then is read in the place of the newer one too. It answers ErrNoEarlier where what the other root leads to is
// not whole, or is not of the commit just before. size is the file's.
func Earlier(f io.ReaderAt, size int64) (io.Reader, error) {
	roots := Roots(f)
	if len(roots) != 2 || roots[1].Tx+1 != roots[0].Tx || roots[1].Walk(f, size) != nil {
		return nil, ErrNoEarlier
	}
	at, after := roots[0].at+PageHead, roots[0].at+PageHead+metaSize
	return io.MultiReader(
		io.NewSectionReader(f, 0, at),
		io.NewSectionReader(f, roots[1].at+PageHead, metaSize),
		io.NewSectionReader(f, after, size-after),
	), nil
}
