package main

import (
	"context"
	"errors"
	"fmt"

	"touyan/store/disk"

	"github.com/spf13/pflag"
)

// sentence is an error as people are told it.
func sentence(err error) string {
	if errors.Is(err, context.Canceled) {
		return "已中断，这一步没有写入任何内容。"
	}
	if text, ok := disk.Sentence(err); ok {
		return text
	}
	return fmt.Sprintf("程序出了意外，这一步没有做完。请再试一次；仍然不行，请把这句话告诉维护人员：%v", err)
}

// usageError is a call that makes no sense, as a sentence.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func wrong(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// refused is a call that makes sense and was not done, as a sentence.
func refused(format string, args ...any) error { return fmt.Errorf(format, args...) }

// noPassword is a book that nobody gave the password of.
type noPassword struct{ error }

func (n noPassword) Unwrap() error { return n.error }

// told is an error people have read already.
type told struct{ error }

func (t told) Unwrap() error { return t.error }

// errOpen says that something is left open and has been listed.
var errOpen error = told{errors.New("something is left open")}

// exitCode is what an error ends the program with. A password that was not
// given counts as a wrong call: the program does not wait for one.
func exitCode(err error) int {
	switch {
	case err == nil || errors.Is(err, pflag.ErrHelp):
		return exitDone
	case errors.As(err, new(*usageError)), errors.As(err, new(noPassword)):
		return exitUsage
	}
	return exitRefused
}
