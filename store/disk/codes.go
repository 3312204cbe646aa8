package disk

// windowsCause reads the numbers of Windows (winerror.h). It stands apart from
// the tagged file so that it is tested everywhere.
func windowsCause(code uintptr) cause {
	switch code {
	case 2, 3: // FILE_NOT_FOUND, PATH_NOT_FOUND
		return missing
	case 5, 65: // ACCESS_DENIED, NETWORK_ACCESS_DENIED
		return denied
	case 32, 33, 108, 170, 303, 1224: // SHARING_VIOLATION, LOCK_VIOLATION, DRIVE_LOCKED, BUSY, DELETE_PENDING, USER_MAPPED_FILE
		return inUse
	case 39, 112, 223, 1295: // HANDLE_DISK_FULL, DISK_FULL, FILE_TOO_LARGE (4 GB on a stick), DISK_QUOTA_EXCEEDED
		return full
	case 19: // WRITE_PROTECT
		return readOnly
	case 15, 20, 21, 55, 433, 1112, 1167: // INVALID_DRIVE, BAD_UNIT, NOT_READY, DEV_NOT_EXIST, NO_SUCH_DEVICE, NO_MEDIA_IN_DRIVE, DEVICE_NOT_CONNECTED
		return gone
	case 23, 27, 31, 483, 1117, 1392, 1393: // CRC, SECTOR_NOT_FOUND, GEN_FAILURE, DEVICE_HARDWARE_ERROR, IO_DEVICE, FILE_CORRUPT, DISK_CORRUPT
		return gone
	case 1005, 1006, 1110: // UNRECOGNIZED_VOLUME, FILE_INVALID, MEDIA_CHANGED
		return gone
	case 51, 53, 59, 64, 67, 121, 1231: // REM_NOT_LIST, BAD_NETPATH, UNEXP_NET_ERR, NETNAME_DELETED, BAD_NET_NAME, SEM_TIMEOUT, NETWORK_UNREACHABLE
		return gone
	case 111, 206: // BUFFER_OVERFLOW, FILENAME_EXCED_RANGE
		return tooLong
	case 123, 161: // INVALID_NAME, BAD_PATHNAME
		return badName
	case 267: // DIRECTORY
		return notFolder
	case 1921: // CANT_RESOLVE_FILENAME
		return loop
	}
	return unknown
}
