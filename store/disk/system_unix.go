//go:build !windows

package disk

import "syscall"

func causeOf(code syscall.Errno) cause {
	switch code {
	case syscall.ENOENT:
		return missing
	case syscall.ENOTDIR:
		return notFolder
	case syscall.EISDIR:
		return isFolder
	case syscall.EACCES, syscall.EPERM:
		return denied
	case syscall.EBUSY, syscall.ETXTBSY, syscall.EAGAIN:
		return inUse
	case syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG:
		return full
	case syscall.EROFS:
		return readOnly
	case syscall.EIO, syscall.ENODEV, syscall.ENXIO, syscall.ESTALE, syscall.ENOTCONN, syscall.ESHUTDOWN, syscall.ETIMEDOUT, syscall.EHOSTDOWN:
		return gone
	case syscall.ENAMETOOLONG:
		return tooLong
	case syscall.EINVAL, syscall.EILSEQ:
		return badName
	case syscall.ELOOP:
		return loop
	}
	return unknown
}
