package grid

import (
	"fmt"
	"runtime"
	"syscall"
	"unsafe"
)

var (
	user32   = syscall.NewLazyDLL("user32.dll")
	kernel32 = syscall.NewLazyDLL("kernel32.dll")

	openClipboard  = user32.NewProc("OpenClipboard")
	closeClipboard = user32.NewProc("CloseClipboard")
	setClipboard   = user32.NewProc("SetClipboardData")
	registerFormat = user32.NewProc("RegisterClipboardFormatW")
	globalAlloc    = kernel32.NewProc("GlobalAlloc")
	globalFree     = kernel32.NewProc("GlobalFree")
	globalLock     = kernel32.NewProc("GlobalLock")
	globalUnlock   = kernel32.NewProc("GlobalUnlock")
	moveMemory     = kernel32.NewProc("RtlMoveMemory")
)

const movable = 2 // GMEM_MOVEABLE, as the clipboard asks for

// putHTML offers a fragment of HTML beside the text that is in the clipboard,
// which it does not empty. Where that fails nothing has changed.
func putHTML(fragment string) bool {
	name, err := syscall.UTF16PtrFromString("HTML Format")
	if err != nil {
		return false
	}
	format, _, _ := registerFormat.Call(uintptr(unsafe.Pointer(name)))
	if format == 0 {
		return false
	}
	data := append([]byte(clipboardHTML(fragment)), 0)
	memory, _, _ := globalAlloc.Call(movable, uintptr(len(data)))
	if memory == 0 {
		return false
	}
	if !copyInto(memory, data) || !offer(format, memory) {
		globalFree.Call(memory) // taken, it would be the system's
		return false
	}
	return true
}

func copyInto(memory uintptr, data []byte) bool {
	at, _, _ := globalLock.Call(memory)
	if at == 0 {
		return false
	}
	moveMemory.Call(at, uintptr(unsafe.Pointer(&data[0])), uintptr(len(data)))
	globalUnlock.Call(memory)
	return true
}

// offer hands memory to the clipboard, which belongs to a thread while it is
// open.
func offer(format, memory uintptr) bool {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if opened, _, _ := openClipboard.Call(0); opened == 0 {
		return false
	}
	defer closeClipboard.Call()
	taken, _, _ := setClipboard.Call(format, memory)
	return taken != 0
}

// clipboardHTML puts a fragment into the envelope of the format: a head that
// says, in bytes, where the page and the fragment begin and end.
func clipboardHTML(fragment string) string {
	const head = "Version:0.9\r\nStartHTML:%010d\r\nEndHTML:%010d\r\nStartFragment:%010d\r\nEndFragment:%010d\r\n"
	const before, after = "<html><body><!--StartFragment-->", "<!--EndFragment--></body></html>"
	page := len(fmt.Sprintf(head, 0, 0, 0, 0))
	start := page + len(before)
	end := start + len(fragment)
	return fmt.Sprintf(head, page, end+len(after), start, end) + before + fragment + after
}
