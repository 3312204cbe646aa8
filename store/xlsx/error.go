package xlsx

import (
	"errors"
	"fmt"
	"runtime/debug"

	"touyan/store/disk"
)

// Code tells why a file was refused, for callers that act on it.
type Code int

const (
	Unreadable         Code = iota + 1 // the file cannot be opened or read from the disk
	Empty                              // no bytes at all
	NotWorkbook                        // something else: a picture, a document, an archive
	Encrypted                          // needs a password
	WrongPassword                      // the password given does not open it
	OldFormat                          // .xls or .et, the format before 2007
	Spreadsheet2003XML                 // XML of Excel 2003, written by many web systems
	HTML                               // a web page named .xls
	PlainText                          // CSV or other text
	Macro                              // carries macros
	Damaged                            // cut, flipped, or not written to the rules
	TooLarge                           // more bytes than Limits allow
	DeclaredHuge                       // says it unpacks to more than Limits allow, or out of proportion
	TooMany                            // more entries, rows, styles or merges than Limits allow
	TooWide                            // content beyond the last column allowed
	TooLong                            // a text longer than a cell can hold
)

// Error is a refusal, told to the person who chose the file.
type Error struct {
	Code    Code
	Entry   string // part of the workbook, "" for the whole
	Cell    string // such as F12, "" when it is not about one cell
	Message string // complete sentences: what it is and what to do
	Err     error  // the cause, for the log
}

func (e *Error) Error() string { return e.Message }

func (e *Error) Unwrap() error { return e.Err }

// Refuse builds an Error that concerns the whole file.
func Refuse(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// FromDisk is what the disk says of the file. The cause is a *disk.Error
// where the file's name is in the sentence.
func FromDisk(err error) *Error {
	err = disk.CannotRead("", err)
	if told, ok := errors.AsType[*disk.Error](err); ok {
		return &Error{Code: Unreadable, Err: told, Message: told.Text}
	}
	return &Error{Code: Unreadable, Err: err, Message: "读这个文件时磁盘出错，没有采用任何内容。请把文件复制到本机硬盘后再试。"}
}

// Defect builds the Error for a part that breaks the rules of the format; what
// says where it breaks, in a few words; entry is empty for the whole.
func Defect(entry, what string, args ...any) *Error {
	e := &Error{Code: Damaged, Entry: entry}
	where := "这个工作簿"
	if entry != "" {
		where = fmt.Sprintf("这个工作簿的“%s”部分", entry)
	}
	e.Message = fmt.Sprintf("%s已损坏或不合规范：%s，没有采用任何内容。请让对方重新发一份；手里有原件的，请用 WPS 打开后另存为 .xlsx 再试。", where, fmt.Sprintf(what, args...))
	return e
}

// Rescue turns a panic of the parser into a Damaged error. A panic while
// visiting (the caller's own) goes on.
func Rescue(err *error, visiting *bool) {
	if visiting != nil && *visiting {
		return
	}
	p := recover()
	if p == nil {
		return
	}
	e := Defect("", "内容无法理解")
	e.Err = fmt.Errorf("read workbook: %v\n%s", p, debug.Stack())
	*err = e
}

// asError gives err as an *Error, wrapping what came from the disk.
func asError(err error) error {
	var e *Error
	if err == nil || errors.As(err, &e) {
		return err
	}
	return FromDisk(err)
}

// FitsFile refuses a file of more bytes than may be read.
func (l Limits) FitsFile(size int64) error {
	if size <= l.File {
		return nil
	}
	return Refuse(TooLarge, "文件有 %s，超过可以读取的 %s。请删去工作簿里的图片和不用的工作表，或分成几个工作簿后再试。", megabytes(size), megabytes(l.File))
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d 字节", n)
	}
	return fmt.Sprintf("%d MB", (n+1<<20-1)>>20)
}
