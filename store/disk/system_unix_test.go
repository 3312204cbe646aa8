//go:build !windows

package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// words in Latin letters that people do not use; WPS, the U of U 盘 and the
// file names of the cases are no such.
var english = regexp.MustCompile(`[A-Za-z]{2,}`)

func plainChinese(text string) bool {
	for _, known := range []string{"WPS", ".xlsx", ".touyan", "stdout"} {
		text = strings.ReplaceAll(text, known, "")
	}
	return !english.MatchString(text) && strings.HasSuffix(text, "。")
}

// Ensure that every number of the systems that a file can meet with has its
// sentence, for reading and for writing, that the sentence names the file and
// nothing of the system, and that the error still is what it was.
func TestEveryCause(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "花名册.xlsx")
	for _, c := range []struct {
		code                syscall.Errno
		is                  error // what errors.Is still answers
		name, read, written string
	}{
		{syscall.ENOENT, fs.ErrNotExist, "花名册.xlsx", "找不到“花名册.xlsx”，它可能被移动或改了名", "写“花名册.xlsx”时磁盘上的文件不见了"},
		{syscall.EACCES, fs.ErrPermission, "花名册.xlsx", "没有打开“花名册.xlsx”的权限，请把它复制到自己的文件夹", "没有在文件夹“" + filepath.Base(folder) + "”里写文件的权限，“花名册.xlsx”没有写成，请换一个文件夹"},
		{syscall.EPERM, fs.ErrPermission, "花名册.xlsx", "没有打开“花名册.xlsx”的权限", "写文件的权限"},
		{syscall.ENOSPC, syscall.ENOSPC, "花名册.xlsx", "磁盘已满", "磁盘已满，“花名册.xlsx”没有写成，请删去不用的文件"},
		{syscall.EDQUOT, syscall.EDQUOT, "花名册.xlsx", "磁盘已满", "磁盘已满"},
		{syscall.EFBIG, syscall.EFBIG, "花名册.xlsx", "磁盘已满", "磁盘已满"},
		{syscall.EROFS, syscall.EROFS, "花名册.xlsx", "“花名册.xlsx”所在的磁盘是只读的，请拨开 U 盘上的写保护，或把文件复制到本机硬盘再打开", "只读的，没有写成，请拨开 U 盘上的写保护，或换一个磁盘"},
		{syscall.EBUSY, syscall.EBUSY, "花名册.xlsx", "“花名册.xlsx”正被别的程序使用，请先在那里（例如 WPS）保存并关闭它", "“花名册.xlsx”正被别的程序使用，改写不了"},
		{syscall.ETXTBSY, syscall.ETXTBSY, "花名册.xlsx", "正被别的程序使用", "正被别的程序使用"},
		{syscall.EAGAIN, syscall.EAGAIN, "花名册.xlsx", "正被别的程序使用", "正被别的程序使用"},
		{syscall.EIO, syscall.EIO, "花名册.xlsx", "读“花名册.xlsx”时磁盘没有应答，U 盘可能已经拔出或损坏；请插好再试", "写“花名册.xlsx”时磁盘没有应答，U 盘可能已经拔出或损坏，没有写成"},
		{syscall.ENODEV, syscall.ENODEV, "花名册.xlsx", "磁盘没有应答", "磁盘没有应答"},
		{syscall.ENXIO, syscall.ENXIO, "花名册.xlsx", "磁盘没有应答", "磁盘没有应答"},
		{syscall.ESTALE, syscall.ESTALE, "花名册.xlsx", "磁盘没有应答", "磁盘没有应答"},
		{syscall.ENOTCONN, syscall.ENOTCONN, "花名册.xlsx", "磁盘没有应答", "磁盘没有应答"},
		{syscall.ESHUTDOWN, syscall.ESHUTDOWN, "花名册.xlsx", "磁盘没有应答", "磁盘没有应答"},
		{syscall.ETIMEDOUT, syscall.ETIMEDOUT, "花名册.xlsx", "磁盘没有应答", "磁盘没有应答"},
		{syscall.EHOSTDOWN, syscall.EHOSTDOWN, "花名册.xlsx", "磁盘没有应答", "磁盘没有应答"},
		{syscall.ENAMETOOLONG, syscall.ENAMETOOLONG, "花名册.xlsx", "“花名册.xlsx”的名称或所在的路径太长，请把名称改短", "太长，请把名称改短"},
		{syscall.EINVAL, syscall.EINVAL, "花名册?.xlsx", "“花名册?.xlsx”里有文件名不能用的字符，请改名", "里有文件名不能用的字符，请改名"},
		{syscall.EILSEQ, syscall.EILSEQ, "花名册:.xlsx", "里有文件名不能用的字符", "里有文件名不能用的字符"},
		{syscall.EINVAL, syscall.EINVAL, "花名册.xlsx", "打不开“花名册.xlsx”，请确认文件还在原处、没有被别的程序打开，再试一次（系统错误码 22）", "“花名册.xlsx”没有写成"},
		{syscall.ELOOP, syscall.ELOOP, "花名册.xlsx", "“花名册.xlsx”是一个指回自己的快捷方式（链接），请选它本来的文件", "指回自己的快捷方式"},
		{syscall.EISDIR, syscall.EISDIR, "花名册.xlsx", "“花名册.xlsx”是一个文件夹，请选里面的文件", "“花名册.xlsx”是一个文件夹，不能当作文件来写，请另写一个文件名"},
		{syscall.ENOTDIR, syscall.ENOTDIR, "花名册.xlsx", "是一个文件，不是文件夹", "是一个文件，不是文件夹"},
		{syscall.ENOMEM, syscall.ENOMEM, "花名册.xlsx", "打不开“花名册.xlsx”", "“花名册.xlsx”没有写成，请确认它没有被别的程序打开，或换一个文件夹再试（系统错误码 12）"},
	} {
		path := filepath.Join(folder, c.name)
		for want, err := range map[string]error{c.read: CannotRead(path, opened(path, c.code)), c.written: CannotWrite(path, opened("~temp", c.code))} {
			text := err.Error()
			if !strings.Contains(text, want) || !plainChinese(strings.ReplaceAll(text, filepath.Base(folder), "")) {
				t.Errorf("%v is told as %s, want %s", c.code, text, want)
			}
			if !errors.Is(err, c.is) || !errors.Is(err, c.code) {
				t.Errorf("%v is lost", c.code)
			}
		}
	}
	if err := os.WriteFile(path, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	err := CannotWrite(path, &os.LinkError{Op: "rename", Old: "~temp", New: path, Err: syscall.EACCES})
	if want := "没有改写“花名册.xlsx”的权限：它可能正在 WPS 里打开，或者是只读的"; !strings.Contains(err.Error(), want) {
		t.Errorf("a file that may not be written over is told as %s", err)
	}
}

