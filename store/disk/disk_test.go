package disk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"
)

func opened(path string, err error) error { return &fs.PathError{Op: "open", Path: path, Err: err} }

// Ensure that the numbers of Windows mean what those of Linux mean.
func TestWindowsCauses(t *testing.T) {
	for want, codes := range map[cause][]uintptr{
		missing:   {2, 3},
		denied:    {5, 65},
		inUse:     {32, 33, 108, 170, 303, 1224},
		full:      {39, 112, 223, 1295},
		readOnly:  {19},
		gone:      {15, 20, 21, 23, 27, 31, 51, 53, 55, 59, 64, 67, 121, 433, 483, 1005, 1006, 1110, 1112, 1117, 1167, 1231, 1392, 1393},
		tooLong:   {111, 206},
		badName:   {123, 161},
		notFolder: {267},
		loop:      {1921},
		unknown:   {0, 1, 87, 997, 5000},
	} {
		for _, code := range codes {
			if got := windowsCause(code); got != want {
				t.Errorf("%d is cause %d, want %d", code, got, want)
			}
		}
	}
}

// Ensure that what is told already, and what is not the system's, is handed
// back as it is.
func TestHandedBack(t *testing.T) {
	sentence := errors.New("这本台账由更新版本的头雁保存，请先升级程序再打开")
	told := CannotRead("a.xlsx", opened("a.xlsx", syscall.EIO))
	for _, err := range []error{nil, sentence, context.Canceled, errors.New("sheet 3 is missing"), told, fmt.Errorf("read book: %w", told)} {
		if got := CannotWrite("b.xlsx", err); got != err {
			t.Errorf("%v became %v", err, got)
		}
	}
}
