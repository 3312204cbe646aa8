package disk

import (
	"os"
	"runtime"
	"time"
)

// Rename gives a finished file its name, in place of what had it. A virus
// scanner or an indexer may hold either of the two for a moment, on Windows that
// refuses the renaming: then it is tried again, for some two seconds.
func Rename(from, to string) error {
	for wait := 20 * time.Millisecond; ; wait *= 2 {
		err := os.Rename(from, to)
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
