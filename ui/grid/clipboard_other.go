//go:build !windows

package grid

// putHTML reports that only text can be put into the clipboard here.
func putHTML(string) bool { return false }
