package lrmx

import "fmt"

// Code tells refusals apart, for programs.
type Code int

// Why a file was not read, or a form not written.
const (
	Unreadable  Code = iota // the disk, or whatever the reader is, failed
	NotForm                 // something else than a 任免审批表
	Damaged                 // cut, flipped, or not written to the rules of XML
	TooLarge                // more bytes than MaxBytes, or too many elements
	Unwritable              // the form holds what a file cannot
	NotReceived             // the writer failed
)

// Error is a refusal, told to the person who chose the file.
type Error struct {
	Code    Code
	Message string // complete sentences: what it is and what to do
	Err     error  // the cause, for the log
}

func (e *Error) Error() string { return e.Message }

func (e *Error) Unwrap() error { return e.Err }

func refuse(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// defect is the Error for a file that breaks the rules; what says where, in a few
// words.
func defect(err error, what string, args ...any) *Error {
	return &Error{Code: Damaged, Err: err, Message: "这份任免审批表（.lrmx）文件已损坏：" + fmt.Sprintf(what, args...) +
		"，没有采用任何内容。请让对方重新发一份；手里有原件的，请用任免审批表软件打开后另存一份再试。"}
}
