package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// sentence is an error as people are told it: what the system says of files in
// our words, what is a sentence already as it stands.
func sentence(err error) string {
	if errors.Is(err, context.Canceled) {
		return "已中断，这一步没有写入任何内容。"
	}
	if bad, ok := errors.AsType[*fs.PathError](err); ok {
		return fileSentence(bad.Path, err)
	}
	if bad, ok := errors.AsType[*os.LinkError](err); ok {
		return fileSentence(bad.New, err)
	}
	text := err.Error()
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return fmt.Sprintf("程序出了意外，这一步没有做完。请再试一次；仍然不行，请把这句话告诉维护人员：%s", text)
	}
	return text
}

// fileSentence says what is the matter with a file and what to do about it. A
// file of our own making, whose name begins with a dot, stands for its folder.
func fileSentence(path string, err error) string {
	if whole, e := filepath.Abs(path); e == nil {
		path = whole
	}
	folder, name := filepath.Dir(path), filepath.Base(path)
	if strings.HasPrefix(name, ".") {
		name = filepath.Base(folder)
	}
	info, e := os.Stat(path)
	_, noFolder := os.Stat(folder)
	switch {
	case e == nil && info.IsDir():
		return "“" + name + "”是一个文件夹，请写里面的文件。"
	case errors.Is(noFolder, fs.ErrNotExist):
		return "找不到文件夹“" + filepath.Base(folder) + "”，请核对路径，看看 U 盘是否已经拔出。"
	case errors.Is(err, fs.ErrNotExist):
		return "找不到“" + name + "”，请核对文件名和所在的文件夹。"
	case errors.Is(err, fs.ErrPermission):
		return "没有读写“" + name + "”的权限，请换一个文件夹，或请管理员放开权限。"
	}
	return "无法读写“" + name + "”，请检查磁盘是否还有空间、文件是否正被别的程序打开。"
}
