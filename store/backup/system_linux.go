package backup

import (
	"os"

	"golang.org/x/sys/unix"
)

// forget has the system drop what it holds of a synced file in memory, so that
// the next reading comes from the disk. It is a request: where it is not heard,
// the reading is one of memory.
func forget(path string) {
	f, err := os.Open(path)
	if err != nil {
		return
	}
	defer f.Close()
	unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
}