// Ensure that what lies in the way on a real disk is told by the system as we
// expect, and that nothing waits: a pipe is refused without being opened.
func TestRealFiles(t *testing.T) {
	folder := t.TempDir()
	at := func(names ...string) string { return filepath.Join(append([]string{folder}, names...)...) }
	for _, err := range []error{os.WriteFile(at("台账.touyan"), []byte("x"), 0o666), os.Mkdir(at("文件夹"), 0o777),
		os.Symlink(at("圈"), at("圈")), os.Symlink(at("没有了"), at("断"))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(at("管道"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, want string }{
		{at("没有.xlsx"), "找不到“没有.xlsx”"},
		{at("没有", "深处", "花名册.xlsx"), "找不到文件夹“没有”"},
		{at("文件夹"), "“文件夹”是一个文件夹，请选里面的文件"},
		{at("台账.touyan", "花名册.xlsx"), "“台账.touyan”是一个文件，不是文件夹"},
		{at("台账.touyan", "深处", "花名册.xlsx"), "“台账.touyan”是一个文件，不是文件夹"},
		{at("圈"), "“圈”是一个指回自己的快捷方式"},
		{at("断"), "找不到“断”"},
		{at("管道"), "“管道”不是普通文件"},
		{os.DevNull, "不是普通文件"},
		{at(strings.Repeat("长", 200) + ".xlsx"), "“" + strings.Repeat("长", 27) + "…" + strings.Repeat("长", 7) + ".xlsx”的名称或所在的路径太长"},
		{at("零\x00.xlsx"), "“零?.xlsx”里有文件名不能用的字符"},
	} {
		f, err := Open(c.path)
		if err == nil {
			f.Close()
			t.Errorf("%s opens", c.path)
		} else if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s is told as %s", c.path, err)
		}
	}
	for path, want := range map[string]string{
		at("新.xlsx"): "", at("台账.touyan"): "", at("断"): "",
		at("文件夹"): "不能当作文件来写", at("管道"): "不是普通文件", os.DevNull: "不是普通文件", at("圈"): "指回自己",
		at("没有", "新.xlsx"): "找不到文件夹“没有”，“新.xlsx”没有写成", at("台账.touyan", "新.xlsx"): "是一个文件，不是文件夹",
		at(strings.Repeat("长", 200)): "太长",
	} {
		err := MayWrite(path)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("writing %s: %v", path, err)
		}
	}
	if f, err := Open(at("台账.touyan")); err != nil {
		t.Error(err)
	} else {
		f.Close()
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		err := os.WriteFile("/dev/full", []byte("x"), 0o666)
		if got := CannotWrite(at("上报.xlsx"), err).Error(); !strings.Contains(got, "磁盘已满，“上报.xlsx”没有写成") {
			t.Errorf("a full disk is told as %s", got)
		}
	}
}

