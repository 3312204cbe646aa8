package backup

import "golang.org/x/sys/windows"

// forget has the system drop what it holds of a synced file in memory, so that
// the next reading comes from the disk: opening a file without buffering
// flushes and purges it. Where it does not, the reading is one of memory.
func forget(path string) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return
	}
	const noBuffering = 0x20000000 // FILE_FLAG_NO_BUFFERING
	h, err := windows.CreateFile(name, windows.GENERIC_READ, windows.FILE_SHARE_READ, nil, windows.OPEN_EXISTING, noBuffering, 0)
	if err != nil {
		return
	}
	windows.CloseHandle(h)
}
