package disk

import "syscall"

func causeOf(code syscall.Errno) cause {
	if code == syscall.EINVAL { // Go's own, of a name with a zero byte
		return badName
	}
	return windowsCause(uintptr(code))
}