// Ensure that people are told sentences, whatever the program put before them,
// and that a fault of the program is none.
func TestSentence(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "台账.touyan")
	for _, c := range []struct {
		err  error
		want string
	}{
		{errors.New("这一批已经撤销过了"), "这一批已经撤销过了。"},
		{errors.New("没有要导出的表，请先选择。"), "没有要导出的表，请先选择。"},
		{fmt.Errorf("open ledger: %w", CannotRead(path, opened(path, syscall.EIO))), "读“台账.touyan”时磁盘没有应答，U 盘可能已经拔出或损坏；请插好再试，或先把文件复制到本机硬盘。"},
		{fmt.Errorf("create ledger: %w", opened(path, syscall.ENOENT)), "找不到“台账.touyan”，它可能被移动或改了名，请核对文件名和所在的文件夹；在 U 盘上的，请看看 U 盘是否已经拔出。"},
		{&fs.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}, "磁盘已满，“stdout”没有写成，请删去不用的文件，或换一个磁盘再试。"},
		{&os.LinkError{Op: "rename", Old: "~temp", New: path, Err: syscall.EROFS}, "“台账.touyan”所在的磁盘是只读的，没有写成，请拨开 U 盘上的写保护，或换一个磁盘。"},
		{fmt.Errorf("open journal: %w", os.ErrClosed), ""},
		{errors.New("no kind \"x\""), ""},
	} {
		got, ok := Sentence(c.err)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%v is told as %q, %v", c.err, got, ok)
		}
	}
}

// Ensure that what bbolt hands on of a disk's error, its words alone, is told
// like the error itself, and that other words are not taken for a disk's.
func TestWordsAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.touyan")
	for _, code := range []syscall.Errno{syscall.ENOSPC, syscall.EIO, syscall.EACCES, syscall.EROFS} {
		real := &fs.PathError{Op: "truncate", Path: path, Err: code}
		got, want := CannotWrite(path, fmt.Errorf("file resize error: %s", real)), CannotWrite(path, real)
		if got.Error() != want.Error() {
			t.Errorf("told as %v, want %v", got, want)
		}
	}
	for _, text := range []string{"parse: invalid argument", "no space left on device", "read ledger: file exists"} {
		if err := errors.New(text); CannotWrite(path, err) != err {
			t.Errorf("%q is taken for a disk's word", text)
		}
	}
}
