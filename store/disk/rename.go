package disk

import "os"

// Rename gives a finished file its name, in place of what had it. Where another
// program holds either of the two for a moment, it is tried again.
func Rename(from, to string) error {
	return patiently(func() error { return os.Rename(from, to) })
}
