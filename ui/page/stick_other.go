//go:build !windows

package page

import "strings"

// isStick reports a folder on something that is plugged in.
func isStick(path string) bool {
	return strings.HasPrefix(path, "/media/") || strings.HasPrefix(path, "/run/media/")
}
