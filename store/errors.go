package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"touyan/store/disk"
)

// What can keep a ledger from being opened or written, as sentences for the
// person in front of it. The errors returned wrap these.
var (
	ErrInUse     = errors.New("这本台账正在另一个窗口或程序里打开着，请先关闭那一个，再打开这里")
	ErrMissing   = errors.New("找不到台账文件，它可能被移动或改了名，或者 U 盘没有插好；请找到它再打开，程序不会另建一本空的")
	ErrExists    = errors.New("这里已经有一个同名文件，为免覆盖没有新建台账；请换一个文件名")
	ErrForeign   = errors.New("这个文件不是头雁台账，请选择扩展名为 .touyan 的台账文件")
	ErrNewer     = errors.New("这本台账由更新版本的头雁保存，请先升级程序再打开")
	ErrDamaged   = errors.New("台账文件已损坏，请从最近的备份恢复")
	ErrEmpty     = errors.New("台账文件是空的，里面什么也没有了，多半是保存或复制的时候磁盘满了、U 盘被拔出；请从最近的备份恢复")
	ErrCut       = errors.New("台账文件不完整，后面缺了一截，多半是复制没有做完；请重新复制一次，或从最近的备份恢复")
	ErrHung      = errors.New("检查台账文件的时间太长，没有等到结果，磁盘可能太慢或快要坏了；请把文件复制到本机硬盘再打开，仍然不行，请从最近的备份恢复")
	ErrUncertain = errors.New("保存时出错，无法确定这一步是否已经存下；请关闭后重新打开台账核对")
	ErrUnsaved   = errors.New("这一步没有存下，重新打开台账核对过，还是这一步之前的样子；请再做一次")
	ErrClosed    = errors.New("台账已经关闭，请重新打开")
	ErrStale     = errors.New("核对期间台账里的这些记录又有改动，请重新核对后再接受")
	ErrLater     = errors.New("这一批之后又有人改过同样的栏目")
	ErrUndone    = errors.New("这一批已经撤销过了")
	ErrNoBatch   = errors.New("没有这个批次，请用 batches 查看批次号")
	ErrLocked    = errors.New("台账已锁定，请先登录")
	ErrNoRight   = errors.New("您的角色看不到或不能改这里的内容，请由有权限的人登录后办理")
	ErrPassword  = errors.New("密码不对，请重新输入")
	ErrNoUser    = errors.New("没有这个用户，请在名单里选择")
	ErrNoRecord  = errors.New("台账里没有这条记录，它可能刚被合并或撤销")
)

// Refuse is one of these errors told of a file.
func Refuse(path string, err error) error {
	return &disk.Error{Text: about(path, err).Error() + "。", Err: err}
}

// about puts a ledger's name before what is wrong with it, unless the sentence
// names it already.
func about(path string, err error) error {
	if _, ok := errors.AsType[*disk.Error](err); ok {
		return err
	}
	return fmt.Errorf("“%s”：%w", filepath.Base(path), err)
}

// damaged is ErrDamaged with its cause, which nobody is shown. A file that is
// not there any more is told as that: its disk was pulled out.
func damaged(path string, cause error) error {
	if _, err := os.Stat(path); err != nil {
		return disk.CannotRead(path, err)
	}
	return &disk.Error{Text: about(path, ErrDamaged).Error() + "。", Err: errors.Join(ErrDamaged, cause)}
}

// closed is ErrClosed with its cause.
func closed(path string, cause error) error {
	return &disk.Error{Text: about(path, ErrClosed).Error() + "。", Err: errors.Join(ErrClosed, cause)}
}

// uncertain is ErrUncertain with its cause, told if it is the disk's.
func (db *DB) uncertain(cause error) error { return db.failed(ErrUncertain, cause) }

// failed is what became of a save, with its cause, told if it is the disk's.
func (db *DB) failed(what, cause error) error {
	text := what.Error() + "。"
	cause = spelt(db.path, cause)
	if told, ok := errors.AsType[*disk.Error](disk.CannotWrite(db.path, cause)); ok {
		text += "原因：" + told.Text
	}
	return &disk.Error{Text: text, Err: errors.Join(what, cause)}
}

// spelled are the numbers under which systems say that a disk is full, or does
// not answer: those of Unix, and 39 and 112 of Windows.
var spelled = []syscall.Errno{syscall.ENOSPC, syscall.EFBIG, syscall.EDQUOT, syscall.EIO, 39, 112}

// spelt finds the system's error in one that bbolt has put down as text, as it
// does where the file cannot grow.
func spelt(path string, err error) error {
	if err == nil {
		return nil
	}
	for _, code := range spelled {
		if !errors.Is(err, code) && strings.HasSuffix(err.Error(), ": "+code.Error()) {
			return errors.Join(&fs.PathError{Op: "write", Path: path, Err: code}, err)
		}
	}
	return err
}
