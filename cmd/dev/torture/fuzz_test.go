package main

import (
	"strings"
	"testing"
)

// Ensure that any trace is refused, or played on a disk without a panic.
func FuzzTrace(f *testing.F) {
	f.Add(traced())
	f.Add("10 openat(AT_FDCWD, " + asHex("/w/a") + ", O_RDWR|O_CREAT|O_APPEND) = 5\n10 sendfile(5, 5, NULL, 3) = 3")
	f.Fuzz(func(t *testing.T, log string) {
		events, err := readTrace(strings.NewReader(log), "/w", nil, nil)
		if err != nil {
			return
		}
		d := newDrive(events, nil, nil, nil)
		points := d.points()
		for i := range points {
			for _, c := range d.cuts(&points[i]) {
				d.folder(&points[i], c)
			}
		}
	})
}
