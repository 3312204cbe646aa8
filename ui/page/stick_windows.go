package page

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// isStick reports a folder on a drive that is plugged in.
func isStick(path string) bool {
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(path) + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOVABLE
}
